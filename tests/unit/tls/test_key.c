#include "unit.h"

#include "base/codec.h"
#include "tls/tls.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/isocentre-key-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const void *p, size_t n, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
    CU_ASSERT_FATAL(fd >= 0 && write(fd, p, n) == (ssize_t)n && fchmod(fd, mode) == 0);
    close(fd);
}

/* A PKCS #8 PEM file around a raw seed (RFC 8410 §7). */
static void write_seed(const char *path, const char *seed_hex)
{
    unsigned char der[48];
    hex_decode(STR("302e020100300506032b657004220420"), der, 16, NULL);
    CU_ASSERT_TRUE_FATAL(hex_decode(str_of(seed_hex), der + 16, 32, NULL));
    CLEANUP(buf_release) struct buf pem;
    buf_init(&pem, 4096);
    buf_puts(&pem, "-----BEGIN PRIVATE KEY-----\n");
    base64_put(&pem, (struct str){(const char *)der, sizeof der});
    buf_puts(&pem, "\n-----END PRIVATE KEY-----\n");
    write_file(path, pem.p, pem.n, 0600);
}

/* RFC 8032 §7.1, tests 1 to 3 */
static const struct {
    const char *seed, *public_key, *message, *signature;
} vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f"
     "0595bbe2"
     "4655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2ea"
     "eb4302ae"
     "eb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e"
     "9716ed28"
     "dc027beceea1ec40a"},
};

static void check_vector(size_t i)
{
    unsigned char raw[32], expected[32], message[2], signature[64], made[64];
    size_t n = strlen(vectors[i].message) / 2;
    struct str text = {(const char *)message, n};
    hex_decode(str_of(vectors[i].message), message, n, NULL);
    CU_ASSERT_TRUE_FATAL(hex_decode(str_of(vectors[i].signature), signature, 64, NULL));
    CU_ASSERT_TRUE_FATAL(hex_decode(str_of(vectors[i].public_key), expected, 32, NULL));
    write_seed(in_folder("seed"), vectors[i].seed);
    struct tls_key *k = tls_key_load_private(in_folder("seed"), NULL),
                   *p = tls_key_from_public(expected, NULL);
    CU_ASSERT_TRUE_FATAL(k && p);
    CU_ASSERT_TRUE(tls_key_public(k, raw, NULL));
    CU_ASSERT_EQUAL(memcmp(raw, expected, 32), 0);
    CU_ASSERT_TRUE(tls_sign(k, text, made, NULL));
    CU_ASSERT_EQUAL(memcmp(made, signature, 64), 0);
    CU_ASSERT_TRUE(tls_verify(p, text, signature));
    signature[i] ^= 1;
    CU_ASSERT_FALSE(tls_verify(p, text, signature));
    tls_key_free(k);
    tls_key_free(p);
}

static void test_vectors(void)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        check_vector(i);
}

static void test_generate(void)
{
    struct err e = {0};
    struct stat st;
    unsigned char signature[64];
    struct tls_key *k = tls_key_generate(in_folder("new"), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(k);
    CU_ASSERT_TRUE(stat(in_folder("new"), &st) == 0 && (st.st_mode & 07777) == 0600);
    CU_ASSERT_TRUE(tls_sign(k, STR("checkpoint"), signature, &e));
    CU_ASSERT_PTR_NULL(tls_key_generate(in_folder("new"), &e)); /* never over an old key */
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    struct tls_key *again = tls_key_load_private(in_folder("new"), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    CU_ASSERT_TRUE(tls_verify(again, STR("checkpoint"), signature));
    CU_ASSERT_FALSE(tls_verify(again, STR("checkpoint "), signature));
    CLEANUP(buf_release) struct buf pem;
    buf_init(&pem, 4096);
    CU_ASSERT_TRUE(tls_key_public_pem(k, &pem, &e));
    write_file(in_folder("public"), pem.p, pem.n, 0644);
    struct tls_key *p = tls_key_load_public(in_folder("public"), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT_TRUE(tls_verify(p, STR("checkpoint"), signature));
    CU_ASSERT_FALSE(tls_sign(p, STR("checkpoint"), signature, &e)); /* a public key cannot */
    tls_key_free(k);
    tls_key_free(again);
    tls_key_free(p);
}

static void test_refused(void)
{
    static const char rubbish[] = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    struct err e = {0};
    CU_ASSERT_PTR_NULL(tls_key_load_private(in_folder("missing"), &e));
    CU_ASSERT_EQUAL(e.code, ERR_NOT_FOUND);
    write_file(in_folder("rubbish"), rubbish, sizeof rubbish - 1, 0600);
    CU_ASSERT_PTR_NULL(tls_key_load_private(in_folder("rubbish"), &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    write_seed(in_folder("open"), vectors[0].seed);
    CU_ASSERT_EQUAL_FATAL(chmod(in_folder("open"), 0644), 0);
    CU_ASSERT_PTR_NULL(tls_key_load_private(in_folder("open"), &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "open to every user"));
    CU_ASSERT_PTR_NULL(
        tls_key_load_public(in_folder("seed"), &e)); /* a private key where a public one belongs */
    CU_ASSERT_PTR_NULL(tls_key_load_private("/dev/zero", &e));
    /* another kind of key */
    CLEANUP(buf_release) struct buf certificate;
    CLEANUP(buf_release) struct buf key;
    buf_init(&certificate, 8192);
    buf_init(&key, 8192);
    CU_ASSERT_TRUE_FATAL(tls_certificate_new("localhost", 1, &certificate, &key, &e));
    write_file(in_folder("ec"), key.p, key.n, 0600);
    CU_ASSERT_PTR_NULL(tls_key_load_private(in_folder("ec"), &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "no Ed25519 private key"));
    tls_key_free(NULL);
}

static void test_folder_away(void)
{
    static const char *const names[] = {"seed", "new", "public", "rubbish", "open", "ec"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(in_folder(names[i]));
    struct err e = {0};
    CU_ASSERT_EQUAL(rmdir(folder), 0);                          /* no temporary file was left behind */
    CU_ASSERT_PTR_NULL(tls_key_generate(in_folder("new"), &e)); /* nowhere to write to */
    CU_ASSERT_EQUAL(e.code, ERR_INTERNAL);
}

static void test_folder(void)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
}

static const struct unit_case cases[] = {
    {"a folder to work in", test_folder},
    {"Ed25519 of RFC 8032", test_vectors},
    {"generate, load, sign, verify", test_generate},
    {"files that are refused", test_refused},
    {"the folder goes", test_folder_away},
};
UNIT_MAIN("tls/key", cases)
