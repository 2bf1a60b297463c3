/* The bounded queue between socket threads and handlers, and the threads that run handlers. */
#include "http/http_priv.h"

#include <errno.h>

#include "base/log.h"

enum { REFUSING_US = 200 * 1000 }; /* time to answer what waits past the deadline */

bool http_workers_reserve(struct http_workers *w)
{
    if (atomic_fetch_add(&w->waiting, 1) < w->waiting_max)
        return true;
    atomic_fetch_sub(&w->waiting, 1);
    return false;
}

/* Under the lock, which it gives back. */
static void append(struct http_workers *w, struct http_exchange *x)
{
    x->next = NULL;
    if (w->tail)
        w->tail->next = x;
    else
        w->head = x;
    w->tail = x;
    bool wake = w->sleeping > 0;
    pthread_mutex_unlock(&w->lock);
    if (wake)
        pthread_cond_signal(&w->work);
}

bool http_workers_push(struct http_workers *w, struct http_exchange *x)
{
    pthread_mutex_lock(&w->lock);
    if (w->stopping) { /* nobody may be left to take it */
        pthread_mutex_unlock(&w->lock);
        atomic_fetch_sub(&w->waiting, 1);
        return false;
    }
    append(w, x);
    return true;
}

void http_workers_again(struct http_workers *w, struct http_exchange *x)
{
    atomic_fetch_add(&w->waiting, 1);
    pthread_mutex_lock(&w->lock);
    append(w, x);
}
/* The next request, or NULL when the workers are to end. Tells that the last one is done. */
static struct http_exchange *take(struct http_workers *w, bool was_running)
{
    pthread_mutex_lock(&w->lock);
    w->running -= was_running;
    while (!w->head && !(w->stopping && !w->held)) {
        w->sleeping++;
        pthread_cond_wait(&w->work, &w->lock);
        w->sleeping--;
    }
    struct http_exchange *x = w->head;
    if (x) {
        w->head = x->next;
        if (!w->head)
            w->tail = NULL;
        w->running++;
        atomic_fetch_sub(&w->waiting, 1);
    } else if (!w->running) {
        pthread_cond_broadcast(&w->done);
    }
    pthread_mutex_unlock(&w->lock);
    return x;
}

static void answer_refusal(const struct http_config *c, struct http_exchange *x, struct http_gzip *gzip)
{
    struct http_response *r = &x->response;
    http_response_start(x);
    if (c->refused)
        c->refused(c->ctx, &x->request, &x->refusal, r);
    if (!r->status) {
        http_answer_plain(x, x->refusal_status, x->refusal.text);
        return;
    }
    r->status = x->refusal_status;
    if (r->status == 415)
        http_set(r, "Accept-Encoding", STR("gzip"));
    if (r->status == 503)
        http_set(r, "Retry-After", STR("1"));
    http_answer_build(x, gzip);
}

static void serve(struct http_server *s, struct http_exchange *x, struct http_gzip *gzip)
{
    const struct http_config *c = &s->config;
    if (x->late.code) {
        http_hold_failed(x, gzip);
        return;
    }
    atomic_store(&x->holds, 1);
    if (x->refusal.code || !http_inflate(x)) {
        answer_refusal(c, x, gzip);
    } else {
        http_response_start(x);
        c->handler(c->ctx, &x->request, &x->response);
        http_answer_build(x, gzip);
    }
    http_hold_end(x, gzip);
}

static void *worker(void *arg)
{
    struct http_workers *w = arg;
    struct http_gzip *gzip = http_gzip_new();
    struct http_exchange *x;
    bool was_running = false;
    while ((x = take(w, was_running))) {
        serve(w->server, x, gzip);
        was_running = true;
    }
    http_gzip_free(gzip);
    return NULL;
}

bool http_workers_start(struct http_workers *w, struct http_server *s, struct err *e)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    w->server = s;
    w->waiting_max = s->config.queue_max;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    pthread_cond_init(&w->done, &monotonic);
    pthread_condattr_destroy(&monotonic);
    w->threads = mem_zalloc(sizeof *w->threads * (size_t)s->config.workers);
    for (; w->count < s->config.workers; w->count++) {
        int failed = pthread_create(&w->threads[w->count], NULL, worker, w);
        if (failed) {
            errno = failed;
            return err_errno(e, ERR_UNAVAILABLE, "start HTTP worker %d", w->count + 1);
        }
        pthread_setname_np(w->threads[w->count], "http-worker");
    }
    return true;
}

int http_workers_running(struct http_workers *w)
{
    pthread_mutex_lock(&w->lock);
    int running = w->running;
    pthread_mutex_unlock(&w->lock);
    return running;
}

/* What waits past the deadline is not begun: it is told so by the refusal every worker looks at first. */
static void refuse_waiting(struct http_workers *w)
{
    for (struct http_exchange *x = w->head; x; x = x->next) {
        err_set(&x->refusal, ERR_UNAVAILABLE, "the server is stopping");
        x->refusal_status = 503;
    }
}

/* Under the lock: until no request waits, runs or is held, or the deadline is over. */
static bool await_idle(struct http_workers *w, clock_us deadline)
{
    struct timespec until = clock_timespec(deadline);
    while ((w->head || w->running || w->held) && pthread_cond_timedwait(&w->done, &w->lock, &until) == 0)
        continue;
    return !w->head && !w->running && !w->held;
}

bool http_workers_stop(struct http_workers *w, clock_us deadline)
{
    if (!w->threads)
        return true; /* never started */
    pthread_mutex_lock(&w->lock);
    w->stopping = true; /* workers still empty the queue */
    pthread_cond_broadcast(&w->work);
    bool ended = await_idle(w, deadline);
    if (!ended) {
        refuse_waiting(w);
        ended = await_idle(w, clock_monotonic() + REFUSING_US);
    }
    int running = w->running;
    pthread_mutex_unlock(&w->lock);
    if (!ended) {
        log_error("http", "%d requests did not end in time", running);
        return false;
    }
    for (int i = 0; i < w->count; i++)
        pthread_join(w->threads[i], NULL);
    mem_free(w->threads);
    pthread_cond_destroy(&w->work);
    pthread_cond_destroy(&w->done);
    pthread_mutex_destroy(&w->lock);
    return true;
}
