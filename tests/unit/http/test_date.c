#include "unit.h"

#include "base/clock.h"
#include "http/http.h"

static const struct {
    const char *text;
    int64_t seconds; /* -1: no date */
} rows[] = {
    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
    {"Sun Nov  6 08:49:37 1994", 784111777},
    {" Thu, 29 Feb 2024 00:00:00 GMT ", 1709164800},
    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
    {"Sunday, 06-Nov-25 08:49:37 GMT", 1762418977},
    {"", -1},
    {"yesterday", -1},
    {"2024-02-29T00:00:00Z", -1},
    {"Sun, 06 Nov 1994 08:49:37", -1},
    {"Sun, 06 Nov 1994 08:49:37 GMT+1", -1},
    {"Sun, 06 Nov 1994 08:49:37 PST", -1},
    {"Sun, 36 Nov 1994 08:49:37 GMT", -1},
    {"Sun, 06 Xyz 1994 08:49:37 GMT", -1},
    {"Sun, 06 anF 1994 08:49:37 GMT", -1},
    {"Sun, 06 Nov 1994 24:49:37 GMT", -1},
    {"Sun, 06 Nov 1994 08:-9:37 GMT", -1},
    {"Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT", -1},
};

static void test_forms(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        clock_us t = -1000000;
        bool ok = http_date_parse(str_of(rows[i].text), &t);
        if (ok != (rows[i].seconds >= 0) || t / 1000000 != rows[i].seconds)
            printf("'%s': %d %lld\n", rows[i].text, ok, (long long)t);
        CU_ASSERT_EQUAL(ok, rows[i].seconds >= 0);
        CU_ASSERT_EQUAL(t / 1000000, rows[i].seconds);
    }
}

static const struct unit_case cases[] = {{"three forms", test_forms}};
UNIT_MAIN("http/date", cases)
