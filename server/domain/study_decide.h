/* Which order images answer, where the ladder is overruled: the operator picked the wrong step (IHE PIR). Threads: by
 * operation. */
#ifndef DOMAIN_STUDY_DECIDE_H
#define DOMAIN_STUDY_DECIDE_H

#include "domain/domain.h"

enum study_decision { STUDY_UNLINK, STUDY_LINK, STUDY_LADDER };
struct study_decided {
    struct record_doc study; /* the ImagingStudy */
    int64_t from, to;        /* orders, 0 for none */
    int reports, left;       /* that went with the images; that are of another patient and stayed */
};
/* A person takes a study (uid) off its order, gives it to another ("ServiceRequest/…"), or back to the ladder. With it
 * go the accession number, the patient the archive tells, and reports; the step that had been meant is scheduled again,
 * with a study to come of its own, and hands its progress over. Deciding for the former order again undoes it.
 * NOT_FOUND. */
bool study_decide(struct domain *d, struct str uid, enum study_decision what, struct str order,
                  struct study_decided *ret_decided, struct err *e);

#endif
