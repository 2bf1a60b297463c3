/* Searches of several types: of the system ("/fhir?_type=…") and of what belongs to a patient, an encounter, a device
 * or a person ("/fhir/Patient/1/Observation", or all types by a star). Parameters are those that all types have, and
 * none is chained: a chain is of one type. */
#include "fhir/rest/search_priv.h"

#include "schema/queries.h"

enum { TYPES_MAX = 160 };

static bool has_type(const struct query *q, struct str type)
{
    for (size_t i = 0; i < q->type_count; i++)
        if (str_eq(q->types[i], type))
            return true;
    return false;
}

bool many_take_type(struct query *q, struct str value, struct err *e)
{
    struct str type;
    if (!q->many)
        return err_set(e, ERR_UNSUPPORTED, "_type is for searches of several types");
    while (value_next(&value, ',', &type)) {
        if (!fhir_is_resource(type))
            return err_set(e, ERR_INVALID, "_type names no resource type of FHIR R4");
        if (str_is(type, "AuditEvent"))
            return err_set(e, ERR_UNSUPPORTED, "_type: the audit trail is searched alone, at /fhir/AuditEvent");
        if (q->compartment.n && !fhir_compartment(q->compartment, type))
            return err_set(e, ERR_INVALID, "_type: no %.*s is in this compartment", STR_ARG(type));
        if (!has_type(q, type))
            q->types[q->type_count++] = type;
    }
    q->every = false;
    return true;
}

/* Without _type: all that are stored, or all of the compartment. */
static void fill_types(struct query *q)
{
    for (int i = 0; q->many && q->every && fhir_resource_name(i) && i < TYPES_MAX; i++) {
        struct str type = str_of(fhir_resource_name(i));
        if (!str_is(type, "AuditEvent") && (!q->compartment.n || fhir_compartment(q->compartment, type)))
            q->types[q->type_count++] = type;
    }
}

void many_put_types(struct sql *s, const struct query *q)
{
    sql_texts(s, q->types, q->type_count);
}

const struct fhir_search_param *many_param(const struct query *q, struct str name, struct err *e)
{
    const struct fhir_search_param *first = NULL;
    for (size_t i = 0; i < q->type_count; i++) {
        const struct fhir_search_param *p = fhir_search_param_find(q->types[i], name);
        if (!p || (first && p->kind != first->kind)) {
            err_set(e, ERR_UNSUPPORTED, "not all types searched have the parameter '%.*s', of one kind",
                    STR_ARG(str_utf8_clip(name, 60)));
            return NULL;
        }
        first = first ? first : p;
    }
    return first;
}

int many_hashes(struct sql *s, struct str name, struct str part)
{
    const struct query *q = s->many;
    int64_t *hash = ARENA_ARRAY(s->arena, int64_t, q->type_count + 1);
    for (size_t i = 0; i < q->type_count; i++)
        hash[i] = record_param_part(q->types[i], name, part);
    return sql_ints(s, hash, q->type_count);
}

/* ---- compartments ---- */

void many_put_compartment(struct sql *s, const struct query *q)
{
    struct str one, refs[2];
    size_t n = 0;
    int64_t *hash = ARENA_ARRAY(s->arena, int64_t, 8 * (q->type_count + 1));
    for (size_t i = 0; i < q->type_count; i++) {
        struct str rest = str_of(fhir_compartment(q->compartment, q->types[i]));
        while (rest.n && n < 8 * q->type_count && str_next(&rest, ',', &one))
            hash[n++] = record_param(q->types[i], one);
    }
    refs[0] = arena_printf(s->arena, "%.*s/%.*s", STR_ARG(q->compartment), STR_ARG(q->centre));
    refs[1] = arena_printf(s->arena, "%.*s/%.*s", STR_ARG(answer_base(s->op)), STR_ARG(refs[0]));
    int place[3] = {sql_ints(s, hash, n), sql_texts(s, refs, 2), sql_text(s, refs[0])};
    sql_put(s, &Q_search_compartment, place);
}

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
    struct query *q = ARENA_NEW(op->arena, struct query);
    query_start(op, STR(""), q);
    q->path = path;
    q->many = q->every = true;
    q->types = ARENA_ARRAY(op->arena, struct str, TYPES_MAX + 1);
    op->event->query = h->request->body.n ? h->request->body : h->request->query_raw;
    return q;
}

static bool read_and_serve(struct op *op, struct gate_http *h, struct query *q, struct err *e)
{
    struct answer_form form;
    if (!negotiate_answer(h->request, &form, e) || !query_take(h, q, e))
        return false;
    fill_types(q);
    if (q->type_count == 1) { /* all that one type can */
        q->many = false;
        q->type = q->types[0];
    }
    return search_answer(op, h, q, e);
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
    if (!many_take_type(q, inner, e))
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
