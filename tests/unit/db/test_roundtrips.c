/* How often a caller waits for PostgreSQL: a relay between libpq and the server counts the turns, that is,
 * how often the client speaks again after it has heard something. */
#include "postgres.h"
#include "sql.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct {
    char folder[64];
    struct sockaddr_un real, ours;
    int listener, client, server;
    pthread_t thread;
    atomic_int turns;
    atomic_llong hold_until; /* keep the server's answers back till then */
} relay;

static struct db_pool *pool;
static struct db *db;
static struct arena arena;
static struct err e;

static bool pass_on(int from, int to)
{
    char bytes[65536];
    ssize_t n = read(from, bytes, sizeof bytes);
    return n > 0 && write(to, bytes, (size_t)n) == n;
}

static void *relay_thread(void *arg)
{
    bool server_spoke = true;
    (void)arg;
    relay.client = accept(relay.listener, NULL, NULL);
    relay.server = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(relay.server, (struct sockaddr *)&relay.real, sizeof relay.real) != 0)
        return NULL;
    for (;;) {
        int server = atomic_load(&relay.hold_until) > clock_monotonic() ? -1 : relay.server;
        struct pollfd p[2] = {{.fd = relay.client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
        poll(p, 2, 10);
        if (p[1].revents) {
            server_spoke = true;
            if (!pass_on(relay.server, relay.client))
                break;
        }
        if (p[0].revents) {
            atomic_fetch_add(&relay.turns, server_spoke);
            server_spoke = false;
            if (!pass_on(relay.client, relay.server))
                break;
        }
    }
    close(relay.client);
    close(relay.server);
    return NULL;
}

static void find_socket(void)
{
    struct db_pool *direct = test_pool(1, 0, postgres_url());
    struct db *d = db_borrow(direct, 1000, &e);
    const struct db_rows *r = db_run(d, &T_socket, NULL, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    struct str folders = db_get(r, 0, 0), folder = STR_NONE;
    str_next(&folders, ',', &folder);
    relay.real.sun_family = relay.ours.sun_family = AF_UNIX;
    snprintf(relay.real.sun_path, sizeof relay.real.sun_path, "%.*s/.s.PGSQL.%.*s", STR_ARG(folder),
             STR_ARG(db_get(r, 0, 1)));
    db_return(d);
    db_pool_free(direct);
}

static void open_relay(void)
{
    char url[1024];
    memset(&relay, 0, sizeof relay);
    arena_init(&arena);
    find_socket();
    snprintf(relay.folder, sizeof relay.folder, "/tmp/isocentre-relay-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(relay.folder));
    snprintf(relay.ours.sun_path, sizeof relay.ours.sun_path, "%s/.s.PGSQL.5432", relay.folder);
    relay.listener = socket(AF_UNIX, SOCK_STREAM, 0);
    CU_ASSERT_EQUAL(bind(relay.listener, (struct sockaddr *)&relay.ours, sizeof relay.ours), 0);
    listen(relay.listener, 1);
    pthread_create(&relay.thread, NULL, relay_thread, NULL);
    snprintf(url, sizeof url, "%s host=%s port=5432", postgres_url(), relay.folder);
    pool = test_pool(1, 0, url);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pool);
    db = db_borrow(pool, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, &T_make, NULL, &e));
    CU_ASSERT_PTR_NOT_NULL_FATAL(db_run(db, &T_wipe, NULL, &e));
    atomic_store(&relay.turns, 0);
}

static void close_relay(void)
{
    db_return(db);
    db_pool_free(pool);
    pthread_join(relay.thread, NULL);
    close(relay.listener);
    unlink(relay.ours.sun_path);
    rmdir(relay.folder);
    arena_release(&arena);
}

static bool put(int64_t id)
{
    struct db_args a = db_args(&arena);
    db_int(&a, id);
    db_text(&a, STR("note"));
    return db_send(db, &T_put, &a, &e);
}

static void a_write_of_many_rows_is_one_turn(void)
{
    open_relay();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e)); /* the statements are not even prepared yet */
    for (int i = 0; i < 50; i++)
        CU_ASSERT_TRUE(put(i));
    CU_ASSERT_TRUE(db_commit(db, &e));
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 1);
    CU_ASSERT_EQUAL(test_number(db, &T_count), 50);
    close_relay();
}

static void each_run_is_one_turn(void)
{
    open_relay();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1) && put(2));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 2); /* BEGIN and both rows travel along */
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 1);
    CU_ASSERT_TRUE(put(3));
    CU_ASSERT_TRUE(db_commit(db, &e));
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 2);
    close_relay();
}

static void an_empty_transaction_is_silent(void)
{
    open_relay();
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && db_commit(db, &e));
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e));
    db_rollback(db);
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 0);
    close_relay();
}

/* The COMMIT of a read is sent but not waited for; the connection's next use hears it. */
static void the_commit_of_a_read_is_not_waited_for(void)
{
    open_relay();
    CU_ASSERT_TRUE(db_begin(db, DB_READ, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_one), 1);
    clock_us from = clock_monotonic();
    atomic_store(&relay.hold_until, from + 2000000);
    usleep(50000);
    CU_ASSERT_TRUE(db_commit(db, &e));
    CU_ASSERT_TRUE(clock_monotonic() - from < 1000000);
    db_return(db);
    atomic_store(&relay.hold_until, 0);
    db = db_borrow(pool, 1000, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1) && db_commit(db, &e));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 1);
    close_relay();
}

static struct db_args echo(const char *text)
{
    struct db_args a = db_args(&arena);
    db_text(&a, text ? str_of(text) : STR_NONE);
    return a;
}

static bool echoes(const char *text)
{
    struct db_args a = echo(text);
    const struct db_rows *r = db_run(db, &T_echo, &a, &e);
    return r && (text ? str_is(db_get(r, 0, 0), text) : db_is_null(r, 0, 0));
}

static void what_is_asked_ahead_is_one_turn(void)
{
    open_relay();
    struct db_args nothing = db_args(&arena), x = echo("x"), empty = echo(""), none = echo(NULL);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1));
    CU_ASSERT_TRUE(db_ahead(db, &T_echo, &x, &e) && db_ahead(db, &T_count, &nothing, &e));
    CU_ASSERT_TRUE(db_ahead(db, &T_echo, &none, &e) && db_ahead(db, &T_echo, &empty, &e));
    CU_ASSERT_TRUE(db_asked(db, &T_echo, &x) && !db_asked(db, &T_pid, &nothing));
    CU_ASSERT_TRUE(echoes("") && echoes("x") && echoes(NULL));
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 1);
    CU_ASSERT_TRUE(echoes("x") && echoes("other"));
    CU_ASSERT_EQUAL(atomic_load(&relay.turns), 3);
    CU_ASSERT_TRUE(db_commit(db, &e));
    close_relay();
}

static void a_change_makes_it_ask_again(void)
{
    open_relay();
    struct db_args x = echo("x"), none = db_args(&arena);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && put(1));
    CU_ASSERT_TRUE(db_ahead(db, &T_count, &none, &e) && db_ahead(db, &T_echo, &x, &e));
    CU_ASSERT_TRUE(db_send(db, &T_wipe, NULL, &e));
    CU_ASSERT_FALSE(db_asked(db, &T_echo, &x));
    CU_ASSERT_EQUAL(test_number(db, &T_count), 0);
    CU_ASSERT_TRUE(db_ahead(db, &T_echo, &x, &e));
    db_ahead_begin(db);
    CU_ASSERT_FALSE(db_asked(db, &T_echo, &x));
    CU_ASSERT_TRUE(echoes("x") && db_ahead(db, &T_echo, &x, &e) && db_commit(db, &e));
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && !db_asked(db, &T_echo, &x));
    CU_ASSERT_TRUE(db_commit(db, &e));
    close_relay();
}

static void a_failure_asked_ahead_is_told_when_it_is_wanted(void)
{
    open_relay();
    struct db_args none = db_args(&arena);
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && db_ahead(db, &T_missing, &none, &e));
    CU_ASSERT_FALSE(echoes("x"));
    CU_ASSERT_PTR_NULL(db_run(db, &T_missing, &none, &e));
    CU_ASSERT_FALSE(db_commit(db, &e));
    CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e) && echoes("x") && db_commit(db, &e));
    close_relay();
}

static const struct unit_case cases[] = {
    {"what is asked ahead is one turn", what_is_asked_ahead_is_one_turn},
    {"a change makes it ask again", a_change_makes_it_ask_again},
    {"a failure asked ahead is told when it is wanted", a_failure_asked_ahead_is_told_when_it_is_wanted},
    {"a write of many rows is one turn", a_write_of_many_rows_is_one_turn},
    {"each run is one turn", each_run_is_one_turn},
    {"an empty transaction is silent", an_empty_transaction_is_silent},
    {"the commit of a read is not waited for", the_commit_of_a_read_is_not_waited_for},
};
POSTGRES_MAIN("db/roundtrips", cases)
