#include <string.h>

#include "fhir/patch/patch.h"
#include "unit.h"

static const char base[] = "{\"resourceType\":\"Patient\",\"id\":\"1\",\"active\":true,"
                           "\"name\":[{\"family\":\"F\",\"given\":[\"a\",\"b\"]}],\"a/b~\":1.50}";
#define HEAD "{\"resourceType\":\"Patient\",\"id\":\"1\""

static const struct {
    const char *patch;
    const char *result; /* NULL: refused with the code */
    enum err_code code;
} rows[] = {
    {"[]", HEAD ",\"active\":true,\"name\":[{\"family\":\"F\",\"given\":[\"a\",\"b\"]}],\"a/b~\":1.50}", 0},
    {"[{\"op\":\"replace\",\"path\":\"/active\",\"value\":false}]",
     HEAD ",\"active\":false,\"name\":[{\"family\":\"F\",\"given\":[\"a\",\"b\"]}],\"a/b~\":1.50}", 0},
    {"[{\"op\":\"remove\",\"path\":\"/a~1b~0\"},{\"op\":\"add\",\"path\":\"/name/0/given/1\",\"value\":\"x\"},"
     "{\"op\":\"add\",\"path\":\"/name/0/given/-\",\"value\":\"y\"},"
     "{\"op\":\"add\",\"path\":\"/name/0/given/4\",\"value\":\"z\"}]",
     HEAD ",\"active\":true,\"name\":[{\"family\":\"F\",\"given\":[\"a\",\"x\",\"b\",\"y\",\"z\"]}]}", 0},
    {"[{\"op\":\"move\",\"from\":\"/name/0/family\",\"path\":\"/gender\"},{\"op\":\"remove\",\"path\":\"/name\"},"
     "{\"op\":\"remove\",\"path\":\"/a~1b~0\"}]",
     HEAD ",\"active\":true,\"gender\":\"F\"}", 0},
    {"[{\"op\":\"copy\",\"from\":\"/name/0\",\"path\":\"/name/-\"},{\"op\":\"remove\",\"path\":\"/name/0/given\"},"
     "{\"op\":\"remove\",\"path\":\"/a~1b~0\"}]",
     HEAD ",\"active\":true,\"name\":[{\"family\":\"F\"},{\"family\":\"F\",\"given\":[\"a\",\"b\"]}]}", 0},
    /* what was emptied goes; what is filled again stays */
    {"[{\"op\":\"remove\",\"path\":\"/name/0/given/0\"},{\"op\":\"remove\",\"path\":\"/name/0/given/0\"},"
     "{\"op\":\"remove\",\"path\":\"/name/0/family\"},{\"op\":\"remove\",\"path\":\"/a~1b~0\"}]",
     HEAD ",\"active\":true}", 0},
    {"[{\"op\":\"remove\",\"path\":\"/name/0\"},{\"op\":\"add\",\"path\":\"/name/-\",\"value\":{\"text\":\"t\"}},"
     "{\"op\":\"remove\",\"path\":\"/a~1b~0\"}]",
     HEAD ",\"active\":true,\"name\":[{\"text\":\"t\"}]}", 0},
    /* tests: numbers by value, members in any order */
    {"[{\"op\":\"test\",\"path\":\"/a~1b~0\",\"value\":15e-1},{\"op\":\"test\",\"path\":\"/name/0\",\"value\":"
     "{\"given\":[\"a\",\"b\"],\"family\":\"F\"}},{\"op\":\"replace\",\"path\":\"\",\"value\":{\"x\":1}}]",
     "{\"x\":1}", 0},
    {"[{\"op\":\"test\",\"path\":\"/a~1b~0\",\"value\":1.51}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"test\",\"path\":\"/a~1b~0\",\"value\":15}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"test\",\"path\":\"/name/0/given\",\"value\":[\"b\",\"a\"]}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"test\",\"path\":\"/active\",\"value\":\"true\"}]", NULL, ERR_PROCESSING},
    /* what does not fit the document */
    {"[{\"op\":\"remove\",\"path\":\"/gender\"}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":1}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"add\",\"path\":\"/name/2\",\"value\":1}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"add\",\"path\":\"/name/00\",\"value\":1}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"add\",\"path\":\"/name/-1\",\"value\":1}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"remove\",\"path\":\"/name/-\"}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"add\",\"path\":\"/active/x\",\"value\":1}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"remove\",\"path\":\"\"}]", NULL, ERR_PROCESSING},
    {"[{\"op\":\"move\",\"from\":\"/name\",\"path\":\"/name/0\"}]", NULL, ERR_PROCESSING},
    /* what is no patch */
    {"{\"op\":\"remove\",\"path\":\"/active\"}", NULL, ERR_INVALID},
    {"[{\"op\":\"erase\",\"path\":\"/active\"}]", NULL, ERR_INVALID},
    {"[{\"op\":\"remove\"}]", NULL, ERR_INVALID},
    {"[{\"op\":\"remove\",\"path\":\"active\"}]", NULL, ERR_INVALID},
    {"[{\"op\":\"remove\",\"path\":\"/a~2\"}]", NULL, ERR_INVALID},
    {"[{\"op\":\"add\",\"path\":\"/gender\"}]", NULL, ERR_INVALID},
    {"[{\"op\":\"copy\",\"path\":\"/gender\"}]", NULL, ERR_INVALID},
    {"[7]", NULL, ERR_INVALID},
};

static void write_to(struct buf *b, const struct fhir_node *n)
{
    struct err e;
    buf_init(b, 1 << 20);
    CU_ASSERT_TRUE(fhir_write_json(n, false, b, &e));
}

static void check_row(size_t i)
{
    struct arena a;
    struct err e;
    struct buf before, after;
    struct fhir_node *result = NULL;
    arena_init(&a);
    err_clear(&e);
    struct fhir_node *resource = fhir_parse_json(&a, str_of(base), &e);
    struct fhir_node *patch = fhir_parse_json(&a, str_of(rows[i].patch), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(patch);
    bool ok = patch_json(&a, resource, patch, &result, &e);
    CU_ASSERT_EQUAL(ok, rows[i].result != NULL);
    write_to(&before, resource);
    CU_ASSERT_TRUE(str_is(buf_view(&before), base));
    if (ok && rows[i].result) {
        write_to(&after, result);
        if (!str_is(buf_view(&after), rows[i].result))
            printf("%zu: %s\n", i, after.p);
        CU_ASSERT_TRUE(str_is(buf_view(&after), rows[i].result));
        buf_release(&after);
    } else {
        if (e.code != rows[i].code)
            printf("%zu: %s\n", i, e.text);
        CU_ASSERT_EQUAL(e.code, rows[i].code);
    }
    buf_release(&before);
    arena_release(&a);
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i);
}

/* n times the same operation; what it is refused with. */
static enum err_code repeated(const char *operation, int n)
{
    struct arena a;
    struct err e;
    struct buf b;
    struct fhir_node *result = NULL;
    arena_init(&a);
    err_clear(&e);
    buf_init(&b, 64 << 20);
    buf_putc(&b, '[');
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s%s", i ? "," : "", operation);
    buf_putc(&b, ']');
    struct fhir_node *resource = fhir_parse_json(&a, str_of(base), &e);
    struct fhir_node *patch = fhir_parse_json(&a, buf_view(&b), &e);
    bool ok = resource && patch && patch_json(&a, resource, patch, &result, &e);
    CU_ASSERT_TRUE(ok || e.code);
    buf_release(&b);
    arena_release(&a);
    return ok ? ERR_NONE : e.code;
}

static void test_bounds(void)
{
    const char *twice = "{\"op\":\"copy\",\"from\":\"/name\",\"path\":\"/x\"},"
                        "{\"op\":\"copy\",\"from\":\"/x\",\"path\":\"/name/-\"}";
    const char *wide = "{\"op\":\"copy\",\"from\":\"/name/0/given\",\"path\":\"/name/0/given/0\"}";
    const char *deeper = "{\"op\":\"add\",\"path\":\"\",\"value\":{}},{\"op\":\"copy\",\"from\":\"\",\"path\":\"/x\"}";
    const char *plain = "{\"op\":\"test\",\"path\":\"/active\",\"value\":true}";
    const char *append = "{\"op\":\"add\",\"path\":\"/name/0\",\"value\":{\"text\":\"t\"}},"
                         "{\"op\":\"test\",\"path\":\"/name\",\"value\":[]}";
    CU_ASSERT_EQUAL(repeated(plain, 10000), ERR_NONE);
    CU_ASSERT_EQUAL(repeated(plain, 10001), ERR_TOO_LARGE);
    enum err_code doubled = repeated(twice, 60);
    CU_ASSERT_TRUE(doubled == ERR_TOO_LARGE || doubled == ERR_PROCESSING);
    doubled = repeated(wide, 60);
    CU_ASSERT_TRUE(doubled == ERR_TOO_LARGE || doubled == ERR_PROCESSING);
    CU_ASSERT_EQUAL(repeated(deeper, 3), ERR_NONE);
    CU_ASSERT_EQUAL(repeated(append, 2), ERR_PROCESSING);
}

static const struct unit_case cases[] = {
    {"operations", test_rows},
    {"bombs are refused", test_bounds},
};
UNIT_MAIN("fhir/patch/json_patch", cases)
