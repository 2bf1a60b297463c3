#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/turn.h"
#include "unit.h"

static struct turn turn;
static atomic_int next, inside, most;

static void *go_through(void *order)
{
    if (!turn_take(&turn, 10000))
        return NULL;
    *(int *)order = atomic_fetch_add(&next, 1);
    turn_give(&turn);
    return NULL;
}

/* One gives up between two who wait: the line closes behind it. */
static void who_waits_longest_is_next(void)
{
    enum { LINE = 5 };
    int order[LINE];
    pthread_t thread[LINE];
    turn_init(&turn, 1);
    atomic_store(&next, 0);
    CU_ASSERT_TRUE(turn_take(&turn, 0));
    for (int i = 0; i < LINE; i++) {
        order[i] = -1;
        pthread_create(&thread[i], NULL, go_through, &order[i]);
        usleep(20000);
        CU_ASSERT_FALSE(turn_take(&turn, i % 2));
    }
    turn_give(&turn);
    for (int i = 0; i < LINE; i++) {
        pthread_join(thread[i], NULL);
        CU_ASSERT_EQUAL(order[i], i);
    }
    CU_ASSERT_TRUE(turn_take(&turn, 0));
    CU_ASSERT_FALSE(turn_take(&turn, 0));
    turn_give(&turn);
    turn_release(&turn);
}

static void *come_and_go(void *unused)
{
    for (int i = 0; i < 2000; i++) {
        if (!turn_take(&turn, 10000))
            return NULL;
        int now = atomic_fetch_add(&inside, 1) + 1, seen = atomic_load(&most);
        while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
            ;
        atomic_fetch_sub(&inside, 1);
        atomic_fetch_add(&next, 1);
        turn_give(&turn);
    }
    return unused;
}

static void no_more_than_there_are_places(void)
{
    pthread_t thread[8];
    turn_init(&turn, 3);
    atomic_store(&next, 0);
    atomic_store(&most, 0);
    for (int i = 0; i < 8; i++)
        pthread_create(&thread[i], NULL, come_and_go, NULL);
    for (int i = 0; i < 8; i++)
        pthread_join(thread[i], NULL);
    CU_ASSERT_EQUAL(atomic_load(&next), 16000);
    CU_ASSERT_TRUE(atomic_load(&most) <= 3);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_TRUE(turn_take(&turn, 0));
    CU_ASSERT_FALSE(turn_take(&turn, 0));
    turn_release(&turn);
}

static const struct unit_case cases[] = {
    {"who waits longest is next", who_waits_longest_is_next},
    {"no more than there are places", no_more_than_there_are_places},
};
UNIT_MAIN("base/turn", cases)
