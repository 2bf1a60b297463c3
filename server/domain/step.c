/* The states of a scheduled step and how they show in Task.status. */
#include "domain/order.h"

#include "domain/rule.h"

struct state {
    const char *status, *task_status;
    const char *next; /* states it may go to, each followed by a space */
};

/* SCHEDULED → ARRIVED → READY → STARTED → COMPLETED or DISCONTINUED; CANCELED only before its start (PS3.3 C.4.10,
 * hl7 facts §2.3). */
static const struct state states[] = {
    {"SCHEDULED", "requested", "ARRIVED READY STARTED COMPLETED DISCONTINUED CANCELED HELD "},
    {"ARRIVED", "accepted", "SCHEDULED READY STARTED COMPLETED DISCONTINUED CANCELED HELD "},
    {"READY", "ready", "SCHEDULED ARRIVED STARTED COMPLETED DISCONTINUED CANCELED HELD "},
    {"HELD", "on-hold", "SCHEDULED ARRIVED READY DISCONTINUED CANCELED "},
    {"STARTED", "in-progress", "COMPLETED DISCONTINUED "},
    {"COMPLETED", "completed", ""},
    {"DISCONTINUED", "failed", ""},
    {"CANCELED", "cancelled", ""},
};

static const struct state *find(struct str status)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (str_is(status, states[i].status))
            return &states[i];
    return NULL;
}

struct str order_task_status(struct str step_status)
{
    const struct state *s = find(step_status);
    return str_of(s ? s->task_status : "requested");
}

struct str order_step_status(const struct fhir_node *task)
{
    struct str said = fhir_text(task, "businessStatus.text"), status = fhir_text(task, "status");
    const struct state *s = find(said);
    if (s && str_is(status, s->task_status))
        return said;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (str_is(status, states[i].task_status))
            return str_of(states[i].status);
    return STR("SCHEDULED");
}

bool order_transition(struct str from, struct str to, struct err *e)
{
    const struct state *s = find(from), *t = find(to);
    if (!t)
        return err_set(e, ERR_CODE_INVALID, "no step status '%.*s'", STR_ARG(to));
    if (!s || s == t)
        return true;
    struct str next = str_of(s->next), one;
    while (str_next(&next, ' ', &one))
        if (str_eq(one, to))
            return true;
    return rule_break(RULE_STEP_TRANSITION, e, "a step in state %s can not become %s", s->status, t->status);
}
