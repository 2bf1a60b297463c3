/* The xhtml of Narrative.div (http://hl7.org/fhir/R4/narrative.html). Threads: any. Cost: one XML parse. */
#ifndef FHIR_NARRATIVE_PRIV_H
#define FHIR_NARRATIVE_PRIV_H

#include "fhir/model/model.h"

/* A div in the xhtml namespace with formatting elements only: no script, form, frame, event handler or script
 * link. */
bool fhir_narrative_check(struct str div, struct err *e);
/* The same div in the one form base/xml writes. */
bool fhir_narrative_put(struct str div, struct buf *out, struct err *e);

#endif
