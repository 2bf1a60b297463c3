/* FHIRPath Patch: each operation on primitives, datatypes, backbones, lists, and what does not fit. Documents are
 * written with single quotes. */
#include <string.h>

#include "fhir/patch/patch.h"
#include "unit.h"

#define OP(type, path, more)                                                                                  \
    "{'name':'operation','part':[{'name':'type','valueCode':'" type "'},{'name':'path','valueString':\"" path \
    "\"}" more "]}"
#define NAME(name) ",{'name':'name','valueString':'" name "'}"
#define VALUE(value) ",{'name':'value'," value "}"
#define AT(index) ",{'name':'index','valueInteger':" index "}"
#define MOVE(from, to) ",{'name':'source','valueInteger':" from "},{'name':'destination','valueInteger':" to "}"
#define PATIENT(more) "{'resourceType':'Patient'" more "}"
#define LIST(values) PATIENT(",'identifier':[" values "]")
#define ID(value) "{'value':'" value "'}"
#define FOUR ID("1") "," ID("2") "," ID("3") "," ID("4")

static const struct {
    const char *resource, *operations;
    const char *result; /* NULL: refused with the code */
    enum err_code code;
} rows[] = {
    /* primitives */
    {PATIENT(",'birthDate':'1920-01-01'"), "", PATIENT(",'birthDate':'1920-01-01'"), 0},
    {PATIENT(",'birthDate':'1920-01-01'"), OP("replace", "Patient.birthDate", VALUE("'valueDate':'1930-01-01'")),
     PATIENT(",'birthDate':'1930-01-01'"), 0},
    {PATIENT(",'birthDate':'1920-01-01'"), OP("delete", "Patient.birthDate", ""), PATIENT(""), 0},
    {PATIENT(""), OP("add", "Patient", NAME("birthDate") VALUE("'valueDate':'1930-01-01'")),
     PATIENT(",'birthDate':'1930-01-01'"), 0},
    {PATIENT(",'contact':[{'name':{'text':'a'},'gender':'male'}]"),
     OP("replace", "Patient.contact[0].gender", VALUE("'valueCode':'female'")) "," OP(
         "replace", "Patient.contact[0].name.text", VALUE("'valueString':'b'")),
     PATIENT(",'contact':[{'name':{'text':'b'},'gender':'female'}]"), 0},
    {PATIENT(",'contact':[{'name':{'text':'a'},'gender':'male'}]"), OP("delete", "Patient.contact[0].name.text", ""),
     PATIENT(",'contact':[{'gender':'male'}]"), 0},
    {PATIENT(",'contact':[{'name':{'text':'a'}}]"), OP("delete", "Patient.contact[0].name.text", ""), PATIENT(""), 0},
    {PATIENT(",'birthDate':'1920'"), OP("delete", "Patient.gender", ""), PATIENT(",'birthDate':'1920'"), 0},
    /* numbers keep their text, booleans their kind */
    {PATIENT(",'multipleBirthInteger':2"), OP("replace", "Patient.multipleBirth", VALUE("'valueInteger':3")),
     PATIENT(",'multipleBirthInteger':3"), 0},
    /* datatypes and backbones */
    {PATIENT(",'maritalStatus':{'id':'1','text':'a'}"),
     OP("replace", "Patient.maritalStatus", VALUE("'valueCodeableConcept':{'id':'2','text':'b'}")),
     PATIENT(",'maritalStatus':{'id':'2','text':'b'}"), 0},
    {PATIENT(""),
     OP("add", "Patient",
        NAME("contact") VALUE("'part':[{'name':'name','valueHumanName':{'text':'a'}},"
                              "{'name':'telecom','valueContactPoint':{'value':'1'}},"
                              "{'name':'telecom','valueContactPoint':{'value':'2'}}]")),
     PATIENT(",'contact':[{'name':{'text':'a'},'telecom':[{'value':'1'},{'value':'2'}]}]"), 0},
    {PATIENT(",'contact':[{'gender':'male'}]"), OP("delete", "Patient.contact[0]", ""), PATIENT(""), 0},
    {PATIENT(""), OP("add", "Patient", NAME("contained") VALUE("'resource':{'resourceType':'Basic','id':'b'}")),
     PATIENT(",'contained':[{'resourceType':'Basic','id':'b'}]"), 0},
    /* a choice is named by its stem and told by its type */
    {PATIENT(""), OP("add", "Patient", NAME("deceased") VALUE("'valueBoolean':true")),
     PATIENT(",'deceasedBoolean':true"), 0},
    {PATIENT(""), OP("add", "Patient", NAME("deceasedBoolean") VALUE("'valueBoolean':true")),
     PATIENT(",'deceasedBoolean':true"), 0},
    {PATIENT(",'deceasedBoolean':true"), OP("replace", "Patient.deceased", VALUE("'valueDateTime':'2020'")),
     PATIENT(",'deceasedDateTime':'2020'"), 0},
    {PATIENT(""), OP("add", "Patient", NAME("deceased") VALUE("'valueQuantity':{'value':1}")), NULL, ERR_PROCESSING},
    {PATIENT(",'deceasedBoolean':true"), OP("replace", "Patient.deceased", VALUE("'valueQuantity':{'value':1}")), NULL,
     ERR_PROCESSING},
    /* both halves of primitives */
    {PATIENT(",'name':[{'given':['a','b'],'_given':[null,{'id':'x'}]}]"), OP("delete", "Patient.name[0].given[0]", ""),
     PATIENT(",'name':[{'given':['b'],'_given':[{'id':'x'}]}]"), 0},
    {PATIENT(",'name':[{'given':['a','b'],'_given':[null,{'id':'x'}]}]"), OP("delete", "Patient.name[0].given[1]", ""),
     PATIENT(",'name':[{'given':['a']}]"), 0},
    {PATIENT(",'name':[{'given':['a'],'_given':[{'id':'x'}]}]"),
     OP("add", "Patient.name[0]", NAME("given") VALUE("'valueString':'b'")),
     PATIENT(",'name':[{'given':['a','b'],'_given':[{'id':'x'},null]}]"), 0},
    {PATIENT(",'birthDate':'1920'"),
     OP("add", "Patient.birthDate", NAME("extension") VALUE("'valueExtension':{'url':'urn:x','valueCode':'c'}")),
     PATIENT(",'birthDate':'1920','_birthDate':{'extension':[{'url':'urn:x','valueCode':'c'}]}"), 0},
    {PATIENT(",'birthDate':'1920','_birthDate':{'id':'x'}"), OP("delete", "Patient.birthDate.id", ""),
     PATIENT(",'birthDate':'1920'"), 0},
    {PATIENT(",'birthDate':'1920','_birthDate':{'id':'x'}"), OP("delete", "Patient.birthDate", ""), PATIENT(""), 0},
    {PATIENT(",'birthDate':'1920','_birthDate':{'id':'x'}"),
     OP("replace", "Patient.birthDate", VALUE("'valueDate':'1930'")), PATIENT(",'birthDate':'1930'"), 0},
    /* lists */
    {LIST(ID("1") "," ID("2")), OP("insert", "Patient.identifier", AT("2") VALUE("'valueIdentifier':" ID("3"))),
     LIST(ID("1") "," ID("2") "," ID("3")), 0},
    {LIST(ID("1") "," ID("2")), OP("insert", "Patient.identifier", AT("0") VALUE("'valueIdentifier':" ID("3"))),
     LIST(ID("3") "," ID("1") "," ID("2")), 0},
    {PATIENT(""), OP("insert", "Patient.identifier", AT("0") VALUE("'valueIdentifier':" ID("1"))), LIST(ID("1")), 0},
    {LIST(FOUR), OP("delete", "Patient.identifier[2]", ""), LIST(ID("1") "," ID("2") "," ID("4")), 0},
    {LIST(FOUR), OP("delete", "Patient.identifier.where(value = '3')", ""), LIST(ID("1") "," ID("2") "," ID("4")), 0},
    {LIST(FOUR), OP("move", "Patient.identifier", MOVE("3", "1")),
     LIST(ID("1") "," ID("4") "," ID("2") "," ID("3")), 0},
    {LIST(FOUR), OP("move", "Patient.identifier", MOVE("3", "0")),
     LIST(ID("4") "," ID("1") "," ID("2") "," ID("3")), 0},
    {LIST(FOUR), OP("move", "Patient.identifier", MOVE("0", "3")),
     LIST(ID("2") "," ID("3") "," ID("4") "," ID("1")), 0},
    {LIST(FOUR),
     OP("move", "Patient.identifier", MOVE("1", "0")) "," OP("move", "Patient.identifier", MOVE("3", "1")),
     LIST(ID("2") "," ID("4") "," ID("1") "," ID("3")), 0},
    {LIST(FOUR),
     OP("delete", "Patient.identifier[0]", "") "," OP("delete", "Patient.identifier[0]", "") ","
     OP("add", "Patient", NAME("identifier") VALUE("'valueIdentifier':" ID("5"))),
     LIST(ID("3") "," ID("4") "," ID("5")), 0},
    /* what was emptied may be filled again */
    {LIST(ID("1")),
     OP("delete", "Patient.identifier", "") "," OP("add", "Patient",
                                                     NAME("identifier") VALUE("'valueIdentifier':" ID("5"))),
     LIST(ID("5")), 0},
    /* what does not fit */
    {PATIENT(""), OP("replace", "Patient.birthDate", VALUE("'valueDate':'1930'")), NULL, ERR_PROCESSING},
    {PATIENT(",'gender':'male'"), OP("add", "Patient", NAME("gender") VALUE("'valueCode':'male'")), NULL,
     ERR_PROCESSING},
    {PATIENT(""), OP("add", "Patient", NAME("colour") VALUE("'valueCode':'blue'")), NULL, ERR_PROCESSING},
    {PATIENT(""), OP("add", "Patient.contact", NAME("gender") VALUE("'valueCode':'male'")), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("delete", "Patient.identifier", ""), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("insert", "Patient.identifier", AT("5") VALUE("'valueIdentifier':" ID("3"))), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("move", "Patient.identifier", MOVE("0", "4")), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("move", "Patient.identifier.value", MOVE("0", "1")), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("delete", "Patient.identifier.count()", ""), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("replace", "Patient", VALUE("'resource':{'resourceType':'Basic'}")), NULL, ERR_PROCESSING},
    {LIST(FOUR), OP("delete", "Patient", ""), NULL, ERR_PROCESSING},
    /* what is no patch */
    {PATIENT(""), OP("delete", "Patient.(", ""), NULL, ERR_INVALID},
    {PATIENT(""), OP("delete", "", ""), NULL, ERR_INVALID},
    {PATIENT(""), OP("erase", "Patient.name", ""), NULL, ERR_INVALID},
    {PATIENT(""), OP("add", "Patient", NAME("gender")), NULL, ERR_INVALID},
    {PATIENT(""), OP("add", "Patient", VALUE("'valueCode':'male'")), NULL, ERR_INVALID},
    {LIST(FOUR), OP("insert", "Patient.identifier", VALUE("'valueIdentifier':" ID("3"))), NULL, ERR_INVALID},
    {LIST(FOUR), OP("move", "Patient.identifier", MOVE("-1", "1")), NULL, ERR_INVALID},
    {PATIENT(""), "{'name':'x'}", NULL, ERR_INVALID},
};

static struct fhir_node *parse(struct arena *a, const char *text)
{
    struct err e = {0};
    char *json = arena_cstr(a, str_of(text));
    for (char *p = json, inside = 0; *p; p++) {
        inside = *p == '"' ? !inside : inside; /* an expression may hold quotes of its own */
        if (*p == '\'' && !inside)
            *p = '"', inside = 0;
    }
    struct fhir_node *n = fhir_parse_json(a, str_of(json), &e);
    if (!n)
        printf("%s: %s\n", json, e.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    return n;
}

static const char *written(struct arena *a, const struct fhir_node *n)
{
    struct err e = {0};
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 1 << 20);
    CU_ASSERT_TRUE(fhir_write_json(n, false, &b, &e));
    return arena_cstr(a, buf_view(&b));
}

static void check_row(size_t i)
{
    struct arena a;
    struct err e = {0};
    struct fhir_node *result = NULL;
    arena_init(&a);
    struct fhir_node *resource = parse(&a, rows[i].resource);
    const char *patch = rows[i].operations[0] ? arena_printf(&a, "{'resourceType':'Parameters','parameter':[%s]}",
                                                             rows[i].operations)
                                                    .p
                                              : "{'resourceType':'Parameters'}";
    const char *before = written(&a, resource);
    bool ok = patch_fhirpath(&a, resource, parse(&a, patch), &result, &e);
    CU_ASSERT_STRING_EQUAL(written(&a, resource), before);
    const char *got = ok ? written(&a, result) : "refused",
               *due = rows[i].result ? written(&a, parse(&a, rows[i].result)) : "refused";
    if (strcmp(got, due) != 0 || e.code != rows[i].code)
        printf("row %zu: %s, not %s (%s)\n", i, got, due, e.text);
    CU_ASSERT_STRING_EQUAL(got, due);
    CU_ASSERT_EQUAL(e.code, rows[i].code);
    arena_release(&a);
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i);
}

/* The same operation n times. */
static enum err_code repeated(const char *resource, const char *operation, int n)
{
    struct arena a;
    struct err e = {0};
    struct fhir_node *result = NULL;
    struct buf b CLEANUP(buf_release);
    arena_init(&a);
    buf_init(&b, 64 << 20);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s%s", i ? "," : "{'resourceType':'Parameters','parameter':[", operation);
    buf_puts(&b, "]}");
    struct fhir_node *patch = parse(&a, b.p);
    bool ok = patch_fhirpath(&a, parse(&a, resource), patch, &result, &e);
    CU_ASSERT_TRUE(ok || e.code);
    arena_release(&a);
    return ok ? ERR_NONE : e.code;
}

static void test_bounds(void)
{
    const char *add = OP("add", "Patient", NAME("identifier") VALUE("'valueIdentifier':" ID("1")));
    const char *costly = OP("delete", "Patient.identifier.where(value.matches('(a|b|c)*d'))", "");
    const char *wide = OP("delete", "Patient.identifier.repeat(children()).where(value.toChars().count() > 99)", "");
    const char *deeper = OP("add", "Patient.descendants().where($this is Extension).last()",
                            NAME("extension") VALUE("'valueExtension':{'url':'urn:x'}"));
    CU_ASSERT_EQUAL(repeated(PATIENT(""), add, 500), ERR_NONE);
    CU_ASSERT_EQUAL(repeated(PATIENT(""), OP("delete", "Patient.name", ""), 10001), ERR_TOO_LARGE);
    CU_ASSERT_EQUAL(repeated(PATIENT(""), add, 9999), ERR_TOO_LARGE);
    CU_ASSERT_NOT_EQUAL(repeated(LIST(FOUR), costly, 9999), ERR_INTERNAL);
    CU_ASSERT_NOT_EQUAL(repeated(LIST(FOUR), wide, 9999), ERR_INTERNAL);
    CU_ASSERT_EQUAL(repeated(PATIENT(",'extension':[{'url':'urn:x'}]"), deeper, 100), ERR_PROCESSING);
}

static const struct unit_case cases[] = {
    {"operations", test_rows},
    {"bounds", test_bounds},
};
UNIT_MAIN("fhir/patch/fhirpath_patch", cases)
