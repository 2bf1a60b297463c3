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

struct known_group { /* names that begin alike: what is behind the prefix, sorted by bytes */
    const char *prefix;
    const char *const *names;
    int count;
};
extern const struct known_group known_systems[], known_extensions[]; /* ended by one without a prefix */

struct run { /* one document */
    const struct validate_options *options;
    struct arena scratch; /* emptied after each evaluation */
    long steps, profile_steps;
    int nesting;                /* of profiles in profiles */
    bool stopped;               /* profiles take too much */
    struct fhir_issues *issues; /* of the whole document */
    const struct fhir_node *top;
    struct err fault;     /* of a source; what follows is not checked */
    struct str asked[32]; /* names that were asked for and are unknown */
    int asked_count, asks_left;
};

/* Whether any question is left to ask: no source failed yet. */
bool run_goes_on(const struct run *r);
/* What one profile may take of FHIRPath, and all together of other steps. */
enum { PROFILE_PATH_STEPS = 5 * 1000 * 1000, PROFILE_STEPS = 1000 * 1000 };
/* The profiles a resource claims, and the document is asked to keep. */
void profiles_check(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues);
/* Code systems and extensions nobody knows. */
void unknown_check(struct run *r, const struct fhir_visit *visit, struct fhir_issues *issues);
/* dom-3: each contained resource is referred to, or refers to the one around it. */
void contained_check(const struct fhir_visit *visit, struct fhir_issues *issues);

#endif
