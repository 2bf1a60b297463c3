#include "base/xml.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>

#include <libxml/xmlreader.h>

struct xml_reader {
    xmlTextReaderPtr reader;
    int depth_max;
    bool closing; /* an empty element was announced; its END is due */
    char fault[160];
    unsigned fault_line, fault_column;
    const char *counted;    /* lines are counted up to here */
    struct str ahead;       /* the text behind the last tag that was announced */
    const char *line_start; /* of the line that tag is in */
    unsigned line, column;  /* of its "<" */
};

/* libxml2 must be set up by one thread alone. */
static void set_up(void)
{
    xmlInitParser();
}

/* The first complaint is the one that explains; the message ends in a line break. */
static void note_fault(void *data, xmlErrorPtr error)
{
    struct xml_reader *x = data;
    if (!error || error->level < XML_ERR_ERROR || x->fault[0])
        return;
    struct str message = str_trim(str_of(error->message));
    str_copy(x->fault, sizeof x->fault, str_utf8_clip(message, sizeof x->fault - 1));
    if (!x->fault[0])
        str_copy(x->fault, sizeof x->fault, STR("not well-formed"));
    x->fault_line = error->line > 0 ? (unsigned)error->line : 1;
    x->fault_column = error->int2 > 0 ? (unsigned)error->int2 : 1;
}

static bool fail(const struct xml_reader *x, const char *what, struct err *e)
{
    err_set(e, ERR_STRUCTURE, "xml line %u: %s", xml_line(x), what);
    return err_line(e, xml_line(x), xml_column(x));
}

/* ---- opening ---- */
enum { ATTRIBUTES_MAX = 64 };

/* Move *s behind the end of a construct that starts at its front; to its end when that is missing. */
static void skip_past(struct str *s, const char *end)
{
    const char *at = memmem(s->p, s->n, end, strlen(end));
    *s = at ? str_sub(*s, (size_t)(at - s->p) + strlen(end), s->n) : str_sub(*s, s->n, 0);
}

/* Move *s behind a tag; false when it has more attributes than anybody means. */
static bool skip_tag(struct str *s)
{
    int values = 0;
    size_t i = 0;
    for (; i < s->n && s->p[i] != '>'; i++) {
        if (s->p[i] != '"' && s->p[i] != '\'')
            continue;
        i += 1 + str_find(str_sub(*s, i + 1, s->n), s->p[i]);
        values++;
    }
    *s = str_sub(*s, i, s->n);
    return values <= ATTRIBUTES_MAX;
}

static bool refuse(struct str text, const char *at, const char *what, struct err *e)
{
    unsigned line = 1, column = 1;
    for (const char *p = text.p; p < at; p++) {
        line += *p == '\n';
        column = *p == '\n' ? 1 : column + 1;
    }
    err_set(e, ERR_STRUCTURE, "xml line %u: %s", line, what);
    return err_line(e, line, column);
}

/* Before libxml2 sees the text: no DOCTYPE or other declaration anywhere, and no tag with thousands of
 * attributes, which it compares pairwise. */
static bool scan(struct str text, struct err *e)
{
    struct str s = text;
    for (size_t at = str_find(s, '<'); at < s.n; at = str_find(s, '<')) {
        s = str_sub(s, at, s.n);
        const char *tag = s.p;
        if (str_starts(s, "<!--"))
            skip_past(&s, "-->");
        else if (str_starts(s, "<![CDATA["))
            skip_past(&s, "]]>");
        else if (str_starts(s, "<?"))
            skip_past(&s, "?>");
        else if (str_starts(s, "<!"))
            return refuse(text, tag, "a DOCTYPE is not allowed", e);
        else if (!skip_tag(&s))
            return refuse(text, tag, "too many attributes", e);
    }
    return true;
}

/* The text up to the first byte that is not UTF-8. */
static const char *utf8_end(struct str text)
{
    size_t at = 0;
    for (size_t n = 1; at < text.n && n; at += n)
        for (n = 1; n && !str_utf8_valid(str_sub(text, at, n));)
            n = n < 4 ? n + 1 : 0;
    return text.p + at;
}

struct xml_reader *xml_open(struct str text, int depth_max, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up);
    if (!text.n || text.n > INT_MAX) {
        err_set(e, ERR_STRUCTURE, "xml: %s", text.n ? "too long" : "no text");
        return NULL;
    }
    if (!str_utf8_valid(text)) {
        refuse(text, utf8_end(text), "the bytes are not UTF-8 text", e);
        return NULL;
    }
    if (!scan(text, e))
        return NULL;
    xmlTextReaderPtr reader = xmlReaderForMemory(text.p, (int)text.n, NULL, "UTF-8", XML_PARSE_NONET);
    if (!reader) {
        err_set(e, ERR_INTERNAL, "xml: no reader");
        return NULL;
    }
    struct xml_reader *x = mem_zalloc(sizeof *x);
    x->reader = reader;
    x->depth_max = depth_max;
    x->ahead = text;
    x->counted = x->line_start = text.p;
    x->line = x->column = 1;
    xmlTextReaderSetStructuredErrorHandler(reader, note_fault, x);
    return x;
}

void xml_close(struct xml_reader *x)
{
    if (!x)
        return;
    xmlFreeTextReader(x->reader);
    mem_free(x);
}

/* ---- reading ---- */
unsigned xml_line(const struct xml_reader *x)
{
    return x->line;
}

unsigned xml_column(const struct xml_reader *x)
{
    return x->column;
}

/* Count the lines up to a tag. */
static void note_place(struct xml_reader *x, const char *to)
{
    const char *from = x->counted;
    for (const char *end; (end = memchr(from, '\n', (size_t)(to - from))); from = end + 1) {
        x->line++;
        x->line_start = end + 1;
    }
    x->column = (unsigned)(to - x->line_start) + 1;
    x->counted = to;
}

/* libxml2 reads ahead and keeps no columns: find the next start tag in the text itself. */
static void find_tag(struct xml_reader *x)
{
    struct str *s = &x->ahead;
    for (const char *tag; s->n && (tag = memchr(s->p, '<', s->n));) {
        *s = str_sub(*s, (size_t)(tag - s->p), s->n);
        if (s->n > 1 && s->p[1] != '!' && s->p[1] != '?' && s->p[1] != '/') {
            note_place(x, tag);
            skip_tag(s);
            return;
        }
        skip_past(s, str_starts(*s, "<!--")        ? "-->"
                     : str_starts(*s, "<![CDATA[") ? "]]>"
                     : str_starts(*s, "<?")        ? "?>"
                                                   : ">");
    }
}

static bool started(struct xml_reader *x, enum xml_event *ret_event, struct err *e)
{
    find_tag(x);
    if (xmlTextReaderDepth(x->reader) >= x->depth_max)
        return fail(x, "nested too deep", e);
    x->closing = xmlTextReaderIsEmptyElement(x->reader) == 1;
    *ret_event = XML_EVENT_START;
    return true;
}

/* One node of libxml2; *ret_skip when it means nothing to a reader. */
static bool read_node(struct xml_reader *x, enum xml_event *ret_event, bool *ret_skip, struct err *e)
{
    *ret_skip = false;
    switch (xmlTextReaderNodeType(x->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return started(x, ret_event, e);
    case XML_READER_TYPE_END_ELEMENT:
        *ret_event = XML_EVENT_END;
        return true;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        *ret_event = XML_EVENT_TEXT;
        return true;
    case XML_READER_TYPE_COMMENT:
        *ret_event = XML_EVENT_COMMENT;
        return true;
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return fail(x, "a DOCTYPE is not allowed", e);
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return fail(x, "an entity reference is not allowed", e);
    default:
        *ret_skip = true;
        return true;
    }
}

static bool fail_read(const struct xml_reader *x, struct err *e)
{
    unsigned line = x->fault_line ? x->fault_line : x->line, column = x->fault_line ? x->fault_column : x->column;
    err_set(e, ERR_STRUCTURE, "xml line %u: %s", line, x->fault[0] ? x->fault : "not well-formed");
    return err_line(e, line, column);
}

bool xml_next(struct xml_reader *x, enum xml_event *ret_event, struct err *e)
{
    if (x->closing) {
        x->closing = false;
        *ret_event = XML_EVENT_END;
        return true;
    }
    bool skip = true;
    while (skip) {
        int read = xmlTextReaderRead(x->reader);
        if (read < 0 || x->fault[0])
            return fail_read(x, e);
        if (read == 0) {
            *ret_event = XML_EVENT_DONE;
            return true;
        }
        if (!read_node(x, ret_event, &skip, e))
            return false;
    }
    return true;
}

static struct str text_of(const xmlChar *s)
{
    return s ? str_of((const char *)s) : (struct str){"", 0};
}

struct str xml_name(const struct xml_reader *x)
{
    return text_of(xmlTextReaderConstLocalName(x->reader));
}

struct str xml_space(const struct xml_reader *x)
{
    return text_of(xmlTextReaderConstNamespaceUri(x->reader));
}

struct str xml_text(const struct xml_reader *x)
{
    return text_of(xmlTextReaderConstValue(x->reader));
}

bool xml_attribute(struct xml_reader *x, int i, struct xml_attribute *ret_attribute)
{
    int found = -1;
    bool more = xmlTextReaderMoveToFirstAttribute(x->reader) == 1;
    while (more) {
        found += xmlTextReaderIsNamespaceDecl(x->reader) != 1;
        if (found == i)
            break;
        more = xmlTextReaderMoveToNextAttribute(x->reader) == 1;
    }
    if (more)
        *ret_attribute = (struct xml_attribute){xml_name(x), xml_space(x), xml_text(x)};
    xmlTextReaderMoveToElement(x->reader);
    return more;
}

struct str xml_prefix(struct xml_reader *x, struct str prefix, struct arena *a)
{
    const xmlChar *name = prefix.n ? (const xmlChar *)arena_cstr(a, prefix) : NULL;
    xmlChar *space = xmlTextReaderLookupNamespace(x->reader, name);
    struct str copy = arena_str(a, text_of(space));
    xmlFree(space);
    return copy;
}

/* ---- writing ---- */
bool xml_can_carry(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return false;
        if (c == 0xEF && s.n - i > 2 && (unsigned char)s.p[i + 1] == 0xBF && (unsigned char)s.p[i + 2] >= 0xBE)
            return false;
    }
    return true;
}

static const char *reference(char c, bool in_value)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_value ? "&quot;" : NULL;
    case '\n': /* a reader turns bare ones in a value into spaces */
        return in_value ? "&#10;" : NULL;
    case '\t':
        return in_value ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

static void put_escaped(struct buf *out, struct str s, bool in_value)
{
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *written = reference(s.p[i], in_value);
        if (!written)
            continue;
        buf_put(out, s.p + plain, i - plain);
        buf_puts(out, written);
        plain = i + 1;
    }
    if (plain < s.n)
        buf_put(out, s.p + plain, s.n - plain);
}

void xml_put_text(struct buf *out, struct str s)
{
    put_escaped(out, s, false);
}

void xml_put_value(struct buf *out, struct str s)
{
    put_escaped(out, s, true);
}

/* ---- copying ---- */
static void put_attribute(struct buf *out, const struct xml_attribute *at)
{
    bool of_xml = str_is(at->space, "http://www.w3.org/XML/1998/namespace");
    buf_puts(out, of_xml ? " xml:" : " ");
    buf_str(out, at->name);
    buf_puts(out, "=\"");
    xml_put_value(out, at->value);
    buf_putc(out, '"');
}

/* The start tag at hand, "/>" included when the element is empty. */
static bool put_start(struct xml_reader *x, struct str declare, struct buf *out, struct err *e)
{
    buf_putc(out, '<');
    buf_str(out, xml_name(x));
    if (declare.n) {
        buf_puts(out, " xmlns=\"");
        xml_put_value(out, declare);
        buf_putc(out, '"');
    }
    struct xml_attribute at;
    for (int i = 0; xml_attribute(x, i, &at); i++) {
        if (at.space.n && !str_is(at.space, "http://www.w3.org/XML/1998/namespace"))
            return fail(x, "an attribute of a foreign namespace", e);
        put_attribute(out, &at);
    }
    buf_puts(out, x->closing ? "/>" : ">");
    return true;
}

static bool copy_event(struct xml_reader *x, enum xml_event event, struct str space, struct buf *out, struct err *e)
{
    if (event == XML_EVENT_TEXT) {
        xml_put_text(out, xml_text(x));
        return true;
    }
    if (event == XML_EVENT_COMMENT) {
        buf_puts(out, "<!--");
        buf_str(out, xml_text(x));
        buf_puts(out, "-->");
        return true;
    }
    if (event == XML_EVENT_START) {
        if (!str_eq(xml_space(x), space))
            return fail(x, "an element of a foreign namespace", e);
        return put_start(x, STR_NONE, out, e);
    }
    buf_puts(out, "</");
    buf_str(out, xml_name(x));
    buf_putc(out, '>');
    return true;
}

/* The namespace string belongs to the parser's tree, which frees what it has passed: a copy outlives it. */
bool xml_copy(struct xml_reader *x, struct buf *out, struct err *e)
{
    char space[128] = "";
    if (!str_copy(space, sizeof space, xml_space(x)))
        return fail(x, "an overlong namespace", e);
    struct str ours = str_of(space);
    if (!put_start(x, ours, out, e))
        return false;
    bool was_empty = x->closing;
    enum xml_event event = XML_EVENT_START;
    for (int depth = 1; depth > 0;) {
        if (!xml_next(x, &event, e))
            return false;
        depth += event == XML_EVENT_START;
        depth -= event == XML_EVENT_END;
        if (!(event == XML_EVENT_END && was_empty) && !copy_event(x, event, ours, out, e))
            return false;
        was_empty = event == XML_EVENT_START && x->closing;
    }
    return buf_ok(out, e);
}
