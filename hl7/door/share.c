/* What all connections of one peer have together: how many there are, and when its next message may be read. The peers
 * are rows of a table, so they are few; all listeners share this list. */
#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "hl7/door/door_priv.h"

enum { SECOND = 1000000 };

struct share {
    struct share *next;
    char row[160];
    int connections;
    clock_us due; /* the next message, at the peer's rate */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct share *first; /* under lock */

/* A peer with a connection a message keeps its rate: its share stays until the rate has nothing to say any more. */
static void forget_unused(clock_us now)
{
    for (struct share **at = &first; *at;) {
        struct share *s = *at;
        if (s->connections || s->due + SECOND > now) { /* later it has its second's worth again anyway */
            at = &s->next;
            continue;
        }
        *at = s->next;
        mem_free(s);
    }
}

static struct share *find_or_make(const char *row)
{
    for (struct share *s = first; s; s = s->next)
        if (strcmp(s->row, row) == 0)
            return s;
    struct share *s = mem_zalloc(sizeof *s);
    str_copy(s->row, sizeof s->row, str_of(row));
    s->next = first;
    first = s;
    return s;
}

struct share *share_join(const char *row, int most)
{
    pthread_mutex_lock(&lock);
    forget_unused(clock_monotonic());
    struct share *s = find_or_make(row);
    bool seated = most <= 0 || s->connections < most;
    s->connections += seated;
    pthread_mutex_unlock(&lock);
    return seated ? s : NULL;
}

void share_leave(struct share *s)
{
    pthread_mutex_lock(&lock);
    if (s)
        s->connections--;
    forget_unused(clock_monotonic());
    pthread_mutex_unlock(&lock);
}

/* Under the lock. Messages are due one after the other; up to a second's worth may come at once after a pause. */
static int64_t pay(struct share *s, int rate, int64_t messages)
{
    clock_us now = clock_monotonic();
    if (s->due < now - SECOND)
        s->due = now - SECOND;
    s->due += messages * (SECOND / rate > 0 ? SECOND / rate : 1);
    return s->due - now;
}

int64_t share_pay(struct share *s, int rate, int64_t messages)
{
    if (!s || rate <= 0)
        return 0;
    pthread_mutex_lock(&lock);
    int64_t wait = pay(s, rate, messages);
    pthread_mutex_unlock(&lock);
    return wait > 0 ? wait : 0;
}

bool share_admit(const char *row, int rate)
{
    if (!row[0] || rate <= 0)
        return true;
    pthread_mutex_lock(&lock);
    clock_us now = clock_monotonic();
    forget_unused(now);
    struct share *s = find_or_make(row);
    bool due = s->due <= now;
    if (due)
        pay(s, rate, 1);
    pthread_mutex_unlock(&lock);
    return due;
}
