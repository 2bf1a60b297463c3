#include "dicom/shim/request_priv.h"

#include "craft.h"

static void item(struct buf *b, int type, struct str body)
{
    buf_putc(b, (char)type);
    buf_putc(b, 0);
    craft16(b, BIG, (unsigned)body.n);
    buf_str(b, body);
}

static void context(struct buf *b, int id, int transfer_syntaxes)
{
    CRAFT(body);
    buf_putc(&body, (char)id);
    buf_put(&body, "\0\0\0", 3);
    item(&body, 0x30, STR("1.2.840.10008.1.1"));
    for (int i = 0; i < transfer_syntaxes; i++)
        item(&body, 0x40, STR("1.2.840.10008.1.2"));
    item(b, 0x20, buf_view(&body));
}

static void request(struct buf *b, struct str application, int contexts, int syntaxes, const struct buf *user)
{
    buf_put(b, "\0\1\0\0HUB             SCANNER         ", 36);
    for (int i = 0; i < 32; i++)
        buf_putc(b, '\0');
    item(b, 0x10, application);
    for (int i = 0; i < contexts; i++)
        context(b, 2 * i + 1, syntaxes);
    item(b, 0x50, buf_view(user));
}

static void user_information(struct buf *b)
{
    item(b, 0x51, (struct str){"\0\0\x40\0", 4});
    item(b, 0x52, STR("1.2.3.4"));
    item(b, 0x53, (struct str){"\0\1\0\1", 4});
    item(b, 0x54,
         (struct str){"\0\x05"
                      "1.2.3\1\1",
                      9});
    item(b, 0x55, STR("VERSION"));
    item(b, 0x56,
         (struct str){"\0\x05"
                      "1.2.3\1\1\1",
                      10});
    item(b, 0x58, (struct str){"\2\1\0\3joe\0\6sesame", 15});
    item(b, 0x7f, STR("from the future"));
}

static void test_good(void)
{
    CRAFT(user);
    user_information(&user);
    static const int contexts[] = {1, 2, 128};
    for (int i = 0; i < 3; i++) {
        CRAFT(b);
        struct err e = {0};
        request(&b, STR("1.2.840.10008.3.1.1.1"), contexts[i], 3, &user);
        CU_ASSERT_TRUE(request_check(buf_view(&b), &e));
        for (size_t n = 0; n < b.n && i < 2; n++) /* no shorter one is whole */
            CU_ASSERT_FALSE(request_check(str_sub(buf_view(&b), 0, n), &e));
    }
}

static void test_counts(void)
{
    static const struct {
        int contexts, syntaxes;
    } cases[] = {{0, 1}, {129, 1}, {1, 0}};
    CRAFT(user);
    user_information(&user);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CRAFT(b);
        struct err e = {0};
        request(&b, STR("1.2.840.10008.3.1.1.1"), cases[i].contexts, cases[i].syntaxes, &user);
        CU_ASSERT_FALSE(request_check(buf_view(&b), &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    }
}

static void test_ids(void)
{
    static const int ids[][2] = {{1, 1}, {1, 2}, {0, 3}};
    for (int i = 0; i < 3; i++) {
        CRAFT(b);
        CRAFT(none);
        request(&b, STR("1.2.840.10008.3.1.1.1"), 0, 0, &none);
        CU_ASSERT_FALSE(request_check(buf_view(&b), NULL));
        context(&b, ids[i][0], 1);
        CU_ASSERT_EQUAL(request_check(buf_view(&b), NULL), ids[i][0] == 1);
        context(&b, ids[i][1], 1);
        CU_ASSERT_FALSE(request_check(buf_view(&b), NULL));
    }
}

static void test_titles(void)
{
    static const struct {
        size_t at;
        const char *bytes;
        bool ok;
    } cases[] = {{4, "               ", false},
                 {20, "               ", false},
                 {4, "\0\0\0\0\0\0\0\0", false},
                 {4, "H\nB", false},
                 {22, "\xC4", false},
                 {7, "\0\0\0\0\0\0\0\0\0\0\0\0\0", true}};
    CRAFT(user);
    user_information(&user);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CRAFT(b);
        request(&b, STR("1.2.840.10008.3.1.1.1"), 1, 1, &user);
        size_t n = cases[i].bytes[0] ? strlen(cases[i].bytes) : cases[i].at == 4 ? 8 : 13;
        memcpy(b.p + cases[i].at, cases[i].bytes, n);
        CU_ASSERT_EQUAL(request_check(buf_view(&b), NULL), cases[i].ok);
    }
}

static void test_sub_items(void)
{
    static const struct {
        int type;
        struct str body;
    } cases[] = {{0x51, {"\0\0\x40", 3}},
                 {0x52, {"", 0}},
                 {0x52, {"1.2\x01\xff..3", 8}},
                 {0x53, {"\0\1", 2}},
                 {0x54,
                  {"\0\x09"
                   "1.2.3\1\1",
                   9}},
                 {0x55, {"seventeen letters", 17}},
                 {0x56, {"\xff\xff", 2}},
                 {0x58, {"\2\1\xff\xffjoe\0\0", 9}},
                 {0x58, {"\2\1\0\3joe\0\7sesame", 15}},
                 {0x58, {"\0\1\0\0\0\0", 6}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CRAFT(user);
        CRAFT(b);
        struct err e = {0};
        item(&user, cases[i].type, cases[i].body);
        request(&b, STR("1.2.840.10008.3.1.1.1"), 1, 1, &user);
        CU_ASSERT_FALSE(request_check(buf_view(&b), &e));
    }
    CRAFT(twice);
    CRAFT(b);
    user_information(&twice);
    item(&twice, 0x58, (struct str){"\1\0\0\3joe\0\0", 9});
    request(&b, STR("1.2.840.10008.3.1.1.1"), 1, 1, &twice);
    CU_ASSERT_FALSE(request_check(buf_view(&b), NULL));
}

static void test_length(void)
{
    static const struct {
        const char *head;
        enum err_code code;
    } cases[] = {{"\x01\0\0\0\x01\0", ERR_NONE},        {"\x01\0\0\0\0\x10", ERR_STRUCTURE},
                 {"\x01\0\x7f\0\0\0", ERR_STRUCTURE},   {"\x04\0\0\0\x01\0", ERR_STRUCTURE},
                 {"\x07\0\0\0\0\x04", ERR_UNAVAILABLE}, {"GET / ", ERR_STRUCTURE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        size_t n = 0;
        bool ok = request_length((const unsigned char *)cases[i].head, &n, &e);
        CU_ASSERT_EQUAL(ok, cases[i].code == ERR_NONE);
        CU_ASSERT_EQUAL(e.code, cases[i].code);
        CU_ASSERT_EQUAL(n, ok ? 256 : 0);
    }
}

static const struct unit_case cases[] = {
    {"good, and cut at every byte", test_good},
    {"number of contexts and syntaxes", test_counts},
    {"context ids", test_ids},
    {"titles", test_titles},
    {"malformed sub-items", test_sub_items},
    {"first six bytes", test_length},
};
UNIT_MAIN("dicom/shim/request", cases)
