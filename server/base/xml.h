/* XML for reading, pulled event by event, on libxml2; and the escapes for writing. DOCTYPE, entities beyond
 * the five of XML itself, other encodings than UTF-8 and nesting over the caller's limit are STRUCTURE errors
 * naming the line; nothing is ever fetched or expanded. Owner: xml_close releases the reader; slices live
 * until the next xml_next. Threads: a reader belongs to one. Cost: linear in the text; one element's
 * attributes and text are held at a time. A single text or attribute is at most 10 MB. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/arena.h"
#include "base/buf.h"

struct xml_reader; /* opaque */

enum xml_event {
    XML_EVENT_START, /* also for <a/>, which has an END of its own */
    XML_EVENT_END,
    XML_EVENT_TEXT, /* characters and CDATA; white space between elements comes too */
    XML_EVENT_COMMENT,
    XML_EVENT_DONE
};

struct xml_attribute {
    struct str name, space,
        value; /* local name, namespace URI (empty if none), text with references resolved */
};

/* The text stays the caller's and must live as long as the reader. */
struct xml_reader *xml_open(struct str text, int depth_max, struct err *e);
void xml_close(struct xml_reader *x); /* NULL is fine */
bool xml_next(struct xml_reader *x, enum xml_event *ret_event, struct err *e);
/* Of the element at hand (START and END): local name, namespace URI. */
struct str xml_name(const struct xml_reader *x);
struct str xml_space(const struct xml_reader *x);
struct str xml_text(const struct xml_reader *x); /* of TEXT and COMMENT */
/* Where the last start tag stands. */
unsigned xml_line(const struct xml_reader *x);
unsigned xml_column(const struct xml_reader *x);
/* The i-th attribute of the element at START, namespace declarations left out; false past the last. Its
 * slices live until the next call. */
bool xml_attribute(struct xml_reader *x, int i, struct xml_attribute *ret_attribute);
/* The namespace a prefix (empty: the default) has where the reader stands; empty when it has none. A copy. */
struct str xml_prefix(struct xml_reader *x, struct str prefix, struct arena *a);
/* Write the element at START with all it holds, in one canonical form: the namespace declared on it alone, no
 * prefixes, references only where needed. An element of another namespace is a STRUCTURE error. The reader
 * then stands on the element's END. */
bool xml_copy(struct xml_reader *x, struct buf *out, struct err *e);

/* XML 1.0 can carry the text: no control characters but tab and line breaks, no U+FFFE, U+FFFF. */
bool xml_can_carry(struct str s);
/* Writers: escaped for text between tags, and for a value between double quotes. */
void xml_put_text(struct buf *out, struct str s);
void xml_put_value(struct buf *out, struct str s);

#endif
