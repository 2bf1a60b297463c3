#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"

/* The newest version is shown as it is now; a study's archive revision counts in its number. */
bool vread_document(struct op *op, struct str type, struct str id, int version, struct record_doc *ret_doc,
                    struct err *e)
{
    bool found;
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, type, id, RECORD_READ};
    if (!builtin_find(op, type, id, ret_doc, &found, e))
        return false;
    if (found)
        return version == 1 || err_set(e, ERR_NOT_FOUND, "what is built in has one version");
    if (!record_find(op->db, op->arena, key, ret_doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    if (!resource_render(&d, ret_doc, e))
        return false;
    if (ret_doc->version == version && !ret_doc->deleted)
        return true;
    return record_get_version(op->db, op->arena, key, version, ret_doc, e);
}

bool fhir_vread(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct record_doc doc;
    int64_t version;
    if (!answer_target(h, &type, &id, e))
        return false;
    answer_about(op, type, id);
    if (!str_int(gate_path(h, "vid"), &version) || version < 1 || version > INT32_MAX)
        return err_set(e, ERR_NOT_FOUND, "a version is a number from 1");
    if (str_is(type, "AuditEvent") && version == 1)
        return audit_event_read(op, h, id, e);
    if (!vread_document(op, type, id, (int)version, &doc, e) || !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    answer_version(h, &doc);
    if (answer_unchanged(h->request, &doc)) {
        h->response->status = 304;
        return true;
    }
    return answer_json(op, h, 200, doc.content, e);
}
