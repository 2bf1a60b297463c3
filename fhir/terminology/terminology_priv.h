/* Inside fhir/terminology. */
#ifndef FHIR_TERMINOLOGY_PRIV_H
#define FHIR_TERMINOLOGY_PRIV_H

#include "fhir/terminology/terminology.h"

/* One step of work; TOO_COSTLY when there were too many. */
bool term_spend(struct term *t, struct err *e);
/* Add a code unless it is there. */
bool term_put(struct term *t, struct term_codes *codes, const struct term_code *code, struct err *e);
struct term_code *term_at(const struct term_codes *codes, struct str system, struct str code);
/* The concepts of a CodeSystem that pass all filters (an array, or NULL for all). */
bool term_select(struct term *t, const struct fhir_node *code_system, const struct fhir_node *filters,
                 struct term_codes *codes, struct err *e);

#endif
