/* Inside of report handling. Private to domain/. */
#ifndef DOMAIN_REPORT_PRIV_H
#define DOMAIN_REPORT_PRIV_H

#include "domain/document.h"
#include "domain/report.h"

/* append: below what the report says already. An empty text changes nothing. */
bool report_put_text(struct domain *d, struct record_doc *doc, struct str text, bool append, struct err *e);
/* Those of the request stand for those of earlier versions; without any, these stay. */
bool report_put_documents(struct domain *d, struct record_doc *doc, const struct report_request *r, struct err *e);
/* A whole text without a flag takes an earlier flag away. */
bool report_put_flag(struct domain *d, struct record_doc *doc, const struct report_request *r, struct err *e);

#endif
