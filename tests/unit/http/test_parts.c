#include "http_peer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/syscall.h>

/* Every close of this process, libmicrohttpd's too: closing a descriptor twice would one day close another's.
 */
static atomic_int closed_twice;

int close(int fd)
{
    long result = syscall(SYS_close, fd);
    if (result < 0 && errno == EBADF)
        atomic_fetch_add(&closed_twice, 1);
    return (int)result;
}

enum { FILE_SIZE = 3 * 1024 * 1024 };

static char path[] = "/tmp/isocentre-parts-XXXXXX";
static char *content;

static int open_file(void)
{
    return open(path, O_RDONLY | O_CLOEXEC);
}

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    r->status = 200;
    http_set(r, "Content-Type", STR("application/octet-stream"));
    if (str_is(q->path, "/file")) {
        http_part_file(r, open_file(), 0, FILE_SIZE);
    } else if (str_is(q->path, "/range")) {
        http_part_file(r, open_file(), 1000, 5);
    } else if (str_is(q->path, "/empty")) {
        http_part_file(r, open_file(), 0, 0);
    } else if (str_is(q->path, "/memory")) {
        http_part_bytes(r, STR("one,"));
        http_part_bytes(r, STR_NONE);
        http_part_bytes(r, STR("two"));
    } else if (str_is(q->path, "/mixed")) {
        http_part_bytes(r, STR("--x\r\n"));
        http_part_file(r, open_file(), 10, 200000);
        http_part_bytes(r, STR_NONE);
        http_part_bytes(r, STR("\r\n--x\r\n"));
        http_part_file(r, open_file(), 0, 0);
        http_part_file(r, open_file(), 7, 1);
        http_part_bytes(r, STR("\r\n--x--\r\n"));
    } else if (str_is(q->path, "/short")) { /* announces more than the file has */
        http_part_bytes(r, STR("x"));
        http_part_file(r, open_file(), 0, FILE_SIZE + 1);
    } else if (str_is(q->path, "/none")) { /* a status that has no body */
        r->status = 304;
        http_part_file(r, open_file(), 0, FILE_SIZE);
        http_part_file(r, open_file(), 0, 1);
    }
}

static int open_descriptors(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static struct http_server *s;
static int descriptors;

static void test_start(void)
{
    int fd = mkstemp(path);
    content = mem_alloc(FILE_SIZE);
    for (size_t i = 0; i < FILE_SIZE; i++)
        content[i] = (char)(i * 2654435761u >> 13);
    CU_ASSERT_EQUAL_FATAL(write(fd, content, FILE_SIZE), FILE_SIZE);
    close(fd);
    struct http_config config = {.handler = answer, .workers = 2};
    s = serve(&config);
    descriptors = open_descriptors();
}

static void expect_bytes(struct buf *b, const void *bytes, size_t n)
{
    CU_ASSERT_TRUE(b->n >= n && memcmp(b->p, bytes, n) == 0);
    if (b->n >= n)
        drop_front(b, n);
}

static void test_bodies(void)
{
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/file", "") && hear(&p, &r));
    CU_ASSERT_EQUAL(r.body.n, FILE_SIZE);
    expect_bytes(&r.body, content, FILE_SIZE);
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/range", "") && hear(&p, &r));
    CU_ASSERT_EQUAL(r.body.n, 5);
    expect_bytes(&r.body, content + 1000, 5);
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/empty", "") && hear(&p, &r));
    CU_ASSERT_EQUAL(r.body.n, 0);
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/memory", "") && hear(&p, &r));
    CU_ASSERT_TRUE(str_is(buf_view(&r.body), "one,two"));
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/mixed", "") && hear(&p, &r));
    expect_bytes(&r.body, "--x\r\n", 5);
    expect_bytes(&r.body, content + 10, 200000);
    expect_bytes(&r.body, "\r\n--x\r\n", 7);
    expect_bytes(&r.body, content + 7, 1);
    expect_bytes(&r.body, "\r\n--x--\r\n", 9);
    CU_ASSERT_EQUAL(r.body.n, 0);
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/none", "") && hear(&p, &r) && r.status == 304);
    static const char *const targets[] = {"/file", "/mixed", "/memory"};
    static const char *const lengths[] = {"3145728", "200022", "7"};
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_TRUE_FATAL(ask(&p, "HEAD", targets[i], "") && hear_after(&p, &r, true));
        CU_ASSERT_TRUE(str_is(reply_header(&r, "Content-Length"), lengths[i]));
    }
    hang_up(&p);
    AWAIT(open_descriptors() == descriptors);
}

static void test_short_file(void)
{
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    log_set_level((enum log_level) - 1);
    CU_ASSERT_TRUE(ask(&p, "GET", "/short", ""));
    CU_ASSERT_FALSE(hear(&p, &r)); /* cut off, so that the client knows that bytes are missing */
    log_set_level(LOG_INFO);
    CU_ASSERT_EQUAL(p.in.n, FILE_SIZE + 1);
    hang_up(&p);
    AWAIT(open_descriptors() == descriptors);
}

/* Clients that do not read hold no worker; when they go, their files are closed. */
static void test_slow_readers(void)
{
    enum { SLOW = 20 };
    struct peer slow[SLOW];
    for (int i = 0; i < SLOW; i++) {
        int small = 4096;
        slow[i] = dial(s);
        setsockopt(slow[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        ask(&slow[i], "GET", i % 2 ? "/file" : "/mixed", "");
    }
    for (int i = 0; i < 20; i++)
        CU_ASSERT_EQUAL(status_of(s, "GET", "/memory"), 200);
    struct http_stats stats;
    AWAIT((http_server_stats(s, &stats), stats.running == 0));
    for (int i = 0; i < SLOW; i++)
        if (i % 3)
            slam(&slow[i]);
        else
            hang_up(&slow[i]);
    AWAIT((http_server_stats(s, &stats), stats.connections == 0));
    AWAIT(open_descriptors() == descriptors);
}

static void test_end(void)
{
    CU_ASSERT_TRUE(http_server_free(s, 1000));
    CU_ASSERT_EQUAL(atomic_load(&closed_twice), 0);
    mem_free(content);
    CU_ASSERT_EQUAL(unlink(path), 0);
}

static const struct unit_case cases[] = {
    {"a server and a file", test_start},
    {"memory, files and both", test_bodies},
    {"a file shorter than announced", test_short_file},
    {"clients that do not read", test_slow_readers},
    {"the server goes", test_end},
};
UNIT_MAIN("http/parts", cases)
