/* A visit that was booked for the wrong person (ADT^A45): it goes to the right one with its orders and steps. */
#include "domain/resource.h"
#include "domain/rule.h"
#include "domain/visit.h"
#include "schema/queries.h"

struct moving {
    struct domain d; /* the rules that keep documents with their patient stand back */
    struct str to;   /* "Patient/…" */
    int64_t *task;
    size_t n;
};

static bool load(struct moving *g, const struct record_doc *visit, struct err *e)
{
    struct db_args args = db_args(g->d.arena);
    db_int(&args, record_param(STR("Task"), STR("encounter")));
    db_text(&args, domain_reference(&g->d, visit));
    const struct db_rows *rows = db_run(g->d.db, &Q_visit_tasks, &args, e);
    if (!rows)
        return false;
    g->n = (size_t)db_count(rows);
    g->task = ARENA_ARRAY(g->d.arena, int64_t, g->n + 1);
    for (size_t i = 0; i < g->n; i++)
        g->task[i] = db_get_int(rows, (int)i, 0);
    return true;
}

static bool check_bound(struct moving *g, struct err *e)
{
    struct db_args args = db_args(g->d.arena);
    db_ints(&args, g->task, g->n);
    const struct db_rows *rows = db_run(g->d.db, &Q_visit_bound, &args, e);
    if (!rows)
        return false;
    return !db_count(rows) ||
           rule_break(RULE_VISIT_BOUND, e, "an order of the visit has %.*s; merge the records instead",
                      STR_ARG(db_get(rows, 0, 0)));
}

static bool give(struct moving *g, struct record_doc *doc, const char *path, struct err *e)
{
    return fhir_set(g->d.arena, doc->node, path, g->to, e) && resource_put(&g->d, doc, e);
}

static bool follow_locked(struct moving *g, struct str reference, struct record_doc *ret_doc, bool *ret_found,
                          struct err *e)
{
    if (!domain_follow(&g->d, reference, ret_doc, ret_found, e))
        return false;
    return !*ret_found || (record_get_rid(g->d.db, g->d.arena, ret_doc->rid, RECORD_UPDATE, ret_doc, e) &&
                           record_parse(g->d.arena, ret_doc, e));
}

/* The study to come is looked for by its patient: it goes before the steps that are projected with it. */
static bool give_studies(struct moving *g, const struct record_doc *order, struct err *e)
{
    struct domain *d = &g->d;
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("ImagingStudy"), STR("basedon")));
    db_text(&args, domain_reference(d, order));
    db_text(&args, STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_resource_find_token, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    struct record_doc *doc = ARENA_ARRAY(d->arena, struct record_doc, n + 1);
    for (size_t i = 0; i < n; i++)
        doc[i] = record_row(rows, (int)i, d->arena);
    for (size_t i = 0; i < n; i++)
        if (!record_get_rid(d->db, d->arena, doc[i].rid, RECORD_UPDATE, &doc[i], e) ||
            !record_parse(d->arena, &doc[i], e) || !give(g, &doc[i], "subject.reference", e))
            return false;
    return rows != NULL;
}

static bool give_step(struct moving *g, int64_t rid, struct err *e)
{
    struct record_doc task, procedure, order;
    bool found, ordered = false;
    if (!record_get_rid(g->d.db, g->d.arena, rid, RECORD_UPDATE, &task, e) || !record_parse(g->d.arena, &task, e) ||
        !follow_locked(g, fhir_text(task.node, "basedOn[0].reference"), &procedure, &found, e))
        return false;
    if (found && !follow_locked(g, fhir_text(procedure.node, "basedOn[0].reference"), &order, &ordered, e))
        return false;
    if (ordered && !(give_studies(g, &order, e) && give(g, &order, "subject.reference", e)))
        return false;
    if (found && !give(g, &procedure, "subject.reference", e))
        return false;
    return give(g, &task, "for.reference", e);
}

bool visit_move(struct domain *d, const struct visit_move *m, struct record_doc *ret_doc, struct err *e)
{
    struct moving g = {.d = *d, .to = domain_reference(d, m->to)};
    bool found;
    if (!visit_find(d, m->from, m->prior, ret_doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no such visit of this patient");
    if (!record_get_rid(d->db, d->arena, ret_doc->rid, RECORD_UPDATE, ret_doc, e) ||
        !record_parse(d->arena, ret_doc, e) || !load(&g, ret_doc, e) || !check_bound(&g, e))
        return false;
    g.d.merging = true;
    if (!fields_write(d->arena, m->fields, ENTITY_ENCOUNTER, ret_doc->node, e) ||
        !fhir_set(d->arena, ret_doc->node, "subject.reference", g.to, e) || !record_put(d->db, d->arena, ret_doc, e))
        return false;
    for (size_t i = 0; i < g.n; i++)
        if (!give_step(&g, g.task[i], e))
            return err_wrap(e, "move the visit's orders");
    d->warning_count = g.d.warning_count;
    return true;
}
