/* Each form, written into its document and read back. */
#include "domain/fields.h"

#include "domain/order.h"
#include "domain/uid.h"
#include "unit.h"

static void round_trip(void)
{
    static const struct {
        enum field field;
        const char *text, *path, *fhir;
    } cases[] = {
        {FIELD_PATIENT_NAME, "Yamada^Tarou^^Dr^PhD=山田^太郎", "name[0].family", "Yamada"},
        {FIELD_PATIENT_SEX, "F", "gender", "female"},
        {FIELD_PATIENT_SEX, "O", "gender", "other"},
        {FIELD_PATIENT_BIRTH_DATE, "1970-02-03", "birthDate", "1970-02-03"},
        {FIELD_PATIENT_OTHER_IDS, "77^LAB\\88^CARD", "identifier[0].value", "77"},
        {FIELD_PATIENT_MOTHER_NAME, "Roe", "extension[0].valueString", "Roe"},
        {FIELD_PATIENT_PHONE, "+27 11 000", "telecom[0].value", "+27 11 000"},
        {FIELD_PATIENT_LANGUAGE, "af", "communication[0].language.text", "af"},
        {FIELD_REFERRING_PHYSICIAN, "Weiß^Willi^^Dr", "participant[0].individual.display", "Weiß, Willi, , Dr"},
        {FIELD_ACCESSION_NUMBER, "A-1", "identifier[0].value", "A-1"},
        {FIELD_PROCEDURE_CODE, "24725-4^LN^CT head", "code.coding[0].system", "http://loinc.org"},
        {FIELD_PROCEDURE_CODE, "CTH^99LOCAL^CT head", "code.coding[0].system", "urn:isocentre:scheme:99LOCAL"},
        {FIELD_PRIORITY, "STAT", "priority", "stat"},
        {FIELD_PRIORITY, "HIGH", "priority", "urgent"},
        {FIELD_PATIENT_WEIGHT, "72.50", "input[0].valueDecimal", "72.50"},
        {FIELD_MODALITY, "CT", "input[0].valueCoding.code", "CT"},
        {FIELD_STEP_START, "2026-11-24T10:30:00+02:00", "restriction.period.start", "2026-11-24T10:30:00+02:00"},
        {FIELD_STUDY_UID, "1.2.3", "identifier[0].value", "urn:oid:1.2.3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a;
        struct err e;
        arena_init(&a);
        err_clear(&e);
        struct fhir_node *doc = fhir_new(&a, field_entity_name(field_row(cases[i].field)->entity));
        CU_ASSERT(field_write(&a, cases[i].field, doc, str_of(cases[i].text), &e));
        struct str fhir = fhir_text(doc, cases[i].path), back = field_read(&a, cases[i].field, doc);
        if (!str_is(fhir, cases[i].fhir) || !str_is(back, cases[i].text))
            printf("%s: '%.*s' at %s, '%.*s' back\n", field_row(cases[i].field)->name, STR_ARG(fhir), cases[i].path,
                   STR_ARG(back));
        CU_ASSERT(str_is(fhir, cases[i].fhir));
        CU_ASSERT(str_is(back, cases[i].text));
        arena_release(&a);
    }
}

/* Every row can be written and removed: its path is one its type has. */
static void every_row(void)
{
    for (int f = 0; f < FIELDS; f++) {
        struct arena a;
        struct err e;
        arena_init(&a);
        err_clear(&e);
        const struct field_row *r = field_row((enum field)f);
        struct fhir_node *doc = fhir_new(&a, field_entity_name(r->entity));
        const char *text = r->form == FORM_DATE     ? "2026-11-24"
                           : r->form == FORM_TIME   ? "2026-11-24T10:30:00Z"
                           : r->form == FORM_SEX    ? "M"
                           : r->form == FORM_CODE   ? "1^LN^x"
                           : r->form == FORM_NUMBER ? "1.10"
                           : r->form == FORM_UID    ? "1.2"
                           : r->form == FORM_PRIORITY ? "LOW"
                                                    : "x";
        bool archive = f > FIELD_STUDY_UID && r->entity == ENTITY_STUDY; /* told by the archive's rows, never written */
        bool ok = archive || field_write(&a, (enum field)f, doc, str_of(text), &e);
        if (!ok)
            printf("%s: %s\n", r->name, e.text);
        CU_ASSERT(ok);
        CU_ASSERT(archive || field_write(&a, (enum field)f, doc, STR(""), &e));
        CU_ASSERT_EQUAL(field_find(str_of(r->name)), (enum field)f);
        arena_release(&a);
    }
    CU_ASSERT_EQUAL(field_find(STR("NO_SUCH_FIELD")), FIELDS);
}

static void steps(void)
{
    static const struct {
        const char *from, *to;
        bool allowed;
    } cases[] = {{"SCHEDULED", "ARRIVED", true},  {"ARRIVED", "READY", true},      {"READY", "STARTED", true},
                 {"STARTED", "COMPLETED", true},  {"STARTED", "DISCONTINUED", true}, {"SCHEDULED", "CANCELED", true},
                 {"HELD", "SCHEDULED", true},     {"STARTED", "CANCELED", false},  {"COMPLETED", "SCHEDULED", false},
                 {"CANCELED", "STARTED", false},  {"DISCONTINUED", "STARTED", false}, {"COMPLETED", "COMPLETED", true},
                 {"SCHEDULED", "NONSENSE", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e;
        err_clear(&e);
        CU_ASSERT_EQUAL(order_transition(str_of(cases[i].from), str_of(cases[i].to), &e), cases[i].allowed);
    }
}

static void uids(void)
{
    static const struct {
        const char *uid;
        bool ok;
    } cases[] = {{"1.2.3", true}, {"2.25.1", true}, {"1..2", false}, {"1.02", false}, {"", false}, {"1.2.a", false},
                 {"../../etc", false}, {"1.2.", false},
                 {"1.2.34567890123456789012345678901234567890123456789012345678901234", false}};
    struct arena a;
    struct err e;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        err_clear(&e);
        CU_ASSERT_EQUAL(uid_check(str_of(cases[i].uid), &e), cases[i].ok);
    }
    struct str one = uid_new(&a), two = uid_new(&a);
    CU_ASSERT(uid_check(one, &e) && !str_eq(one, two));
    CU_ASSERT(str_eq(uid_derive(&a, STR("H"), STR("1")), uid_derive(&a, STR("H"), STR("1"))));
    CU_ASSERT_FALSE(str_eq(uid_derive(&a, STR("H"), STR("1")), uid_derive(&a, STR("H"), STR("2"))));
    arena_release(&a);
}

static const struct unit_case cases[] = {{"forms into FHIR and back", round_trip},
                                         {"every row has a home", every_row},
                                         {"transitions of a step", steps},
                                         {"UIDs", uids}};
UNIT_MAIN("domain fields", cases)
