/* Histories: the versions of one document, of all documents of a type, or of the record, newest first. A version never
 * changes once it is committed, so a walk from page to page meets each one that was there when it began, once, while
 * others write.
 * Owner: what is found lives in the arena given. Threads: by connection. Cost: an index scan of the page's length. */
#ifndef RECORD_HISTORY_H
#define RECORD_HISTORY_H

#include "record/record.h"

struct record_version {
    struct record_doc doc;
    const char *method; /* of the request that made it, or that would have: POST, PUT, PATCH, DELETE */
    bool made;          /* nothing was there before, or it had been deleted */
    bool latest;        /* the current version */
};

struct record_place { /* of a version in a history; version 0: before all */
    clock_us updated;
    int64_t rid;
    int version;
};

struct record_history {
    struct str access; /* the row filter */
    int64_t rid;       /* of one document; 0: of all */
    struct str type;   /* of one type; empty: of all */
    clock_us since;    /* made then or later; INT64_MIN: whenever */
    clock_us from, to; /* current at some time in [from, to); INT64_MIN: no such bound */
    struct record_place behind;
    int limit;
    struct record_version *versions; /* what came */
    size_t count;
};
/* A history without bounds. */
struct record_history record_history_all(struct str access);
bool record_history_find(struct db *db, struct arena *a, struct record_history *h, struct err *e);
bool record_history_count(struct db *db, struct arena *a, const struct record_history *h, int64_t *ret_count,
                          struct err *e);
/* A time before which no further version can appear: to be asked for before the versions are. */
bool record_history_horizon(struct db *db, struct arena *a, clock_us *ret_time, struct err *e);

#endif
