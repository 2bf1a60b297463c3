/* A sender: takes a destination that has something due, serves it without holding a connection, notes the outcome. */
#include "outbox/outbox_priv.h"

#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

static bool claim(struct outbox *o, const struct outbox_kind *kind, struct db *db, struct outbox_run *ret_run,
                  bool *ret_any, struct err *e)
{
    struct db_args args = db_args(ret_run->arena);
    db_text(&args, str_of(o->node));
    db_text(&args, str_of(kind->name));
    db_int(&args, LEASE_SECONDS);
    const struct db_rows *r = db_run(db, &Q_outbox_claim, &args, e);
    *ret_any = r && db_count(r) > 0;
    if (!*ret_any)
        return r != NULL;
    ret_run->destination = db_get_int(r, 0, 0);
    ret_run->last = db_get_int(r, 0, 2);
    ret_run->sent = ret_run->upto = db_get_int(r, 0, 3);
    ret_run->attempts = db_get_int(r, 0, 4);
    ret_run->failing = db_get_bool(r, 0, 5);
    ret_run->again_ms = -1;
    return true;
}

/* The connection lasts as long as the questions. */
static bool begin(struct outbox *o, const struct outbox_kind *kind, struct outbox_run *run, bool *ret_any,
                  struct err *why)
{
    struct err e = {0};
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    bool ok = db && claim(o, kind, db, run, ret_any, &e);
    if (!ok)
        log_err("outbox", &e);
    if (ok && *ret_any) {
        ok = db_begin(db, DB_READ, why) && kind->prepare(kind->ctx, db, run, why);
        db_rollback(db);
    }
    db_return(db);
    return ok;
}

static bool note(struct outbox *o, const struct outbox_kind *kind, struct db *db, struct outbox_run *run,
                 const struct err *why, struct err *e)
{
    struct db_args args = db_args(run->arena);
    db_int(&args, run->destination);
    db_text(&args, str_of(o->node));
    if (why) {
        db_text(&args, arena_str(run->arena, str_of(err_said(why))));
        db_int(&args, outbox_pause_ms(run->attempts, kind->retry_max_ms));
        return db_run(db, &Q_outbox_failed, &args, e) != NULL;
    }
    db_int(&args, run->upto);
    db_int(&args, run->again_ms);
    db_int(&args, kind->keep);
    return db_run(db, &Q_outbox_sent, &args, e) != NULL;
}

static void end(struct outbox *o, struct outbox_run *run, const struct outbox_kind *kind, const struct err *why)
{
    struct err e = {0};
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    bool ok = db && db_begin(db, DB_WRITE, &e) && kind->done(kind->ctx, db, run, why, &e) &&
              note(o, kind, db, run, why, &e) && db_commit(db, &e);
    if (!ok)
        log_err("outbox", &e); /* the lease runs out, and it is sent again */
    db_return(db);
}

/* False: nothing was due. */
static bool serve(struct outbox *o, const struct outbox_kind *kind)
{
    struct arena a;
    struct err why = {0};
    bool any = false;
    arena_init(&a);
    struct outbox_run run = {.arena = &a};
    bool ok = begin(o, kind, &run, &any, &why);
    if (any) {
        bell_ring(&o->more[kind - o->config.kinds]); /* perhaps others are due too */
        ok = ok && kind->send(kind->ctx, &run, &why);
        metrics_add(METRIC_OUTBOX_SENT, ok ? "sent" : "failed", 1);
        if (!ok && !run.failing)
            log_warning("outbox", "destination %lld: %s", (long long)run.destination, why.text);
        end(o, &run, kind, ok ? NULL : &why);
    }
    arena_release(&a);
    return any;
}

void *send_thread(void *arg)
{
    const struct outbox_thread *t = arg;
    struct outbox *o = t->outbox;
    struct bell *bell = t->first ? &o->bell : &o->more[t->kind];
    unsigned seen = 0;
    while (bell_wait(bell, &seen, 0))
        if (!serve(o, &o->config.kinds[t->kind]) &&
            !bell_wait(bell, &seen, t->first && listened_any() ? 500 : RELOAD_MS))
            break;
    return NULL;
}
