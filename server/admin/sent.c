/* HL7 messages that left: dead letters, and once more. Looking at them is hl7/explain's. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "hl7/out/out.h"
#include "schema/queries.h"

static bool path_id(struct op *op, const struct gate_http *h, int64_t *ret_id, struct err *e)
{
    if (!str_int(gate_path(h, "id"), ret_id))
        return err_set(e, ERR_NOT_FOUND, "no such message");
    op->event->object_type = STR("Message");
    op->event->object_id = gate_path(h, "id");
    return true;
}

static bool answer(struct gate_http *h, const char *name, int64_t value, struct err *e)
{
    struct buf b;
    buf_init(&b, 1000);
    buf_printf(&b, "{\"%s\":\"%lld\"}", name, (long long)value);
    return admin_json(h, &b, e);
}

/* The body: {"raw": the edited text}, or nothing. */
bool admin_sent_resubmit(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id, again;
    struct str edited = STR_NONE;
    struct fhir_node *body = h->request->body.n ? fhir_parse_json(op->arena, h->request->body, e) : NULL;
    if (h->request->body.n && !body)
        return false;
    if (body)
        edited = fhir_text(body, "raw");
    if (!path_id(op, h, &id, e) || !hl7_sent_resubmit(op, id, edited, &again, e))
        return false;
    op->event->detail = edited.n ? STR("resubmitted, edited") : STR("resubmitted as it was");
    return answer(h, "id", again, e);
}

bool admin_sent_discard(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id;
    if (!path_id(op, h, &id, e) || !hl7_sent_discard(op, id, e))
        return false;
    op->event->detail = STR("discarded");
    return answer(h, "id", id, e);
}

static bool moment(const struct fhir_node *body, const char *name, bool end, clock_us *ret_t, struct err *e)
{
    clock_us from, to;
    struct str text = fhir_text(body, name);
    *ret_t = 0;
    if (!text.n)
        return true;
    if (!clock_range(text, &from, &to))
        return err_set(e, ERR_INVALID, "%s is no time", name);
    *ret_t = end ? to : from;
    return true;
}

/* {"destination": …, "outcome": "dead" or "accepted", "from": …, "to": …} */
bool admin_sent_replay(struct op *op, struct gate_http *h, struct err *e)
{
    struct hl7_replay r;
    int64_t count;
    struct fhir_node *body = fhir_parse_json(op->arena, h->request->body, e);
    if (!body || !moment(body, "from", false, &r.from, e) || !moment(body, "to", true, &r.to, e))
        return false;
    r.destination = fhir_text(body, "destination");
    r.outcome = fhir_text(body, "outcome");
    if (!r.destination.n || !r.outcome.n)
        return err_set(e, ERR_REQUIRED, "destination and outcome are needed");
    if (!hl7_sent_replay(op, &r, &count, e))
        return false;
    op->event->count = count;
    op->event->object_type = STR("Destination");
    op->event->object_id = r.destination;
    return answer(h, "count", count, e);
}
