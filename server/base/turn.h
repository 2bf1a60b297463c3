/* A few at a time, first come first served: who waits longest is next, so that nobody waits for ever while others
 * pass. Threads: any. Cost: a lock; a condition variable of its own for each who waits. */
#ifndef BASE_TURN_H
#define BASE_TURN_H

#include <pthread.h>
#include <stdbool.h>

struct turn_waiter; /* on the stack of who waits */

struct turn {
    pthread_mutex_t lock;
    int places; /* free ones */
    struct turn_waiter *first, **last;
};

void turn_init(struct turn *t, int places);
void turn_release(struct turn *t);
/* Wait up to timeout_ms for a place; false when none came free. */
bool turn_take(struct turn *t, int timeout_ms);
/* Give it back, to the first in line. */
void turn_give(struct turn *t);

#endif
