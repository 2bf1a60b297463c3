#include "unit.h"

#include "tls/tls.h"

#include <string.h>

enum { MANY = 2000 };

static void test_id(void)
{
    static char ids[MANY][44];
    for (int i = 0; i < MANY; i++) {
        memset(ids[i], '!', sizeof ids[i]);
        CU_ASSERT_TRUE(tls_random_id(ids[i], NULL));
        CU_ASSERT_EQUAL(strlen(ids[i]), 43);
        CU_ASSERT_EQUAL(strspn(ids[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                        43);
    }
    /* every place but the last (4 bits) must take many values: a shifted or repeated bit would show here */
    for (int place = 0; place < 43; place++) {
        bool seen[128] = {false};
        int kinds = 0;
        for (int i = 0; i < MANY; i++) {
            kinds += !seen[(int)ids[i][place]];
            seen[(int)ids[i][place]] = true;
        }
        CU_ASSERT_EQUAL(kinds, place < 42 ? 64 : 16);
    }
}

static void test_hex(void)
{
    char a[65], b[65];
    memset(a, '!', sizeof a);
    CU_ASSERT_TRUE(tls_random_hex(a, 32, NULL) && tls_random_hex(b, 32, NULL));
    CU_ASSERT_EQUAL(strlen(a), 64);
    CU_ASSERT_EQUAL(strspn(a, "0123456789abcdef"), 64);
    CU_ASSERT_STRING_NOT_EQUAL(a, b);
    CU_ASSERT_TRUE(tls_random_hex(a, 0, NULL));
    CU_ASSERT_STRING_EQUAL(a, "");
    for (int place = 0; place < 6; place++) { /* the in-place spelling keeps both halves of every byte */
        bool seen[128] = {false};
        int kinds = 0;
        for (int i = 0; i < MANY; i++) {
            char text[7];
            CU_ASSERT_TRUE(tls_random_hex(text, 3, NULL));
            kinds += !seen[(int)text[place]];
            seen[(int)text[place]] = true;
        }
        CU_ASSERT_EQUAL(kinds, 16);
    }
}

static void test_uuid(void)
{
    char a[TLS_UUID_TEXT], b[TLS_UUID_TEXT];
    CU_ASSERT_TRUE(tls_uuid(a, NULL) && tls_uuid(b, NULL));
    CU_ASSERT_EQUAL(strlen(a), 36);
    CU_ASSERT_TRUE(a[8] == '-' && a[13] == '-' && a[18] == '-' && a[23] == '-');
    CU_ASSERT_EQUAL(a[14], '4');
    CU_ASSERT_PTR_NOT_NULL(strchr("89ab", a[19]));
    CU_ASSERT_STRING_NOT_EQUAL(a, b);
}

static void test_named(void)
{
    unsigned char a[16], b[16];
    tls_uuid_named(STR("study"), STR("ACC-1"), a);
    tls_uuid_named(STR("study"), STR("ACC-1"), b);
    CU_ASSERT_EQUAL(memcmp(a, b, 16), 0);
    CU_ASSERT_EQUAL(a[6] >> 4, 8);
    CU_ASSERT_EQUAL(a[8] >> 6, 2);
    tls_uuid_named(STR("study"), STR("ACC-2"), b);
    CU_ASSERT_NOT_EQUAL(memcmp(a, b, 16), 0);
    tls_uuid_named(STR("studyA"), STR("CC-1"), b); /* the border between the two counts */
    CU_ASSERT_NOT_EQUAL(memcmp(a, b, 16), 0);
    tls_uuid_named(STR_NONE, STR_NONE, b);
}

static const struct {
    unsigned char uuid[16];
    const char *text, *decimal;
} shown[] = {
    {{0}, "00000000-0000-0000-0000-000000000000", "0"},
    {{[15] = 9}, "00000000-0000-0000-0000-000000000009", "9"},
    {{[14] = 1}, "00000000-0000-0000-0000-000000000100", "256"},
    {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
     "ffffffff-ffff-ffff-ffff-ffffffffffff",
     "340282366920938463463374607431768211455"},
    /* the example of ITU-T X.667 §6.3 and RFC 9562's predecessors */
    {{0xf8, 0x1d, 0x4f, 0xae, 0x7d, 0xec, 0x11, 0xd0, 0xa7, 0x65, 0x00, 0xa0, 0xc9, 0x1e, 0x6b, 0xf6},
     "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
     "329800735698586629295641978511506172918"},
};

static void test_shown(void)
{
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        char text[TLS_UUID_TEXT], decimal[TLS_UUID_DECIMAL];
        tls_uuid_text(shown[i].uuid, text);
        tls_uuid_decimal(shown[i].uuid, decimal);
        CU_ASSERT_STRING_EQUAL(text, shown[i].text);
        CU_ASSERT_STRING_EQUAL(decimal, shown[i].decimal);
    }
}

static const struct unit_case cases[] = {
    {"random ids", test_id},
    {"random hexadecimal", test_hex},
    {"random UUIDs", test_uuid},
    {"named UUIDs", test_named},
    {"UUIDs as text and as number", test_shown},
};
UNIT_MAIN("tls/random", cases)
