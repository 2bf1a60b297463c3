/* PostgreSQL: a pool of connections, transactions, named queries. libpq lives here and nowhere else; SQL text
 * lives in schema/ and arrives as struct db_query rows.
 *
 * Round trips: a connection runs in pipeline mode. db_begin and db_send only queue; db_run, db_flush and db_commit
 * send everything queued and wait once. A write handler that db_sends its rows costs one round trip plus the commit.
 * Owner: a connection belongs to the thread that borrowed it until db_return. Rows live until the connection's
 * next db_begin or db_return. Threads: the pool is shared, a connection is not. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

struct db_pool;
struct db;

enum {
    DB_JOINED = -1, /* text joined from fragments: an unnamed statement, planned with its values each time */
    DB_SHAPE = -2,  /* the same, prepared on a connection when it comes again: may be planned once for all values */
};

struct db_query { /* one block of schema/queries; see schema/embed.py */
    const char *name;
    int index; /* position in schema_queries: its place in a connection's table of prepared statements, or one of: */
    int params;
    const char *sql;
};

struct db_migration {
    int number;
    const char *name, *sha256, *sql;
};

/* Parameters of one call, filled in $1, $2 … order. Values are borrowed until the next db_run/db_flush/db_commit. */
enum { DB_ARGS_MAX = 96 };
struct db_args {
    int n;
    const char *value[DB_ARGS_MAX];
    int length[DB_ARGS_MAX];
    int binary[DB_ARGS_MAX];
    const char *fault;   /* why the call must be refused (too many values, a NUL byte in a text); NULL if fine */
    struct arena *arena; /* where values are written as text */
};
struct db_args db_args(struct arena *a);
void db_text(struct db_args *args, struct str s);     /* a str with p == NULL gives NULL */
void db_text_opt(struct db_args *args, struct str s); /* an empty str gives NULL too */
void db_int(struct db_args *args, int64_t n);
void db_bool(struct db_args *args, bool b);
void db_bytes(struct db_args *args, struct str bytes); /* bytea */
void db_time(struct db_args *args, clock_us t);        /* timestamptz; INT64_MIN gives NULL */
void db_null(struct db_args *args);
/* A PostgreSQL array literal: text[] of n items (an item with p == NULL is NULL). For unnest($1::text[], …). */
void db_texts(struct db_args *args, const struct str *items, size_t n);
/* The same in PostgreSQL's own form: faster for long texts, but the statement must say ::text[]. */
void db_texts_raw(struct db_args *args, const struct str *items, size_t n);
void db_ints(struct db_args *args, const int64_t *items, size_t n);
void db_ints_raw(struct db_args *args, const int64_t *items, size_t n); /* the statement must say ::bigint[] */

struct db_pool_config {
    const char *url;          /* libpq conninfo or URI */
    int size;                 /* connections at most; opened when first needed */
    int statement_timeout_ms; /* 0: none */
    const struct db_query *const *queries;
    int query_count;
};
/* Opens one connection to try the address. */
struct db_pool *db_pool_new(const struct db_pool_config *config, struct err *e);
void db_pool_free(struct db_pool *pool);
/* Wait up to timeout_ms for a connection; UNAVAILABLE when none is free or the database does not answer (opening
 * one gives up after 5 s unless the URL says otherwise). */
struct db *db_borrow(struct db_pool *pool, int timeout_ms, struct err *e);
/* Roll back what is open, give the connection back. NULL is fine. */
void db_return(struct db *db);
/* Connections now in use, and opened. */
void db_pool_load(struct db_pool *pool, int *ret_busy, int *ret_open);

enum db_mode { DB_READ, DB_WRITE }; /* READ ONLY, or READ COMMITTED read-write */
bool db_begin(struct db *db, enum db_mode mode, struct err *e);
/* True only when PostgreSQL said COMMIT (after DB_READ: when it is on its way). False: rolled back, or, with
 * UNAVAILABLE, perhaps not. Either way the transaction is over. Failpoint "db.commit". */
bool db_commit(struct db *db, struct err *e);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* Queue without waiting; its failure shows at the next db_run, db_flush or db_commit. Inside a transaction the
 * first failure stays until the rollback: every later call fails with it. */
bool db_send(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e);
/* Send what is queued, and what is gathered, and wait until it is done: values may then go. */
bool db_flush(struct db *db, struct err *e);

/* Who gathers rows to send them together is told before each statement of this transaction, and before a
 * flush or its commit (q NULL), and sends what the statement must see. Forgotten at the transaction's end. */
typedef bool (*db_before)(struct db *db, void *ctx, const struct db_query *q, struct err *e);
void db_gather(struct db *db, db_before before, void *ctx);
void *db_gathering(const struct db *db, db_before before); /* ctx; NULL when it is not this one that gathers */

/* Ask before the answer is wanted: the same db_run later in this transaction takes these rows and does not wait. Rows
 * this transaction inserts in between are not among them, so ask only for what is not inserted; an UPDATE or DELETE in
 * between drops them all, and db_run asks again. They are taken once. Values live as long as the transaction. */
void db_ahead_begin(struct db *db); /* drops what was asked and not taken */
bool db_ahead(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e);
/* It was asked, and db_run will take it. */
bool db_asked(const struct db *db, const struct db_query *q, const struct db_args *args);

struct db_rows;
/* Run and wait. Never NULL on success. Outside db_begin it is its own transaction. */
const struct db_rows *db_run(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e);
/* db_run in halves, for work that goes on while PostgreSQL works: send to the server at once, take the rows later. */
bool db_start(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e);
const struct db_rows *db_finish(struct db *db, struct err *e);

int db_count(const struct db_rows *r);
struct str db_get(const struct db_rows *r, int row, int column); /* NULL gives STR_NONE; text format */
bool db_is_null(const struct db_rows *r, int row, int column);
int64_t db_get_int(const struct db_rows *r, int row, int column);
bool db_get_bool(const struct db_rows *r, int row, int column);
/* bytea columns, decoded into the arena. */
struct str db_get_bytes(const struct db_rows *r, int row, int column, struct arena *a);
/* timestamptz columns selected as (extract(epoch from t) * 1000000)::bigint are plain ints: db_get_int. */
/* Rows an INSERT, UPDATE or DELETE touched. */
int64_t db_touched(const struct db_rows *r);

/* Errors: unique_violation and serialization_failure give CONFLICT, query_canceled TIMEOUT, connection loss
 * UNAVAILABLE, disk full STORAGE_FULL; RAISE EXCEPTION USING ERRCODE 'P0nnn' from our own functions: P0404 NOT_FOUND,
 * P0409 CONFLICT, P0412 PRECONDITION, P0422 BUSINESS_RULE; the rest INTERNAL. */

/* Bring the schema up to date as its owner: applies what is missing in order, each in a transaction under one
 * advisory lock; refuses when an applied file's checksum differs or the database is newer. ret_applied may be NULL. */
bool db_migrate(const char *owner_url, const struct db_migration *m, int count, int *ret_applied, struct err *e);

/* LISTEN/NOTIFY: a connection of its own that calls back until stopped. */
struct db_listener;
struct db_listener *db_listen(const char *url, const char *channel, void (*heard)(void *ctx), void *ctx, struct err *e);
void db_listener_free(struct db_listener *l);

#endif
