/* The sealer: one thread in the whole cluster of servers (a session lock in PostgreSQL elects it) that puts
 * events into the chain in the order (xid, id), up to the oldest transaction still running: nothing can be
 * committed in front of what is sealed. A long-running write transaction holds sealing back, never the other
 * way round. */
#include "audit/audit_priv.h"

#include <string.h>

#include "base/codec.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "schema/queries.h"

enum { ELECTION_MS = 1000, BORROW_MS = 1000 };

struct office { /* what the elected sealer holds */
    struct audit *a;
    struct db *db; /* NULL: not elected */
    struct chain chain;
    int64_t signed_seq;
    clock_us signed_at;
};

/* Sleep, or hear the end. */
static bool stopping_after(struct audit *a, int ms)
{
    struct timespec until = clock_in(ms);
    pthread_mutex_lock(&a->lock);
    while (!a->ending && pthread_cond_timedwait(&a->stop, &a->lock, &until) == 0)
        continue;
    bool stopping = a->ending;
    pthread_mutex_unlock(&a->lock);
    return stopping;
}

static bool position_load(struct office *o, struct err *e)
{
    const struct db_rows *r;
    if (!chain_load(o->db, &o->chain, e) || !signer_announce(o->a->signer, o->db, e) ||
        !(r = db_run(o->db, &Q_audit_checkpoint_last, NULL, e)))
        return false;
    o->signed_seq = db_count(r) ? db_get_int(r, 0, 0) : 0;
    o->signed_at = INT64_MIN / 2; /* what is sealed first is signed at once: a trail is never without a checkpoint */
    return true;
}

/* True when this thread holds the lock now. Losing the connection loses the lock, and another server takes
 * over. */
static bool elected(struct office *o, struct err *e)
{
    o->db = db_borrow(o->a->config.pool, BORROW_MS, e);
    if (!o->db)
        return false;
    const struct db_rows *r = db_run(o->db, &Q_audit_sealer_lock, NULL, e);
    bool mine = r && db_get_bool(r, 0, 0);
    if (mine && position_load(o, e))
        return true;
    if (mine)
        db_run(o->db, &Q_audit_sealer_unlock, NULL, NULL);
    db_return(o->db);
    o->db = NULL;
    return false;
}

static void step_down(struct office *o)
{
    if (!o->db)
        return;
    db_rollback(o->db);
    db_run(o->db, &Q_audit_sealer_unlock, NULL, NULL);
    db_return(o->db);
    o->db = NULL;
}

static struct str hex_copy(struct arena *arena, const unsigned char hash[32])
{
    char text[HASH_TEXT];
    hex_text(hash, text);
    return arena_str(arena, (struct str){text, HASH_TEXT - 1});
}

/* Chain the rows found and queue their seals. */
static bool seal_rows(struct db *db, const struct db_rows *r, struct chain *c, struct arena *arena,
                      struct err *e)
{
    size_t n = (size_t)db_count(r);
    int64_t *seq = ARENA_ARRAY(arena, int64_t, n), *id = ARENA_ARRAY(arena, int64_t, n);
    struct str *before = ARENA_ARRAY(arena, struct str, n), *after = ARENA_ARRAY(arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        unsigned char digest[32];
        if (!hex_decode(db_get(r, (int)i, 2), digest, sizeof digest, e))
            return false;
        before[i] = hex_copy(arena, c->hash);
        chain_add(c, db_get_int(r, (int)i, 0), digest);
        after[i] = hex_copy(arena, c->hash);
        seq[i] = c->seq;
        id[i] = c->event_id;
    }
    str_copy(c->xid, sizeof c->xid, db_get(r, (int)n - 1, 1));
    struct db_args args = db_args(arena);
    db_ints(&args, seq, n);
    db_ints(&args, id, n);
    db_texts(&args, before, n);
    db_texts(&args, after, n);
    return db_send(db, &Q_audit_seal_put_all, &args, e);
}

static bool seal_batch(struct office *o, int *ret_sealed, struct err *e)
{
    struct chain ahead = o->chain;
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(ahead.xid));
    db_int(&args, ahead.event_id);
    db_int(&args, BATCH_MAX);
    const struct db_rows *r =
        db_begin(o->db, DB_WRITE, e) ? db_run(o->db, &Q_audit_unsealed, &args, e) : NULL;
    if (!r)
        return false;
    int n = db_count(r);
    if (n && !seal_rows(o->db, r, &ahead, &arena, e))
        return false;
    if (failpoint("audit.seal"))
        return err_set(e, ERR_UNAVAILABLE, "failpoint audit.seal");
    if (!db_commit(o->db, e))
        return false;
    o->chain = ahead;
    *ret_sealed = n;
    return true;
}

static bool checkpoint_due(const struct office *o, bool last)
{
    const struct audit_config *c = &o->a->config;
    int64_t rows = o->chain.seq - o->signed_seq;
    clock_us age = clock_monotonic() - o->signed_at;
    return rows > 0 &&
           (last || rows >= c->checkpoint_rows || age >= (clock_us)c->checkpoint_seconds * 1000000);
}

static bool seal_all(struct office *o, bool last, struct err *e)
{
    int n = BATCH_MAX;
    while (n == BATCH_MAX) {
        if (!seal_batch(o, &n, e))
            return err_wrap(e, "seal the audit trail");
        if (!checkpoint_due(o, last && n < BATCH_MAX))
            continue;
        if (!signer_checkpoint(o->a->signer, o->db, &o->chain, e))
            return false;
        o->signed_seq = o->chain.seq;
        o->signed_at = clock_monotonic();
    }
    return true;
}

void *sealer_main(void *audit)
{
    struct office o = {.a = audit};
    struct audit *a = audit;
    bool stopping = false;
    while (!stopping) {
        struct err e = {0};
        stopping = stopping_after(a, o.db ? a->config.seal_ms : 0);
        if (!o.db && !elected(&o, &e)) {
            if (e.code)
                log_err("audit", &e);
            stopping = stopping || stopping_after(a, ELECTION_MS);
            continue;
        }
        if (!seal_all(&o, stopping, &e)) {
            log_err("audit", &e);
            step_down(&o);
            stopping = stopping || stopping_after(a, ELECTION_MS);
        }
    }
    step_down(&o);
    return NULL;
}
