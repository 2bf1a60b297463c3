#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"

static bool check_id(const struct fhir_node *node, struct str id, struct err *e)
{
    if (str_eq(fhir_text(node, "id"), id))
        return true;
    err_set(e, ERR_INVALID, "the body's id is not that of the address");
    return err_at(e, "id");
}

/* The document to change, locked; version 0 when it is to be made. ret_shown: the version clients see. */
static bool find(struct op *op, struct str type, struct str id, struct record_doc *ret_doc, int *ret_shown,
                 struct err *e)
{
    bool found;
    struct domain d = gate_domain(op);
    if (!record_find(op->db, op->arena, op->access, type, id, RECORD_UPDATE, ret_doc, &found, e))
        return false;
    *ret_shown = 0;
    if (!found) {
        *ret_doc = *record_new(op->arena, arena_cstr(op->arena, type));
        ret_doc->id = id;
        return true;
    }
    struct record_doc shown = *ret_doc;
    if (!resource_render(&d, &shown, e))
        return false;
    *ret_shown = shown.deleted ? 0 : shown.version;
    return true;
}

bool fhir_update(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct answer_form form;
    struct fhir_node *node;
    struct record_doc doc;
    int shown;
    struct domain d = gate_domain(op);
    if (!answer_target(h, &type, &id, e) || !negotiate_answer(h->request, &form, e))
        return false;
    answer_about(op, type, id);
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (!body_read(op, h, type, &node, e) || !check_id(node, id, e) ||
        !body_references(op, node, op->event->object_id, e) || !find(op, type, id, &doc, &shown, e) ||
        !answer_if_match(h->request, shown, e))
        return false;
    doc.node = node;
    if (!shown)
        op->event->kind = AUDIT_RESOURCE_CREATE;
    return resource_put(&d, &doc, e) && body_written(op, h, &doc, shown ? 200 : 201, e);
}
