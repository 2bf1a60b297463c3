#include "http_peer.h"

/* Answers with what it understood, one fact a line. */
static void echo(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    struct buf *b = &r->body;
    r->status = 200;
    buf_printf(b, "method=%.*s\ntarget=%.*s\npath=%.*s\nraw=%.*s\n", STR_ARG(q->method), STR_ARG(q->target),
               STR_ARG(q->path), STR_ARG(q->query_raw));
    for (size_t i = 0; i < q->query_count; i++)
        buf_printf(b, "%.*s:%.*s\n", STR_ARG(q->query[i].name), STR_ARG(q->query[i].value));
    buf_printf(b, "a=%.*s\n", STR_ARG(http_query(q, "a")));
    buf_printf(b, "x-test=%.*s\n", STR_ARG(http_header(q, "x-TEST")));
    buf_printf(b, "sid=%.*s\n", STR_ARG(http_cookie(q, "sid")));
    buf_printf(b, "none=%d%d%d\n", http_query(q, "absent").p != NULL, http_header(q, "Absent").p != NULL,
               http_cookie(q, "absent").p != NULL);
    buf_printf(b, "from=%s loopback=%d tls=%d\n", q->address, q->loopback, q->tls);
}

static int refusals;
static char refused_text[512];

/* An address below /own/ is refused in its own words. */
static void refused(void *ctx, struct http_request *request, const struct err *why, struct http_response *response)
{
    (void)ctx;
    if (str_starts(request->target, "/own/")) {
        response->status = 200; /* the layer's own status stands */
        buf_puts(&response->body, "own words: ");
        buf_puts(&response->body, why->text);
    }
    refusals += request->loopback && request->target.n > 0;
    str_copy(refused_text, sizeof refused_text, str_of(why->text));
}

static struct http_server *start(void)
{
    struct http_config config = {.handler = echo, .refused = refused};
    return serve(&config);
}

static const struct {
    const char *target;
    int status;
    const char *says; /* within the body */
} targets[] = {
    {"/", 200, "path=/\n"},
    {"/fhir/Patient/1", 200, "path=/fhir/Patient/1\n"},
    {"/a%20b/%C3%BC", 200, "path=/a b/\xc3\xbc\n"},
    {"/a%20b/%C3%BC", 200, "target=/a%20b/%C3%BC\n"},
    {"/a+b", 200, "path=/a+b\n"},
    {"/a/...", 200, "path=/a/...\n"},
    {"/a.b/c..d", 200, "path=/a.b/c..d\n"},
    {"/a;v=1", 200, "path=/a;v=1\n"},
    {"http://test/x?a=1", 200, "path=/x\n"},
    {"/x?", 200, "raw=\n"},
    {"/x?a=1&b=2&a=3", 200, "a:1\nb:2\na:3\na=1\n"},
    {"/x?a=1%262&b=%3D", 200, "raw=a=1%262&b=%3D\na:1&2\nb:=\n"},
    {"/x?date=ge2026-11-24T00:00:00%2B02:00", 200, "date:ge2026-11-24T00:00:00+02:00\n"},
    {"/x?a=one+two", 200, "a:one two\n"},
    {"/x?flag&&a=", 200, "flag:\na:\na=\n"},
    {"/x?a=b=c?d", 200, "a:b=c?d\n"},
    {"/x?a=%0A", 200, "a:\n\n"},
    {"/../etc/passwd", 400, "dot segment"},
    {"/a/..", 400, "dot segment"},
    {"/own/..", 400, "dot segment"},
    {"/a/./b", 400, "dot segment"},
    {"/.", 400, "dot segment"},
    {"/%2e%2E/a", 400, "dot segment"},
    {"/a/.%2e/b", 400, "dot segment"},
    {"/a%2fb", 400, "escaped slash"},
    {"/a%2Fb", 400, "escaped slash"},
    {"/a%5Cb", 400, "no path here has"},
    {"/a%00b", 400, "UTF-8"},
    {"/a%0d%0aSet-Cookie:x", 400, "no path here has"},
    {"/a%7f", 400, "no path here has"},
    {"/a%", 400, "percent-escape"},
    {"/a%4", 400, "percent-escape"},
    {"/a%zz", 400, "percent-escape"},
    {"/a%ff", 400, "UTF-8"},
    {"/a%c0%af", 400, "UTF-8"},    /* an overlong slash */
    {"/a%ed%a0%80", 400, "UTF-8"}, /* a surrogate */
    {"/x?a=%ff", 400, "UTF-8"},
    {"/x?a=%00", 400, "UTF-8"},
    {"/x?a=%", 400, "percent-escape"},
    {"/x#y", 400, "must be escaped"},
    {"x", 400, "slash"},
    {"*", 400, "slash"},
    {"http://test", 400, "slash"},
};

static void test_targets(void)
{
    struct http_server *s = start();
    struct peer p = dial(s); /* a refused address without a body does not cost the connection */
    CLEANUP(reply_release) struct reply r = {0};
    int expected_refusals = 0;
    refusals = 0;
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", targets[i].target, "") && hear(&p, &r));
        CU_ASSERT_EQUAL(r.status, targets[i].status);
        bool said = r.body.p && strstr(r.body.p, targets[i].says);
        if (!said)
            fprintf(stderr, "%s: %d %s\n", targets[i].target, r.status, r.body.p);
        CU_ASSERT_TRUE(said);
        CU_ASSERT_EQUAL(str_starts(buf_view(&r.body), "own words: "), strncmp(targets[i].target, "/own/", 5) == 0);
        expected_refusals += targets[i].status == 400;
        if (targets[i].status == 400)
            CU_ASSERT_PTR_NOT_NULL(strstr(refused_text, targets[i].says));
    }
    CU_ASSERT_EQUAL(refusals, expected_refusals); /* each was told, so that it can be audited */
    hang_up(&p);
    http_server_free(s, 1000);
}

/* What no client library would send. */
static const struct {
    const char *bytes;
    size_t n;
} raw[] = {
#define RAW(literal)                 \
    {                                \
        literal, sizeof(literal) - 1 \
    }
    RAW("GET /a\0b HTTP/1.1\r\nHost: t\r\n\r\n"), RAW("GET /a\0 HTTP/1.1\r\nHost: t\r\n\r\n"),
    RAW("GET /a b HTTP/1.1\r\nHost: t\r\n\r\n"),  RAW("GET /a\x01 HTTP/1.1\r\nHost: t\r\n\r\n"),
    RAW("GET /\xff HTTP/1.1\r\nHost: t\r\n\r\n"), RAW("GET /a HTTP/1.1\r\n\r\n"), /* no Host */
};

static void test_raw_targets(void)
{
    struct http_server *s = start();
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++) {
        struct peer p = dial(s);
        CLEANUP(reply_release) struct reply r = {0};
        CU_ASSERT_TRUE(say_bytes(&p, raw[i].bytes, raw[i].n));
        bool answered = hear(&p, &r);
        if (answered && r.status != 400)
            fprintf(stderr, "raw %zu: %d %s\n", i, r.status, r.body.p);
        CU_ASSERT_TRUE(!answered || r.status == 400); /* refused or cut off, never served */
        hang_up(&p);
    }
    CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 200);
    http_server_free(s, 1000);
}

static void test_headers(void)
{
    static const struct {
        const char *headers, *says;
    } rows[] = {
        {"X-Test: one\r\n", "x-test=one\n"},
        {"x-test:  spaced \r\n", "x-test=spaced"},
        {"X-Test:\r\n", "x-test=\n"},
        {"Cookie: sid=abc\r\n", "sid=abc\n"},
        {"Cookie: other=1; sid=abc%20=d; x=y\r\n", "sid=abc%20=d\n"},
        {"Cookie: xsid=1;sid=\"q\"\r\n", "sid=q\n"},
        {"Cookie: sid\r\n", "sid=\n"},
        {"X-Other: 1\r\n", "none=000\n"},
        {"X-Other: 1\r\n", "from=127.0.0.1 loopback=1 tls=0\n"},
    };
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/", rows[i].headers) && hear(&p, &r));
        if (!strstr(r.body.p, rows[i].says))
            fprintf(stderr, "%s: %s\n", rows[i].headers, r.body.p);
        CU_ASSERT_PTR_NOT_NULL(strstr(r.body.p, rows[i].says));
    }
    hang_up(&p);
    http_server_free(s, 1000);
}

static void test_methods(void)
{
    static const char *const methods[] = {"GET", "DELETE", "OPTIONS", "PATCH", "PROPFIND"};
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "method=%s\n", methods[i]);
        CU_ASSERT_TRUE_FATAL(ask(&p, methods[i], "/", "") && hear(&p, &r));
        CU_ASSERT_PTR_NOT_NULL(strstr(r.body.p, expected));
    }
    hang_up(&p);
    http_server_free(s, 1000);
}

static void test_head_limit(void)
{
    struct http_server *s = start();
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    char line[1200] = "X-Long: ";
    memset(line + 8, 'x', 1000);
    memcpy(line + 1008, "\r\n", 3);
    say(&p, "GET / HTTP/1.1\r\nHost: t\r\n");
    for (int i = 0; i < 100 && say(&p, line); i++) /* 100 KB of headers */
        continue;
    say(&p, "\r\n");
    bool answered = hear(&p, &r);
    CU_ASSERT_TRUE(!answered || r.status == 431 || r.status == 413);
    hang_up(&p);
    p = dial(s); /* what is over the limit and can be read whole is refused in the words of its address */
    say(&p, "GET /own/ HTTP/1.1\r\nHost: t\r\n");
    for (int i = 0; i < 40; i++)
        say(&p, line);
    say(&p, "\r\n");
    CU_ASSERT_TRUE(hear(&p, &r) && r.status == 431);
    CU_ASSERT_PTR_NOT_NULL(strstr(refused_text, "longer than 32 KB"));
    hang_up(&p);
    CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 200);
    http_server_free(s, 1000);
}

static const struct unit_case cases[] = {
    {"addresses taken and refused", test_targets}, {"addresses no client library sends", test_raw_targets},
    {"headers and cookies", test_headers},         {"methods", test_methods},
    {"headers without end", test_head_limit},
};
UNIT_MAIN("http/request", cases)
