/* TLS contexts: whose certificate is shown, whose is believed, and what is too weak to be spoken. */
#include "tls/tls_priv.h"

#include <openssl/ssl.h>

static const char ciphers_1_2[] = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM";

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
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | (c->server && !c->optional ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), NULL);
    if (!c->ca)
        return SSL_CTX_set_default_verify_paths(ssl) == 1 ? true : tls_fail(e, ERR_INTERNAL, "the system's CAs");
    if (SSL_CTX_load_verify_locations(ssl, c->ca, NULL) != 1)
        return tls_fail(e, ERR_INVALID, "CA file '%s'", c->ca);
    if (c->server)
        SSL_CTX_set_client_CA_list(ssl, SSL_load_client_CA_file(c->ca));
    return true;
}

static bool set_floor(SSL_CTX *ssl)
{
    SSL_CTX_set_options(ssl, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(ssl, SSL_MODE_AUTO_RETRY | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_id_context(ssl, (const unsigned char *)"isocentre", 9);
    return SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 && SSL_CTX_set_cipher_list(ssl, ciphers_1_2) == 1;
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
