#include "http_peer.h"

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    r->status = 200;
    if (str_is(q->path, "/inject")) {
        http_set(r, "X-Fine", STR("fine"));
        http_set(r, "X-Bad", STR("a\r\nSet-Cookie: sid=evil"));
        http_set(r, "X-Bad2", STR("a\nb"));
        http_set(r, "X-Bad3", STR("a\0b"));
        http_add(r, "X Bad4", STR("a"));
        http_add(r, "X-Bad5\r\nX-Evil", STR("a"));
        http_add(r, "", STR("a"));
        http_set(r, "Content-Length", STR("5"));
        http_add(r, "transfer-encoding", STR("chunked"));
        http_set(r, "X-Fine", STR("bad\r")); /* a refused value leaves the old one */
    } else if (str_is(q->path, "/replace")) {
        http_set(r, "X-One", STR("1"));
        http_set(r, "x-one", STR("2"));
        http_add(r, "Set-Cookie", STR("a=1"));
        http_add(r, "Set-Cookie", STR("b=2"));
    } else if (str_is(q->path, "/copied")) {
        char value[] = "before";
        http_set(r, "X-Copied", str_of(value));
        memset(value, 'x', sizeof value - 1);
    } else if (str_is(q->path, "/many")) {
        for (int i = 0; i < 30; i++)
            http_add(r, "X-Many", STR("1"));
    } else if (str_is(q->path, "/method")) {
        buf_str(&r->body, q->method);
    } else if (str_is(q->path, "/overflow")) {
        r->body.ceiling = 10;
        buf_puts(&r->body, "more than ten bytes");
    } else if (str_starts(q->path, "/status/")) {
        int64_t n = 0;
        str_int(str_sub(q->path, 8, q->path.n), &n);
        r->status = (int)n;
        buf_puts(&r->body, "text");
    }
}

static struct http_server *s;
static struct peer p;
static struct reply r;

static void get(const char *method, const char *target)
{
    CU_ASSERT_TRUE_FATAL(ask(&p, method, target, ""));
    CU_ASSERT_TRUE_FATAL(hear_after(&p, &r, strcmp(method, "HEAD") == 0));
}

static int count_in_head(const char *text)
{
    int n = 0;
    for (const char *at = r.head; (at = strstr(at, text)); at += strlen(text))
        n++;
    return n;
}

static void test_start(void)
{
    struct http_config config = {.handler = answer};
    s = serve(&config);
    p = dial(s);
}

static void test_injection(void)
{
    log_set_level((enum log_level) - 1); /* the errors this is about */
    get("GET", "/inject");
    log_set_level(LOG_INFO);
    CU_ASSERT_EQUAL(r.status, 200);
    CU_ASSERT_TRUE(str_is(reply_header(&r, "X-Fine"), "fine"));
    CU_ASSERT_TRUE(str_is(reply_header(&r, "Content-Length"), "0"));
    CU_ASSERT_PTR_NULL(reply_header(&r, "Transfer-Encoding").p);
    CU_ASSERT_EQUAL(count_in_head("Bad"), 0);
    CU_ASSERT_EQUAL(count_in_head("vil"), 0);
}

static void test_set_and_add(void)
{
    get("GET", "/replace");
    CU_ASSERT_TRUE(str_is(reply_header(&r, "X-One"), "2"));
    CU_ASSERT_EQUAL(count_in_head("-One"), 1);
    CU_ASSERT_EQUAL(count_in_head("Set-Cookie: "), 2);
    get("GET", "/copied");
    CU_ASSERT_TRUE(str_is(reply_header(&r, "X-Copied"), "before"));
    log_set_level((enum log_level) - 1);
    get("GET", "/many");
    log_set_level(LOG_INFO);
    CU_ASSERT_EQUAL(count_in_head("X-Many"), 24);
}

static const struct {
    const char *method, *target;
    int status;
    const char *length, *body;
} answers[] = {
    {"GET", "/method", 200, "3", "GET"},
    {"HEAD", "/method", 200, "4", NULL}, /* the handler saw HEAD; its body stays here */
    {"GET", "/status/404", 404, "4", "text"},
    {"GET", "/status/201", 201, "4", "text"},
    {"GET", "/status/503", 503, "4", "text"},
    {"GET", "/status/204", 204, NULL, NULL},
    {"GET", "/status/304", 304, NULL, NULL},
    {"GET", "/status/0", 500, NULL, "the server failed\n"},
    {"GET", "/status/100", 500, NULL, "the server failed\n"},
    {"GET", "/status/1000", 500, NULL, "the server failed\n"},
    {"GET", "/overflow", 500, NULL, "the server failed\n"},
};

static void test_answers(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        log_set_level((enum log_level) - 1);
        get(answers[i].method, answers[i].target);
        log_set_level(LOG_INFO);
        CU_ASSERT_EQUAL(r.status, answers[i].status);
        if (answers[i].length)
            CU_ASSERT_TRUE(str_is(reply_header(&r, "Content-Length"), answers[i].length));
        if (answers[i].body)
            CU_ASSERT_TRUE(str_is(buf_view(&r.body), answers[i].body));
    }
    get("GET", "/method"); /* the connection is still in step */
    CU_ASSERT_EQUAL(r.status, 200);
}

static void test_end(void)
{
    reply_release(&r);
    hang_up(&p);
    CU_ASSERT_TRUE(http_server_free(s, 1000));
}

static const struct unit_case cases[] = {
    {"a server", test_start},
    {"values that would inject a header", test_injection},
    {"set replaces, add adds", test_set_and_add},
    {"statuses, HEAD and handlers' mistakes", test_answers},
    {"the server goes", test_end},
};
UNIT_MAIN("http/response", cases)
