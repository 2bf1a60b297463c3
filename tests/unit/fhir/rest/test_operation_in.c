/* The parameters of an operation: what a row declares, what an address and a body say, what is refused. */
#include "fhir/rest/operation_priv.h"

#include "fhir/model/types.h"

#include "request.h"

static bool nothing(struct operation *o, struct err *e)
{
    (void)o;
    (void)e;
    return true;
}

static const struct operation_row row = {
    .name = "$sample",
    .levels = AT_SYSTEM,
    .types = "",
    .methods = BY_GET | BY_POST,
    .body_max = 1000,
    .in = "one:string many:code* day:date? count:integer? flag:boolean? thing:any? patient:Patient? group:parts*",
    .out = "",
    .official = "",
    .handler = nothing,
};

static void test_declarations(void)
{
    static const struct {
        const char *text, *name, *type;
        bool required, repeats;
    } rows[] = {{"a:string", "a", "string", true, false},
                {"a:string?", "a", "string", false, false},
                {"a-b:code*", "a-b", "code", false, true},
                {"_count:integer+", "_count", "integer", true, true},
                {"  x:parts", "x", "parts", true, false}};
    struct operation_param p;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str rest = str_of(rows[i].text);
        CU_ASSERT_TRUE_FATAL(operation_param_next(&rest, &p));
        CU_ASSERT_TRUE(str_is(p.name, rows[i].name));
        CU_ASSERT_TRUE(str_is(p.type, rows[i].type));
        CU_ASSERT_EQUAL(p.required, rows[i].required);
        CU_ASSERT_EQUAL(p.repeats, rows[i].repeats);
        CU_ASSERT_FALSE(operation_param_next(&rest, &p));
    }
    struct str empty = STR(""), blank = STR("  ");
    CU_ASSERT_FALSE(operation_param_next(&empty, &p));
    CU_ASSERT_FALSE(operation_param_next(&blank, &p));
}

/* Each row of the table can be read. */
static void test_rows(void)
{
    for (int i = 0; i < operation_row_count; i++) {
        const char *const lists[] = {operation_rows[i].in, operation_rows[i].out};
        for (size_t l = 0; l < 2; l++) {
            struct str rest = str_of(lists[l]);
            struct operation_param p;
            while (operation_param_next(&rest, &p)) {
                bool known = str_is(p.type, "any") || str_is(p.type, "parts") || str_is(p.type, "Resource") ||
                             fhir_type_find(p.type) != NULL;
                if (!known || !p.name.n)
                    printf("%s: '%.*s' of '%s'\n", operation_rows[i].name, STR_ARG(p.type), lists[l]);
                CU_ASSERT_TRUE(known && p.name.n);
            }
        }
    }
}

/* expected: ERR_NONE, and the text of parameter `name`. */
struct case_row {
    const char *said;
    enum err_code code;
    const char *name, *text;
};

static void read_one(const char *method, const char *query, const char *body, const struct case_row *c)
{
    struct asked a;
    struct http_pair type = {STR("Content-Type"), STR("application/fhir+json")};
    asked_begin(&a, method, query);
    a.request.given = &type;
    a.request.given_count = 1;
    if (body) {
        char *text = arena_cstr(a.op.arena, str_of(body));
        for (char *p = text; *p; p++)
            *p = *p == '\'' ? '"' : *p;
        a.request.body = str_of(text);
    }
    struct operation o = {.op = &a.op, .h = &a.http, .row = &row, .level = AT_SYSTEM};
    bool ok = operation_read(&o, &a.e);
    if (ok != (c->code == ERR_NONE) || (!ok && a.e.code != c->code))
        printf("%s: %s\n", c->said, ok ? "taken" : a.e.text);
    CU_ASSERT_EQUAL(ok, c->code == ERR_NONE);
    if (!ok)
        CU_ASSERT_EQUAL(a.e.code, c->code);
    if (ok && c->name)
        CU_ASSERT_TRUE(str_is(operation_text(&o, c->name), c->text));
    asked_end(&a);
}

static void test_addresses(void)
{
    static const struct case_row rows[] = {
        {"one=a", ERR_NONE, "one", "a"},
        {"one=a&many=b&many=c", ERR_NONE, "many", "b"},
        {"one=a&day=2026-11-24", ERR_NONE, "day", "2026-11-24"},
        {"one=a&count=7", ERR_NONE, "count", "7"},
        {"one=a&flag=true", ERR_NONE, "flag", "true"},
        {"one=a&thing=x", ERR_NONE, "thing", "x"},
        {"one=a&_format=json&_pretty=true", ERR_NONE, "one", "a"},
        {"", ERR_INVALID, NULL, NULL},
        {"many=b", ERR_INVALID, NULL, NULL},
        {"one=a&one=b", ERR_INVALID, NULL, NULL},
        {"one=", ERR_INVALID, NULL, NULL},
        {"one=a&other=b", ERR_UNSUPPORTED, NULL, NULL},
        {"one=a&count=x", ERR_INVALID, NULL, NULL},
        {"one=a&count=99999999999", ERR_INVALID, NULL, NULL},
        {"one=a&flag=yes", ERR_INVALID, NULL, NULL},
        {"one=a&patient=x", ERR_INVALID, NULL, NULL},
        {"one=a&group=x", ERR_INVALID, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        read_one("GET", rows[i].said, NULL, &rows[i]);
}

#define P(list) "{'resourceType':'Parameters','parameter':[" list "]}"

static void test_bodies(void)
{
    static const struct case_row rows[] = {
        {P("{'name':'one','valueString':'a'}"), ERR_NONE, "one", "a"},
        {P("{'name':'one','valueCode':'a'}"), ERR_NONE, "one", "a"}, /* text is text */
        {P("{'name':'one','valueString':'a'},{'name':'day','valueDateTime':'2026-11-24T10:00:00Z'}"), ERR_NONE, "day",
         "2026-11-24T10:00:00Z"},
        {P("{'name':'one','valueString':'a'},{'name':'group','part':[{'name':'x','valueString':'y'}]}"), ERR_NONE,
         "one", "a"},
        {P("{'name':'one','valueString':'a'},{'name':'patient','resource':{'resourceType':'Patient','sex':1}}"),
         ERR_NONE, "one", "a"}, /* resources are their handler's matter */
        {P("{'name':'one','valueInteger':1}"), ERR_INVALID, NULL, NULL},
        {P("{'name':'one','valueString':'a'},{'name':'patient','resource':{'resourceType':'Group'}}"), ERR_INVALID,
         NULL, NULL},
        {P("{'name':'one','valueString':'a'},{'name':'group','valueString':'y'}"), ERR_INVALID, NULL, NULL},
        {P("{'name':'one','valueString':'a'},{'name':'other','valueString':'y'}"), ERR_UNSUPPORTED, NULL, NULL},
        {P("{'valueString':'a'}"), ERR_STRUCTURE, NULL, NULL},
        {P("1"), ERR_STRUCTURE, NULL, NULL},
        {"{'resourceType':'Parameters','parameter':{}}", ERR_STRUCTURE, NULL, NULL},
        {"{'resourceType':'Group'}", ERR_INVALID, NULL, NULL},   /* no parameter takes one */
        {"{'resourceType':'Patient'}", ERR_INVALID, NULL, NULL}, /* taken, but 'one' is missing */
        {"{'resourceType':'Nothing'}", ERR_STRUCTURE, NULL, NULL},
        {"[]", ERR_STRUCTURE, NULL, NULL},
        {"{", ERR_STRUCTURE, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        read_one("POST", NULL, rows[i].said, &rows[i]);
    struct case_row bare = {"a bare resource beside the address", ERR_NONE, "one", "a"};
    read_one("POST", "one=a", "{'resourceType':'Patient'}", &bare);
}

static void test_looking(void)
{
    struct asked a;
    asked_begin(&a, "GET", "one=a&many=b&many=c&flag=false");
    struct operation o = {.op = &a.op, .h = &a.http, .row = &row, .level = AT_SYSTEM};
    CU_ASSERT_TRUE_FATAL(operation_read(&o, &a.e));
    CU_ASSERT_PTR_NOT_NULL(operation_parameter(o.in, "many", 1));
    CU_ASSERT_PTR_NULL(operation_parameter(o.in, "many", 2));
    CU_ASSERT_PTR_NULL(operation_value(o.in, "day"));
    CU_ASSERT_FALSE(operation_text(&o, "day").n);
    CU_ASSERT_FALSE(operation_bool(&o, "flag", true));
    CU_ASSERT_TRUE(operation_bool(&o, "absent", true));
    CU_ASSERT_EQUAL(operation_int(&o, "count", 42), 42);
    asked_end(&a);
}

static const struct unit_case cases[] = {
    {"declarations", test_declarations}, {"every row", test_rows},
    {"addresses", test_addresses},       {"bodies", test_bodies},
    {"looking into them", test_looking},
};

int main(void)
{
    int status = unit_main("fhir/rest/operation_in", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
