/* Conformance profiles by the admin API. */
#include "hl7/explain/explain_priv.h"
#include "hl7/net/profiles.h"

static struct str parameter(const struct gate_http *h, const char *name)
{
    struct str s = http_query(h->request, name);
    return s.p ? s : STR("");
}

static bool ask_of(const struct gate_http *h, struct profile_ask *ret_ask, struct err *e)
{
    struct str version = parameter(h, "version"), messages = parameter(h, "messages");
    *ret_ask = (struct profile_ask){.name = gate_path(h, "name"), .messages = PROFILE_MESSAGES_USUAL};
    if (version.n && (!str_int(version, &ret_ask->version) || ret_ask->version < 1 || ret_ask->version > INT32_MAX))
        return err_set(e, ERR_INVALID, "version is a number from 1");
    if (messages.n && !str_int(messages, &ret_ask->messages))
        return err_set(e, ERR_INVALID, "messages is a number");
    return true;
}

/* Send what was made, with this status; or release it. */
static bool send(struct gate_http *h, int status, struct buf *b, bool ok)
{
    if (ok)
        gate_http_body(h, status, "application/json", buf_view(b));
    buf_release(b);
    return ok;
}

bool explain_profiles(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    buf_init(&b, EXPLAIN_JSON_MAX);
    return send(h, 200, &b, profiles_list(op, &b, e));
}

bool explain_profile_put(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    const struct hl7_profile head = {
        .name = parameter(h, "name"), .application = parameter(h, "application"), .facility = parameter(h, "facility")};
    buf_init(&b, EXPLAIN_JSON_MAX);
    return send(h, 201, &b, profiles_put(op, h->request->body, &head, &b, e));
}

bool explain_profile(struct op *op, struct gate_http *h, struct err *e)
{
    struct profile_ask ask;
    struct buf b;
    buf_init(&b, EXPLAIN_JSON_MAX);
    return send(h, 200, &b, ask_of(h, &ask, e) && profiles_show(op, &ask, &b, e));
}

bool explain_profile_remove(struct op *op, struct gate_http *h, struct err *e)
{
    if (!profiles_remove(op, gate_path(h, "name"), e))
        return false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}

bool explain_profile_diff(struct op *op, struct gate_http *h, struct err *e)
{
    struct profile_ask ask;
    struct buf b;
    buf_init(&b, EXPLAIN_JSON_MAX);
    return send(h, 200, &b, ask_of(h, &ask, e) && profiles_diff(op, &ask, &b, e));
}

/* 422 when a test of the profile failed: nothing was changed, and the body says which. */
bool explain_profile_activate(struct op *op, struct gate_http *h, struct err *e)
{
    struct profile_ask ask;
    struct buf b;
    bool activated = false;
    buf_init(&b, EXPLAIN_JSON_MAX);
    bool ok = ask_of(h, &ask, e) && profiles_activate(op, &ask, &b, &activated, e);
    return send(h, activated ? 200 : 422, &b, ok);
}
