/* The worklist projection: one row per scheduled step, kept in the transaction that changes any of its documents, and
 * the query that answers C-FIND and the screens. Threads: by operation. Cost: a search is one SELECT, no parsing. */
#ifndef DOMAIN_WORKLIST_H
#define DOMAIN_WORKLIST_H

#include "domain/domain.h"
#include "domain/fields.h"

/* The documents one step is told by. */
struct worklist_docs {
    struct record_doc *task, *procedure, *order, *patient, *encounter /* may be NULL */, *imaging_study;
    int64_t message_time; /* of the change, 0 when unknown */
};
bool worklist_project(struct domain *d, const struct worklist_docs *docs, struct err *e);
/* A Task was written: gather its documents and project it, or take it off when it is no scheduled step. A step without
 * a Study Instance UID gets one by the site's policy. */
bool worklist_project_task(struct domain *d, struct record_doc *task, int64_t message_time, struct err *e);
/* Project every step that the order, procedure or patient of this row id appears in. */
bool worklist_refresh(struct domain *d, int64_t rid, struct err *e);

/* Keys of a query; empty text is universal matching. Texts may hold DICOM wildcards * and ?. */
struct worklist_query {
    struct str from_date, to_date; /* YYYYMMDD, either may be empty */
    struct str from_time, to_time; /* HHMMSS…: combined with the dates (PS3.4 K.6-1) */
    struct str modality, station_ae, patient_name, patient_id, patient_issuer, accession_number, procedure_id, step_id;
    struct str performing_physician, admission_id, step_location;
    const struct str *study_uids;
    size_t study_uid_count;
    const struct str *statuses; /* none: those a modality sees (SCHEDULED, ARRIVED, READY) */
    size_t status_count;
    int limit; /* 0: 1000 */
};
struct worklist_step {
    struct str task;        /* "Task/…" */
    struct str start_local; /* YYYYMMDDHHMMSS in the site's zone */
    struct str value[FIELD_WORKLIST_COUNT];
};
bool worklist_find(struct domain *d, const struct worklist_query *q, struct worklist_step **ret_steps,
                   size_t *ret_count, struct err *e);
/* Every step of an order or procedure, whatever its state. */
bool worklist_of(struct domain *d, int64_t rid, struct worklist_step **ret_steps, size_t *ret_count, struct err *e);
/* Whether a modality that asks for no status sees a step of this one. */
bool worklist_status_visible(struct str status);
/* A DICOM pattern as a LIKE pattern: * → %, ? → _, the rest escaped; trailing padding dropped. */
struct str worklist_pattern(struct arena *a, struct str wildcard);

#endif
