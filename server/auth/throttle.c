#include "auth/throttle_priv.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

enum { SETS = 512, WAYS = 8, TURNS = 64, DELAY_MAX_SECONDS = 300, FORGET_SECONDS = 900 };
static const clock_us SECOND = 1000000;

struct entry {
    unsigned char tag[16];
    int failures; /* 0: the slot is free */
    clock_us last, until;
};

struct throttle {
    pthread_mutex_t lock;
    struct entry entries[SETS][WAYS];
    pthread_mutex_t turns[TURNS];
};

struct throttle *throttle_new(void)
{
    struct throttle *t = mem_zalloc(sizeof *t);
    pthread_mutex_init(&t->lock, NULL);
    for (int i = 0; i < TURNS; i++)
        pthread_mutex_init(&t->turns[i], NULL);
    return t;
}

void throttle_free(struct throttle *t)
{
    if (!t)
        return;
    pthread_mutex_destroy(&t->lock);
    for (int i = 0; i < TURNS; i++)
        pthread_mutex_destroy(&t->turns[i]);
    mem_free(t);
}

static struct entry *set_of(struct throttle *t, const struct throttle_key *k)
{
    return t->entries[(k->tag[0] << 8 | k->tag[1]) % SETS];
}

static struct entry *entry_find(struct throttle *t, const struct throttle_key *k)
{
    struct entry *set = set_of(t, k);
    for (int i = 0; i < WAYS; i++)
        if (set[i].failures && memcmp(set[i].tag, k->tag, sizeof k->tag) == 0)
            return &set[i];
    return NULL;
}

/* The key's entry, or a fresh one in place of a free or the longest quiet slot. */
static struct entry *entry_take(struct throttle *t, const struct throttle_key *k)
{
    struct entry *set = set_of(t, k), *oldest = entry_find(t, k);
    if (oldest)
        return oldest;
    oldest = set;
    for (int i = 1; i < WAYS; i++)
        if (oldest->failures && (!set[i].failures || set[i].last < oldest->last))
            oldest = &set[i];
    memset(oldest, 0, sizeof *oldest);
    memcpy(oldest->tag, k->tag, sizeof k->tag);
    return oldest;
}

bool throttle_allows(struct throttle *t, const struct throttle_key *k, clock_us now)
{
    pthread_mutex_lock(&t->lock);
    struct entry *found = entry_find(t, k);
    bool allowed = !found || now >= found->until;
    pthread_mutex_unlock(&t->lock);
    return allowed;
}

static clock_us delay(int beyond)
{
    int seconds = beyond < 8 ? 2 << beyond : DELAY_MAX_SECONDS;
    return (seconds < DELAY_MAX_SECONDS ? seconds : DELAY_MAX_SECONDS) * SECOND;
}

void throttle_failed(struct throttle *t, const struct throttle_key *k, clock_us now)
{
    pthread_mutex_lock(&t->lock);
    struct entry *entry = entry_take(t, k);
    if (entry->failures && now - entry->last > FORGET_SECONDS * SECOND)
        entry->failures = 0;
    entry->failures++;
    entry->last = now;
    entry->until = entry->failures >= k->free ? now + delay(entry->failures - k->free) : 0;
    pthread_mutex_unlock(&t->lock);
}

void throttle_passed(struct throttle *t, const struct throttle_key *k)
{
    pthread_mutex_lock(&t->lock);
    struct entry *found = entry_find(t, k);
    if (found)
        found->failures = 0;
    pthread_mutex_unlock(&t->lock);
}

int throttle_enter(struct throttle *t, const struct throttle_key *k)
{
    int turn = k->tag[2] % TURNS;
    pthread_mutex_lock(&t->turns[turn]);
    return turn;
}

void throttle_leave(struct throttle *t, int turn)
{
    pthread_mutex_unlock(&t->turns[turn]);
}
