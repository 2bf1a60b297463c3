#include "unit.h"

#include "auth/throttle_priv.h"

#include <string.h>

static const clock_us SECOND = 1000000;

static struct throttle_key key_of(unsigned n, int free)
{
    struct throttle_key k = {.free = free};
    memcpy(k.tag, &n, sizeof n);
    return k;
}

static void fail_times(struct throttle *t, const struct throttle_key *k, int n, clock_us now)
{
    for (int i = 0; i < n; i++)
        throttle_failed(t, k, now);
}

static void delays_grow_to_five_minutes(void)
{
    static const struct {
        int failures;
        clock_us shut_after, open_after; /* seconds after the last failure */
    } cases[] = {{4, -1, 0}, {5, 1, 2}, {6, 3, 4}, {7, 7, 8}, {12, 255, 256}, {13, 299, 300}, {40, 299, 300}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct throttle *t = throttle_new();
        struct throttle_key k = key_of(7, 5);
        clock_us now = 1000 * SECOND;
        fail_times(t, &k, cases[i].failures, now);
        if (cases[i].shut_after >= 0)
            CU_ASSERT_FALSE(throttle_allows(t, &k, now + cases[i].shut_after * SECOND));
        CU_ASSERT_TRUE(throttle_allows(t, &k, now + cases[i].open_after * SECOND));
        throttle_free(t);
    }
}

static void success_and_time_forget(void)
{
    struct throttle *t = throttle_new();
    struct throttle_key k = key_of(1, 5), other = key_of(2, 5);
    fail_times(t, &k, 9, 0);
    CU_ASSERT_FALSE(throttle_allows(t, &k, SECOND));
    CU_ASSERT_TRUE(throttle_allows(t, &other, SECOND));
    throttle_passed(t, &k);
    CU_ASSERT_TRUE(throttle_allows(t, &k, SECOND));
    fail_times(t, &k, 9, 0);
    throttle_failed(t, &k, 901 * SECOND); /* counts as the first again */
    CU_ASSERT_TRUE(throttle_allows(t, &k, 901 * SECOND));
    throttle_free(t);
}

static void a_flood_keeps_the_table_small_and_working(void)
{
    struct throttle *t = throttle_new();
    for (unsigned n = 0; n < 100000; n++) {
        struct throttle_key k = key_of(n * 2654435761u, 5);
        throttle_failed(t, &k, n);
    }
    struct throttle_key late = key_of(12345, 5);
    fail_times(t, &late, 5, 200000);
    CU_ASSERT_FALSE(throttle_allows(t, &late, 200000));
    throttle_free(t);
}

static const struct unit_case cases[] = {
    {"delays grow to five minutes", delays_grow_to_five_minutes},
    {"success and time forget", success_and_time_forget},
    {"a flood keeps the table small and working", a_flood_keeps_the_table_small_and_working},
};
UNIT_MAIN("auth/throttle", cases)
