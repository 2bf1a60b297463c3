#include "outbox/outbox_priv.h"

#include <sys/random.h>

#include "base/mem.h"

bool outbox_wait(struct outbox *o, unsigned *seen, int timeout_ms)
{
    struct timespec end = clock_in(timeout_ms);
    pthread_mutex_lock(&o->lock);
    while (!o->stopping && o->told == *seen)
        if (pthread_cond_timedwait(&o->changed, &o->lock, &end) != 0)
            break;
    *seen = o->told;
    bool go_on = !o->stopping;
    pthread_mutex_unlock(&o->lock);
    return go_on;
}

void outbox_wake(struct outbox *o)
{
    pthread_mutex_lock(&o->lock);
    o->told++;
    pthread_cond_broadcast(&o->changed);
    pthread_mutex_unlock(&o->lock);
}

static void heard(void *ctx)
{
    struct outbox *o = ctx;
    atomic_store(&o->reload, true);
    outbox_wake(o);
}

int64_t outbox_pause_ms(int64_t attempts, int64_t max_ms)
{
    int64_t pause = 1000;
    uint32_t random = 0;
    for (int64_t i = 0; i < attempts && pause < max_ms; i++)
        pause *= 2;
    if (pause > max_ms)
        pause = max_ms;
    if (getrandom(&random, sizeof random, 0) != sizeof random)
        random = 0;
    return pause * 3 / 4 + (int64_t)((uint64_t)random * (uint64_t)pause / 2 >> 32);
}

static bool name_node(struct outbox *o, struct err *e)
{
    unsigned char random[(NODE_TEXT - 1) / 2];
    if (getrandom(random, sizeof random, 0) != sizeof random)
        return err_errno(e, ERR_INTERNAL, "name this node");
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(o->node + 2 * i, 3, "%02x", random[i]);
    return true;
}

static bool start(struct outbox *o, struct err *e)
{
    o->threads = mem_zalloc(sizeof *o->threads * (size_t)(o->config.senders + 1));
    for (int i = 0; i <= o->config.senders; i++) {
        if (pthread_create(&o->threads[i], NULL, i ? send_thread : watch_thread, o) != 0)
            return err_set(e, ERR_INTERNAL, "outbox: out of threads");
        o->thread_count++;
    }
    return true;
}

static void init(struct outbox *o, const struct outbox_config *config)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&o->lock, NULL);
    pthread_cond_init(&o->changed, &attr);
    pthread_condattr_destroy(&attr);
    o->config = *config;
    o->config.senders = config->senders > 0 ? config->senders : 4;
    for (int i = 0; i < config->kind_count; i++)
        o->kinds[i] = str_of(config->kinds[i].name);
    atomic_store(&o->reload, true);
}

/* Before anything is served: a change right after the start must be noted. */
static bool load(struct outbox *o, struct err *e)
{
    struct db *db = db_borrow(o->config.pool, BORROW_MS, e);
    bool ok = db && listened_load(db, e);
    db_return(db);
    return ok;
}

struct outbox *outbox_new(const struct outbox_config *config, struct err *e)
{
    struct outbox *o = mem_zalloc(sizeof *o);
    init(o, config);
    bool ok = name_node(o, e) && (o->listener = db_listen(config->url, "isocentre_outbox", heard, o, e)) != NULL &&
              load(o, e) && start(o, e);
    if (ok)
        return o;
    outbox_free(o);
    return NULL;
}

void outbox_free(struct outbox *o)
{
    if (!o)
        return;
    pthread_mutex_lock(&o->lock);
    o->stopping = true;
    pthread_cond_broadcast(&o->changed);
    pthread_mutex_unlock(&o->lock);
    for (int i = 0; i < o->thread_count; i++)
        pthread_join(o->threads[i], NULL);
    db_listener_free(o->listener);
    listened_forget();
    pthread_cond_destroy(&o->changed);
    pthread_mutex_destroy(&o->lock);
    mem_free(o->threads);
    mem_free(o);
}
