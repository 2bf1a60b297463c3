#include "base/background.h"

#include "base/clock.h"
#include "unit.h"

static void pauses_double_up_to_a_most(void)
{
    const int64_t hour = 3600000;
    int64_t lowest = INT64_MAX, highest = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t ms = background_pause_ms(2000, 3, hour);
        lowest = ms < lowest ? ms : lowest;
        highest = ms > highest ? ms : highest;
    }
    CU_ASSERT_TRUE(lowest >= 6000 && lowest < 7000 && highest <= 10000 && highest > 9000);
    int64_t most = background_pause_ms(2000, 60, hour);
    CU_ASSERT_TRUE(most <= hour * 5 / 4 && most >= hour * 3 / 4);
}

static void names_differ(void)
{
    struct err e = {0};
    char one[BACKGROUND_NAME], two[BACKGROUND_NAME];
    CU_ASSERT_TRUE(background_name(one, &e) && background_name(two, &e));
    CU_ASSERT_EQUAL(strlen(one), BACKGROUND_NAME - 1);
    CU_ASSERT_STRING_NOT_EQUAL(one, two);
}

static void *ring_later(void *bell)
{
    nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    bell_ring(bell);
    return NULL;
}

static void a_bell_is_heard_once(void)
{
    struct bell b;
    unsigned seen = 0;
    pthread_t other;
    bell_init(&b);
    CU_ASSERT_TRUE(bell_wait(&b, &seen, 0) && seen == 0); /* time is over */
    pthread_create(&other, NULL, ring_later, &b);
    CU_ASSERT_TRUE(bell_wait(&b, &seen, 60000) && seen == 1);
    pthread_join(other, NULL);
    CU_ASSERT_TRUE(bell_wait(&b, &seen, 1) && seen == 1);
    bell_ring(&b);
    CU_ASSERT_TRUE(bell_wait(&b, &seen, 60000) && seen == 2); /* rung before anybody waited */
    bell_stop(&b);
    CU_ASSERT_FALSE(bell_wait(&b, &seen, 60000));
    bell_release(&b);
}

static const struct unit_case cases[] = {{"pauses double up to a most", pauses_double_up_to_a_most},
                                         {"names differ", names_differ},
                                         {"a bell is heard once", a_bell_is_heard_once}};
UNIT_MAIN("base background", cases)
