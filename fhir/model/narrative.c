#include "fhir/model/narrative_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/xml.h"

#define XHTML "http://www.w3.org/1999/xhtml"

/* TO ADD AN ELEMENT: a word here, in alphabetical order, if HTML 4.0 chapters 7 to 11 (frames, forms and
 * scripts are elsewhere) or 15 have it. */
static const char *const allowed[] = {
    "a",     "abbr", "acronym", "address",  "b",    "bdo",   "big",   "blockquote", "br",    "caption",
    "cite",  "code", "col",     "colgroup", "dd",   "del",   "dfn",   "div",        "dl",    "dt",
    "em",    "h1",   "h2",      "h3",       "h4",   "h5",    "h6",    "hr",         "i",     "img",
    "ins",   "kbd",  "li",      "map",      "area", "ol",    "p",     "pre",        "q",     "samp",
    "small", "span", "strong",  "sub",      "sup",  "table", "tbody", "td",         "tfoot", "th",
    "thead", "tr",   "tt",      "u",        "ul",   "var",
};

static bool element_allowed(struct str name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (str_is(name, allowed[i]))
            return true;
    return false;
}

/* The scheme of a link, blanks and control characters left out as browsers do. */
static bool runs_script(struct str url)
{
    char scheme[16] = "";
    size_t n = 0;
    for (size_t i = 0; i < url.n && n < sizeof scheme - 1; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c <= ' ')
            continue;
        if (c == ':')
            break;
        scheme[n++] = (char)c;
    }
    return str_is_nocase(str_of(scheme), "javascript") || str_is_nocase(str_of(scheme), "vbscript");
}

static const char *attribute_fault(const struct xml_attribute *at)
{
    if (at->name.n > 2 && str_is_nocase(str_sub(at->name, 0, 2), "on"))
        return "event handlers are not allowed";
    bool link =
        str_is_nocase(at->name, "href") || str_is_nocase(at->name, "src") || str_is_nocase(at->name, "cite");
    return link && runs_script(at->value) ? "script links are not allowed" : NULL;
}

static const char *element_fault(struct xml_reader *x)
{
    if (!str_is(xml_space(x), XHTML))
        return "must be in the namespace " XHTML;
    if (!element_allowed(xml_name(x)))
        return "only formatting elements are allowed";
    struct xml_attribute at;
    const char *fault = NULL;
    for (int i = 0; !fault && xml_attribute(x, i, &at); i++)
        fault = attribute_fault(&at);
    return fault;
}

static bool check_events(struct xml_reader *x, struct err *e)
{
    enum xml_event event = XML_EVENT_START;
    bool root = true;
    for (;;) {
        if (!xml_next(x, &event, e))
            return false;
        if (event == XML_EVENT_DONE)
            return true;
        if (event != XML_EVENT_START)
            continue;
        const char *fault = root && !str_is(xml_name(x), "div") ? "must be one div" : element_fault(x);
        if (fault)
            return err_set(e, ERR_INVALID, "narrative: %s", fault);
        root = false;
    }
}

static void close_reader(struct xml_reader **x)
{
    xml_close(*x);
}

bool fhir_narrative_check(struct str div, struct err *e)
{
    CLEANUP(close_reader) struct xml_reader *x = xml_open(div, FHIR_DEPTH_MAX, e);
    return x && check_events(x, e);
}

bool fhir_narrative_put(struct str div, struct buf *out, struct err *e)
{
    CLEANUP(close_reader) struct xml_reader *x = xml_open(div, FHIR_DEPTH_MAX, e);
    enum xml_event event = XML_EVENT_TEXT;
    while (x && event != XML_EVENT_START && event != XML_EVENT_DONE)
        if (!xml_next(x, &event, e))
            return false;
    if (!x)
        return false;
    return event == XML_EVENT_START ? xml_copy(x, out, e) : err_set(e, ERR_INVALID, "narrative: no div");
}
