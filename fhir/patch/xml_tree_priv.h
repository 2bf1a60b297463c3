/* An XML document as a tree that can be changed, for XML Patch. Private to this folder. Owner: the arena. */
#ifndef FHIR_PATCH_XML_TREE_PRIV_H
#define FHIR_PATCH_XML_TREE_PRIV_H

#include "base/xml.h"
#include "fhir/patch/patch_priv.h"

#define FHIR_SPACE "http://hl7.org/fhir"

struct xml_value { /* an attribute */
    struct str name, space, text;
    struct xml_value *next;
};

struct xml_node {
    enum xml_event kind; /* START: an element; TEXT; COMMENT */
    struct str name, space, text;
    struct xml_value *attributes;
    struct xml_node *parent, *first, *last, *previous, *next;
};

/* The element at START, with all it holds. The reader then stands on its END. */
bool xml_tree_read(struct patch *p, struct xml_reader *x, struct xml_node *parent, struct err *e);
/* A document: a node without name that holds its element. */
bool xml_tree_parse(struct patch *p, struct str text, struct xml_node **ret_document, struct err *e);
void xml_tree_write(const struct xml_node *document, struct buf *out);
/* Put a node that is in no tree below a parent, before a child (NULL: at the end). */
void xml_tree_insert(struct xml_node *parent, struct xml_node *node, struct xml_node *before);
void xml_tree_remove(struct xml_node *node);
struct xml_value *xml_tree_attribute(const struct xml_node *n, struct str name);

/* ---- xml_select.c: the selectors of RFC 5261 §4.1 ---- */
enum { XML_STEPS_MAX = 64, XML_PREDICATES_MAX = 4 };

struct xml_name { /* "f:name", "@value", "*", "text()" */
    enum { XML_ELEMENT, XML_ATTRIBUTE, XML_TEXT, XML_COMMENT, XML_SELF } what;
    struct str name, space; /* name empty: any */
};

struct xml_predicate { /* [3], [f:system/@value='x'], [.='x'] */
    int64_t place;      /* 0: a comparison */
    struct xml_name path[4];
    size_t n;
    struct str text;
};

struct xml_step {
    struct xml_name name;
    struct xml_predicate predicates[XML_PREDICATES_MAX];
    size_t predicate_n;
};

struct xml_selector {
    struct xml_step steps[XML_STEPS_MAX];
    size_t n;
};

struct xml_place { /* what a selector leads to: a node, or an attribute of it */
    struct xml_node *node;
    struct xml_value *attribute;
};

/* Prefixes are those in scope where the reader stands. INVALID for what is no selector. */
bool xml_select_read(struct patch *p, struct xml_reader *x, struct str text, struct xml_selector *ret_selector,
                     struct err *e);
/* The one place; PROCESSING for none or several. */
bool xml_select(struct patch *p, const struct xml_selector *s, struct xml_node *document, struct xml_place *ret_place,
                struct err *e);

#endif
