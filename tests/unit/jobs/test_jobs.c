#include "../db/postgres.h"
#include "sql.h"

#include <pthread.h>
#include <stdatomic.h>

#include "jobs/jobs_priv.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

static struct db_pool *pool;
static struct err e;
static char server_url[1100];

/* What the handlers of a case do, and what they saw. */
static struct {
    atomic_int runs, running, most, failures_left,
        wrong; /* handlers run on threads that CUnit does not know */
    atomic_bool hold;
    pthread_mutex_t lock;
    char payload[64];
} seen;

static bool spend(struct err *err)
{
    int now = atomic_fetch_add(&seen.running, 1) + 1;
    if (now > atomic_load(&seen.most))
        atomic_store(&seen.most, now);
    while (atomic_load(&seen.hold))
        usleep(5000);
    atomic_fetch_sub(&seen.running, 1);
    atomic_fetch_add(&seen.runs, 1);
    if (atomic_load(&seen.failures_left) > 0) {
        atomic_fetch_sub(&seen.failures_left, 1);
        return err_set(err, ERR_UNAVAILABLE, "not today");
    }
    return true;
}

static bool effect(struct db *db, struct str payload, struct err *err)
{
    struct arena a;
    arena_init(&a);
    struct db_args args = db_args(&a);
    db_text(&args, payload);
    bool ok = db_send(db, &T_effect, &args, err);
    arena_release(&a);
    return ok;
}

static bool relink(void *ctx, struct db *db, struct str payload, struct err *err)
{
    atomic_fetch_add(&seen.wrong, ctx != &seen || !db_in_transaction(db));
    pthread_mutex_lock(&seen.lock);
    str_copy(seen.payload, sizeof seen.payload, payload);
    pthread_mutex_unlock(&seen.lock);
    return effect(db, payload, err) && spend(err);
}

static bool sweep(void *ctx, struct db *db, struct str payload, struct err *err)
{
    atomic_fetch_add(&seen.wrong, ctx != &seen || payload.n || db_in_transaction(db));
    return db_begin(db, DB_WRITE, err) && spend(err); /* left open: the queue rolls it back */
}

static const struct jobs_handler handlers[] = {{JOB_REPORT_RELINK, relink}, {JOB_FILES_SWEEP, sweep}};

static struct jobs *start(bool listen, bool scheduled, int workers)
{
    struct jobs_config config = {.pool = pool,
                                 .url = listen ? server_url : NULL,
                                 .handlers = handlers,
                                 .handler_count = 2,
                                 .ctx = &seen,
                                 .workers = workers,
                                 .poll_ms = listen ? 60000 : 20,
                                 .retry_ms = 20,
                                 .no_schedule = !scheduled};
    struct jobs *j = jobs_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(j);
    return j;
}

static int64_t number(const struct db_query *q, const char *text)
{
    struct arena a;
    arena_init(&a);
    struct db *db = db_borrow(pool, 5000, &e);
    struct db_args args = db_args(&a);
    if (text)
        db_text(&args, str_of(text));
    const struct db_rows *r = db ? db_run(db, q, &args, &e) : NULL;
    int64_t n = r && db_count(r) ? db_get_int(r, 0, 0) : -1;
    if (!r)
        printf("%s\n", e.text);
    db_return(db);
    arena_release(&a);
    return n;
}

static bool reaches(const struct db_query *q, const char *text, int64_t n)
{
    for (int i = 0; i < 1000; i++, usleep(10000))
        if (number(q, text) == n)
            return true;
    printf("%s %s stands at %lld\n", q->name, text ? text : "", (long long)number(q, text));
    return false;
}

static void owner(const struct db_query *q)
{
    static struct db_pool *owners;
    struct db_pool_config config = {.url = postgres_url(), .size = 1};
    owners = db_pool_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(owners);
    struct db *db = db_borrow(owners, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, q, NULL, &e));
    db_return(db);
    db_pool_free(owners);
}

/* The real migration, applied by the owner in a schema of its own; the tests run as the server's role. */
static void prepare(void)
{
    char owner_url[1100];
    snprintf(owner_url, sizeof owner_url, "%s options='-c search_path=jobs_test'", postgres_url());
    snprintf(server_url, sizeof server_url, "%s options='-c search_path=jobs_test'", postgres_server_url());
    owner(&T_drop_schema);
    owner(&T_make_schema);
    owner(&T_grant_schema);
    owner(&T_make_effect);
    owner(&T_grant_effect);
    for (int i = 0; i < schema_migration_count; i++)
        if (strcmp(schema_migrations[i].name, "jobs") == 0)
            CU_ASSERT_TRUE_FATAL(db_migrate(owner_url, &schema_migrations[i], 1, NULL, &e));
}

static void open_case(void)
{
    static bool prepared;
    if (!prepared)
        prepare();
    prepared = true;
    struct db_pool_config config = {.url = server_url,
                                    .size = 8,
                                    .statement_timeout_ms = 10000,
                                    .queries = schema_queries,
                                    .query_count = schema_query_count};
    memset(&seen, 0, sizeof seen);
    pthread_mutex_init(&seen.lock, NULL);
    memset(&e, 0, sizeof e);
    pool = db_pool_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pool);
    number(&T_wipe_jobs, NULL);
    number(&T_wipe_effects, NULL);
}

static void close_case(void)
{
    int busy, open;
    db_pool_load(pool, &busy, &open);
    CU_ASSERT_EQUAL(busy, 0);
    CU_ASSERT_EQUAL(atomic_load(&seen.wrong), 0);
    db_pool_free(pool);
}

static void put(enum job job, const char *payload, clock_us run_at)
{
    struct db *db = db_borrow(pool, 1000, &e);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && jobs_put(db, job, str_of(payload), run_at, &e) &&
                   db_commit(db, &e));
    db_return(db);
}

static void a_put_job_runs_once_when_told(void)
{
    open_case();
    struct jobs *j = start(true, false, 2);
    usleep(200000); /* all asleep: only the NOTIFY can wake them */
    put(JOB_REPORT_RELINK, "Zoë's \"payload\"", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    pthread_mutex_lock(&seen.lock);
    CU_ASSERT_STRING_EQUAL(seen.payload, "Zoë's \"payload\"");
    pthread_mutex_unlock(&seen.lock);
    CU_ASSERT_EQUAL(number(&T_effects, NULL), 1);
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 1);
    jobs_free(j);
    jobs_free(NULL);
    close_case();
}

static void a_rolled_back_put_is_no_job(void)
{
    open_case();
    struct db *db = db_borrow(pool, 1000, &e);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && jobs_put(db, JOB_FILES_SWEEP, STR_NONE, 0, &e) &&
                   db_flush(db, &e));
    db_return(db);
    CU_ASSERT_EQUAL(number(&T_all_jobs, NULL), 0);
    close_case();
}

static void a_job_waits_for_its_time(void)
{
    open_case();
    struct jobs *j = start(false, false, 1);
    put(JOB_REPORT_RELINK, "later", clock_now() + 3600 * (clock_us)1000000);
    usleep(150000);
    CU_ASSERT_EQUAL(number(&T_in_state, "waiting"), 1);
    number(&T_hasten, NULL);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    jobs_free(j);
    close_case();
}

static void a_failing_job_is_tried_again_without_half_effects(void)
{
    open_case();
    int64_t retries = metrics_value(METRIC_JOBS, "REPORT_RELINK|retry");
    atomic_store(&seen.failures_left, 2);
    struct jobs *j = start(false, false, 2);
    put(JOB_REPORT_RELINK, "x", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 3);
    CU_ASSERT_EQUAL(number(&T_effects, NULL), 1); /* two were rolled back */
    CU_ASSERT_EQUAL(metrics_value(METRIC_JOBS, "REPORT_RELINK|retry"), retries + 2);
    jobs_free(j);
    close_case();
}

static void a_hopeless_job_is_dead_and_says_why(void)
{
    open_case();
    atomic_store(&seen.failures_left, 1000);
    struct jobs *j = start(false, false, 2);
    put(JOB_FILES_SWEEP, "", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "dead", 1));
    usleep(200000);
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), job_rows[JOB_FILES_SWEEP].attempts);
    jobs_free(j);
    struct arena a;
    arena_init(&a);
    struct db *db = db_borrow(pool, 1000, &e);
    struct db_args args = db_args(&a);
    db_text(&args, STR("dead"));
    const struct db_rows *r = db_run(db, &T_in_state, &args, &e);
    CU_ASSERT_TRUE(r && str_is(db_get(r, 0, 2), "not today"));
    db_return(db);
    arena_release(&a);
    close_case();
}

static void many_jobs_on_many_workers_run_once_each(void)
{
    open_case();
    for (int i = 0; i < 60; i++)
        put(JOB_REPORT_RELINK, "x", 0);
    struct jobs *a = start(false, false, 3), *b = start(false, false, 3); /* two nodes */
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 60));
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 60);
    CU_ASSERT_EQUAL(number(&T_effects, NULL), 60);
    CU_ASSERT_TRUE(atomic_load(&seen.most) <= 6);
    jobs_free(a);
    jobs_free(b);
    close_case();
}

static void scheduled_once_over_two_nodes(void)
{
    open_case();
    struct jobs *a = start(true, true, 1), *b = start(true, true, 1);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 2)); /* the two scheduled jobs that have a handler */
    usleep(200000);
    CU_ASSERT_TRUE(number(&T_all_jobs, NULL) <= 3); /* a third when the minute just changed */
    jobs_free(a);
    jobs_free(b);
    close_case();
}

static void a_job_of_a_dead_node_is_taken_over(void)
{
    open_case();
    put(JOB_REPORT_RELINK, "x", 0);
    CU_ASSERT_EQUAL(number(&T_pretend_lost, "1"), -1); /* an UPDATE has no rows */
    struct jobs *j = start(false, false, 1);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 1);
    jobs_free(j);
    close_case();
}

static void a_job_that_kills_its_node_ends_dead(void)
{
    open_case();
    put(JOB_REPORT_RELINK, "killer", 0);
    char attempts[16];
    snprintf(attempts, sizeof attempts, "%d", job_rows[JOB_REPORT_RELINK].attempts);
    number(&T_pretend_lost, attempts);
    struct jobs *j = start(false, false, 1);
    CU_ASSERT_TRUE(reaches(&T_in_state, "dead", 1));
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 0);
    jobs_free(j);
    close_case();
}

static void who_lost_the_lease_leaves_no_effect(void)
{
    open_case();
    atomic_store(&seen.hold, true);
    struct jobs *a = start(false, false, 1);
    put(JOB_REPORT_RELINK, "x", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "running", 1));
    number(&T_lose_leases, NULL);
    struct jobs *b = start(false, false, 1);
    for (int i = 0; i < 500 && atomic_load(&seen.running) < 2; i++)
        usleep(10000);
    CU_ASSERT_EQUAL(atomic_load(&seen.running), 2);
    atomic_store(&seen.hold, false);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    jobs_free(a);
    jobs_free(b);
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 2);
    CU_ASSERT_EQUAL(number(&T_effects, NULL), 1);
    close_case();
}

static void stopping_waits_for_the_running_handler(void)
{
    open_case();
    atomic_store(&seen.hold, true);
    struct jobs *j = start(false, false, 2);
    put(JOB_REPORT_RELINK, "x", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "running", 1));
    pthread_t stopper;
    pthread_create(&stopper, NULL, (void *(*)(void *))(void (*)(void))jobs_free, j);
    usleep(100000);
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 0);
    atomic_store(&seen.hold, false);
    pthread_join(stopper, NULL);
    CU_ASSERT_EQUAL(atomic_load(&seen.runs), 1);
    CU_ASSERT_EQUAL(number(&T_in_state, "done"), 1);
    close_case();
}

static void what_was_done_long_ago_is_forgotten(void)
{
    open_case();
    struct jobs *j = start(false, false, 1);
    put(JOB_REPORT_RELINK, "x", 0);
    CU_ASSERT_TRUE(reaches(&T_in_state, "done", 1));
    jobs_free(j);
    number(&T_age, NULL);
    j = start(false, false, 1);
    CU_ASSERT_TRUE(reaches(&T_all_jobs, NULL, 0));
    jobs_free(j);
    close_case();
}

static void every_row_is_described(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 16);
    jobs_describe(&b);
#define JOB(name, every, attempts, work, doc)              \
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "| " #name " | ")); \
    CU_ASSERT_STRING_EQUAL(jobs_name(JOB_##name), #name);  \
    CU_ASSERT_TRUE(every >= 0 && every <= 43200 && attempts >= 1);
#include "jobs/jobs.def"
#undef JOB
}

static const struct unit_case cases[] = {
    {"a put job runs once when told", a_put_job_runs_once_when_told},
    {"a rolled back put is no job", a_rolled_back_put_is_no_job},
    {"a job waits for its time", a_job_waits_for_its_time},
    {"a failing job is tried again without half effects", a_failing_job_is_tried_again_without_half_effects},
    {"a hopeless job is dead and says why", a_hopeless_job_is_dead_and_says_why},
    {"many jobs on many workers run once each", many_jobs_on_many_workers_run_once_each},
    {"scheduled once over two nodes", scheduled_once_over_two_nodes},
    {"a job of a dead node is taken over", a_job_of_a_dead_node_is_taken_over},
    {"a job that kills its node ends dead", a_job_that_kills_its_node_ends_dead},
    {"who lost the lease leaves no effect", who_lost_the_lease_leaves_no_effect},
    {"stopping waits for the running handler", stopping_waits_for_the_running_handler},
    {"what was done long ago is forgotten", what_was_done_long_ago_is_forgotten},
    {"every row is described", every_row_is_described},
};
POSTGRES_MAIN("jobs", cases)
