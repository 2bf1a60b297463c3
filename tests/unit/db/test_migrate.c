#include "postgres.h"
#include "migrations.h"
#include "sql.h"

#include <pthread.h>

static struct err e;

/* A schema of its own: the database may be shared with other tests. */
static char url[1024];

static void clean(void)
{
    snprintf(url, sizeof url, "%s options='-c search_path=migrate_test'", postgres_url());
    struct db_pool *pool = test_pool(1, 0, postgres_url());
    struct db *db = db_borrow(pool, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL(db_run(db, &T_drop, NULL, &e));
    CU_ASSERT_PTR_NOT_NULL(db_run(db, &T_schema, NULL, &e));
    db_return(db);
    db_pool_free(pool);
    memset(&e, 0, sizeof e);
}

static int64_t second_rows(void)
{
    struct db_pool *pool = test_pool(1, 0, postgres_url());
    struct db *db = db_borrow(pool, 1000, &e);
    int64_t n = test_number(db, &T_second_count);
    db_return(db);
    db_pool_free(pool);
    return n;
}

static void missing_ones_are_applied_once(void)
{
    int n = -1;
    clean();
    CU_ASSERT_TRUE(db_migrate(url, good, 1, &n, &e));
    CU_ASSERT_EQUAL(n, 1);
    CU_ASSERT_TRUE(db_migrate(url, good, 2, &n, &e));
    CU_ASSERT_EQUAL(n, 1);
    CU_ASSERT_TRUE(db_migrate(url, good, 2, &n, &e));
    CU_ASSERT_EQUAL(n, 0);
    CU_ASSERT_EQUAL(second_rows(), 2);
}

static void a_changed_file_is_refused(void)
{
    clean();
    CU_ASSERT_TRUE(db_migrate(url, good, 2, NULL, &e));
    CU_ASSERT_FALSE(db_migrate(url, changed, 2, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_PRECONDITION);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "0001 'first' was changed"));
}

static void a_newer_database_is_refused(void)
{
    clean();
    CU_ASSERT_TRUE(db_migrate(url, good, 2, NULL, &e));
    CU_ASSERT_FALSE(db_migrate(url, good, 1, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_PRECONDITION);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "newer"));
}

static void a_failing_file_leaves_nothing(void)
{
    int n = -1;
    clean();
    CU_ASSERT_FALSE(db_migrate(url, broken, 2, &n, &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "migration 0002"));
    CU_ASSERT_EQUAL(n, -1);
    CU_ASSERT_TRUE(db_migrate(url, good, 2, &n, &e)); /* the first stayed, the second starts afresh */
    CU_ASSERT_EQUAL(n, 1);
    CU_ASSERT_EQUAL(second_rows(), 2);
}

static void *migrate_thread(void *arg)
{
    int *n = arg;
    if (!db_migrate(url, good, 2, n, NULL))
        *n = -100;
    return NULL;
}

static void two_at_once_apply_it_once(void)
{
    clean();
    pthread_t threads[4];
    int n[4] = {0}, sum = 0;
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, migrate_thread, &n[i]);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        sum += n[i];
    }
    CU_ASSERT_EQUAL(sum, 2);
    CU_ASSERT_EQUAL(second_rows(), 2);
}

static const struct unit_case cases[] = {
    {"missing ones are applied once", missing_ones_are_applied_once},
    {"a changed file is refused", a_changed_file_is_refused},
    {"a newer database is refused", a_newer_database_is_refused},
    {"a failing file leaves nothing", a_failing_file_leaves_nothing},
    {"two at once apply it once", two_at_once_apply_it_once},
};
POSTGRES_MAIN("db/migrate", cases)
