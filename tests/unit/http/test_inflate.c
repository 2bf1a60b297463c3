/* Bodies that come in gzip: taken, bounded, refused. */
#include "http_peer.h"

#include <zlib.h>

enum { LIMIT = 100000 };

static void measure(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    unsigned long sum = 0;
    for (size_t i = 0; i < q->body.n; i++)
        sum += (unsigned char)q->body.p[i];
    r->status = 200;
    buf_printf(&r->body, "%zu %lu", q->body.n, sum);
}

static int64_t limit(void *ctx, struct str method, struct str path)
{
    (void)ctx, (void)method, (void)path;
    return LIMIT;
}

/* n letters as one member of gzip, appended. */
static void put_member(struct buf *b, size_t n)
{
    z_stream z = {0};
    char *plain = mem_zalloc(n + 1);
    memset(plain, 'a', n);
    CU_ASSERT_EQUAL_FATAL(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, n);
    z.next_in = (unsigned char *)plain;
    z.avail_in = (unsigned)n;
    z.next_out = (unsigned char *)buf_reserve(b, room);
    z.avail_out = (unsigned)room;
    CU_ASSERT_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_grew(b, z.total_out);
    deflateEnd(&z);
    mem_free(plain);
}

static const struct {
    const char *coding;
    int members;
    size_t letters, cut, junk; /* of each member; bytes taken from the end; bytes put behind it */
    int status;
} rows[] = {
    {"gzip", 1, 1, 0, 0, 200},
    {"GZIP", 1, 5000, 0, 0, 200},
    {"x-gzip", 1, LIMIT, 0, 0, 200},
    {"gzip", 3, 20000, 0, 0, 200},
    {"gzip", 1, 0, 0, 0, 200},
    {"gzip", 1, LIMIT + 1, 0, 0, 413},
    {"gzip", 1, 50000000, 0, 0, 413}, /* a bomb: 48 kB here */
    {"gzip", 2, LIMIT - 10, 0, 0, 413},
    {"gzip", 1, 5000, 1, 0, 400},
    {"gzip", 1, 5000, 9, 0, 400},
    {"gzip", 1, 5000, 0, 3, 400},
    {"gzip", 0, 0, 0, 50, 400},
    {"deflate", 1, 5000, 0, 0, 415},
    {"br", 1, 5000, 0, 0, 415},
    {"gzip, gzip", 1, 5000, 0, 0, 415},
    {"identity, gzip", 1, 5000, 0, 0, 415},
};

static void check_row(struct peer *p, size_t i)
{
    CLEANUP(reply_release) struct reply r = {0};
    struct buf body CLEANUP(buf_release);
    char head[300], due[60];
    buf_init(&body, 64 << 20);
    for (int m = 0; m < rows[i].members; m++)
        put_member(&body, rows[i].letters);
    body.n -= rows[i].cut;
    for (size_t k = 0; k < rows[i].junk; k++)
        buf_putc(&body, 'x');
    snprintf(head, sizeof head, "POST / HTTP/1.1\r\nHost: t\r\nContent-Encoding: %s\r\nContent-Length: %zu\r\n\r\n",
             rows[i].coding, body.n);
    CU_ASSERT_TRUE_FATAL(say(p, head) && say_bytes(p, body.p, body.n) && hear(p, &r));
    if (r.status != rows[i].status)
        fprintf(stderr, "row %zu: %d %s\n", i, r.status, r.body.p);
    CU_ASSERT_EQUAL(r.status, rows[i].status);
    size_t n = rows[i].letters * (size_t)rows[i].members;
    snprintf(due, sizeof due, "%zu %zu", n, n * 'a');
    CU_ASSERT_TRUE(r.status != 200 || str_is(buf_view(&r.body), due));
}

/* The connection serves whatever comes next, too. */
static void test_rows(void)
{
    struct http_config config = {.handler = measure, .body_limit = limit, .workers = 1};
    struct http_server *s = serve(&config);
    struct peer p = dial(s);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(&p, i);
    CLEANUP(reply_release) struct reply r = {0};
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/", "Content-Encoding: br\r\n") && hear(&p, &r));
    CU_ASSERT_TRUE(r.status == 200 && str_is(buf_view(&r.body), "0 0")); /* nothing to unfold */
    hang_up(&p);
    http_server_free(s, 1000);
}

static const struct unit_case cases[] = {{"bodies in gzip", test_rows}};
UNIT_MAIN("http/inflate", cases)
