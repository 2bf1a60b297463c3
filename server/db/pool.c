#include "db/db_priv.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* With nothing outstanding, PostgreSQL only speaks to say goodbye. */
static bool alive(struct db *db)
{
    if (db->pending_n && !wire_collect(db))
        return false;
    return !db->broken && PQstatus(db->c) == CONNECTION_OK && !wire_wait(db->c, POLLIN, 0);
}

static void close_connection(struct db *db)
{
    rows_release(db);
    PQfinish(db->c);
    db->c = NULL;
    shapes_free(db);
    db->pending_n = db->unsynced = 0;
    db->broken = db->in_transaction = db->begun = false;
    err_clear(&db->failed);
}

static bool open_connection(struct db *db, struct err *e)
{
    db->c = connection_open(db->pool->url, db->pool->statement_timeout_ms, e);
    if (!db->c)
        return false;
    memset(db->prepared, 0, (size_t)db->pool->query_count);
    if (PQsetnonblocking(db->c, 1) != 0 || !PQenterPipelineMode(db->c)) {
        error_set(e, NULL, db->c, "start pipeline mode");
        close_connection(db);
        return false;
    }
    return true;
}

static struct db *db_new(struct db_pool *pool)
{
    struct db *db = mem_zalloc(sizeof *db);
    db->pool = pool;
    db->prepared = mem_zalloc((size_t)pool->query_count + 1);
    return db;
}

static void db_free(struct db *db)
{
    close_connection(db);
    mem_free(db->prepared);
    mem_free(db->pending);
    mem_free(db);
}

struct db_pool *db_pool_new(const struct db_pool_config *config, struct err *e)
{
    struct db_pool *pool = mem_zalloc(sizeof *pool);
    pool->url = mem_cstr(config->url);
    pool->size = config->size > 0 ? config->size : 1;
    pool->statement_timeout_ms = config->statement_timeout_ms;
    pool->queries = config->queries;
    pool->query_count = config->query_count;
    pthread_mutex_init(&pool->lock, NULL);
    turn_init(&pool->places, pool->size);
    struct db *first = db_borrow(pool, 0, e);
    if (!first) {
        db_pool_free(pool);
        return NULL;
    }
    db_return(first);
    return pool;
}

void db_pool_free(struct db_pool *pool)
{
    if (!pool)
        return;
    while (pool->free_list) {
        struct db *db = pool->free_list;
        pool->free_list = db->next_free;
        db_free(db);
    }
    turn_release(&pool->places);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool->url);
    mem_free(pool);
}

/* Take an idle connection or the right to open one; NULL after the deadline. */
static struct db *take_place(struct db_pool *pool, int timeout_ms)
{
    if (!turn_take(&pool->places, timeout_ms))
        return NULL;
    pthread_mutex_lock(&pool->lock);
    struct db *db = pool->free_list;
    if (db) {
        pool->free_list = db->next_free;
    } else {
        db = db_new(pool);
        pool->open++;
    }
    pool->busy++;
    pthread_mutex_unlock(&pool->lock);
    return db;
}

static void give_place(struct db *db)
{
    struct db_pool *pool = db->pool;
    bool keep = db->c && !db->broken;
    if (!keep)
        db_free(db);
    pthread_mutex_lock(&pool->lock);
    pool->busy--;
    if (keep) {
        db->next_free = pool->free_list;
        pool->free_list = db;
    } else {
        pool->open--;
    }
    pthread_mutex_unlock(&pool->lock);
    turn_give(&pool->places);
}

struct db *db_borrow(struct db_pool *pool, int timeout_ms, struct err *e)
{
    struct db *db = take_place(pool, timeout_ms);
    if (!db) {
        err_set(e, ERR_UNAVAILABLE, "all %d database connections are busy", pool->size);
        return NULL;
    }
    if (db->c && alive(db)) {
        err_clear(&db->failed);
        return db;
    }
    close_connection(db);
    if (open_connection(db, e))
        return db;
    give_place(db);
    return NULL;
}

void db_return(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    if (db->unsynced)
        wire_collect(db);
    rows_release(db);
    err_clear(&db->failed);
    give_place(db);
}

void db_pool_load(struct db_pool *pool, int *ret_busy, int *ret_open)
{
    pthread_mutex_lock(&pool->lock);
    *ret_busy = pool->busy;
    *ret_open = pool->open;
    pthread_mutex_unlock(&pool->lock);
}
