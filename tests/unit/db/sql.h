/* Queries of these tests: SQL(index, name, number of parameters, text). */
#ifndef TESTS_UNIT_DB_SQL_H
#define TESTS_UNIT_DB_SQL_H

#include <stdio.h>

#include "db/db.h"

#define SQL_ROWS                                                                                        \
    SQL(0, one, 0, "select 1")                                                                          \
    SQL(1, make, 0, "create table if not exists thing (id bigint primary key, note text, body bytea)")  \
    SQL(2, wipe, 0, "delete from thing")                                                                \
    SQL(3, put, 2, "insert into thing (id, note) values ($1, $2)")                                      \
    SQL(4, count, 0, "select count(*) from thing")                                                      \
    SQL(5, echo, 1, "select $1::text")                                                                  \
    SQL(6, echo_bytes, 1, "select $1::bytea, octet_length($1::bytea)")                                  \
    SQL(7, echo_texts, 1, "select t from unnest($1::text[]) with ordinality as u (t, n) order by n")    \
    SQL(8, echo_ints, 1, "select t from unnest($1::bigint[]) with ordinality as u (t, n) order by n")   \
    SQL(9, echo_time, 1, "select (extract(epoch from $1::timestamptz) * 1000000)::bigint")              \
    SQL(10, echo_bool, 1, "select $1::bool, not $1::bool, $1::bool is null")                            \
    SQL(11, sleep, 1, "select pg_sleep($1::bigint)")                                                    \
    SQL(12, raise, 2, "select raise_it($1, $2)")                                                        \
    SQL(13, make_raise, 0,                                                                              \
        "create or replace function raise_it(state text, words text) returns void language plpgsql as " \
        "$$ begin raise exception '%', words using errcode = state; end $$")                            \
    SQL(14, pid, 0, "select pg_backend_pid()")                                                          \
    SQL(15, kill, 1, "select pg_terminate_backend($1::bigint::int)")                                    \
    SQL(16, state_of, 1, "select state from pg_stat_activity where pid = $1::bigint::int")              \
    SQL(17, touch, 1, "update thing set note = note || '+' where id >= $1")                             \
    SQL(18, missing, 0, "select nothing from no_such_table")                                            \
    SQL(19, number, 1, "select $1::text::int")                                                          \
    SQL(20, settings, 0,                                                                                \
        "select current_setting('TimeZone'), current_setting('statement_timeout'), "                    \
        "current_setting('application_name'), current_setting('client_encoding')")                      \
    SQL(21, notify, 1, "select pg_notify($1, '')")                                                      \
    SQL(22, listeners, 0,                                                                               \
        "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and "       \
        "pid <> pg_backend_pid()")                                                                      \
    SQL(23, big, 2, "select repeat('x', $1::bigint::int), $2::text")                                    \
    SQL(24, drop, 0, "drop schema if exists migrate_test cascade")                                      \
    SQL(25, second_count, 0, "select count(*) from migrate_test.second_table")                          \
    SQL(26, fail_late, 0, "select 1 / (select count(*) from thing where id < 0)")                       \
    SQL(27, schema, 0, "create schema migrate_test")                                                    \
    SQL(28, socket, 0, "select current_setting('unix_socket_directories'), current_setting('port')")

#define SQL(index, name, params, sql) \
    static const struct db_query T_##name = {"t_" #name, index, params, sql};
SQL_ROWS
#undef SQL
#define SQL(index, name, params, sql) &T_##name,
static const struct db_query *const test_queries[] = {SQL_ROWS};
#undef SQL
enum { TEST_QUERIES = sizeof test_queries / sizeof test_queries[0] };

static inline struct db_pool *test_pool(int size, int statement_timeout_ms, const char *url)
{
    struct err e = {0};
    struct db_pool_config config = {.url = url,
                                    .size = size,
                                    .statement_timeout_ms = statement_timeout_ms,
                                    .queries = test_queries,
                                    .query_count = TEST_QUERIES};
    struct db_pool *pool = db_pool_new(&config, &e);
    if (!pool)
        printf("pool: %s\n", e.text);
    return pool;
}

/* Run a query without parameters and give its first column of its first row as a number. */
static inline int64_t test_number(struct db *db, const struct db_query *q)
{
    struct err e = {0};
    const struct db_rows *r = db_run(db, q, NULL, &e);
    if (!r)
        printf("%s\n", e.text);
    return r && db_count(r) ? db_get_int(r, 0, 0) : -1;
}

#endif
