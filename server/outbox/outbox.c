#include "outbox/outbox_priv.h"

#include "base/mem.h"

static void heard(void *ctx)
{
    struct outbox *o = ctx;
    atomic_store(&o->reload, true);
    bell_ring(&o->bell);
}

int64_t outbox_pause_ms(int64_t attempts, int64_t max_ms)
{
    return background_pause_ms(1000, attempts + 1, max_ms);
}

static bool begin(struct outbox *o, int kind, bool first, struct err *e)
{
    struct outbox_thread *t = &o->threads[o->thread_count];
    *t = (struct outbox_thread){.outbox = o, .kind = kind, .first = first};
    if (pthread_create(&t->id, NULL, kind < 0 ? watch_thread : send_thread, t) != 0)
        return err_set(e, ERR_INTERNAL, "outbox: out of threads");
    o->thread_count++;
    return true;
}

static bool start(struct outbox *o, struct err *e)
{
    int all = 1;
    for (int k = 0; k < o->config.kind_count; k++)
        all += o->kinds[k].senders;
    o->threads = mem_zalloc(sizeof *o->threads * (size_t)all);
    if (!begin(o, -1, true, e))
        return false;
    for (int k = 0; k < o->config.kind_count; k++)
        for (int i = 0; i < o->kinds[k].senders; i++)
            if (!begin(o, k, i == 0, e))
                return false;
    return true;
}

static void init(struct outbox *o, const struct outbox_config *config)
{
    bell_init(&o->bell);
    o->config = *config;
    o->config.kinds = o->kinds;
    for (int i = 0; i < config->kind_count; i++) {
        bell_init(&o->more[i]);
        o->kinds[i] = config->kinds[i];
    }
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
    bool ok = background_name(o->node, e) &&
              (o->listener = db_listen(config->url, "isocentre_outbox", heard, o, e)) != NULL && load(o, e) &&
              start(o, e);
    if (ok)
        return o;
    outbox_free(o);
    return NULL;
}

void outbox_free(struct outbox *o)
{
    if (!o)
        return;
    bell_stop(&o->bell);
    for (int i = 0; i < o->config.kind_count; i++) {
        bell_stop(&o->more[i]);
        if (o->kinds[i].stop)
            o->kinds[i].stop(o->kinds[i].ctx);
    }
    for (int i = 0; i < o->thread_count; i++)
        pthread_join(o->threads[i].id, NULL);
    db_listener_free(o->listener);
    listened_forget();
    bell_release(&o->bell);
    for (int i = 0; i < o->config.kind_count; i++)
        bell_release(&o->more[i]);
    mem_free(o->threads);
    mem_free(o);
}
