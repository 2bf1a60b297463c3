/* What an operation answers, and how its rows are told: each definition keeps the rules of FHIR R4. */
#include "fhir/rest/operation_priv.h"

#include "fhir/validate/validate.h"
#include "request.h"

static void test_parameters(void)
{
    struct asked a;
    asked_begin(&a, "GET", NULL);
    struct operation o = {.op = &a.op, .h = &a.http, .row = &operation_rows[0], .level = AT_SYSTEM};
    struct fhir_node *out = operation_out(&o), *part;
    operation_add_text(&o, out, "one", "valueString", STR("a"));
    operation_add_text(&o, out, "none", "valueString", STR("")); /* says nothing: is not there */
    operation_add_bool(&o, out, "flag", false);
    part = operation_add(&o, out, "group");
    operation_add_text(&o, part, "inner", "valueCode", STR("b"));
    operation_add_value(&o, out, "thing", "resource", fhir_new(a.op.arena, "Basic"));
    CU_ASSERT_TRUE_FATAL(operation_answer(&o, 200, out, &a.e));
    CU_ASSERT_TRUE(str_is(asked_body(&a),
                          "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"one\",\"valueString\":\"a\"},"
                          "{\"name\":\"flag\",\"valueBoolean\":false},"
                          "{\"name\":\"group\",\"part\":[{\"name\":\"inner\",\"valueCode\":\"b\"}]},"
                          "{\"name\":\"thing\",\"resource\":{\"resourceType\":\"Basic\"}}]}"));
    asked_end(&a);
}

static void test_definitions(void)
{
    struct asked a;
    struct validate_options options = {.warnings = false};
    asked_begin(&a, "GET", NULL);
    CU_ASSERT_TRUE_FATAL(validate_start(&a.e));
    for (int i = 0; i < operation_row_count; i++) {
        struct buf b;
        struct fhir_issues issues = {.arena = a.op.arena};
        buf_init(&b, 1 << 20);
        operation_put_definition(&b, &a.op, &operation_rows[i]);
        const struct fhir_node *n = fhir_parse_json(a.op.arena, arena_str(a.op.arena, buf_view(&b)), &a.e);
        if (!n || !validate_check(n, &options, &issues, &a.e))
            printf("%s: %s %s\n", operation_rows[i].name, n ? "" : a.e.text, issues.first ? issues.first->text : "");
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        CU_ASSERT_EQUAL(issues.fatal_count, 0);
        CU_ASSERT_TRUE(str_is(fhir_text(n, "code"), operation_rows[i].name + 1));
        CU_ASSERT_TRUE(str_eq(fhir_text(n, "id"), operation_id(a.op.arena, &operation_rows[i])));
        buf_release(&b);
    }
    asked_end(&a);
}

static void test_finding(void)
{
    static const struct {
        const char *name;
        unsigned level;
        const char *type;
        bool found;
    } rows[] = {{"meta", AT_SYSTEM, "", true},
                {"$meta", AT_VERSION, "Patient", true},
                {"meta-add", AT_TYPE, "Patient", false},
                {"everything", AT_INSTANCE, "Encounter", true},
                {"everything", AT_TYPE, "Encounter", false},
                {"everything", AT_INSTANCE, "Observation", false},
                {"merge", AT_TYPE, "Patient", true},
                {"merge", AT_INSTANCE, "Patient", false},
                {"nothing", AT_SYSTEM, "", false},
                {"", AT_SYSTEM, "", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct operation_row *r = operation_find(str_of(rows[i].name), rows[i].level, str_of(rows[i].type));
        if ((r != NULL) != rows[i].found)
            printf("%s of '%s'\n", rows[i].name, rows[i].type);
        CU_ASSERT_EQUAL(r != NULL, rows[i].found);
    }
}

/* The list of a type names what is called at it, each once a row. */
static void test_lists(void)
{
    static const struct {
        const char *type, *has, *lacks;
    } rows[] = {{"", "\"$convert\"", "\"merge\""},
                {"Patient", "\"name\":\"merge\"", "\"worklist\""},
                {"ServiceRequest", "\"name\":\"worklist\"", "\"merge\""},
                {"Binary", "\"name\":\"meta\"", "\"expand\""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct asked a;
        struct buf b;
        asked_begin(&a, "GET", NULL);
        buf_init(&b, 1 << 20);
        buf_puts(&b, "{");
        operation_put_list(&b, &a.op, str_of(rows[i].type));
        char *text = arena_cstr(a.op.arena, buf_view(&b));
        CU_ASSERT_PTR_NOT_NULL(strstr(text, i ? rows[i].has : "\"name\":\"convert\""));
        CU_ASSERT_PTR_NULL(strstr(text, rows[i].lacks));
        buf_release(&b);
        asked_end(&a);
    }
}

static const struct unit_case cases[] = {
    {"parameters", test_parameters},
    {"definitions", test_definitions},
    {"finding", test_finding},
    {"lists", test_lists},
};

int main(void)
{
    int status = unit_main("fhir/rest/operation_out", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
