/* HL7 destinations, for people. */
#include "admin/admin_priv.h"

#include "fhir/model/model.h"
#include "hl7/out/out.h"

enum { SETTINGS_MAX = 64 };

bool admin_destinations(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":");
    bool ok = hl7_destination_list(op->db, op->arena, &b, e);
    buf_puts(&b, ",\"settings\":");
    hl7_settings_json(&b);
    buf_putc(&b, '}');
    if (ok)
        return admin_json(h, &b, e);
    buf_release(&b);
    return false;
}

/* Arrays of words are lists; the rows of templates stay JSON. */
static bool value_of(struct op *op, const struct fhir_node *n, struct str *ret_value, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, ADMIN_BODY_MAX);
    *ret_value = n->text;
    if (n->kind != FHIR_ARRAY && n->kind != FHIR_OBJECT)
        return n->kind != FHIR_NULL || err_set(e, ERR_INVALID, "a setting has a value");
    bool words = n->kind == FHIR_ARRAY && (!n->first || n->first->kind == FHIR_STRING);
    for (const struct fhir_node *i = n->first; words && i; i = i->next) {
        if (b.n)
            buf_putc(&b, ',');
        buf_str(&b, i->text);
    }
    if (!words && !fhir_write_json(n, false, &b, e))
        return false;
    *ret_value = arena_str(op->arena, buf_view(&b));
    return true;
}

static void tell(struct op *op, const struct gate_http *h)
{
    op->event->object_type = STR("Destination");
    op->event->object_id = gate_path(h, "name");
}

static bool answer(struct gate_http *h)
{
    gate_http_body(h, 200, "application/json", STR("{}"));
    return true;
}

bool admin_destination_put(struct op *op, struct gate_http *h, struct err *e)
{
    struct hl7_setting s[SETTINGS_MAX];
    size_t n = 0;
    const struct fhir_node *body = fhir_parse_json(op->arena, h->request->body, e);
    if (!body || body->kind != FHIR_OBJECT)
        return body ? err_set(e, ERR_INVALID, "the body is an object of settings") : false;
    for (const struct fhir_node *m = body->first; m; m = m->next) {
        if (n == SETTINGS_MAX)
            return err_set(e, ERR_INVALID, "too many settings");
        s[n].name = m->key;
        if (!value_of(op, m, &s[n++].value, e))
            return false;
    }
    tell(op, h);
    return hl7_destination_put(op->db, op->arena, gate_path(h, "name"), s, n, e) && answer(h);
}

bool admin_destination_remove(struct op *op, struct gate_http *h, struct err *e)
{
    tell(op, h);
    return hl7_destination_remove(op->db, op->arena, gate_path(h, "name"), e) && answer(h);
}

bool admin_destination_pause(struct op *op, struct gate_http *h, struct err *e)
{
    tell(op, h);
    return hl7_destination_pause(op->db, op->arena, gate_path(h, "name"), true, e) && answer(h);
}

bool admin_destination_resume(struct op *op, struct gate_http *h, struct err *e)
{
    tell(op, h);
    return hl7_destination_pause(op->db, op->arena, gate_path(h, "name"), false, e) && answer(h);
}
