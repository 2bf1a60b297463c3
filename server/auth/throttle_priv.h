/* Slowing down guesses: failures are counted by user and address, and by address alone. After five failures
 * (fifty for an address alone) each further one doubles the time in which nothing is tried, up to five
 * minutes; a quarter of an hour without failures forgets them. A refused attempt reaches neither argon2 nor
 * the directory, so that nobody can use us to lock the directory's accounts. Keys are 16 bytes of a keyed
 * hash, so the table holds no names. Bounded: 4096 keys, the oldest gives way. Threads: shared. Cost: eight
 * slots looked at under one mutex. */
#ifndef AUTH_THROTTLE_PRIV_H
#define AUTH_THROTTLE_PRIV_H

#include "base/clock.h"

enum { THROTTLE_PAIR_FREE = 5, THROTTLE_ADDRESS_FREE = 50 };

struct throttle_key {
    unsigned char tag[16];
    int free; /* failures that cost nothing */
};
struct throttle;

struct throttle *throttle_new(void);
void throttle_free(struct throttle *t);
/* May this key be tried now? now: clock_monotonic(). */
bool throttle_allows(struct throttle *t, const struct throttle_key *k, clock_us now);
void throttle_failed(struct throttle *t, const struct throttle_key *k, clock_us now);
void throttle_passed(struct throttle *t, const struct throttle_key *k);
/* One attempt a key at a time: later ones wait here, and find the first one's result in the cache or the
 * count. Returns what throttle_leave needs. Keys may share a turn. */
int throttle_enter(struct throttle *t, const struct throttle_key *k);
void throttle_leave(struct throttle *t, int turn);

#endif
