/* Dates and times: precision, zones, FHIR text both ways, and what is refused. */
#include "hl7/codec/dtm.h"

#include <string.h>

#include "unit.h"

static const struct {
    const char *hl7, *fhir;
    enum hl7_precision precision;
} good[] = {
    {"2026", "2026", HL7_YEAR},
    {"202611", "2026-11", HL7_MONTH},
    {"20261124", "2026-11-24", HL7_DAY},
    {" 20261124 ", "2026-11-24", HL7_DAY},
    {"2026112410", "2026-11-24T10:00:00+01:00", HL7_HOUR},
    {"202611241030", "2026-11-24T10:30:00+01:00", HL7_MINUTE},
    {"202607241030", "2026-07-24T10:30:00+02:00", HL7_MINUTE}, /* summer time of the site */
    {"20261124103059", "2026-11-24T10:30:59+01:00", HL7_SECOND},
    {"20261124103059.5", "2026-11-24T10:30:59.5+01:00", HL7_FRACTION},
    {"20261124103059.0123", "2026-11-24T10:30:59.0123+01:00", HL7_FRACTION},
    {"202611241030+0000", "2026-11-24T10:30:00+00:00", HL7_MINUTE},
    {"202611241030-0530", "2026-11-24T10:30:00-05:30", HL7_MINUTE},
    {"20261124103059.25+1400", "2026-11-24T10:30:59.25+14:00", HL7_FRACTION},
    {"20261124103059Z", "2026-11-24T10:30:59+00:00", HL7_SECOND},
    {"20261124103059+02:00", "2026-11-24T10:30:59+02:00", HL7_SECOND},
    {"2026+0200", "2026", HL7_YEAR},
    {"20240229", "2024-02-29", HL7_DAY},
    {"20161231235960+0000", "2016-12-31T23:59:60+00:00", HL7_SECOND},
};

static void read_and_shown_as_fhir(void)
{
    CU_ASSERT(clock_set_site("Europe/Berlin", NULL));
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct hl7_dtm dtm;
        struct err e = {.code = ERR_NONE};
        char text[CLOCK_TEXT] = "";
        CU_ASSERT(hl7_dtm_parse(str_of(good[i].hl7), NULL, &dtm, &e));
        hl7_dtm_fhir(&dtm, HL7_FRACTION, text);
        if (strcmp(text, good[i].fhir) != 0)
            printf("\n  '%s' gave '%s' %s\n", good[i].hl7, text, e.text);
        CU_ASSERT_STRING_EQUAL(text, good[i].fhir);
        CU_ASSERT_EQUAL(dtm.precision, good[i].precision);
    }
}

static const struct {
    const char *hl7, *reason;
} bad[] = {
    {"", "empty"},
    {"202", "year"},
    {"0000", "year"},
    {"20261", "month"},
    {"202613", "month"},
    {"20261100", "day"},
    {"20261131", "month has no such day"},
    {"20250229", "month has no such day"},
    {"20261124240000", "hour"},
    {"202611241060", "minute"},
    {"20261124103061", "second"},
    {"20261124103059.", "fraction"},
    {"20261124103059.12345", "fraction"},
    {"202611241030.5", "fraction"},
    {"2026-11-24", "zone"},
    {"11/24/2026", "year"},
    {"202611241030+1500", "zone"},
    {"202611241030+02", "zone"},
    {"202611241030+02000", "zone"},
    {"20261124103059x", "zone"},
    {"\"\"", "year"},
};

static void refused_with_a_reason(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct hl7_dtm dtm = {.fraction_digits = 77};
        struct err e = {.code = ERR_NONE};
        CU_ASSERT_FALSE(hl7_dtm_parse(str_of(bad[i].hl7), NULL, &dtm, &e));
        if (!strstr(e.text, bad[i].reason))
            printf("\n  '%s': %s\n", bad[i].hl7, e.text);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, bad[i].reason));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        CU_ASSERT_EQUAL(dtm.fraction_digits, 77);
        if (strlen(bad[i].hl7) > 6)
            CU_ASSERT_PTR_NULL(strstr(e.text, bad[i].hl7));
    }
}

static void the_message_zone_comes_before_the_site(void)
{
    struct arena a;
    struct hl7_message m;
    struct hl7_dtm dtm;
    char text[CLOCK_TEXT];
    arena_init(&a);
    CU_ASSERT(clock_set_site("Europe/Berlin", NULL));
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|||||20261124101500-0500||ORU^R01|1|P|2.3\rOBR|1||||||202611240900^S\r"),
                              NULL, &a, &m, NULL));
    CU_ASSERT(m.has_zone);
    CU_ASSERT(hl7_dtm_parse(hl7_get(&m, &a, "OBR-7"), &m, &dtm, NULL)); /* the degree of precision is not read */
    hl7_dtm_fhir(&dtm, HL7_FRACTION, text);
    CU_ASSERT_STRING_EQUAL(text, "2026-11-24T09:00:00-05:00");
    CU_ASSERT(hl7_dtm_parse(STR("202611240900+0100"), &m, &dtm, NULL));
    hl7_dtm_fhir(&dtm, HL7_FRACTION, text);
    CU_ASSERT_STRING_EQUAL(text, "2026-11-24T09:00:00+01:00");
    arena_release(&a);
}

static void a_birth_date_is_cut_to_the_day(void)
{
    struct hl7_dtm dtm;
    char text[CLOCK_TEXT];
    CU_ASSERT(hl7_dtm_parse(STR("19710203040506"), NULL, &dtm, NULL));
    hl7_dtm_fhir(&dtm, HL7_DAY, text);
    CU_ASSERT_STRING_EQUAL(text, "1971-02-03");
    CU_ASSERT(hl7_dtm_parse(STR("1971"), NULL, &dtm, NULL));
    hl7_dtm_fhir(&dtm, HL7_DAY, text);
    CU_ASSERT_STRING_EQUAL(text, "1971");
}

static const struct {
    const char *fhir, *hl7; /* hl7 NULL: refused */
} back[] = {
    {"2026", "2026"},
    {"2026-11", "202611"},
    {"2026-11-24", "20261124"},
    {"2026-11-24T10:30:00+02:00", "20261124103000+0200"},
    {"2026-11-24T10:30:00Z", "20261124103000+0000"},
    {"2026-11-24T10:30Z", "202611241030+0000"},
    {"2026-11-24T10:30:00.123456-05:00", "20261124103000.1234-0500"},
    {"2026-11-24T10:30:00", "20261124103000"},
    {"", NULL},
    {"2026-1", NULL},
    {"2026-13", NULL},
    {"2026-02-30", NULL},
    {"2026-11-24Z", NULL},
    {"2026-11-24T10:30:00+0200", NULL},
    {"2026-11-24T10:30:00+02:00x", NULL},
    {"2026-11-24T10:30:00.", NULL},
    {"20261124", NULL},
    {"2026-11-24 10:30:00Z", NULL},
};

static void fhir_text_goes_back(void)
{
    for (size_t i = 0; i < sizeof back / sizeof back[0]; i++) {
        char text[HL7_DTM_TEXT] = "untouched";
        bool ok = hl7_dtm_from_fhir(str_of(back[i].fhir), text, NULL);
        if (ok != (back[i].hl7 != NULL) || strcmp(text, back[i].hl7 ? back[i].hl7 : "untouched") != 0)
            printf("\n  '%s' gave %d '%s'\n", back[i].fhir, ok, text);
        CU_ASSERT_EQUAL(ok, back[i].hl7 != NULL);
        CU_ASSERT_STRING_EQUAL(text, back[i].hl7 ? back[i].hl7 : "untouched");
    }
}

static void an_instant_in_the_site_zone(void)
{
    char text[HL7_DTM_TEXT];
    CU_ASSERT(clock_set_site("America/New_York", NULL));
    hl7_dtm_of((clock_us)1795508100 * 1000000, text); /* 2026-11-24T08:15:00Z */
    CU_ASSERT_STRING_EQUAL(text, "20261124031500-0500");
}

static const struct unit_case cases[] = {
    {"read, and shown as FHIR", read_and_shown_as_fhir},
    {"refused with a reason, never with the value", refused_with_a_reason},
    {"the message's zone comes before the site's", the_message_zone_comes_before_the_site},
    {"a birth date is cut to the day", a_birth_date_is_cut_to_the_day},
    {"FHIR text goes back", fhir_text_goes_back},
    {"an instant in the site's zone", an_instant_in_the_site_zone},
};

UNIT_MAIN("hl7/codec/dtm", cases)
