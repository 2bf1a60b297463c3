/* What the services of class N- share: their statuses, and the data set behind a request. */
#include "dicom/net/net_priv.h"

/* PS3.7 annex C.4, C.5. */
static const struct {
    enum err_code code;
    struct refusal how;
} rows[] = {
    {ERR_INVALID, {0x0106, 0}}, /* invalid attribute value */
    {ERR_CODE_INVALID, {0x0106, 0}},
    {ERR_LENGTH, {0x0106, 0}},
    {ERR_REQUIRED, {0x0120, 0}},           /* missing attribute */
    {ERR_CONFLICT, {0x0111, 0}},           /* duplicate SOP instance */
    {ERR_NOT_FOUND, {0x0112, 0}},          /* no such SOP instance */
    {ERR_BUSINESS_RULE, {0x0110, 0xA710}}, /* processing failure: may no longer be updated */
    {ERR_UNSUPPORTED, {0x0122, 0}},        /* SOP class not supported */
    {ERR_FORBIDDEN, {0x0124, 0}},          /* not authorised */
    {ERR_TOO_LARGE, {0x0213, 0}},          /* resource limitation */
    {ERR_UNAVAILABLE, {0x0213, 0}},
    {ERR_STORAGE_FULL, {0x0213, 0}},
};

bool normal_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                 const struct err *why)
{
    struct refusal how = {.status = 0x0110};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].code == why->code)
            how = rows[i].how;
    return session_refuse(s, service, command, how, why);
}

struct dicom_dataset *normal_receive(struct session *s, const struct service *service,
                                     const struct dicom_command *command, bool *ret_alive)
{
    struct err e;
    bool lost = false;
    err_clear(&e);
    struct dicom_dataset *ds = NULL;
    if (dicom_has_dataset(command))
        ds = dicom_receive_dataset(s->association, command, &lost, &e);
    else
        err_set(&e, ERR_REQUIRED, "no data set follows");
    if (!ds && e.code == ERR_STRUCTURE)
        session_bad_input(s, &e);
    *ret_alive = ds || (!lost && normal_fail(s, service, command, &e));
    return ds;
}
