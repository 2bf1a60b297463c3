#include "postgres.h"
#include "sql.h"

#include <poll.h>

static struct db_pool *pool;
static struct db *db;
static struct arena arena;
static struct err e;

static void open_db(void)
{
    arena_init(&arena);
    memset(&e, 0, sizeof e);
    pool = test_pool(3, 5000, postgres_url());
    CU_ASSERT_PTR_NOT_NULL_FATAL(pool);
    db = db_borrow(pool, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, &T_make, NULL, &e));
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, &T_make_raise, NULL, &e));
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, &T_wipe, NULL, &e));
}

static void close_db(void)
{
    db_return(db);
    db_pool_free(pool);
    arena_release(&arena);
}

static bool put(int64_t id, const char *note)
{
    struct db_args a = db_args(&arena);
    db_int(&a, id);
    db_text(&a, str_of(note));
    return db_send(db, &T_put, &a, &e);
}

static const struct db_rows *echo(const char *text)
{
    struct db_args a = db_args(&arena);
    db_text(&a, str_of(text));
    return db_run(db, &T_echo, &a, &e);
}

static void rows_outlive_later_runs(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e));
    const struct db_rows *a = echo("first"), *b = echo("second");
    CU_ASSERT_TRUE(a && b && str_is(db_get(a, 0, 0), "first") && str_is(db_get(b, 0, 0), "second"));
    CU_ASSERT_TRUE(db_commit(db, &e));
    CU_ASSERT_TRUE(str_is(db_get(a, 0, 0), "first")); /* until the next begin */
    close_db();
}

static void commit_keeps_and_rollback_drops(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e));
    CU_ASSERT_TRUE(put(1, "a") && put(2, "b"));
    CU_ASSERT_TRUE(db_in_transaction(db));
    CU_ASSERT_TRUE(db_commit(db, &e));
    CU_ASSERT_FALSE(db_in_transaction(db));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 2);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(3, "c"));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 3);
    db_rollback(db);
    CU_ASSERT_EQUAL(test_number(db, &T_count), 2);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(4, "d"));
    db_return(db); /* rolls back */
    db = db_borrow(pool, 1000, &e);
    CU_ASSERT_EQUAL(test_number(db, &T_count), 2);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && db_commit(db, &e)); /* nothing inside is fine */
    close_db();
}

/* What db_begin and db_send do is not yet sent: PostgreSQL sees an idle session until somebody waits. */
static void queued_work_waits_for_a_run(void)
{
    open_db();
    struct db *other = db_borrow(pool, 1000, &e);
    int64_t pid = test_number(db, &T_pid);
    struct db_args a = db_args(&arena);
    db_int(&a, pid);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1, "a") && put(2, "b"));
    poll(NULL, 0, 50);
    const struct db_rows *r = db_run(other, &T_state_of, &a, &e);
    CU_ASSERT_TRUE(r && str_is(db_get(r, 0, 0), "idle"));
    CU_ASSERT_TRUE(db_flush(db, &e));
    r = db_run(other, &T_state_of, &a, &e);
    CU_ASSERT_TRUE(r && str_is(db_get(r, 0, 0), "idle in transaction"));
    CU_ASSERT_TRUE(db_commit(db, &e));
    db_return(other);
    close_db();
}

static void the_first_failure_sticks_until_rollback(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e));
    CU_ASSERT_TRUE(put(1, "a") && put(1, "again") && put(2, "b"));
    CU_ASSERT_PTR_NULL(db_run(db, &T_count, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "t_put"));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "thing_pkey"));
    memset(&e, 0, sizeof e);
    CU_ASSERT_FALSE(put(3, "c"));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    CU_ASSERT_FALSE(db_commit(db, &e));
    CU_ASSERT_FALSE(db_in_transaction(db));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    close_db();
}

static void a_queued_failure_fails_the_commit(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1, "a") && put(1, "again"));
    CU_ASSERT_FALSE(db_commit(db, &e));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    CU_ASSERT_EQUAL(strncmp(e.text, "commit: ", 8), 0);
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1, "a") && db_commit(db, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 1);
    close_db();
}

static void outside_a_transaction_a_failure_is_told_once(void)
{
    open_db();
    CU_ASSERT_PTR_NULL(db_run(db, &T_missing, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INTERNAL);
    CU_ASSERT_EQUAL(test_number(db, &T_one), 1);
    CU_ASSERT_PTR_NULL(db_run(db, &T_missing, NULL, &e)); /* its preparation failed: tried again */
    CU_ASSERT_TRUE(put(1, "a") && put(1, "b"));           /* one implicit transaction: both or none */
    CU_ASSERT_FALSE(db_flush(db, &e));
    CU_ASSERT_TRUE(db_flush(db, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    close_db();
}

static void a_statement_first_prepared_in_a_failed_pipeline_works_later(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1, "a") && put(1, "b"));
    CU_ASSERT_PTR_NULL(echo("never prepared")); /* its PREPARE came behind the failure */
    db_rollback(db);
    const struct db_rows *r = echo("now");
    CU_ASSERT_TRUE(r && str_is(db_get(r, 0, 0), "now"));
    close_db();
}

static void work_before_begin_is_its_own_transaction(void)
{
    open_db();
    CU_ASSERT_TRUE(put(1, "before"));
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(2, "inside") && db_flush(db, &e));
    db_rollback(db);
    CU_ASSERT_EQUAL(test_number(db, &T_count), 1);
    close_db();
}

static void codes(void)
{
    static const struct {
        const char *state;
        enum err_code code;
    } cases[] = {
        {"40001", ERR_CONFLICT}, {"40P01", ERR_CONFLICT},     {"23505", ERR_CONFLICT},      {"P0404", ERR_NOT_FOUND},
        {"P0409", ERR_CONFLICT}, {"P0412", ERR_PRECONDITION}, {"P0422", ERR_BUSINESS_RULE}, {"53100", ERR_STORAGE_FULL},
        {"57014", ERR_TIMEOUT},  {"P0001", ERR_INTERNAL},     {"23503", ERR_INTERNAL},
    };
    open_db();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct db_args a = db_args(&arena);
        db_text(&a, str_of(cases[i].state));
        db_text(&a, STR("the reason"));
        CU_ASSERT_PTR_NULL(db_run(db, &T_raise, &a, &e));
        CU_ASSERT_EQUAL(e.code, cases[i].code);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "the reason"));
    }
    close_db();
}

static void values_do_not_reach_error_texts(void)
{
    open_db();
    struct db_args a = db_args(&arena);
    db_text(&a, STR("Secretname"));
    CU_ASSERT_PTR_NULL(db_run(db, &T_number, &a, &e));
    CU_ASSERT_PTR_NULL(strstr(e.text, "Secretname"));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "22P02"));
    close_db();
}

static void a_started_query_waits_for_a_lock(void)
{
    open_db();
    struct db *other = db_borrow(pool, 1000, &e);
    CU_ASSERT_TRUE(put(1, "a") && put(2, "b") && db_flush(db, &e));
    struct db_args one = db_args(&arena);
    db_int(&one, 1);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && db_begin(other, DB_WRITE, &e));
    CU_ASSERT_PTR_NOT_NULL(db_run(db, &T_touch, &one, &e));
    CU_ASSERT_TRUE(db_start(other, &T_touch, &one, &e));
    CU_ASSERT_TRUE(db_commit(db, &e));
    const struct db_rows *r = db_finish(other, &e);
    CU_ASSERT_TRUE(r && db_touched(r) == 2);
    CU_ASSERT_TRUE(db_commit(other, &e));
    db_return(other);
    close_db();
}

static void a_read_transaction_cannot_write(void)
{
    open_db();
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e) && put(1, "a"));
    CU_ASSERT_FALSE(db_flush(db, &e));
    CU_ASSERT_FALSE(db_commit(db, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e) && put(1, "a"));
    CU_ASSERT_FALSE(db_commit(db, &e)); /* waits, because something was queued */
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    close_db();
}

static void misuse_is_refused(void)
{
    open_db();
    CU_ASSERT_FALSE(db_commit(db, &e));
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e));
    CU_ASSERT_FALSE(db_begin(db, DB_READ, &e));
    CU_ASSERT_PTR_NULL(db_run(db, &T_echo, NULL, &e)); /* a value is missing */
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    db_rollback(db);
    CU_ASSERT_PTR_NULL(db_finish(db, &e));
    close_db();
}

/* More than socket buffers hold, both ways, without waiting in between. */
static void large_pipelines_do_not_lock_up(void)
{
    open_db();
    static char text[200000];
    memset(text, 'y', sizeof text - 1);
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e));
    for (int i = 0; i < 60; i++) {
        struct db_args a = db_args(&arena);
        db_int(&a, 200000);
        db_text(&a, str_of(text));
        CU_ASSERT_TRUE(db_send(db, &T_big, &a, &e));
    }
    CU_ASSERT_EQUAL(test_number(db, &T_one), 1);
    CU_ASSERT_TRUE(db_commit(db, &e));
    close_db();
}

/* ---- statements joined from fragments ---- */

static const struct db_rows *run_shape(int n, const char *text)
{
    struct db_query *q = ARENA_NEW(&arena, struct db_query);
    struct db_args a = db_args(&arena);
    *q = (struct db_query){"shape", DB_SHAPE, 1, arena_printf(&arena, "select $1::text || '%d'", n).p};
    db_text(&a, str_of(text));
    return db_run(db, q, &a, &e);
}

static int64_t prepared_shapes(void)
{
    static const struct db_query q = {"prepared", DB_JOINED, 0,
                                      "select count(*) from pg_prepared_statements where name like 'shape%'"};
    const struct db_rows *rows = db_run(db, &q, NULL, &e);
    return rows ? db_get_int(rows, 0, 0) : -1;
}

static void a_shape_is_prepared_when_it_comes_again(void)
{
    open_db();
    for (int i = 0; i < 3; i++) {
        const struct db_rows *rows = run_shape(7, "a");
        CU_ASSERT_TRUE(rows && str_is(db_get(rows, 0, 0), "a7"));
        CU_ASSERT_EQUAL(prepared_shapes(), i > 0);
    }
    close_db();
}

static void shapes_are_bounded_and_stay_right(void)
{
    open_db();
    for (int round = 0; round < 2; round++)
        for (int n = 0; n < 100; n++)
            for (int again = 0; again < 3; again++) {
                const struct db_rows *rows = run_shape(n, "b");
                CU_ASSERT_TRUE(rows && str_eq(db_get(rows, 0, 0), arena_printf(&arena, "b%d", n)));
            }
    int64_t kept = prepared_shapes();
    CU_ASSERT_TRUE(kept > 20 && kept <= 32);
    close_db();
}

static void a_shape_first_prepared_in_a_failed_pipeline_works_later(void)
{
    open_db();
    CU_ASSERT_PTR_NOT_NULL(run_shape(1, "c"));
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e));
    CU_ASSERT_TRUE(db_send(db, &T_missing, NULL, &e));
    CU_ASSERT_PTR_NULL(run_shape(1, "c"));
    db_rollback(db);
    memset(&e, 0, sizeof e);
    CU_ASSERT_EQUAL(prepared_shapes(), 0);
    for (int i = 0; i < 2; i++)
        CU_ASSERT_PTR_NOT_NULL(run_shape(1, "c"));
    CU_ASSERT_EQUAL(prepared_shapes(), 1);
    close_db();
}

static const struct unit_case cases[] = {
    {"rows outlive later runs", rows_outlive_later_runs},
    {"commit keeps, rollback drops", commit_keeps_and_rollback_drops},
    {"queued work waits for a run", queued_work_waits_for_a_run},
    {"the first failure sticks until rollback", the_first_failure_sticks_until_rollback},
    {"a queued failure fails the commit", a_queued_failure_fails_the_commit},
    {"outside a transaction a failure is told once", outside_a_transaction_a_failure_is_told_once},
    {"prepared in a failed pipeline", a_statement_first_prepared_in_a_failed_pipeline_works_later},
    {"work before begin is its own transaction", work_before_begin_is_its_own_transaction},
    {"SQLSTATE to error code", codes},
    {"values do not reach error texts", values_do_not_reach_error_texts},
    {"start and finish around a lock", a_started_query_waits_for_a_lock},
    {"a read transaction cannot write", a_read_transaction_cannot_write},
    {"misuse is refused", misuse_is_refused},
    {"a shape is prepared when it comes again", a_shape_is_prepared_when_it_comes_again},
    {"shapes are bounded and stay right", shapes_are_bounded_and_stay_right},
    {"a shape first prepared in a failed pipeline", a_shape_first_prepared_in_a_failed_pipeline_works_later},
    {"large pipelines do not lock up", large_pipelines_do_not_lock_up},
};
POSTGRES_MAIN("db/query", cases)
