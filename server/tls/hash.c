/* SHA-256 and HMAC. The algorithm is fetched once: OpenSSL 3 otherwise searches its providers on every call.
 */
#include "tls/tls.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static EVP_MD *sha256;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fetch(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

/* A machine without SHA-256 or without memory cannot keep any of this server's promises. */
static void must(int ok)
{
    if (ok == 1)
        return;
    fputs("isocentre: SHA-256 is not available\n", stderr);
    abort();
}

static const EVP_MD *digest(void)
{
    pthread_once(&once, fetch);
    must(sha256 != NULL);
    return sha256;
}

void tls_sha256(const void *p, size_t n, unsigned char ret[TLS_SHA256])
{
    must(EVP_Digest(p ? p : "", n, ret, NULL, digest(), NULL));
}

void tls_sha256_init(struct tls_sha256_stream *s)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    must(ctx && EVP_DigestInit_ex2(ctx, digest(), NULL));
    s->inner = ctx;
}

void tls_sha256_update(struct tls_sha256_stream *s, const void *p, size_t n)
{
    must(EVP_DigestUpdate(s->inner, p, n));
}

void tls_sha256_final(struct tls_sha256_stream *s, unsigned char ret[TLS_SHA256])
{
    must(EVP_DigestFinal_ex(s->inner, ret, NULL));
    tls_sha256_release(s);
}

void tls_sha256_release(struct tls_sha256_stream *s)
{
    EVP_MD_CTX_free(s->inner);
    s->inner = NULL;
}

void tls_hmac(struct str key, struct str text, unsigned char ret[TLS_SHA256])
{
    unsigned n = 0;
    must(HMAC(digest(), key.n ? key.p : "", (int)key.n, (const unsigned char *)(text.n ? text.p : ""), text.n,
              ret, &n) != NULL);
}

bool tls_equal(const void *a, const void *b, size_t n)
{
    return CRYPTO_memcmp(a, b, n) == 0;
}

void tls_sha1(struct str text, unsigned char ret[20])
{
    must(EVP_Digest(text.p, text.n, ret, NULL, EVP_sha1(), NULL));
}
