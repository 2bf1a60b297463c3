/* What the files of the performed step share. Private to domain/. */
#ifndef DOMAIN_PERFORMED_PRIV_H
#define DOMAIN_PERFORMED_PRIV_H

#include "domain/performed.h"

/* ---- performed_docs.c ---- */
/* The Procedure: what the modality says is written over what is there. */
bool performed_write(struct domain *d, const struct performed *p, struct record_doc *procedure, struct err *e);
struct performed_tied { /* the scheduled step a performed one is */
    int64_t task, order, procedure, patient;
    struct str imaging_study, study_uid, accession, status;
};
/* The Procedure names its request and its patient. */
bool performed_write_basis(struct domain *d, struct record_doc *procedure, const struct performed_tied *t,
                           struct err *e);
/* The ImagingStudy names the Procedure, unless it names one. */
bool performed_write_study(struct domain *d, const struct record_doc *procedure, struct record_doc *study,
                           struct err *e);

/* ---- performed.c ---- */
/* Its row says that it ended: its steps follow. */
bool performed_end(struct domain *d, int64_t rid, struct performed_result *ret_result, struct err *e);

/* ---- performed_link.c ---- */
/* Find the steps of its items that have none, and move all of its steps by what is performed now. */
bool performed_link(struct domain *d, const struct performed_row *row, struct record_doc *procedure,
                    struct performed_result *ret_result, struct err *e);
/* One step, as a person says. */
bool performed_link_one(struct domain *d, const struct performed_row *row, struct record_doc *procedure, int64_t task,
                        struct err *e);

#endif
