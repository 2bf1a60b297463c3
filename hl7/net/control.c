#include "hl7/net/net_priv.h"

static const struct control rows[] = {
#define CONTROL(code, status, event, step_status) {code, status, ORDER_##event, step_status},
#include "hl7/net/control.def"
#undef CONTROL
};

static bool fits(const char *pattern, struct str status)
{
    return pattern[0] == '*' || str_is(status, pattern);
}

bool control_status_known(struct str status)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (status.n && str_is(status, rows[i].status) && rows[i].status[0] != '*')
            return true;
    return false;
}

const struct control *control_find(struct str code, struct str status, struct err *e)
{
    bool known = false;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_is(code, rows[i].code))
            continue;
        known = true;
        if (fits(rows[i].status, status))
            return &rows[i];
    }
    if (!code.n)
        err_set(e, ERR_REQUIRED, "the order control is missing");
    else if (!known)
        err_set(e, ERR_UNSUPPORTED, "this order control is not taken");
    else if (!status.n)
        err_set(e, ERR_REQUIRED, "this order control needs an order status");
    else
        err_set(e, ERR_CODE_INVALID, "this order status is not known");
    err_at(e, known ? "ORC-5" : "ORC-1");
    return NULL;
}
