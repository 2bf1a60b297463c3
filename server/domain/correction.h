/* Attributes of stored objects told differently: a correction is rows of the index, in one transaction with the typed
 * columns, so that every search and every way out says the same at once; the objects stay as they came. Undoing one
 * restores what would be told without it. Threads: by operation. Cost: one row a study, whatever its instances. */
#ifndef DOMAIN_CORRECTION_H
#define DOMAIN_CORRECTION_H

#include "domain/archive.h"

enum { CORRECTION_CHANGES_MAX = 64 };

struct correction_change { /* the caller has checked that the attribute may have the value */
    uint32_t in, tag;
    struct str value; /* UTF-8; p NULL: the attribute is removed */
};
struct correction {
    enum archive_level level;          /* AT_PATIENT: all studies of the study's patient */
    struct str study, series, instance; /* series and instance as the level needs them, else "" */
    const struct correction_change *change;
    size_t n;
    struct str why;
    bool preview; /* nothing is written */
};
struct correction_done {
    int64_t id;
    struct str study, patient; /* the first one's */
    int studies, instances;
    struct str file, view; /* of one of the instances, and how it is told (dicom/leave/change.h), before */
};
/* NOT_FOUND: no such study, series or instance (or not open to the row filter); INVALID: an attribute of another level
 * than asked for, no reason given. */
bool correction_make(struct domain *d, const struct correction *c, struct correction_done *ret_done, struct err *e);
/* NOT_FOUND: none of this number stands; FORBIDDEN: it is of studies too that the row filter hides. */
bool correction_undo(struct domain *d, int64_t id, struct correction_done *ret_done, struct err *e);
/* On rows that were made anew from the files: once more what stands. */
bool correction_again(struct domain *d, int64_t study_key, struct err *e);
/* A JSON array of those of a study, the newest first. */
bool correction_list(struct domain *d, struct str study, struct buf *ret_json, struct err *e);

#endif
