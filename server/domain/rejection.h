/* Rejection notes (IHE RAD TF-3 4.66, IOCM): a stored note hides the instances of its study that it names, in the same
 * commit, those that come later too; a person takes it back. Hidden instances leave table `instance`, their bytes stay.
 * Threads: by operation; a note and the stores of its study take turns. */
#ifndef DOMAIN_REJECTION_H
#define DOMAIN_REJECTION_H

#include "domain/study.h"

struct rejection_said { /* by one note; owned by its operation's arena */
    struct str code;    /* 113001, 113037, 113038 or 113039 */
    const struct str *sop_uids;
    size_t count;  /* of its own study */
    int elsewhere; /* references into other studies: it does not touch them */
};

/* Before the note's own row: wait until no store of the study runs, and keep others out until the commit. */
bool rejection_begin(struct domain *d, struct str study_uid, struct err *e);
/* The note is stored: hide what it names. One that names another patient than its study hides nothing and is held. */
bool rejection_apply(struct domain *d, const struct study_instance *i, int64_t study_key, struct err *e);
/* An object is stored and counted: it is hidden when a note named it before. */
bool rejection_arrived(struct domain *d, const struct study_instance *i, struct err *e);
/* A person decides: a standing note is taken back, or a held or restored one holds. NOT_FOUND: none that is visible;
 * CONFLICT: it is so already. ret_changed: instances that show now, or no longer. */
bool rejection_decide(struct domain *d, struct str note_uid, bool standing, struct str who, int *ret_changed,
                      struct err *e);

#endif
