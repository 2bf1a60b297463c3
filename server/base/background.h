/* What threads that work in the background share: a name among all nodes, a bell that wakes them, pauses that grow.
 * Owner: the caller's storage. Threads: a bell is rung and waited for by any; a stopped one stays stopped. */
#ifndef BASE_BACKGROUND_H
#define BASE_BACKGROUND_H

#include <pthread.h>
#include <stdint.h>

#include "base/err.h"

enum { BACKGROUND_NAME = 33 };

/* 128 random bits in hex: who this is in rows that are leased. */
bool background_name(char ret_name[BACKGROUND_NAME], struct err *e);
/* Milliseconds to wait after so many failures (1: the first): doubled each time up to max, give or take a quarter. */
int64_t background_pause_ms(int64_t first_ms, int64_t failures, int64_t max_ms);

struct bell {
    pthread_mutex_t lock; /* may guard what belongs to those who wait, too */
    pthread_cond_t changed;
    unsigned rung; /* grows with every ring */
    bool stopped;
};
void bell_init(struct bell *b);
void bell_release(struct bell *b);
void bell_ring(struct bell *b);
/* Nobody waits any more. */
void bell_stop(struct bell *b);
/* Until it was rung since *seen, was stopped, or the time is over. False: stop. */
bool bell_wait(struct bell *b, unsigned *seen, int timeout_ms);

#endif
