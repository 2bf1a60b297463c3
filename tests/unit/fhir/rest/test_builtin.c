/* What is built in: every document of it keeps the rules of FHIR R4, and no id is one the record could give. */
#include "fhir/rest/builtin_priv.h"

#include "fhir/validate/validate.h"
#include "request.h"

static void check_document(struct asked *a, const char *type, const struct builtin *one)
{
    struct record_doc doc;
    struct arena scratch;
    struct fhir_issues issues = {.arena = &scratch};
    struct validate_options options = {.warnings = false};
    arena_init(&scratch);
    CU_ASSERT_TRUE_FATAL(builtin_doc(&a->op, str_of(type), one, &doc, &a->e));
    const struct fhir_node *n = fhir_parse_json(&scratch, doc.content, &a->e);
    if (!n || !validate_check(n, &options, &issues, &a->e))
        printf("%s/%.*s: %s %s %s\n", type, STR_ARG(one->id), n ? "" : a->e.text,
               issues.first ? issues.first->expression : "", issues.first ? issues.first->text : "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    CU_ASSERT_EQUAL(issues.fatal_count, 0);
    CU_ASSERT_TRUE(str_eq(fhir_text(n, "id"), one->id));
    CU_ASSERT_TRUE(str_is(fhir_text(n, "resourceType"), type));
    arena_release(&scratch);
}

/* The record's ids are 13 characters 0-9a-z. */
static bool is_of_record(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!((id.p[i] >= '0' && id.p[i] <= '9') || (id.p[i] >= 'a' && id.p[i] <= 'z')))
            return false;
    return id.n == 13;
}

static void test_documents(void)
{
    static const struct {
        const char *type;
        size_t at_least;
    } rows[] = {{"SearchParameter", 1000},
                {"OperationDefinition", 15},
                {"StructureDefinition", 190},
                {"CompartmentDefinition", 5}};
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        struct asked a;
        size_t n;
        asked_begin(&a, "GET", NULL);
        CU_ASSERT_TRUE_FATAL(validate_start(&a.e));
        const struct builtin *list = builtin_list(&a.op, str_of(rows[r].type), &n);
        CU_ASSERT_TRUE(n >= rows[r].at_least);
        for (size_t i = 0; i < n; i++) {
            check_document(&a, rows[r].type, &list[i]);
            CU_ASSERT_TRUE(fhir_is_id(list[i].id));
            CU_ASSERT_FALSE(is_of_record(list[i].id));
            CU_ASSERT_TRUE(list[i].n > 0);
            CU_ASSERT_TRUE(!i || str_cmp(list[i - 1].id, list[i].id) < 0);
        }
        asked_end(&a);
    }
}

static void test_nothing_else(void)
{
    struct asked a;
    size_t n;
    struct record_doc doc;
    bool found;
    asked_begin(&a, "GET", NULL);
    CU_ASSERT_PTR_NULL(builtin_list(&a.op, STR("Patient"), &n));
    CU_ASSERT_TRUE(builtin_find(&a.op, STR("Patient"), STR("Patient"), &doc, &found, &a.e) && !found);
    CU_ASSERT_TRUE(builtin_find(&a.op, STR("StructureDefinition"), STR("Patient.contact"), &doc, &found, &a.e) &&
                   !found);
    CU_ASSERT_TRUE(builtin_untouched(&a.op, STR("StructureDefinition"), STR("mine"), &a.e));
    CU_ASSERT_FALSE(builtin_untouched(&a.op, STR("StructureDefinition"), STR("Patient"), &a.e));
    CU_ASSERT_STRING_EQUAL(a.e.rule, "built-in");
    asked_end(&a);
}

static const struct unit_case cases[] = {
    {"each document keeps the rules", test_documents},
    {"nothing else is built in", test_nothing_else},
};

int main(void)
{
    int status = unit_main("fhir/rest/builtin", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
