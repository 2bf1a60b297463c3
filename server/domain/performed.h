/* The performed procedure step: what a modality tells of its own work (MPPS). It is a Procedure; the scheduled steps it
 * performs, their order, their worklist rows and the study's document change with it in the same transaction. What no
 * step is found for waits on a list, is tried again when an order or images arrive, and can be tied by a person.
 * Threads: by operation. */
#ifndef DOMAIN_PERFORMED_H
#define DOMAIN_PERFORMED_H

#include "domain/domain.h"

struct performed_item { /* one scheduled step it says it performs; all may be empty */
    struct str study_uid, accession, accession_issuer, step_id, procedure_id;
};

struct performed { /* what the modality says; absent is "" */
    struct str sop_uid, status /* IN PROGRESS, COMPLETED, DISCONTINUED */, id;
    struct str patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex;
    struct str modality, station_ae, station_name, location, start, end /* FHIR dateTime */;
    struct str description, code, protocol, reason /* CODE form */, comments, performer;
    struct str calling_ae, character_set, dataset; /* the data set is kept, not looked into */
    const struct performed_item *items;
    size_t item_count, series_count;
};

struct performed_row { /* one that is here */
    int64_t rid, patient_rid;
    struct str sop_uid, status, attention, patient_id, patient_issuer, modality, station_ae, character_set, dataset;
    struct str procedure; /* "Procedure/…" */
};
/* What it changed, for the audit event. */
struct performed_result {
    struct str procedure, patient, accession, study_uid; /* "Procedure/…", the Patient's id */
    struct str attention;
};

/* CONFLICT when the UID is known. */
bool performed_create(struct domain *d, const struct performed *p, struct performed_result *ret_result, struct err *e);
/* Locked for a change; NOT_FOUND. PERFORMED_FINAL when it has ended. */
bool performed_open(struct domain *d, struct str sop_uid, struct performed_row *ret_row, struct err *e);
/* Only looked at. NOT_FOUND. */
bool performed_get(struct domain *d, struct str sop_uid, struct performed_row *ret_row, struct err *e);
/* p: all it says now. PERFORMED_SERIES when it ends without series and the peer is not let to. */
bool performed_change(struct domain *d, const struct performed_row *was, const struct performed *p,
                      struct performed_result *ret_result, struct err *e);

/* Look again for the steps of one that waits. */
bool performed_relink(struct domain *d, int64_t rid, struct err *e);
/* A scheduled step is new: those that wait for its study or accession number. */
bool performed_step_arrived(struct domain *d, int64_t task_rid, struct err *e);
/* The same for all of a patient that wait: two records became one. */
bool performed_relink_patient(struct domain *d, int64_t patient_rid, struct err *e);
/* A person says which step ("Task/…") one ("Procedure/…" without the type) performs; STEP_PATIENT when it is another
 * patient's. */
bool performed_tie(struct domain *d, struct str id, struct str task, struct performed_result *ret_result,
                   struct err *e);
/* A person has looked: it leaves the list as it is. */
bool performed_dismiss(struct domain *d, struct str id, struct performed_result *ret_result, struct err *e);

enum { PERFORMED_EXPIRE_MAX = 100 }; /* in one run */
/* End what has been silent for so long: COMPLETED when images of its study are here, DISCONTINUED when not. */
bool performed_expire(struct domain *d, int hours, struct performed_result **ret_results, size_t *ret_count,
                      struct err *e);

#endif
