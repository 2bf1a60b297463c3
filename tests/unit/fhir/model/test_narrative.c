#include "fhir/model/narrative_priv.h"
#include "support.h"
#include "unit.h"

#define DIV(inside) "<div xmlns=\"http://www.w3.org/1999/xhtml\">" inside "</div>"

struct row {
    const char *div, *told; /* NULL: fine */
};

static void checks(void)
{
    static const struct row rows[] = {
        {DIV("x"), NULL},
        {DIV("<p class=\"a\">x<br/></p><table><tbody><tr><td colspan=\"2\">y</td></tr></tbody></table>"),
         NULL},
        {DIV("<a href=\"http://h\">x</a><img src=\"data:image/png;base64,AA==\" alt=\"\"/>"), NULL},
        {DIV("<!-- c --><b xml:lang=\"en\">&amp;&#160;</b>"), NULL},
        {"<div>x</div>", "namespace"},
        {"<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>", "one div"},
        {"x", "xml"},
        {"", "no text"},
        {DIV("<p>"), "xml"},
        {DIV("x") DIV("y"), "xml"},
        {DIV("&nbsp;"), "xml"},
        {"<!DOCTYPE div><div/>", "DOCTYPE"},
        {DIV("<script>x</script>"), "formatting"},
        {DIV("<p><iframe src=\"http://h\"/></p>"), "formatting"},
        {DIV("<form/>"), "formatting"},
        {DIV("<object/>"), "formatting"},
        {DIV("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "namespace"},
        {DIV("<p onclick=\"x\">x</p>"), "event handlers"},
        {DIV("<p ONclick=\"x\">x</p>"), "event handlers"},
        {DIV("<a href=\"javascript:x\">x</a>"), "script links"},
        {DIV("<a href=\" Java&#10;Script:x\">x</a>"), "script links"},
        {DIV("<img src=\"vbscript:x\"/>"), "script links"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        bool ok = fhir_narrative_check(str_of(rows[i].div), &e);
        bool right = rows[i].told ? !ok && strstr(e.text, rows[i].told) : ok;
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: %s\n", i, e.text);
    }
}

static void writes_one_form(void)
{
    struct buf out;
    struct err e = {0};
    buf_init(&out, 10000);
    CU_ASSERT_TRUE(fhir_narrative_put(STR("<x:div xmlns:x='http://www.w3.org/1999/xhtml'>a&#38;b "
                                          "<x:br></x:br><![CDATA[<]]>\n<!--c--><x:p id='\"'/></x:div>"),
                                      &out, &e));
    CU_ASSERT_STRING_EQUAL(out.p, DIV("a&amp;b <br></br>&lt;\n<!--c--><p id=\"&quot;\"/>"));
    CU_ASSERT_FALSE(fhir_narrative_put(STR("<div"), &out, &e));
    CU_ASSERT_FALSE(fhir_narrative_put(STR_NONE, &out, &e));
    buf_release(&out);
}

static const struct unit_case cases[] = {
    {"checks divs", checks},
    {"writes one form", writes_one_form},
};
UNIT_MAIN("fhir narrative", cases)
