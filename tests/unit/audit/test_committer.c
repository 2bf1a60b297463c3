/* Group commit: audit_commit returns when the event is in the database, or says that it is not. */
#include "trail.h"

#include "base/failpoint.h"

enum { THREADS = 48 };

struct worker {
    struct audit *a;
    int n, failed;
    const char *object;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    for (int i = 0; i < w->n; i++) {
        struct err why = {0};
        struct audit_event ev = trail_event(w->object);
        w->failed += !audit_commit(w->a, &ev, &why);
    }
    return NULL;
}

static int run_workers(struct worker *workers, int threads)
{
    pthread_t id[THREADS];
    int failed = 0;
    for (int i = 0; i < threads; i++)
        pthread_create(&id[i], NULL, work, &workers[i]);
    for (int i = 0; i < threads; i++) {
        pthread_join(id[i], NULL);
        failed += workers[i].failed;
    }
    return failed;
}

static void returned_means_committed(void)
{
    struct audit *a = trail_open(false);
    struct audit_event ev = trail_event("one");
    ev.accession = STR_NONE;
    CU_ASSERT_TRUE_FATAL(audit_commit(a, &ev, &e));
    CU_ASSERT_EQUAL(house_number(house_owner(),
                                 "select count(*) from audit_event where object_id = 'one' and kind = 'INSTANCE_STORE' "
                                 "and principal = 'CT1' and principal_kind = 'AE' and address = '10.0.0.4' and "
                                 "door = 'dimse' and request = 'C-STORE' and object_type = 'Study' and patient = 'p1' "
                                 "and study_uid = '1.2.3' and accession is null and outcome = 0 and "
                                 "recorded between now() - interval '1 min' and now() and "
                                 "convert_from(content, 'UTF8')::json->>'count' = '1'"),
                    1);
    audit_free(a);
}

static void many_at_once(void)
{
    enum { EACH = 100 };
    struct audit *a = trail_open(false);
    struct worker workers[THREADS];
    int64_t before = trail_count("audit_event");
    for (int i = 0; i < THREADS; i++)
        workers[i] = (struct worker){a, EACH, 0, "many"};
    clock_us start = clock_monotonic();
    CU_ASSERT_EQUAL(run_workers(workers, THREADS), 0);
    clock_us took = clock_monotonic() - start;
    CU_ASSERT_EQUAL(trail_count("audit_event") - before, THREADS * EACH);
    printf(" (%d events in %lld ms) ", THREADS * EACH, (long long)took / 1000);
    audit_free(a);
}

/* PostgreSQL takes the connections away; reads must go on. */
static void a_lost_connection_is_replaced(void)
{
    struct audit *a = trail_open(false);
    CU_ASSERT_TRUE(trail_write(a, 4));
    house_number(house_owner(),
                 "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'isocentre_server'");
    usleep(200000); /* until they are gone */
    int64_t before = trail_count("audit_event");
    CU_ASSERT_TRUE(trail_write(a, 4));
    CU_ASSERT_EQUAL(trail_count("audit_event") - before, 4);
    audit_free(a);
}

static void without_its_event_no_act(void)
{
    struct audit *a = trail_open(false);
    struct audit_event ev = trail_event("none"), unnamed = {.kind = AUDIT_NONE};
    CU_ASSERT_FALSE(audit_commit(a, &unnamed, &e));
    setenv("ISOCENTRE_FAILPOINT", "audit.commit=fail:1", 1);
    failpoint_init();
    CU_ASSERT_FALSE(audit_commit(a, &ev, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from audit_event where object_id = 'none'"), 0);
    unsetenv("ISOCENTRE_FAILPOINT");
    failpoint_init();
    CU_ASSERT_TRUE(audit_commit(a, &ev, &e));
    audit_free(a);
}

static void one_bad_event_fails_alone(void)
{
    struct audit *a = trail_open(false);
    struct worker workers[THREADS];
    CU_ASSERT_TRUE(house_sql(house_owner(),
                             "alter table audit_event add constraint poison check (object_id <> 'poison') not valid"));
    for (int i = 0; i < THREADS; i++)
        workers[i] = (struct worker){a, 5, 0, i % 8 ? "fine" : "poison"};
    CU_ASSERT_EQUAL(run_workers(workers, THREADS), THREADS / 8 * 5);
    for (int i = 0; i < THREADS; i++)
        CU_ASSERT_EQUAL(workers[i].failed, i % 8 ? 0 : 5);
    CU_ASSERT_TRUE(house_sql(house_owner(), "alter table audit_event drop constraint poison"));
    audit_free(a);
}

/* audit_write travels with the act: committed with it, gone with it. */
static void a_write_lives_and_dies_with_its_transaction(void)
{
    static const struct {
        bool commit;
        int64_t rows;
    } cases[] = {{true, 2}, {false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct db *db = db_borrow(house_pool(), 1000, &e);
        struct audit_event ev = trail_event(cases[i].commit ? "kept" : "dropped");
        CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e));
        CU_ASSERT_TRUE(audit_write(db, &ev, &e));
        CU_ASSERT_TRUE(audit_write(db, &ev, &e));
        if (cases[i].commit)
            CU_ASSERT_TRUE(db_commit(db, &e));
        db_return(db);
        CU_ASSERT_EQUAL(house_number(house_owner(),
                                     cases[i].commit ? "select count(*) from audit_event where object_id = 'kept'"
                                                     : "select count(*) from audit_event where object_id = 'dropped'"),
                        cases[i].rows);
    }
}

/* ---- without waiting ---- */

static int told, refused;
static int64_t seen; /* events in the table when told */

static void note(void *ctx, const struct err *why)
{
    struct audit *a = ctx;
    (void)a;
    if (why)
        __atomic_fetch_add(&refused, 1, __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&told, 1, __ATOMIC_SEQ_CST);
}

static bool commit_later(struct audit *a, struct arena *arena, const char *object)
{
    char text[16]; /* gone when the event is committed */
    snprintf(text, sizeof text, "%s", object);
    struct audit_event ev = trail_event(text);
    bool ok = audit_commit_later(a, &ev, arena, note, a, &e);
    memset(text, '?', sizeof text);
    return ok;
}

static void later_is_told_once_and_after_the_commit(void)
{
    enum { N = 50 };
    struct arena arena CLEANUP(arena_release);
    struct audit *a = trail_open(false);
    arena_init(&arena);
    told = refused = 0;
    seen = house_number(house_owner(), "select count(*) from audit_event where object_id = 'later'");
    for (int i = 0; i < N; i++)
        CU_ASSERT_TRUE(commit_later(a, &arena, "later"));
    for (int i = 0; i < 500 && __atomic_load_n(&told, __ATOMIC_SEQ_CST) < N; i++)
        usleep(10000);
    CU_ASSERT_EQUAL(told, N);
    CU_ASSERT_EQUAL(refused, 0);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from audit_event where object_id = 'later'") - seen,
                    N);
    audit_free(a);
}

static void later_is_told_of_a_failure(void)
{
    struct arena arena CLEANUP(arena_release);
    struct audit *a = trail_open(false);
    arena_init(&arena);
    told = refused = 0;
    setenv("ISOCENTRE_FAILPOINT", "audit.commit=fail:1", 1);
    failpoint_init();
    CU_ASSERT_TRUE(commit_later(a, &arena, "never"));
    for (int i = 0; i < 500 && !__atomic_load_n(&told, __ATOMIC_SEQ_CST); i++)
        usleep(10000);
    unsetenv("ISOCENTRE_FAILPOINT");
    failpoint_init();
    CU_ASSERT_EQUAL(told, 1);
    CU_ASSERT_EQUAL(refused, 1);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from audit_event where object_id = 'never'"), 0);
    audit_free(a);
}

static const struct unit_case cases[] = {
    {"returned means committed", returned_means_committed},
    {"many at once", many_at_once},
    {"a lost connection is replaced", a_lost_connection_is_replaced},
    {"without its event no act", without_its_event_no_act},
    {"one bad event fails alone", one_bad_event_fails_alone},
    {"later is told once, after the commit", later_is_told_once_and_after_the_commit},
    {"later is told of a failure", later_is_told_of_a_failure},
    {"a write lives and dies with its transaction", a_write_lives_and_dies_with_its_transaction},
};
POSTGRES_MAIN("audit/committer", cases)
