#include <stdio.h>

#include "domain/house.h"
#include "fhir/search/search.h"

static struct arena arena;

static void test_next(void)
{
    static const struct {
        const char *text, *parts[5];
    } rows[] = {
        {"a,b", {"a", "b"}}, {"a\\,b", {"a\\,b"}}, {"a\\\\,b", {"a\\\\", "b"}}, {"", {""}}, {"a,,b", {"a", "", "b"}},
        {"a\\", {"a\\"}},    {",", {"", ""}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str rest = str_of(rows[i].text), one;
        int n = 0;
        while (value_next(&rest, ',', &one)) {
            CU_ASSERT_PTR_NOT_NULL_FATAL(rows[i].parts[n]);
            TEST_STR(one, rows[i].parts[n]);
            n++;
        }
        CU_ASSERT_PTR_NULL(rows[i].parts[n]);
    }
}

static void test_plain(void)
{
    TEST_STR(value_plain(&arena, STR("a\\,b\\|c\\$d\\\\e")), "a,b|c$d\\e");
    TEST_STR(value_plain(&arena, STR("plain")), "plain");
    TEST_STR(value_plain(&arena, STR("end\\")), "end\\");
}

static void test_prefix(void)
{
    static const struct {
        const char *text;
        enum prefix prefix;
        const char *rest;
    } rows[] = {
        {"2024", PREFIX_EQ, "2024"}, {"eq2024", PREFIX_EQ, "2024"}, {"ne1", PREFIX_NE, "1"},   {"gt1", PREFIX_GT, "1"},
        {"lt1", PREFIX_LT, "1"},     {"ge1", PREFIX_GE, "1"},       {"le1", PREFIX_LE, "1"},   {"sa1", PREFIX_SA, "1"},
        {"eb1", PREFIX_EB, "1"},     {"ap1", PREFIX_AP, "1"},       {"zz1", PREFIX_EQ, "zz1"}, {"gt", PREFIX_EQ, "gt"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str s = str_of(rows[i].text);
        CU_ASSERT_EQUAL(value_prefix(&s), rows[i].prefix);
        TEST_STR(s, rows[i].rest);
    }
}

static void test_number(void)
{
    static const struct {
        const char *text, *half; /* NULL: refused */
    } rows[] = {
        {"100", "0.5e0"},
        {"100.00", "0.5e-2"},
        {"-5.4", "0.5e-1"},
        {"1e2", "0.5e2"},
        {"1.50e-3", "0.5e-5"},
        {"", NULL},
        {"1.", NULL},
        {".5", NULL},
        {"1e", NULL},
        {"1e401", NULL},
        {"abc", NULL},
        {"1 2", NULL},
        {"--1", NULL},
        {"0x10", NULL},
        {"NaN", NULL},
        {"1e9999999999999999999", NULL},
        {"99999999999999999999999999999999999999999", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str number, half;
        bool ok = value_number(&arena, str_of(rows[i].text), &number, &half);
        if (ok != (rows[i].half != NULL))
            printf("'%s'\n", rows[i].text);
        CU_ASSERT_EQUAL(ok, rows[i].half != NULL);
        if (ok && rows[i].half)
            TEST_STR(half, rows[i].half);
    }
}

static const struct unit_case cases[] = {
    {"parts of a list", test_next},
    {"escapes", test_plain},
    {"prefixes", test_prefix},
    {"numbers and their precision", test_number},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("fhir/search/value", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
