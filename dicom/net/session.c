/* One association: who calls, what is accepted, command after command. */
#include "dicom/net/net_priv.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "metrics/metrics.h"

enum { COMMENT_MAX = 64 };
#define APPLICATION_CONTEXT "1.2.840.10008.3.1.1.1"

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
    const struct service *service = context ? service_find(context->abstract_syntax, c->kind) : NULL;
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
        if (command.kind == DICOM_RELEASED || !serve_command(s, &command))
            return;
    }
}

/* ---- the request ---- */

static int choose(void *ctx, const struct dicom_context *proposed)
{
    const struct service *service = service_find(proposed->abstract_syntax, 0);
    (void)ctx;
    if (!service)
        return -DICOM_CONTEXT_ABSTRACT_SYNTAX;
    return service->known_syntaxes ? dicom_choose_known(proposed) : dicom_choose_uncompressed(proposed);
}

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 || strncmp(address, "::ffff:127.", 11) == 0;
}

static bool reject(struct session *s, enum dicom_reject why)
{
    struct err e;
    err_clear(&e);
    dicom_association_reject(s->association, why, &e);
    return false;
}

/* Who calls, and whom: told apart in the rejection, so that a technician sees which title is wrong. */
static bool admit(struct session *s)
{
    const struct dicom_peer *peer = dicom_association_peer(s->association);
    struct credentials c = {.kind = CREDENTIALS_AE,
                            .calling = str_of(peer->calling_aet),
                            .called = str_of(peer->called_aet),
                            .address = peer->address,
                            .loopback = is_loopback(peer->address)};
    struct err e;
    err_clear(&e);
    if (strcmp(peer->application_context, APPLICATION_CONTEXT) != 0) {
        err_set(&e, ERR_UNSUPPORTED, "application context is not that of DICOM");
        session_bad_input(s, &e);
        return reject(s, DICOM_REJECT_APPLICATION_CONTEXT);
    }
    if (gate_authenticate(s->config->gate, "dimse", &c, &s->who, &e))
        return true;
    bool wrong_called = strcmp(peer->called_aet, s->config->ae_title) != 0;
    log_info("dimse", "association from %s rejected: %s", peer->address, e.text);
    return reject(s, e.code != ERR_UNAUTHENTICATED ? DICOM_REJECT_CONGESTION
                     : wrong_called                ? DICOM_REJECT_CALLED_AET
                                                   : DICOM_REJECT_CALLING_AET);
}

static void serve_association(struct session *s, bool full)
{
    struct err e;
    err_clear(&e);
    bool read = dicom_association_read(s->association, &e);
    str_copy(s->who.address, sizeof s->who.address, str_of(dicom_association_peer(s->association)->address));
    if (!read) {
        if (e.code == ERR_STRUCTURE || e.code == ERR_TOO_LARGE)
            session_bad_input(s, &e);
        return;
    }
    if (full) {
        log_warning("dimse", "an association was turned away: %d are open", s->config->associations_max);
        reject(s, DICOM_REJECT_LIMIT);
        return;
    }
    if (!admit(s))
        return;
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, 1);
    if (dicom_association_accept(s->association, choose, s, &e))
        serve_commands(s);
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, -1);
}

void session_run(const struct dicom_server_config *config, struct dicom_association *association, bool full)
{
    struct session s = {.config = config, .association = association};
    arena_init(&s.arena);
    serve_association(&s, full);
    arena_release(&s.arena);
}
