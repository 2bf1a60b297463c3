/* Searches of several types: of the system ("/fhir?_type=…") and of what belongs to a patient, an encounter, a device
 * or a person ("/fhir/Patient/1/Observation", or all types by a star). */
#include "fhir/rest/search_priv.h"

/* Who may not see the centre is told what everybody is told of one that is not there. */
static bool check_centre(struct op *op, const struct query *q, struct err *e)
{
    struct record_doc doc;
    bool found = false;
    struct record_key key = {op->access, q->compartment, q->centre, RECORD_READ};
    if (!record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    if (found && !doc.deleted)
        return true;
    return err_set(e, found ? ERR_GONE : ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(q->compartment), STR_ARG(q->centre));
}

static struct query *start(struct op *op, struct gate_http *h, struct str path)
{
    op->event->query = h->request->body.n ? h->request->body : h->request->query_raw;
    return query_start_many(op, path);
}

static bool read_and_serve(struct op *op, struct gate_http *h, struct query *q, struct err *e)
{
    struct answer_form form;
    return negotiate_answer(h->request, &form, e) && search_request(h, q, e) && search_answer(op, h, q, NULL, e);
}

bool fhir_search_system(struct op *op, struct gate_http *h, struct err *e)
{
    op->event->object_type = STR("Resource");
    return read_and_serve(op, h, start(op, h, STR("")), e);
}

static bool inner_types(struct query *q, struct str inner, struct err *e)
{
    if (str_is(inner, "*"))
        return true;
    if (!fhir_is_resource(inner) || !fhir_compartment(q->compartment, inner))
        return err_set(e, ERR_NOT_FOUND, "no such type in the compartment of a %.*s", STR_ARG(q->compartment));
    if (!query_take_type(q, inner, e))
        return false;
    q->type = inner;
    q->many = false;
    return true;
}

bool fhir_search_compartment(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id, inner = gate_path(h, "inner");
    if (!answer_target(h, &type, &id, e))
        return false;
    answer_about(op, type, id);
    if (!fhir_compartment(type, type))
        return err_set(e, ERR_NOT_FOUND, "%.*s is the centre of no compartment", STR_ARG(type));
    if (str_is(type, "Patient"))
        op->event->patient = id;
    struct str path = arena_printf(op->arena, "%.*s/%.*s/%.*s", STR_ARG(type), STR_ARG(id), STR_ARG(inner));
    struct query *q = start(op, h, path);
    q->compartment = type;
    q->centre = id;
    return inner_types(q, inner, e) && check_centre(op, q, e) && read_and_serve(op, h, q, e);
}
