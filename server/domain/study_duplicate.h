/* Another object under the SOP Instance UID of a stored one. Inside study_store_finish; threads: by operation. */
#ifndef DOMAIN_STUDY_DUPLICATE_H
#define DOMAIN_STUDY_DUPLICATE_H

#include "domain/study.h"

struct study_made { /* what the index statement found or made for the object */
    int64_t study, series;
    bool new_study, new_series;
};
/* Does what i->duplicates says. CONFLICT: the object is refused. */
bool study_duplicate(struct domain *d, const struct study_instance *i, const struct study_made *made,
                     enum study_outcome *ret_outcome, struct err *e);

#endif
