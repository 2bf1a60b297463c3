/* A self-signed certificate for a first start, until the site brings its own. */
#include "tls/tls_priv.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

/* Only what a host name or address is made of: the text goes into OpenSSL's extension syntax. */
static bool is_host(const char *host)
{
    size_t n = strlen(host);
    return n > 0 && n <= 64 &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") == n;
}

static bool is_address(const char *host)
{
    unsigned char raw[16];
    return inet_pton(AF_INET, host, raw) == 1 || inet_pton(AF_INET6, host, raw) == 1;
}

static bool add_extension(X509 *x, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, x, x, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    bool ok = extension && X509_add_ext(x, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

static bool set_serial(X509 *x)
{
    unsigned char serial[16];
    if (!tls_random(serial, sizeof serial, NULL))
        return false;
    serial[0] &= 0x7f; /* positive (RFC 5280 §4.1.2.2) */
    BIGNUM *number = BN_bin2bn(serial, sizeof serial, NULL);
    bool ok = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x));
    BN_free(number);
    return ok;
}

static bool set_names(X509 *x, const char *host)
{
    char names[200];
    snprintf(names, sizeof names, "%s:%s,DNS:localhost,IP:127.0.0.1,IP:::1", is_address(host) ? "IP" : "DNS",
             host);
    X509_NAME *subject = X509_get_subject_name(x);
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)host, -1, -1, 0) ==
               1 &&
           X509_set_issuer_name(x, subject) == 1 && add_extension(x, NID_subject_alt_name, names);
}

static bool fill(X509 *x, EVP_PKEY *pkey, const char *host, int days)
{
    return X509_set_version(x, X509_VERSION_3) == 1 && set_serial(x) &&
           X509_gmtime_adj(X509_getm_notBefore(x), -300) && /* clocks differ a little */
           X509_time_adj_ex(X509_getm_notAfter(x), days, 0, NULL) && X509_set_pubkey(x, pkey) == 1 &&
           set_names(x, host) && add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(x, NID_key_usage, "critical,digitalSignature") &&
           add_extension(x, NID_ext_key_usage, "serverAuth,clientAuth") &&
           X509_sign(x, pkey, EVP_sha256()) > 0;
}

static bool put_pem(X509 *x, EVP_PKEY *pkey, struct buf *to)
{
    char *text = NULL;
    BIO *memory = BIO_new(BIO_s_mem());
    bool ok = memory && (x ? PEM_write_bio_X509(memory, x)
                           : PEM_write_bio_PKCS8PrivateKey(memory, pkey, NULL, NULL, 0, NULL, NULL)) == 1;
    long n = ok ? BIO_get_mem_data(memory, &text) : 0;
    if (ok)
        buf_put(to, text, (size_t)n);
    BIO_free(memory);
    return ok;
}

bool tls_certificate_new(const char *host, int days, struct buf *ret_certificate, struct buf *ret_key,
                         struct err *e)
{
    if (!is_host(host))
        return err_set(e, ERR_INVALID, "certificate for '%s': no host name or address", host);
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    X509 *x = X509_new();
    bool ok = pkey && x && fill(x, pkey, host, days) && put_pem(x, NULL, ret_certificate) &&
              put_pem(NULL, pkey, ret_key);
    X509_free(x);
    EVP_PKEY_free(pkey);
    if (!ok)
        return tls_fail(e, ERR_INTERNAL, "make a certificate for '%s'", host);
    return buf_ok(ret_certificate, e) && buf_ok(ret_key, e);
}
