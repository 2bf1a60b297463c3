#include "postgres.h"
#include "sql.h"

#include <pthread.h>
#include <stdatomic.h>

static struct err e;

static void kill_backend(struct db_pool *pool, int64_t pid)
{
    struct arena arena;
    arena_init(&arena);
    struct db_args a = db_args(&arena);
    db_int(&a, pid);
    struct db *killer = db_borrow(pool, 1000, &e);
    const struct db_rows *r = db_run(killer, &T_kill, &a, &e);
    CU_ASSERT_TRUE(r && db_get_bool(r, 0, 0));
    usleep(100000);
    db_return(killer);
    arena_release(&arena);
}

static void a_bad_address_is_unavailable(void)
{
    static const struct {
        const char *url;
        enum err_code code;
    } bad[] = {
        {"host=/nonexistent", ERR_UNAVAILABLE},
        {"host=127.0.0.1 port=1", ERR_UNAVAILABLE},
        {"postgresql://nobody@127.0.0.1:1/x", ERR_UNAVAILABLE},
        {"no such option=1", ERR_INVALID},
        {"host=x password=sesame street", ERR_INVALID},
        {"postgresql://u:sesame%zzstreet@h/d", ERR_INVALID},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct db_pool_config config = {.url = bad[i].url, .size = 1};
        memset(&e, 0, sizeof e);
        CU_ASSERT_PTR_NULL(db_pool_new(&config, &e));
        CU_ASSERT_EQUAL(e.code, bad[i].code);
        CU_ASSERT_PTR_NULL(strchr(e.text, '\n'));
        CU_ASSERT_TRUE(!strstr(e.text, "sesame") && !strstr(e.text, "street"));
    }
}

static void sessions_have_their_settings(void)
{
    struct db_pool *pool = test_pool(1, 4321, postgres_url());
    struct db *db = db_borrow(pool, 1000, &e);
    const struct db_rows *r = db_run(db, &T_settings, NULL, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    CU_ASSERT_TRUE(str_is(db_get(r, 0, 0), "UTC"));
    CU_ASSERT_TRUE(str_is(db_get(r, 0, 1), "4321ms"));
    CU_ASSERT_TRUE(str_is(db_get(r, 0, 2), "isocentre"));
    CU_ASSERT_TRUE(str_is(db_get(r, 0, 3), "UTF8"));
    db_return(db);
    db_pool_free(pool);
}

static void a_full_pool_says_so_after_the_timeout(void)
{
    struct db_pool *pool = test_pool(2, 0, postgres_url());
    int busy, open;
    struct db *a = db_borrow(pool, 100, &e), *b = db_borrow(pool, 100, &e);
    CU_ASSERT_TRUE(a && b && a != b);
    db_pool_load(pool, &busy, &open);
    CU_ASSERT_TRUE(busy == 2 && open == 2);
    memset(&e, 0, sizeof e);
    clock_us from = clock_monotonic();
    CU_ASSERT_PTR_NULL(db_borrow(pool, 200, &e));
    clock_us waited = clock_monotonic() - from;
    CU_ASSERT_TRUE(waited >= 200000 && waited < 5000000);
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    db_return(b);
    b = db_borrow(pool, 100, &e);
    CU_ASSERT_PTR_NOT_NULL(b);
    db_return(a);
    db_return(b);
    db_return(NULL);
    db_pool_load(pool, &busy, &open);
    CU_ASSERT_TRUE(busy == 0 && open == 2);
    db_pool_free(pool);
}

struct turn {
    struct db_pool *pool;
    atomic_int *next;
    int got;
};

static void *take_turn(void *arg)
{
    struct turn *t = arg;
    struct err own = {0};
    struct db *db = db_borrow(t->pool, 10000, &own);
    t->got = db ? atomic_fetch_add(t->next, 1) : -1;
    db_return(db);
    return NULL;
}

/* Two stand in line behind one who gives up; whoever comes first is served first. */
static void who_waits_is_served_in_order(void)
{
    struct db_pool *pool = test_pool(1, 0, postgres_url());
    atomic_int next = 0;
    struct turn turn[3] = {{pool, &next, -2}, {pool, &next, -2}, {pool, &next, -2}};
    pthread_t thread[3];
    struct db *only = db_borrow(pool, 100, &e);
    CU_ASSERT_PTR_NULL(db_borrow(pool, 20, &e));
    for (int i = 0; i < 3; i++) {
        pthread_create(&thread[i], NULL, take_turn, &turn[i]);
        usleep(100000);
    }
    db_return(only);
    for (int i = 0; i < 3; i++) {
        pthread_join(thread[i], NULL);
        CU_ASSERT_EQUAL(turn[i].got, i);
    }
    db_pool_free(pool);
}

static void an_idle_dead_connection_is_replaced(void)
{
    struct db_pool *pool = test_pool(2, 0, postgres_url());
    struct db *a = db_borrow(pool, 100, &e);
    int64_t pid = test_number(a, &T_pid);
    struct db *b = db_borrow(pool, 100, &e);
    db_return(b);
    db_return(a); /* now first in the list */
    b = db_borrow(pool, 100, &e);
    CU_ASSERT_EQUAL(test_number(b, &T_pid), pid);
    kill_backend(pool, pid);
    db_return(b);
    a = db_borrow(pool, 100, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    CU_ASSERT_EQUAL(test_number(a, &T_one), 1);
    CU_ASSERT_NOT_EQUAL(test_number(a, &T_pid), pid);
    db_return(a);
    db_pool_free(pool);
}

static void a_connection_lost_in_use_is_unavailable_and_then_replaced(void)
{
    struct db_pool *pool = test_pool(2, 5000, postgres_url());
    struct db *a = db_borrow(pool, 100, &e);
    CU_ASSERT_TRUE(db_begin(a, DB_WRITE, &e));
    kill_backend(pool, test_number(a, &T_pid));
    memset(&e, 0, sizeof e);
    CU_ASSERT_PTR_NULL(db_run(a, &T_one, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    CU_ASSERT_PTR_NULL(db_run(a, &T_one, NULL, &e));
    CU_ASSERT_FALSE(db_commit(a, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    db_return(a);
    int busy, open;
    db_pool_load(pool, &busy, &open);
    CU_ASSERT_TRUE(busy == 0 && open == 1);
    a = db_borrow(pool, 100, &e);
    struct db *b = db_borrow(pool, 100, &e);
    CU_ASSERT_TRUE(test_number(a, &T_one) == 1 && test_number(b, &T_one) == 1);
    db_return(a);
    db_return(b);
    db_pool_free(pool);
}

static void a_commit_on_a_lost_connection_is_no_commit(void)
{
    struct arena arena;
    arena_init(&arena);
    struct db_pool *pool = test_pool(2, 5000, postgres_url());
    struct db *a = db_borrow(pool, 100, &e);
    CU_ASSERT_PTR_NOT_NULL(db_run(a, &T_make, NULL, &e));
    CU_ASSERT_PTR_NOT_NULL(db_run(a, &T_wipe, NULL, &e));
    CU_ASSERT_TRUE(db_begin(a, DB_WRITE, &e));
    int64_t pid = test_number(a, &T_pid);
    struct db_args args = db_args(&arena);
    db_int(&args, 7);
    db_null(&args);
    CU_ASSERT_TRUE(db_send(a, &T_put, &args, &e));
    kill_backend(pool, pid);
    CU_ASSERT_FALSE(db_commit(a, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    db_return(a);
    a = db_borrow(pool, 100, &e);
    CU_ASSERT_EQUAL(test_number(a, &T_count), 0);
    db_return(a);
    db_pool_free(pool);
    arena_release(&arena);
}

static void a_long_statement_times_out(void)
{
    struct arena arena;
    arena_init(&arena);
    struct db_pool *pool = test_pool(1, 200, postgres_url());
    struct db *db = db_borrow(pool, 100, &e);
    struct db_args a = db_args(&arena);
    db_int(&a, 20);
    memset(&e, 0, sizeof e);
    CU_ASSERT_PTR_NULL(db_run(db, &T_sleep, &a, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TIMEOUT);
    CU_ASSERT_EQUAL(test_number(db, &T_one), 1); /* the connection lives on */
    db_return(db);
    db_pool_free(pool);
    arena_release(&arena);
}

struct crowd {
    struct db_pool *pool;
    int good;
};

static void *crowd_thread(void *arg)
{
    struct crowd *c = arg;
    for (int i = 0; i < 50; i++) {
        struct db *db = db_borrow(c->pool, 10000, NULL);
        if (db && db_begin(db, i % 2 ? DB_READ : DB_WRITE, NULL) && test_number(db, &T_one) == 1 && db_commit(db, NULL))
            c->good++;
        db_return(db);
    }
    return NULL;
}

static void many_threads_share_few_connections(void)
{
    enum { THREADS = 12 };
    struct db_pool *pool = test_pool(3, 0, postgres_url());
    pthread_t threads[THREADS];
    struct crowd crowds[THREADS];
    for (int i = 0; i < THREADS; i++) {
        crowds[i] = (struct crowd){pool, 0};
        pthread_create(&threads[i], NULL, crowd_thread, &crowds[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CU_ASSERT_EQUAL(crowds[i].good, 50);
    }
    int busy, open;
    db_pool_load(pool, &busy, &open);
    CU_ASSERT_TRUE(busy == 0 && open <= 3);
    db_pool_free(pool);
}

static const struct unit_case cases[] = {
    {"a bad address is unavailable", a_bad_address_is_unavailable},
    {"sessions have their settings", sessions_have_their_settings},
    {"a full pool says so after the timeout", a_full_pool_says_so_after_the_timeout},
    {"who waits is served in order", who_waits_is_served_in_order},
    {"an idle dead connection is replaced", an_idle_dead_connection_is_replaced},
    {"lost in use", a_connection_lost_in_use_is_unavailable_and_then_replaced},
    {"a commit on a lost connection is no commit", a_commit_on_a_lost_connection_is_no_commit},
    {"a long statement times out", a_long_statement_times_out},
    {"many threads share few connections", many_threads_share_few_connections},
};
POSTGRES_MAIN("db/pool", cases)
