/* Whether a document is what FHIR R4 says: its form (fhir/model) and the invariants of its types, in one walk.
 * Owner: issues in the arena given. Threads: any, after validate_start(). Cost: a 20 kB bundle well under a
 * millisecond; hostile documents are bounded by steps and refused with too-costly. */
#ifndef FHIR_VALIDATE_H
#define FHIR_VALIDATE_H

#include "fhir/fhirpath/fhirpath.h"

struct validate_options {
    bool warnings;      /* also what is not refused: rules that should hold */
    bool best_practice; /* also advice: dom-6 */
};

/* Compile the invariants; asked more than once it does nothing. False when one is no FHIRPath. */
bool validate_start(struct err *e);
/* True when no fatal issue was found. The caller sets the arena of the issues and zeroes the rest. */
bool validate_check(const struct fhir_node *resource, const struct validate_options *options,
                    struct fhir_issues *ret_issues);

#endif
