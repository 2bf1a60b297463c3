#include "fhir/model/part.h"

#include "support.h"
#include "unit.h"

enum { NAMES = 4 };

struct row {
    enum fhir_part_kind kind;
    const char *names[NAMES];
    const char *whole, *part; /* without the tag */
};

#define OBSERVATION                                                                                  \
    "{'resourceType':'Observation','id':'1','meta':{'versionId':'2'},'language':'en',"               \
    "'text':{'status':'generated','div':'<div/>'},'contained':[{'resourceType':'Patient','id':'p'}," \
    "{'resourceType':'Device','id':'d'}],'modifierExtension':[{'url':'u','valueString':'x'}],"       \
    "'status':'final','code':{'id':'c','coding':[{'code':'a','userSelected':true}],'text':'t'},"     \
    "'subject':{'reference':'#p'},'valueQuantity':{'value':1.50},'note':[{'text':'n'}],"             \
    "'device':{'reference':'#d'},"                                                                   \
    "'component':[{'code':{'text':'k'},'interpretation':[{'text':'i'}],'valueString':'v'}]}"

#define META "'meta':{'versionId':'2','tag':[{'code':'SUBSETTED'}]}"
#define MODIFIER "'modifierExtension':[{'url':'u','valueString':'x'}]"

static const struct row rows[] = {
    {FHIR_PART_ALL, {0}, "{'resourceType':'Patient','gender':'male'}", "{'resourceType':'Patient','gender':'male'}"},
    {FHIR_PART_SUMMARY,
     {0},
     OBSERVATION,
     "{'resourceType':'Observation','id':'1'," META "," MODIFIER ",'status':'final','code':{'coding':[{'code':'a',"
     "'userSelected':true}],'text':'t'},'subject':{'reference':'#p'},'valueQuantity':{'value':1.50},"
     "'component':[{'code':{'text':'k'},'valueString':'v'}],'contained':[{'resourceType':'Patient','id':'p'}]}"},
    {FHIR_PART_TEXT,
     {0},
     OBSERVATION,
     "{'resourceType':'Observation','id':'1'," META ",'text':{'status':'generated','div':'<div/>'}," MODIFIER
     ",'status':'final','code':{'id':'c','coding':[{'code':'a','userSelected':true}],'text':'t'}}"},
    {FHIR_PART_DATA,
     {0},
     "{'resourceType':'Patient','meta':{'versionId':'2'},'text':{'div':'<div/>'},'gender':'male'}",
     "{'resourceType':'Patient'," META ",'gender':'male'}"},
    {FHIR_PART_ELEMENTS,
     {"value", "component.code"},
     OBSERVATION,
     "{'resourceType':'Observation','id':'1'," META "," MODIFIER ",'status':'final','code':{'id':'c','coding':[{'code':"
     "'a','userSelected':true}],'text':'t'},'valueQuantity':{'value':1.50},'component':[{'code':{'text':'k'}}]}"},
    {FHIR_PART_ELEMENTS,
     {"Observation.device", "Patient.name"},
     "{'resourceType':'Observation','meta':{'versionId':'2'},'device':{'reference':'#d'},"
     "'contained':[{'resourceType':'Device','id':'d','patient':{'reference':'#p'}},{'resourceType':'Patient',"
     "'id':'p'},{'resourceType':'Patient','id':'q'}]}",
     "{'resourceType':'Observation'," META ",'device':{'reference':'#d'},'contained':[{'resourceType':'Device','id':'d'"
     ",'patient':{'reference':'#p'}},{'resourceType':'Patient','id':'p'}]}"},
    /* the extensions of a primitive go with it; what says why a mandatory value is absent stays */
    {FHIR_PART_ELEMENTS,
     {"birthDate"},
     "{'resourceType':'Patient','meta':{'versionId':'2'},'birthDate':'1980','_birthDate':{'id':'b'},'gender':'male'}",
     "{'resourceType':'Patient'," META ",'birthDate':'1980','_birthDate':{'id':'b'}}"},
    {FHIR_PART_SUMMARY,
     {0},
     "{'resourceType':'Observation','meta':{'versionId':'2'},'code':{'extension':[{'url':'u'}]},'_status':{'id':'s'}}",
     "{'resourceType':'Observation'," META ",'code':{'extension':[{'url':'u'}]},'_status':{'id':'s'}}"},
};

static char *flat(struct arena *a, const struct fhir_node *n)
{
    static const char system[] = ",\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\"";
    static const char front[] = "\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",";
    struct err e;
    struct buf b;
    buf_init(&b, 1 << 20);
    CU_ASSERT_TRUE(fhir_write_json(n, false, &b, &e));
    char *text = arena_cstr(a, buf_view(&b));
    buf_release(&b);
    for (int i = 0; i < 2; i++) {
        const char *one = i ? front : system;
        char *at = strstr(text, one);
        if (at)
            memmove(at, at + strlen(one), strlen(at + strlen(one)) + 1);
    }
    return text;
}

static void test_parts(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct err e;
        struct str names[NAMES];
        struct fhir_part part = {.kind = rows[i].kind, .elements = names};
        arena_init(&a);
        for (; part.n < NAMES && rows[i].names[part.n]; part.n++)
            names[part.n] = str_of(rows[i].names[part.n]);
        struct fhir_node *n = fhir_parse_json(&a, quoted(&a, rows[i].whole), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        const char *got = flat(&a, fhir_part(&a, n, &part)), *want = arena_cstr(&a, quoted(&a, rows[i].part));
        if (strcmp(got, want) != 0)
            printf("row %zu:\n  %s\n  %s\n", i, got, want);
        CU_ASSERT_STRING_EQUAL(got, want);
        arena_release(&a);
    }
}

static void test_paths(void)
{
    static const struct {
        const char *path;
        bool good;
    } paths[] = {{"name", true},           {"name.family", true}, {"Patient.contact.name", true},
                 {"deceased", true},       {"deceased[x]", true}, {"nothing", false},
                 {"name.nothing", false},  {"Patient", false},    {"Observation.value", true},
                 {"Observation.x", false}, {"", false},           {"name.", false}};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        CU_ASSERT_EQUAL(fhir_part_path(STR("Patient"), str_of(paths[i].path)), paths[i].good);
}

static const struct unit_case cases[] = {
    {"gives the part", test_parts},
    {"knows paths", test_paths},
};
UNIT_MAIN("fhir part", cases)
