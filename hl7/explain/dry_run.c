/* A message tried out: the real handler in a transaction of its own, which is rolled back. */
#include "hl7/explain/explain_priv.h"

#include "base/json.h"
#include "domain/authority.h"
#include "domain/resource.h"
#include "domain/worklist.h"
#include "record/record.h"

enum { DOCUMENTS_MAX = 500 };

struct dry_run {
    struct op *op; /* of the one who asks */
    struct op own; /* of the trial */
    struct audit_event event;
    struct hl7_trial trial;
    struct buf *json;
    bool accepted;
};

/* ---- what it would write ---- */

static bool put_document(struct dry_run *t, const struct record_written *w, struct err *e)
{
    struct domain d = gate_domain(&t->own);
    struct record_doc doc;
    if (!record_get_rid(t->own.db, t->own.arena, w->rid, RECORD_READ, &doc, e) || doc.deleted)
        return doc.deleted;
    if (!record_parse(t->own.arena, &doc, e) || !resource_render(&d, &doc, e))
        return false;
    json_put_comma(t->json);
    buf_printf(t->json, "{\"fullUrl\":\"%s/fhir/%.*s/%.*s\",\"resource\":", d.policy->public_url, STR_ARG(w->type),
               STR_ARG(w->id));
    buf_str(t->json, doc.content);
    buf_putc(t->json, '}');
    return true;
}

static bool put_bundle(struct dry_run *t, const struct record_written *w, size_t n, struct err *e)
{
    json_put_name(t->json, "bundle");
    buf_puts(t->json, "{\"resourceType\":\"Bundle\",\"type\":\"collection\"");
    if (n)
        buf_puts(t->json, ",\"entry\":[");
    for (size_t i = 0; i < n && i < DOCUMENTS_MAX; i++)
        if (!put_document(t, &w[i], e))
            return err_wrap(e, "document %zu", i + 1);
    buf_puts(t->json, n ? "]}" : "}");
    return true;
}

static bool put_steps(struct dry_run *t, int64_t request, struct str *told, size_t *n, struct err *e)
{
    struct domain d = gate_domain(&t->own);
    struct worklist_step *step;
    size_t steps;
    if (!worklist_of(&d, request, &step, &steps, e))
        return false;
    for (size_t i = 0; i < steps && *n < DOCUMENTS_MAX; i++) {
        bool known = false;
        for (size_t k = 0; k < *n && !known; k++)
            known = str_eq(told[k], step[i].task);
        if (known)
            continue;
        told[(*n)++] = step[i].task;
        json_put_comma(t->json);
        if (!explain_settings()->worklist_json(&step[i], t->own.arena, t->json, e))
            return false;
    }
    return true;
}

/* An order that was here already, and stays as it is. */
static bool put_named(struct dry_run *t, struct str *told, size_t *n, struct err *e)
{
    struct domain d = gate_domain(&t->own);
    struct record_doc order;
    bool found = false;
    if (!str_starts(t->event.object_id, "ServiceRequest/"))
        return true;
    return domain_follow(&d, t->event.object_id, &order, &found, e) && (!found || put_steps(t, order.rid, told, n, e));
}

/* An order and its procedures lead to the same steps: each is told once. */
static bool put_worklist(struct dry_run *t, const struct record_written *w, size_t n, struct err *e)
{
    struct str *told = ARENA_ARRAY(t->own.arena, struct str, DOCUMENTS_MAX);
    size_t steps = 0;
    bool ok = true;
    json_put_name(t->json, "worklist");
    buf_putc(t->json, '[');
    for (size_t i = 0; i < n && ok; i++)
        if (str_is(w[i].type, "ServiceRequest"))
            ok = put_steps(t, w[i].rid, told, &steps, e);
    ok = ok && (steps || !t->accepted || put_named(t, told, &steps, e));
    buf_putc(t->json, ']');
    return ok;
}

/* ---- what it would be told ---- */

static void put_origins(struct dry_run *t)
{
    json_put_name(t->json, "fields");
    buf_putc(t->json, '[');
    for (size_t i = 0; i < t->trial.origins; i++) {
        const struct hl7_origin *o = &t->trial.origin[i];
        json_put_comma(t->json);
        buf_putc(t->json, '{');
        json_put_int(t->json, "group", (int64_t)o->group);
        json_put_field(t->json, "field", str_of(field_row(o->field)->name));
        json_put_field(t->json, "value", o->value);
        json_put_bool(t->json, "removed", o->removed);
        json_put_field(t->json, "place", str_of(o->place));
        json_put_field(t->json, "location", str_of(o->location));
        json_put_field(t->json, "transform", str_of(o->transform));
        buf_putc(t->json, '}');
    }
    buf_putc(t->json, ']');
}

static void put_error(struct dry_run *t, const struct err *why)
{
    json_put_name(t->json, "error");
    if (t->accepted) {
        buf_puts(t->json, "null");
        return;
    }
    buf_putc(t->json, '{');
    json_put_field(t->json, "code", str_of(err_row(why->code)->name));
    json_put_field(t->json, "text", str_of(err_said(why)));
    json_put_field(t->json, "location", str_of(why->path));
    buf_putc(t->json, '}');
}

static void put_answer(struct dry_run *t, const struct err *why)
{
    const struct hl7_trial *x = &t->trial;
    json_put_field(t->json, "trigger", x->trigger);
    json_put_field(t->json, "controlId", x->control_id);
    json_put_field(t->json, "sender",
                   arena_printf(t->own.arena, "%.*s|%.*s", STR_ARG(x->application), STR_ARG(x->facility)));
    json_put_field(t->json, "characterSet", x->charset);
    json_put_field(t->json, "outcome", str_of(!t->accepted ? "refused" : x->repeated ? "repeated" : "accepted"));
    json_put_field(t->json, "ackCode", str_of(x->code ? x->code : ""));
    json_put_field(t->json, "ack", x->ack);
    put_error(t, why);
    explain_put_texts(t->json, "warnings", x->warning, x->warnings);
    put_origins(t);
}

/* ---- the trial ---- */

static bool put_effects(struct dry_run *t, struct err *e)
{
    size_t n = 0;
    const struct record_written *w = t->accepted ? record_written(t->own.db, &n) : NULL;
    return put_worklist(t, w, n, e) && put_bundle(t, w, n, e);
}

/* The trail names the patient who is looked at, if there is one outside the trial. */
static bool tell_event(struct dry_run *t, struct err *e)
{
    struct op *op = t->op;
    struct record_doc doc;
    bool found = false;
    struct record_key key = {.access = op->access, .type = STR("Patient"), .id = t->event.patient};
    op->event->object_type = STR("Message");
    op->event->object_id = t->trial.control_id;
    op->event->accession = t->event.accession;
    if (key.id.n && !record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    if (found)
        op->event->patient = key.id;
    return true;
}

static bool run(struct dry_run *t, struct str message, struct err *e)
{
    struct hl7_peer peer = {.gate = t->op->gate, .fallback = explain_fallback(), .address = "dry run"};
    struct err why;
    err_clear(&why);
    record_gather(t->own.db, t->own.arena);
    t->accepted = hl7_try(&t->own, &peer, message, &t->trial, &why) && db_flush(t->own.db, &why);
    if (!t->accepted && (why.code == ERR_INTERNAL || why.code == ERR_UNAVAILABLE)) {
        *e = why;
        return false;
    }
    put_answer(t, &why);
    return put_effects(t, e);
}

bool explain_dry_run(struct op *op, struct str message, struct buf *ret_json, struct err *e)
{
    struct dry_run *t = ARENA_NEW(op->arena, struct dry_run);
    t->op = op;
    t->json = ret_json;
    t->own = *op;
    t->event = *op->event;
    t->own.tx = GATE_WRITE;
    t->own.event = &t->event;
    buf_putc(ret_json, '{');
    bool ok = db_begin(op->db, DB_WRITE, e) && run(t, message, e);
    db_rollback(op->db);
    buf_putc(ret_json, '}');
    /* authorities made in the trial were remembered, and are gone */
    return ok && authorities_load(op->db, e) && tell_event(t, e) && buf_ok(ret_json, e);
}

bool explain_try(struct op *op, struct gate_http *h, struct err *e)
{
    struct str message;
    struct buf b;
    buf_init(&b, EXPLAIN_JSON_MAX);
    bool ok = explain_message(op, h, &message, e) && explain_dry_run(op, message, &b, e);
    if (ok)
        return explain_json(h, &b, e);
    buf_release(&b);
    return false;
}
