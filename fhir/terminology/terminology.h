/* Terminology: what a ValueSet means as a list of codes, what a CodeSystem says of a code. Works on documents and on
 * the codes that R4 binds itself; where documents come from is the caller's (term_load), so this folder knows no
 * database. Owner: everything lives in the caller's arena. Threads: a struct term belongs to one. Cost: bounded by
 * TERM_WORK_MAX steps; what would take more is TOO_COSTLY. Source: R4 valueset.html, codesystem.html. */
#ifndef FHIR_TERMINOLOGY_H
#define FHIR_TERMINOLOGY_H

#include "fhir/model/model.h"

enum { TERM_CODES_MAX = 50000, TERM_NESTING_MAX = 10, TERM_WORK_MAX = 2000000, TERM_PATTERN_MAX = 100 };

/* A ValueSet or CodeSystem by its canonical url ("url" or "url|version"); *ret_resource NULL when it is not here. */
typedef bool (*term_load)(void *ctx, const char *type, struct str canonical, const struct fhir_node **ret_resource,
                          struct err *e);

struct term_document; /* what was loaded before */
struct term {
    struct arena *arena;
    term_load load;
    void *ctx;
    struct term_document *loaded;
    struct str nesting[TERM_NESTING_MAX]; /* value sets being expanded, for cycles */
    int depth;
    int64_t work;
};

struct term_code {
    struct str system, code, display;
    const struct fhir_node *concept; /* of its CodeSystem, else of the ValueSet; NULL for built-in codes */
    bool inactive, removed;
};
struct term_codes {
    struct term_code *item;
    size_t n, room;
    uint32_t *slot; /* 1 + place in item, by hash */
};

void term_init(struct term *t, struct arena *a, term_load load, void *ctx);
/* The codes of a value set, each once, in order; removed ones (excluded) stay marked. NOT_FOUND for an unknown one,
 * BUSINESS_RULE for a cycle or an unknown code system that had to be read, TOO_COSTLY over the bounds. */
bool term_expand(struct term *t, const struct fhir_node *value_set, struct term_codes *ret_codes, struct err *e);
bool term_expand_url(struct term *t, struct str canonical, struct term_codes *ret_codes, struct err *e);
/* A code of an expansion; system empty: of any system. NULL when it is not there. */
const struct term_code *term_find(const struct term_codes *codes, struct str system, struct str code);
/* Whether a code is in a value set. */
bool term_in(struct term *t, struct str value_set, struct str system, struct str code, bool *ret_in, struct err *e);

/* All codes of a system, from its CodeSystem or the built-in ones; *ret_known false when there is neither. */
bool term_system(struct term *t, struct str system, struct term_codes *ret_codes, bool *ret_known, struct err *e);
/* The same of a CodeSystem at hand. */
bool term_concepts(struct term *t, const struct fhir_node *code_system, struct term_codes *ret_codes, struct err *e);
/* Whether ancestor stands above code in the tree of a CodeSystem; false for equal ones. */
bool term_is_below(const struct fhir_node *code_system, struct str code, struct str ancestor);
/* A document, loaded once. */
bool term_document(struct term *t, const char *type, struct str canonical, const struct fhir_node **ret_resource,
                   struct err *e);

#endif
