/* What one peer may have at once, over all its associations with this process: so many open, so many commands a second.
 * Peers without limits take no seat. */
#include "dicom/net/net_priv.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

enum { SEATS = 1024, SECOND = 1000000, NAP_US = 100000 };

static struct seat {
    char name[17];
    int open;      /* 0: the seat is free */
    clock_us next; /* the next command may begin then */
} seats[SEATS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool stopping;

static bool limited(const struct principal *who)
{
    return who->peer.connections > 0 || who->peer.rate > 0;
}

static struct seat *seat_of(const char *name)
{
    struct seat *free = NULL;
    for (int i = 0; i < SEATS; i++) {
        if (seats[i].open && strcmp(seats[i].name, name) == 0)
            return &seats[i];
        if (!seats[i].open && !free)
            free = &seats[i];
    }
    return free;
}

bool seats_take(const struct principal *who)
{
    bool ok = true;
    if (!limited(who))
        return true;
    pthread_mutex_lock(&lock);
    struct seat *s = seat_of(who->name);
    ok = s && (!who->peer.connections || s->open < who->peer.connections);
    if (ok && !s->open) {
        str_copy(s->name, sizeof s->name, str_of(who->name));
        s->next = 0;
    }
    if (ok)
        s->open++;
    pthread_mutex_unlock(&lock);
    return ok;
}

void seats_leave(const struct principal *who)
{
    if (!limited(who))
        return;
    pthread_mutex_lock(&lock);
    seat_of(who->name)->open--;
    pthread_mutex_unlock(&lock);
}

bool seats_pace(const struct principal *who)
{
    if (who->peer.rate <= 0)
        return true;
    pthread_mutex_lock(&lock);
    struct seat *s = seat_of(who->name);
    clock_us now = clock_monotonic(), turn = s->next > now ? s->next : now;
    s->next = turn + SECOND / who->peer.rate;
    pthread_mutex_unlock(&lock);
    for (; now < turn && !atomic_load(&stopping); now = clock_monotonic()) {
        clock_us nap = turn - now < NAP_US ? turn - now : NAP_US;
        nanosleep(&(struct timespec){.tv_nsec = (long)nap * 1000}, NULL);
    }
    return !atomic_load(&stopping);
}

void seats_stop(bool stop)
{
    atomic_store(&stopping, stop);
}
