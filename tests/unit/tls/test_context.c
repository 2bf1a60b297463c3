#include "unit.h"

#include "tls/tls.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* One certificate stands for both ends and for the CA. */
static char certificate[] = "/tmp/isocentre-cert-XXXXXX", key[] = "/tmp/isocentre-key-XXXXXX";
static char other_certificate[] = "/tmp/isocentre-cert-XXXXXX", other_key[] = "/tmp/isocentre-key-XXXXXX";

static void keep(char *path, const struct buf *b)
{
    int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0 && write(fd, b->p, b->n) == (ssize_t)b->n);
    close(fd);
}

static void make(char *certificate_path, char *key_path)
{
    CLEANUP(buf_release) struct buf c;
    CLEANUP(buf_release) struct buf k;
    struct err e = {0};
    buf_init(&c, 8192);
    buf_init(&k, 8192);
    CU_ASSERT_TRUE_FATAL(tls_certificate_new("ris.example.org", 30, &c, &k, &e));
    keep(certificate_path, &c);
    keep(key_path, &k);
}

static void test_files(void)
{
    signal(SIGPIPE, SIG_IGN);
    make(certificate, key);
    make(other_certificate, other_key);
}

struct peer {
    struct tls_context *context;
    int fd;
    bool accepted;
    struct err e;
};

/* The server's end: answers what it reads, once. */
static void *serve(void *arg)
{
    struct peer *p = arg;
    char text[64];
    struct tls_stream *s = tls_accept(p->context, p->fd, NULL, &p->e);
    p->accepted = s != NULL;
    ptrdiff_t n = s ? tls_read(s, text, sizeof text, NULL, &p->e) : -1;
    if (n > 0)
        tls_write(s, text, (size_t)n, NULL, &p->e);
    tls_stream_free(s);
    close(p->fd);
    return NULL;
}

static void client(struct tls_context *c, int fd, const char *host, struct err *e)
{
    char text[64] = "", first[5];
    unsigned char print[TLS_SHA256];
    struct tls_peer peer;
    struct tls_stream *s = tls_connect(c, fd, host, NULL, e);
    if (!s)
        return;
    if (tls_write(s, "MSH|", 4, NULL, e) && tls_read(s, text, sizeof text, NULL, e) == 4) {
        CU_ASSERT_EQUAL(memcmp(text, "MSH|", 4), 0);
        CU_ASSERT_TRUE(tls_peer_fingerprint(s, print, e));
        CU_ASSERT_TRUE(tls_peer_read(s, &peer, e));
        CU_ASSERT_EQUAL(strncmp(peer.subject, "CN=ris.example.org", 18), 0);
        CU_ASSERT_PTR_NOT_NULL(strstr(peer.names, "dns:ris.example.org\n"));
        snprintf(first, sizeof first, "%02x%02x", print[0], print[1]);
        CU_ASSERT_TRUE(strlen(peer.fingerprint) == 64 && strncmp(peer.fingerprint, first, 4) == 0);
        CU_ASSERT_EQUAL(tls_read(s, text, sizeof text, NULL, e), 0); /* an orderly end */
    }
    tls_stream_free(s);
}

static const struct {
    const char *what, *host, *client_ca;
    bool server_asks, client_has;
    bool works;
    enum err_code code;
} talks[] = {
    {"name in the certificate", "ris.example.org", certificate, false, false, true, ERR_NONE},
    {"address in the certificate", "127.0.0.1", certificate, false, false, true, ERR_NONE},
    {"another name", "pacs.example.org", certificate, false, false, false, ERR_UNAUTHENTICATED},
    {"another address", "10.0.0.1", certificate, false, false, false, ERR_UNAUTHENTICATED},
    {"another CA", "ris.example.org", other_certificate, false, false, false, ERR_UNAUTHENTICATED},
    {"the system's CAs", "ris.example.org", NULL, false, false, false, ERR_UNAUTHENTICATED},
    {"both show certificates", "ris.example.org", certificate, true, true, true, ERR_NONE},
    {"the server asks in vain", "ris.example.org", certificate, true, false, false, ERR_UNAVAILABLE},
};

static void talk(size_t i)
{
    struct err e = {0};
    struct tls_context_config server = {
        .server = true, .certificate = certificate, .key = key, .ca = talks[i].server_asks ? certificate : NULL};
    struct tls_context_config ours = {.ca = talks[i].client_ca,
                                      .certificate = talks[i].client_has ? certificate : NULL,
                                      .key = talks[i].client_has ? key : NULL};
    struct peer peer = {.context = tls_context_new(&server, &e)};
    struct tls_context *c = tls_context_new(&ours, &e);
    CU_ASSERT_TRUE_FATAL(peer.context && c);
    int pair[2];
    CU_ASSERT_EQUAL_FATAL(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    peer.fd = pair[1];
    pthread_t thread;
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, serve, &peer), 0);
    client(c, pair[0], talks[i].host, &e);
    close(pair[0]);
    pthread_join(thread, NULL);
    if (e.code != talks[i].code)
        fprintf(stderr, "%s: %s\n", talks[i].what, e.text);
    CU_ASSERT_EQUAL(e.code, talks[i].code);
    CU_ASSERT_TRUE(!talks[i].works || peer.accepted);
    tls_context_free(peer.context);
    tls_context_free(c);
}

static void test_talks(void)
{
    for (size_t i = 0; i < sizeof talks / sizeof talks[0]; i++)
        talk(i);
}

static void test_configs(void)
{
    const struct {
        struct tls_context_config config;
        const char *says;
    } bad[] = {
        {{.server = true}, "needs a certificate"},
        {{.server = true, .certificate = "/nonexistent", .key = key}, "certificate file"},
        {{.server = true, .certificate = certificate}, "key file"},
        {{.server = true, .certificate = certificate, .key = other_key}, "key file"},
        {{.ca = key}, "CA file"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err e = {0};
        CU_ASSERT_PTR_NULL(tls_context_new(&bad[i].config, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, bad[i].says));
    }
    tls_context_free(NULL);
}

static void test_time_out(void)
{
    struct err e = {0};
    struct tls_context_config config = {.server = true, .certificate = certificate, .key = key};
    struct tls_context *c = tls_context_new(&config, &e);
    int pair[2];
    struct timeval soon = {.tv_usec = 50000};
    CU_ASSERT_FATAL(c && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    CU_ASSERT_PTR_NULL(tls_accept(c, pair[0], NULL, &e)); /* the peer says nothing */
    CU_ASSERT_EQUAL(e.code, ERR_TIMEOUT);
    CU_ASSERT_EQUAL(write(pair[1], "GET / HTTP/1.1\r\n\r\n", 18), 18); /* no TLS at all */
    CU_ASSERT_PTR_NULL(tls_accept(c, pair[0], NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    close(pair[0]);
    close(pair[1]);
    tls_context_free(c);
}

/* A peer that drips a byte now and then never lets a socket's own time-out pass; the wait ends it all the same. */
static void *drip(void *arg)
{
    static const unsigned char hello[] = {22, 3, 1, 1, 0};
    int fd = *(int *)arg;
    for (int i = 0; i < 40; i++) {
        if (send(fd, &hello[i < 5 ? i : 4], 1, MSG_NOSIGNAL) != 1)
            break;
        usleep(20000);
    }
    return NULL;
}

static void test_waits(void)
{
    struct err e = {0};
    struct tls_context_config config = {.server = true, .certificate = certificate, .key = key};
    struct tls_context *c = tls_context_new(&config, &e);
    int pair[2], stop[2];
    pthread_t thread;
    CU_ASSERT_FATAL(c && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) == 0 && pipe(stop) == 0);
    pthread_create(&thread, NULL, drip, &pair[1]);
    struct tls_wait wait = {clock_monotonic() + 200000, -1};
    CU_ASSERT_PTR_NULL(tls_accept(c, pair[0], &wait, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TIMEOUT);
    close(pair[0]);
    pthread_join(thread, NULL);
    close(pair[1]);
    CU_ASSERT_FATAL(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) == 0);
    wait = (struct tls_wait){clock_monotonic() + 20000000, stop[0]};
    CU_ASSERT_EQUAL(write(stop[1], "x", 1), 1);
    CU_ASSERT_PTR_NULL(tls_accept(c, pair[0], &wait, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    for (int i = 0; i < 2; i++)
        close(pair[i]), close(stop[i]);
    tls_context_free(c);
}

static void test_files_away(void)
{
    CU_ASSERT_TRUE(unlink(certificate) == 0 && unlink(key) == 0);
    CU_ASSERT_TRUE(unlink(other_certificate) == 0 && unlink(other_key) == 0);
}

static const struct unit_case cases[] = {
    {"certificates to work with", test_files},
    {"who may talk to whom", test_talks},
    {"configurations that are refused", test_configs},
    {"silent and foreign peers", test_time_out},
    {"waits that end in time", test_waits},
    {"the files go", test_files_away},
};
UNIT_MAIN("tls/context", cases)
