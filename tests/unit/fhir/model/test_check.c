#include "support.h"
#include "unit.h"

struct row {
    const char *json;
    const char *code, *expression, *text; /* of the first issue; NULL: none at all */
};

#define PATIENT(rest) "{'resourceType':'Patient'" rest "}"
#define DIV(inside)                                                                           \
    "{'status':'generated','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'>" inside "</" \
    "div>'}"

static const struct row rows[] = {
    {PATIENT(""), NULL, NULL, NULL},
    {"{}", "structure", "Resource", "must name a resource type"},
    {"[]", "structure", "Resource", "must name a resource type"},
    {"{'resourceType':'Foo'}", "structure", "Resource", "must name a resource type"},
    {"{'resourceType':'DomainResource'}", "structure", "Resource", "must name a resource type"},
    {"{'resourceType':1}", "structure", "Resource", "must name a resource type"},
    /* unknown elements, with their path */
    {PATIENT(",'foo':1"), "structure", "Patient", "Patient has no element 'foo'"},
    {PATIENT(",'contact':[{'gender':'male'},{'name':{'famly':'x'}}]"), "structure", "Patient.contact[1].name",
     "HumanName has no element 'famly'"},
    {PATIENT(",'name':[{'resourceType':'x'}]"), "structure", "Patient.name[0]",
     "has no element 'resourceType'"},
    {PATIENT(",'value':'x'"), "structure", "Patient", "no element"},
    /* arrays and objects */
    {PATIENT(",'name':{'family':'x'}"), "structure", "Patient.name", "must be a JSON array"},
    {PATIENT(",'birthDate':['1980']"), "structure", "Patient.birthDate", "must not be a JSON array"},
    {PATIENT(",'name':[]"), "structure", "Patient.name", "an array must not be empty"},
    {PATIENT(",'name':[{}]"), "structure", "Patient.name[0]", "an object must not be empty"},
    {PATIENT(",'name':['x']"), "structure", "Patient.name[0]", "must be a JSON object"},
    {PATIENT(",'name':[null]"), "structure", "Patient.name[0]", "null needs"},
    {PATIENT(",'birthDate':{'x':1}"), "structure", "Patient.birthDate", "must be a JSON string"},
    {PATIENT(",'birthDate':null"), "structure", "Patient.birthDate", "must be a JSON string"},
    /* primitives */
    {PATIENT(",'birthDate':'1980-02-30'"), "value", "Patient.birthDate", "a date"},
    {PATIENT(",'birthDate':''"), "value", "Patient.birthDate", "not empty"},
    {PATIENT(",'active':'true'"), "structure", "Patient.active", "must be a JSON boolean"},
    {PATIENT(",'multipleBirthInteger':'1'"), "structure", "Patient.multipleBirth.ofType(integer)",
     "must be a JSON number"},
    {PATIENT(",'multipleBirthInteger':1.5"), "value", "Patient.multipleBirth.ofType(integer)", "whole number"},
    {PATIENT(",'id':'a_b'"), "value", "Patient.id", "an id"},
    {PATIENT(",'meta':{'lastUpdated':'2026-01-01'}"), "value", "Patient.meta.lastUpdated", "an instant"},
    {PATIENT(",'telecom':[{'rank':0}]"), "value", "Patient.telecom[0].rank", "from 1"},
    /* choices */
    {PATIENT(",'deceasedBoolean':true,'deceasedDateTime':'2026'"), "structure", "Patient.deceased.ofType(dateTime)",
     "only one form"},
    {PATIENT(",'deceasedString':'x'"), "structure", "Patient", "no element 'deceasedString'"},
    {PATIENT(",'deceasedBoolean':true,'_deceasedBoolean':{'id':'x'}"), NULL, NULL, NULL},
    /* cardinality */
    {"{'resourceType':'Task','intent':'order'}", "required", "Task", "element 'status' is required"},
    {PATIENT(",'link':[{'type':'refer'}]"), "required", "Patient.link[0]", "element 'other' is required"},
    {PATIENT(",'extension':[{'valueString':'x'}]"), "required", "Patient.extension[0]",
     "element 'url' is required"},
    {"{'resourceType':'MedicationRequest','status':'active','intent':'order','subject':{'display':'x'}}",
     "required", "MedicationRequest", "or another of its forms is required"},
    {"{'resourceType':'Task','intent':'order','_status':{'extension':[{'url':'u','valueCode':'x'}]}}", NULL,
     NULL, NULL},
    /* required bindings */
    {PATIENT(",'gender':'f'"), "code-invalid", "Patient.gender", "ValueSet/administrative-gender"},
    {"{'resourceType':'Condition','subject':{'display':'x'},'clinicalStatus':{'text':'active'}}",
     "code-invalid", "Condition.clinicalStatus", "needs a coding of value set"},
    {"{'resourceType':'Condition','subject':{'display':'x'},'clinicalStatus':{'coding':[{'code':'active'}]}}",
     "code-invalid", "Condition.clinicalStatus", "condition-clinical"},
    {"{'resourceType':'Condition','subject':{'display':'x'},'clinicalStatus':{'coding':[{'code':'y'},{'"
     "system':'http://terminology.hl7.org/CodeSystem/condition-clinical','code':'active'}]}}",
     NULL, NULL, NULL},
    /* values beside extensions */
    {PATIENT(",'_birthDate':{'id':'x'}"), NULL, NULL, NULL},
    {PATIENT(",'_birthDate':{}"), "structure", "Patient.birthDate", "must not be empty"},
    {PATIENT(",'_birthDate':'x'"), "structure", "Patient.birthDate", "must be a JSON object"},
    {PATIENT(",'_birthDate':{'value':'x'}"), "structure", "Patient.birthDate",
     "Element has no element 'value'"},
    {PATIENT(",'_name':[{'id':'x'}]"), "structure", "Patient", "no element '_name'"},
    {PATIENT(",'name':[{'given':['a',null],'_given':[null,{'id':'x'}]}]"), NULL, NULL, NULL},
    {PATIENT(",'name':[{'given':['a','b'],'_given':[null,{'id':'x'}]}]"), NULL, NULL, NULL},
    {PATIENT(",'name':[{'_given':[{'id':'x'}]}]"), NULL, NULL, NULL},
    {PATIENT(",'name':[{'given':['a',null]}]"), "structure", "Patient.name[0].given[1]", "null needs"},
    {PATIENT(",'name':[{'given':[null],'_given':[null]}]"), "structure", "Patient.name[0].given[0]",
     "null needs"},
    {PATIENT(",'name':[{'given':['a'],'_given':{'id':'x'}}]"), "structure", "Patient.name[0].given",
     "must be a JSON array"},
    /* references */
    {PATIENT(",'managingOrganization':{'reference':'Organization/1'}"), NULL, NULL, NULL},
    {PATIENT(",'managingOrganization':{'reference':'Patient/1'}"), "value", "Patient.managingOrganization",
     "reference to Patient"},
    {PATIENT(",'managingOrganization':{'reference':'http://h/fhir/Patient/1/_history/2'}"), "value",
     "Patient.managingOrganization", "reference to Patient"},
    {PATIENT(",'managingOrganization':{'reference':'Patient?identifier=x/y'}"), "value",
     "Patient.managingOrganization", "reference to Patient"},
    {PATIENT(",'managingOrganization':{'type':'Patient','display':'x'}"), "value",
     "Patient.managingOrganization", "reference to Patient"},
    {PATIENT(",'managingOrganization':{'reference':'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'}"), NULL,
     NULL, NULL},
    {PATIENT(",'managingOrganization':{'reference':'https://h/x'}"), NULL, NULL, NULL},
    {PATIENT(",'managingOrganization':{'reference':'#o'}"), "not-found", "Patient.managingOrganization",
     "no contained resource"},
    {PATIENT(",'contained':[{'resourceType':'Organization','id':'o','partOf':{'reference':'#p'}},{'"
             "resourceType':'Organization','id':'p'}],'managingOrganization':{'reference':'#o'}"),
     NULL, NULL, NULL},
    {PATIENT(",'contained':[{'resourceType':'Task','id':'o','status':'draft','intent':'order'}],'"
             "managingOrganization':{'reference':'#o'}"),
     "value", "Patient.managingOrganization", "reference to Task"},
    /* resources in resources */
    {PATIENT(",'contained':[{'resourceType':'Organization','foo':1}]"), "structure", "Patient.contained[0]",
     "no element 'foo'"},
    {PATIENT(",'contained':[{'id':'x'}]"), "structure", "Patient.contained[0]", "must name a resource type"},
    {PATIENT(",'contained':[{'resourceType':'Organization','contained':[{'resourceType':'Patient'}]}]"),
     "invariant", "Patient.contained[0]", "must not contain others"},
    {"{'resourceType':'Bundle','type':'batch','entry':[{'resource':{'resourceType':'Task','status':'draft','"
     "intent':'order','for':{'reference':'#x'}}}]}",
     "not-found", "Bundle.entry[0].resource.for", "no contained resource"},
    {"{'resourceType':'Bundle','type':'batch','entry':[{'link':[{'relation':'x'}]}]}", "required",
     "Bundle.entry[0].link[0]", "element 'url' is required"},
    /* narrative */
    {PATIENT(",'text':" DIV("<p>x</p>")), NULL, NULL, NULL},
    {PATIENT(",'text':" DIV("<script>x</script>")), "value", "Patient.text.div", "only formatting elements"},
};

static bool as_wanted(const struct row *row, bool ok, const struct fhir_issue *first)
{
    if (!row->code)
        return ok && !first;
    return !ok && first && first->fatal && strcmp(first->code, row->code) == 0 &&
           strcmp(first->expression, row->expression) == 0 && strstr(first->text, row->text);
}

static void finds_faults(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct err e = {0};
        arena_init(&a);
        struct fhir_issues issues = {.arena = &a};
        const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, rows[i].json), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        bool ok = fhir_check(n, &issues);
        bool right = as_wanted(&rows[i], ok, issues.first);
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: %s %s %s\n", i, issues.first ? issues.first->code : "no issue",
                   issues.first ? issues.first->expression : "", issues.first ? issues.first->text : "");
        arena_release(&a);
    }
}

static void tells_lines(void)
{
    struct arena a;
    struct err e = {0};
    arena_init(&a);
    struct fhir_issues issues = {.arena = &a};
    fhir_check(fhir_parse_json(&a, quoted(&a, "{'resourceType':'Patient',\n 'gender':'x',\n'foo':1}"), &e),
               &issues);
    CU_ASSERT_EQUAL(issues.count, 2);
    CU_ASSERT_EQUAL(issues.first->line, 2);
    CU_ASSERT_EQUAL(issues.first->column, 2);
    CU_ASSERT_EQUAL(issues.last->line, 3);
    arena_release(&a);
}

/* medication[x] has two forms; that both are missing is one fault. */
static void tells_a_missing_choice_once(void)
{
    struct arena a;
    struct err e = {0};
    arena_init(&a);
    struct fhir_issues issues = {.arena = &a};
    struct str text = quoted(
        &a,
        "{'resourceType':'MedicationRequest','status':'active','intent':'order','subject':{'display':'x'}}");
    CU_ASSERT_FALSE(fhir_check(fhir_parse_json(&a, text, &e), &issues));
    CU_ASSERT_EQUAL(issues.fatal_count, 1);
    arena_release(&a);
}

static void keeps_a_hundred(void)
{
    struct arena a;
    struct err e = {0};
    struct buf b;
    arena_init(&a);
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "{'resourceType':'Patient','name':[{}");
    for (int i = 1; i < 1000; i++)
        buf_puts(&b, ",{}");
    buf_puts(&b, "]}");
    struct fhir_issues issues = {.arena = &a};
    CU_ASSERT_FALSE(fhir_check(fhir_parse_json(&a, quoted(&a, b.p), &e), &issues));
    CU_ASSERT_EQUAL(issues.count, 100);
    CU_ASSERT_EQUAL(issues.fatal_count, 1000);
    buf_release(&b);
    arena_release(&a);
}

/* The place of a fault in a deep tree is cut, not overrun. */
static void cuts_long_places(void)
{
    struct arena a;
    struct err e = {0};
    struct buf b;
    arena_init(&a);
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "{'resourceType':'Patient'");
    for (int i = 0; i < 30; i++)
        buf_puts(&b, i ? ",'extension':[{'url':'u'" : ",'extension':[{'url':'u'");
    buf_puts(&b, ",'foo':1");
    for (int i = 0; i < 30; i++)
        buf_puts(&b, "}]");
    buf_puts(&b, "}");
    struct fhir_issues issues = {.arena = &a};
    CU_ASSERT_FALSE(fhir_check(fhir_parse_json(&a, quoted(&a, b.p), &e), &issues));
    CU_ASSERT_EQUAL(strlen(issues.first->expression), sizeof issues.first->expression - 1);
    buf_release(&b);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"finds faults", finds_faults},
    {"tells line and column", tells_lines},
    {"tells a missing choice once", tells_a_missing_choice_once},
    {"keeps a hundred issues", keeps_a_hundred},
    {"cuts long places", cuts_long_places},
};
UNIT_MAIN("fhir check", cases)
