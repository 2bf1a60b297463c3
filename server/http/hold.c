/* Answers that are made but must wait: for the commit of what the audit trail says of them. Whoever is last, the worker
 * that makes the answer or the one who releases it, gives the exchange back to its socket thread. */
#include "http/http_priv.h"

static void count_held(struct http_workers *w, int by)
{
    pthread_mutex_lock(&w->lock);
    w->held += by;
    if (!w->held && w->stopping) { /* they stay while a held answer may need them */
        pthread_cond_broadcast(&w->work);
        pthread_cond_broadcast(&w->done);
    }
    pthread_mutex_unlock(&w->lock);
}

void http_hold(struct http_request *r)
{
    struct http_exchange *x = r->inner;
    count_held(&x->server->workers, 1);
    atomic_fetch_add(&x->holds, 1);
}

static void resume(struct http_exchange *x)
{
    atomic_store_explicit(&x->phase, HTTP_READY, memory_order_release);
    MHD_resume_connection(x->connection); /* x is the socket thread's from here on */
}

/* The answer must not be sent after all. */
void http_hold_failed(struct http_exchange *x, struct http_gzip *gzip)
{
    const struct http_config *c = &x->server->config;
    if (x->answer)
        MHD_destroy_response(x->answer);
    x->answer = NULL;
    http_response_end(x);
    http_response_start(x);
    c->failed(c->ctx, &x->request, &x->response, &x->late);
    http_answer_build(x, gzip);
    resume(x);
}

void http_hold_end(struct http_exchange *x, struct http_gzip *gzip)
{
    if (atomic_fetch_sub(&x->holds, 1) > 1)
        return;
    if (x->late.code)
        http_hold_failed(x, gzip);
    else
        resume(x);
}

void http_release(struct http_request *r, const struct err *why)
{
    struct http_exchange *x = r->inner;
    struct http_workers *w = &x->server->workers;
    if (why)
        x->late = *why;
    bool last = atomic_fetch_sub(&x->holds, 1) == 1;
    if (last && x->late.code)
        http_workers_again(w, x); /* a failure's answer is work for a worker; this thread may be the trail's */
    else if (last)
        resume(x);
    count_held(w, -1);
}
