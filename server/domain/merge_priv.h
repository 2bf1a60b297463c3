/* What merging and undoing share. Private to domain/. */
#ifndef DOMAIN_MERGE_PRIV_H
#define DOMAIN_MERGE_PRIV_H

#include "domain/merge.h"

/* Lock both patients, the older row first, and parse them. MERGE_DELETED when one was deleted. */
bool merge_open(struct domain *d, int64_t source, int64_t target, struct merge_result *m, struct err *e);
/* Lock documents in one order, whoever else locks them. */
bool merge_lock(struct domain *d, const int64_t *rid, size_t n, struct err *e);
void merge_count(struct merge_result *m, struct arena *a, struct str type);
/* Which documents are written first: a step before its order, both before what is linked to them. */
int merge_rank(struct str type);
/* The place of the link to this patient in a record, -1 for none. */
int merge_link_at(struct domain *d, const struct record_doc *of, const struct record_doc *to, const char *type);
bool merge_link_put(struct domain *d, struct record_doc *of, const struct record_doc *to, const char *type,
                    struct err *e);
void merge_link_drop(struct domain *d, struct record_doc *of, const struct record_doc *to, const char *type);

/* ---- merge_move.c: references in documents ---- */
struct merge_move {
    int64_t merge_id;
    struct str from, to; /* "Patient/…" */
    bool preview;
};
/* Write every reference to `from` in any document as one to `to`, and remember where. */
bool merge_move_documents(struct domain *d, const struct merge_move *m, struct merge_result *r, struct err *e);

/* ---- merge_check.c: whether what a merge moved can be told from what came later ---- */
struct merge_place { /* a reference that moved; path empty: the document was only linked */
    int64_t rid;
    struct str type, path, before;
    int version_before, version_after; /* of the document around the merge; 0 when it is not known */
};
/* MERGE_CHANGED when one of the references is no longer what the merge made of it; MERGE_ENTANGLED when a document of
 * the target's own refers to one that moved, or the other way round. */
bool merge_check_undo(struct domain *d, int64_t merge_id, const struct merge_place *p, size_t n,
                      const struct merge_result *m, struct err *e);

#endif
