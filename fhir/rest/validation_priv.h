/* Validation over the record's documents: what fhir/validate asks, the record answers, under the caller's row filter.
 * Private to this folder. Owner: the operation's arena. Threads: one operation, one thread. */
#ifndef FHIR_REST_VALIDATION_PRIV_H
#define FHIR_REST_VALIDATION_PRIV_H

#include "fhir/rest/operation_priv.h"
#include "fhir/validate/validate.h"

struct validation {
    struct operation o; /* for terminology */
    struct term term;
    struct validate_source source;
};
/* It may not move while the source is in use. */
void validation_start(struct validation *v, struct op *op);

#endif
