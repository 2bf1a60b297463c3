/* The outbox: what leaves this server by itself, at least once and in order for each destination.
 *   a change's own transaction: outbox_note (nothing at all when nobody listens to that type)
 *   the watcher, one on all nodes: looks at committed notes in order, its owner decides (outbox_put) who is told what
 *   the senders: take a destination with a lease, send what it has not had, note success or try again later, for ever
 * Notes are looked at when their transaction is committed, so that what depends on a change comes after it; numbers
 * have no gap because they are given under the destination's row lock.
 * Owner: outbox_new's caller; kinds and ctx outlive it. Threads: outbox_note and outbox_put by connection.
 * Cost: a note is one row, queued without a round trip, and no NOTIFY; a type nobody listens to costs one load. */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include "base/arena.h"
#include "base/clock.h"
#include "db/db.h"

struct outbox_change { /* of one resource in one transaction */
    int64_t seq, rid;
    struct str type;
    int first, last; /* the versions it made; 0: none */
    bool deleted;
    int64_t transaction; /* changes of one stand together */
    struct str origin;   /* whose act it was: a principal's name, "" when the server's own */
};

struct outbox_run { /* a destination being served */
    struct arena *arena;
    int64_t destination, last, sent; /* numbers: given, and taken by the receiver */
    int64_t attempts;
    bool failing;
    int64_t upto;     /* prepare: what send will have delivered */
    int64_t again_ms; /* prepare or done: the next look when nothing new comes; -1: none */
    void *work;       /* the kind's, from prepare on */
};
struct outbox_kind {
    const char *name;
    void *ctx;
    /* Look at changes; inside a write transaction. NULL: no. */
    bool (*changed)(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e);
    /* With a connection: what is to be sent. */
    bool (*prepare)(void *ctx, struct db *db, struct outbox_run *run, struct err *e);
    /* Without one: send it. */
    bool (*send)(void *ctx, struct outbox_run *run, struct err *e);
    /* In the transaction that notes the outcome; why is NULL after success. */
    bool (*done)(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e);
    /* End what send waits for; any thread. NULL: it ends by itself. */
    void (*stop)(void *ctx);
    int senders;      /* threads: a receiver that stalls holds one */
    int retry_max_ms; /* longest pause between attempts */
    int keep;         /* delivered events kept per destination */
};
enum { OUTBOX_KINDS_MAX = 8 };

struct outbox_config {
    struct db_pool *pool;
    const char *url; /* for LISTEN */
    const struct outbox_kind *kinds;
    int kind_count;
};
struct outbox;
struct outbox *outbox_new(const struct outbox_config *config, struct err *e);
/* Take nothing more, let running sends end. NULL is fine. */
void outbox_free(struct outbox *o);

/* Does anybody listen to this type? Types are FHIR's, and words of a kind's own ("hl7-message"). */
bool outbox_listening(struct str type);
/* Say whose act the transaction is, for outbox_change.origin. Nothing when nobody listens to anything. */
bool outbox_origin(struct db *db, struct arena *a, struct str name, struct err *e);
struct outbox_note {
    int64_t rid;
    struct str type;
    int version;
    bool deleted;
};
/* In the transaction of the change. */
bool outbox_note(struct db *db, struct arena *a, const struct outbox_note *note, struct err *e);
/* The next event of a destination, in the caller's transaction. */
struct outbox_event {
    int64_t number; /* when read */
    struct str reason, type, id;
    int version;
    clock_us created;
};
bool outbox_put(struct db *db, struct arena *a, int64_t destination, const struct outbox_event *event, struct err *e);
/* A number alone, for a kind that keeps its events itself; 0 when the destination is closed. Its row is locked until
 * the transaction ends, so numbers become visible in order. */
bool outbox_number(struct db *db, struct arena *a, int64_t destination, int64_t *ret_number, struct err *e);
/* A paused destination takes numbers, and nothing is sent. Going on, it is tried at once. */
bool outbox_pause(struct db *db, struct arena *a, int64_t destination, bool paused, struct err *e);
/* Open a destination (or again), hearing of these types. */
struct outbox_receiver {
    int64_t destination;
    const char *kind;
    const struct str *types;
    size_t n;
};
bool outbox_open(struct db *db, struct arena *a, const struct outbox_receiver *r, struct err *e);
bool outbox_close(struct db *db, struct arena *a, int64_t destination, struct err *e);
/* Numbers from to upto, at most limit, oldest first. */
struct outbox_span {
    int64_t destination, from, upto;
    int limit;
};
bool outbox_events(struct db *db, struct arena *a, struct outbox_span span, struct outbox_event **ret_events,
                   size_t *ret_n, struct err *e);
/* Milliseconds to wait after so many failures: doubling from one second to max, give or take a quarter. */
int64_t outbox_pause_ms(int64_t attempts, int64_t max_ms);

#endif
