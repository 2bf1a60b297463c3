#include "base/turn.h"

#include <stddef.h>

#include "base/clock.h"

struct turn_waiter {
    pthread_cond_t called;
    bool served;
    struct turn_waiter *next;
};

void turn_init(struct turn *t, int places)
{
    *t = (struct turn){.places = places};
    t->last = &t->first;
    pthread_mutex_init(&t->lock, NULL);
}

void turn_release(struct turn *t)
{
    pthread_mutex_destroy(&t->lock);
}

static void leave_line(struct turn *t, const struct turn_waiter *w)
{
    struct turn_waiter **at = &t->first;
    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    if (t->last == &w->next)
        t->last = at;
}

/* Under the lock. */
static bool stand_in_line(struct turn *t, int timeout_ms)
{
    struct timespec end = clock_in(timeout_ms);
    struct turn_waiter w = {.served = false};
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w.called, &attr);
    pthread_condattr_destroy(&attr);
    *t->last = &w;
    t->last = &w.next;
    while (!w.served)
        if (pthread_cond_timedwait(&w.called, &t->lock, &end) != 0)
            break;
    if (!w.served)
        leave_line(t, &w);
    pthread_cond_destroy(&w.called);
    return w.served;
}

bool turn_take(struct turn *t, int timeout_ms)
{
    bool mine = true;
    pthread_mutex_lock(&t->lock);
    if (t->places > 0) /* then nobody stands in line */
        t->places--;
    else
        mine = stand_in_line(t, timeout_ms);
    pthread_mutex_unlock(&t->lock);
    return mine;
}

void turn_give(struct turn *t)
{
    pthread_mutex_lock(&t->lock);
    struct turn_waiter *w = t->first;
    if (w) {
        t->first = w->next;
        if (!w->next)
            t->last = &t->first;
        w->served = true;
        pthread_cond_signal(&w->called);
    } else {
        t->places++;
    }
    pthread_mutex_unlock(&t->lock);
}
