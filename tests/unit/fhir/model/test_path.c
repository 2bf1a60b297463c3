#include "support.h"
#include "unit.h"

static const char patient[] = "{'resourceType':'Patient','active':true,'identifier':[{'type':{'coding':[{'"
                              "code':'X'},{'code':'MR'}]},'value':'1'},{'system':'http://h.org/"
                              "a.b','value':'2'}],'name':[{'given':['A',null,'C'],'_given':[null,{'id':'g'}]}"
                              "],'multipleBirthInteger':2,'maritalStatus':{'text':'m'}}";

struct row {
    const char *path, *text; /* NULL: nothing there */
};

static void finds_texts(void)
{
    static const struct row rows[] = {
        {"active", "true"},
        {"multipleBirthInteger", "2"},
        {"identifier.value", "1"},
        {"identifier[0].value", "1"},
        {"identifier[1].value", "2"},
        {"identifier[2].value", NULL},
        {"identifier[type.coding.code=MR].value", "1"},
        {"identifier[type.coding.code=VN].value", NULL},
        {"identifier[system=http://h.org/a.b].value", "2"},
        {"identifier[type.coding=MR].value", NULL},
        {"name.given", "A"},
        {"name.given[2]", "C"},
        {"name.given[1]", NULL},
        {"name._given[1].id", "g"},
        {"maritalStatus.text", "m"},
        {"maritalStatus[0].text", "m"},
        {"maritalStatus[1].text", NULL},
        {"maritalStatus[text=m].text", "m"},
        {"maritalStatus[text=n].text", NULL},
        {"maritalStatus", NULL},
        {"active.x", NULL},
        {"nothing", NULL},
        {"", NULL},
        {".active", NULL},
        {"active.", NULL},
        {"identifier[", NULL},
        {"identifier[]", NULL},
        {"identifier[-1].value", NULL},
        {"identifier[x].value", NULL},
        {"identifier[=1].value", NULL},
        {"identifier[value=].value", NULL},
        {"identifier[0]value", NULL},
    };
    struct arena a;
    struct err e = {0};
    arena_init(&a);
    const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, patient), &e);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str text = fhir_text(n, rows[i].path);
        bool right = rows[i].text ? str_is(text, rows[i].text) : text.p == NULL;
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  '%s' gives '%.*s'\n", rows[i].path, STR_ARG(text));
    }
    CU_ASSERT_PTR_NULL(fhir_at(NULL, "active"));
    CU_ASSERT_EQUAL(fhir_at(n, "identifier")->kind, FHIR_OBJECT);
    arena_release(&a);
}

static const struct unit_case cases[] = {{"finds texts by path", finds_texts}};
UNIT_MAIN("fhir path", cases)
