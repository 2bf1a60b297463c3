/* Searches of several types: of the system ("/fhir?_type=…") and of what belongs to a patient, an encounter, a device
 * or a person ("/fhir/Patient/1/Observation", or all types by a star). Parameters are those that all types have, and
 * none is chained: a chain is of one type. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

enum { TYPES_MAX = 160 };

static bool has_type(const struct query *q, struct str type)
{
    for (size_t i = 0; i < q->type_count; i++)
        if (str_eq(q->types[i], type))
            return true;
    return false;
}

bool query_take_type(struct query *q, struct str value, struct err *e)
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
void many_settle(struct query *q)
{
    for (int i = 0; q->many && q->every && fhir_resource_name(i) && i < TYPES_MAX; i++) {
        struct str type = str_of(fhir_resource_name(i));
        if (!str_is(type, "AuditEvent") && (!q->compartment.n || fhir_compartment(q->compartment, type)))
            q->types[q->type_count++] = type;
    }
    if (q->many && q->type_count == 1) { /* all that one type can */
        q->many = false;
        q->type = q->types[0];
    }
}

struct query *query_start_many(struct op *op, struct str path)
{
    struct query *q = ARENA_NEW(op->arena, struct query);
    query_start(op, STR(""), q);
    q->path = path;
    q->many = q->every = true;
    q->types = ARENA_ARRAY(op->arena, struct str, TYPES_MAX + 1);
    return q;
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
    refs[1] = arena_printf(s->arena, "%.*s/%.*s", STR_ARG(fhir_base(s->op)), STR_ARG(refs[0]));
    int place[3] = {sql_ints(s, hash, n), sql_texts(s, refs, 2), sql_text(s, refs[0])};
    sql_put(s, &Q_search_compartment, place);
}
