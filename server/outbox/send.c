/* A sender: takes a destination that has something due, serves it without holding a connection, notes the outcome. */
#include "outbox/outbox_priv.h"

#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

static const struct outbox_kind *kind_of(const struct outbox *o, struct str name)
{
    for (int i = 0; i < o->config.kind_count; i++)
        if (str_is(name, o->config.kinds[i].name))
            return &o->config.kinds[i];
    return NULL;
}

static bool claim(struct outbox *o, struct db *db, struct outbox_run *ret_run, const struct outbox_kind **ret_kind,
                  struct err *e)
{
    struct db_args args = db_args(ret_run->arena);
    db_text(&args, str_of(o->node));
    db_texts(&args, o->kinds, (size_t)o->config.kind_count);
    db_int(&args, LEASE_SECONDS);
    const struct db_rows *r = db_run(db, &Q_outbox_claim, &args, e);
    *ret_kind = NULL;
    if (!r || !db_count(r))
        return r != NULL;
    ret_run->destination = db_get_int(r, 0, 0);
    ret_run->last = db_get_int(r, 0, 2);
    ret_run->sent = ret_run->upto = db_get_int(r, 0, 3);
    ret_run->attempts = db_get_int(r, 0, 4);
    ret_run->failing = db_get_bool(r, 0, 5);
    ret_run->again_ms = -1;
    *ret_kind = kind_of(o, db_get(r, 0, 1));
    return true;
}

/* The connection lasts as long as the questions. */
static bool begin(struct outbox *o, struct outbox_run *run, const struct outbox_kind **ret_kind, struct err *why)
{
    struct err e = {0};
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    bool ok = db && claim(o, db, run, ret_kind, &e);
    if (!ok)
        log_err("outbox", &e);
    if (ok && *ret_kind) {
        ok = db_begin(db, DB_READ, why) && (*ret_kind)->prepare(o->config.ctx, db, run, why);
        db_rollback(db);
    }
    db_return(db);
    return ok;
}

static bool note(struct outbox *o, struct db *db, struct outbox_run *run, const struct err *why, struct err *e)
{
    struct db_args args = db_args(run->arena);
    db_int(&args, run->destination);
    db_text(&args, str_of(o->node));
    if (why) {
        db_text(&args, arena_str(run->arena, str_of(err_said(why))));
        db_int(&args, outbox_pause_ms(run->attempts, o->config.retry_max_ms));
        return db_run(db, &Q_outbox_failed, &args, e) != NULL;
    }
    db_int(&args, run->upto);
    db_int(&args, run->again_ms);
    db_int(&args, o->config.keep);
    return db_run(db, &Q_outbox_sent, &args, e) != NULL;
}

static void end(struct outbox *o, struct outbox_run *run, const struct outbox_kind *kind, const struct err *why)
{
    struct err e = {0};
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    bool ok = db && db_begin(db, DB_WRITE, &e) && kind->done(o->config.ctx, db, run, why, &e) &&
              note(o, db, run, why, &e) && db_commit(db, &e);
    if (!ok)
        log_err("outbox", &e); /* the lease runs out, and it is sent again */
    db_return(db);
}

/* False: nothing was due. */
static bool serve(struct outbox *o)
{
    struct arena a;
    struct err why = {0};
    const struct outbox_kind *kind = NULL;
    arena_init(&a);
    struct outbox_run run = {.arena = &a};
    bool ok = begin(o, &run, &kind, &why);
    if (kind) {
        bell_ring(&o->bell); /* perhaps others are due too */
        ok = ok && kind->send(o->config.ctx, &run, &why);
        metrics_add(METRIC_OUTBOX_SENT, ok ? "sent" : "failed", 1);
        if (!ok && !run.failing)
            log_warning("outbox", "destination %lld: %s", (long long)run.destination, why.text);
        end(o, &run, kind, ok ? NULL : &why);
    }
    arena_release(&a);
    return kind != NULL;
}

void *send_thread(void *arg)
{
    struct outbox *o = arg;
    unsigned seen = 0;
    while (bell_wait(&o->bell, &seen, 0))
        if (!serve(o) && !bell_wait(&o->bell, &seen, listened_any() ? 500 : RELOAD_MS))
            break;
    return NULL;
}
