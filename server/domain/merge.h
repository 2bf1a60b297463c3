/* Two records of one person: the source's documents, steps, studies, reports and identifiers go to the target in the
 * caller's transaction, and what went is remembered, so that undoing gives back exactly that and nothing that came
 * later. The source stays readable: inactive, linked replaced-by. Threads: by operation. Cost: one pass over the texts
 * of all documents, then a few round trips for each that moves. */
#ifndef DOMAIN_MERGE_H
#define DOMAIN_MERGE_H

#include "domain/domain.h"

enum { MERGE_TYPES_MAX = 160, MERGE_DOCUMENTS_MAX = 20000 };
struct merge_result {
    struct record_doc source, target; /* as they are, or (preview) would be */
    struct {                          /* documents by type, of those the caller may see */
        struct str type;
        int count;
    } types[MERGE_TYPES_MAX];
    size_t type_count;
    int documents, steps, studies, reports, identifiers;
};
struct merge_request {
    int64_t source, target;
    const struct fhir_node *result; /* what the target is to say from now on; NULL: what it says */
    bool preview;                   /* tell only */
};
/* MERGE_SELF, MERGE_DELETED, PATIENT_MERGED (either was merged before), MERGE_RESULT; TOO_COSTLY over
 * MERGE_DOCUMENTS_MAX. */
bool merge_patients(struct domain *d, const struct merge_request *r, struct merge_result *ret_result, struct err *e);
/* Undo the standing merge of this source. MERGE_NONE when there is none; MERGE_CHAIN when its target was merged on;
 * MERGE_CHANGED and MERGE_ENTANGLED when what came after can not be told apart. */
bool merge_undo(struct domain *d, int64_t source, bool preview, struct merge_result *ret_result, struct err *e);

#endif
