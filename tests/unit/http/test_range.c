#include "http_peer.h"

#include <fcntl.h>

static char path[] = "/tmp/isocentre-range-XXXXXX";
static const char text[] = "0123456789";

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    int64_t size = 10;
    str_int(http_query(q, "size"), &size);
    http_file(r, open(path, O_RDONLY | O_CLOEXEC), size);
}

static const struct {
    const char *headers, *size;
    int status;
    const char *content_range, *body;
} rows[] = {
    {"", "10", 200, NULL, "0123456789"},
    {"Range: bytes=0-0\r\n", "10", 206, "bytes 0-0/10", "0"},
    {"Range: bytes=2-4\r\n", "10", 206, "bytes 2-4/10", "234"},
    {"Range: BYTES=2-4\r\n", "10", 206, "bytes 2-4/10", "234"},
    {"Range: bytes=8-\r\n", "10", 206, "bytes 8-9/10", "89"},
    {"Range: bytes=9-100\r\n", "10", 206, "bytes 9-9/10", "9"},
    {"Range: bytes=0-9223372036854775807\r\n", "10", 206, "bytes 0-9/10", "0123456789"},
    {"Range: bytes=-3\r\n", "10", 206, "bytes 7-9/10", "789"},
    {"Range: bytes=-99\r\n", "10", 206, "bytes 0-9/10", "0123456789"},
    {"Range: bytes=10-\r\n", "10", 416, "bytes */10", ""},
    {"Range: bytes=10-20\r\n", "10", 416, "bytes */10", ""},
    {"Range: bytes=-0\r\n", "10", 416, "bytes */10", ""},
    {"Range: bytes=0-\r\n", "0", 416, "bytes */0", ""},
    {"Range: bytes=-1\r\n", "0", 416, "bytes */0", ""},
    {"Range: bytes=4-2\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=1-2,4-5\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=-\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=a-b\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=+1-2\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=--1\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=5\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=99999999999999999999-\r\n", "10", 200, NULL, "0123456789"},
    {"Range: lines=1-2\r\n", "10", 200, NULL, "0123456789"},
    {"Range: bytes=1-2\r\nIf-Range: \"x\"\r\n", "10", 200, NULL, "0123456789"},
};

static void test_rows(void)
{
    int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0 && write(fd, text, 10) == 10);
    close(fd);
    struct http_config config = {.handler = answer};
    struct http_server *s = serve(&config);
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char target[64];
        struct str none = STR_NONE;
        snprintf(target, sizeof target, "/?size=%s", rows[i].size);
        CU_ASSERT_TRUE_FATAL(ask(&p, "GET", target, rows[i].headers) && hear(&p, &r));
        if (r.status != rows[i].status)
            fprintf(stderr, "%s: %d\n", rows[i].headers, r.status);
        CU_ASSERT_EQUAL(r.status, rows[i].status);
        CU_ASSERT_TRUE(str_eq(reply_header(&r, "Content-Range"),
                              rows[i].content_range ? str_of(rows[i].content_range) : none));
        CU_ASSERT_TRUE(str_is(buf_view(&r.body), rows[i].body));
        CU_ASSERT_TRUE(str_is(reply_header(&r, "Accept-Ranges"), "bytes"));
    }
    hang_up(&p);
    http_server_free(s, 1000);
    unlink(path);
}

static const struct unit_case cases[] = {{"single ranges", test_rows}};
UNIT_MAIN("http/range", cases)
