#include "base/background.h"

#include <stdio.h>
#include <sys/random.h>

#include "base/clock.h"

bool background_name(char ret_name[BACKGROUND_NAME], struct err *e)
{
    unsigned char random[(BACKGROUND_NAME - 1) / 2];
    if (getrandom(random, sizeof random, 0) != sizeof random)
        return err_errno(e, ERR_INTERNAL, "name this node");
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(ret_name + 2 * i, 3, "%02x", random[i]);
    return true;
}

int64_t background_pause_ms(int64_t first_ms, int64_t failures, int64_t max_ms)
{
    int64_t pause = first_ms;
    uint32_t random = 0;
    for (int64_t i = 1; i < failures && pause < max_ms; i++)
        pause *= 2;
    if (pause > max_ms)
        pause = max_ms;
    if (getrandom(&random, sizeof random, 0) != sizeof random)
        random = 0;
    return pause * 3 / 4 + (int64_t)((uint64_t)random * (uint64_t)pause / 2 >> 32);
}

void bell_init(struct bell *b)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->changed, &attr);
    pthread_condattr_destroy(&attr);
    b->rung = 0;
    b->stopped = false;
}

void bell_release(struct bell *b)
{
    pthread_cond_destroy(&b->changed);
    pthread_mutex_destroy(&b->lock);
}

void bell_ring(struct bell *b)
{
    pthread_mutex_lock(&b->lock);
    b->rung++;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

void bell_stop(struct bell *b)
{
    pthread_mutex_lock(&b->lock);
    b->stopped = true;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

bool bell_wait(struct bell *b, unsigned *seen, int timeout_ms)
{
    struct timespec end = clock_in(timeout_ms);
    pthread_mutex_lock(&b->lock);
    while (!b->stopped && b->rung == *seen)
        if (pthread_cond_timedwait(&b->changed, &b->lock, &end) != 0)
            break;
    *seen = b->rung;
    bool go_on = !b->stopped;
    pthread_mutex_unlock(&b->lock);
    return go_on;
}
