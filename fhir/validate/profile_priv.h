/* A compiled profile, and the walk of a document along it. */
#ifndef FHIR_VALIDATE_PROFILE_PRIV_H
#define FHIR_VALIDATE_PROFILE_PRIV_H

#include "fhir/validate/profile.h"
#include "fhir/validate/validate_priv.h"

struct strs {
    struct str *items;
    size_t n;
};

struct profile_type_ref {
    struct str code;
    struct strs profiles, targets; /* canonicals */
};

struct profile_rule {
    struct str key, human;
    bool error;
    const struct fhirpath *x; /* NULL: it is no FHIRPath */
};

enum discriminator_kind { BY_VALUE, BY_EXISTS, BY_TYPE, BY_PROFILE };
struct discriminator {
    enum discriminator_kind kind;
    struct str path;
    const struct fhirpath *x;
};

enum slicing { SLICING_NONE, SLICING_OPEN, SLICING_OPEN_AT_END, SLICING_CLOSED };

struct profile_element {
    struct str name;  /* the last step of its path, without "[x]" */
    struct str path;  /* "Patient.identifier", for people */
    struct str slice; /* its name; empty for an element itself */
    bool choice;      /* the path ended in "[x]" */
    int min, max;     /* max -1: any number */
    struct profile_type_ref *types;
    size_t type_count;
    const struct fhir_node *fixed, *pattern;
    struct str value_set;
    bool required; /* the binding */
    int64_t max_length;
    struct profile_rule *rules;
    size_t rule_count;
    struct discriminator *discriminators;
    size_t discriminator_count;
    enum slicing slicing;
    bool ordered;
    bool added;                                  /* a differential does not name it */
    struct str content;                          /* contentReference, until it is resolved */
    const struct profile_element *like;          /* whose children it has */
    struct profile_element *first, *last, *next; /* children; the next sibling or slice */
    struct profile_element *slices, *slices_last;
};

struct profile {
    struct arena arena;
    struct str url;
    const struct fhir_type *type;
    struct str base; /* a profile that is kept besides, of a differential; empty for none */
    struct profile_element *top;
    size_t element_count, rule_count;
};

/* ---- profile_tree.c ---- */
struct profile_tree { /* being made */
    struct arena *arena;
    struct profile_element **top, *stack[PROFILE_DEPTH_MAX]; /* the latest element of each depth */
    bool sparse;                                             /* of a differential */
};
/* An element of a path that asks nothing yet. */
struct profile_element *tree_element(struct arena *a, struct str path);
/* Steps below the root: depth. INVALID when it has no place. */
bool tree_place(struct profile_tree *t, struct profile_element *el, int depth, struct err *e);
/* Content references, once all elements are there. */
void tree_resolve(struct profile_element *top);

/* ---- profile_check.c ---- */
struct along { /* one document along one profile, or along part of it */
    struct run *run;
    const struct fhir_visit *visit;
    struct fhir_issues *issues;
    const struct profile *profile;
    struct fhirpath_context *context; /* its arena is that of the walk */
    const struct fhirpath_item *root;
};
/* Whether the work may go on; over the bounds it is told once. */
bool along_spend(struct along *a);
void along_tell(struct along *a, const struct fhirpath_item *at, const struct fhir_issue *what);
/* One value of an element, and what is in it. */
void element_check(struct along *a, const struct profile_element *el, const struct fhirpath_item *item);
/* The same, telling nobody: whether it would do. */
bool element_fits(struct along *a, const struct profile_element *el, const struct fhirpath_item *item);
/* A value along the whole of its profile, and along what the profile stands on. */
void profile_walk(struct along *a, const struct fhirpath_item *item);
/* 1 it conforms, 0 not, -1 nobody knows the profile; loud: its faults are told. */
int profile_conforms(struct along *a, struct str canonical, const struct fhirpath_item *item, bool loud);
/* Its own children, or those of the element it is like. */
const struct profile_element *element_children(const struct profile_element *el);

/* ---- profile_slice.c ---- */
/* All values of a sliced element: each to its slice, the slices counted. */
void slices_check(struct along *a, const struct profile_element *el, const struct fhirpath_list *values,
                  const struct fhirpath_item *parent);

/* ---- profile_value.c ---- */
bool value_equal(const struct fhir_node *a, const struct fhir_node *b);
/* Whether value has all that is in pattern. */
bool value_contains(const struct fhir_node *value, const struct fhir_node *pattern);
/* fixed, pattern, binding, length, types of one value. */
void value_check(struct along *a, const struct profile_element *el, const struct fhirpath_item *item);
/* Whether the type of a value is one the element takes. */
bool element_takes(const struct profile_element *el, const struct fhirpath_item *item);
/* "http://hl7.org/fhir/StructureDefinition/Patient" names a type of R4; NULL for others. */
const struct fhir_type *core_type(struct str canonical);

#endif
