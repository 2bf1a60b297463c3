/* What a whole document may say and change: the rules (rules.def) as they bind writers of documents. The same rules
 * bind HL7 messages in order.c, step.c and report.c. Threads: by operation. For domain/ itself. */
#ifndef DOMAIN_CHECK_H
#define DOMAIN_CHECK_H

#include "domain/domain.h"

/* before: the stored version, parsed; NULL for a new document. Each fails with a rule's error, or the database's. */
bool check_patient(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
bool check_request(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
bool check_task(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
bool check_study(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
bool check_report(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);

/* An accession number that an order of somebody else carries: ACCESSION_PATIENT. patient: "Patient/…". */
bool check_accession(struct domain *d, struct str number, struct str issuer, struct str patient, struct err *e);
bool check_accession_ahead(struct domain *d, struct str number, struct str issuer, struct err *e);

#endif
