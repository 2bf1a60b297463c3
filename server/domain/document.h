/* The DocumentReference of a report (IHE MHD): written in the transaction that writes the report, so that whoever looks
 * for documents finds the report a client read. Threads: by operation. Cost: three statements a report. */
#ifndef DOMAIN_DOCUMENT_H
#define DOMAIN_DOCUMENT_H

#include "domain/domain.h"

/* Title of the form of a report that shows its images. */
#define DOCUMENT_VIEWER "Images"

/* Bring the document up to date with its report: made when the report is final, withdrawn with it. A DocumentReference
 * of that id which a client made stays as it is. */
bool document_of_report(struct domain *d, int64_t report_rid, struct err *e);

#endif
