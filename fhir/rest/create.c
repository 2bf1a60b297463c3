#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"

bool fhir_create(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type;
    struct answer_form form;
    struct fhir_node *node;
    struct domain d = gate_domain(op);
    if (!answer_type(h, &type, e) || !negotiate_answer(h->request, &form, e))
        return false;
    op->event->object_type = type;
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail writes AuditEvents itself");
    if (http_header(h->request, "If-None-Exist").p)
        return err_set(e, ERR_UNSUPPORTED, "this server does not take If-None-Exist");
    if (!body_read(op, h, type, &node, e))
        return false;
    struct record_doc *doc = record_new(op->arena, arena_cstr(op->arena, type));
    answer_about(op, type, doc->id);
    if (!body_references(op, node, STR(""), e))
        return false;
    doc->node = node;
    return resource_put(&d, doc, e) && body_written(op, h, doc, 201, e);
}
