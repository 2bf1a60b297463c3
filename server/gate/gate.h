/* The gate: the one door for HTTP, MLLP and DIMSE. gate_serve() does, in this order and for everybody:
 *   authenticate → authorise → transaction → handler → audit → commit → (then the caller responds).
 * A handler does none of these itself. A write commits its audit event in its own transaction; a read's event is
 * committed before gate_serve returns (or, for a door that holds its answers, before it is settled), so before the
 * first byte leaves. A read's connection has gone back to the pool
 * by then: what a handler leaves in the event lives in the arena, never in rows. A failure rolls back, then keeps the
 * failing event (and, for doors that keep what they received, the door's own record of it) in a second transaction.
 * Owner: struct op lives on the caller's stack during gate_serve. Threads: the gate is shared; one op a thread. */
#ifndef GATE_GATE_H
#define GATE_GATE_H

#include "audit/audit.h"
#include "auth/auth.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "domain/domain.h"
#include "files/files.h"

enum gate_tx { GATE_NONE, GATE_READ, GATE_WRITE };

struct op { /* one operation, as its handler sees it */
    struct arena *arena;
    enum gate_tx tx;
    struct db *db; /* in a transaction, unless GATE_NONE */
    const struct principal *who;
    struct str access;     /* who->departments, the row filter: $1 of every clinical query */
    struct str department; /* of rows this operation creates */
    struct files *files;
    struct audit_event *event; /* the handler fills in object, patient, study, query, count … */
    struct gate *gate;
    struct audit_event *kept; /* more events, committed with this one (gate_event_keep) */
    size_t kept_n, kept_room;
    bool unhurried; /* nobody waits for the answer: what ends in time may take longer */
    /* As in struct gate_call; who makes calls within this one hands it on. */
    bool (*begin)(struct op *op, void *ctx, struct err *e);
    void *begin_ctx;
};
/* An operation of several acts (a bundle) leaves an event of each: a copy is committed with the operation's own. Only
 * in GATE_WRITE; its texts live in the arena. */
void gate_event_keep(struct op *op, const struct audit_event *ev);

/* What one row of routes.def, triggers.def or services.def says. */
struct gate_act {
    const char *request; /* "GET /fhir/{type}/{id}", "ORM^O01", "C-FIND MWL" */
    enum permission permission;
    enum audit_kind audit; /* AUDIT_NONE only for health and static files */
    enum gate_tx tx;
    bool public_; /* needs no principal: health, sign-in, static files */
};

struct gate_call {
    const struct gate_act *act;
    const char *door; /* "http", "mllp", "dimse" */
    struct credentials credentials;
    bool unhurried;
    bool in_turn; /* a short write, of which many may come at once: a few at a time are done sooner than all together */
    struct principal *principal; /* when not NULL and of a kind: already authenticated on this association */
    struct arena *arena;
    /* The work. Runs once, or again after a serialisation failure (up to 3 times): must not answer anybody. */
    bool (*handler)(struct op *op, void *ctx, struct err *e);
    /* After a failed handler, in a second write transaction: keep what the door must keep. May be NULL. */
    bool (*failed)(struct op *op, void *ctx, const struct err *why, struct err *e);
    /* A read's answer is made while its event is being committed. hold: keep the answer back, and say true; settled is
     * then called once, by any thread: send it, or (why) do not. NULL, or false: gate_serve waits itself. */
    bool (*hold)(void *ctx);
    void (*settled)(void *ctx, const struct err *why);
    void *ctx; /* lives until then */
    /* First in each transaction: who may want to end the work marks it. False: it is not wanted. May be NULL. */
    bool (*begin)(struct op *op, void *ctx, struct err *e);
    void *begin_ctx;
    bool kept; /* out, after a failure: what `failed` did is committed */
};

struct gate_config {
    struct db_pool *pool;
    struct auth *auth;
    struct audit *audit;
    struct files *files;
    const struct domain_policy *policy;
    int borrow_ms; /* how long to wait for a connection */
};
struct gate *gate_new(const struct gate_config *config, struct err *e);
void gate_free(struct gate *g);
bool gate_serve(struct gate *g, struct gate_call *call, struct err *e);
/* Authenticate only, for doors that must answer at connection time (DIMSE associations). Refusals are audited. */
bool gate_authenticate(struct gate *g, const char *door, const struct credentials *c, struct principal *ret_who,
                       struct err *e);
/* An act without a caller's row (bad framing, broken PDU): one BAD_INPUT event. */
void gate_refuse(struct gate *g, const char *door, const char *address, const struct err *why);
/* An authenticated caller asked for what is not open to it, where no act of its own says so: one REFUSED event. */
void gate_forbid(struct gate *g, const char *door, const struct principal *who, const struct err *why);
/* What domain/ works with, for this operation. */
struct domain gate_domain(struct op *op);
const struct domain_policy *gate_policy(struct gate *g);
struct files *gate_files(struct gate *g);
struct db_pool *gate_pool(struct gate *g);
struct audit *gate_audit(struct gate *g);
struct auth *gate_auth(struct gate *g);

#endif
