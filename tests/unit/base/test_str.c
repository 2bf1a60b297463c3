#include "base/str.h"

#include "unit.h"

static void numbers(void)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } cases[] = {{"0", true, 0},       {"-12", true, -12}, {"+7", true, 7},  {"9223372036854775807", true, INT64_MAX},
                 {"", false, 0},       {"-", false, 0},    {"1a", false, 0}, {"9223372036854775808", false, 0},
                 {"12345678901234567890", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t n = 99;
        CU_ASSERT_EQUAL(str_int(str_of(cases[i].text), &n), cases[i].ok);
        CU_ASSERT_EQUAL(n, cases[i].ok ? cases[i].value : 99);
    }
}

static void parts(void)
{
    struct str rest = STR("a,,b"), part;
    const char *due[] = {"a", "", "b"};
    int n = 0;
    while (str_next(&rest, ',', &part)) {
        CU_ASSERT(n < 3 && str_is(part, due[n]));
        n++;
    }
    CU_ASSERT_EQUAL(n, 3);
    rest = STR("");
    CU_ASSERT(str_next(&rest, ',', &part));
    CU_ASSERT_FALSE(str_next(&rest, ',', &part));
}

static void utf8(void)
{
    const struct {
        struct str bytes;
        bool valid;
    } cases[] = {{STR("Müller 山田"), true}, {STR("\xC3"), false},         {STR("\xC0\xAF"), false},
                 {STR("\xED\xA0\x80"), false}, {STR("\xF4\x90\x80\x80"), false}, {STR("a\0b"), false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CU_ASSERT_EQUAL(str_utf8_valid(cases[i].bytes), cases[i].valid);
    CU_ASSERT_EQUAL(str_utf8_count(STR("Müller 山田")), 9);
    CU_ASSERT(str_is(str_utf8_clip(STR("aü"), 2), "a"));
    CU_ASSERT(str_is(str_utf8_clip(STR("aü"), 3), "aü"));
}

static void copies(void)
{
    char to[4];
    CU_ASSERT(str_copy(to, sizeof to, STR("abc")));
    CU_ASSERT_FALSE(str_copy(to, sizeof to, STR("abcd")));
    CU_ASSERT_STRING_EQUAL(to, "abc");
    CU_ASSERT(str_is(str_trim(STR(" \r\nx y\t")), "x y"));
    CU_ASSERT(str_is_nocase(STR("BaSiC "), "basic "));
    CU_ASSERT(str_cmp(STR("a"), STR("ab")) < 0);
}

static const struct unit_case cases[] = {{"decimal numbers", numbers},
                                         {"parts between separators", parts},
                                         {"UTF-8", utf8},
                                         {"copies, trims, compares", copies}};
UNIT_MAIN("base str", cases)
