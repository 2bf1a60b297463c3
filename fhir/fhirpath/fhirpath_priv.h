/* What the parts of the interpreter share. */
#ifndef FHIR_FHIRPATH_PRIV_H
#define FHIR_FHIRPATH_PRIV_H

#include "fhir/fhirpath/fhirpath.h"

enum { FHIRPATH_NESTING = 64 };

/* ---- a compiled expression ---- */
enum xop {
    X_EMPTY,    /* {} */
    X_LITERAL,  /* item */
    X_VARIABLE, /* %name */
    X_THIS,
    X_INDEX,
    X_TOTAL,
    X_MEMBER, /* name, of args[0] or $this */
    X_CALL,   /* function, of args[0] or $this; arguments follow */
    X_AT,     /* args[0] [ args[1] ] */
    X_IS,     /* args[0] is name */
    X_AS,
    X_NEGATE,
    X_PLUS,
    X_BINARY /* operator */
};

struct eval;
struct node;
struct function;
struct operator_row;

struct node {
    enum xop op;
    unsigned place;         /* offset in the text */
    struct str name, space; /* member, variable; type and its namespace */
    const struct fhirpath_item *item;
    const struct function *function;
    const struct operator_row *operator_;
    const struct regex *regex; /* of a literal pattern, compiled once */
    const struct node *input;  /* what comes before the dot; NULL: $this */
    const struct node **args;
    int arg_count;
};

struct fhirpath {
    struct str text;
    const struct node *top;
};

/* ---- an evaluation ---- */
struct focus {
    struct fhirpath_list this_; /* one item; what iif() is asked of: any number */
    int64_t index;
    struct fhirpath_list total;
};

struct eval {
    struct fhirpath_context *c;
    struct arena *arena;
    struct focus focus;
    const struct fhirpath_item *context; /* what the evaluation started with */
    size_t bytes_left;
    int depth;
};

bool eval_node(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e);
/* Count a piece of work. */
bool eval_step(struct eval *v, size_t count, struct err *e);
/* Room for text of n bytes. */
char *eval_bytes(struct eval *v, size_t n, struct err *e);

struct call { /* one use of a function */
    struct eval *v;
    const struct node *node;
    const struct fhirpath_list *input;
    struct fhirpath_list *out;
};
typedef bool (*function_run)(const struct call *c, struct err *e);
struct function {
    const char *name;
    int min, max; /* arguments; max -1: any number */
    function_run run;
};
const struct function *function_find(struct str name);

typedef bool (*operator_run)(struct eval *v, const struct fhirpath_list *a, const struct fhirpath_list *b,
                             struct fhirpath_list *out, struct err *e);
struct operator_row {
    const char *text;
    int level; /* higher binds tighter */
    operator_run run;
};
/* ops.c: the operators whose right side may be left out: and, or, implies. */
bool operator_settles(const struct operator_row *o, const struct fhirpath_list *a);

const struct node *fhirpath_parse(struct arena *a, struct str text, struct err *e);

/* ---- lists ---- */
void put_bool(struct eval *v, struct fhirpath_list *out, bool value);
void put_int(struct eval *v, struct fhirpath_list *out, int64_t value);
void put_text(struct eval *v, struct fhirpath_list *out, enum fhirpath_kind kind, struct str text);
void put_all(struct eval *v, struct fhirpath_list *out, const struct fhirpath_list *list);
/* No more than one item, or INVALID; *ret_item NULL for none. */
bool one_of(const struct fhirpath_list *list, const struct fhirpath_item **ret_item, struct err *e);

/* ---- arguments of a call: i counts from 0 ---- */
/* Evaluated where the call stands ($this as outside), and for one item of the input ($this is the item). */
bool arg_list(const struct call *c, int i, struct fhirpath_list *ret_list, struct err *e);
bool arg_each(const struct call *c, int i, size_t at, struct fhirpath_list *ret_list, struct err *e);
bool arg_truth(const struct call *c, int i, size_t at, int *ret_truth, struct err *e);
/* *ret_there false when the argument is empty. */
bool arg_text(const struct call *c, int i, struct str *ret_text, bool *ret_there, struct err *e);
bool arg_int(const struct call *c, int i, int64_t *ret_n, bool *ret_there, struct err *e);
/* The one input; *ret_item NULL when there is none. */
bool input_one(const struct call *c, const struct fhirpath_item **ret_item, struct err *e);
bool input_text(const struct call *c, struct str *ret_text, bool *ret_there, struct err *e);

/* ---- navigate.c, types.c ---- */
/* The children of an element, of one name or (name.p NULL) all. */
bool children(struct eval *v, const struct fhirpath_item *item, struct str name, struct fhirpath_list *out,
              struct err *e);
bool descendants(struct eval *v, const struct fhirpath_list *from, struct fhirpath_list *out, struct err *e);
/* The resource an item is in; container: the one around it when it is contained. */
const struct fhirpath_item *resource_around(const struct fhirpath_item *item, bool container);
/* Whether the type a node names is one there is. */
bool type_known(struct str space, struct str name);
bool type_fits(const struct fhirpath_item *item, struct str space, struct str name);

/* ---- equal.c ---- */
/* =: 1, 0, -1 (can not be said). ~: 1, 0. */
bool items_equal(struct eval *v, const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_equal,
                 struct err *e);
bool items_alike(struct eval *v, const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_alike,
                 struct err *e);
/* -1, 0, 1 in *ret_order; *ret_known false when it can not be said; INVALID for values that have no order. */
bool items_compare(const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_order, bool *ret_known,
                   struct err *e);
/* Append what is not there yet. */
struct distinct {
    struct eval *v;
    struct fhirpath_list *out;
    uint32_t *heads, *nexts; /* of chains of equal hashes, by position + 1 */
    size_t slots;
};
void distinct_start(struct distinct *d, struct eval *v, struct fhirpath_list *out, size_t most);
bool distinct_add(struct distinct *d, const struct fhirpath_item *item, bool *ret_new, struct err *e);
bool distinct_has(struct distinct *d, const struct fhirpath_item *item, bool *ret_has, struct err *e);

#endif
