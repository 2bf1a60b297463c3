#include "fhir/model/tables_priv.h"
#include "support.h"
#include "unit.h"

static void lists_resources(void)
{
    int n = 0;
    for (; fhir_resource_name(n); n++) {
        CU_ASSERT_TRUE(fhir_is_resource(str_of(fhir_resource_name(n))));
        if (n > 0)
            CU_ASSERT_TRUE(strcmp(fhir_resource_name(n - 1), fhir_resource_name(n)) < 0);
    }
    CU_ASSERT_EQUAL(n, 146); /* value set resource-types without Resource and DomainResource */
    CU_ASSERT_PTR_NULL(fhir_resource_name(-1));
}

static void tells_resources(void)
{
    static const struct {
        const char *name;
        bool is;
    } rows[] = {
        {"Patient", true},  {"Bundle", true},     {"Resource", false},        {"DomainResource", false},
        {"patient", false}, {"HumanName", false}, {"string", false},          {"", false},
        {"Zzz", false},     {"PatientX", false},  {"Patient.contact", false}, {"ImagingSelection", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CU_ASSERT_EQUAL(fhir_is_resource(str_of(rows[i].name)), rows[i].is);
}

struct element {
    const char *type, *name, *is;
    int min;
    bool array;
};

static void knows_elements(void)
{
    static const struct element rows[] = {
        {"Patient", "id", "id", 0, false},
        {"Patient", "name", "HumanName", 0, true},
        {"Patient", "deceasedDateTime", "dateTime", 0, false},
        {"Patient", "contact", "Patient.contact", 0, true},
        {"Patient", "contained", "Resource", 0, true},
        {"ImagingStudy", "status", "code", 1, false},
        {"Bundle", "entry", "Bundle.entry", 0, true},
        {"Extension", "url", "uri", 1, false},
        {"Extension", "valueCodeableConcept", "CodeableConcept", 0, false},
        {"Narrative", "div", "xhtml", 1, false},
        {"Timing", "repeat", "Timing.repeat", 0, false},
        {"Age", "value", "decimal", 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct fhir_type *t = fhir_type_find(str_of(rows[i].type));
        const struct fhir_elem *el = t ? fhir_elem_find(t, str_of(rows[i].name)) : NULL;
        CU_ASSERT_PTR_NOT_NULL_FATAL(el);
        CU_ASSERT_TRUE(str_is(fhir_type_name(fhir_elem_type(el)), rows[i].is));
        CU_ASSERT_EQUAL(el->min, rows[i].min);
        CU_ASSERT_EQUAL((el->flags & FHIR_ELEM_ARRAY) != 0, rows[i].array);
    }
    const struct fhir_type *patient = fhir_type_find(STR("Patient"));
    CU_ASSERT_PTR_NULL(fhir_elem_find(patient, STR("deceased")));
    CU_ASSERT_PTR_NULL(fhir_elem_find(patient, STR("deceased[x]")));
    CU_ASSERT_PTR_NULL(fhir_elem_find(patient, STR("")));
    CU_ASSERT_PTR_NULL(fhir_elem_find(patient, STR("resourceType")));
}

/* Rows are found by binary search, so their order carries everything: each must find itself. */
static void finds_every_element(void)
{
    int missed = 0;
    for (int i = 0; i < FHIR_TYPES; i++)
        for (int k = 0; k < fhir_types[i].count; k++) {
            const struct fhir_elem *el = &fhir_elems[fhir_types[i].first + k];
            missed += fhir_elem_find(&fhir_types[i], fhir_elem_name(el)) != el;
        }
    CU_ASSERT_EQUAL(missed, 0);
}

static void refers_back_to_types(void)
{
    const struct fhir_type *entry =
        fhir_elem_type(fhir_elem_find(fhir_type_find(STR("Bundle")), STR("entry")));
    const struct fhir_elem *link = fhir_elem_find(entry, STR("link"));
    CU_ASSERT_TRUE(str_is(fhir_type_name(fhir_elem_type(link)), "Bundle.link"));
}

static void knows_codes(void)
{
    const struct fhir_elem *gender = fhir_elem_find(fhir_type_find(STR("Patient")), STR("gender"));
    struct str system = STR("http://hl7.org/fhir/administrative-gender"), other = STR("http://x");
    CU_ASSERT_TRUE(gender->binding > 0);
    CU_ASSERT_TRUE(fhir_code_in(gender->binding, NULL, STR("female")));
    CU_ASSERT_TRUE(fhir_code_in(gender->binding, &system, STR("female")));
    CU_ASSERT_FALSE(fhir_code_in(gender->binding, &other, STR("female")));
    CU_ASSERT_FALSE(fhir_code_in(gender->binding, NULL, STR("f")));
    CU_ASSERT_FALSE(fhir_code_in(gender->binding, NULL, STR("")));
}

struct param {
    const char *type, *code;
    enum fhir_search_kind kind;
    const char *targets;
};

static void knows_search_parameters(void)
{
    static const struct param rows[] = {
        {"ImagingStudy", "basedon", FHIR_SEARCH_REFERENCE,
         "Appointment,AppointmentResponse,CarePlan,ServiceRequest,Task"},
        {"Patient", "birthdate", FHIR_SEARCH_DATE, NULL},
        {"Patient", "name", FHIR_SEARCH_STRING, NULL},
        {"Observation", "code-value-quantity", FHIR_SEARCH_COMPOSITE, NULL},
        {"Observation", "value-quantity", FHIR_SEARCH_QUANTITY, NULL},
        {"Location", "near", FHIR_SEARCH_SPECIAL, NULL},
        {"RiskAssessment", "probability", FHIR_SEARCH_NUMBER, NULL},
        {"AuditEvent", "policy", FHIR_SEARCH_URI, NULL},
        {"Task", "status", FHIR_SEARCH_TOKEN, NULL},
        {"DiagnosticReport", "imagingStudy", FHIR_SEARCH_REFERENCE, "ImagingStudy"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct fhir_search_param *p =
            fhir_search_param_find(str_of(rows[i].type), str_of(rows[i].code));
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        CU_ASSERT_EQUAL(p->kind, rows[i].kind);
        if (rows[i].targets)
            CU_ASSERT_STRING_EQUAL(p->targets, rows[i].targets);
    }
    CU_ASSERT_PTR_NULL(fhir_search_param_find(STR("Patient"), STR("_id")));
    CU_ASSERT_PTR_NULL(fhir_search_param_find(STR("Patient"), STR("mothersMaidenName")));
    CU_ASSERT_PTR_NULL(fhir_search_param_find(STR("Nothing"), STR("name")));
    CU_ASSERT_PTR_NULL(fhir_search_param_find(STR("Binary"), STR("name")));
}

/* How many parameters R4 gives a type; DiagnosticReport has one from IHE. */
static void counts_search_parameters(void)
{
    static const struct {
        const char *type;
        int count;
    } rows[] = {{"ImagingStudy", 17}, {"ServiceRequest", 21}, {"Task", 19},      {"DiagnosticReport", 17},
                {"Observation", 38},  {"Patient", 23},        {"Encounter", 23}, {"Location", 15},
                {"AuditEvent", 18},   {"Binary", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int n = 0;
        const struct fhir_search_param *p = NULL;
        for (; (p = fhir_search_param_at(str_of(rows[i].type), n)); n++)
            CU_ASSERT_PTR_EQUAL(p, fhir_search_param_find(str_of(rows[i].type), str_of(p->code)));
        CU_ASSERT_EQUAL(n, rows[i].count + 4); /* _profile, _security, _source, _tag */
    }
}

static const struct unit_case cases[] = {
    {"lists the resource types", lists_resources},
    {"tells resources from others", tells_resources},
    {"knows elements", knows_elements},
    {"finds every element by name", finds_every_element},
    {"content references name types", refers_back_to_types},
    {"knows the codes of required bindings", knows_codes},
    {"knows search parameters", knows_search_parameters},
    {"counts search parameters", counts_search_parameters},
};
UNIT_MAIN("fhir tables", cases)
