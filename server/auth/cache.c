#include "auth/cache_priv.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"

enum { SETS = 64, WAYS = 4 };

struct entry {
    unsigned char key[CACHE_KEY];
    clock_us until; /* 0: free */
    unsigned generation;
    struct principal who;
};

struct cache {
    pthread_mutex_t lock;
    struct entry entries[SETS][WAYS];
};

static atomic_uint generation_now;

unsigned cache_generation(void)
{
    return atomic_load(&generation_now);
}

void cache_users_changed(void)
{
    atomic_fetch_add(&generation_now, 1);
}

clock_us cache_until(int seconds)
{
    return clock_monotonic() + (clock_us)seconds * 1000000;
}

struct cache *cache_new(void)
{
    struct cache *c = mem_zalloc(sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void cache_free(struct cache *c)
{
    if (!c)
        return;
    pthread_mutex_destroy(&c->lock);
    explicit_bzero(c, sizeof *c);
    mem_free(c);
}

bool cache_find(struct cache *c, const unsigned char key[CACHE_KEY], clock_us now, struct principal *ret_who)
{
    bool found = false;
    pthread_mutex_lock(&c->lock);
    struct entry *set = c->entries[key[0] % SETS];
    for (int i = 0; i < WAYS && !found; i++) {
        found = set[i].until > now && set[i].generation == cache_generation() &&
                memcmp(set[i].key, key, CACHE_KEY) == 0;
        if (found)
            *ret_who = set[i].who;
    }
    pthread_mutex_unlock(&c->lock);
    return found;
}

void cache_put(struct cache *c, const unsigned char key[CACHE_KEY], clock_us until, unsigned generation,
               const struct principal *who)
{
    pthread_mutex_lock(&c->lock);
    struct entry *set = c->entries[key[0] % SETS], *oldest = set;
    for (int i = 1; i < WAYS; i++)
        if (set[i].until < oldest->until)
            oldest = &set[i];
    memcpy(oldest->key, key, CACHE_KEY);
    oldest->until = until;
    oldest->generation = generation;
    oldest->who = *who;
    pthread_mutex_unlock(&c->lock);
}
