/* One association: who calls, what is accepted, command after command. */
#include "dicom/net/net_priv.h"

#include "base/clock.h"
#include "base/log.h"
#include "dicom/out/secure.h"
#include "metrics/metrics.h"

enum { COMMENT_MAX = 64, HANDSHAKE_SECONDS = 30 };

bool session_gate_serve(struct session *s, const struct service *service,
                        bool (*work)(struct op *op, void *ctx, struct err *e), void *ctx, struct err *e)
{
    struct gate_call call = {.act = &service->act,
                             .door = "dimse",
                             .principal = &s->who,
                             .arena = &s->arena,
                             .handler = work,
                             .ctx = ctx};
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

static void count(struct session *s, const struct service *service, uint16_t status)
{
    struct str labels = arena_printf(&s->arena, "%s|%04X", service ? service->act.request : "other", status);
    metrics_add(METRIC_DIMSE_OPERATIONS, labels.p, 1);
}

bool session_answer(struct session *s, const struct service *service, const struct dicom_command *command,
                    uint16_t status)
{
    struct err e;
    err_clear(&e);
    count(s, service, status);
    return dicom_respond(s->association, command, status, NULL, NULL, &e);
}

static bool fail_with(struct session *s, const struct service *service, const struct dicom_command *command,
                      uint16_t status, const struct err *why)
{
    struct err e;
    char comment[COMMENT_MAX + 1];
    err_clear(&e);
    str_copy(comment, sizeof comment, str_utf8_clip(str_of(err_said(why)), COMMENT_MAX));
    count(s, service, status);
    log_info("dimse", "%s of '%s' refused with %04X: %s", service ? service->act.request : "a command", s->who.name,
             status, why->text);
    return dicom_respond(s->association, command, status, comment, NULL, &e);
}

bool session_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                  const struct err *why)
{
    return fail_with(s, service, command, (uint16_t)err_row(why->code)->dimse, why);
}

/* ---- commands ---- */

/* A command no service takes: its data set is read past, then it is told so. */
static bool refuse_command(struct session *s, const struct dicom_command *c)
{
    struct err e;
    bool drained;
    err_clear(&e);
    if (dicom_has_dataset(c) &&
        !dicom_receive_data(s->association, c->context_id, NULL, NULL, &drained, &e) && !drained)
        return false;
    if (c->kind == DICOM_C_CANCEL_RQ || (c->kind & DICOM_RESPONSE))
        return true; /* a cancel that came too late needs no answer */
    err_set(&e, ERR_UNSUPPORTED, "command %04X is not offered for this SOP class", c->kind);
    session_bad_input(s, &e);
    return fail_with(s, NULL, c, STATUS_UNRECOGNIZED, &e);
}

static bool serve_command(struct session *s, const struct dicom_command *c)
{
    const struct dicom_context *context = dicom_association_context(s->association, c->context_id);
    const struct service *service = context ? admit_service(s, context->abstract_syntax, c->kind) : NULL;
    clock_us began = clock_monotonic();
    if (!service)
        return refuse_command(s, c);
    bool alive = service->serve(s, service, c);
    metrics_observe(METRIC_DIMSE_SECONDS, service->act.request, (double)(clock_monotonic() - began) / 1e6);
    return alive;
}

static void serve_commands(struct session *s)
{
    struct dicom_command command;
    struct err e;
    for (;;) {
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
    if (dicom_association_accept(s->association, choose, s, &e)) {
        admit_tell(s);
        serve_commands(s);
    }
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
