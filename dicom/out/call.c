/* Calling a node: titles, times, TLS. */
#include "dicom/out/out_priv.h"

#include "base/clock.h"
#include "dicom/out/secure.h"

enum { ANSWER_SECONDS = 60 };

struct dicom_house dicom_house = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const char *or_null(const char *s)
{
    return s && s[0] ? s : NULL;
}

void dicom_out_start(const struct dicom_out_config *config)
{
    dicom_house.config = *config;
    atomic_store(&dicom_house.stopping, false);
}

void dicom_out_stop(void)
{
    tls_context_free(dicom_house.tls);
    dicom_house.tls = NULL;
}

static struct tls_context *context(struct err *e)
{
    const struct tls_context_config c = {.certificate = or_null(dicom_house.config.certificate),
                                         .key = or_null(dicom_house.config.key),
                                         .ca = or_null(dicom_house.config.ca)};
    pthread_mutex_lock(&dicom_house.lock);
    if (!dicom_house.tls)
        dicom_house.tls = tls_context_new(&c, e);
    struct tls_context *made = dicom_house.tls;
    pthread_mutex_unlock(&dicom_house.lock);
    return made;
}

struct dicom_association *dicom_call(const struct auth_reach *to, const struct dicom_proposal *proposals, size_t n,
                                     struct err *e)
{
    struct dicom_secure_call secure = {.certificate = to->certificate};
    struct dicom_target target = {.host = to->host,
                                  .port = to->port,
                                  .calling_aet = dicom_house.config.ae_title,
                                  .called_aet = to->name,
                                  .timeouts = {.acse = 30, .dimse = 120, .idle = 600}};
    if (to->tls) {
        secure.context = context(e);
        target.secure = dicom_secure_connect;
        target.secure_ctx = &secure;
    }
    return to->tls && !secure.context ? NULL : dicom_connect(&target, proposals, n, e);
}

bool dicom_call_ask(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds,
                    uint16_t *ret_status, struct err *e)
{
    struct dicom_command answer;
    if (!dicom_request(a, command, ds, e))
        return false;
    if (!dicom_next_command(a, ANSWER_SECONDS, &answer, e))
        return err_wrap(e, "wait for the answer");
    if (answer.kind != (command->kind | DICOM_RESPONSE) || answer.message_id != command->message_id)
        return err_set(e, ERR_STRUCTURE, "the peer answered with something else (%04x)", answer.kind);
    *ret_status = answer.status;
    return true;
}

bool dicom_call_request(const struct auth_reach *to, const struct dicom_proposal *proposal,
                        struct dicom_command *command, struct dicom_dataset *ds, uint16_t *ret_status, struct err *e)
{
    struct dicom_association *a = dicom_call(to, proposal, 1, e);
    bool ok = a && dicom_call_ask(a, command, ds, ret_status, e);
    if (ok)
        dicom_release(a, NULL);
    dicom_association_free(a);
    return ok;
}

bool dicom_call_echo(const struct auth_reach *to, int *ret_ms, struct err *e)
{
    static const struct dicom_proposal proposal = {.abstract_syntax = DICOM_VERIFICATION};
    clock_us began = clock_monotonic();
    struct dicom_association *a = dicom_call(to, &proposal, 1, e);
    bool ok = a && dicom_echo(a, e);
    *ret_ms = (int)((clock_monotonic() - began) / 1000);
    if (ok)
        dicom_release(a, NULL);
    dicom_association_free(a);
    return ok;
}
