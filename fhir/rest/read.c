#include "fhir/rest/rest_priv.h"

#include "schema/queries.h"

/* One SELECT: the document, and whom it is about, so that nothing needs to be parsed for the audit trail. */
bool read_document(struct op *op, struct str type, struct str id, struct record_doc *ret_doc, struct err *e)
{
    struct str patient, of, number;
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, type);
    db_text(&args, id);
    db_int(&args, record_param(type, STR("patient")));
    const struct db_rows *rows = db_run(op->db, &Q_fhir_read, &args, e);
    if (!rows)
        return err_wrap(e, "read '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    if (!db_count(rows) && str_is(type, "Binary")) {
        bool found = false;
        if (!binary_of_report(op, id, ret_doc, &found, e) || found)
            return found;
    }
    if (!db_count(rows) && str_is(type, "Provenance")) {
        bool found = false;
        if (!provenance_of_message(op, id, ret_doc, &found, e) || found)
            return found;
    }
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    *ret_doc = record_row(rows, 0, op->arena);
    if (ret_doc->deleted)
        return err_set(e, ERR_GONE, "'%.*s/%.*s' was deleted", STR_ARG(type), STR_ARG(id));
    patient = arena_str(op->arena, db_get(rows, 0, 8));
    if (str_is(type, "Patient"))
        op->event->patient = ret_doc->id;
    else if (domain_split_reference(patient, &of, &number))
        op->event->patient = number;
    return true;
}

bool fhir_read(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct record_doc doc;
    bool sent = false, own;
    if (!answer_target(h, &type, &id, e))
        return false;
    answer_about(op, type, id);
    if (str_is(type, "AuditEvent"))
        return audit_event_read(op, h, id, e);
    if (!builtin_find(op, type, id, &doc, &own, e) ||
        (!own && (!read_document(op, type, id, &doc, e) || !instances_read(op, h, fhir_base(op), &doc, e))))
        return false;
    answer_version(h, &doc);
    if (answer_unchanged(h->request, &doc)) {
        h->response->status = 304;
        return true;
    }
    if (str_is(type, "Binary") && !binary_answer(op, h, &doc, &sent, e))
        return false;
    return sent || answer_json(op, h, 200, doc.content, e);
}
