#include "unit.h"

#include <string.h>

#include "auth/cache_priv.h"

static void success_is_remembered_until_its_time(void)
{
    struct cache *cache = cache_new();
    unsigned char key[CACHE_KEY] = {1}, other[CACHE_KEY] = {1, 1};
    struct principal who = {.kind = PRINCIPAL_PERSON, .name = "x"}, found;
    cache_put(cache, key, 10000000, cache_generation(), &who);
    CU_ASSERT_TRUE(cache_find(cache, key, 9999999, &found));
    CU_ASSERT_STRING_EQUAL(found.name, "x");
    CU_ASSERT_FALSE(cache_find(cache, key, 10000000, &found));
    CU_ASSERT_FALSE(cache_find(cache, other, 1, &found));
    cache_users_changed();
    CU_ASSERT_FALSE(cache_find(cache, key, 1, &found));
    cache_free(cache);
}

static void the_oldest_gives_way(void)
{
    struct cache *cache = cache_new();
    struct principal who = {.kind = PRINCIPAL_PERSON}, found;
    unsigned char key[CACHE_KEY] = {5};
    for (unsigned i = 0; i < 1000; i++) {
        memcpy(key + 1, &i, sizeof i);
        cache_put(cache, key, 10000 + i, cache_generation(), &who);
    }
    CU_ASSERT_TRUE(cache_find(cache, key, 1000, &found));
    memset(key + 1, 0, sizeof(unsigned));
    CU_ASSERT_FALSE(cache_find(cache, key, 1000, &found));
    cache_free(cache);
}

/* A check that began before a change of users must not be remembered after it. */
static void a_stale_success_is_not_kept(void)
{
    struct cache *cache = cache_new();
    struct principal who = {.kind = PRINCIPAL_PERSON}, found;
    unsigned char key[CACHE_KEY] = {9};
    unsigned before = cache_generation();
    cache_users_changed();
    cache_put(cache, key, 10, before, &who);
    CU_ASSERT_FALSE(cache_find(cache, key, 1, &found));
    cache_free(cache);
}

static const struct unit_case cases[] = {
    {"success is remembered for ten seconds at most", success_is_remembered_until_its_time},
    {"the oldest gives way", the_oldest_gives_way},
    {"a stale success is not kept", a_stale_success_is_not_kept},
};
UNIT_MAIN("auth/cache", cases)
