/* Inside server/db: one connection and what it still has to hear from PostgreSQL.
 * A connection is in pipeline mode and non-blocking. Everything sent is noted in `pending`, in order;
 * collecting walks the notes and the answers side by side. The first failure is kept in `failed`. */
#ifndef DB_DB_PRIV_H
#define DB_DB_PRIV_H

#include <libpq-fe.h>
#include <pthread.h>

#include "base/turn.h"
#include "db/db.h"

enum pending_kind { PENDING_CONTROL, PENDING_PREPARE, PENDING_QUERY, PENDING_COMMIT, PENDING_SYNC };

struct pending {
    enum pending_kind kind;
    bool keep; /* somebody waits for these rows */
    int ahead; /* they are for this place of db->ahead (from 1); 0: for db->wanted */
    const struct db_query *q;
};

struct ahead { /* a question asked before its answer is wanted */
    const struct db_query *q;
    struct str key; /* its values */
    struct db_rows *rows;
};
enum { AHEAD_MAX = 16 };

struct db_rows {
    PGresult *result;
    struct db_rows *next;
};

struct db {
    struct db_pool *pool;
    PGconn *c;
    unsigned char *prepared; /* by db_query.index */
    struct shapes *shapes;   /* of DB_SHAPE; made when first needed */
    struct pending *pending;
    size_t pending_n, pending_room;
    size_t unsynced; /* notes at the end of pending without a sync behind them */
    enum db_mode mode;
    bool in_transaction;
    bool begun;     /* BEGIN is sent; it waits for the first statement */
    bool committed; /* the last COMMIT was answered by COMMIT */
    bool broken;    /* the connection is lost */
    struct err failed;
    struct db_rows *rows;   /* newest first; freed at the next begin or return */
    struct db_rows *wanted; /* what the last keep query gave */
    struct ahead ahead[AHEAD_MAX];
    int aheads;
    db_before before; /* who gathers rows; NULL: nobody */
    void *before_ctx;
    struct db *next_free;
};

struct db_pool {
    char *url;
    int size, statement_timeout_ms;
    const struct db_query *const *queries;
    int query_count;
    pthread_mutex_t lock;
    struct turn places; /* to have a connection in use */
    struct db *free_list;
    int open, busy;
};

/* A connection with the session's settings made; not yet in pipeline mode. NULL on failure. */
PGconn *connection_open(const char *url, int statement_timeout_ms, struct err *e);
/* Answer of one simple or parameterised call on a connection outside pipeline mode; NULL on failure. */
PGresult *connection_call(PGconn *c, const struct db_query *q, const char *const *values, struct err *e);

/* The question among those asked ahead; NULL when it is not. */
struct ahead *ahead_find(struct db *db, const struct db_query *q, const struct db_args *args);
/* What a statement changes may be what was asked. */
void ahead_mind(struct db *db, const struct db_query *q);
/* Queue without waiting, and keep the rows. */
bool query_keep(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e);

/* Wait for the socket: POLLIN and/or POLLOUT. False on time-out or a failing poll. */
bool wire_wait(PGconn *c, short events, int timeout_ms);
bool wire_push(struct db *db, enum pending_kind kind, const struct db_query *q, bool keep);
/* Put a sync behind what is queued. */
bool wire_sync(struct db *db);
/* Hand everything queued to the kernel. */
bool wire_flush(struct db *db);
/* Sync, send, and hear all answers. False when anything failed (see db->failed). */
bool wire_collect(struct db *db);
/* Mark the connection lost and note why. Returns false. */
bool wire_lost(struct db *db, const char *what);

void rows_release(struct db *db);

/* shape.c: the name under which a DB_SHAPE query is prepared here, its PREPARE queued if need be; NULL: to be run
 * unnamed. False when the connection is lost. */
bool shape_ready(struct db *db, const struct db_query *q, const char **ret_name);
/* Its PREPARE failed, or was not run behind something that failed. */
void shape_lost(struct db *db, const struct db_query *q);
void shapes_free(struct db *db);

/* Translate a failed result, or a connection's own failure when r is NULL. Returns false. Texts of class 22
 * name the code only, because PostgreSQL quotes the offending value there. */
bool error_set(struct err *e, const PGresult *r, const PGconn *c, const char *what);

#endif
