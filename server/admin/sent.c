/* HL7 messages that left, or wait to: looking at them, and dead letters. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "hl7/codec/message.h"
#include "hl7/out/out.h"
#include "schema/queries.h"

static void put_columns(struct buf *b, const struct db_rows *r, int i)
{
    static const char *const names[] = {"id",    "destination", "number",  "controlId", "trigger",
                                        "event", "outcome",     "ackCode", "reason"};
    for (int c = 0; c < 9; c++)
        json_put_field(b, names[c], db_get(r, i, c));
    json_put_int(b, "attempts", db_get_int(r, i, 9));
    admin_time(b, "created", db_get_int(r, i, 10));
    if (!db_is_null(r, i, 11))
        admin_time(b, "answered", db_get_int(r, i, 11));
    json_put_field(b, "patientId", db_get(r, i, 12));
    json_put_field(b, "accession", db_get(r, i, 13));
    json_put_field(b, "source", db_get(r, i, 14));
    json_put_int(b, "warningCount", db_get_int(r, i, 15));
    json_put_field(b, "replaces", db_get(r, i, 16));
}

static void put_sent(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    (void)op;
    buf_putc(b, '{');
    put_columns(b, r, i);
    buf_putc(b, '}');
}

bool admin_sent(struct op *op, struct gate_http *h, struct err *e)
{
    int limit;
    int64_t before;
    struct db_args args = db_args(op->arena);
    if (!admin_page(h, &limit, &before, e))
        return false;
    db_text_opt(&args, op->access);
    db_text(&args, admin_parameter(h, "destination"));
    db_text(&args, admin_parameter(h, "outcome"));
    db_int(&args, before);
    db_int(&args, limit);
    const struct db_rows *r = db_run(op->db, &Q_hl7_sent_list, &args, e);
    return r && admin_items(op, h, r, limit, put_sent, e);
}

/* As text, whatever its character set. */
static struct str text_of(struct op *op, struct str raw)
{
    struct hl7_message m;
    return hl7_parse(raw, NULL, op->arena, &m, NULL) ? m.text : raw;
}

static bool path_id(struct op *op, const struct gate_http *h, int64_t *ret_id, struct err *e)
{
    if (!str_int(gate_path(h, "id"), ret_id))
        return err_set(e, ERR_NOT_FOUND, "no such message");
    op->event->object_type = STR("Message");
    op->event->object_id = gate_path(h, "id");
    return true;
}

bool admin_sent_one(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id;
    struct buf b;
    struct db_args args = db_args(op->arena);
    if (!path_id(op, h, &id, e))
        return false;
    db_text_opt(&args, op->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_hl7_sent_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no sent message %lld", (long long)id) : false;
    op->event->patient = arena_str(op->arena, db_get(r, 0, 12));
    op->event->accession = arena_str(op->arena, db_get(r, 0, 13));
    buf_init(&b, 8 * ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    put_columns(&b, r, 0);
    json_put_field(&b, "raw", text_of(op, db_get_bytes(r, 0, 17, op->arena)));
    json_put_field(&b, "ack", text_of(op, db_get_bytes(r, 0, 18, op->arena)));
    json_put_field(&b, "warnings", db_get(r, 0, 19));
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}

/* ---- dead letters ---- */

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
