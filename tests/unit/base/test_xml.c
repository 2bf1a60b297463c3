#include "base/xml.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

/* Events as text: "<a" "=n:v" ">" "t:text" "c:comment" "</a". */
static bool events_of(struct str text, int depth, struct buf *ret_out, struct err *e)
{
    struct xml_reader *x = xml_open(text, depth, e);
    enum xml_event event = XML_EVENT_TEXT;
    bool ok = x != NULL;
    while (ok && event != XML_EVENT_DONE) {
        ok = xml_next(x, &event, e);
        struct xml_attribute at;
        if (ok && event == XML_EVENT_START) {
            buf_printf(ret_out, "<%.*s{%.*s}", STR_ARG(xml_name(x)), STR_ARG(xml_space(x)));
            for (int i = 0; xml_attribute(x, i, &at); i++)
                buf_printf(ret_out, " %.*s=%.*s", STR_ARG(at.name), STR_ARG(at.value));
        } else if (ok && event == XML_EVENT_END) {
            buf_printf(ret_out, "</%.*s", STR_ARG(xml_name(x)));
        } else if (ok && event != XML_EVENT_DONE) {
            buf_printf(ret_out, event == XML_EVENT_TEXT ? "t:%.*s" : "c:%.*s", STR_ARG(xml_text(x)));
        }
    }
    xml_close(x);
    return ok;
}

static void reads(void)
{
    static const struct {
        const char *xml, *events;
    } rows[] = {
        {"<a/>", "<a{}</a"},
        {"<a></a>", "<a{}</a"},
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?><?p q?><a b='1' xmlns='u' "
         "c=\"&lt;&#x41;\">x<b/><![CDATA[<y>]]><!-- z --></a>",
         "<a{u} b=1 c=<At:x<b{u}</bt:<y>c: z </a"},
        {"<p:a xmlns:p='u'><p:b p:c='d'/></p:a>", "<a{u}<b{u} c=d</b</a"},
        {"<a>\n</a>", "<a{}t:\n</a"},
        {"<a b='>'>&amp;</a>", "<a{} b=>t:&</a"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out;
        struct err e = {0};
        buf_init(&out, 10000);
        CU_ASSERT_TRUE(events_of(str_of(rows[i].xml), 10, &out, &e));
        CU_ASSERT_TRUE(str_is(buf_view(&out), rows[i].events));
        if (!str_is(buf_view(&out), rows[i].events))
            printf("  row %zu: %s %s\n", i, out.p ? out.p : "", e.text);
        buf_release(&out);
    }
}

static void refuses(void)
{
    static const struct {
        struct str xml;
        const char *told;
    } rows[] = {
        {{"", 0}, "no text"},
        {{"<a>\n<b></a>", 11}, "xml line 2"},
        {{"<a b='1' b='2'/>", 16}, "xml line 1"},
        {{"<a>&x;</a>", 10}, "xml line 1"},
        {{"<x:a/>", 6}, "xml line 1"},
        {{"<a>\0</a>", 8}, "not UTF-8"},
        {{"<a>\xFF</a>", 8}, "not UTF-8"},
        {{"<!DOCTYPE a><a/>", 16}, "DOCTYPE"},
        {{" <!-- <a> --> <!DOCTYPE a []><a/>", 33}, "DOCTYPE"},
        {{"<a><!ENTITY x 'y'></a>", 22}, "DOCTYPE"},
        {{"<a><b><c/></b></a>", 18}, "nested too deep"},
        {{"<a", 2}, "xml line 1"},
        {{"<a><!-- ", 8}, "xml line 1"},
        {{"<a><![CDATA[", 12}, "xml line 1"},
        {{"<a b='", 6}, "xml line 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out;
        struct err e = {0};
        buf_init(&out, 10000);
        CU_ASSERT_FALSE(events_of(rows[i].xml, 2, &out, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, rows[i].told));
        if (!strstr(e.text, rows[i].told))
            printf("  row %zu: %s\n", i, e.text);
        buf_release(&out);
    }
}

/* libxml2 compares the attributes of one tag pairwise; a tag with a million of them must not get there. */
static void bounds_attributes(void)
{
    struct buf b, out;
    struct err e = {0};
    buf_init(&b, 64 * 1024 * 1024);
    buf_init(&out, 1000);
    buf_puts(&b, "<a");
    for (int i = 0; i < 1000000; i++)
        buf_printf(&b, " a%d=''", i);
    buf_puts(&b, "/>");
    CU_ASSERT_FALSE(events_of(buf_view(&b), 10, &out, &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "too many attributes"));
    buf_release(&out);
    buf_release(&b);
}

static void escapes(void)
{
    struct buf out;
    buf_init(&out, 1000);
    xml_put_text(&out, STR("a<b>&\"'\n\t\r"));
    buf_putc(&out, '|');
    xml_put_value(&out, STR("a<b>&\"'\n\t\r"));
    CU_ASSERT_STRING_EQUAL(out.p, "a&lt;b&gt;&amp;\"'\n\t&#13;|a&lt;b&gt;&amp;&quot;'&#10;&#9;&#13;");
    buf_release(&out);
    CU_ASSERT_TRUE(xml_can_carry(STR("a\t\r\n\xC3\xA9\xEF\xBF\xBD")));
    CU_ASSERT_FALSE(xml_can_carry(STR("\x01")));
    CU_ASSERT_FALSE(xml_can_carry(STR("\xEF\xBF\xBE")));
    CU_ASSERT_FALSE(xml_can_carry(STR("\xEF\xBF\xBF")));
}

static void copies(void)
{
    struct buf out;
    struct err e = {0};
    enum xml_event event = XML_EVENT_TEXT;
    buf_init(&out, 1000);
    struct xml_reader *x =
        xml_open(STR("<r><p:d xmlns:p='u' xml:lang='e'>a<p:b/><p:c></p:c><!--x--></p:d>t</r>"), 10, &e);
    CU_ASSERT_TRUE(xml_next(x, &event, &e) && xml_next(x, &event, &e));
    CU_ASSERT_TRUE(xml_copy(x, &out, &e));
    CU_ASSERT_STRING_EQUAL(out.p, "<d xmlns=\"u\" xml:lang=\"e\">a<b/><c></c><!--x--></d>");
    CU_ASSERT_TRUE(xml_next(x, &event, &e));
    CU_ASSERT_EQUAL(event, XML_EVENT_TEXT);
    CU_ASSERT_TRUE(str_is(xml_text(x), "t"));
    xml_close(x);
    buf_release(&out);
}

static const struct unit_case cases[] = {
    {"reads events", reads},
    {"refuses what is unsafe or not well-formed", refuses},
    {"bounds attributes", bounds_attributes},
    {"escapes", escapes},
    {"copies an element", copies},
};
UNIT_MAIN("base xml", cases)
