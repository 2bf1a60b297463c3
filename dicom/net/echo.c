#include "dicom/net/net_priv.h"

static bool nothing(struct op *op, void *ctx, struct err *e)
{
    (void)op;
    (void)ctx;
    (void)e;
    return true;
}

bool service_echo(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct err e;
    err_clear(&e);
    if (!session_gate_serve(s, service, nothing, NULL, &e))
        return session_fail(s, service, command, &e);
    return session_answer(s, service, command, STATUS_SUCCESS);
}
