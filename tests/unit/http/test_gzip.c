#include "http_peer.h"

#include <zlib.h>

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    int64_t n = 5000;
    (void)ctx;
    r->status = 200;
    str_int(http_query(q, "n"), &n);
    http_set(r, "Content-Type",
             http_query(q, "type").n ? http_query(q, "type") : STR("application/fhir+json"));
    if (http_query(q, "etag").n)
        http_set(r, "ETag", http_query(q, "etag"));
    if (http_query(q, "vary").n)
        http_set(r, "Vary", http_query(q, "vary"));
    if (http_query(q, "coded").n)
        http_set(r, "Content-Encoding", http_query(q, "coded"));
    for (int64_t i = 0; i < n; i++)
        buf_putc(&r->body, (char)('a' + i * i % 26));
}

static const struct {
    const char *accept, *query; /* accept NULL: no header */
    bool compressed;
    const char *vary, *etag;
} rows[] = {
    {"gzip", "", true, "Accept-Encoding", NULL},
    {"deflate, GZIP;q=0.5", "", true, "Accept-Encoding", NULL},
    {"*", "", true, "Accept-Encoding", NULL},
    {"br, *;q=0.1", "", true, "Accept-Encoding", NULL},
    {NULL, "", false, "Accept-Encoding", NULL},
    {"", "", false, "Accept-Encoding", NULL},
    {"br", "", false, "Accept-Encoding", NULL},
    {"gzip;q=0", "", false, "Accept-Encoding", NULL},
    {"gzip; q=0.000, *", "", false, "Accept-Encoding", NULL},
    {"*;q=0", "", false, "Accept-Encoding", NULL},
    {"gzip;q=0.5, identity", "", false, "Accept-Encoding", NULL},
    {"gzip, identity;q=0.5", "", true, "Accept-Encoding", NULL},
    {"br\r\nAccept-Encoding: gzip", "", true, "Accept-Encoding", NULL},
    {"xgzip", "", false, "Accept-Encoding", NULL},
    {"gzip", "n=1024", false, NULL, NULL},
    {"gzip", "n=1025", true, "Accept-Encoding", NULL},
    {"gzip", "n=2000000", true, "Accept-Encoding", NULL},
    {"gzip", "type=text/html;charset=utf-8", true, "Accept-Encoding", NULL},
    {"gzip", "type=application/json", true, "Accept-Encoding", NULL},
    {"gzip", "type=application/xml", true, "Accept-Encoding", NULL},
    {"gzip", "type=application/dicom%2Bxml", true, "Accept-Encoding", NULL},
    {"gzip", "type=application/dicom", false, NULL, NULL},
    {"gzip", "type=image/jpeg", false, NULL, NULL},
    {"gzip", "coded=br", false, NULL, NULL},
    {"gzip", "vary=Accept", true, "Accept, Accept-Encoding", NULL},
    {"gzip", "vary=accept-encoding", true, "accept-encoding", NULL},
    {"gzip", "vary=*", true, "*", NULL},
    {"gzip", "etag=\"abc\"", true, "Accept-Encoding", "W/\"abc\""},
    {"gzip", "etag=W/\"1\"", true, "Accept-Encoding", "W/\"1\""},
    {NULL, "etag=\"abc\"", false, "Accept-Encoding", "\"abc\""},
};

static size_t inflated(const struct buf *in, char *to, size_t room)
{
    z_stream z = {.next_in = (unsigned char *)in->p,
                  .avail_in = (unsigned)in->n,
                  .next_out = (unsigned char *)to,
                  .avail_out = (unsigned)room};
    CU_ASSERT_EQUAL_FATAL(inflateInit2(&z, 15 + 16), Z_OK);
    CU_ASSERT_EQUAL(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    return z.total_out;
}

static void check_row(struct peer *p, size_t i)
{
    static char plain[2000001], target[200], headers[200];
    CLEANUP(reply_release) struct reply r = {0};
    struct str none = STR_NONE;
    snprintf(target, sizeof target, "/?%s", rows[i].query);
    headers[0] = '\0';
    if (rows[i].accept)
        snprintf(headers, sizeof headers, "Accept-Encoding: %s\r\n", rows[i].accept);
    CU_ASSERT_TRUE_FATAL(ask(p, "GET", target, headers) && hear(p, &r));
    bool compressed = str_is(reply_header(&r, "Content-Encoding"), "gzip");
    if (compressed != rows[i].compressed)
        fprintf(stderr, "%s %s\n%s\n", rows[i].accept, rows[i].query, r.head);
    CU_ASSERT_EQUAL(compressed, rows[i].compressed);
    CU_ASSERT_TRUE(str_eq(reply_header(&r, "Vary"), rows[i].vary ? str_of(rows[i].vary) : none));
    CU_ASSERT_TRUE(str_eq(reply_header(&r, "ETag"), rows[i].etag ? str_of(rows[i].etag) : none));
    size_t n = compressed ? inflated(&r.body, plain, sizeof plain) : r.body.n;
    if (!compressed)
        memcpy(plain, r.body.p, n);
    CU_ASSERT_TRUE(n >= 1024 && !compressed == (r.body.n == n));
    for (size_t j = 0; j < n; j++)
        if (plain[j] != (char)('a' + j * j % 26)) {
            CU_FAIL("another body");
            break;
        }
    size_t get_length = r.body.n; /* HEAD announces what GET sends */
    CU_ASSERT_TRUE_FATAL(ask(p, "HEAD", target, headers) && hear_after(p, &r, true));
    int64_t announced = 0;
    CU_ASSERT_TRUE(str_int(reply_header(&r, "Content-Length"), &announced) &&
                   (size_t)announced == get_length);
}

static void test_rows(void)
{
    struct http_config config = {.handler = answer, .workers = 1};
    struct http_server *s = serve(&config);
    struct peer p = dial(s);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(&p, i);
    hang_up(&p);
    http_server_free(s, 1000);
}

static const struct unit_case cases[] = {{"who gets what compressed", test_rows}};
UNIT_MAIN("http/gzip", cases)
