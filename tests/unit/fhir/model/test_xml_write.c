#include "support.h"
#include "unit.h"

struct row {
    const char *json, *xml; /* or part of the error */
    bool ok;
};

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define FHIR " xmlns=\"http://hl7.org/fhir\""

static const struct row rows[] = {
    {"{\"resourceType\":\"Patient\"}", HEAD "<Patient" FHIR "/>", true},
    /* the order of the specification, whatever order JSON has */
    {"{\"birthDate\":\"1980\",\"resourceType\":\"Patient\",\"_birthDate\":{\"id\":\"x\"},\"id\":\"1\"}",
     HEAD "<Patient" FHIR "><id value=\"1\"/><birthDate id=\"x\" value=\"1980\"/></Patient>", true},
    {"{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"a\",null],\"_given\":[null,{\"extension\":[{"
     "\"valueDecimal\":1.10,\"url\":\"u\"}]}]}]}",
     HEAD "<Patient" FHIR "><name><given value=\"a\"/><given><extension url=\"u\"><valueDecimal "
          "value=\"1.10\"/></extension></given>"
          "</name></Patient>",
     true},
    {"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"<\\\"&\\n\\t>'\\r\"}]}",
     HEAD "<Patient" FHIR "><name><family value=\"&lt;&quot;&amp;&#10;&#9;&gt;'&#13;\"/></name></Patient>",
     true},
    {"{\"resourceType\":\"Parameters\",\"parameter\":[{\"resource\":{\"resourceType\":\"Basic\",\"id\":\"b\"}"
     ",\"name\":\"n\"}]}",
     HEAD "<Parameters" FHIR "><parameter><name value=\"n\"/><resource><Basic><id "
          "value=\"b\"/></Basic></resource></parameter></Parameters>",
     true},
    {"{\"resourceType\":\"Foo\"}", "resource type", false},
    {"{\"resourceType\":\"Patient\",\"foo\":1}", "Patient has no element 'foo'", false},
    {"{\"resourceType\":\"Patient\",\"name\":{\"family\":\"x\"}}", "must be an array", false},
    {"{\"resourceType\":\"Patient\",\"id\":[\"x\"]}", "must not be an array", false},
    {"{\"resourceType\":\"Patient\",\"name\":[\"x\"]}", "must be an object", false},
    {"{\"resourceType\":\"Patient\",\"name\":[null]}", "must be an object", false},
    {"{\"resourceType\":\"Patient\",\"_name\":[{}]}", "no element '_name'", false},
    {"{\"resourceType\":\"Patient\",\"id\":\"\\u0001\"}", "cannot carry", false},
    {"{\"resourceType\":\"Patient\",\"id\":\"\\uFFFE\"}", "cannot carry", false},
    {"{\"resourceType\":\"Patient\",\"contained\":[{\"id\":\"x\"}]}", "resource type", false},
    {"{\"resourceType\":\"Patient\",\"text\":{\"div\":\"<div></p>\"}}", "xml", false},
    {"{\"resourceType\":\"Patient\",\"text\":{\"_div\":{\"id\":\"x\"}}}", "xml", false},
};

static void writes(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct buf out;
        struct err e = {0};
        arena_init(&a);
        buf_init(&out, 10000);
        const struct fhir_node *n = fhir_parse_json(&a, str_of(rows[i].json), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(n);
        bool ok = fhir_write_xml(n, false, &out, &e);
        bool right = ok == rows[i].ok &&
                     (ok ? str_is(buf_view(&out), rows[i].xml) : strstr(e.text, rows[i].xml) != NULL);
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: %s\n", i, ok ? out.p : e.text);
        buf_release(&out);
        arena_release(&a);
    }
}

static void stops_at_the_ceiling(void)
{
    struct arena a;
    struct buf out;
    struct err e = {0};
    arena_init(&a);
    buf_init(&out, 60);
    CU_ASSERT_FALSE(fhir_write_xml(fhir_new(&a, "Patient"), false, &out, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
    buf_release(&out);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"writes FHIR XML", writes},
    {"stops at the ceiling", stops_at_the_ceiling},
};
UNIT_MAIN("fhir xml_write", cases)
