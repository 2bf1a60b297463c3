/* What deciding for a study takes, whoever decides. Private to domain/. */
#ifndef DOMAIN_STUDY_DECIDE_PRIV_H
#define DOMAIN_STUDY_DECIDE_PRIV_H

#include "domain/study.h"
#include "domain/study_decide.h"

struct study_move {
    struct study_row row; /* locked */
    int64_t to;           /* the order, 0 for none */
    bool by_ladder;       /* nobody's decision stands from now on */
    const char *why;      /* for the steps */
    /* Filled in on the way. */
    struct record_doc images, order, patient;
    struct str progress; /* of the step that had been meant */
};
bool study_move(struct domain *d, struct study_move *m, struct study_decided *ret_decided, struct err *e);
/* The archive's study of a UID, locked; not found for who may not see it. */
bool study_hold(struct domain *d, struct str uid, struct study_row *ret_row, bool *ret_found, struct err *e);

#endif
