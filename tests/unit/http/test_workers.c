#include "http_peer.h"

#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool open_gate; /* handlers of /wait stay until it opens */
static atomic_int served;

static void wait_at_gate(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    pthread_mutex_lock(&lock);
    while (str_is(q->path, "/wait") && !open_gate)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    atomic_fetch_add(&served, 1);
    r->status = 200;
    buf_puts(&r->body, "served");
}

static void set_gate(bool open)
{
    pthread_mutex_lock(&lock);
    open_gate = open;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static int64_t limit(void *ctx, struct str method, struct str path)
{
    (void)ctx, (void)method, (void)path;
    return 1000;
}

/* 50 clients that are slow in sending head or body hold none of two workers. */
static void test_slow_clients(void)
{
    enum { SLOW = 50 };
    struct http_config config = {.handler = wait_at_gate, .body_limit = limit, .workers = 2};
    struct http_server *s = serve(&config);
    struct peer slow[SLOW];
    struct http_stats stats;
    for (int i = 0; i < SLOW; i++) {
        slow[i] = dial(s);
        say(&slow[i], i % 2 ? "POST /wait HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc"
                            : "GET /wait HTTP/1.1\r\nHost: t\r\nX-Sl");
    }
    AWAIT((http_server_stats(s, &stats), stats.connections == SLOW));
    for (int i = 0; i < 20; i++)
        CU_ASSERT_EQUAL(status_of(s, "GET", "/quick"), 200);
    http_server_stats(s, &stats);
    CU_ASSERT_EQUAL(stats.waiting, 0);
    for (int i = 0; i < SLOW; i++)
        hang_up(&slow[i]);
    http_server_free(s, 1000);
}

static void busy(void *ctx, struct http_request *request, const struct err *why, struct http_response *response)
{
    (void)ctx;
    response->status = 200; /* the layer knows better */
    http_set(response, "Content-Type", STR("text/own"));
    buf_printf(&response->body, "%.*s: %s", STR_ARG(request->path), why->text);
}

static void test_overflow(void)
{
    enum { WORKERS = 2, QUEUE = 3, EXTRA = 4 };
    struct http_config config = {.handler = wait_at_gate, .workers = WORKERS, .queue_max = QUEUE, .busy = busy};
    struct http_server *s = serve(&config);
    struct peer held[WORKERS + QUEUE];
    struct http_stats stats;
    CLEANUP(reply_release) struct reply r = {0};
    set_gate(false);
    for (int i = 0; i < WORKERS + QUEUE; i++) {
        held[i] = dial(s);
        ask(&held[i], "GET", "/wait", "");
        AWAIT((http_server_stats(s, &stats), stats.running + stats.waiting == i + 1));
    }
    CU_ASSERT_EQUAL(stats.running, WORKERS);
    CU_ASSERT_EQUAL(stats.waiting, QUEUE);
    struct peer p = dial(s);
    for (int i = 0; i < EXTRA; i++) { /* told at once, on a connection that stays */
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/quick", "") && hear(&p, &r));
        CU_ASSERT_EQUAL(r.status, 503);
        CU_ASSERT_TRUE(reply_header(&r, "Retry-After").n > 0);
        CU_ASSERT_TRUE(str_is(reply_header(&r, "Content-Type"), "text/own"));
        CU_ASSERT_STRING_EQUAL(r.body.p, "/quick: too many requests are waiting");
    }
    set_gate(true);
    for (int i = 0; i < WORKERS + QUEUE; i++) {
        CU_ASSERT_TRUE(hear(&held[i], &r) && r.status == 200);
        hang_up(&held[i]);
    }
    CU_ASSERT_TRUE(ask(&p, "GET", "/quick", "") && hear(&p, &r) && r.status == 200);
    http_server_stats(s, &stats);
    CU_ASSERT_EQUAL(stats.overflows, EXTRA);
    hang_up(&p);
    http_server_free(s, 1000);
}

/* A client that goes away while its handler runs. */
static void test_gone_while_running(void)
{
    struct http_config config = {.handler = wait_at_gate, .workers = 2};
    struct http_server *s = serve(&config);
    struct http_stats stats;
    set_gate(false);
    for (int i = 0; i < 2; i++) {
        struct peer p = dial(s);
        ask(&p, "GET", "/wait", "");
        AWAIT((http_server_stats(s, &stats), stats.running == i + 1));
        slam(&p);
    }
    set_gate(true);
    AWAIT((http_server_stats(s, &stats), stats.connections == 0 && stats.running == 0));
    CU_ASSERT_EQUAL(status_of(s, "GET", "/quick"), 200);
    http_server_free(s, 1000);
}

static void *open_soon(void *arg)
{
    (void)arg;
    usleep(200000);
    set_gate(true);
    return NULL;
}

/* Going down: what runs and what waits is answered, what comes later is not begun. */
static void test_stop_lets_end(void)
{
    enum { ALL = 6 };
    struct http_config config = {.handler = wait_at_gate, .workers = 2};
    struct http_server *s = serve(&config);
    struct peer held[ALL], idle = dial(s);
    struct http_stats stats;
    CLEANUP(reply_release) struct reply r = {0};
    set_gate(false);
    for (int i = 0; i < ALL; i++) {
        held[i] = dial(s);
        ask(&held[i], "GET", "/wait", "");
    }
    AWAIT((http_server_stats(s, &stats), stats.running + stats.waiting == ALL));
    pthread_t opener;
    pthread_create(&opener, NULL, open_soon, NULL);
    clock_us began = clock_monotonic();
    CU_ASSERT_TRUE(http_server_free(s, 5000));
    CU_ASSERT_TRUE(clock_monotonic() - began < 3000000); /* not the whole grace */
    pthread_join(opener, NULL);
    for (int i = 0; i < ALL; i++) {
        CU_ASSERT_TRUE(hear(&held[i], &r) && r.status == 200);
        hang_up(&held[i]);
    }
    CU_ASSERT_TRUE(hears_end(&idle));
    hang_up(&idle);
}

static void test_stop_out_of_time(void)
{
    struct http_config config = {.handler = wait_at_gate, .workers = 1};
    struct http_server *s = serve(&config);
    struct peer running = dial(s), waiting = dial(s);
    struct http_stats stats;
    CLEANUP(reply_release) struct reply r = {0};
    set_gate(false);
    ask(&running, "GET", "/wait", "");
    AWAIT((http_server_stats(s, &stats), stats.running == 1));
    ask(&waiting, "GET", "/wait", "");
    AWAIT((http_server_stats(s, &stats), stats.waiting == 1));
    int before = atomic_load(&served);
    log_set_level((enum log_level) - 1);      /* the error this is about */
    CU_ASSERT_FALSE(http_server_free(s, 50)); /* a handler does not end: nothing is freed under it */
    log_set_level(LOG_INFO);
    set_gate(true);
    CU_ASSERT_TRUE(hear(&running, &r) && r.status == 200);
    CU_ASSERT_TRUE(hear(&waiting, &r) && r.status == 503); /* never begun */
    CU_ASSERT_EQUAL(atomic_load(&served), before + 1);
    CU_ASSERT_TRUE(http_server_free(s, 5000)); /* now it can */
    hang_up(&running);
    hang_up(&waiting);
}

/* Many connections at one time, requests and hang-ups mixed. */
static void *hammer(void *arg)
{
    struct http_server *s = arg;
    CLEANUP(reply_release) struct reply r = {0};
    for (int i = 0; i < 20; i++) {
        struct peer p = dial(s);
        for (int j = 0; j < 20; j++)
            if (!ask(&p, "GET", "/quick", "") || !hear(&p, &r) || r.status != 200)
                return arg;
        ask(&p, "GET", "/quick", "");
        slam(&p);
    }
    return NULL;
}

static void test_hammer(void)
{
    enum { THREADS = 8 };
    struct http_config config = {.handler = wait_at_gate, .workers = 4, .threads = 2};
    struct http_server *s = serve(&config);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, hammer, s), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;
        pthread_join(threads[i], &failed);
        CU_ASSERT_PTR_NULL(failed);
    }
    struct http_stats stats;
    AWAIT((http_server_stats(s, &stats), stats.connections == 0 && !stats.running && !stats.waiting));
    CU_ASSERT_TRUE(http_server_free(s, 1000));
}

static const struct unit_case cases[] = {
    {"slow clients hold no worker", test_slow_clients},
    {"a full queue", test_overflow},
    {"clients that go away while served", test_gone_while_running},
    {"a stop lets requests end", test_stop_lets_end},
    {"a stop whose time is over", test_stop_out_of_time},
    {"many connections", test_hammer},
};
UNIT_MAIN("http/workers", cases)
