/* The watcher: committed notes, oldest first, whole transactions at a time, on one node at a time. */
#include "outbox/outbox_priv.h"

#include "base/log.h"
#include "schema/queries.h"

struct batch {
    struct outbox_change *change;
    int64_t *seq;
    size_t changes, notes;
};

/* The notes of one resource in one transaction are one change. */
static void add(struct batch *b, struct str *xids, const struct db_rows *r, int i, struct arena *a)
{
    int64_t rid = db_get_int(r, i, 2);
    struct str xid = arena_str(a, db_get(r, i, 1));
    size_t k = 0;
    b->seq[b->notes++] = db_get_int(r, i, 0);
    while (k < b->changes && (b->change[k].rid != rid || !str_eq(xids[k], xid)))
        k++;
    struct outbox_change *c = &b->change[k];
    if (k == b->changes) {
        xids[b->changes++] = xid;
        *c = (struct outbox_change){.seq = db_get_int(r, i, 0),
                                    .rid = rid,
                                    .type = arena_str(a, db_get(r, i, 3)),
                                    .first = (int)db_get_int(r, i, 4),
                                    .origin = arena_str(a, db_get(r, i, 6))};
        str_int(xid, &c->transaction);
    }
    c->last = (int)db_get_int(r, i, 4);
    c->deleted = db_get_bool(r, i, 5);
}

static bool take(struct db *db, struct arena *a, int limit, struct batch *ret_batch, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, limit);
    const struct db_rows *r = db_run(db, &Q_outbox_notes, &args, e);
    if (!r)
        return false;
    size_t n = (size_t)db_count(r);
    struct batch b = {.change = ARENA_ARRAY(a, struct outbox_change, n + 1), .seq = ARENA_ARRAY(a, int64_t, n + 1)};
    struct str *xids = ARENA_ARRAY(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        add(&b, xids, r, (int)i, a);
    *ret_batch = b;
    return true;
}

static bool settle(struct db *db, struct arena *a, const struct db_query *how, const struct batch *b, struct err *e)
{
    struct db_args args = db_args(a);
    db_ints(&args, b->seq, b->notes);
    return db_run(db, how, &args, e) != NULL;
}

static bool told(struct outbox *o, struct db *db, const struct batch *b, struct err *e)
{
    for (int i = 0; i < o->config.kind_count; i++) {
        const struct outbox_kind *k = &o->config.kinds[i];
        if (k->changed && !k->changed(k->ctx, db, b->change, b->changes, e))
            return err_wrap(e, "%s", k->name);
    }
    return true;
}

/* One pass; *ret_more: there may be more at once. */
static bool pass(struct outbox *o, struct db *db, struct arena *a, int limit, struct batch *ret_batch, struct err *e)
{
    if (!db_begin(db, DB_WRITE, e))
        return false;
    const struct db_rows *mine = db_run(db, &Q_outbox_watch, NULL, e);
    if (!mine)
        return false;
    if (!db_get_bool(mine, 0, 0)) {
        db_rollback(db);
        return true;
    }
    if (!db_send(db, &Q_study_grown, NULL, e) || !take(db, a, limit, ret_batch, e))
        return false;
    if (!ret_batch->notes)
        return db_commit(db, e);
    return told(o, db, ret_batch, e) && settle(db, a, &Q_outbox_notes_done, ret_batch, e) && db_commit(db, e);
}

/* A change that can not be looked at, though the database is well, must not hold up the others for ever. */
static void put_aside(struct db *db, struct arena *a, const struct batch *b, const struct err *why)
{
    struct err e = {0};
    if (!b->notes || why->code == ERR_UNAVAILABLE || why->code == ERR_CONFLICT || why->code == ERR_TIMEOUT)
        return;
    log_error("outbox", "change %lld is put aside: %s", (long long)b->seq[0], why->text);
    if (!settle(db, a, &Q_outbox_notes_failed, b, &e))
        log_err("outbox", &e);
}

/* False: nothing more to do now. */
static bool look(struct outbox *o, bool *failed)
{
    struct err e = {0};
    struct arena a;
    struct batch b = {.notes = 0};
    arena_init(&a);
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    bool ok = db && pass(o, db, &a, *failed ? 0 : NOTES_MAX, &b, &e);
    if (!ok)
        log_err("outbox", &e);
    if (!ok && db) {
        db_rollback(db);
        if (*failed)
            put_aside(db, &a, &b, &e);
    }
    *failed = !ok;
    db_return(db);
    arena_release(&a);
    if (ok && b.notes)
        bell_ring(&o->bell);
    return ok && b.notes > 0;
}

static void keep_house(struct outbox *o)
{
    struct err e = {0};
    struct arena a;
    arena_init(&a);
    struct db *db = db_borrow(o->config.pool, BORROW_MS, &e);
    struct db_args args = db_args(&a);
    db_text(&args, str_of(o->node));
    db_int(&args, LEASE_SECONDS);
    if (!db || !db_run(db, &Q_outbox_renew, &args, &e) || !listened_load(db, &e))
        log_err("outbox", &e);
    db_return(db);
    arena_release(&a);
}

void *watch_thread(void *arg)
{
    struct outbox *o = ((const struct outbox_thread *)arg)->outbox;
    unsigned seen = 0;
    bool failed = false;
    clock_us next = 0;
    for (;;) {
        if (atomic_exchange(&o->reload, false) || clock_monotonic() >= next) {
            keep_house(o);
            next = clock_monotonic() + (clock_us)RELOAD_MS * 1000;
        }
        bool more = listened_any() && look(o, &failed);
        int pause = more ? 0 : failed ? 1000 : listened_any() ? WATCH_MS : RELOAD_MS;
        if (!bell_wait(&o->bell, &seen, pause))
            return NULL;
    }
}
