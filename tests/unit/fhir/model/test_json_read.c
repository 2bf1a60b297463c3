#include "support.h"
#include "unit.h"

static struct arena a;

static struct fhir_node *parse(struct str text, struct err *e)
{
    arena_reset(&a);
    return fhir_parse_json(&a, text, e);
}

struct good {
    const char *text, *written;
};

static void accepts(void)
{
    static const struct good rows[] = {
        {"{}", "{}"},
        {" [ ] ", "[]"},
        {"{\"a\" : 1.10 , \"b\":[true,false,null]}", "{\"a\":1.10,\"b\":[true,false,null]}"},
        {"-0.0e+10", "-0.0e+10"},
        {"[0,-1,1E5,123456789012345678901234567890]", "[0,-1,1E5,123456789012345678901234567890]"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\""},
        {"\"\\u00e9\\u20AC\\ud83d\\ude00x\"", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x\""},
        {"{\"\\u0061\":\"\"}", "{\"a\":\"\"}"},
        {"\r\n\t{\"x\":{\"y\":{}}}\n", "{\"x\":{\"y\":{}}}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        const struct fhir_node *n = parse(str_of(rows[i].text), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        CU_ASSERT_TRUE(str_is(json_of(&a, n), rows[i].written));
    }
}

struct bad {
    struct str text;
    const char *told; /* part of the error */
};

static void refuses(void)
{
    static const struct bad rows[] = {
        {{"", 0}, "line 1 column 1"},
        {{"{", 1}, "line 1 column 2"},
        {{"{\"a\":1,}", 8}, "column 8: expected a string"},
        {{"[1,]", 4}, "expected a value"},
        {{"[1 2]", 5}, "column 4: expected ',' or ']'"},
        {{"{\"a\" 1}", 7}, "expected ':'"},
        {{"{\"a\":1}\n x", 10}, "line 2 column 2: text behind the value"},
        {{"{\"a\":1,\n\"a\":2}", 14}, "line 2 column 1: member 'a' is there twice"},
        {{"{\"a\":1,\"\\u0061\":2}", 18}, "twice"},
        {{"01", 2}, "does not start with 0"},
        {{"-", 1}, "expected a digit"},
        {{"1.", 2}, "expected a digit"},
        {{"1e", 2}, "expected a digit"},
        {{".5", 2}, "expected a value"},
        {{"+1", 2}, "expected a value"},
        {{"NaN", 3}, "expected a value"},
        {{"tru", 3}, "expected a value"},
        {{"'a'", 3}, "expected a value"},
        {{"\"a", 2}, "ends inside a string"},
        {{"\"a\\", 3}, "ends inside a string"},
        {{"\"a\nb\"", 5}, "must be escaped"},
        {{"\"\\x\"", 4}, "no such escape"},
        {{"\"\\u12\"", 6}, "four hexadecimal digits"},
        {{"\"\\u0000\"", 8}, "U+0000"},
        {{"\"\\ud800\"", 8}, "surrogate"},
        {{"\"\\ud800\\u0041\"", 14}, "surrogate"},
        {{"\"\\udc00\"", 8}, "surrogate"},
        {{"[\n\"\xC3\x28\"]", 6}, "line 2 column 2: bytes that are not UTF-8"},
        {{"\"\xED\xA0\x80\"", 5}, "not UTF-8"},
        {{"\"\xC0\x80\"", 4}, "not UTF-8"},
        {{"\"a\0b\"", 5}, "not UTF-8"},
        {{"{\"a\":\xFF}", 7}, "not UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        CU_ASSERT_PTR_NULL(parse(rows[i].text, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, rows[i].told));
        if (!strstr(e.text, rows[i].told))
            printf("  row %zu: '%s'\n", i, e.text);
    }
}

/* depth brackets, closed or cut off. */
static struct str brackets(int depth, bool closed)
{
    char *p = arena_alloc(&a, (size_t)depth * 2 + 1);
    memset(p, '[', (size_t)depth);
    memset(p + depth, ']', (size_t)depth);
    return (struct str){p, (size_t)depth * (closed ? 2 : 1)};
}

static void bounds_depth(void)
{
    struct err e = {0};
    CU_ASSERT_PTR_NOT_NULL(fhir_parse_json(&a, brackets(FHIR_DEPTH_MAX, true), &e));
    CU_ASSERT_PTR_NULL(fhir_parse_json(&a, brackets(FHIR_DEPTH_MAX + 1, true), &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "column 65: nested too deep"));
    CU_ASSERT_PTR_NULL(fhir_parse_json(&a, brackets(1000000, false), &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "nested too deep"));
}

static void takes_long_strings(void)
{
    enum { LONG = 1 << 20 };
    struct err e = {0};
    char *p = arena_alloc(&a, LONG + 2);
    memset(p, 'x', LONG + 2);
    p[0] = p[LONG + 1] = '"';
    const struct fhir_node *n = fhir_parse_json(&a, (struct str){p, LONG + 2}, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    CU_ASSERT_EQUAL(n->text.n, LONG);
}

/* Hundreds of thousands of members are no reason to compare all with all. */
static void finds_duplicates_among_many(void)
{
    struct buf b;
    struct err e = {0};
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "{\"x\":0");
    for (int i = 0; i < 200000; i++)
        buf_printf(&b, ",\"k%d\":0", i);
    size_t n = b.n;
    buf_puts(&b, "}");
    CU_ASSERT_PTR_NOT_NULL(parse(buf_view(&b), &e));
    b.n = n;
    buf_puts(&b, ",\"k77\":1}");
    CU_ASSERT_PTR_NULL(parse(buf_view(&b), &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "member 'k77' is there twice"));
    buf_release(&b);
}

/* Every prefix of a document is an error, none reads past its end. */
static void refuses_truncation(void)
{
    static const char text[] = "{\"a\":[1.5e3,true,null,\"x\\u00e9\\n\xC3\xA9\"],\"b\":{\"c\":false}}";
    for (size_t n = 0; n < sizeof text - 1; n++) {
        struct err e = {0};
        char *copy = mem_alloc(n + 1); /* exactly n bytes, so that ASan sees a step too far */
        char *tight = mem_realloc(copy, n ? n : 1);
        memcpy(tight, text, n);
        CU_ASSERT_PTR_NULL(parse((struct str){tight, n}, &e));
        mem_free(tight);
    }
}

static void knows_places(void)
{
    struct err e = {0};
    const struct fhir_node *n = parse(STR("{\n  \"a\": [\n    1,\n    {\"b\": 2}]}"), &e);
    const struct fhir_node *b = fhir_at(n, "a[1].b");
    CU_ASSERT_PTR_NOT_NULL_FATAL(b);
    CU_ASSERT_EQUAL(b->line, 4);
    CU_ASSERT_EQUAL(b->column, 6);
}

static void release(void)
{
    arena_release(&a);
    CU_ASSERT_PTR_NULL(a.head);
}

static const struct unit_case cases[] = {
    {"accepts JSON", accepts},
    {"refuses what is not JSON, naming the place", refuses},
    {"bounds depth", bounds_depth},
    {"takes long strings", takes_long_strings},
    {"finds duplicates among many members", finds_duplicates_among_many},
    {"refuses truncated text", refuses_truncation},
    {"knows line and column", knows_places},
    {"releases", release},
};
UNIT_MAIN("fhir json_read", cases)
