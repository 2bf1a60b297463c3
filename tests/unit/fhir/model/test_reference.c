#include "fhir/model/reference_priv.h"
#include "support.h"
#include "unit.h"

static void names_types(void)
{
    static const struct {
        const char *text, *type;
    } rows[] = {
        {"Patient/1", "Patient"},
        {"Patient/1/_history/2", "Patient"},
        {"https://h/fhir/Patient/1", "Patient"},
        {"https://h/fhir/Patient/1/_history/2", "Patient"},
        {"Patient?identifier=http://x/y|1", "Patient"},
        {"https://h/Patient?a=b", "Patient"},
        {"#Patient/1", ""},
        {"#", ""},
        {"urn:oid:1.2", ""},
        {"Patient", ""},
        {"patient/1", ""},
        {"https://h/x/1", ""},
        {"_history/2", ""},
        {"/", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CU_ASSERT_TRUE(str_is(fhir_reference_type(str_of(rows[i].text)), rows[i].type));
}

struct list {
    char text[1000];
    int left; /* stop after so many */
};

static bool note(void *ctx, struct str reference, const char *expression, struct err *e)
{
    struct list *l = ctx;
    size_t n = strlen(l->text);
    snprintf(l->text + n, sizeof l->text - n, "%s=%.*s;", expression, STR_ARG(reference));
    return --l->left || err_set(e, ERR_INTERNAL, "stopped");
}

static const char json[] =
    "{'resourceType':'Bundle','type':'batch','entry':[{'resource':{'resourceType':'Task','basedOn':[{'"
    "reference':'ServiceRequest/1'},{'display':'x'},{'reference':'#c'}],'for':{'reference':'Patient/"
    "1'},'_status':{'extension':[{'url':'u','valueReference':{'reference':'Group/2'}}]},'reference':'Nothing/"
    "1'}}]}";

static void walks(void)
{
    struct arena a;
    struct err e = {0};
    struct list all = {"", 100}, some = {"", 2};
    arena_init(&a);
    const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, json), &e);
    CU_ASSERT_TRUE(fhir_references(n, note, &all, &e));
    CU_ASSERT_STRING_EQUAL(
        all.text, "Bundle.entry[0].resource.basedOn[0]=ServiceRequest/1;Bundle.entry[0].resource.for=Patient/"
                  "1;Bundle.entry[0].resource._status.extension[0].valueReference=Group/2;");
    CU_ASSERT_FALSE(fhir_references(n, note, &some, &e));
    CU_ASSERT_STRING_EQUAL(e.text, "stopped");
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"names the type of a reference", names_types},
    {"finds every reference", walks},
};
UNIT_MAIN("fhir reference", cases)
