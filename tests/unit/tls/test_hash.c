#include "unit.h"

#include "base/codec.h"
#include "tls/tls.h"

#include <stdlib.h>
#include <string.h>

static void expect_hex(const unsigned char *p, size_t n, const char *expected)
{
    CLEANUP(buf_release) struct buf text;
    buf_init(&text, 1024);
    hex_put(&text, p, n);
    CU_ASSERT_STRING_EQUAL(text.p, expected);
}

/* FIPS 180-4 examples */
static const struct {
    const char *text, *hash;
} sha256_cases[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void test_sha256(void)
{
    for (size_t i = 0; i < sizeof sha256_cases / sizeof sha256_cases[0]; i++) {
        unsigned char hash[TLS_SHA256];
        tls_sha256(sha256_cases[i].text, strlen(sha256_cases[i].text), hash);
        expect_hex(hash, sizeof hash, sha256_cases[i].hash);
    }
    unsigned char hash[TLS_SHA256];
    tls_sha256(NULL, 0, hash);
    expect_hex(hash, sizeof hash, sha256_cases[0].hash);
}

static void test_stream(void)
{
    char piece[997];
    unsigned char hash[TLS_SHA256];
    struct tls_sha256_stream s;
    memset(piece, 'a', sizeof piece);
    tls_sha256_init(&s);
    size_t left = 1000000;
    while (left) {
        size_t n = left < sizeof piece ? left : sizeof piece;
        tls_sha256_update(&s, piece, n);
        left -= n;
    }
    tls_sha256_final(&s, hash);
    expect_hex(hash, sizeof hash, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    tls_sha256_release(&s); /* allowed after final */
    tls_sha256_init(&s);
    tls_sha256_update(&s, "abc", 3);
    tls_sha256_release(&s); /* given up: nothing leaks */
}

/* RFC 4231 §4.2, §4.3, §4.7 */
static void test_hmac(void)
{
    char key[131];
    unsigned char mac[TLS_SHA256];
    memset(key, 0x0b, 20);
    tls_hmac((struct str){key, 20}, STR("Hi There"), mac);
    expect_hex(mac, sizeof mac, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    tls_hmac(STR("Jefe"), STR("what do ya want for nothing?"), mac);
    expect_hex(mac, sizeof mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    tls_hmac((struct str){key, sizeof key}, STR("Test Using Larger Than Block-Size Key - Hash Key First"),
             mac);
    expect_hex(mac, sizeof mac, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void test_equal(void)
{
    unsigned char a[32], b[32];
    memset(a, 7, sizeof a);
    memcpy(b, a, sizeof b);
    CU_ASSERT_TRUE(tls_equal(a, b, sizeof a));
    for (size_t i = 0; i < sizeof b; i++) {
        b[i] ^= 1;
        CU_ASSERT_FALSE(tls_equal(a, b, sizeof a));
        b[i] ^= 1;
    }
    CU_ASSERT_TRUE(tls_equal(a, b, 0));
}

static const struct unit_case cases[] = {
    {"SHA-256 of known texts", test_sha256},
    {"SHA-256 piece by piece", test_stream},
    {"HMAC of known texts", test_hmac},
    {"constant-time comparison", test_equal},
};
UNIT_MAIN("tls/hash", cases)
