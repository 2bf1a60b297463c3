/* What domain tests stand on: a migrated database of their own and one operation on it. main() calls
 * postgres_needed(argv) first. */
#ifndef TESTS_UNIT_DOMAIN_HOUSE_H
#define TESTS_UNIT_DOMAIN_HOUSE_H

#include <stdio.h>
#include <stdlib.h>

#include "db/postgres.h"
#include "domain/authority.h"
#include "domain/domain.h"
#include "schema/queries.h"
#include "unit.h"

static struct db_pool *test_pool;
static struct arena test_arena;
static const struct domain_policy test_policy = {.patient_authority = "LOCAL",
                                                 .accession_authority = "LOCAL",
                                                 .missing_study_uid = MISSING_UID_GENERATE,
                                                 .missing_accession = ACCESSION_GENERATE,
                                                 .public_url = "http://127.0.0.1:8042"};

/* Migrate and open; exits with a sentence when there is no database. */
static inline void test_house_open(void)
{
    struct err e;
    int applied;
    const char *url = postgres_url();
    err_clear(&e);
    if (!db_migrate(url, schema_migrations, schema_migration_count, &applied, &e)) {
        printf("no test database: %s\n", e.text);
        exit(1);
    }
    struct db_pool_config c = {.url = url, .size = 4, .queries = schema_queries, .query_count = schema_query_count};
    test_pool = db_pool_new(&c, &e);
    if (!test_pool) {
        printf("no test database: %s\n", e.text);
        exit(1);
    }
}

static inline void test_house_close(void)
{
    db_pool_free(test_pool);
    authorities_release();
}

static inline struct domain test_begin(void)
{
    struct err e;
    struct domain d = {.arena = &test_arena, .department = STR(""), .policy = &test_policy};
    err_clear(&e);
    arena_init(&test_arena);
    d.db = db_borrow(test_pool, 5000, &e);
    if (!d.db || !db_begin(d.db, DB_WRITE, &e)) {
        printf("begin: %s\n", e.text);
        exit(1);
    }
    return d;
}

static inline void test_end(struct domain *d, bool commit)
{
    struct err e;
    err_clear(&e);
    if (commit && !db_commit(d->db, &e)) {
        printf("commit: %s\n", e.text);
        CU_FAIL("commit");
    }
    db_return(d->db);
    arena_release(&test_arena);
}

/* Ran well, or says what was wrong. */
#define TEST_OK(call, e)                                                                                               \
    do {                                                                                                               \
        bool ok_ = (call);                                                                                             \
        if (!ok_)                                                                                                      \
            printf("%s:%d: %s at '%s'\n", __FILE__, __LINE__, (e)->text, (e)->path);                                   \
        CU_ASSERT(ok_);                                                                                                \
    } while (0)

#define TEST_STR(actual, expected)                                                                                     \
    do {                                                                                                               \
        struct str got_ = (actual);                                                                                    \
        if (!str_is(got_, expected))                                                                                   \
            printf("%s:%d: '%.*s' where '%s' is due\n", __FILE__, __LINE__, STR_ARG(got_), expected);                  \
        CU_ASSERT(str_is(got_, expected));                                                                             \
    } while (0)

#endif
