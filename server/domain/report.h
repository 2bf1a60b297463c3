/* Reports: versions of one DiagnosticReport, and its link. Threads: by operation. */
#ifndef DOMAIN_REPORT_H
#define DOMAIN_REPORT_H

#include "domain/domain.h"
#include "domain/fields.h"

struct report_document {
    struct str type;  /* media type */
    struct str bytes; /* or url */
    struct str url, title;
};
struct report_also { /* another order the report is about */
    struct str accession, accession_issuer, filler, placer;
};
struct report_request {
    struct fields *fields; /* patient, order numbers, STUDY_UID, REPORT_… ; REPORT_STATUS is a FHIR status */
    const struct report_document *document;
    size_t document_count;
    const struct report_also *also;
    size_t also_count;
    struct str flag;           /* "code^scheme^meaning" of a result that somebody must act upon; "" for none */
    struct str number, parent; /* of the document (MDM): its own and that it belongs to; "" for none */
    bool append;               /* the text is an addendum */
    bool amends;               /* the text holds an addendum: what was final is appended to */
    int64_t message_time;
};
struct report_result {
    struct record_doc patient, report;
    bool created, applied; /* applied false: older than, or a step back from, what is here */
    struct str link_state, link_rung;
};
/* REQUIRED when neither filler order, accession, placer order nor Study UID identifies the report. */
bool report_apply(struct domain *d, struct report_request *r, struct report_result *ret_result, struct err *e);
/* What a person decides of a report's link (id: of the DiagnosticReport): take it off, tie it to an order of the same
 * patient ("ServiceRequest/…"), or give it back to the ladder. NOT_FOUND; REPORT_PATIENT. */
enum report_decision { REPORT_UNLINK, REPORT_LINK, REPORT_LADDER };
bool report_decide(struct domain *d, struct str id, enum report_decision what, struct str order, struct err *e);
/* May a report go from one FHIR status to the other? REPORT_TRANSITION when not. */
bool report_transition(struct str from, struct str to, struct err *e);
/* After a DiagnosticReport was written by whatever way: its link row, and the link itself. */
bool report_project(struct domain *d, struct record_doc *report, struct err *e);

#endif
