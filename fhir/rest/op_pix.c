/* Patient/$ihe-pix (IHE PIXm, ITI-83): the other identifiers of the patient who has one, and where the record is. */
#include "fhir/rest/operation_priv.h"

#include "fhir/rest/search_priv.h"
#include "schema/queries.h"

enum { TARGETS_MAX = 50 };

struct pix {
    struct operation *o;
    struct str base, system, value; /* the source */
    struct str target[TARGETS_MAX];
    size_t targets;
    struct record_doc patient;
};

static bool read_source(struct pix *x, struct err *e)
{
    struct arena *a = x->o->op->arena;
    struct str rest = operation_text(x->o, "sourceIdentifier"), system;
    if (!value_next(&rest, '|', &system) || !rest.p || !system.n || !rest.n)
        return err_set(e, ERR_INVALID, "sourceIdentifier is an assigning authority's URI, '|' and the identifier");
    x->system = value_plain(a, system);
    x->value = value_plain(a, rest);
    return true;
}

static bool read_targets(struct pix *x, struct err *e)
{
    const struct fhir_node *p;
    for (size_t i = 0; (p = operation_parameter(x->o->in, "targetSystem", i)) != NULL; i++) {
        if (i == TARGETS_MAX)
            return err_set(e, ERR_INVALID, "at most %d targetSystem", TARGETS_MAX);
        for (const struct fhir_node *m = p->first; m; m = m->next)
            if (str_starts(m->key, "value"))
                x->target[x->targets++] = m->text;
    }
    return true;
}

static bool is_own(const struct pix *x, struct str system)
{
    return str_eq(system, x->base);
}

/* The namespace behind a system; *ret_known false when nobody has identifiers of it. */
static bool find_authority(struct pix *x, struct str system, struct str *ret_namespace, bool *ret_known,
                           struct err *e)
{
    struct db_args args = db_args(x->o->op->arena);
    db_text(&args, system);
    const struct db_rows *rows = db_run(x->o->op->db, &Q_pix_authority, &args, e);
    *ret_known = rows && db_count(rows);
    if (*ret_known)
        *ret_namespace = arena_str(x->o->op->arena, db_get(rows, 0, 0));
    return rows != NULL;
}

static bool unknown_patient(struct err *e)
{
    return err_set(e, ERR_NOT_FOUND, "sourceIdentifier Patient Identifier not found");
}

/* "http://host/fhir|Patient/1" is the record's own name for somebody. */
static bool find_by_id(struct pix *x, struct err *e)
{
    bool found;
    struct op *op = x->o->op;
    struct record_key key = {.access = op->access, .lock = RECORD_READ};
    if (!domain_split_reference(x->value, &key.type, &key.id) || !str_is(key.type, "Patient"))
        return unknown_patient(e);
    if (!record_find(op->db, op->arena, key, &x->patient, &found, e))
        return false;
    return (found && !x->patient.deleted) || unknown_patient(e);
}

static bool find_patient(struct pix *x, struct err *e)
{
    bool known;
    struct str namespace_;
    struct op *op = x->o->op;
    struct db_args args = db_args(op->arena);
    if (is_own(x, x->system))
        return find_by_id(x, e);
    if (!find_authority(x, x->system, &namespace_, &known, e))
        return false;
    if (!known)
        return err_set(e, ERR_DOMAIN_UNKNOWN, "sourceIdentifier Assigning Authority not found");
    db_text_opt(&args, op->access);
    db_text(&args, namespace_);
    db_text(&args, x->value);
    const struct db_rows *rows = db_run(op->db, &Q_pix_patient, &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return unknown_patient(e);
    x->patient = record_row(rows, 0, op->arena);
    return true;
}

static bool check_targets(struct pix *x, struct err *e)
{
    bool known;
    struct str namespace_;
    for (size_t i = 0; i < x->targets; i++) {
        if (is_own(x, x->target[i]))
            continue;
        if (!find_authority(x, x->target[i], &namespace_, &known, e))
            return false;
        if (!known)
            return err_set(e, ERR_TARGET_UNKNOWN, "targetSystem not found");
    }
    return true;
}

static bool is_wanted(const struct pix *x, struct str system)
{
    for (size_t i = 0; i < x->targets; i++)
        if (str_eq(x->target[i], system))
            return true;
    return !x->targets;
}

static void put_identifiers(struct pix *x, struct fhir_node *out)
{
    const struct fhir_node *list = fhir_member(x->patient.node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        struct str system = fhir_text(i, "system"), value = fhir_text(i, "value");
        bool source = str_eq(system, x->system) && str_eq(value, x->value);
        if (!system.n || !value.n || source || str_is(fhir_text(i, "use"), "old") || !is_wanted(x, system))
            continue;
        struct fhir_node *copy = fhir_copy(x->o->op->arena, i);
        copy->next = NULL;
        operation_add_value(x->o, out, "targetIdentifier", "valueIdentifier", copy);
    }
    if (!is_wanted(x, x->base) || is_own(x, x->system))
        return;
    struct fhir_node *p = operation_add(x->o, out, "targetId");
    fhir_add_string(x->o->op->arena, fhir_add_object(x->o->op->arena, p, "valueReference"), "reference",
                    arena_printf(x->o->op->arena, "Patient/%.*s", STR_ARG(x->patient.id)));
}

bool op_pix(struct operation *o, struct err *e)
{
    struct pix x = {.o = o, .base = fhir_base(o->op)};
    o->op->event->query = o->h->request->query_raw;
    if (!read_source(&x, e) || !read_targets(&x, e) || !find_patient(&x, e) || !check_targets(&x, e) ||
        !record_parse(o->op->arena, &x.patient, e))
        return false;
    o->op->event->patient = x.patient.id;
    o->op->event->count = 1;
    struct fhir_node *out = operation_out(o);
    put_identifiers(&x, out);
    return operation_answer(o, 200, out, e);
}
