#include "db/db_priv.h"

#include <string.h>

#include "base/failpoint.h"
#include "base/mem.h"
#include "schema/queries.h"

/* Give the failure to the caller. In a transaction it stays until the rollback, outside it is told once. */
static bool report(struct db *db, struct err *e)
{
    if (e)
        *e = db->failed;
    if (!db->in_transaction && !db->broken)
        err_clear(&db->failed);
    return false;
}

static bool refuse(struct db *db, struct err *e, const char *name, const char *why)
{
    err_set(e, ERR_INVALID, "%s: %s", name, why);
    if (db->in_transaction && !db->failed.code)
        err_set(&db->failed, ERR_INVALID, "%s: %s", name, why);
    return false;
}

static bool prepare_if_needed(struct db *db, const struct db_query *q)
{
    if (db->prepared[q->index])
        return true;
    if (!PQsendPrepare(db->c, q->name, q->sql, 0, NULL))
        return wire_lost(db, q->name);
    db->prepared[q->index] = 1;
    return wire_push(db, PENDING_PREPARE, q, false);
}

static bool listed(const struct db_pool *pool, const struct db_query *q)
{
    return q->index >= 0 && q->index < pool->query_count && pool->queries[q->index] == q;
}

static bool send_query(struct db *db, const struct db_query *q, const struct db_args *a, bool keep)
{
    const char *name = NULL; /* under which it is prepared */
    if (listed(db->pool, q) ? !prepare_if_needed(db, q) : q->index == DB_SHAPE && !shape_ready(db, q, &name))
        return false;
    name = listed(db->pool, q) ? q->name : name;
    int sent = name ? PQsendQueryPrepared(db->c, name, a->n, a->value, a->length, a->binary, 0)
                    : PQsendQueryParams(db->c, q->sql, a->n, NULL, a->value, a->length, a->binary, 0);
    return sent ? wire_push(db, PENDING_QUERY, q, keep) : wire_lost(db, q->name);
}

static bool send_control(struct db *db, enum pending_kind kind, const struct db_query *q)
{
    bool known = listed(db->pool, q);
    if (known && !prepare_if_needed(db, q))
        return false;
    if (!(known ? PQsendQueryPrepared(db->c, q->name, 0, NULL, NULL, NULL, 0)
                : PQsendQueryParams(db->c, q->sql, 0, NULL, NULL, NULL, NULL, 0)))
        return wire_lost(db, q->name);
    return wire_push(db, kind, q, false);
}

/* BEGIN travels with the first statement. What was queued before it stays a transaction of its own. */
static bool begin_if_needed(struct db *db)
{
    if (!db->in_transaction || db->begun)
        return true;
    if (db->unsynced && !wire_sync(db))
        return false;
    db->begun = true;
    return send_control(db, PENDING_CONTROL, db->mode == DB_READ ? &Q_db_begin_read : &Q_db_begin_write);
}

static bool tell(struct db *db, const struct db_query *q, struct err *e)
{
    return !db->in_transaction || !db->before || db->before(db, db->before_ctx, q, e);
}

static bool queue(struct db *db, const struct db_query *q, const struct db_args *args, bool keep, struct err *e)
{
    static const struct db_args none;
    const struct db_args *a = args ? args : &none;
    if (db->failed.code)
        return report(db, e);
    if (a->fault)
        return refuse(db, e, q->name, a->fault);
    if (a->n != q->params)
        return refuse(db, e, q->name, "the number of values is not the number of parameters");
    if (!tell(db, q, e))
        return false;
    ahead_mind(db, q);
    if (!begin_if_needed(db) || !send_query(db, q, a, keep))
        return report(db, e);
    return true;
}

bool db_send(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e)
{
    return queue(db, q, args, false, e);
}

bool query_keep(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e)
{
    return queue(db, q, args, true, e);
}

void db_gather(struct db *db, db_before before, void *ctx)
{
    db->before = before;
    db->before_ctx = ctx;
}

void *db_gathering(const struct db *db, db_before before)
{
    return db->before == before && db->in_transaction ? db->before_ctx : NULL;
}

bool db_flush(struct db *db, struct err *e)
{
    if (!db->failed.code && !tell(db, NULL, e))
        return false;
    if (!db->failed.code && (!db->pending_n || wire_collect(db)))
        return true;
    return report(db, e);
}

bool db_start(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e)
{
    db->wanted = NULL;
    if (!queue(db, q, args, true, e))
        return false;
    return wire_sync(db) && wire_flush(db) ? true : report(db, e);
}

const struct db_rows *db_finish(struct db *db, struct err *e)
{
    if (db->failed.code || !wire_collect(db)) {
        report(db, e);
        return NULL;
    }
    if (!db->wanted)
        err_set(e, ERR_INTERNAL, "finish without a started query");
    return db->wanted;
}

const struct db_rows *db_run(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e)
{
    struct ahead *asked = db->failed.code ? NULL : ahead_find(db, q, args);
    db->wanted = NULL;
    if (!asked)
        return queue(db, q, args, true, e) ? db_finish(db, e) : NULL;
    if (!asked->rows && !wire_collect(db)) {
        report(db, e);
        return NULL;
    }
    asked->q = NULL; /* once: what is written now may change it */
    return asked->rows;
}

bool db_begin(struct db *db, enum db_mode mode, struct err *e)
{
    if (db->in_transaction)
        return err_set(e, ERR_INTERNAL, "begin inside a transaction");
    if (db->failed.code)
        return report(db, e);
    rows_release(db);
    db->in_transaction = true;
    db->begun = false;
    db->mode = mode;
    db->aheads = 0;
    db_gather(db, NULL, NULL);
    return true;
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

static bool give_up(struct db *db, struct err *e)
{
    report(db, e);
    db_rollback(db);
    return err_wrap(e, "commit");
}

/* A transaction that only read has nothing to lose: its COMMIT is sent, and heard before the connection's
 * next use. */
static bool commit_read(struct db *db)
{
    return wire_sync(db) && wire_flush(db);
}

bool db_commit(struct db *db, struct err *e)
{
    if (!db->in_transaction)
        return err_set(e, ERR_INTERNAL, "commit outside a transaction");
    if (!db->failed.code && !tell(db, NULL, e)) {
        db_rollback(db);
        return err_wrap(e, "commit");
    }
    if (db->begun && db->mode == DB_WRITE && failpoint("db.commit") && !db->failed.code)
        err_set(&db->failed, ERR_UNAVAILABLE, "failpoint db.commit");
    if (db->failed.code)
        return give_up(db, e);
    bool waiting = db->pending_n > 0;
    db->committed = false;
    if (db->begun) {
        if (!send_control(db, PENDING_COMMIT, &Q_db_commit))
            return give_up(db, e);
        bool lazy = db->mode == DB_READ && !waiting;
        if (!(lazy ? commit_read(db) : wire_collect(db)))
            return give_up(db, e);
        if (!lazy && !db->committed) {
            err_set(&db->failed, ERR_INTERNAL, "the transaction was rolled back");
            return give_up(db, e);
        }
    }
    db->in_transaction = db->begun = false;
    return true;
}

void db_rollback(struct db *db)
{
    if (!db->in_transaction)
        return;
    if (db->begun && !db->broken) {
        /* the sync ends an aborted pipeline, in which the ROLLBACK would not run */
        if ((!db->unsynced || wire_sync(db)) && send_control(db, PENDING_CONTROL, &Q_db_rollback))
            wire_collect(db);
    }
    db->in_transaction = db->begun = false;
    if (!db->broken)
        err_clear(&db->failed);
}
