/* Are stored instances still what was received? Their bytes are read and hashed again, at a bounded rate, for a bounded
 * time. Threads: any; a connection is needed for the rows only. Cost: the bytes. */
#ifndef DOMAIN_STUDY_VERIFY_H
#define DOMAIN_STUDY_VERIFY_H

#include "domain/domain.h"
#include "files/files.h"

enum verify_outcome { VERIFY_OPEN /* not looked at yet */, VERIFY_GOOD, VERIFY_MISSING, VERIFY_CLASS, VERIFY_DAMAGED };
struct verify_item {
    struct str sop_uid, sop_class; /* what is claimed; sop_class "" for any */
    enum verify_outcome outcome;
    /* of its row, once it was found */
    bool found;
    struct str stored_class, file, sha256;
    int64_t header_size, size;
};
/* Find the rows of those that are open. */
bool study_verify_find(struct domain *d, struct verify_item *items, size_t n, struct err *e);
struct verify_pace {
    int64_t bytes_per_second; /* 0: as fast as it goes */
    int seconds;              /* then stop, with at least one looked at */
};
/* Look at those that are open. False when time was over before all were. */
bool study_verify_read(struct files *files, struct verify_item *items, size_t n, struct verify_pace pace);

#endif
