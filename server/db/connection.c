#include "db/db_priv.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "schema/queries.h"

static void ignore_notice(void *ctx, const PGresult *r)
{
    (void)ctx; /* notices may quote values, so they are not logged */
    (void)r;
}

PGresult *connection_call(PGconn *c, const struct db_query *q, const char *const *values, struct err *e)
{
    PGresult *r = PQexecParams(c, q->sql, q->params, NULL, values, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(r);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return r;
    error_set(e, PQresultErrorField(r, PG_DIAG_SQLSTATE) ? r : NULL, c, q->name);
    PQclear(r);
    return NULL;
}

/* Checked first, because libpq's own complaint about a malformed address may quote a password. */
static bool well_formed(const char *url, struct err *e)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    if (!options)
        return err_set(e, ERR_INVALID, "the database's address is neither a libpq URI nor key=value text");
    PQconninfoFree(options);
    return true;
}

PGconn *connection_open(const char *url, int statement_timeout_ms, struct err *e)
{
    /* what stands before dbname may be overridden by the URL, what stands behind it may not */
    static const char *const names[] = {
        "connect_timeout", "keepalives_idle",           "keepalives_interval", "keepalives_count",
        "dbname",          "fallback_application_name", "client_encoding",     NULL};
    const char *values[] = {"5", "30", "10", "3", url, "isocentre", "UTF8", NULL};
    if (!well_formed(url, e))
        return NULL;
    PGconn *c = PQconnectdbParams(names, values, 1);
    if (PQstatus(c) != CONNECTION_OK) {
        error_set(e, NULL, c, "connect to the database");
        PQfinish(c);
        return NULL;
    }
    PQsetNoticeReceiver(c, ignore_notice, NULL);
    char timeout[16];
    snprintf(timeout, sizeof timeout, "%d", statement_timeout_ms);
    PGresult *r = connection_call(c, &Q_db_session, (const char *const[]){timeout}, e);
    if (!r) {
        PQfinish(c);
        return NULL;
    }
    PQclear(r);
    return c;
}

bool wire_wait(PGconn *c, short events, int timeout_ms)
{
    struct pollfd p = {.fd = PQsocket(c), .events = events};
    clock_us end = clock_monotonic() + (clock_us)timeout_ms * 1000;
    for (;;) {
        clock_us left = end - clock_monotonic();
        int n = poll(&p, 1, timeout_ms < 0 ? -1 : left > 0 ? (int)(left / 1000) + 1 : 0);
        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

bool wire_lost(struct db *db, const char *what)
{
    if (!db->failed.code)
        error_set(&db->failed, NULL, db->c, what);
    db->broken = true;
    db->pending_n = db->unsynced = 0;
    return false;
}

bool wire_push(struct db *db, enum pending_kind kind, const struct db_query *q, bool keep)
{
    if (db->pending_n == db->pending_room) {
        db->pending_room = db->pending_room ? db->pending_room * 2 : 32;
        db->pending = mem_realloc(db->pending, db->pending_room * sizeof *db->pending);
    }
    db->pending[db->pending_n++] = (struct pending){.kind = kind, .keep = keep, .q = q};
    db->unsynced++;
    return true;
}

bool wire_sync(struct db *db)
{
    if (!PQpipelineSync(db->c))
        return wire_lost(db, "send to the database");
    wire_push(db, PENDING_SYNC, NULL, false);
    db->unsynced = 0;
    return true;
}

/* PostgreSQL ends a statement at statement_timeout; when nothing at all is heard well after that, the server
 * or the way to it is gone. */
static int patience(const struct db *db)
{
    int ms = db->pool->statement_timeout_ms;
    return ms ? ms + 10000 : -1;
}

bool wire_flush(struct db *db)
{
    int left;
    while ((left = PQflush(db->c)) == 1) {
        if (!wire_wait(db->c, POLLIN | POLLOUT, patience(db)))
            return wire_lost(db, "send to the database");
        if (!PQconsumeInput(db->c))
            return wire_lost(db, "send to the database");
    }
    return left == 0 ? true : wire_lost(db, "send to the database");
}

static PGresult *next_result(struct db *db)
{
    while (PQisBusy(db->c)) {
        if (!wire_wait(db->c, POLLIN, patience(db)) || !PQconsumeInput(db->c)) {
            wire_lost(db, "wait for the database");
            return NULL;
        }
    }
    return PQgetResult(db->c);
}

static void keep_rows(struct db *db, const struct pending *p, PGresult *r)
{
    struct db_rows *rows = mem_alloc(sizeof *rows);
    *rows = (struct db_rows){r, db->rows};
    db->rows = rows;
    *(p->ahead ? &db->ahead[p->ahead - 1].rows : &db->wanted) = rows;
}

static void note_failure(struct db *db, const struct pending *p, const PGresult *r)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *what = p->q ? p->q->name : "sync";
    if (!db->failed.code && PQresultStatus(r) != PGRES_PIPELINE_ABORTED)
        error_set(&db->failed, state ? r : NULL, db->c, what);
    if (p->kind == PENDING_PREPARE && p->q->index >= 0)
        db->prepared[p->q->index] = 0;
    else if (p->kind == PENDING_PREPARE)
        shape_lost(db, p->q);
    if ((state && (strncmp(state, "57P", 3) == 0 || strncmp(state, "08", 2) == 0)) || PQstatus(db->c) == CONNECTION_BAD)
        wire_lost(db, what);
}

static void take_result(struct db *db, const struct pending *p, PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    bool fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (p->kind == PENDING_COMMIT)
        db->committed = fine && strcmp(PQcmdStatus(r), "COMMIT") == 0;
    if (fine && p->keep) {
        keep_rows(db, p, r);
        return;
    }
    if (!fine)
        note_failure(db, p, r);
    PQclear(r);
}

/* Hear the answers to one note. Queries end in a NULL result, a sync is one result alone. */
static bool collect_one(struct db *db, const struct pending *p)
{
    PGresult *r = next_result(db);
    if (p->kind == PENDING_SYNC) {
        bool fine = PQresultStatus(r) == PGRES_PIPELINE_SYNC;
        PQclear(r);
        return fine ? true : wire_lost(db, "wait for the database");
    }
    if (!r)
        return wire_lost(db, "wait for the database");
    for (; r && !db->broken; r = next_result(db))
        take_result(db, p, r);
    PQclear(r);
    return !db->broken;
}

bool wire_collect(struct db *db)
{
    if (db->broken || (db->unsynced && !wire_sync(db)) || !wire_flush(db))
        return false;
    for (size_t i = 0; i < db->pending_n; i++) {
        struct pending p = db->pending[i];
        if (!collect_one(db, &p))
            break;
    }
    db->pending_n = 0;
    return !db->failed.code;
}
