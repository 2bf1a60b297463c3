/* The status of an order and those of its steps agree: who writes one moves the other. */
#include "domain/order_priv.h"

#include "domain/rule.h"
#include "domain/worklist.h"
#include "schema/queries.h"

static const struct rule_state states[] = {
    {"draft", "active on-hold revoked completed entered-in-error unknown "},
    {"active", "on-hold revoked completed entered-in-error unknown "},
    {"on-hold", "active revoked completed entered-in-error unknown "},
    {"revoked", "active on-hold completed entered-in-error unknown "},
    {"completed", "active on-hold revoked entered-in-error unknown "},
    {"unknown", "active on-hold revoked completed entered-in-error "},
    {"entered-in-error", ""},
};

bool order_request_transition(struct str from, struct str to, struct err *e)
{
    return rule_transition(states, sizeof states / sizeof states[0], from, to) ||
           rule_break(RULE_ORDER_TRANSITION, e, "an order that is %.*s does not become %.*s", STR_ARG(from),
                      STR_ARG(to));
}

struct step {
    int64_t task, procedure, order;
    struct str status;
};

struct steps {
    struct step *step;
    size_t n;
};

static bool load(struct domain *d, int64_t rid, struct steps *ret_steps, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_worklist_steps_of, &args, e);
    if (!r)
        return false;
    ret_steps->n = (size_t)db_count(r);
    ret_steps->step = ARENA_ARRAY(d->arena, struct step, ret_steps->n + 1);
    for (size_t i = 0; i < ret_steps->n; i++)
        ret_steps->step[i] = (struct step){db_get_int(r, (int)i, 0), db_get_int(r, (int)i, 1), db_get_int(r, (int)i, 2),
                                           arena_str(d->arena, db_get(r, (int)i, 3))};
    return true;
}

/* ---- the order follows its steps ---- */

static struct str status_of(const struct steps *s, int64_t rid)
{
    struct order_tally t = {0};
    for (size_t i = 0; i < s->n; i++)
        if (s->step[i].order == rid || s->step[i].procedure == rid)
            order_tally_add(&t, s->step[i].status);
    return order_tally_status(&t);
}

static bool follow(struct domain *d, const struct steps *s, int64_t rid, struct err *e)
{
    struct record_doc doc;
    if (!record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, &doc, e))
        return false;
    if (doc.deleted)
        return true;
    return record_parse(d->arena, &doc, e) &&
           (str_is(fhir_text(doc.node, "status"), "entered-in-error") ||
            (fhir_set(d->arena, doc.node, "status", status_of(s, rid), e) && record_put(d->db, d->arena, &doc, e)));
}

bool order_follow_steps(struct domain *d, int64_t task, struct err *e)
{
    struct steps own, s = {.n = 0};
    if (!load(d, task, &own, e) || (own.n && !load(d, own.step[0].order, &s, e)))
        return false;
    if (!s.n)
        return true;
    int64_t order = s.step[0].order;
    if (!follow(d, &s, order, e))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool seen = s.step[i].procedure == order;
        for (size_t k = 0; k < i && !seen; k++)
            seen = s.step[k].procedure == s.step[i].procedure;
        if (!seen && !follow(d, &s, s.step[i].procedure, e))
            return false;
    }
    return true;
}

/* ---- the steps follow their order ---- */

static bool is_open(struct str status)
{
    return !str_is(status, "COMPLETED") && !str_is(status, "CANCELED") && !str_is(status, "DISCONTINUED");
}

/* What a step becomes when its order becomes this; the same when nothing. */
static struct str step_of(struct str order, struct str step)
{
    bool ends = str_is(order, "revoked") || str_is(order, "entered-in-error");
    if (ends && !str_is(step, "DISCONTINUED"))
        return STR("CANCELED"); /* order_transition refuses it for what has begun */
    if (str_is(order, "on-hold") && is_open(step))
        return STR("HELD");
    if (str_is(order, "active") && str_is(step, "HELD"))
        return STR("SCHEDULED");
    return step;
}

static bool agrees(const struct steps *s, struct str order, struct err *e)
{
    size_t open = 0;
    for (size_t i = 0; i < s->n; i++)
        open += is_open(s->step[i].status);
    if (str_is(order, "completed") && open)
        return rule_break(RULE_ORDER_STEPS, e, "%zu steps of the order have not ended", open);
    if (s->n && !open && (str_is(order, "active") || str_is(order, "on-hold")))
        return rule_break(RULE_ORDER_STEPS, e, "all steps of the order have ended");
    return true;
}

static bool move(struct domain *d, const struct step *s, struct str status, struct err *e)
{
    struct record_doc task;
    if (!order_transition(s->status, status, e) || !record_get_rid(d->db, d->arena, s->task, RECORD_UPDATE, &task, e) ||
        !record_parse(d->arena, &task, e) || !fhir_set(d->arena, task.node, "businessStatus.text", status, e) ||
        !fhir_set(d->arena, task.node, "status", order_task_status(status), e))
        return false;
    return record_put(d->db, d->arena, &task, e) && worklist_project_task(d, &task, 0, e);
}

bool order_status_written(struct domain *d, const struct record_doc *request, struct err *e)
{
    struct steps s;
    bool moved = false;
    struct str status = fhir_text(request->node, "status");
    if (!load(d, request->rid, &s, e) || !agrees(&s, status, e))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        struct str next = step_of(status, s.step[i].status);
        if (str_eq(next, s.step[i].status))
            continue;
        if (!move(d, &s.step[i], next, e))
            return false;
        moved = true;
    }
    return !moved || order_follow_steps(d, s.step[0].task, e);
}
