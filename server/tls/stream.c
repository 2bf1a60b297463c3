/* TLS connections for MLLP, DICOM and syslog. */
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdio.h>

#include "base/clock.h"
#include "tls/tls_priv.h"

struct tls_stream {
    SSL *ssl;
    int fd;
    bool broken;  /* no goodbye after an error */
    bool stopped; /* the last wait ended because the server stops */
};

/* Why the last call on the stream did not do its work. */
static bool stream_fail(struct tls_stream *s, int result, const char *what, struct err *e)
{
    int failed_with = errno, why = SSL_get_error(s->ssl, result);
    s->broken = true;
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
        ERR_clear_error();
        if (s->stopped)
            return err_set(e, ERR_UNAVAILABLE, "%s: the server stops", what);
        return err_set(e, ERR_TIMEOUT, "%s: no progress in time", what);
    }
    if (why == SSL_ERROR_SYSCALL && failed_with) {
        ERR_clear_error();
        errno = failed_with;
        return err_errno(e, ERR_UNAVAILABLE, "%s", what);
    }
    long verified = SSL_get_verify_result(s->ssl);
    if (verified != X509_V_OK) {
        ERR_clear_error();
        return err_set(e, ERR_UNAUTHENTICATED, "%s: %s", what, X509_verify_cert_error_string(verified));
    }
    return tls_fail(e, ERR_UNAVAILABLE, "%s", what);
}

/* Wait until the socket is ready for what TLS wants next. False when the time is over or it is time to stop. */
static bool ready(struct tls_stream *s, int result, const struct tls_wait *w)
{
    int wants = SSL_get_error(s->ssl, result);
    short events = wants == SSL_ERROR_WANT_READ ? POLLIN : wants == SSL_ERROR_WANT_WRITE ? POLLOUT : 0;
    struct pollfd p[2] = {{.fd = s->fd, .events = events}, {.fd = w ? w->stop_fd : -1, .events = POLLIN}};
    if (!w || !events)
        return false;
    ERR_clear_error();
    for (;;) {
        int64_t left = w->until - clock_monotonic();
        int n = left > 0 ? poll(p, 2, (int)((left + 999) / 1000 < INT32_MAX ? (left + 999) / 1000 : INT32_MAX)) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        s->stopped = p[1].revents != 0;
        return n > 0 && !s->stopped;
    }
}

static struct tls_stream *stream_new(struct tls_context *c, int fd, struct err *e)
{
    struct tls_stream *s = mem_zalloc(sizeof *s);
    s->fd = fd;
    s->ssl = SSL_new(c->ssl);
    if (s->ssl && SSL_set_fd(s->ssl, fd) == 1)
        return s;
    tls_fail(e, ERR_INTERNAL, "start TLS on a connection");
    s->broken = true;
    tls_stream_free(s);
    return NULL;
}

static struct tls_stream *handshake(struct tls_stream *s, int (*step)(SSL *ssl), const struct tls_wait *w,
                                    struct err *e)
{
    int result;
    do {
        errno = 0;
        result = step(s->ssl);
    } while (result != 1 && ready(s, result, w));
    if (result == 1)
        return s;
    stream_fail(s, result, "TLS handshake", e);
    tls_stream_free(s);
    return NULL;
}

struct tls_stream *tls_accept(struct tls_context *c, int fd, const struct tls_wait *w, struct err *e)
{
    struct tls_stream *s = stream_new(c, fd, e);
    return s ? handshake(s, SSL_accept, w, e) : NULL;
}

static bool expect_host(SSL *ssl, const char *host)
{
    unsigned char raw[16];
    if (inet_pton(AF_INET, host, raw) == 1 || inet_pton(AF_INET6, host, raw) == 1)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
    return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

struct tls_stream *tls_connect(struct tls_context *c, int fd, const char *host, const struct tls_wait *w, struct err *e)
{
    struct tls_stream *s = stream_new(c, fd, e);
    if (!s || expect_host(s->ssl, host))
        return s ? handshake(s, SSL_connect, w, e) : NULL;
    tls_fail(e, ERR_INVALID, "the name of the host");
    s->broken = true;
    tls_stream_free(s);
    return NULL;
}

ptrdiff_t tls_read(struct tls_stream *s, void *to, size_t n, const struct tls_wait *w, struct err *e)
{
    size_t got = 0;
    int result;
    do {
        errno = 0;
        result = SSL_read_ex(s->ssl, to, n, &got);
    } while (result != 1 && ready(s, result, w));
    if (result == 1)
        return (ptrdiff_t)got;
    if (SSL_get_error(s->ssl, result) == SSL_ERROR_ZERO_RETURN)
        return 0;
    stream_fail(s, result, "TLS read", e);
    return -1;
}

bool tls_write(struct tls_stream *s, const void *p, size_t n, const struct tls_wait *w, struct err *e)
{
    size_t done = 0;
    int result;
    do {
        errno = 0;
        result = n ? SSL_write_ex(s->ssl, p, n, &done) : 1;
    } while (result != 1 && ready(s, result, w));
    return result == 1 ? true : stream_fail(s, result, "TLS write", e);
}

bool tls_pending(const struct tls_stream *s)
{
    return SSL_has_pending(s->ssl) == 1;
}

/* ---- who the peer is ---- */

/* Names that hold a line end or a NUL byte would lie about where they end: they are passed over. */
static void put_name(struct buf *b, const ASN1_IA5STRING *name)
{
    struct str s = {(const char *)ASN1_STRING_get0_data(name), (size_t)ASN1_STRING_length(name)};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= 0x20 || s.p[i] > 0x7e)
            return;
    buf_puts(b, "dns:");
    buf_str(b, s);
    buf_putc(b, '\n');
}

static void put_names(const X509 *x, struct buf *b)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *one = sk_GENERAL_NAME_value(names, i);
        if (one->type == GEN_DNS)
            put_name(b, one->d.dNSName);
    }
    GENERAL_NAMES_free(names);
}

static bool put_subject(const X509 *x, char *ret_text, size_t size)
{
    BIO *memory = BIO_new(BIO_s_mem());
    int n = memory && X509_NAME_print_ex(memory, X509_get_subject_name(x), 0, XN_FLAG_RFC2253) >= 0
                ? BIO_read(memory, ret_text, (int)size - 1)
                : 0;
    bool whole = !memory || BIO_pending(memory) == 0;
    ret_text[n > 0 ? n : 0] = '\0';
    BIO_free(memory);
    return whole;
}

static bool read_peer(const X509 *x, struct tls_peer *p, struct err *e)
{
    CLEANUP(buf_release) struct buf names;
    unsigned char hash[TLS_SHA256];
    unsigned n = 0;
    buf_init(&names, sizeof p->names - 1);
    if (X509_digest(x, EVP_sha256(), hash, &n) != 1)
        return tls_fail(e, ERR_INTERNAL, "hash the peer's certificate");
    for (size_t i = 0; i < TLS_SHA256; i++)
        snprintf(p->fingerprint + 2 * i, 3, "%02x", hash[i]);
    put_names(x, &names);
    if (!buf_ok(&names, e) || !put_subject(x, p->subject, sizeof p->subject))
        return err_set(e, ERR_TOO_LARGE, "the peer's certificate has more names than are looked at here");
    return str_copy(p->names, sizeof p->names, buf_view(&names));
}

bool tls_peer_read(struct tls_stream *s, struct tls_peer *ret_peer, struct err *e)
{
    struct tls_peer p = {.subject = ""};
    X509 *x = SSL_get1_peer_certificate(s->ssl);
    bool ok = x ? read_peer(x, &p, e) : err_set(e, ERR_NOT_FOUND, "the peer showed no certificate");
    X509_free(x);
    if (ok)
        *ret_peer = p;
    return ok;
}

bool tls_peer_parse(struct str der, struct tls_peer *ret_peer, struct err *e)
{
    struct tls_peer p = {.subject = ""};
    const unsigned char *at = (const unsigned char *)der.p;
    X509 *x = d2i_X509(NULL, &at, (long)der.n);
    bool ok = x ? read_peer(x, &p, e) : tls_fail(e, ERR_INVALID, "read a certificate");
    X509_free(x);
    if (ok)
        *ret_peer = p;
    return ok;
}

bool tls_peer_fingerprint(struct tls_stream *s, unsigned char ret[TLS_SHA256], struct err *e)
{
    X509 *x = SSL_get1_peer_certificate(s->ssl);
    if (!x)
        return err_set(e, ERR_NOT_FOUND, "the peer showed no certificate");
    unsigned n = 0;
    bool ok = X509_digest(x, EVP_sha256(), ret, &n) == 1;
    X509_free(x);
    return ok ? true : tls_fail(e, ERR_INTERNAL, "hash the peer's certificate");
}

void tls_stream_free(struct tls_stream *s)
{
    if (!s)
        return;
    if (s->ssl && !s->broken)
        SSL_shutdown(s->ssl);
    SSL_free(s->ssl);
    ERR_clear_error();
    mem_free(s);
}
