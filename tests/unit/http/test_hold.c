#include "http_peer.h"

#include <pthread.h>

/* A handler that holds its answer; a thread of its own releases it. */
static bool fails;
static int pause_us;
static int made, replaced;

static void *release_it(void *request)
{
    struct err why = {0};
    usleep((useconds_t)pause_us);
    err_set(&why, ERR_UNAVAILABLE, "not kept");
    http_release(request, fails ? &why : NULL);
    return NULL;
}

static void held(void *ctx, struct http_request *request, struct http_response *response)
{
    pthread_t thread;
    (void)ctx;
    http_hold(request);
    pthread_create(&thread, NULL, release_it, request);
    pthread_detach(thread);
    usleep((useconds_t)(pause_us ? 0 : 20000)); /* both orders: the release first, or the worker */
    response->status = 200;
    http_set(response, "Content-Type", STR("text/plain"));
    buf_puts(&response->body, "made");
    __atomic_fetch_add(&made, 1, __ATOMIC_SEQ_CST);
}

static void failed(void *ctx, struct http_request *request, struct http_response *response, const struct err *why)
{
    (void)ctx, (void)request;
    response->status = 503;
    http_set(response, "Content-Type", STR("text/plain"));
    buf_puts(&response->body, why->text);
    __atomic_fetch_add(&replaced, 1, __ATOMIC_SEQ_CST);
}

static const struct {
    const char *name;
    bool fails;
    int pause_us, status;
    const char *body;
} rows[] = {
    {"released before the worker is done", false, 0, 200, "made"},
    {"released behind the worker", false, 30000, 200, "made"},
    {"failed before the worker is done", true, 0, 503, "not kept"},
    {"failed behind the worker", true, 30000, 503, "not kept"},
};

static void test_orders(void)
{
    struct http_config config = {.handler = held, .failed = failed, .workers = 2};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_server *s = serve(&config);
        struct peer p = dial(s);
        CLEANUP(reply_release) struct reply r = {0};
        fails = rows[i].fails;
        pause_us = rows[i].pause_us;
        for (int n = 0; n < 3; n++) { /* on one connection: the next request starts clean */
            CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/x", "") && hear(&p, &r));
            CU_ASSERT_EQUAL(r.status, rows[i].status);
            CU_ASSERT_TRUE(str_is(buf_view(&r.body), rows[i].body));
        }
        hang_up(&p);
        CU_ASSERT_TRUE(http_server_free(s, 2000));
    }
    CU_ASSERT_EQUAL(made, 12);
    CU_ASSERT_EQUAL(replaced, 6);
}

/* One worker serves others while an answer is held. */
static void test_a_held_answer_holds_no_worker(void)
{
    enum { MANY = 20 };
    struct http_config config = {.handler = held, .failed = failed, .workers = 1};
    struct http_server *s = serve(&config);
    struct peer p[MANY];
    CLEANUP(reply_release) struct reply r = {0};
    fails = false;
    pause_us = 200000;
    made = 0;
    for (int i = 0; i < MANY; i++) {
        p[i] = dial(s);
        CU_ASSERT_TRUE(ask(&p[i], "GET", "/x", ""));
    }
    clock_us began = clock_monotonic();
    for (int i = 0; i < MANY; i++) {
        CU_ASSERT_TRUE(hear(&p[i], &r) && r.status == 200);
        hang_up(&p[i]);
    }
    CU_ASSERT_TRUE(clock_monotonic() - began <
                   (clock_us)MANY * 200000 / 2); /* one after the other would take all of it */
    CU_ASSERT_TRUE(http_server_free(s, 2000));
}

/* Going down waits for what is held, a failure among it. */
static void test_stop(void)
{
    for (int i = 0; i < 2; i++) {
        struct http_config config = {.handler = held, .failed = failed, .workers = 2};
        struct http_server *s = serve(&config);
        struct peer p = dial(s);
        CLEANUP(reply_release) struct reply r = {0};
        fails = i;
        pause_us = 150000;
        made = 0;
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/x", ""));
        AWAIT(__atomic_load_n(&made, __ATOMIC_SEQ_CST) == 1);
        CU_ASSERT_TRUE(http_server_free(s, 5000));
        CU_ASSERT_TRUE(hear(&p, &r));
        CU_ASSERT_EQUAL(r.status, i ? 503 : 200);
        hang_up(&p);
    }
}

static const struct unit_case cases[] = {
    {"either may be last", test_orders},
    {"a held answer holds no worker", test_a_held_answer_holds_no_worker},
    {"stopping waits for held answers", test_stop},
};
UNIT_MAIN("http/hold", cases)
