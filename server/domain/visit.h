/* Visits: what ADT says of a stay becomes an Encounter, and shows in the worklist in the same commit. Threads: by
 * operation. */
#ifndef DOMAIN_VISIT_H
#define DOMAIN_VISIT_H

#include "domain/domain.h"
#include "domain/fields.h"

enum visit_event {
    VISIT_ADMIT,
    VISIT_REGISTER,
    VISIT_PREADMIT,
    VISIT_TRANSFER,
    VISIT_DISCHARGE,
    VISIT_CHANGE,
    VISIT_ARRIVE,
    VISIT_CANCEL,
    VISIT_CANCEL_TRANSFER,
    VISIT_CANCEL_DISCHARGE,
    VISIT_CANCEL_ARRIVAL,
    VISIT_EVENTS
};
struct visit_request {
    enum visit_event event;
    const struct fields *fields; /* ADMISSION_ID, PATIENT_LOCATION, VISIT_… */
    int64_t message_time;        /* clock_us, 0 when unknown: an older change is kept, not applied */
};
/* The patient's visit of this number and issuer (empty: any). */
bool visit_find(struct domain *d, const struct record_doc *patient, const struct fields *f, struct record_doc *ret_doc,
                bool *ret_found, struct err *e);
/* Ask before it is wanted (db_ahead). */
bool visit_ahead(struct domain *d, const struct fields *f, struct err *e);
/* Apply; without a visit number there is a warning and no visit. *ret_doc is zeroed when there is none. */
bool visit_apply(struct domain *d, const struct visit_request *r, const struct record_doc *patient,
                 struct record_doc *ret_doc, struct err *e);
/* After an Encounter was written by whatever way: its steps show it. */
bool visit_project(struct domain *d, const struct record_doc *visit, struct err *e);
/* The visit of prior's number goes from one patient to the other, with its orders, and takes the number of fields.
 * VISIT_BOUND when images or reports hold an order; NOT_FOUND without such a visit. */
struct visit_move {
    const struct record_doc *from, *to;
    const struct fields *prior, *fields;
};
bool visit_move(struct domain *d, const struct visit_move *m, struct record_doc *ret_doc, struct err *e);

/* The patient is here: scheduled steps of the day become ARRIVED (or back). day: "YYYYMMDD" in the site's zone;
 * visit: its number, "" for all of the day. *ret_steps: how many. */
struct arrival {
    const struct record_doc *patient;
    struct str day, visit;
    bool back;
};
bool arrival_apply(struct domain *d, const struct arrival *a, int *ret_steps, struct err *e);

#endif
