/* Study level search of the archive index, for C-FIND and QIDO alike: answers come from the index alone.
 * Threads: by operation. Cost: one SELECT, newest study first. */
#ifndef DOMAIN_STUDY_FIND_H
#define DOMAIN_STUDY_FIND_H

#include "domain/study.h"

struct study_query { /* empty text matches everything; texts may hold DICOM wildcards */
    const struct str *uids;
    size_t uid_count;
    struct str patient_id, patient_issuer, patient_name, accession, number, description, referring, modality;
    struct str birth_date;                             /* YYYYMMDD */
    struct str from_date, to_date, from_time, to_time; /* YYYYMMDD, HHMMSS */
    int limit, offset;                                 /* limit 0: 1000 */
};
bool study_find(struct domain *d, const struct study_query *q, struct study_row **ret_rows, size_t *ret_count,
                struct err *e);

#endif
