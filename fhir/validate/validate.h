/* Whether a document is what FHIR R4 says: its form (fhir/model) and the invariants of its types, in one walk.
 * Owner: issues in the arena given. Threads: any, after validate_start(). Cost: a 20 kB bundle well under a
 * millisecond; hostile documents are bounded by steps and refused with too-costly. */
#ifndef FHIR_VALIDATE_H
#define FHIR_VALIDATE_H

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/validate/profile.h"

/* What only others know; each may be NULL. A failure of theirs fails the whole check. */
struct validate_source {
    void *ctx;
    /* Whether a CodeSystem, or the StructureDefinition of an extension, of this url is here. */
    bool (*known)(void *ctx, const char *type, struct str url, bool *ret_known, struct err *e);
    /* Whether a code (system.p NULL: of any system) is in a value set: 1 yes, 0 no, -1 nobody knows. */
    bool (*in_value_set)(void *ctx, struct str value_set, struct str system, struct str code, int *ret_in,
                         struct err *e);
    /* The profile of a canonical ("url" or "url|version"), NULL when it is not here; it stays until the check is over.
     * INVALID or TOO_COSTLY for one that can not be used. */
    bool (*profile)(void *ctx, struct str canonical, const struct profile **ret_profile, struct err *e);
    /* What a reference ("Patient/1") leads to; NULL when it is not here, or nobody wants to look. */
    bool (*document)(void *ctx, struct str reference, const struct fhir_node **ret_node, struct err *e);
};

struct validate_options {
    bool warnings;                        /* also what is not refused: rules that should hold, unknown names */
    bool best_practice;                   /* also advice: dom-6 */
    const struct validate_source *source; /* or NULL */
    const struct str *profiles;           /* to be kept beside those it claims in meta.profile */
    size_t profile_count;
};

/* Compile the invariants; asked more than once it does nothing. False when one is no FHIRPath. */
bool validate_start(struct err *e);
/* True when no fatal issue was found; false with e set when a source failed. The caller sets the arena of the issues
 * and zeroes the rest. */
bool validate_check(const struct fhir_node *resource, const struct validate_options *options,
                    struct fhir_issues *ret_issues, struct err *e);

#endif
