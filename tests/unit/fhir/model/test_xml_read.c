#include "support.h"
#include "unit.h"

#define FHIR "xmlns='http://hl7.org/fhir'"
#define PATIENT(inside) "<Patient " FHIR ">" inside "</Patient>"
#define JSON(rest) "{'resourceType':'Patient'" rest "}"

static struct arena a;

struct good {
    const char *xml, *json;
};

static const struct good good[] = {
    {"<Patient " FHIR "/>", JSON("")},
    {"\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><?pi x?>" PATIENT(
         "<!-- c -->\n<active value='true'/> "),
     JSON(",'active':true")},
    {"<f:Patient xmlns:f='http://hl7.org/fhir'><f:id value='1'/></f:Patient>", JSON(",'id':'1'")},
    {"<Patient " FHIR " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b'/>", JSON("")},
    {PATIENT("<multipleBirthInteger value='02'/>"), JSON(",'multipleBirthInteger':'02'")}, /* for the check to refuse */
    {PATIENT("<multipleBirthInteger value='2'/>"), JSON(",'multipleBirthInteger':2")},
    {PATIENT("<active value='yes'/>"), JSON(",'active':'yes'")},
    {PATIENT("<name><family value='a&amp;&#10;&lt;b'/></name>"), JSON(",'name':[{'family':'a&\\n<b'}]")},
    {PATIENT("<name><given value='a'/><given id='x'/><given value='c'/></name><name><family value='f'/></name>"),
     JSON(",'name':[{'given':['a',null,'c'],'_given':[null,{'id':'x'},null]},{'family':'f'}]")},
    {PATIENT("<name><given id='x'/><given id='y'/></name>"), JSON(",'name':[{'_given':[{'id':'x'},{'id':'y'}]}]")},
    {PATIENT("<name id='n'><family value='f'/></name>"), JSON(",'name':[{'id':'n','family':'f'}]")},
    {PATIENT("<birthDate><extension url='u'><valueCode value='c'/></extension></birthDate>"),
     JSON(",'_birthDate':{'extension':[{'url':'u','valueCode':'c'}]}")},
    {PATIENT("<contained><Basic><id value='b'/></Basic></contained>"),
     JSON(",'contained':[{'resourceType':'Basic','id':'b'}]")},
    {PATIENT("<text><status value='empty'/><div xmlns='http://www.w3.org/1999/xhtml'> "
             "<p>x</p>\n<br/></div></text>"),
     JSON(",'text':{'status':'empty','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'> "
          "<p>x</p>\\n<br/></div>'}")},
    {PATIENT("<text><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>x</h:p></h:div></text>"),
     JSON(",'text':{'div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'><p>x</p></div>'}")},
    {PATIENT("<name/>"), JSON(",'name':[{}]")}, /* for the check to refuse */
};

static void accepts(void)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct err e = {0};
        arena_reset(&a);
        const struct fhir_node *n = fhir_parse_xml(&a, str_of(good[i].xml), &e);
        struct str got = n ? json_of(&a, n) : str_of(e.text);
        CU_ASSERT_TRUE(str_eq(got, quoted(&a, good[i].json)));
        if (!str_eq(got, quoted(&a, good[i].json)))
            printf("  row %zu: %.*s\n", i, STR_ARG(got));
    }
}

struct bad {
    const char *xml, *told, *path;
};

static const struct bad bad[] = {
    {"", "no text", ""},
    {"x", "xml line 1", "Resource"},
    {"<Patient", "xml line 1", "Resource"},
    {PATIENT("<name>"), "xml line 1", "Resource"},
    {PATIENT("<id value='1'/>") "<x/>", "xml line 1", "Resource"},
    {PATIENT("\n\n<foo value='1'/>"), "line 3: no such element 'foo'", "Patient"},
    {PATIENT("<contact><name/></contact><contact><name><famly value='x'/></name></contact>"), "no such element 'famly'",
     "Patient.contact[1].name"},
    {PATIENT("<name url='x'/>"), "no such attribute 'url'", "Patient.name[0]"},
    {PATIENT("<id value='1' x='2'/>"), "no such attribute 'x'", "Patient.id"},
    {PATIENT("<id xmlns:z='http://z' value='1' z:id='2'/>"), "no such attribute 'id'", "Patient.id"},
    {PATIENT("<id/>"), "must have a value or an extension", "Patient.id"},
    {PATIENT("<id value='1'/><id value='2'/>"), "twice", "Patient"},
    {PATIENT("<birthDate id='x'/><birthDate value='1980'/>"), "twice", "Patient"},
    {PATIENT("<name/><active value='true'/><name/>"), "not together 'name'", "Patient"},
    {PATIENT("text"), "text between elements", "Patient"},
    {PATIENT("<name>text</name>"), "text between elements", "Patient.name[0]"},
    {PATIENT("<x:id xmlns:x='http://x' value='1'/>"), "namespace http://hl7.org/fhir", "Patient.id"},
    {"<Patient/>", "no resource type of the namespace", "Resource"},
    {"<Foo " FHIR "/>", "no resource type", "Resource"},
    {"<Resource " FHIR "/>", "no resource type", "Resource"},
    {PATIENT("<contained/>"), "must hold a resource", "Patient.contained[0]"},
    {PATIENT("<contained><Basic/><Basic/></contained>"), "must hold one resource", "Patient.contained[0]"},
    {PATIENT("<contained><name/></contained>"), "no resource type", "Patient.contained[0]"},
    {PATIENT("<text><div/></text>"), "namespace http://www.w3.org/1999/xhtml", "Patient.text.div"},
    {PATIENT("<text><div xmlns='http://www.w3.org/1999/xhtml'><p xmlns='http://x'/></div></text>"), "foreign namespace",
     "Patient.text.div"},
    {PATIENT("<extension><url value='x'/></extension>"), "no such element 'url'", "Patient.extension[0]"},
    {"<!DOCTYPE Patient>" PATIENT(""), "DOCTYPE", ""},
    {"<?xml version='1.0'?><!-- c --><!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" PATIENT(
         "<id value='&x;'/>"),
     "DOCTYPE", ""},
    {"<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>" PATIENT("&c;"),
     "DOCTYPE", ""},
    {PATIENT("<!DOCTYPE x>"), "DOCTYPE", ""},
    {PATIENT("<id value='&x;'/>"), "xml", "Resource"},
    {PATIENT("&x;"), "xml", "Resource"},
    {PATIENT("<id value='&#0;'/>"), "xml", "Resource"},
    {PATIENT("<id value='\x01'/>"), "xml", "Resource"},
    {PATIENT("<id value='\xFF'/>"), "not UTF-8", ""},
    {"\xFF\xFE<\0?", "not UTF-8", ""},
};

static void tells_line_and_column(void)
{
    static const struct {
        const char *xml;
        unsigned line, column;
    } rows[] = {
        {PATIENT("\n  <!-- <foo> -->\n  <foo value='1'/>"), 3, 3},
        {"<?xml version='1.0'?>\n<!DOCTYPE Patient>", 2, 1},
        {PATIENT("\n<id value='\xFF'/>"), 2, 12},
        {PATIENT("<id value='1'/>\n <id value='2'/>"), 2, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        arena_reset(&a);
        CU_ASSERT_PTR_NULL(fhir_parse_xml(&a, str_of(rows[i].xml), &e));
        bool right = e.line == rows[i].line && e.column == rows[i].column;
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: line %u column %u\n", i, e.line, e.column);
    }
}

static void refuses(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err e = {0};
        arena_reset(&a);
        bool right = !fhir_parse_xml(&a, str_of(bad[i].xml), &e) && e.code == ERR_STRUCTURE &&
                     strstr(e.text, bad[i].told) && strcmp(e.path, bad[i].path) == 0;
        CU_ASSERT_TRUE(right);
        if (!right)
            printf("  row %zu: %s at '%s'\n", i, e.text, e.path);
    }
}

static bool parse_nested(int depth, struct err *e)
{
    struct buf b;
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "<Patient " FHIR ">");
    for (int i = 0; i < depth; i++)
        buf_puts(&b, "<extension url='u'>");
    for (int i = 0; i < depth; i++)
        buf_puts(&b, "</extension>");
    buf_puts(&b, "</Patient>");
    arena_reset(&a);
    bool ok = fhir_parse_xml(&a, buf_view(&b), e) != NULL;
    buf_release(&b);
    return ok;
}

/* What XML brings in must be readable again as JSON, where arrays count. */
static void bounds_depth(void)
{
    struct err e = {0};
    CU_ASSERT_TRUE(parse_nested(31, &e));
    CU_ASSERT_FALSE(parse_nested(32, &e));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "nested too deep"));
    CU_ASSERT_FALSE(parse_nested(100000, &e));
}

static void refuses_truncation(void)
{
    static const char text[] = PATIENT("<text><div xmlns='http://www.w3.org/1999/xhtml'>a<!-- b "
                                       "--></div></text><name><given value='&amp;'/></name>");
    for (size_t n = 0; n < sizeof text - 1; n++) {
        struct err e = {0};
        char *tight = mem_alloc(n ? n : 1);
        memcpy(tight, text, n);
        arena_reset(&a);
        CU_ASSERT_PTR_NULL(fhir_parse_xml(&a, (struct str){tight, n}, &e));
        mem_free(tight);
    }
}

static void takes_long_values(void)
{
    enum { LONG = 1 << 20 };
    struct buf b;
    struct err e = {0};
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "<Patient " FHIR "><id value='");
    for (int i = 0; i < LONG; i++)
        buf_putc(&b, 'x');
    buf_puts(&b, "'/></Patient>");
    arena_reset(&a);
    CU_ASSERT_EQUAL(fhir_text(fhir_parse_xml(&a, buf_view(&b), &e), "id").n, LONG);
    buf_release(&b);
}

static void release(void)
{
    arena_release(&a);
    CU_ASSERT_PTR_NULL(a.head);
}

static const struct unit_case cases[] = {
    {"accepts FHIR XML", accepts},
    {"refuses what is not FHIR XML, naming the place", refuses},
    {"tells line and column", tells_line_and_column},
    {"bounds depth", bounds_depth},
    {"refuses truncated text", refuses_truncation},
    {"takes long values", takes_long_values},
    {"releases", release},
};
UNIT_MAIN("fhir xml_read", cases)
