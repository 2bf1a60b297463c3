#include "http_peer.h"

#include <stdatomic.h>

enum { LIMIT = 1024 * 1024 };

static atomic_int handled;

/* Answers with the size of the body and the sum of its bytes. */
static void measure(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    unsigned long sum = 0;
    for (size_t i = 0; i < q->body.n; i++)
        sum += (unsigned char)q->body.p[i];
    r->status = 200;
    buf_printf(&r->body, "%.*s %zu %lu", STR_ARG(q->path), q->body.n, sum);
    atomic_fetch_add(&handled, 1);
}

static int64_t limit(void *ctx, struct str method, struct str path)
{
    (void)ctx;
    return str_is(method, "POST") && !str_is(path, "/none") ? LIMIT : 0;
}

static struct http_server *start(void)
{
    struct http_config config = {.handler = measure, .body_limit = limit};
    return serve(&config);
}

static bool post(struct peer *p, const char *path, const char *headers, const void *body, size_t n)
{
    char head[512];
    int m = snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: t\r\n%sContent-Length: %zu\r\n\r\n", path,
                     headers, n);
    return say_bytes(p, head, (size_t)m) && say_bytes(p, body, n);
}

static void test_keep_alive(void)
{
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    for (int i = 0; i < 300; i++) {
        char target[32], expected[32];
        snprintf(target, sizeof target, "/n/%d", i);
        snprintf(expected, sizeof expected, "/n/%d 0 0", i);
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", target, "") && hear(&p, &r));
        CU_ASSERT_STRING_EQUAL(r.body.p, expected);
    }
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/", "Connection: close\r\n") && hear(&p, &r));
    CU_ASSERT_TRUE(hears_end(&p));
    struct http_stats stats;
    http_server_stats(s, &stats);
    CU_ASSERT_TRUE(stats.requests >= 300);
    hang_up(&p);
    http_server_free(s, 1000);
}

static void test_http_1_0(void)
{
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    CU_ASSERT_TRUE(say(&p, "GET /old HTTP/1.0\r\n\r\n") && hear(&p, &r));
    CU_ASSERT_EQUAL(r.status, 200);
    CU_ASSERT_TRUE(hears_end(&p));
    hang_up(&p);
    http_server_free(s, 1000);
}

static void test_pipelining(void)
{
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    struct buf all;
    buf_init(&all, 1 << 20);
    for (int i = 0; i < 50; i++)
        if (i % 3)
            buf_printf(&all, "GET /%d HTTP/1.1\r\nHost: t\r\n\r\n", i);
        else
            buf_printf(&all, "POST /%d HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\n\x01\x02\x03", i);
    CU_ASSERT_TRUE(say_bytes(&p, all.p, all.n));
    buf_release(&all);
    for (int i = 0; i < 50; i++) { /* answered in order */
        char expected[32];
        snprintf(expected, sizeof expected, i % 3 ? "/%d 0 0" : "/%d 3 6", i);
        CU_ASSERT_TRUE_FATAL(hear(&p, &r));
        CU_ASSERT_STRING_EQUAL(r.body.p, expected);
    }
    hang_up(&p);
    http_server_free(s, 1000);
}

static const struct {
    size_t size;
    int status;
    bool stays; /* the connection */
} bodies[] = {
    {0, 200, true},     {1, 200, true},          {70000, 200, true},
    {LIMIT, 200, true}, {LIMIT + 1, 413, false}, {4 * LIMIT, 413, false},
};

static void check_body(struct http_server *s, size_t i, const char *bytes)
{
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    char expected[64];
    snprintf(expected, sizeof expected, "/up %zu %zu", bodies[i].size, bodies[i].size * 7);
    CU_ASSERT_TRUE(post(&p, "/up", "", bytes, bodies[i].size));
    CU_ASSERT_TRUE_FATAL(hear(&p, &r));
    CU_ASSERT_EQUAL(r.status, bodies[i].status);
    if (bodies[i].status == 200)
        CU_ASSERT_STRING_EQUAL(r.body.p, expected);
    if (bodies[i].stays) {
        CU_ASSERT_TRUE(ask(&p, "GET", "/next", "") && hear(&p, &r) && r.status == 200);
    } else {
        CU_ASSERT_TRUE(str_is_nocase(reply_header(&r, "Connection"), "close"));
        CU_ASSERT_TRUE(hears_end(&p));
    }
    hang_up(&p);
}

static void test_body_sizes(void)
{
    struct http_server *s = start();
    char *bytes = mem_alloc(4 * LIMIT);
    memset(bytes, 7, 4 * LIMIT);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        check_body(s, i, bytes);
    mem_free(bytes);
    http_server_free(s, 1000);
}

static const struct {
    const char *what, *bytes;
    int status; /* 0: the connection just ends */
    const char *body;
} heads[] = {
    {"a length far over the limit is refused before the body comes",
     "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 999999999999\r\n\r\n", 413, NULL},
    {"two hosts", "GET /up HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n", 400, NULL},
    {"a length that is no number", "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: ten\r\n\r\n", 400, NULL},
    {"a negative length", "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n", 400, NULL},
    {"a length with a sign", "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: +3\r\n\r\nabc", 400, NULL},
    {"a length too long to count",
     "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n", 413, NULL},
    {"two lengths", "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400,
     NULL},
    {"length and chunks",
     "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
     NULL},
    {"another coding", "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
     400, NULL},
    {"an address that takes no body", "POST /none HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc", 413,
     NULL},
    {"an address that takes no chunks",
     "POST /none HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 413, NULL},
    {"a method that takes no body", "GET /up HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc", 413, NULL},
    {"no body where none is taken", "POST /none HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n", 200,
     "/none 0 0"},
    {"a bad address with a body", "POST /../up HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc", 400,
     NULL},
    {"chunks",
     "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: "
     "chunked\r\n\r\n2\r\n\x01\x02\r\n1;x=y\r\n\x03\r\n0\r\n\r\n",
     200, "/up 3 6"},
    {"chunks in another case", "POST /up HTTP/1.1\r\nHost: t\r\ntransfer-encoding: Chunked\r\n\r\n0\r\n\r\n",
     200, "/up 0 0"},
    {"a chunk that does not keep its size",
     "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", -1, NULL},
    {"a chunk size that is no number",
     "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", -1, NULL},
    {"no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", -1, NULL},
};

static void test_heads(void)
{
    struct http_server *s = start();
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct peer p = dial(s);
        CLEANUP(reply_release) struct reply r = {0};
        int before = atomic_load(&handled);
        say(&p, heads[i].bytes);
        shutdown(p.fd, SHUT_WR);
        bool answered = hear(&p, &r);
        bool right =
            heads[i].status < 0 ? !answered || r.status == 400 : answered && r.status == heads[i].status;
        if (!right)
            fprintf(stderr, "%s: %d\n", heads[i].what, answered ? r.status : 0);
        CU_ASSERT_TRUE(right);
        CU_ASSERT_EQUAL(atomic_load(&handled) - before, heads[i].status == 200);
        if (heads[i].body && answered)
            CU_ASSERT_STRING_EQUAL(r.body.p, heads[i].body);
        hang_up(&p);
    }
    http_server_free(s, 1000);
}

static void test_big_chunks(void)
{
    struct http_server *s = start();
    CLEANUP(reply_release) struct reply r = {0};
    static char chunk[10007 + 2];
    memset(chunk, 1, 10007);
    memcpy(chunk + 10007, "\r\n", 2);
    for (int chunks = 100; chunks <= 110; chunks += 10) { /* under and over the limit */
        struct peer p = dial(s);
        say(&p, "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < chunks; i++)
            CU_ASSERT_TRUE(say(&p, "2717\r\n") && say_bytes(&p, chunk, sizeof chunk));
        CU_ASSERT_TRUE(say(&p, "0\r\n\r\n") && hear(&p, &r));
        CU_ASSERT_EQUAL(r.status, chunks == 100 ? 200 : 413);
        if (chunks == 100)
            CU_ASSERT_STRING_EQUAL(r.body.p, "/up 1000700 1000700");
        hang_up(&p);
    }
    http_server_free(s, 1000);
}

static void test_expect(void)
{
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    say(&p, "POST /up HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    CU_ASSERT_TRUE(hear_head(&p, &r) && r.status == 100);
    CU_ASSERT_TRUE(say(&p, "\x01\x02\x03") && hear(&p, &r) && r.status == 200);
    say(&p, "POST /none HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    CU_ASSERT_TRUE(hear(&p, &r) && r.status == 413); /* without waiting for the body */
    hang_up(&p);
    http_server_free(s, 1000);
}

/* Clients that go away in the middle of their request. */
static void test_gone(void)
{
    static const char *const starts[] = {
        "",
        "GET",
        "GET / HTTP/1.1\r\nHo",
        "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nabc",
        "POST /up HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nabc",
        "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 1048577\r\n\r\nabc"};
    struct http_server *s = start();
    int before = atomic_load(&handled);
    for (int i = 0; i < 60; i++) {
        struct peer p = dial(s);
        say(&p, starts[(size_t)i % (sizeof starts / sizeof starts[0])]);
        if (i % 2)
            slam(&p);
        else
            hang_up(&p);
    }
    struct http_stats stats = {0};
    AWAIT((http_server_stats(s, &stats), stats.connections == 0));
    CU_ASSERT_EQUAL(atomic_load(&handled), before); /* half a body never reaches a handler */
    CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 200);
    http_server_free(s, 1000);
}

/* The ceiling of all bodies at one time. */
static void test_total(void)
{
    struct http_config config = {.handler = measure, .body_limit = limit, .body_total_max = 3 * LIMIT / 2};
    struct http_server *s = serve(&config);
    struct peer first = dial(s), second = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    char *bytes = mem_zalloc(LIMIT);
    char head[] = "POST /up HTTP/1.1\r\nHost: t\r\nContent-Length: 1048576\r\n\r\n";
    CU_ASSERT_TRUE(say(&first, head) && say_bytes(&first, bytes, LIMIT - 1)); /* held, not whole */
    usleep(100000);
    CU_ASSERT_TRUE(post(&second, "/up", "", bytes, LIMIT) && hear(&second, &r));
    CU_ASSERT_EQUAL(r.status, 503);
    CU_ASSERT_TRUE(reply_header(&r, "Retry-After").n > 0);
    CU_ASSERT_TRUE(say_bytes(&first, bytes, 1) && hear(&first, &r) && r.status == 200);
    hang_up(&second);
    second = dial(s); /* what was held is given back */
    CU_ASSERT_TRUE(post(&second, "/up", "", bytes, LIMIT) && hear(&second, &r) && r.status == 200);
    hang_up(&first);
    hang_up(&second);
    mem_free(bytes);
    http_server_free(s, 1000);
}

static const struct unit_case cases[] = {
    {"keep-alive", test_keep_alive},
    {"HTTP/1.0", test_http_1_0},
    {"pipelining", test_pipelining},
    {"bodies up to and over the limit", test_body_sizes},
    {"framings taken and refused", test_heads},
    {"large chunked bodies", test_big_chunks},
    {"Expect: 100-continue", test_expect},
    {"clients that go away", test_gone},
    {"bodies of many requests", test_total},
};
UNIT_MAIN("http/exchange", cases)
