#include "unit.h"

#include "tls/tls.h"

#include <string.h>

static const struct {
    const char *host;
    bool taken;
} hosts[] = {
    {"isocentre.example.org", true},
    {"192.0.2.7", true},
    {"2001:db8::7", true},
    {"localhost", true},
    {"", false},
    {"a,DNS:evil.example.org", false}, /* would add a second name */
    {"a b", false},
    {"a\n", false},
    {"*.example.org", false},
    {"a123456789a123456789a123456789a123456789a123456789a123456789abcde",
     false}, /* over 64: no common name */
};

static void test_hosts(void)
{
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        struct err e = {0};
        CLEANUP(buf_release) struct buf certificate;
        CLEANUP(buf_release) struct buf key;
        buf_init(&certificate, 8192);
        buf_init(&key, 8192);
        CU_ASSERT_EQUAL(tls_certificate_new(hosts[i].host, 30, &certificate, &key, &e), hosts[i].taken);
        CU_ASSERT_EQUAL(e.code, hosts[i].taken ? ERR_NONE : ERR_INVALID);
        if (!hosts[i].taken)
            continue;
        CU_ASSERT_TRUE(str_starts(buf_view(&certificate), "-----BEGIN CERTIFICATE-----"));
        CU_ASSERT_TRUE(str_starts(buf_view(&key), "-----BEGIN PRIVATE KEY-----"));
    }
}

static void test_ceiling(void)
{
    struct err e = {0};
    CLEANUP(buf_release) struct buf certificate;
    CLEANUP(buf_release) struct buf key;
    buf_init(&certificate, 100);
    buf_init(&key, 8192);
    CU_ASSERT_FALSE(tls_certificate_new("localhost", 30, &certificate, &key, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
}

static const struct unit_case cases[] = {
    {"hosts a certificate is made for", test_hosts},
    {"a buffer too small", test_ceiling},
};
UNIT_MAIN("tls/certificate", cases)
