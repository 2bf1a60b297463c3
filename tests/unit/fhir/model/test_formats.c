#include "fhir/model/formats_priv.h"
#include "fhir/model/tables_priv.h"
#include "support.h"
#include "unit.h"

struct row {
    unsigned format;
    const char *good[8], *bad[16];
};

static const struct row rows[] = {
    {FHIR_FORMAT_date,
     {"2026", "2026-12", "2024-02-29", "0001-01-01", "2000-02-29"},
     {"", "26", "2026-", "2026-13", "2026-00", "2026-02-29", "1900-02-29", "2026-1-1", "2026-04-31", "0000",
      "2026-01-01T", "2026-01-01 ", "20260101"}},
    {FHIR_FORMAT_dateTime,
     {"2026", "2026-12", "2026-01-31", "2026-01-31T23:59:60Z", "2026-01-31T10:00:00.123456+14:00",
      "2026-01-31T10:00:00-05:30"},
     {"2026-01-31T10:00:00", "2026-01-31T10:00Z", "2026-01-31T24:00:00Z", "2026-01-31T10:60:00Z",
      "2026-01-31T10:00:00.Z", "2026-01-31T10:00:00+14:30", "2026-01-31T10:00:00+5:00", "2026-01T10:00:00Z",
      "2026-01-31t10:00:00Z", "2026-01-31T10:00:00Zx"}},
    {FHIR_FORMAT_instant,
     {"2026-01-31T10:00:00Z", "2026-01-31T10:00:00.1+01:00"},
     {"2026", "2026-01-31", "2026-01-31T10:00:00"}},
    {FHIR_FORMAT_time, {"00:00:00", "23:59:59.9"}, {"", "10:00", "24:00:00", "10:00:00Z"}},
    {FHIR_FORMAT_decimal, {"0", "-1.10", "1e5", "1.0E-7"}, {"", "+1", ".5", "1.", "1e", "0x1", "1 "}},
    {FHIR_FORMAT_integer,
     {"0", "-2147483648", "2147483647"},
     {"", "2147483648", "-2147483649", "1.0", "01", "+1", "-0", "-01", "1e2"}},
    {FHIR_FORMAT_unsignedInt, {"0", "2147483647"}, {"-1", "2147483648"}},
    {FHIR_FORMAT_positiveInt, {"1"}, {"0", "-1"}},
    {FHIR_FORMAT_boolean, {"true", "false"}, {"True", "1", ""}},
    {FHIR_FORMAT_id,
     {"a", "A-1.b", "1234567890123456789012345678901234567890123456789012345678901234"},
     {"", "a_b", "a b", "12345678901234567890123456789012345678901234567890123456789012345"}},
    {FHIR_FORMAT_code, {"a", "a b", "\xC3\xA9"}, {"", " a", "a ", "a  b", "a\tb"}},
    {FHIR_FORMAT_uri, {"http://x", "urn:oid:1.2", "Patient/1"}, {"", "a b", "a\n"}},
    {FHIR_FORMAT_oid,
     {"urn:oid:1.2", "urn:oid:2.999.0"},
     {"1.2", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.02", "urn:oid:1..2", "urn:oid:1.2."}},
    {FHIR_FORMAT_uuid,
     {"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"},
     {"c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:c757873dxec9a-4326-a141-556f43239520"}},
    {FHIR_FORMAT_base64Binary, {"AA==", "AAAA", "AA AA\n", "+/8="}, {"", "A", "AAA", "A===", "AA=A", "AA*="}},
    {FHIR_FORMAT_string, {"a", " ", "a\tb\r\n"}, {"", "a\x01", "\xEF\xBF\xBE"}},
};

static void tells_good_from_bad(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int k = 0; k < 8 && rows[i].good[k]; k++) {
            CU_ASSERT_PTR_NULL(fhir_format_fault(rows[i].format, str_of(rows[i].good[k])));
            if (fhir_format_fault(rows[i].format, str_of(rows[i].good[k])))
                printf("  format %u refuses '%s'\n", rows[i].format, rows[i].good[k]);
        }
        for (int k = 0; k < 16 && rows[i].bad[k]; k++) {
            CU_ASSERT_PTR_NOT_NULL(fhir_format_fault(rows[i].format, str_of(rows[i].bad[k])));
            if (!fhir_format_fault(rows[i].format, str_of(rows[i].bad[k])))
                printf("  format %u takes '%s'\n", rows[i].format, rows[i].bad[k]);
        }
    }
}

/* Each primitive type of the tables has a format with a rule of its own. */
static void covers_all_types(void)
{
    for (int i = 0; i < FHIR_TYPES; i++)
        if (fhir_types[i].sort == FHIR_SORT_PRIMITIVE)
            CU_ASSERT_PTR_NOT_NULL(fhir_format_fault(fhir_types[i].format, STR("\x01")));
}

static const struct unit_case cases[] = {
    {"tells good from bad", tells_good_from_bad},
    {"covers every primitive type", covers_all_types},
};
UNIT_MAIN("fhir formats", cases)
