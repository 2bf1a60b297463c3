/* One association: who calls, what is accepted, command after command. */
#include "dicom/net/archive.h"
#include "dicom/net/commit.h"

#include "base/clock.h"
#include "base/log.h"
#include "dicom/out/secure.h"
#include "metrics/metrics.h"

enum { COMMENT_MAX = 64, HANDSHAKE_SECONDS = 30, TURN_MS = 250, IDLE_TURNS = 2400 /* ten minutes */ };

bool session_gate_serve(struct session *s, const struct service *service,
                        bool (*work)(struct op *op, void *ctx, struct err *e), void *ctx, struct err *e)
{
    struct gate_call call = {
        .act = &service->act, .door = "dimse", .principal = &s->who, .arena = &s->arena, .handler = work, .ctx = ctx};
    call.credentials.address = s->who.address;
    return gate_serve(s->config->gate, &call, e);
}

void session_bad_input(struct session *s, const struct err *why)
{
    if (!s->refused)
        gate_refuse(s->config->gate, "dimse", s->who.address, why);
    s->refused = true;
}

/* ---- answers ---- */

void session_count(struct session *s, const struct service *service, uint16_t status)
{
    struct str labels = arena_printf(&s->arena, "%s|%04X", service ? service->act.request : "other", status);
    metrics_add(METRIC_DIMSE_OPERATIONS, labels.p, 1);
}

bool session_answer_with(struct session *s, const struct service *service, const struct dicom_command *command,
                         uint16_t status, struct dicom_dataset *ds)
{
    struct err e;
    err_clear(&e);
    session_count(s, service, status);
    return dicom_respond(s->association, command, status, NULL, ds, &e);
}

bool session_answer(struct session *s, const struct service *service, const struct dicom_command *command,
                    uint16_t status)
{
    return session_answer_with(s, service, command, status, NULL);
}

bool session_refuse(struct session *s, const struct service *service, const struct dicom_command *command,
                    struct refusal how, const struct err *why)
{
    struct err e;
    char comment[COMMENT_MAX + 1];
    err_clear(&e);
    str_copy(comment, sizeof comment, str_utf8_clip(str_of(err_said(why)), COMMENT_MAX));
    session_count(s, service, how.status);
    log_info("dimse", "%s of '%s' refused with %04X: %s", service ? service->act.request : "a command", s->who.name,
             how.status, why->text);
    return dicom_respond_error(s->association, command, how.status, how.error_id, comment, &e);
}

bool session_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                  const struct err *why)
{
    return session_refuse(s, service, command, (struct refusal){.status = (uint16_t)err_row(why->code)->dimse}, why);
}

/* ---- commands ---- */

/* A command no service takes: its data set is read past, then it is told so. */
static bool refuse_command(struct session *s, const struct dicom_command *c)
{
    struct err e;
    bool drained;
    err_clear(&e);
    if (dicom_has_dataset(c) && !dicom_receive_data(s->association, c->context_id, NULL, NULL, &drained, &e) &&
        !drained)
        return false;
    if (c->kind == DICOM_C_CANCEL_RQ || (c->kind & DICOM_RESPONSE))
        return true; /* a cancel that came too late needs no answer */
    err_set(&e, ERR_UNSUPPORTED, "command %04X is not offered for this SOP class", c->kind);
    session_bad_input(s, &e);
    return session_refuse(s, NULL, c, (struct refusal){.status = STATUS_UNRECOGNIZED}, &e);
}

static bool serve_command(struct session *s, const struct dicom_command *c)
{
    const struct dicom_context *context = dicom_association_context(s->association, c->context_id);
    const struct service *service = context ? admit_service(s, context->abstract_syntax, c->kind) : NULL;
    clock_us began = clock_monotonic();
    if (c->kind == (DICOM_N_EVENT_REPORT_RQ | DICOM_RESPONSE))
        commit_answered(s, c);
    if (!service)
        return refuse_command(s, c);
    bool alive = service->serve(s, service, c);
    metrics_observe(METRIC_DIMSE_SECONDS, service->act.request, (double)(clock_monotonic() - began) / 1e6);
    return alive;
}

/* Did the peer propose storage commitment? Then reports may be due to it. */
static bool commits(const struct session *s)
{
    size_t n;
    const struct dicom_context *c = dicom_association_contexts(s->association, &n);
    for (size_t i = 0; i < n; i++)
        if (c[i].accepted && strcmp(c[i].abstract_syntax, COMMIT_CLASS) == 0)
            return true;
    return false;
}

/* Idle, there may be something to tell the peer: until its next command, its end, or a silence too long. */
static bool wait_for_command(struct session *s)
{
    for (int turns = 0; s->commitments && turns < IDLE_TURNS && !dicom_waiting(s->association, TURN_MS); turns++)
        if (!commit_turn(s))
            return false;
    return true;
}

static void serve_commands(struct session *s)
{
    struct dicom_command command;
    struct err e;
    s->commitments = commits(s);
    for (;;) {
        if (!wait_for_command(s))
            return;
        arena_reset(&s->arena);
        err_clear(&e);
        if (!dicom_next_command(s->association, 0, &command, &e)) {
            if (e.code == ERR_STRUCTURE || e.code == ERR_TOO_LARGE)
                session_bad_input(s, &e);
            log_debug("dimse", "association of '%s' ended: %s", s->who.name, e.text);
            return;
        }
        if (command.kind == DICOM_RELEASED || !seats_pace(&s->who) || !serve_command(s, &command))
            return;
    }
}

/* ---- the request ---- */

static int choose(void *ctx, const struct dicom_context *proposed)
{
    return admit_context(ctx, proposed);
}

bool session_reject(struct session *s, enum dicom_reject why)
{
    struct err e;
    err_clear(&e);
    dicom_association_reject(s->association, why, &e);
    return false;
}

static void serve_accepted(struct session *s)
{
    struct err e;
    err_clear(&e);
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, 1);
    if (archive_negotiate(s, &e) && dicom_association_accept(s->association, choose, s, &e)) {
        admit_tell(s);
        serve_commands(s);
    }
    commit_let_go(s);
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, -1);
}

static bool read_request(struct session *s, struct err *e)
{
    const char *address = dicom_association_peer(s->association)->address;
    str_copy(s->who.address, sizeof s->who.address, str_of(address));
    if (s->tls && !dicom_secure_accept(s->association, s->tls, HANDSHAKE_SECONDS, &s->shown, e)) {
        log_info("dimse", "no TLS with %s: %s", address, e->text);
        session_bad_input(s, e);
        return false;
    }
    if (dicom_association_read(s->association, e))
        return true;
    if (e->code == ERR_STRUCTURE || e->code == ERR_TOO_LARGE)
        session_bad_input(s, e);
    return false;
}

static void serve_association(struct session *s, bool full)
{
    struct err e;
    err_clear(&e);
    if (!read_request(s, &e))
        return;
    if (full) {
        log_warning("dimse", "an association was turned away: %d are open", s->config->associations_max);
        session_reject(s, DICOM_REJECT_LIMIT);
        return;
    }
    if (!admit_association(s))
        return;
    if (seats_take(&s->who)) {
        serve_accepted(s);
        seats_leave(&s->who);
        return;
    }
    log_warning("dimse", "an association of '%s' was turned away: %d are open", s->who.name, s->who.peer.connections);
    session_reject(s, DICOM_REJECT_LIMIT);
}

void session_run(const struct dicom_server_config *config, struct tls_context *tls,
                 struct dicom_association *association, bool full)
{
    struct session s = {.config = config, .association = association, .tls = tls};
    arena_init(&s.arena);
    serve_association(&s, full);
    arena_release(&s.arena);
}
