/* Inside of order handling. Private to domain/. */
#ifndef DOMAIN_ORDER_PRIV_H
#define DOMAIN_ORDER_PRIV_H

#include "domain/order.h"

/* What the steps of an order or procedure make its status: revoked when all ended without images, completed when all
 * are, on-hold when all that have not ended are held. */
struct order_tally {
    size_t all, off, done, held;
};
void order_tally_add(struct order_tally *t, struct str step_status);
struct str order_tally_status(const struct order_tally *t);
/* Values the sender left out and the site's policy fills in, each with a warning; checks lengths and forms. */
bool order_complete(struct domain *d, struct order_request *r, bool exists, struct err *e);
/* Texts longer than their DICOM value are cut, each with a warning. */
void order_fit(struct domain *d, struct fields *f);
/* The order that one of these numbers finds; 0 when there is none. CONFLICT when they lead to different orders. */
bool order_find(struct domain *d, const struct fields *f, int64_t *ret_rid, struct err *e);
/* What PARENT_PLACER and PARENT_FILLER name: the order is based on it, or replaces it. *ret_parent is the replaced
 * order, 0 for none. ORDER_PATIENT when the parent is another patient's. */
bool order_relate(struct domain *d, const struct order_request *r, struct record_doc *order, int64_t *ret_replaced,
                  struct err *e);
/* What a sender did not repeat about an order that is here (order 0: nothing), and the numbers this server gives. */
bool order_inherit(struct domain *d, const struct order_request *r, int64_t order, struct err *e);
/* order_tombstone.c: keep the numbers of an order that is cancelled before it is here. */
bool order_bury(struct domain *d, const struct fields *f, const struct record_doc *patient, struct err *e);
bool order_buried(struct domain *d, const struct fields *f, const struct record_doc *patient, bool *ret_buried,
                  struct err *e);
/* The ImagingStudy based on an order or procedure ("ServiceRequest/…"): the one that stands, of several. */
bool order_study_of(struct domain *d, struct str request, struct record_doc *ret_doc, bool *ret_found, struct err *e);
/* study_claim.c: a message names another Study Instance UID than the step has. Images of this patient that are stored
 * under it are the order's from now on; one the order had before is passed over. STUDY_PATIENT, STUDY_UID. */
bool order_claims_study(struct domain *d, const struct record_doc *order, struct str uid, struct str *ret_uid,
                        struct err *e);
/* The documents around a step. */
bool order_encounter(struct domain *d, const struct fields *f, struct str reference, const struct record_doc *patient,
                     struct record_doc **ret_doc, struct err *e);
bool order_device(struct domain *d, struct str ae_title, struct str *ret_reference, struct err *e);
/* Ask for the device and the study that these fields name before they are wanted (db_ahead). */
bool order_docs_ahead(struct domain *d, const struct fields *f, struct err *e);
/* Fields and fixed parts of each document. */
bool order_write_request(struct domain *d, const struct fields *f, struct record_doc *order,
                         const struct record_doc *patient, struct err *e);
bool order_write_procedure(struct domain *d, const struct fields *f, struct record_doc *procedure,
                           const struct record_doc *order, const struct record_doc *patient, struct err *e);

#endif
