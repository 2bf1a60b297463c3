/* The audit trail. A write's event row is inserted in the act's own transaction; a read's event is committed, together
 * with those of other requests waiting, before the first byte of the answer leaves. One sealer chains the rows with
 * SHA-256 and signs checkpoints (Ed25519). Fail-closed: without its event no act is answered.
 * The exact bytes that are hashed are stored (bytea), never re-serialised. Facts: PS3.15 A.5, security facts §2.
 * Owner: struct audit_event is the caller's; its strings are borrowed until the call returns. Threads: any.
 * Cost: struct audit keeps two connections of the pool (committer, sealer); audit_commit takes about as long
 * as one commit of PostgreSQL, however many wait. */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "auth/auth.h"
#include "base/clock.h"
#include "base/err.h"
#include "db/db.h"

enum audit_kind {
#define EVENT(name, event_id, type_code, action, object, meaning) AUDIT_##name,
#include "audit/events.def"
#undef EVENT
    AUDIT_KINDS
};

enum audit_outcome { AUDIT_SUCCESS = 0, AUDIT_MINOR = 4, AUDIT_SERIOUS = 8, AUDIT_MAJOR = 12 };

struct audit_event {
    enum audit_kind kind;
    enum audit_outcome outcome;
    const struct principal *who;
    const char *door;          /* "http", "mllp", "dimse", "job", "cli" */
    struct str request;        /* method and route, trigger or DIMSE command: "GET /fhir/{type}/{id}" */
    struct str object_type;    /* "Patient", "Study", "Message" … */
    struct str object_id;      /* "Patient/12", a Study UID, a message id */
    struct str patient;        /* Patient resource id when the act concerns one patient */
    struct str study_uid;
    struct str accession;
    struct str query;          /* the search text of a query event */
    struct str detail;         /* one sentence without clinical content; of a failure: the error text */
    int64_t count;             /* instances, hits */
};

struct audit;
struct audit_config {
    struct db_pool *pool;
    const char *key_file;      /* Ed25519 private key, PEM; .pub and checkpoints.log are written beside it */
    int batch_ms;              /* how long the committer waits for company when there was some before, 1 */
    int seal_ms;               /* how often the sealer looks, 200 */
    int checkpoint_seconds, checkpoint_rows; /* 60, 1000: whichever comes first */
    bool sealer;               /* run the sealer here (it takes an advisory lock: one per cluster) */
};
struct audit *audit_new(const struct audit_config *config, struct err *e);
/* Stop the committer (after what waits) and the sealer (after one last pass and a checkpoint). */
void audit_free(struct audit *a);

/* In the caller's transaction: queued with db_send, so it costs no round trip of its own. */
bool audit_write(struct db *db, const struct audit_event *ev, struct err *e);
/* The same for n events, as one statement. */
bool audit_write_all(struct db *db, const struct audit_event *ev, size_t n, struct err *e);
/* Blocks until the event is committed with others (group commit). */
bool audit_commit(struct audit *a, const struct audit_event *ev, struct err *e);

/* Exit codes of `isocentre audit verify` (security facts §2). */
enum audit_verdict { AUDIT_OK = 0, AUDIT_BROKEN = 1, AUDIT_GAP = 2, AUDIT_TAIL = 3, AUDIT_SIGNATURE = 4, AUDIT_IO = 5 };
struct audit_report {
    enum audit_verdict verdict;
    int64_t events, sealed, unsealed, checkpoints, first_bad;
    char text[300]; /* one sentence */
};
/* Walk the whole chain: hashes, gapless numbers, signatures, tail against the newest checkpoint and, when
 * checkpoint_file is not NULL, against the one in that file. public_key: PEM file, NULL for the one in the database.
 * Outside a transaction memory stays bounded. True for every verdict but AUDIT_IO. first_bad is the number of the seal;
 * for an event without a seal, its id. */
bool audit_verify(struct db *db, const char *public_key_file, const char *checkpoint_file,
                  struct audit_report *ret_report, struct err *e);
/* The same without waiting: done is called once, by the committer, with why NULL when the event is committed. It must
 * be quick. What is kept of the event lies in the arena until then. False: nothing was begun, done is not called. */
typedef void (*audit_done)(void *ctx, const struct err *why);
bool audit_commit_later(struct audit *a, const struct audit_event *ev, struct arena *arena, audit_done done, void *ctx,
                        struct err *e);
const char *audit_kind_name(enum audit_kind k);

#endif
