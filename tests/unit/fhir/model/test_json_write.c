#include "support.h"
#include "unit.h"

static void writes(void)
{
    struct arena a;
    arena_init(&a);
    struct fhir_node *n = fhir_new(&a, "Patient");
    fhir_add_string(&a, n, "t", STR("a\"b\\c\nd\x01\xC3\xA9"));
    struct fhir_node *list = fhir_add_array(&a, n, "l");
    fhir_add_number(&a, list, NULL, STR("1.10"));
    fhir_add_bool(&a, list, NULL, true);
    fhir_add_object(&a, list, NULL);
    CU_ASSERT_TRUE(str_is(json_of(&a, n),
                          "{\"resourceType\":\"Patient\",\"t\":\"a\\\"b\\\\c\\nd\\u0001\xC3\xA9\","
                          "\"l\":[1.10,true,{}]}"));
    arena_release(&a);
}

static void writes_pretty(void)
{
    struct arena a;
    struct buf out;
    struct err e = {0};
    arena_init(&a);
    buf_init(&out, 1000);
    struct fhir_node *n = fhir_new(&a, "Basic");
    fhir_add_number(&a, fhir_add_array(&a, n, "l"), NULL, STR("1"));
    fhir_add_object(&a, n, "o");
    CU_ASSERT_TRUE(fhir_write_json(n, true, &out, &e));
    CU_ASSERT_TRUE(
        str_is(buf_view(&out), "{\n  \"resourceType\": \"Basic\",\n  \"l\": [\n    1\n  ],\n  \"o\": {}\n}"));
    buf_release(&out);
    arena_release(&a);
}

static void stops_at_the_ceiling(void)
{
    struct arena a;
    struct buf out;
    struct err e = {0};
    arena_init(&a);
    buf_init(&out, 10);
    CU_ASSERT_FALSE(fhir_write_json(fhir_new(&a, "Patient"), false, &out, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
    buf_release(&out);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"writes every kind", writes},
    {"writes with line breaks", writes_pretty},
    {"stops at the ceiling", stops_at_the_ceiling},
};
UNIT_MAIN("fhir json_write", cases)
