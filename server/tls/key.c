/* Ed25519 keys: made, kept, loaded; signing and checking. */
#include "tls/tls_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PEM_MAX = 64 * 1024 };

struct tls_key {
    EVP_PKEY *pkey;
};

static struct tls_key *wrap(EVP_PKEY *pkey)
{
    struct tls_key *k = mem_zalloc(sizeof *k);
    k->pkey = pkey;
    return k;
}

void tls_key_free(struct tls_key *k)
{
    if (!k)
        return;
    EVP_PKEY_free(k->pkey);
    mem_free(k);
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return fsync(fd) == 0;
}

/* O_EXCL: an existing key is never overwritten, since what it signed could no longer be extended. */
static bool write_new(const char *path, const char *p, size_t n, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_errno(e, errno == EEXIST ? ERR_CONFLICT : ERR_INTERNAL, "create key file '%s'", path);
    bool written = write_all(fd, p, n);
    if (!written)
        err_errno(e, ERR_STORAGE_FULL, "write key file '%s'", path);
    close(fd);
    if (!written)
        unlink(path);
    return written;
}

static bool write_private(EVP_PKEY *pkey, const char *path, struct err *e)
{
    char *text = NULL;
    BIO *memory = BIO_new(BIO_s_secmem());
    bool ok = memory && PEM_write_bio_PKCS8PrivateKey(memory, pkey, NULL, NULL, 0, NULL, NULL) == 1;
    long n = ok ? BIO_get_mem_data(memory, &text) : 0;
    ok = ok ? write_new(path, text, (size_t)n, e) : tls_fail(e, ERR_INTERNAL, "encode key");
    BIO_free(memory);
    return ok;
}

struct tls_key *tls_key_generate(const char *path, struct err *e)
{
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    if (!pkey) {
        tls_fail(e, ERR_INTERNAL, "generate Ed25519 key");
        return NULL;
    }
    if (write_private(pkey, path, e))
        return wrap(pkey);
    EVP_PKEY_free(pkey);
    return NULL;
}

static bool open_pem(const char *path, bool secret, BIO **ret_bio, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_INTERNAL, "open key file '%s'", path);
    bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= PEM_MAX;
    if (!regular || (secret && (st.st_mode & 07))) {
        close(fd);
        return err_set(e, ERR_INVALID,
                       regular ? "key file '%s' is open to every user of the machine"
                               : "key file '%s' is no file of a usual size",
                       path);
    }
    *ret_bio = BIO_new_fd(fd, BIO_CLOSE);
    return *ret_bio ? true : tls_fail(e, ERR_INTERNAL, "read key file '%s'", path);
}

/* No passphrase is ever asked for on a terminal. */
static int no_passphrase(char *to, int n, int writing, void *ctx)
{
    (void)to, (void)n, (void)writing, (void)ctx;
    return -1;
}

static struct tls_key *load(const char *path, bool secret, struct err *e)
{
    BIO *bio = NULL;
    if (!open_pem(path, secret, &bio, e))
        return NULL;
    EVP_PKEY *pkey = secret ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL)
                            : PEM_read_bio_PUBKEY(bio, NULL, no_passphrase, NULL);
    BIO_free(bio);
    if (pkey && EVP_PKEY_is_a(pkey, "ED25519"))
        return wrap(pkey);
    EVP_PKEY_free(pkey);
    tls_fail(e, ERR_INVALID, "key file '%s' holds no Ed25519 %s key", path, secret ? "private" : "public");
    return NULL;
}

struct tls_key *tls_key_load_private(const char *path, struct err *e)
{
    return load(path, true, e);
}

struct tls_key *tls_key_load_public(const char *path, struct err *e)
{
    return load(path, false, e);
}

struct tls_key *tls_key_from_public(const unsigned char raw[TLS_PUBLIC_KEY], struct err *e)
{
    EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, raw, TLS_PUBLIC_KEY);
    if (pkey)
        return wrap(pkey);
    tls_fail(e, ERR_INVALID, "no Ed25519 public key");
    return NULL;
}

bool tls_key_public(const struct tls_key *k, unsigned char ret[TLS_PUBLIC_KEY], struct err *e)
{
    size_t n = TLS_PUBLIC_KEY;
    if (EVP_PKEY_get_raw_public_key(k->pkey, ret, &n) != 1 || n != TLS_PUBLIC_KEY)
        return tls_fail(e, ERR_INTERNAL, "take the public key");
    return true;
}

bool tls_key_public_pem(const struct tls_key *k, struct buf *ret_pem, struct err *e)
{
    char *text = NULL;
    BIO *memory = BIO_new(BIO_s_mem());
    bool ok = memory && PEM_write_bio_PUBKEY(memory, k->pkey) == 1;
    long n = ok ? BIO_get_mem_data(memory, &text) : 0;
    if (ok)
        buf_put(ret_pem, text, (size_t)n);
    BIO_free(memory);
    return ok ? buf_ok(ret_pem, e) : tls_fail(e, ERR_INTERNAL, "encode public key");
}

bool tls_sign(const struct tls_key *k, struct str text, unsigned char ret[TLS_SIGNATURE], struct err *e)
{
    size_t n = TLS_SIGNATURE;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx && EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, k->pkey, NULL) == 1 &&
              EVP_DigestSign(ctx, ret, &n, (const unsigned char *)(text.n ? text.p : ""), text.n) == 1;
    EVP_MD_CTX_free(ctx);
    return ok ? true : tls_fail(e, ERR_INTERNAL, "sign");
}

bool tls_verify(const struct tls_key *k, struct str text, const unsigned char signature[TLS_SIGNATURE])
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx && EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, k->pkey, NULL) == 1 &&
              EVP_DigestVerify(ctx, signature, TLS_SIGNATURE, (const unsigned char *)(text.n ? text.p : ""),
                               text.n) == 1;
    EVP_MD_CTX_free(ctx);
    if (!ok)
        tls_fail(NULL, ERR_INVALID,
                 "verify"); /* empties OpenSSL's queue for whoever comes next on this thread */
    return ok;
}
