/* Create, and conditional create (If-None-Exist). */
#include "fhir/rest/reference_priv.h"

#include "domain/resource.h"

static bool write_new(struct op *op, struct rest_write *w, struct err *e)
{
    struct domain d = gate_domain(op);
    w->doc = w->made ? *w->made : *record_new(op->arena, arena_cstr(op->arena, w->type));
    answer_about(op, w->type, w->doc.id);
    if (!w->later && !body_references(op, w->node, STR(""), e))
        return false;
    w->doc.node = w->node;
    w->doc.method = w->method ? w->method : "POST";
    w->status = 201;
    return resource_put(&d, &w->doc, e) && resource_render(&d, &w->doc, e);
}

/* What exists already is told, not written again. */
static bool tell_existing(struct op *op, struct rest_write *w, struct record_doc *doc, struct err *e)
{
    struct domain d = gate_domain(op);
    w->doc = *doc;
    w->status = 200;
    answer_about(op, w->type, w->doc.id);
    op->event->kind = AUDIT_RESOURCE_READ;
    return resource_render(&d, &w->doc, e) && record_parse(op->arena, &w->doc, e);
}

bool create_document(struct op *op, struct rest_write *w, struct err *e)
{
    struct matches m;
    op->event->kind = AUDIT_RESOURCE_CREATE;
    op->event->object_type = w->type;
    if (str_is(w->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail writes AuditEvents itself");
    if (w->existing)
        return tell_existing(op, w, w->existing, e);
    if (!w->criteria.p)
        return write_new(op, w, e);
    if (!conditional_matches(op, w->type, w->criteria, 2, &m, e))
        return err_wrap(e, "If-None-Exist");
    if (m.n > 1)
        return err_set(e, ERR_PRECONDITION, "If-None-Exist: several documents match");
    return m.n ? tell_existing(op, w, &m.docs[0], e) : write_new(op, w, e);
}

bool fhir_create(struct op *op, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    struct rest_write w = {.id = STR(""), .criteria = http_header(h->request, "If-None-Exist")};
    if (!answer_type(h, &w.type, e) || !negotiate_answer(h->request, &form, e))
        return false;
    op->event->object_type = w.type;
    if (str_is(w.type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail writes AuditEvents itself");
    return body_read(op, h, w.type, &w.node, e) && create_document(op, &w, e) &&
           body_answer(op, h, &w.doc, w.status, e);
}
