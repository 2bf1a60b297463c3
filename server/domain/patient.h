/* Patients: an identifier and its authority. Threads: by operation. */
#ifndef DOMAIN_PATIENT_H
#define DOMAIN_PATIENT_H

#include "domain/domain.h"
#include "domain/fields.h"

enum patient_mode {
    PATIENT_UPDATE,     /* what the sender says wins */
    PATIENT_CREATE_ONLY /* an existing patient stays as it is (images, reports) */
};
/* Find the patient by PATIENT_ID and PATIENT_ISSUER, or create it; REQUIRED when PATIENT_ID is missing. A change is
 * shown in the worklist at once. ret_created may be NULL. */
bool patient_apply(struct domain *d, const struct fields *f, enum patient_mode mode, struct record_doc *ret_patient,
                   bool *ret_created, struct err *e);
/* Who a device says it works on: found, or made, and not changed. */
struct patient_said {
    struct str id, issuer, name, birth_date, sex;
};
bool patient_of_said(struct domain *d, const struct patient_said *said, struct record_doc *ret_patient, struct err *e);
/* The person with the id of prior has that of f from now on; the former stays as an old identifier, and leads to the
 * person. A person known by the new id only is already so; one known by neither is made. PATIENT_IDENTIFIER when both
 * ids have a record, or prior's was replaced before; PATIENT_MERGED when prior's record was merged away. */
bool patient_renumber(struct domain *d, const struct fields *prior, const struct fields *f,
                      struct record_doc *ret_patient, struct err *e);
/* The patient an id leads to (issuer empty: the site's authority). merged: the id is of a record merged into it,
 * source; former: it had the id before. */
struct patient_found {
    struct record_doc doc;
    int64_t source;
    bool found, merged, former;
};
bool patient_find(struct domain *d, struct str id, struct str issuer, struct patient_found *ret_patient, struct err *e);
/* The authority of an identifier: the site's when it names none. */
bool patient_issuer_of(struct domain *d, const struct fhir_node *identifier, struct str *ret_issuer, struct err *e);
/* Two records are the same person's and stay two (Patient.link seealso on both), or are so no longer. *ret_changed:
 * false when it was so before. */
bool patient_link(struct domain *d, int64_t one, int64_t other, bool linked, bool *ret_changed, struct err *e);
/* Hold the patient these fields name, and ask for the record before it is wanted (db_ahead). */
bool patient_ahead(struct domain *d, const struct fields *f, struct err *e);
/* Does this id (issuer may be empty: then any) belong to the patient? */
bool patient_has_id(struct domain *d, const struct record_doc *patient, struct str id, struct str issuer);
/* The id peers know the patient by: the usual identifier, else that of the site's own authority, else the first that is
 * not old. Both empty when there is none. */
bool patient_primary_id(struct domain *d, const struct record_doc *patient, struct str *ret_id, struct str *ret_issuer,
                        struct err *e);
/* Write what a sender says of a patient, whose row is locked, with the rows that follow from it. */
bool patient_write(struct domain *d, const struct fields *f, struct record_doc *patient, struct err *e);
/* After a Patient document was written by whatever way: keep patient_identifier and the worklist in step. CONFLICT
 * when an identifier belongs to another patient. */
bool patient_project(struct domain *d, const struct record_doc *patient, struct err *e);

#endif
