/* What the parts of the validation share. */
#ifndef FHIR_VALIDATE_PRIV_H
#define FHIR_VALIDATE_PRIV_H

#include "fhir/validate/validate.h"

struct invariant_row { /* made by fhir/gen, by type */
    int type;
    const char *key;
    bool error;
    const char *human, *expression;
};
extern const struct invariant_row invariant_rows[];
extern const int invariant_row_count;

/* Sorted by bytes. */
extern const char *const known_systems[], *const known_extensions[];
extern const int known_system_count, known_extension_count;

struct run { /* one document */
    const struct validate_options *options;
    struct arena scratch; /* emptied after each evaluation */
    long steps;
    struct err fault;     /* of a source; what follows is not checked */
    struct str asked[32]; /* names that were asked for and are unknown */
    int asked_count, asks_left;
};

/* Whether any question is left to ask: no source failed yet. */
bool run_goes_on(const struct run *r);
/* Code systems and extensions nobody knows. */
void unknown_check(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues);
/* dom-3: each contained resource is referred to, or refers to the one around it. */
void contained_check(const struct fhir_visit *visit, struct fhir_issues *issues);

#endif
