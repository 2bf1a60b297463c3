/* The record: FHIR documents with versions, their search index, their change feed. record_put() is the single write
 * path. Everything runs in the caller's transaction. Domain rules and projections are domain/'s, not here.
 * Owner: documents live in the arena given. Threads: by connection. Cost: a read is one SELECT and no parsing; a
 * write queues its rows (no round trip of its own). */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/arena.h"
#include "base/clock.h"
#include "db/db.h"
#include "fhir/model/model.h"

struct record_doc {
    int64_t rid;
    struct str type, id;
    int version; /* 0: not stored yet */
    bool deleted;
    clock_us updated;
    struct str department;
    struct str content;     /* JSON text as stored */
    struct fhir_node *node; /* when it was parsed or built; NULL otherwise */
    const char *method;     /* of a write: what a client asked for ("PATCH"); NULL: nobody did, or it is plain */
};

/* A new row id: milliseconds and a counter, so that ids grow with time; unique over all nodes (20 random bits). */
int64_t record_rid_new(void);
/* The smallest row id that what was made at a time can have. */
int64_t record_rid_at(clock_us t);
clock_us record_rid_time(int64_t rid);
/* The row id of a FHIR id; false for a text that is none. */
bool record_id_parse(struct str id, int64_t *ret_rid);
/* What a document contains has row ids from here on. */
#define RECORD_CONTAINED_RID (INT64_C(1) << 62)
/* The FHIR id of a row id: 13 characters 0-9a-z. */
struct str record_id_text(struct arena *a, int64_t rid);
/* The hash that names a search parameter in the index. */
int32_t record_param(struct str type, struct str code);
/* The same for what belongs to a parameter: the rows of a modifier, or of a composite's n-th component ("$1"). */
#define RECORD_PART_TEXT ":text"
#define RECORD_PART_OF_TYPE ":of-type"
#define RECORD_PART_IDENTIFIER ":identifier"
#define RECORD_PART_COMPONENT "$"
/* Of no parameter: the references of a document that none of its search parameters finds. */
#define RECORD_REFERS "*refers"
int32_t record_param_part(struct str type, struct str code, struct str part);
/* The address of this server's FHIR door ("http://host/fhir"): references that begin with it are indexed without it.
 * Call before threads start. */
void record_own_base(struct str base);
/* How a literal reference is indexed: "Patient/1" of "http://host/fhir/Patient/1/_history/2", and its version. */
struct str record_reference(struct str text, struct str *ret_version);
/* Lower case, Latin accents folded, white space single: how strings are indexed and searched. */
struct str record_fold(struct arena *a, struct str s);

/* From here to the end of the transaction, index rows are kept in memory and sent together: before a statement that
 * searches, and with the commit. Documents' texts must live until then. Without it each write queues its own. */
void record_gather(struct db *db, struct arena *a);

/* What this transaction has written so far, each document once, in its last version; since record_gather. */
struct record_written {
    int64_t rid;
    struct str type, id;
    int version;
};
const struct record_written *record_written(struct db *db, size_t *ret_n);

enum record_lock { RECORD_READ, RECORD_UPDATE, RECORD_DELETE };
struct record_key {
    struct str access; /* the row filter */
    struct str type, id;
    enum record_lock lock; /* RECORD_UPDATE: others may only read it and refer to it; RECORD_DELETE: only read it,
                            * and who began to refer to it is waited for */
};
/* Absence is no error; deleted documents are found. */
bool record_find(struct db *db, struct arena *a, struct record_key key, struct record_doc *ret_doc, bool *ret_found,
                 struct err *e);
bool record_get_rid(struct db *db, struct arena *a, int64_t rid, enum record_lock lock, struct record_doc *ret_doc,
                    struct err *e);
/* One version, current or superseded: NOT_FOUND, or GONE when it is the deletion. */
bool record_get_version(struct db *db, struct arena *a, struct record_key key, int version, struct record_doc *ret_doc,
                        struct err *e);
/* What versions first to last of a document changed; last 0: it made none (a study that grew came to rest). */
struct record_span {
    int64_t rid;
    int first, last;
    bool deleted;
};
struct record_change {
    struct record_doc now, before; /* parsed; before.version is 0 when the change made it */
    bool gone;                     /* it is deleted by now, and nothing tells of it */
};
bool record_change_read(struct db *db, struct arena *a, struct record_span span, struct record_change *ret_change,
                        struct err *e);
/* A document from a row of columns rid, id, version, deleted, updated, department, content, type. */
struct record_doc record_row(const struct db_rows *rows, int row, struct arena *a);
/* Parse content into node if that was not done. */
bool record_parse(struct arena *a, struct record_doc *doc, struct err *e);

/* Start a document of its own id: {"resourceType": type, "id": …}. */
struct record_doc *record_new(struct arena *a, const char *type);
/* Write doc->node: version 0 inserts, otherwise the locked row is superseded. Sets id, meta.versionId and
 * meta.lastUpdated in the node, and version, updated and content in doc. A node equal to what is stored writes
 * nothing. Index rows are replaced. */
bool record_put(struct db *db, struct arena *a, struct record_doc *doc, struct err *e);
/* Mark deleted as a new version; index rows go. */
bool record_delete(struct db *db, struct arena *a, struct record_doc *doc, struct err *e);
/* Queue the index rows of a document anew, as its content gives them. What record_index_… added goes: whoever added it
 * adds it again. The row is locked by the caller. */
bool record_reindex(struct db *db, struct arena *a, struct record_doc *doc, struct err *e);
/* Index values that no element carries (ImagingStudy.modality from the archive): the rows of these parameters are
 * replaced. */
struct record_token {
    const char *code; /* of the search parameter */
    struct str system, text;
};
bool record_index_tokens(struct db *db, struct arena *a, const struct record_doc *doc,
                         const struct record_token *tokens, size_t count, struct err *e);
/* Add index rows for nodes that no expression of the document's type leads to, under the name of another type. They go
 * with the document's next version. */
struct record_node {
    const struct fhir_search_param *param;
    const struct fhir_node *node;
    const char *type; /* its datatype */
};
struct record_nodes {
    struct str type;
    struct record_node *item;
    size_t n;
};
bool record_index_nodes(struct db *db, struct arena *a, int64_t rid, const struct record_nodes *nodes, struct err *e);
bool record_index_date(struct db *db, struct arena *a, const struct record_doc *doc, const char *code, struct str text,
                       struct err *e);

#endif
