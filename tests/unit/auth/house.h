/* What the tests of server/auth and server/audit stand on: a migrated database, a pool as the server's role,
 * and sentences of SQL for what only an owner or an attacker would do. */
#ifndef TESTS_UNIT_AUTH_HOUSE_H
#define TESTS_UNIT_AUTH_HOUSE_H

#include <signal.h>
#include <stdarg.h>

#include "../db/postgres.h"
#include "auth/auth.h"
#include "base/log.h"
#include "schema/queries.h"

static struct err e;

static inline struct db_pool *house_pool_of(const char *url, int size)
{
    struct db_pool_config config = {
        .url = url, .size = size, .queries = schema_queries, .query_count = schema_query_count};
    struct db_pool *pool = db_pool_new(&config, &e);
    if (!pool) {
        fprintf(stderr, "house: %s\n", e.text);
        exit(1);
    }
    return pool;
}

/* The server's pool; the first call migrates. */
static inline struct db_pool *house_pool(void)
{
    static struct db_pool *pool;
    signal(SIGPIPE, SIG_IGN);
    if (!pool) {
        if (!db_migrate(postgres_url(), schema_migrations, schema_migration_count, NULL, &e)) {
            fprintf(stderr, "house: %s\n", e.text);
            exit(1);
        }
        pool = house_pool_of(postgres_server_url(), 20);
    }
    return pool;
}

/* One statement in a transaction of its own. False with e set when PostgreSQL refuses it. */
static inline bool house_sql(struct db_pool *pool, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static inline bool house_sql(struct db_pool *pool, const char *fmt, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    struct db_query q = {"house", -1, 0, text};
    struct db *db = db_borrow(pool, 5000, &e);
    bool ok = db && db_send(db, &q, NULL, &e) && db_flush(db, &e);
    db_return(db);
    return ok;
}

/* The number in the first field. */
static inline int64_t house_number(struct db_pool *pool, const char *text)
{
    struct db_query q = {"house", -1, 0, text};
    struct db *db = db_borrow(pool, 5000, &e);
    const struct db_rows *r = db ? db_run(db, &q, NULL, &e) : NULL;
    int64_t n = r && db_count(r) ? db_get_int(r, 0, 0) : -1;
    db_return(db);
    return n;
}

static inline struct db_pool *house_owner(void)
{
    static struct db_pool *pool;
    house_pool();
    if (!pool)
        pool = house_pool_of(postgres_url(), 2);
    return pool;
}

/* auth_authenticate on a connection of its own. */
static inline bool house_enter(struct auth *a, const struct credentials *c, struct principal *ret_who)
{
    memset(&e, 0, sizeof e);
    struct db *db = db_borrow(house_pool(), 5000, &e);
    bool ok = db && auth_authenticate(a, db, c, ret_who, &e);
    db_return(db);
    return ok;
}

static inline struct credentials house_basic(const char *user, const char *password)
{
    return (struct credentials){.kind = CREDENTIALS_BASIC,
                                .user = str_of(user),
                                .password = str_of(password),
                                .address = "127.0.0.1",
                                .loopback = true};
}

static inline bool house_user(const char *login, const char *password, const char *roles)
{
    memset(&e, 0, sizeof e);
    struct db *db = db_borrow(house_pool(), 5000, &e);
    bool ok = db && auth_user_put(db, str_of(login), str_of("Somebody"), str_of(password), str_of(roles), &e);
    db_return(db);
    return ok;
}

#endif
