/* XML Patch: the operations of RFC 5261 on FHIR documents, its selectors, and what does not fit. */
#include <string.h>

#include "fhir/patch/patch.h"
#include "unit.h"

#define HEAD "{\"resourceType\":\"Patient\""
#define DIV "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
static const char base[] = HEAD ",\"text\":{\"status\":\"generated\",\"div\":\"" DIV "<p>a<b>c</b></p></div>\"},"
                                "\"identifier\":[{\"system\":\"urn:a\",\"value\":\"1\"},"
                                "{\"system\":\"urn:b\",\"value\":\"2\"}],\"gender\":\"male\"}";
#define TEXT "\"text\":{\"status\":\"generated\",\"div\":\"" DIV "<p>a<b>c</b></p></div>\"}"
#define ONE "{\"system\":\"urn:a\",\"value\":\"1\"}"
#define TWO "{\"system\":\"urn:b\",\"value\":\"2\"}"

static const struct {
    const char *operations;
    const char *result; /* NULL: refused with the code */
    enum err_code code;
} rows[] = {
    {"", base, 0},
    {"<replace sel='f:Patient/f:gender/@value'>female</replace>",
     HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "],\"gender\":\"female\"}", 0},
    {"<replace sel='/f:Patient/f:gender'><f:gender value='other'/></replace>",
     HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "],\"gender\":\"other\"}", 0},
    {"<remove sel='f:Patient/f:gender'/><remove sel='*/f:identifier[1]'/>", HEAD "," TEXT ",\"identifier\":[" TWO "]}",
     0},
    {"<remove sel=\"f:Patient/f:identifier[f:system/@value='urn:b']\"/>",
     HEAD "," TEXT ",\"identifier\":[" ONE "],\"gender\":\"male\"}", 0},
    {"<add sel='f:Patient/f:identifier[1]' pos='before'><f:identifier><f:value value='0'/></f:identifier></add>",
     HEAD "," TEXT ",\"identifier\":[{\"value\":\"0\"}," ONE "," TWO "],\"gender\":\"male\"}", 0},
    {"<add sel='f:Patient/f:identifier[2]' pos='after'><f:active value='true'/></add>",
     HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "],\"active\":true,\"gender\":\"male\"}", 0},
    {"<add sel='f:Patient'><f:identifier><f:value value='3'/></f:identifier></add>", /* joins the run of its like */
     HEAD "," TEXT ",\"identifier\":[" ONE "," TWO ",{\"value\":\"3\"}],\"gender\":\"male\"}", 0},
    {"<add sel='f:Patient/f:identifier[1]' pos='prepend'><f:use value='usual'/></add>",
     HEAD "," TEXT ",\"identifier\":[{\"use\":\"usual\",\"system\":\"urn:a\",\"value\":\"1\"}," TWO
          "],\"gender\":\"male\"}",
     0},
    {"<add sel='f:Patient/f:gender' type='@id'>g</add>",
     HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "],\"gender\":\"male\",\"_gender\":{\"id\":\"g\"}}", 0},
    /* an unqualified name is in the default namespace of the patch, FHIR's when there is none */
    {"<remove xmlns='http://hl7.org/fhir' sel='Patient/gender'/>", HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "]}",
     0},
    {"<remove sel='Patient/gender'/>", HEAD "," TEXT ",\"identifier\":[" ONE "," TWO "]}", 0},
    /* within a narrative */
    {"<replace sel='f:Patient/f:text/h:div/h:p/text()'>&lt;z</replace><remove sel='f:Patient/f:gender'/>"
     "<remove sel=\"f:Patient/f:text/h:div/h:p/h:b[.='c']\"/>",
     HEAD ",\"text\":{\"status\":\"generated\",\"div\":\"" DIV "<p>&lt;z</p></div>\"},\"identifier\":[" ONE "," TWO
          "]}",
     0},
    /* what does not fit */
    {"<remove sel='f:Patient/f:identifier'/>", NULL, ERR_PROCESSING},
    {"<remove sel='f:Patient/f:birthDate'/>", NULL, ERR_PROCESSING},
    {"<remove sel='f:Patient/f:gender/@id'/>", NULL, ERR_PROCESSING},
    {"<remove sel='f:Patient'/>", NULL, ERR_PROCESSING},
    {"<add sel='f:Patient' pos='after'><f:Patient/></add>", NULL, ERR_PROCESSING},
    {"<add sel='f:Patient/f:gender' type='@value'>x</add>", NULL, ERR_PROCESSING},
    {"<add sel='f:Patient'><f:colour value='x'/></add>", NULL, ERR_PROCESSING},
    {"<add sel='f:Patient'>text</add>", NULL, ERR_PROCESSING},
    {"<add sel='f:Patient'><x xmlns='urn:x'/></add>", NULL, ERR_PROCESSING},
    {"<replace sel='f:Patient'><f:Basic/></replace><remove sel='f:Patient/f:gender'/>", NULL, ERR_PROCESSING},
    /* what is no patch */
    {"<erase sel='f:Patient'/>", NULL, ERR_INVALID},
    {"<remove/>", NULL, ERR_INVALID},
    {"<remove sel='//f:gender'/>", NULL, ERR_INVALID},
    {"<remove sel='f:Patient/..'/>", NULL, ERR_INVALID},
    {"<remove sel='f:Patient/f:identifier[last()]'/>", NULL, ERR_INVALID},
    {"<remove sel='f:Patient/f:identifier[0]'/>", NULL, ERR_INVALID},
    {"<remove sel='g:Patient'/>", NULL, ERR_INVALID},
    {"<remove sel='f:Patient/@id/f:x'/>", NULL, ERR_INVALID},
    {"<remove sel='f:Patient or f:x'/>", NULL, ERR_INVALID},
    {"<add sel='f:Patient' pos='under'><f:active value='true'/></add>", NULL, ERR_INVALID},
    {"<add sel='f:Patient' type='namespace::p'>urn:p</add>", NULL, ERR_INVALID},
    {"<replace sel='f:Patient/f:gender'/>", NULL, ERR_INVALID},
    {"text", NULL, ERR_INVALID},
    {"<remove sel='f:Patient'", NULL, ERR_STRUCTURE},
    {"<remove sel='f:Patient' &x;/>", NULL, ERR_STRUCTURE},
};

static enum err_code patched(struct arena *a, const char *diff, const char **ret_text)
{
    struct err e = {0};
    struct fhir_node *result = NULL;
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 8 << 20);
    struct fhir_node *resource = fhir_parse_json(a, str_of(base), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(resource);
    if (!patch_xml(a, resource, str_of(diff), &result, &e)) {
        *ret_text = e.text[0] ? arena_cstr(a, str_of(e.text)) : "";
        return e.code;
    }
    CU_ASSERT_TRUE(fhir_write_json(result, false, &b, &e));
    *ret_text = arena_cstr(a, buf_view(&b));
    return ERR_NONE;
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        const char *got = "";
        arena_init(&a);
        const char *diff = arena_printf(&a,
                                        "<diff xmlns:f='http://hl7.org/fhir' xmlns:h='http://www.w3.org/1999/xhtml'>%s"
                                        "</diff>",
                                        rows[i].operations)
                               .p;
        enum err_code code = patched(&a, diff, &got);
        if (code != rows[i].code || (!code && strcmp(got, rows[i].result) != 0))
            printf("row %zu: %s\n", i, got);
        CU_ASSERT_EQUAL(code, rows[i].code);
        CU_ASSERT_TRUE(code || strcmp(got, rows[i].result) == 0);
        arena_release(&a);
    }
}

static void test_no_patches(void)
{
    static const char *const texts[] = {"", "x", "<other/>", "<diff/><diff/>", "<!DOCTYPE diff []><diff/>"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct arena a;
        const char *got = "";
        arena_init(&a);
        enum err_code code = patched(&a, texts[i], &got);
        if (code != ERR_STRUCTURE && code != ERR_INVALID)
            printf("'%s': %s\n", texts[i], got);
        CU_ASSERT_TRUE(code == ERR_STRUCTURE || code == ERR_INVALID);
        arena_release(&a);
    }
}

static void test_bounds(void)
{
    static const struct {
        const char *open, *operation, *close;
        int n;
        enum err_code code;
    } bounds[] = {
        {"", "<replace sel='Patient/gender/@value'>male</replace>", "", 10000, ERR_NONE},
        {"", "<replace sel='Patient/gender/@value'>male</replace>", "", 10001, ERR_TOO_LARGE},
        {"", "<add sel='Patient'><f:name><f:text value='x'/></f:name></add>", "", 9000, ERR_NONE},
        {"<remove sel='", "*/", "x'/>", 100, ERR_INVALID},
        {"<remove sel='Patient", "[1]", "'/>", 100, ERR_INVALID},
        {"", "<add sel='Patient/*[1]'>", "", 200, ERR_STRUCTURE},
    };
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        struct arena a;
        const char *got = "";
        struct buf b CLEANUP(buf_release);
        arena_init(&a);
        buf_init(&b, 8 << 20);
        buf_puts(&b, "<diff xmlns:f='http://hl7.org/fhir'>");
        buf_puts(&b, bounds[i].open);
        for (int k = 0; k < bounds[i].n; k++)
            buf_puts(&b, bounds[i].operation);
        buf_printf(&b, "%s</diff>", bounds[i].close);
        enum err_code code = patched(&a, b.p, &got);
        if (code != bounds[i].code)
            printf("bound %zu: %d %.300s\n", i, (int)code, got);
        CU_ASSERT_EQUAL(code, bounds[i].code);
        arena_release(&a);
    }
}

static const struct unit_case cases[] = {
    {"operations", test_rows},
    {"what is no patch", test_no_patches},
    {"bounds", test_bounds},
};
UNIT_MAIN("fhir/patch/xml_patch", cases)
