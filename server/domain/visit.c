#include "domain/visit.h"

#include "domain/worklist.h"
#include "schema/queries.h"

static const char changed_at[] = "extension[url=urn:isocentre:visit-changed].valueDateTime";

/* What an event makes of the visit. */
static const struct {
    const char *status; /* "": it stays */
    const char *fresh;  /* of a visit not known before; NULL: then there is nothing to do */
    bool moves, back, reopens;
} rules[VISIT_EVENTS] = {
    [VISIT_ADMIT] = {"in-progress", "in-progress", false, false, false},
    [VISIT_REGISTER] = {"arrived", "arrived", false, false, false},
    [VISIT_PREADMIT] = {"planned", "planned", false, false, false},
    [VISIT_TRANSFER] = {"in-progress", "in-progress", true, false, false},
    [VISIT_DISCHARGE] = {"finished", "finished", false, false, false},
    [VISIT_CHANGE] = {"", "unknown", false, false, false},
    [VISIT_ARRIVE] = {"arrived", "arrived", false, false, false},
    [VISIT_CANCEL] = {"cancelled", NULL, false, false, false},
    [VISIT_CANCEL_TRANSFER] = {"", NULL, false, true, false},
    [VISIT_CANCEL_DISCHARGE] = {"in-progress", NULL, false, false, true},
    [VISIT_CANCEL_ARRIVAL] = {"planned", NULL, false, false, false},
};

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return fhir_set(d->arena, doc->node, path, text, e);
}

/* ---- finding ---- */

static bool same_issuer(const struct fhir_node *visit, struct str issuer)
{
    struct str own = fhir_text(visit, "identifier[0].assigner.display");
    return !issuer.n || !own.n || str_eq(own, issuer);
}

static struct db_args find_args(struct domain *d, const struct fields *f)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("Encounter"), STR("identifier")));
    db_text(&args, fields_get(f, FIELD_ADMISSION_ID));
    db_text(&args, STR(""));
    return args;
}

bool visit_ahead(struct domain *d, const struct fields *f, struct err *e)
{
    struct db_args args = find_args(d, f);
    return !fields_get(f, FIELD_ADMISSION_ID).n || db_ahead(d->db, &Q_resource_find_token, &args, e);
}

bool visit_find(struct domain *d, const struct record_doc *patient, const struct fields *f, struct record_doc *ret_doc,
                bool *ret_found, struct err *e)
{
    struct str subject = domain_reference(d, patient);
    struct db_args args = find_args(d, f);
    *ret_found = false;
    if (!fields_get(f, FIELD_ADMISSION_ID).n)
        return true;
    const struct db_rows *rows = db_run(d->db, &Q_resource_find_token, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    struct record_doc *found = ARENA_ARRAY(d->arena, struct record_doc, n + 1);
    for (size_t i = 0; i < n; i++)
        found[i] = record_row(rows, (int)i, d->arena);
    for (size_t i = 0; i < n && !*ret_found; i++) {
        if (!record_parse(d->arena, &found[i], e))
            return false;
        *ret_found = str_eq(fhir_text(found[i].node, "subject.reference"), subject) &&
                     same_issuer(found[i].node, fields_get(f, FIELD_ADMISSION_ISSUER));
        *ret_doc = found[i];
    }
    return rows != NULL;
}

/* ---- where the patient lies ---- */

static int places(const struct fhir_node *visit)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(visit, "location");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    return n;
}

/* The place that was left stays, behind the one that is. */
static bool leave_place(struct domain *d, struct record_doc *doc, struct str next, struct err *e)
{
    struct str now = fhir_text(doc->node, "location[0].location.display");
    if (!now.n || !next.n || str_eq(now, next))
        return true;
    const char *base = arena_printf(d->arena, "location[%d]", places(doc->node)).p;
    return set(d, doc, arena_printf(d->arena, "%s.location.display", base).p, now, e) &&
           set(d, doc, arena_printf(d->arena, "%s.status", base).p, STR("completed"), e);
}

/* The transfer did not happen: the place left last is the place again. */
static bool return_to_place(struct domain *d, struct record_doc *doc, struct err *e)
{
    int last = places(doc->node) - 1;
    if (last < 1)
        return true;
    const char *base = arena_printf(d->arena, "location[%d]", last).p;
    struct str before = fhir_text(doc->node, arena_printf(d->arena, "%s.location.display", base).p);
    if (before.n && !set(d, doc, "location[0].location.display", before, e))
        return false;
    fhir_remove(doc->node, base);
    return true;
}

/* ---- applying ---- */

static bool begin(struct domain *d, enum visit_event event, const struct record_doc *patient, struct record_doc *doc,
                  struct err *e)
{
    *doc = *record_new(d->arena, "Encounter");
    doc->department = d->department;
    return set(d, doc, "status", str_of(rules[event].fresh), e) &&
           set(d, doc, "class.system", STR("http://terminology.hl7.org/CodeSystem/v3-ActCode"), e) &&
           set(d, doc, "class.code", STR("AMB"), e) &&
           set(d, doc, "subject.reference", domain_reference(d, patient), e);
}

static bool is_older(const struct visit_request *r, const struct record_doc *doc)
{
    clock_us from, to;
    struct str last = fhir_text(doc->node, changed_at);
    return r->message_time && last.n && clock_range(last, &from, &to) && from > r->message_time;
}

static bool stamp(struct domain *d, const struct visit_request *r, struct record_doc *doc, struct err *e)
{
    char text[CLOCK_TEXT];
    if (!r->message_time)
        return true;
    clock_site_text(r->message_time, text);
    return set(d, doc, changed_at, arena_str(d->arena, str_of(text)), e);
}

static bool change(struct domain *d, const struct visit_request *r, struct record_doc *doc, struct err *e)
{
    struct str place = fields_get(r->fields, FIELD_PATIENT_LOCATION);
    if (rules[r->event].moves && !leave_place(d, doc, place, e))
        return false;
    if (!fields_write(d->arena, r->fields, ENTITY_ENCOUNTER, doc->node, e))
        return false;
    if (rules[r->event].back && !return_to_place(d, doc, e))
        return false;
    if (rules[r->event].reopens)
        fhir_remove(doc->node, "period.end");
    if (rules[r->event].status[0] && !set(d, doc, "status", str_of(rules[r->event].status), e))
        return false;
    if (fhir_text(doc->node, "location[0].location.display").n && !set(d, doc, "location[0].status", STR("active"), e))
        return false;
    return stamp(d, r, doc, e);
}

bool visit_apply(struct domain *d, const struct visit_request *r, const struct record_doc *patient,
                 struct record_doc *ret_doc, struct err *e)
{
    struct record_doc doc = {.rid = 0};
    bool found;
    *ret_doc = doc;
    if (!fields_get(r->fields, FIELD_ADMISSION_ID).n) {
        domain_warn(d, "no visit number: the visit itself is not kept");
        return true;
    }
    if (!visit_find(d, patient, r->fields, &doc, &found, e))
        return false;
    if (!found && !rules[r->event].fresh) {
        domain_warn(d, "the visit is not known here: there is nothing to take back");
        return true;
    }
    if (found && is_older(r, &doc)) {
        domain_warn(d, "older than what was applied before: kept, not applied");
        *ret_doc = doc;
        return true;
    }
    if (found ? !record_get_rid(d->db, d->arena, doc.rid, RECORD_UPDATE, &doc, e) || !record_parse(d->arena, &doc, e)
              : !begin(d, r->event, patient, &doc, e))
        return false;
    if (!change(d, r, &doc, e) || !record_put(d->db, d->arena, &doc, e) || !visit_project(d, &doc, e))
        return err_wrap(e, "visit");
    *ret_doc = doc;
    return true;
}

bool visit_project(struct domain *d, const struct record_doc *visit, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (visit->version < 2 || visit->deleted)
        return true; /* what is new has no steps yet; what has steps is not deleted */
    db_int(&args, record_param(STR("Task"), STR("encounter")));
    db_text(&args, domain_reference(d, visit));
    const struct db_rows *rows = db_run(d->db, &Q_visit_tasks, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    int64_t *task = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        task[i] = db_get_int(rows, (int)i, 0);
    for (size_t i = 0; i < n; i++) {
        struct record_doc doc;
        if (!record_get_rid(d->db, d->arena, task[i], RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e) ||
            !worklist_project_task(d, &doc, 0, e))
            return false;
    }
    return rows != NULL;
}
