/* Delete, and conditional delete. */
#include "fhir/rest/reference_priv.h"

#include "domain/resource.h"

/* What is not there, or not any more, is as gone as a client wants it to be: 204 again. */
static bool delete_one(struct op *op, struct rest_write *w, struct err *e)
{
    struct record_doc shown;
    bool found;
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, w->type, w->id, RECORD_DELETE};
    answer_about(op, w->type, w->id);
    if (!builtin_untouched(op, w->type, w->id, e))
        return false;
    if (!record_find(op->db, op->arena, key, &w->doc, &found, e))
        return false;
    if (!found)
        w->doc = (struct record_doc){.version = 0};
    if (!found || w->doc.deleted)
        return answer_if_match(w->if_match, 0, e);
    shown = w->doc;
    if (!resource_render(&d, &shown, e) || !answer_if_match(w->if_match, shown.version, e) ||
        !record_parse(op->arena, &w->doc, e))
        return false;
    answer_patient(op, &w->doc);
    w->doc.method = "DELETE";
    return (w->later || references_free(op, &w->doc, e)) && resource_delete(&d, &w->doc, e);
}

enum { MATCHES_MAX = 100 };

/* All that match, when the site allows it; each beyond the first has an event of its own. */
static bool delete_matches(struct op *op, struct rest_write *w, struct err *e)
{
    struct matches m;
    bool several = fhir_settings()->delete_multiple;
    if (!conditional_matches(op, w->type, w->criteria, several ? MATCHES_MAX + 1 : 2, &m, e))
        return false;
    if (m.n > 1 && (!several || m.n > MATCHES_MAX))
        return err_set(e, ERR_PRECONDITION, several ? "more than 100 documents match" : "several documents match");
    for (size_t i = 0; i < m.n; i++) {
        if (i) {
            gate_event_keep(op, op->event);
            op->event->patient = STR("");
        }
        w->id = m.docs[i].id;
        if (!delete_one(op, w, e))
            return false;
    }
    return true;
}

bool delete_document(struct op *op, struct rest_write *w, struct err *e)
{
    op->event->kind = AUDIT_RESOURCE_DELETE;
    op->event->object_type = w->type;
    w->status = 204;
    w->doc = (struct record_doc){.version = 0};
    if (str_is(w->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    return w->criteria.p ? delete_matches(op, w, e) : delete_one(op, w, e);
}

bool fhir_delete(struct op *op, struct gate_http *h, struct err *e)
{
    struct rest_write w = {.criteria = STR_NONE, .if_match = http_header_list(h->request, "If-Match")};
    bool by_id = gate_path(h, "id").p != NULL;
    if (by_id ? !answer_target(h, &w.type, &w.id, e)
              : !answer_type(h, &w.type, e) || !conditional_criteria(h, &w.criteria, e))
        return false;
    if (!delete_document(op, &w, e))
        return false;
    h->response->status = w.status;
    if (w.doc.version && by_id)
        http_set(h->response, "ETag", answer_etag(op->arena, w.doc.version));
    return !str_is(negotiate_prefer(h->request, "return"), "OperationOutcome") || body_outcome(op, h, 200, e);
}
