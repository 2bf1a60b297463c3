/* The sealer: every committed event gets its seal, in an order nothing can be slipped into, by one sealer
 * only. */
#include "trail.h"

enum { THREADS = 12 };

static const char *const ORDERED =
    "select count(*) from (select e.xid, e.id, lag(e.xid) over w as x, lag(e.id) over w as i from audit_seal "
    "s "
    "join audit_event e on e.id = s.event_id window w as (order by s.seq)) t where (xid, id) < (x, i)";

static void *writer(void *n)
{
    int64_t seed = (int64_t)(intptr_t)n;
    for (int i = 0; i < 40; i++) {
        struct err why = {0};
        struct audit_event ev = trail_event("mixed");
        struct db *db = db_borrow(house_pool(), 5000, &why);
        if (db && db_begin(db, DB_WRITE, &why) && audit_write(db, &ev, &why) && db_flush(db, &why)) {
            usleep((useconds_t)((seed * 7919 + i * 104729) % 5000));
            if ((seed + i) % 5)
                db_commit(db, &why);
        }
        db_return(db);
    }
    return NULL;
}

static void all_events_in_order_without_gaps(void)
{
    struct audit *a = trail_open(true);
    pthread_t id[THREADS];
    for (intptr_t i = 0; i < THREADS; i++)
        pthread_create(&id[i], NULL, writer, (void *)i);
    CU_ASSERT_TRUE(trail_write(a, 100));
    for (int i = 0; i < THREADS; i++)
        pthread_join(id[i], NULL);
    audit_free(a);
    int64_t events = trail_count("audit_event");
    CU_ASSERT_EQUAL(events, 100 + THREADS * 40 * 4 / 5);
    CU_ASSERT_EQUAL(trail_count("audit_seal"), events);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select max(seq) from audit_seal"), events);
    CU_ASSERT_EQUAL(house_number(house_owner(), ORDERED), 0);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select max(seq) from audit_checkpoint"), events);
    CU_ASSERT_EQUAL(trail_verify().verdict, AUDIT_OK);
}

/* What a running transaction wrote comes before younger events, so these wait for it. */
static void a_running_transaction_holds_younger_events_back(void)
{
    int64_t before = trail_count("audit_seal");
    struct audit *a = trail_open(true);
    struct audit_event ev = trail_event("old");
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_TRUE_FATAL(db_begin(db, DB_WRITE, &e) && audit_write(db, &ev, &e) && db_flush(db, &e));
    CU_ASSERT_TRUE(trail_write(a, 5));
    usleep(200000);
    CU_ASSERT_EQUAL(trail_count("audit_seal"), before);
    CU_ASSERT_EQUAL(trail_verify().unsealed, 5);
    CU_ASSERT_TRUE(db_commit(db, &e));
    db_return(db);
    CU_ASSERT_TRUE(trail_sealed(before + 6));
    CU_ASSERT_EQUAL(house_number(house_owner(),
                                 "select count(*) from audit_seal s join audit_event e on e.id = "
                                 "s.event_id where e.object_id = 'old' and s.seq = "
                                 "(select max(seq) - 5 from audit_seal)"),
                    1);
    audit_free(a);
}

static void one_sealer_in_the_cluster_and_a_successor(void)
{
    int64_t before = trail_count("audit_seal");
    struct audit *first = trail_open(true);
    CU_ASSERT_TRUE(trail_write(first, 3) && trail_sealed(before + 3));
    struct audit *second = trail_open(true);
    CU_ASSERT_TRUE(trail_write(second, 3) && trail_sealed(before + 6));
    CU_ASSERT_EQUAL(
        house_number(house_owner(), "select count(*) from pg_locks where locktype = 'advisory' and granted"),
        1);
    audit_free(first);
    CU_ASSERT_TRUE(trail_write(second, 3) && trail_sealed(before + 9));
    audit_free(second);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from pg_locks where locktype = 'advisory'"),
                    0);
    CU_ASSERT_EQUAL(trail_verify().verdict, AUDIT_OK);
}

static void a_fork_is_impossible(void)
{
    CU_ASSERT_FALSE(house_sql(
        house_pool(), "insert into audit_seal select max(seq) + 1, 999999, "
                      "(select prev_hash from audit_seal where seq = 2), sha256('x') from audit_seal"));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    CU_ASSERT_FALSE(
        house_sql(house_pool(), "insert into audit_seal values (2, 999999, sha256('x'), sha256('y'))"));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
}

static void a_lost_connection_is_replaced(void)
{
    int64_t before = trail_count("audit_seal");
    struct audit *a = trail_open(true);
    CU_ASSERT_TRUE(trail_write(a, 2) && trail_sealed(before + 2));
    house_number(
        house_owner(),
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'isocentre_server'");
    usleep(200000); /* until they are gone */
    CU_ASSERT_TRUE(trail_write(a, 2) && trail_sealed(before + 4));
    audit_free(a);
    CU_ASSERT_EQUAL(trail_verify().verdict, AUDIT_OK);
}

static void checkpoints_by_count(void)
{
    int64_t before = trail_count("audit_checkpoint"), seals = trail_count("audit_seal");
    struct audit *a = trail_open_with(house_pool(), true, 10);
    CU_ASSERT_TRUE(trail_write(a, 1) && trail_sealed(seals + 1)); /* the first of a start is signed at once */
    usleep(100000);
    CU_ASSERT_EQUAL(trail_count("audit_checkpoint"), before + 1);
    CU_ASSERT_TRUE(trail_write(a, 9) && trail_sealed(seals + 10));
    CU_ASSERT_EQUAL(trail_count("audit_checkpoint"), before + 1);
    CU_ASSERT_TRUE(trail_write(a, 3) && trail_sealed(seals + 13));
    usleep(100000);
    CU_ASSERT_EQUAL(trail_count("audit_checkpoint"), before + 2);
    audit_free(a);
}

static const struct unit_case cases[] = {
    {"all events in order without gaps", all_events_in_order_without_gaps},
    {"a running transaction holds younger events back", a_running_transaction_holds_younger_events_back},
    {"one sealer in the cluster and a successor", one_sealer_in_the_cluster_and_a_successor},
    {"a fork is impossible", a_fork_is_impossible},
    {"a lost connection is replaced", a_lost_connection_is_replaced},
    {"checkpoints by count", checkpoints_by_count},
};
POSTGRES_MAIN("audit/sealer", cases)
