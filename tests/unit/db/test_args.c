#include "postgres.h"
#include "sql.h"

static struct db_pool *pool;
static struct db *db;
static struct arena arena;
static struct err e;

static void open_db(void)
{
    arena_init(&arena);
    pool = test_pool(1, 5000, postgres_url());
    CU_ASSERT_PTR_NOT_NULL_FATAL(pool);
    db = db_borrow(pool, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db);
}

static void close_db(void)
{
    db_return(db);
    db_pool_free(pool);
    arena_release(&arena);
}

static void texts_come_back(void)
{
    static const char *const texts[] = {"", "a", "it's", "a\\b", "\"q\"", "{x,y}", "Mü^^ller\r\n", "😀", "NULL"};
    open_db();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct db_args a = db_args(&arena);
        db_text(&a, str_of(texts[i]));
        const struct db_rows *r = db_run(db, &T_echo, &a, &e);
        CU_ASSERT_TRUE(r && !db_is_null(r, 0, 0) && str_is(db_get(r, 0, 0), texts[i]));
    }
    close_db();
}

static void a_slice_is_cut_where_it_ends(void)
{
    open_db();
    struct db_args a = db_args(&arena);
    db_text(&a, (struct str){"abcdef", 3});
    const struct db_rows *r = db_run(db, &T_echo, &a, &e);
    CU_ASSERT_TRUE(r && str_is(db_get(r, 0, 0), "abc"));
    close_db();
}

static void null_is_not_empty(void)
{
    open_db();
    struct db_args none = db_args(&arena), empty = db_args(&arena), opt = db_args(&arena), null = db_args(&arena);
    db_text(&none, STR_NONE);
    db_text(&empty, STR(""));
    db_text_opt(&opt, STR(""));
    db_null(&null);
    const struct db_rows *r[] = {db_run(db, &T_echo, &none, &e), db_run(db, &T_echo, &empty, &e),
                                 db_run(db, &T_echo, &opt, &e), db_run(db, &T_echo, &null, &e)};
    CU_ASSERT_TRUE_FATAL(r[0] && r[1] && r[2] && r[3]);
    CU_ASSERT_TRUE(db_is_null(r[0], 0, 0) && !db_get(r[0], 0, 0).p);
    CU_ASSERT_TRUE(!db_is_null(r[1], 0, 0) && db_get(r[1], 0, 0).n == 0);
    CU_ASSERT_TRUE(db_is_null(r[2], 0, 0) && db_is_null(r[3], 0, 0));
    close_db();
}

static void bytes_come_back(void)
{
    open_db();
    char all[1024];
    for (int i = 0; i < 1024; i++)
        all[i] = (char)(i * 7);
    for (size_t n = 0; n <= sizeof all; n = n * 4 + 1) {
        struct db_args a = db_args(&arena);
        db_bytes(&a, (struct str){all, n});
        const struct db_rows *r = db_run(db, &T_echo_bytes, &a, &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(r);
        struct str back = db_get_bytes(r, 0, 0, &arena);
        CU_ASSERT_TRUE(back.p && str_eq(back, (struct str){all, n}) && db_get_int(r, 0, 1) == (int64_t)n);
    }
    struct db_args a = db_args(&arena);
    db_bytes(&a, STR_NONE);
    const struct db_rows *r = db_run(db, &T_echo_bytes, &a, &e);
    CU_ASSERT_TRUE(r && db_is_null(r, 0, 0) && !db_get_bytes(r, 0, 0, &arena).p);
    close_db();
}

static void numbers_times_and_truth_come_back(void)
{
    static const int64_t numbers[] = {0, -1, 42, INT64_MAX, -INT64_MAX};
    static const clock_us times[] = {0, 1, 1795494667123456, -2208988800000000};
    open_db();
    void (*const puts[])(struct db_args *, const int64_t *, size_t) = {db_ints, db_ints_raw};
    const struct db_rows *r;
    struct db_args a;
    for (int way = 0; way < 2; way++) {
        a = db_args(&arena);
        puts[way](&a, numbers, 5);
        r = db_run(db, &T_echo_ints, &a, &e);
        CU_ASSERT_TRUE_FATAL(r && db_count(r) == 5);
        for (int i = 0; i < 5; i++)
            CU_ASSERT_EQUAL(db_get_int(r, i, 0), numbers[i]);
        a = db_args(&arena);
        puts[way](&a, NULL, 0);
        r = db_run(db, &T_echo_ints, &a, &e);
        CU_ASSERT_TRUE(r && db_count(r) == 0);
    }
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        a = db_args(&arena);
        db_time(&a, times[i]);
        r = db_run(db, &T_echo_time, &a, &e);
        CU_ASSERT_TRUE(r && db_get_int(r, 0, 0) == times[i]);
    }
    a = db_args(&arena);
    db_time(&a, INT64_MIN);
    r = db_run(db, &T_echo_time, &a, &e);
    CU_ASSERT_TRUE(r && db_is_null(r, 0, 0) && db_get_int(r, 0, 0) == 0);
    a = db_args(&arena);
    db_bool(&a, true);
    r = db_run(db, &T_echo_bool, &a, &e);
    CU_ASSERT_TRUE(r && db_get_bool(r, 0, 0) && !db_get_bool(r, 0, 1) && !db_get_bool(r, 0, 2));
    close_db();
}

static void arrays_keep_special_characters(void)
{
    static const struct str items[] = {{"plain", 5}, {"a,b", 3},     {"{x}", 3},      {"\"q\"", 3}, {"back\\slash", 10},
                                       {"", 0},      {NULL, 0},      {"NULL", 4},     {" sp ", 4},  {"new\nline", 8},
                                       {"ü😀", 6},    {"'; drop", 7}, {"cut here", 3}, {"\\\"", 2}};
    enum { N = sizeof items / sizeof items[0] };
    void (*const puts[])(struct db_args *, const struct str *, size_t) = {db_texts, db_texts_raw};
    const struct db_rows *r;
    struct db_args a;
    open_db();
    for (int way = 0; way < 2; way++) {
        a = db_args(&arena);
        puts[way](&a, items, N);
        r = db_run(db, &T_echo_texts, &a, &e);
        CU_ASSERT_TRUE_FATAL(r && db_count(r) == N);
        for (int i = 0; i < N; i++) {
            CU_ASSERT_EQUAL(db_is_null(r, i, 0), items[i].p == NULL);
            CU_ASSERT_TRUE(str_eq(db_get(r, i, 0), items[i]));
        }
        a = db_args(&arena);
        puts[way](&a, NULL, 0);
        r = db_run(db, &T_echo_texts, &a, &e);
        CU_ASSERT_TRUE(r && db_count(r) == 0);
    }
    close_db();
}

static void nul_bytes_and_too_many_values_are_refused(void)
{
    open_db();
    struct str nul = {"a\0b", 3};
    struct db_args a = db_args(&arena), b = db_args(&arena), c = db_args(&arena);
    db_text(&a, nul);
    memset(&e, 0, sizeof e);
    CU_ASSERT_PTR_NULL(db_run(db, &T_echo, &a, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    db_texts(&b, &nul, 1);
    CU_ASSERT_PTR_NULL(db_run(db, &T_echo_texts, &b, &e));
    b = db_args(&arena);
    db_texts_raw(&b, &nul, 1);
    CU_ASSERT_PTR_NULL(db_run(db, &T_echo_texts, &b, &e));
    for (int i = 0; i <= DB_ARGS_MAX; i++)
        db_int(&c, i);
    CU_ASSERT_FALSE(db_send(db, &T_echo, &c, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_one), 1);
    close_db();
}

static const struct unit_case cases[] = {
    {"texts come back", texts_come_back},
    {"a slice is cut where it ends", a_slice_is_cut_where_it_ends},
    {"NULL is not empty", null_is_not_empty},
    {"bytes come back", bytes_come_back},
    {"numbers, times and truth come back", numbers_times_and_truth_come_back},
    {"arrays keep special characters", arrays_keep_special_characters},
    {"NUL bytes and too many values are refused", nul_bytes_and_too_many_values_are_refused},
};
POSTGRES_MAIN("db/args", cases)
