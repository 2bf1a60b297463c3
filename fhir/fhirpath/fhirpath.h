/* FHIRPath (normative release 1, with FHIR R4's additions): expressions over documents. An expression is compiled once
 * into an arena and evaluated any number of times, by any thread; it never changes a document.
 * Owner: the arena given. Threads: a compiled expression is const; a context belongs to one.
 * Cost: bounded by steps (nodes looked at), nesting and bytes made; what runs over them is TOO_LARGE.
 * Source: http://hl7.org/fhirpath/N1, http://hl7.org/fhir/R4/fhirpath.html. */
#ifndef FHIR_FHIRPATH_H
#define FHIR_FHIRPATH_H

#include "base/clock.h"
#include "fhir/model/types.h"

struct fhirpath; /* opaque */

enum { FHIRPATH_TEXT_MAX = 16 * 1024, FHIRPATH_STEPS = 1000 * 1000, FHIRPATH_BYTES = 4 << 20 };

/* INVALID, naming the place in the text, when it is no FHIRPath: grammar, unknown functions, wrong numbers of
 * arguments, bad regular expressions in literals. */
const struct fhirpath *fhirpath_compile(struct arena *a, struct str text, struct err *e);

/* What a value is, for operators. An element of a primitive type has the kind of its value; one without a value (only
 * extensions), a complex element and a resource are FHIRPATH_ELEMENT. A FHIR Quantity stays an element, too. */
enum fhirpath_kind {
    FHIRPATH_ELEMENT,
    FHIRPATH_BOOLEAN,
    FHIRPATH_INTEGER,
    FHIRPATH_DECIMAL,
    FHIRPATH_STRING,
    FHIRPATH_DATE,
    FHIRPATH_DATETIME,
    FHIRPATH_TIME,
    FHIRPATH_QUANTITY
};

struct fhirpath_item {
    enum fhirpath_kind kind;
    struct str text;                    /* of every kind but ELEMENT; a quantity's number */
    struct str unit;                    /* of a quantity: "mg", "1", "days" */
    const struct fhir_node *node;       /* in the document; NULL for what was computed, and for a primitive that has
                                           extensions only */
    const struct fhir_node *more;       /* the "_name" half of a primitive, or NULL */
    const struct fhir_type *type;       /* the FHIR type; NULL for values of the language itself */
    const struct fhirpath_item *parent; /* the element it was reached from; NULL for roots and computed values */
    struct str name;                    /* in JSON: "valueString"; the type's name for a root */
    int index;                          /* in its array; -1 when it is in none */
};

struct fhirpath_list {
    const struct fhirpath_item **items;
    size_t n, room;
};

struct fhirpath_variable { /* %name, beside the built-in ones */
    const char *name;
    struct fhirpath_list value;
};

struct fhirpath_context {
    struct arena *arena;                         /* results and everything on the way to them */
    const struct fhirpath_item *resource, *root; /* %resource, %rootResource; NULL: the root that focus came from */
    const struct fhirpath_variable *variables;
    size_t variable_count;
    clock_us now; /* of now() and today(); 0: the clock's */
    long steps;   /* how many are left; 0 at the start means FHIRPATH_STEPS */
    /* What only others know; each may be NULL. ctx is theirs. */
    void *ctx;
    /* resolve(): the document a reference text names; *ret_node stays NULL when it is not to be had. Contained
     * resources and entries of the same Bundle are found without it. */
    bool (*resolve)(void *ctx, struct str reference, const struct fhir_node **ret_node, struct err *e);
    /* memberOf(): 1 yes, 0 no, -1 nobody knows (an empty result). */
    bool (*member_of)(void *ctx, const struct fhirpath_item *item, struct str value_set, int *ret_is, struct err *e);
    /* conformsTo(): the same three. */
    bool (*conforms)(void *ctx, const struct fhirpath_item *item, struct str profile, int *ret_is, struct err *e);
    /* trace(): for people who write expressions. */
    void (*trace)(void *ctx, struct str name, const struct fhirpath_list *list);
};

/* A document as an item. */
struct fhirpath_item fhirpath_root(const struct fhir_node *resource);
/* An element below a document, when its type is known already. */
struct fhirpath_item fhirpath_element(const struct fhir_node *node, const struct fhir_type *type);
/* Evaluate with focus as $this and %context. INVALID when the expression asks for what can not be (two values where
 * one is due), TOO_LARGE over the bounds. */
bool fhirpath_eval(const struct fhirpath *x, struct fhirpath_context *c, const struct fhirpath_item *focus,
                   struct fhirpath_list *ret_list, struct err *e);
/* The result as a condition: 1 true (or one value that is no boolean), 0 false, -1 empty. INVALID for more than one. */
bool fhirpath_truth(const struct fhirpath_list *list, int *ret_truth, struct err *e);
/* The children of an element, all or of one name ("value" finds valueString), appended. */
bool fhirpath_children(struct fhirpath_context *c, const struct fhirpath_item *item, struct str name,
                       struct fhirpath_list *list, struct err *e);
void fhirpath_add(struct arena *a, struct fhirpath_list *list, const struct fhirpath_item *item);
/* "Patient.name[0].given[1]", cut at size. */
void fhirpath_place(const struct fhirpath_item *item, char *ret_text, size_t size);
/* The text an expression was compiled from. */
struct str fhirpath_text(const struct fhirpath *x);

#endif
