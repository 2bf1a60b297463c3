/* Reports: versions of one DiagnosticReport, and its link. Threads: by operation. */
#ifndef DOMAIN_REPORT_H
#define DOMAIN_REPORT_H

#include "domain/domain.h"
#include "domain/fields.h"

struct report_request {
    struct fields *fields;  /* patient, order numbers, STUDY_UID, REPORT_… ; REPORT_STATUS is a FHIR status */
    struct str pdf;         /* the document's bytes, or empty */
    int64_t message_time;
};
struct report_result {
    struct record_doc patient, report;
    bool created, applied; /* applied false: older than, or a step back from, what is here */
    struct str link_state, link_rung;
};
/* REQUIRED when neither filler order, accession, placer order nor Study UID identifies the report. */
bool report_apply(struct domain *d, struct report_request *r, struct report_result *ret_result, struct err *e);
/* May a report go from one FHIR status to the other? REPORT_TRANSITION when not. */
bool report_transition(struct str from, struct str to, struct err *e);
/* After a DiagnosticReport was written by whatever way: its link row, and the link itself. */
bool report_project(struct domain *d, struct record_doc *report, struct err *e);

#endif
