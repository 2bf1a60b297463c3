#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"

/* What is not there, or not any more, is as gone as a client wants it to be: 204 again. */
bool fhir_delete(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct record_doc doc;
    bool found;
    struct domain d = gate_domain(op);
    if (!answer_target(h, &type, &id, e))
        return false;
    answer_about(op, type, id);
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    struct record_key key = {op->access, type, id, RECORD_UPDATE};
    if (!record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    h->response->status = 204;
    if (!found || doc.deleted)
        return answer_if_match(h->request, 0, e);
    struct record_doc shown = doc;
    if (!resource_render(&d, &shown, e) || !answer_if_match(h->request, shown.version, e))
        return false;
    if (!record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    if (!resource_delete(&d, &doc, e))
        return false;
    http_set(h->response, "ETag", answer_etag(op->arena, doc.version));
    return true;
}
