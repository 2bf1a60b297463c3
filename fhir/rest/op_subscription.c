/* Subscription/$status and Subscription/$events (Subscriptions R5 Backport 1.1.0). */
#include "fhir/rest/operation_priv.h"

#include "fhir/subscription/subscription.h"

enum { VALUES = 200 };

/* Every value of a parameter that repeats; "a,b" in an address is two. */
static size_t values(struct operation *o, const char *name, struct str *ret)
{
    const struct fhir_node *p;
    size_t n = 0;
    for (size_t i = 0; (p = operation_parameter(o->in, name, i)); i++)
        for (const struct fhir_node *m = p->first; m; m = m->next) {
            struct str rest = m->text, one;
            if (!str_starts(m->key, "value") || !m->text.n)
                continue;
            while (n < VALUES && str_next(&rest, ',', &one))
                ret[n++] = one;
        }
    return n;
}

/* Event numbers come as integers, or as text where 32 bits may not be enough. */
static bool number(struct operation *o, const char *name, int64_t if_absent, int64_t *ret_n, struct err *e)
{
    const struct fhir_node *value = operation_value(o->in, name);
    *ret_n = if_absent;
    return !value || (str_int(value->text, ret_n) && *ret_n >= 0) ||
           err_set(e, ERR_INVALID, "%s is no event number", name);
}

bool op_subscription_status(struct operation *o, struct err *e)
{
    struct arena *a = o->op->arena;
    struct buf b CLEANUP(buf_release);
    struct subscription_question q = {
        .id = o->id, .ids = ARENA_ARRAY(a, struct str, VALUES), .statuses = ARENA_ARRAY(a, struct str, VALUES)};
    buf_init(&b, ANSWER_MAX);
    q.id_count = values(o, "id", q.ids);
    q.status_count = values(o, "status", q.statuses);
    return subscription_status(o->op, &q, &b, e) && answer_json(o->op, o->h, 200, buf_view(&b), e);
}

bool op_subscription_events(struct operation *o, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct subscription_replay r = {.id = o->id, .content = operation_text(o, "content")};
    buf_init(&b, ANSWER_MAX);
    if (!number(o, "eventsSinceNumber", 1, &r.from, e) || !number(o, "eventsUntilNumber", INT64_MAX, &r.upto, e))
        return false;
    if (r.content.n && !str_is(r.content, "empty") && !str_is(r.content, "id-only") &&
        !str_is(r.content, "full-resource"))
        return err_set(e, ERR_INVALID, "content is empty, id-only or full-resource");
    return subscription_events(o->op, &r, &b, e) && answer_json(o->op, o->h, 200, buf_view(&b), e);
}

bool op_subscription_token(struct operation *o, struct err *e)
{
    struct arena *a = o->op->arena;
    struct subscription_ticket ticket;
    struct str base = fhir_base(o->op);
    if (!subscription_token(o->op, o->id, &ticket, e))
        return false;
    struct fhir_node *out = operation_out(o);
    operation_add_text(o, out, "token", "valueString", ticket.token);
    operation_add_text(o, out, "expiration", "valueDateTime", answer_instant(a, ticket.expires));
    operation_add_text(o, out, "subscription", "valueString", o->id);
    operation_add_text(o, out, "websocket-url", "valueUrl",
                       arena_printf(a, "ws%.*s/websocket", STR_ARG(str_sub(base, 4, base.n))));
    return operation_answer(o, 200, out, e);
}

bool fhir_websocket(struct op *op, struct gate_http *h, struct err *e)
{
    return subscription_socket(op, h, e);
}
