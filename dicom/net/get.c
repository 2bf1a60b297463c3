/* C-GET: objects come back on the association they were asked for on (PS3.4 C.4.3). */
#include "dicom/net/retrieve.h"

#include "base/clock.h"

enum { ANSWER_S = 60, PENDING_US = 50000 };

/* The response to our C-STORE; a C-CANCEL may come before it. */
static bool await(void *ctx, const struct dicom_command *request, struct dicom_command *ret_response, struct err *e)
{
    struct retrieve *r = ctx;
    struct dicom_association *a = r->session->association;
    for (;;) {
        if (!dicom_next_command(a, ANSWER_S, ret_response, e))
            return false;
        if (ret_response->kind == (DICOM_C_STORE_RQ | DICOM_RESPONSE) &&
            ret_response->message_id == request->message_id)
            return true;
        if (ret_response->kind != DICOM_C_CANCEL_RQ)
            return err_set(e, ERR_STRUCTURE, "the peer did something else in the middle of a retrieval");
        r->cancelled = r->cancelled || ret_response->message_id == r->command->message_id;
    }
}

static bool cancelled(struct retrieve *r, bool *ret_alive)
{
    struct err e;
    bool now = false;
    err_clear(&e);
    *ret_alive = dicom_cancelled(r->session->association, r->command, &now, &e);
    r->cancelled = r->cancelled || now;
    return r->cancelled || !*ret_alive;
}

static bool deliver(struct retrieve *r)
{
    struct session *s = r->session;
    struct sender sender = {.association = s->association,
                            .files = gate_files(s->config->gate),
                            .requested = true,
                            .without_bulk = r->without_bulk,
                            .priority = r->command->priority,
                            .await = await,
                            .ctx = r};
    clock_us told = 0;
    bool alive = true, lost = false;
    for (size_t i = 0; i < r->n && !cancelled(r, &alive); i++) {
        struct err why;
        err_clear(&why);
        if (clock_monotonic() - told > PENDING_US) {
            told = clock_monotonic();
            if (!retrieve_pending(r, &r->counts))
                return false;
        }
        enum retrieve_outcome outcome = sender_send(&sender, &r->objects[i], &lost, &why);
        retrieve_count(r, &r->objects[i], outcome, &why);
        if (lost)
            return false;
    }
    return alive;
}

static bool serve(struct session *s, const struct service *service, const struct dicom_command *command,
                  bool without_bulk)
{
    struct retrieve *r = ARENA_NEW(&s->arena, struct retrieve);
    *r = (struct retrieve){
        .session = s, .service = service, .command = command, .deliver = deliver, .without_bulk = without_bulk};
    return retrieve_serve(r);
}

bool service_get(struct session *s, const struct service *service, const struct dicom_command *command)
{
    return serve(s, service, command, false);
}

bool service_get_without_bulk(struct session *s, const struct service *service, const struct dicom_command *command)
{
    return serve(s, service, command, true);
}
