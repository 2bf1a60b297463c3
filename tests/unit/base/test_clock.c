#include "base/clock.h"

#include "unit.h"

struct range {
    const char *text;
    bool ok;
    const char *from, *to; /* as clock_text */
};

static void ranges(void)
{
    static const struct range cases[] = {
        {"2026", true, "2026-01-01T00:00:00.000000Z", "2027-01-01T00:00:00.000000Z"},
        {"2026-12", true, "2026-12-01T00:00:00.000000Z", "2027-01-01T00:00:00.000000Z"},
        {"2024-02-29", true, "2024-02-29T00:00:00.000000Z", "2024-03-01T00:00:00.000000Z"},
        {"2026-11-24T10:30:00+02:00", true, "2026-11-24T08:30:00.000000Z", "2026-11-24T08:30:01.000000Z"},
        {"2026-11-24T10:30Z", true, "2026-11-24T10:30:00.000000Z", "2026-11-24T10:31:00.000000Z"},
        {"2026-11-24T10:30:00.123Z", true, "2026-11-24T10:30:00.123000Z", "2026-11-24T10:30:00.124000Z"},
        {"0226-02-01", true, "0226-02-01T00:00:00.000000Z", "0226-02-02T00:00:00.000000Z"},
        {"2026-02-30", false, "", ""},
        {"2026-13", false, "", ""},
        {"202", false, "", ""},
        {"2026-11-24T", false, "", ""},
        {"2026-11-24T10:30:00+2", false, "", ""},
        {"2026-11-24 10:30", false, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        clock_us from, to;
        char text[CLOCK_TEXT];
        bool ok = clock_range(str_of(cases[i].text), &from, &to);
        CU_ASSERT_EQUAL(ok, cases[i].ok);
        if (!ok || !cases[i].ok)
            continue;
        clock_text(from, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].from);
        clock_text(to, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].to);
    }
}

static void site(void)
{
    struct err e;
    struct clock_date d;
    clock_us from, to;
    char text[CLOCK_TEXT];
    err_clear(&e);
    CU_ASSERT_FALSE(clock_set_site("Nowhere/At_All", &e));
    CU_ASSERT_FALSE(clock_set_site("../etc/passwd", &e));
    CU_ASSERT(clock_set_site("Africa/Johannesburg", &e));
    CU_ASSERT(clock_range(STR("2026-11-24T10:30:00"), &from, &to));
    clock_text(from, text);
    CU_ASSERT_STRING_EQUAL(text, "2026-11-24T08:30:00.000000Z");
    clock_site_date(from, &d);
    CU_ASSERT_EQUAL(d.hour, 10);
    CU_ASSERT_EQUAL(d.offset_minutes, 120);
    CU_ASSERT_EQUAL(clock_of(&d), from);
    clock_site_text(from, text);
    CU_ASSERT_STRING_EQUAL(text, "2026-11-24T10:30:00.000+02:00");
    CU_ASSERT(clock_set_site("UTC", &e));
}

static const struct unit_case cases[] = {{"dates and times as ranges", ranges}, {"the site's zone", site}};
UNIT_MAIN("base clock", cases)
