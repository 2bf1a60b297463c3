#include "dicom/shim/range.h"
#include "unit.h"

static struct arena arena;

static const struct {
    enum range_kind kind;
    const char *text, *from, *to; /* from NULL: refused */
} ranges[] = {
    {RANGE_DATE, "20261124", "20261124", "20261124"},
    {RANGE_DATE, "20261124-20261130", "20261124", "20261130"},
    {RANGE_DATE, "20261124-", "20261124", ""},
    {RANGE_DATE, "-20261124", "", "20261124"},
    {RANGE_DATE, " 20261124 - 20261130 ", "20261124", "20261130"},
    {RANGE_DATE, "2026.11.24", "20261124", "20261124"},
    {RANGE_DATE, "", "", ""},
    {RANGE_DATE, "*", "", ""},
    {RANGE_DATE, "-", NULL, NULL},
    {RANGE_DATE, "2026", NULL, NULL},
    {RANGE_DATE, "20261124-2026", NULL, NULL},
    {RANGE_DATE, "2026112x", NULL, NULL},
    {RANGE_DATE, "20261124-20261125-20261126", NULL, NULL},
    {RANGE_DATE, "202611*", NULL, NULL},
    {RANGE_TIME, "10", "10", "10"},
    {RANGE_TIME, "1015-1030", "1015", "1030"},
    {RANGE_TIME, "101500.25-", "101500.25", ""},
    {RANGE_TIME, "10:15:00", "101500", "101500"},
    {RANGE_TIME, "1", NULL, NULL},
    {RANGE_TIME, "101", NULL, NULL},
    {RANGE_TIME, "101500.", NULL, NULL},
    {RANGE_TIME, "101500.1234567", NULL, NULL},
    {RANGE_TIME, "ten", NULL, NULL},
};

static void test_ranges(void)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        struct str ends[2] = {STR_NONE, STR_NONE};
        struct err e;
        err_clear(&e);
        bool ok = dicom_range(ranges[i].kind, str_of(ranges[i].text), &arena, ends, &e);
        if (ok != (ranges[i].from != NULL))
            printf("'%s' %s\n", ranges[i].text, ok ? "is taken" : "is refused");
        CU_ASSERT_EQUAL(ok, ranges[i].from != NULL);
        if (ok && ranges[i].from) {
            CU_ASSERT(str_is(ends[0], ranges[i].from));
            CU_ASSERT(str_is(ends[1], ranges[i].to));
        } else {
            CU_ASSERT_EQUAL(e.code, ERR_INVALID);
            CU_ASSERT_PTR_NULL(strstr(e.text, ranges[i].text));
        }
    }
}

static void test_time_end(void)
{
    static const struct {
        const char *time, *end;
    } cases[] = {{"", ""}, {"10", "105959.999999"}, {"1015", "101559.999999"}, {"101500", "101500.999999"},
                 {"101500.2", "101500.299999"}, {"101500.123456", "101500.123456"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CU_ASSERT(str_is(dicom_time_end(str_of(cases[i].time), &arena), cases[i].end));
}

static const struct unit_case cases[] = {
    {"dates and times, single and as ranges", test_ranges},
    {"the last moment of a cut time", test_time_end},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("dicom/shim/range", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
