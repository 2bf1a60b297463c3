#include "gate/gate.h"

#include <unistd.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/turn.h"
#include "metrics/metrics.h"
#include "outbox/outbox.h"
#include "record/record.h"

enum { TRIES = 4, WRITERS_MIN = 8, WRITERS_PER_PROCESSOR = 4 };

struct gate {
    struct gate_config config;
    struct turn writers; /* of gate_call.in_turn */
};

/* More of them would only wait for each other within PostgreSQL; fewer would let it idle between their commits. */
static int writers(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN) * WRITERS_PER_PROCESSOR;
    return n > WRITERS_MIN ? (int)n : WRITERS_MIN;
}

struct gate *gate_new(const struct gate_config *config, struct err *e)
{
    (void)e;
    struct gate *g = mem_zalloc(sizeof *g);
    g->config = *config;
    turn_init(&g->writers, writers());
    return g;
}

void gate_free(struct gate *g)
{
    if (g)
        turn_release(&g->writers);
    mem_free(g);
}

struct files *gate_files(struct gate *g)
{
    return g->config.files;
}

struct db_pool *gate_pool(struct gate *g)
{
    return g->config.pool;
}

struct audit *gate_audit(struct gate *g)
{
    return g->config.audit;
}

struct auth *gate_auth(struct gate *g)
{
    return g->config.auth;
}

const struct domain_policy *gate_policy(struct gate *g)
{
    return g->config.policy;
}

struct domain gate_domain(struct op *op)
{
    struct domain d = {.arena = op->arena,
                       .db = op->db,
                       .access = op->access,
                       .department = op->department,
                       .who = op->who,
                       .policy = op->gate->config.policy};
    return d;
}

/* A caller of one department creates rows of it: "{CT}" gives CT; several or none give no department. */
static struct str department_of(struct arena *a, const struct principal *who)
{
    struct str s = str_of(who->departments);
    if (s.n < 3 || str_find(s, ',') < s.n)
        return STR("");
    s = str_sub(s, 1, s.n - 2);
    if (s.n > 2 && s.p[0] == '"')
        s = str_sub(s, 1, s.n - 2);
    return arena_str(a, s);
}

static void refusal_event(struct audit_event *ev, const char *door, const struct principal *who, const struct err *why)
{
    ev->kind = AUDIT_REFUSED;
    ev->outcome = AUDIT_MINOR;
    ev->door = door;
    ev->who = who;
    ev->detail = str_of(why->text);
}

/* An event that stands alone; that it could not be kept is the only thing left to say then. */
static void keep(struct gate *g, const struct audit_event *ev)
{
    struct err e;
    err_clear(&e);
    if (!audit_commit(g->config.audit, ev, &e))
        log_err("audit", &e);
}

bool gate_authenticate(struct gate *g, const char *door, const struct credentials *c, struct principal *ret_who,
                       struct err *e)
{
    struct db *db = db_borrow(g->config.pool, g->config.borrow_ms, e);
    if (!db)
        return false;
    bool ok = auth_authenticate(g->config.auth, db, c, ret_who, e);
    db_return(db);
    if (ok || e->code != ERR_UNAUTHENTICATED)
        return ok;
    struct principal who = {.kind = PRINCIPAL_NONE};
    struct audit_event ev = {.count = 0};
    struct str name = c->user.n ? c->user : c->calling.n ? c->calling : c->application;
    str_copy(who.name, sizeof who.name, name);
    str_copy(who.address, sizeof who.address, str_of(c->address));
    refusal_event(&ev, door, &who, e);
    keep(g, &ev);
    return false;
}

void gate_refuse(struct gate *g, const char *door, const char *address, const struct err *why)
{
    struct principal who = {.kind = PRINCIPAL_NONE};
    struct audit_event ev = {
        .kind = AUDIT_BAD_INPUT, .outcome = AUDIT_SERIOUS, .who = &who, .door = door, .detail = str_of(why->text)};
    str_copy(who.address, sizeof who.address, str_of(address));
    keep(g, &ev);
}

void gate_forbid(struct gate *g, const char *door, const struct principal *who, const struct err *why)
{
    struct audit_event ev = {.count = 0};
    refusal_event(&ev, door, who, why);
    keep(g, &ev);
}

/* audit_commit counts its own. */
static void count_event(const struct audit_event *ev)
{
    metrics_add(METRIC_AUDIT_EVENTS, audit_kind_name(ev->kind), 1);
}

static enum audit_outcome outcome_of(const struct err *why)
{
    int status = err_row(why->code)->http;
    return status >= 500 ? AUDIT_SERIOUS : AUDIT_MINOR;
}

/* What a failed act leaves behind: its event, and the door's own record, together. */
static void keep_failure(struct gate *g, struct op *op, struct gate_call *call, const struct err *why)
{
    struct err e;
    err_clear(&e);
    op->event->outcome = outcome_of(why);
    op->event->detail = str_of(why->text);
    if (call->act->audit == AUDIT_NONE)
        return;
    if (!call->failed || !op->db) {
        keep(g, op->event);
        return;
    }
    bool ok = db_begin(op->db, DB_WRITE, &e) && call->failed(op, call->ctx, why, &e) &&
              audit_write(op->db, op->event, &e) && db_commit(op->db, &e);
    call->kept = ok;
    if (ok) {
        count_event(op->event);
        return;
    }
    log_err("gate", &e);
    db_rollback(op->db);
    keep(g, op->event);
}

void gate_event_keep(struct op *op, const struct audit_event *ev)
{
    ARENA_ROOM(op->arena, op->kept, op->kept_n, 1, op->kept_room);
    op->kept[op->kept_n++] = *ev;
}

static bool commit_write(struct op *op, struct err *e)
{
    if (!audit_write_all(op->db, op->kept, op->kept_n, e) || !audit_write(op->db, op->event, e))
        return false;
    if (failpoint("gate.before_commit"))
        return err_set(e, ERR_INTERNAL, "failpoint gate.before_commit");
    if (!db_commit(op->db, e))
        return false;
    count_event(op->event);
    for (size_t i = 0; i < op->kept_n; i++)
        count_event(&op->kept[i]);
    failpoint("gate.after_commit");
    return true;
}

static bool commit_read(struct gate *g, struct op *op, struct gate_call *call, struct err *e)
{
    if (!call->hold || !call->hold(call->ctx))
        return audit_commit(g->config.audit, op->event, e);
    if (audit_commit_later(g->config.audit, op->event, op->arena, call->settled, call->ctx, e))
        return true;
    call->settled(call->ctx, NULL); /* the failure is answered by the caller */
    return false;
}

static bool attempt(struct gate *g, struct op *op, struct gate_call *call, struct err *e)
{
    enum gate_tx tx = call->act->tx;
    if (tx != GATE_NONE && !db_begin(op->db, tx == GATE_WRITE ? DB_WRITE : DB_READ, e))
        return false;
    if (tx == GATE_WRITE)
        record_gather(op->db, op->arena);
    bool ok = (tx != GATE_WRITE || outbox_origin(op->db, op->arena, str_of(op->who->name), e)) &&
              (tx == GATE_NONE || !op->begin || op->begin(op, op->begin_ctx, e)) && call->handler(op, call->ctx, e);
    if (ok && tx == GATE_WRITE)
        return commit_write(op, e);
    if (ok && tx == GATE_READ && !db_commit(op->db, e)) /* not waited for: it only read */
        return false;
    if (!ok && tx != GATE_NONE)
        db_rollback(op->db);
    if (!ok || call->act->audit == AUDIT_NONE)
        return ok;
    db_return(op->db); /* others may have it while this read waits for its event's commit */
    op->db = NULL;
    return commit_read(g, op, call, e);
}

/* Two writers that meet (a new patient from two senders at once) are told CONFLICT by PostgreSQL: the later one runs
 * again and finds what the earlier one made. A real conflict just says so again. */
static bool run(struct gate *g, struct op *op, struct gate_call *call, struct err *e)
{
    const struct audit_event clean = *op->event;
    for (int i = 0; i < TRIES; i++) {
        err_clear(e);
        *op->event = clean;
        op->kept_n = 0;
        if (attempt(g, op, call, e))
            return true;
        if (op->db)
            db_rollback(op->db);
        if (e->code != ERR_CONFLICT || call->act->tx != GATE_WRITE)
            break;
    }
    if (e->code == ERR_INTERNAL)
        log_err("gate", e);
    keep_failure(g, op, call, e);
    return false;
}

static bool admit(struct gate *g, struct gate_call *call, struct principal *who, struct audit_event *ev, struct err *e)
{
    if (call->principal && call->principal->kind != PRINCIPAL_NONE) {
        *who = *call->principal;
    } else if (!call->act->public_ || call->credentials.kind != CREDENTIALS_NONE) {
        bool known = gate_authenticate(g, call->door, &call->credentials, who, e);
        if (!known && !call->act->public_)
            return false;
    }
    if (call->principal)
        *call->principal = *who;
    if (call->act->public_)
        return true;
    if (auth_authorise(who, call->act->permission, e))
        return true;
    refusal_event(ev, call->door, who, e);
    keep(g, ev);
    return false;
}

bool gate_serve(struct gate *g, struct gate_call *call, struct err *e)
{
    struct principal who = {.kind = PRINCIPAL_NONE};
    struct audit_event ev = {.kind = call->act->audit,
                             .outcome = AUDIT_SUCCESS,
                             .who = &who,
                             .door = call->door,
                             .request = str_of(call->act->request)};
    str_copy(who.address, sizeof who.address, str_of(call->credentials.address));
    if (!admit(g, call, &who, &ev, e))
        return false;
    struct op op = {.arena = call->arena,
                    .tx = call->act->tx,
                    .who = &who,
                    .access = str_of(who.departments),
                    .department = department_of(call->arena, &who),
                    .files = g->config.files,
                    .event = &ev,
                    .unhurried = call->unhurried,
                    .begin = call->begin,
                    .begin_ctx = call->begin_ctx,
                    .gate = g};
    if (call->act->tx == GATE_NONE && call->act->audit == AUDIT_NONE)
        return call->handler(&op, call->ctx, e);
    if (call->in_turn && !turn_take(&g->writers, g->config.borrow_ms))
        return err_set(e, ERR_UNAVAILABLE, "too many writes wait");
    op.db = db_borrow(g->config.pool, g->config.borrow_ms, e);
    bool ok = op.db && run(g, &op, call, e);
    db_return(op.db);
    if (call->in_turn)
        turn_give(&g->writers);
    return ok;
}
