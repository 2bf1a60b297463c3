/* Starting and stopping the audit trail's threads. */
#include "audit/audit_priv.h"

#include "base/mem.h"

static void defaults(struct audit_config *c)
{
    c->batch_ms = c->batch_ms < 0 ? 0 : c->batch_ms;
    c->seal_ms = c->seal_ms > 0 ? c->seal_ms : 200;
    c->checkpoint_seconds = c->checkpoint_seconds > 0 ? c->checkpoint_seconds : 60;
    c->checkpoint_rows = c->checkpoint_rows > 0 ? c->checkpoint_rows : 1000;
}

static bool threads_start(struct audit *a, struct err *e)
{
    if (pthread_create(&a->committer, NULL, committer_main, a) != 0)
        return err_set(e, ERR_INTERNAL, "audit: start a thread");
    a->committer_runs = true;
    if (a->signer && pthread_create(&a->sealer, NULL, sealer_main, a) != 0) {
        signer_free(a->signer);
        a->signer = NULL;
        return err_set(e, ERR_INTERNAL, "audit: start a thread");
    }
    return true;
}

struct audit *audit_new(const struct audit_config *config, struct err *e)
{
    struct audit *a = mem_zalloc(sizeof *a);
    pthread_condattr_t attr;
    a->config = *config;
    a->last = &a->first;
    defaults(&a->config);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->work, &attr);
    pthread_cond_init(&a->stop, &attr);
    pthread_condattr_destroy(&attr);
    if ((!config->sealer || (a->signer = signer_new(config->key_file, e)) != NULL) && threads_start(a, e))
        return a;
    audit_free(a);
    return NULL;
}

void audit_free(struct audit *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopping = true;
    pthread_cond_broadcast(&a->work);
    pthread_mutex_unlock(&a->lock);
    if (a->committer_runs)
        pthread_join(a->committer, NULL);
    pthread_mutex_lock(&a->lock);
    a->ending = true; /* only now: the last pass must find what the committer left */
    pthread_cond_broadcast(&a->stop);
    pthread_mutex_unlock(&a->lock);
    if (a->signer)
        pthread_join(a->sealer, NULL);
    signer_free(a->signer);
    pthread_cond_destroy(&a->work);
    pthread_cond_destroy(&a->stop);
    pthread_mutex_destroy(&a->lock);
    mem_free(a);
}
