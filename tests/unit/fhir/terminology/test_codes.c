/* Lists of codes, and what a CodeSystem says of its own. */
#include "documents.h"

#include "fhir/terminology/terminology_priv.h"

static void begin(struct arena *a, struct term *t, struct err *e)
{
    arena_init(a);
    err_clear(e);
    term_init(t, a, load_document, a);
}

/* Each code once, found again after the list has grown. */
static void test_lists(void)
{
    struct arena a;
    struct term t;
    struct err e;
    struct term_codes codes = {.n = 0};
    begin(&a, &t, &e);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            struct term_code code = {.system = i % 2 ? STR("urn:odd") : STR("urn:even"),
                                     .code = arena_printf(&a, "c%d", i)};
            CU_ASSERT_TRUE(term_put(&t, &codes, &code, &e));
        }
    CU_ASSERT_EQUAL(codes.n, 1000);
    CU_ASSERT_PTR_NOT_NULL(term_find(&codes, STR("urn:odd"), STR("c777")));
    CU_ASSERT_PTR_NULL(term_find(&codes, STR("urn:even"), STR("c777")));
    CU_ASSERT_PTR_NOT_NULL(term_find(&codes, STR(""), STR("c777")));
    codes.item[777].removed = true;
    CU_ASSERT_PTR_NULL(term_find(&codes, STR("urn:odd"), STR("c777")));
    CU_ASSERT_PTR_NULL(term_find(&codes, STR(""), STR("c777")));
    CU_ASSERT_PTR_NULL(term_find(&(struct term_codes){.n = 0}, STR("urn:odd"), STR("c1")));
    arena_release(&a);
}

static void test_bounds(void)
{
    struct arena a;
    struct term t;
    struct err e;
    struct term_codes codes = {.n = 0};
    bool ok = true;
    begin(&a, &t, &e);
    for (int i = 0; i <= TERM_CODES_MAX && ok; i++) {
        struct term_code code = {.system = STR("urn:s"), .code = arena_printf(&a, "%d", i)};
        ok = term_put(&t, &codes, &code, &e);
    }
    CU_ASSERT_FALSE(ok);
    CU_ASSERT_EQUAL(e.code, ERR_TOO_COSTLY);
    CU_ASSERT_EQUAL(codes.n, TERM_CODES_MAX);
    t.work = TERM_WORK_MAX;
    err_clear(&e);
    CU_ASSERT_FALSE(term_spend(&t, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_COSTLY);
    arena_release(&a);
}

static void test_systems(void)
{
    static const struct {
        const char *system;
        bool known;
        size_t n;
    } rows[] = {{"urn:s", true, 5}, {"urn:unknown", false, 0}, {"http://hl7.org/fhir/administrative-gender", true, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct term t;
        struct err e;
        struct term_codes codes;
        bool known;
        begin(&a, &t, &e);
        CU_ASSERT_TRUE(term_system(&t, str_of(rows[i].system), &codes, &known, &e));
        CU_ASSERT_EQUAL(known, rows[i].known);
        CU_ASSERT_EQUAL(codes.n, rows[i].n);
        arena_release(&a);
    }
}

static void test_tree(void)
{
    static const struct {
        const char *code, *ancestor;
        bool below;
    } rows[] = {{"b", "a", true},  {"c", "a", true},  {"c", "b", true},  {"d", "b", false},
                {"a", "a", false}, {"a", "b", false}, {"e", "a", false}, {"x", "a", false}};
    struct arena a;
    struct term t;
    struct err e;
    const struct fhir_node *system;
    struct term_codes codes;
    begin(&a, &t, &e);
    CU_ASSERT_TRUE_FATAL(term_document(&t, "CodeSystem", STR("urn:s"), &system, &e));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CU_ASSERT_EQUAL(term_is_below(system, str_of(rows[i].code), str_of(rows[i].ancestor)), rows[i].below);
    CU_ASSERT_TRUE(term_concepts(&t, system, &codes, &e));
    CU_ASSERT_TRUE(term_find(&codes, STR("urn:s"), STR("e"))->inactive);
    CU_ASSERT_FALSE(term_find(&codes, STR("urn:s"), STR("a"))->inactive);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"lists", test_lists}, {"bounds", test_bounds}, {"systems", test_systems}, {"the tree", test_tree}};

int main(void)
{
    return unit_main("fhir/terminology/codes", cases, sizeof cases / sizeof cases[0]);
}
