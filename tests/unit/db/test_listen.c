#include "postgres.h"
#include "sql.h"

#include <stdatomic.h>

static struct err e;

static void count_up(void *ctx)
{
    atomic_fetch_add((atomic_int *)ctx, 1);
}

static bool reaches(atomic_int *n, int at_least)
{
    for (int i = 0; i < 500; i++, usleep(10000))
        if (atomic_load(n) >= at_least)
            return true;
    return false;
}

static void notify(struct db *db, const char *channel)
{
    struct arena arena;
    arena_init(&arena);
    struct db_args a = db_args(&arena);
    db_text(&a, str_of(channel));
    CU_ASSERT_PTR_NOT_NULL(db_run(db, &T_notify, &a, &e));
    arena_release(&arena);
}

static void a_notification_is_heard_even_after_a_lost_connection(void)
{
    atomic_int heard = 0;
    struct db_pool *pool = test_pool(1, 0, postgres_url());
    struct db *db = db_borrow(pool, 1000, &e);
    struct db_listener *l = db_listen(postgres_url(), "odd \"Name", count_up, &heard, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l);
    notify(db, "another");
    usleep(50000);
    CU_ASSERT_EQUAL(atomic_load(&heard), 0);
    notify(db, "odd \"Name");
    CU_ASSERT_TRUE(reaches(&heard, 1));
    CU_ASSERT_PTR_NOT_NULL(db_run(db, &T_listeners, NULL, &e));
    CU_ASSERT_TRUE(reaches(&heard, 2)); /* told to look once it listens again */
    int before = atomic_load(&heard);
    notify(db, "odd \"Name");
    CU_ASSERT_TRUE(reaches(&heard, before + 1));
    db_listener_free(l);
    db_listener_free(NULL);
    db_return(db);
    db_pool_free(pool);
}

static void a_bad_address_fails_at_once(void)
{
    memset(&e, 0, sizeof e);
    CU_ASSERT_PTR_NULL(db_listen("host=/nonexistent", "x", count_up, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
}

static const struct unit_case cases[] = {
    {"heard even after a lost connection", a_notification_is_heard_even_after_a_lost_connection},
    {"a bad address fails at once", a_bad_address_fails_at_once},
};
POSTGRES_MAIN("db/listen", cases)
