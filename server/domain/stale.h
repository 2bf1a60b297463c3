/* Steps whose time is long past and that nobody ended: a rule of the house puts them on hold, with a note on the Task
 * and an audit event each; nothing is deleted, and RL or a new appointment brings them back. Threads: by operation. */
#ifndef DOMAIN_STALE_H
#define DOMAIN_STALE_H

#include "domain/domain.h"

enum { STALE_MAX = 200 }; /* in one run */
struct stale_step {
    struct str task, patient, accession, study_uid; /* "Task/…", the Patient's id */
};
/* Steps not begun whose start is more than days ago are held. *ret_steps: which. */
bool stale_hold(struct domain *d, int days, struct stale_step **ret_steps, size_t *ret_count, struct err *e);

#endif
