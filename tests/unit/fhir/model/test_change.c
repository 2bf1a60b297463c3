#include "support.h"
#include "unit.h"

enum { STEPS = 6 };

struct row {
    const char *start;
    const char *steps[STEPS][2]; /* path, text */
    const char *result;          /* NULL: the last step is refused and changes nothing */
};

static const struct row rows[] = {
    {"{'resourceType':'Patient'}",
     {{"birthDate", "1980-01-01"}},
     "{'resourceType':'Patient','birthDate':'1980-01-01'}"},
    {"{'resourceType':'Patient'}",
     {{"active", "true"}, {"multipleBirthInteger", "2"}},
     "{'resourceType':'Patient','active':true,'multipleBirthInteger':2}"},
    /* arrays come from the tables; members take the order of the specification */
    {"{'resourceType':'Patient'}",
     {{"name.family", "F"}, {"name.given[0]", "G"}, {"name.given[1]", "H"}, {"id", "7"}},
     "{'resourceType':'Patient','id':'7','name':[{'family':'F','given':['G','H']}]}"},
    {"{'resourceType':'Patient','name':[{'family':'F'}]}",
     {{"identifier.value", "1"}, {"birthDate", "1980"}},
     "{'resourceType':'Patient','identifier':[{'value':'1'}],'name':[{'family':'F'}],'birthDate':'1980'}"},
    /* a filter finds, or makes what it asks for */
    {"{'resourceType':'Patient'}",
     {{"identifier[type.coding.code=ACSN].value", "A1"},
      {"identifier[type.coding.code=MR].value", "M1"},
      {"identifier[type.coding.code=ACSN].system", "urn:oid:1.2"}},
     "{'resourceType':'Patient','identifier':[{'type':{'coding':[{'code':'ACSN'}]},'system':'urn:oid:1.2','"
     "value':'A1'},{'type':{'coding':[{'code':'MR'}]},'value':'M1'}]}"},
    /* a content reference: Bundle.entry.link is Bundle.link */
    {"{'resourceType':'Bundle'}",
     {{"entry.link.url", "http://h"}},
     "{'resourceType':'Bundle','entry':[{'link':[{'url':'http://h'}]}]}"},
    /* one form of a choice replaces another */
    {"{'resourceType':'Observation','valueString':'x','_valueString':{'id':'a'}}",
     {{"valueQuantity.value", "1.50"}},
     "{'resourceType':'Observation','valueQuantity':{'value':1.50}}"},
    {"{'resourceType':'Patient'}",
     {{"extension[url=http://x.org/a].valueString", "v"}, {"_birthDate.id", "b"}},
     "{'resourceType':'Patient','extension':[{'url':'http://x.org/"
     "a','valueString':'v'}],'_birthDate':{'id':'b'}}"},
    /* into a contained resource, whose type only the document knows */
    {"{'resourceType':'Task','contained':[{'resourceType':'Patient'}]}",
     {{"contained[0].name.family", "F"}},
     "{'resourceType':'Task','contained':[{'resourceType':'Patient','name':[{'family':'F'}]}]}"},
    /* an empty text removes, with the parents that become empty */
    {"{'resourceType':'Patient','birthDate':'1980','_birthDate':{'id':'b'},'maritalStatus':{'coding':[{'code'"
     ":'M'}]}}",
     {{"maritalStatus.coding.code", ""}, {"birthDate", ""}, {"gender", ""}, {"name[5].family", ""}},
     "{'resourceType':'Patient'}"},
    {"{'resourceType':'Patient','name':[{'given':['a','b'],'_given':[{'id':'x'},{'id':'y'}]}]}",
     {{"name.given[0]", ""}},
     "{'resourceType':'Patient','name':[{'given':['b'],'_given':[{'id':'y'}]}]}"},
    {"{'resourceType':'Patient','identifier':[{'type':{'coding':[{'code':'MR'}]},'value':'1'},{'value':'2'}]"
     "}",
     {{"identifier[type.coding.code=MR].value", ""}},
     "{'resourceType':'Patient','identifier':[{'value':'2'}]}"},
    {"{'resourceType':'Patient','identifier':[{'value':'1'},{'value':'2'}]}",
     {{"identifier[1].value", ""}},
     "{'resourceType':'Patient','identifier':[{'value':'1'}]}"},
    /* refused */
    {"{'resourceType':'Patient'}", {{"nothing", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"name.nothing", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"name[nothing=1].family", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"name", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"active", "yes"}}, NULL},
    {"{'resourceType':'Patient'}", {{"multipleBirthInteger", "1x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"name[3].family", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"birthDate[1]", "1980"}}, NULL},
    {"{'resourceType':'Patient'}", {{"_name.id", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"nothing", ""}}, NULL},
    {"{'resourceType':'Patient'}", {{"contact.telecom[1].value", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"telecom[rank=x].value", "x"}}, NULL},
    {"{'resourceType':'Patient','birthDate':'1980'}", {{"birthDate.x", "x"}}, NULL},
    {"{'resourceType':'Patient','maritalStatus':'x'}", {{"maritalStatus.text", "x"}}, NULL},
    {"{'resourceType':'Patient'}", {{"name.", "x"}}, NULL},
    {"{'resourceType':'Nothing'}", {{"id", "x"}}, NULL},
};

static void sets(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct err e = {0};
        bool ok = true;
        arena_init(&a);
        struct fhir_node *n = fhir_parse_json(&a, quoted(&a, rows[i].start), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        for (int s = 0; s < STEPS && rows[i].steps[s][0]; s++)
            ok = fhir_set(&a, n, rows[i].steps[s][0], str_of(rows[i].steps[s][1]), &e);
        const char *want = rows[i].result ? rows[i].result : rows[i].start;
        struct str got = json_of(&a, n);
        bool right =
            ok == (rows[i].result != NULL) && str_eq(got, quoted(&a, want)) && (ok || e.code == ERR_INVALID);
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: %.*s %s\n", i, STR_ARG(got), e.text);
        arena_release(&a);
    }
}

static void makes(void)
{
    struct arena a;
    struct err e = {0};
    arena_init(&a);
    struct fhir_node *n = fhir_new(&a, "ServiceRequest");
    struct fhir_node *coding = fhir_make(&a, n, "code.coding[system=http://loinc.org]", &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(coding);
    CU_ASSERT_PTR_EQUAL(coding, fhir_make(&a, n, "code.coding", &e));
    CU_ASSERT_PTR_EQUAL(coding, fhir_at(n, "code.coding[0]"));
    CU_ASSERT_PTR_NOT_NULL(fhir_make(&a, n, "code.coding[1]", &e));
    CU_ASSERT_PTR_NULL(fhir_make(&a, n, "status", &e));
    CU_ASSERT_PTR_NULL(fhir_make(&a, n, "code.nothing", &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "CodeableConcept has no 'nothing'"));
    arena_release(&a);
}

static void removes(void)
{
    struct arena a;
    struct err e = {0};
    arena_init(&a);
    struct str text = quoted(
        &a, "{'resourceType':'Patient','identifier':[{'value':'1'},{'value':'2'},{'value':'3'}],'name':[{}]}");
    struct fhir_node *n = fhir_parse_json(&a, text, &e);
    fhir_remove(n, "identifier[value=2]");
    fhir_remove(n, "identifier[9]");
    fhir_remove(n, "nothing.at.all");
    CU_ASSERT_TRUE(str_eq(
        json_of(&a, n),
        quoted(&a, "{'resourceType':'Patient','identifier':[{'value':'1'},{'value':'3'}],'name':[{}]}")));
    fhir_remove(n, "identifier");
    fhir_remove(n, "name");
    CU_ASSERT_TRUE(str_eq(json_of(&a, n), quoted(&a, "{'resourceType':'Patient'}")));
    CU_ASSERT_PTR_EQUAL(n->first, n->last);
    fhir_add_string(&a, n, "id", STR("1"));
    CU_ASSERT_TRUE(str_eq(json_of(&a, n), quoted(&a, "{'resourceType':'Patient','id':'1'}")));
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"sets and removes by path", sets},
    {"makes objects", makes},
    {"removes", removes},
};
UNIT_MAIN("fhir change", cases)
