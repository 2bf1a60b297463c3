/* Search index rows made anew while the record is in use: after an upgrade that extracts more, or when somebody asks.
 * A walk over row ids, batch by batch; its place is kept in the transaction that writes the rows, so that whoever is
 * killed goes on where the last batch ended. Threads: any number of nodes; one works at a walk. */
#ifndef DOMAIN_REINDEX_H
#define DOMAIN_REINDEX_H

#include "domain/domain.h"

struct reindex {             /* how far a walk is */
    bool found, finished;    /* found false: there is nothing to do, or somebody else does it */
    bool waiting;            /* it may not start yet: some process may not know of a new parameter */
    char kind[16], type[64]; /* type empty: every type */
    int64_t seen, total;
};
/* Begin what this release's extraction demands; whether any walk is unfinished. */
bool reindex_start(struct db *db, struct arena *a, bool *ret_pending, struct err *e);
/* One batch of the oldest walk, in the caller's transaction. Failpoint "reindex.batch". */
bool reindex_batch(struct domain *d, struct reindex *ret_progress, struct err *e);

#endif
