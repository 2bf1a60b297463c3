#include "http_peer.h"

#include "tls/tls.h"

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    r->status = 200;
    buf_printf(&r->body, "from=%s loopback=%d tls=%d", q->address, q->loopback, q->tls);
}

static void test_refused_starts(void)
{
    struct http_config config = {.handler = answer};
    struct http_server *s = serve(&config);
    struct err e = {0};
    config.port = http_server_port(s);
    CU_ASSERT_PTR_NULL(http_server_new(&config, &e)); /* taken */
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "Address already in use"));
    config.port = 0;
    config.address = "not an address";
    CU_ASSERT_PTR_NULL(http_server_new(&config, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    config.address = "192.0.2.1"; /* not this machine's */
    CU_ASSERT_PTR_NULL(http_server_new(&config, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    config.address = "127.0.0.1";
    config.tls_certificate = "no certificate";
    CU_ASSERT_PTR_NULL(http_server_new(&config, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID); /* no key */
    config.tls_key = "no key";
    CU_ASSERT_PTR_NULL(http_server_new(&config, &e));
    CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 200); /* the first one does not mind */
    CU_ASSERT_TRUE(http_server_free(s, 1000));
    CU_ASSERT_TRUE(http_server_free(NULL, 0));
}

static void test_restart(void)
{
    struct http_config config = {.handler = answer, .threads = 1, .workers = 1};
    struct http_server *s = serve(&config);
    config.port = http_server_port(s);
    for (int i = 0; i < 5; i++) { /* the same port at once, though connections linger in TIME-WAIT */
        CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 200);
        CU_ASSERT_TRUE(http_server_free(s, 1000));
        s = serve(&config);
    }
    http_server_free(s, 1000);
}

/* Over the limit, clients wait their turn rather than being served or broken. */
static void test_connections_max(void)
{
    struct http_config config = {.handler = answer, .threads = 1, .connections_max = 2};
    struct http_server *s = serve(&config);
    struct peer a = dial(s), b = dial(s), c = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    struct http_stats stats;
    CU_ASSERT_TRUE(ask(&a, "GET", "/", "") && hear(&a, &r) && ask(&b, "GET", "/", "") && hear(&b, &r));
    ask(&c, "GET", "/", "");
    usleep(100000);
    http_server_stats(s, &stats);
    CU_ASSERT_EQUAL(stats.connections, 2);
    hang_up(&a);
    CU_ASSERT_TRUE(hear(&c, &r) && r.status == 200);
    hang_up(&b);
    hang_up(&c);
    http_server_free(s, 1000);
}

static void keep(char *path, const struct buf *b)
{
    int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0 && write(fd, b->p, b->n) == (ssize_t)b->n);
    close(fd);
}

static void talk_tls(struct http_server *s, const char *ca)
{
    struct err e = {0};
    struct tls_context_config config = {.ca = ca};
    struct tls_context *c = tls_context_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    struct peer p = dial(s);
    struct tls_stream *t = tls_connect(c, p.fd, "127.0.0.1", NULL, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(t);
    char reply[4096] = "";
    size_t n = 0;
    static const char question[] = "GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    CU_ASSERT_TRUE(tls_write(t, question, sizeof question - 1, NULL, &e));
    for (ptrdiff_t got; n < sizeof reply - 1 && (got = tls_read(t, reply + n, sizeof reply - 1 - n, NULL, &e)) > 0;)
        n += (size_t)got;
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "HTTP/1.1 200"));
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "from=127.0.0.1 loopback=1 tls=1"));
    tls_stream_free(t);
    tls_context_free(c);
    hang_up(&p);
}

static void test_tls(void)
{
    struct err e = {0};
    char ca[] = "/tmp/isocentre-cert-XXXXXX";
    CLEANUP(buf_release) struct buf certificate;
    CLEANUP(buf_release) struct buf key;
    buf_init(&certificate, 8192);
    buf_init(&key, 8192);
    CU_ASSERT_TRUE_FATAL(tls_certificate_new("localhost", 1, &certificate, &key, &e));
    keep(ca, &certificate);
    struct http_config config = {.handler = answer, .tls_certificate = certificate.p, .tls_key = key.p};
    struct http_server *s = serve(&config);
    talk_tls(s, ca);
    CU_ASSERT_EQUAL(status_of(s, "GET", "/"), 0); /* no plain text on this port */
    talk_tls(s, ca);
    CU_ASSERT_TRUE(http_server_free(s, 1000));
    unlink(ca);
}

static const struct unit_case cases[] = {
    {"starts that are refused", test_refused_starts},
    {"restart on the same port", test_restart},
    {"the limit of connections", test_connections_max},
    {"TLS", test_tls},
};
UNIT_MAIN("http/server", cases)
