/* The domain's door for whole documents: what a FHIR client writes obeys the same rules as an HL7 message and shows in
 * worklist and links in the same transaction. Threads: by operation. */
#ifndef DOMAIN_RESOURCE_H
#define DOMAIN_RESOURCE_H

#include "domain/domain.h"

/* Write doc->node (version 0: new) and bring its projections up to date. BUSINESS_RULE when a rule of the workflow
 * forbids it, CONFLICT when an identifier belongs to somebody else. */
bool resource_put(struct domain *d, struct record_doc *doc, struct err *e);
/* Delete and take it out of the projections. CONFLICT while a worklist row, study or report needs it. */
bool resource_delete(struct domain *d, struct record_doc *doc, struct err *e);
/* Write its index rows anew, those that only the archive knows too. The row is locked by the caller. */
bool resource_reindex(struct domain *d, struct record_doc *doc, struct err *e);
/* As clients see it: live parts merged in (ImagingStudy). doc->content is the text to send. */
bool resource_render(struct domain *d, struct record_doc *doc, struct err *e);
/* The same with a page of the study's instances (domain/study.h); NULL: none. */
struct study_view;
bool resource_render_view(struct domain *d, struct record_doc *doc, struct study_view *view, struct err *e);
/* Write doc->node to doc->content. */
bool resource_write(struct domain *d, struct record_doc *doc, struct err *e);

#endif
