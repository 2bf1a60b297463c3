/* Connections whose client neither finishes its request nor goes away properly. libmicrohttpd's own time-out
 * starts again with every byte, so a client that dribbles could stay for ever; and with epoll it does not see
 * an end that arrives together with the last bytes. One thread looks once a second and shuts such sockets
 * down, upon which the socket thread closes the connection in its usual way. */
#include "http/http_priv.h"

#include <errno.h>
#include <sys/socket.h>

enum {
    SECOND = 1000000,
    SLOWEST = 4096, /* bytes a second that a body must keep up on average, once the idle time is over */
};

void http_watch_add(struct http_watch *w, struct http_exchange *x)
{
    pthread_mutex_lock(&w->lock);
    x->watch_next = w->first;
    if (w->first)
        w->first->watch_previous = x;
    w->first = x;
    pthread_mutex_unlock(&w->lock);
}

/* After this the watcher does not touch the socket, so MHD may close it. */
void http_watch_remove(struct http_watch *w, struct http_exchange *x)
{
    pthread_mutex_lock(&w->lock);
    if (x->watch_next)
        x->watch_next->watch_previous = x->watch_previous;
    if (x->watch_previous)
        x->watch_previous->watch_next = x->watch_next;
    else
        w->first = x->watch_next;
    pthread_mutex_unlock(&w->lock);
}

static clock_us allowed(const struct http_exchange *x, enum http_phase phase, clock_us idle)
{
    if (phase == HTTP_IDLE)
        return 2 * idle; /* MHD itself ends silent connections after idle; this is for half a request line */
    if (phase == HTTP_HEAD)
        return idle;
    return idle + atomic_load_explicit(&x->received, memory_order_relaxed) * SECOND / SLOWEST;
}

static bool peer_ended(int fd)
{
    char c;
    return recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static bool overdue(const struct http_exchange *x, clock_us now, clock_us idle)
{
    enum http_phase phase = (enum http_phase)atomic_load_explicit(&x->phase, memory_order_acquire);
    clock_us waited = now - atomic_load_explicit(&x->since, memory_order_relaxed);
    if (phase > HTTP_DRAIN || waited < SECOND)
        return false; /* the request is whole: not the client's turn */
    return waited > allowed(x, phase, idle) || peer_ended(x->fd);
}

static void *watch(void *arg)
{
    struct http_watch *w = arg;
    clock_us idle = (clock_us)w->server->config.idle_seconds * SECOND;
    pthread_mutex_lock(&w->lock);
    while (!w->stopping) {
        clock_us now = clock_monotonic(), next = now + SECOND;
        for (struct http_exchange *x = w->first; x; x = x->watch_next)
            if (overdue(x, now, idle))
                shutdown(x->fd, SHUT_RDWR);
        struct timespec until = clock_timespec(next);
        pthread_cond_timedwait(&w->stop, &w->lock, &until);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

bool http_watch_start(struct http_watch *w, struct http_server *s, struct err *e)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->stop, &monotonic);
    pthread_condattr_destroy(&monotonic);
    w->server = s;
    int failed = pthread_create(&w->thread, NULL, watch, w);
    if (failed) {
        errno = failed;
        return err_errno(e, ERR_UNAVAILABLE, "start HTTP watcher");
    }
    pthread_setname_np(w->thread, "http-watch");
    w->started = true;
    return true;
}

void http_watch_stop(struct http_watch *w)
{
    if (!w->started)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->stop);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    w->started = false;
}
