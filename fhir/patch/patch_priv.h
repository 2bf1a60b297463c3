/* What the patch languages share: a budget, and places in a tree. Private to this folder. */
#ifndef FHIR_PATCH_PRIV_H
#define FHIR_PATCH_PRIV_H

#include "fhir/patch/patch.h"

struct patch {
    struct arena *arena;
    struct fhir_node *root; /* of the copy being changed */
    int64_t steps, bytes;   /* left to spend: nodes looked at; nodes and text made */
};
void patch_begin(struct patch *p, struct arena *a, const struct fhir_node *resource);
/* Spend; TOO_LARGE when there is nothing left. */
bool patch_step(struct patch *p, int64_t n, struct err *e);
bool patch_copy(struct patch *p, const struct fhir_node *n, struct fhir_node **ret_node, struct err *e);
/* A place in the tree: a node, or where one would be added. node NULL: nothing is there. */
struct patch_place {
    struct fhir_node *parent, *previous, *node; /* parent NULL: the root */
    struct str key;                             /* of a member */
    int depth;                                  /* of the node, 1 at the root */
};
/* Put a node that is in no tree before place->node, at the end when that is NULL. PROCESSING when it gets too deep. */
bool patch_insert(struct patch *p, struct patch_place *place, struct fhir_node *node, struct err *e);
void patch_remove(struct patch_place *place);
/* The tree's end: containers that were emptied are taken out, since FHIR has no way to say them; lines and columns,
 * which are those of other texts, are forgotten. */
struct fhir_node *patch_end(struct patch *p);

/* Levels of objects and arrays in a node. */
int patch_height(const struct fhir_node *n);

/* ---- slots.c ---- */
struct slots { /* the occurrences of an element: value and "_name" half, either may be NULL; room for one more */
    struct fhir_node *object;
    struct str name;
    bool array;
    struct fhir_node **value, **more;
    size_t n;
};
bool slots_load(struct patch *p, struct fhir_node *object, struct str name, bool array, struct slots *ret_slots,
                struct err *e);
/* Write them back; without any the element goes. */
void slots_store(struct patch *p, const struct slots *s);
void slots_insert(struct slots *s, size_t at, struct fhir_node *value, struct fhir_node *more); /* once a load */
void slots_remove(struct slots *s, size_t at);

/* ---- pointer.c: RFC 6901 ---- */
/* The place a pointer names. adding: its last step may be a member to come, an index one past the end, or "-". */
bool pointer_find(struct patch *p, struct str pointer, bool adding, struct patch_place *ret_place, struct err *e);

/* ---- equal.c: RFC 6902 §4.6 ---- */
/* Members in any order, numbers by value. */
bool values_equal(struct patch *p, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                  struct err *e);

#endif
