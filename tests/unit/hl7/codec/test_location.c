/* Locations: what they name, what is there, and how ERR-2 writes them. */
#include <string.h>

#include "hl7/codec/message.h"
#include "unit.h"

static const char message[] = "MSH|^~\\&|RIS||||20261124||ORM^O01|7|P|2.5.1\r"
                              "PID|1||12^^^HOSP&1.2.3&ISO^MR~34^^^^SS||MUELLER^ANNA^^^\"\"||\"\"|F|||a^\"\"~\"\"\r"
                              "OBX|1|ST|a||one\r"
                              "OBX|2|ST|b&c^d\\T\\e||two~\"\"~four\r"
                              "OBX|3|ST\r";

struct sample {
    const char *location;
    enum hl7_presence presence;
    const char *text, *raw; /* raw NULL: absent */
};

static const struct sample samples[] = {
    {"PID-1", HL7_VALUE, "1", "1"},
    {"PID-2", HL7_EMPTY, "", ""},
    {"PID-3", HL7_VALUE, "12", "12^^^HOSP&1.2.3&ISO^MR~34^^^^SS"},
    {"PID-3[1]", HL7_VALUE, "12", "12^^^HOSP&1.2.3&ISO^MR"},
    {"PID-3[2]", HL7_VALUE, "34", "34^^^^SS"},
    {"PID-3[3]", HL7_ABSENT, "", NULL},
    {"PID-3.4", HL7_VALUE, "HOSP", "HOSP&1.2.3&ISO"},
    {"PID-3.4.2", HL7_VALUE, "1.2.3", "1.2.3"},
    {"PID-3[1].4.3", HL7_VALUE, "ISO", "ISO"},
    {"PID-3[2].5", HL7_VALUE, "SS", "SS"},
    {"PID-3[2].4", HL7_EMPTY, "", ""},
    {"PID-3.4.4", HL7_ABSENT, "", NULL},
    {"PID-3.2", HL7_EMPTY, "", ""},
    {"PID-3.2.2", HL7_ABSENT, "", NULL},
    {"PID-5.2", HL7_VALUE, "ANNA", "ANNA"},
    {"PID-5.5", HL7_NULL, "", "\"\""},
    {"PID-5.6", HL7_ABSENT, "", NULL},
    {"PID-7", HL7_NULL, "", "\"\""},
    {"PID-7.2", HL7_NULL, "", NULL}, /* the field is removed, and so each of its parts */
    {"PID-7[2]", HL7_NULL, "", NULL},
    {"PID-11[2].3", HL7_NULL, "", NULL},
    {"PID-11.2", HL7_NULL, "", "\"\""},
    {"PID-11.3", HL7_ABSENT, "", NULL},
    {"PID-12", HL7_ABSENT, "", NULL},
    {"OBX-5", HL7_VALUE, "one", "one"},
    {"OBX[2]-5", HL7_VALUE, "two", "two~\"\"~four"},
    {"OBX[2]-5[2]", HL7_NULL, "", "\"\""},
    {"OBX[2]-5[3]", HL7_VALUE, "four", "four"},
    {"OBX[2]-3.1.2", HL7_VALUE, "c", "c"},
    {"OBX[2]-3.2", HL7_VALUE, "d&e", "d\\T\\e"},
    {"OBX[3]-5", HL7_ABSENT, "", NULL},
    {"OBX[4]-1", HL7_ABSENT, "", NULL},
    {"ZDS-1", HL7_ABSENT, "", NULL},
    {"MSH-1", HL7_VALUE, "|", "|"},
    {"MSH-2", HL7_VALUE, "^~\\&", "^~\\&"},
    {"MSH-2.2", HL7_VALUE, "^~\\&", "^~\\&"},
    {"MSH-3", HL7_VALUE, "RIS", "RIS"},
    {"MSH-9.2", HL7_VALUE, "O01", "O01"},
    {"MSH-10", HL7_VALUE, "7", "7"},
    {"nonsense", HL7_ABSENT, "", NULL},
};

static void check_sample(const struct hl7_message *m, struct arena *a, const struct sample *s)
{
    struct str text, raw = hl7_raw(m, s->location);
    enum hl7_presence presence = hl7_find(m, a, s->location, &text);
    bool same = presence == s->presence && str_is(text, s->text) && (raw.p != NULL) == (s->raw != NULL) &&
                str_is(raw, s->raw ? s->raw : "") && str_eq(hl7_get(m, a, s->location), text);
    if (!same)
        printf("\n  %s: %d '%.*s' raw '%.*s'\n", s->location, presence, STR_ARG(text), STR_ARG(raw));
    CU_ASSERT(same);
}

static void found(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(str_of(message), NULL, &a, &m, NULL));
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&m, &a, &samples[i]);
    arena_release(&a);
}

static void parsed(void)
{
    struct hl7_location l;
    CU_ASSERT(hl7_location_parse("OBX[3]-5[2].4.1", &l, NULL));
    CU_ASSERT_STRING_EQUAL(l.segment, "OBX");
    CU_ASSERT(l.occurrence == 3 && l.field == 5 && l.repetition == 2 && l.component == 4 && l.subcomponent == 1);
    CU_ASSERT(hl7_location_parse("Z01-12", &l, NULL));
    CU_ASSERT(l.occurrence == 0 && l.field == 12 && l.repetition == 0 && l.component == 0 && l.subcomponent == 0);
}

static void forms_that_are_refused(void)
{
    static const char *const bad[] = {"",       "PID",      "PID-",     "PID-0",       "PID-a",  "pid-3",
                                      "PI-3",   "PIDX-3",   "PID[0]-3", "PID[1-3",     "PID-3[", "PID-3[]",
                                      "PID-3.", "PID-3.0",  "PID-3..1", "PID-3.1.1.1", "PID-3 ", "PID-123456",
                                      "1ID-3",  "PID-3[x]", "PID.3"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct hl7_location l = {.field = 77};
        struct err e = {.code = ERR_NONE};
        CU_ASSERT_FALSE(hl7_location_parse(bad[i], &l, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        CU_ASSERT_EQUAL(l.field, 77);
    }
}

static void written_for_err_2(void)
{
    static const struct {
        const char *location, *erl;
    } places[] = {
        {"OBX-5", "OBX^2^5"},
        {"OBX-5[2]", "OBX^2^5^2"},
        {"OBX-3.2", "OBX^2^3^1^2"},
        {"OBX-3.1.2", "OBX^2^3^1^1^2"},
        {"OBX-99999[99999].99999.99999", "OBX^2^99999^99999^99999^99999"},
    };
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(str_of(message), NULL, &a, &m, NULL));
    struct hl7_group all = hl7_all(&m);
    const struct hl7_segment *second = hl7_segment_find(&all, "OBX", 2);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct hl7_location l;
        char erl[HL7_ERL_TEXT];
        CU_ASSERT(hl7_location_parse(places[i].location, &l, NULL));
        hl7_erl(second, &l, erl);
        CU_ASSERT_STRING_EQUAL(erl, places[i].erl);
    }
    struct hl7_location none = {.field = 0};
    char erl[HL7_ERL_TEXT];
    hl7_erl(second, &none, erl);
    CU_ASSERT_STRING_EQUAL(erl, "OBX^2");
    arena_release(&a);
}

static void parts_step_by_step(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(str_of(message), NULL, &a, &m, NULL));
    struct hl7_group all = hl7_all(&m);
    const struct hl7_segment *pid = hl7_segment_find(&all, "PID", 1);
    struct str ids = hl7_field(pid, 3), first = hl7_repetition(&m, ids, 1);
    CU_ASSERT_EQUAL(hl7_repetitions(&m, ids), 2);
    CU_ASSERT_EQUAL(hl7_repetitions(&m, hl7_field(pid, 2)), 0);
    CU_ASSERT_EQUAL(hl7_repetitions(&m, hl7_field(pid, 99)), 0);
    CU_ASSERT(str_is(hl7_subcomponent(&m, hl7_component(&m, first, 4), 2), "1.2.3"));
    CU_ASSERT_PTR_NULL(hl7_repetition(&m, ids, 3).p);
    CU_ASSERT_PTR_NULL(hl7_component(&m, first, 0).p);
    CU_ASSERT_PTR_NULL(hl7_field(pid, 99).p);
    CU_ASSERT(str_is(hl7_unescape(&m, &a, STR_NONE), ""));
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"found", found},
    {"parsed", parsed},
    {"forms that are refused", forms_that_are_refused},
    {"written for ERR-2", written_for_err_2},
    {"parts, step by step", parts_step_by_step},
};

UNIT_MAIN("hl7/codec/location", cases)
