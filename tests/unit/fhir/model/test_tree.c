#include "support.h"
#include "unit.h"

static void copies_are_apart(void)
{
    struct arena a, b;
    struct err e = {0};
    arena_init(&a);
    arena_init(&b);
    struct fhir_node *n = fhir_parse_json(&a, STR("{\"a\":[1,{\"b\":\"x\"}],\"c\":null}"), &e);
    struct fhir_node *copy = fhir_copy(&b, n);
    arena_release(&a);
    CU_ASSERT_TRUE(str_is(json_of(&b, copy), "{\"a\":[1,{\"b\":\"x\"}],\"c\":null}"));
    arena_release(&b);
}

static void finds_members(void)
{
    struct arena a;
    arena_init(&a);
    struct fhir_node *n = fhir_new(&a, "Patient");
    char key[] = "id";
    fhir_add_string(&a, n, key, STR("1"));
    key[0] = 'x'; /* names are copied */
    CU_ASSERT_PTR_NOT_NULL(fhir_member(n, "id"));
    CU_ASSERT_PTR_NULL(fhir_member(n, "i"));
    CU_ASSERT_PTR_NULL(fhir_member(fhir_member(n, "id"), "id"));
    CU_ASSERT_PTR_NULL(fhir_member(NULL, "id"));
    arena_release(&a);
}

static void moves_nodes(void)
{
    struct arena a;
    arena_init(&a);
    struct fhir_node *list = fhir_new(&a, "Bundle");
    struct fhir_node *entries = fhir_add_array(&a, list, "entry");
    fhir_add_node(entries, fhir_new(&a, "Patient"));
    fhir_add_node(entries, fhir_new(&a, "Task"));
    CU_ASSERT_TRUE(str_is(fhir_text(list, "entry[1].resourceType"), "Task"));
    CU_ASSERT_PTR_EQUAL(entries->last, entries->first->next);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"a copy outlives its original", copies_are_apart},
    {"finds members by name", finds_members},
    {"appends nodes", moves_nodes},
};
UNIT_MAIN("fhir tree", cases)
