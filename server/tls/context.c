/* TLS contexts and connections for MLLP, DICOM and syslog. */
#include "tls/tls_priv.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static const char ciphers_1_2[] = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM";

struct tls_context {
    SSL_CTX *ssl;
    bool server;
};

struct tls_stream {
    SSL *ssl;
    bool broken; /* no goodbye after an error */
};

static bool load_own(SSL_CTX *ssl, const struct tls_context_config *c, struct err *e)
{
    if (!c->certificate)
        return c->server ? err_set(e, ERR_INVALID, "a TLS server needs a certificate") : true;
    if (SSL_CTX_use_certificate_chain_file(ssl, c->certificate) != 1)
        return tls_fail(e, ERR_INVALID, "certificate file '%s'", c->certificate);
    if (!c->key || SSL_CTX_use_PrivateKey_file(ssl, c->key, SSL_FILETYPE_PEM) != 1)
        return tls_fail(e, ERR_INVALID, "key file '%s'", c->key ? c->key : "");
    if (SSL_CTX_check_private_key(ssl) != 1)
        return tls_fail(e, ERR_INVALID, "key file '%s' does not belong to '%s'", c->key, c->certificate);
    return true;
}

static bool load_trust(SSL_CTX *ssl, const struct tls_context_config *c, struct err *e)
{
    if (c->server && !c->ca)
        return true;
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | (c->server ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), NULL);
    if (!c->ca)
        return SSL_CTX_set_default_verify_paths(ssl) == 1 ? true
                                                          : tls_fail(e, ERR_INTERNAL, "the system's CAs");
    if (SSL_CTX_load_verify_locations(ssl, c->ca, NULL) != 1)
        return tls_fail(e, ERR_INVALID, "CA file '%s'", c->ca);
    if (c->server)
        SSL_CTX_set_client_CA_list(ssl, SSL_load_client_CA_file(c->ca));
    return true;
}

static bool set_floor(SSL_CTX *ssl)
{
    SSL_CTX_set_options(ssl,
                        SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(ssl, SSL_MODE_AUTO_RETRY | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_id_context(ssl, (const unsigned char *)"isocentre", 9);
    return SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(ssl, ciphers_1_2) == 1;
}

struct tls_context *tls_context_new(const struct tls_context_config *config, struct err *e)
{
    struct tls_context *c = mem_zalloc(sizeof *c);
    c->server = config->server;
    c->ssl = SSL_CTX_new(config->server ? TLS_server_method() : TLS_client_method());
    if (c->ssl && set_floor(c->ssl)) {
        if (load_own(c->ssl, config, e) && load_trust(c->ssl, config, e))
            return c;
    } else {
        tls_fail(e, ERR_INTERNAL, "set up TLS");
    }
    tls_context_free(c);
    return NULL;
}

void tls_context_free(struct tls_context *c)
{
    if (!c)
        return;
    SSL_CTX_free(c->ssl);
    mem_free(c);
}

/* Why the last call on the stream did not do its work. */
static bool stream_fail(struct tls_stream *s, int result, const char *what, struct err *e)
{
    int failed_with = errno, why = SSL_get_error(s->ssl, result);
    s->broken = true;
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
        ERR_clear_error();
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

static struct tls_stream *stream_new(struct tls_context *c, int fd, struct err *e)
{
    struct tls_stream *s = mem_zalloc(sizeof *s);
    s->ssl = SSL_new(c->ssl);
    if (s->ssl && SSL_set_fd(s->ssl, fd) == 1)
        return s;
    tls_fail(e, ERR_INTERNAL, "start TLS on a connection");
    s->broken = true;
    tls_stream_free(s);
    return NULL;
}

struct tls_stream *tls_accept(struct tls_context *c, int fd, struct err *e)
{
    struct tls_stream *s = stream_new(c, fd, e);
    if (!s)
        return NULL;
    errno = 0;
    int result = SSL_accept(s->ssl);
    if (result == 1)
        return s;
    stream_fail(s, result, "TLS handshake", e);
    tls_stream_free(s);
    return NULL;
}

static bool expect_host(SSL *ssl, const char *host)
{
    unsigned char raw[16];
    if (inet_pton(AF_INET, host, raw) == 1 || inet_pton(AF_INET6, host, raw) == 1)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
    return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

struct tls_stream *tls_connect(struct tls_context *c, int fd, const char *host, struct err *e)
{
    struct tls_stream *s = stream_new(c, fd, e);
    if (!s)
        return NULL;
    errno = 0;
    int result = expect_host(s->ssl, host) ? SSL_connect(s->ssl) : -1;
    if (result == 1)
        return s;
    stream_fail(s, result, "TLS handshake", e);
    tls_stream_free(s);
    return NULL;
}

ptrdiff_t tls_read(struct tls_stream *s, void *to, size_t n, struct err *e)
{
    size_t got = 0;
    errno = 0;
    int result = SSL_read_ex(s->ssl, to, n, &got);
    if (result == 1)
        return (ptrdiff_t)got;
    if (SSL_get_error(s->ssl, result) == SSL_ERROR_ZERO_RETURN)
        return 0;
    stream_fail(s, result, "TLS read", e);
    return -1;
}

bool tls_write(struct tls_stream *s, const void *p, size_t n, struct err *e)
{
    size_t done = 0;
    errno = 0;
    int result = n ? SSL_write_ex(s->ssl, p, n, &done) : 1;
    return result == 1 ? true : stream_fail(s, result, "TLS write", e);
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
