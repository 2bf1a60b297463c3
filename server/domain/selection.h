/* ImagingSelection, which the record holds as a Basic (fhir/r5): its shape and its search parameters. Threads: by
 * operation. */
#ifndef DOMAIN_SELECTION_H
#define DOMAIN_SELECTION_H

#include "domain/domain.h"

/* A Basic that says it is an ImagingSelection has R5's elements; others pass. */
bool selection_check(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
/* Index rows of R5's search parameters, under the type's R5 name. */
bool selection_project(struct domain *d, const struct record_doc *doc, struct err *e);

#endif
