/* What the changes of one transaction are in HL7's words. */
#include "hl7/out/out_priv.h"

#include "domain/order.h"
#include "schema/queries.h"

const char *event_name(enum hl7_event event)
{
    static const char *const names[] = {
#define EVENT(name, meaning) #name,
#include "hl7/out/events.def"
#undef EVENT
    };
    return names[event];
}

static struct happening *add(struct happenings *h, enum hl7_event event, const struct record_doc *now)
{
    if (h->n == h->room) {
        struct happening *wider = ARENA_ARRAY(h->d->arena, struct happening, 2 * h->room + 16);
        for (size_t i = 0; i < h->n; i++)
            wider[i] = h->list[i];
        h->list = wider;
        h->room = 2 * h->room + 16;
    }
    h->list[h->n] = (struct happening){.event = event, .rid = now->rid, .now = *now};
    return &h->list[h->n++];
}

static bool has(const struct happenings *h, int64_t rid)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].rid == rid)
            return true;
    return false;
}

/* Do the versions differ in what HL7 tells of this kind of document? The status of a step is asked for by itself. */
static bool differs(struct arena *a, enum field_entity entity, const struct record_change *c)
{
    struct fields *now = ARENA_NEW(a, struct fields), *before = ARENA_NEW(a, struct fields);
    fields_read(a, now, entity, c->now.node);
    fields_read(a, before, entity, c->before.node);
    for (int f = 0; f < FIELDS; f++)
        if (field_row((enum field)f)->entity == entity && f != FIELD_STEP_STATUS &&
            !str_eq(fields_get(now, (enum field)f), fields_get(before, (enum field)f)))
            return true;
    return false;
}

/* ---- patients ---- */

static struct str replaced_by(const struct fhir_node *patient)
{
    return fhir_text(patient, "link[type=replaced-by].other.reference");
}

static bool patient(struct happenings *h, const struct record_change *c, struct err *e)
{
    (void)e;
    struct str now = replaced_by(c->now.node), before = c->before.version ? replaced_by(c->before.node) : STR_NONE;
    if (now.n && !before.n) {
        add(h, HL7_PATIENT_MERGED, &c->now)->other = now;
        h->merged = true;
    } else if (before.n && !now.n) {
        add(h, HL7_PATIENT_UNMERGED, &c->now);
        h->merged = true;
    } else if (!c->before.version) {
        add(h, HL7_PATIENT_NEW, &c->now);
    } else if (differs(h->d->arena, ENTITY_PATIENT, c)) {
        add(h, HL7_PATIENT_CHANGED, &c->now);
    }
    return true;
}

/* A merge gives the one who stays identifiers, an undoing takes them: that is told by it. */
static void drop_what_merging_did(struct happenings *h)
{
    size_t kept = 0;
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].event != HL7_PATIENT_CHANGED)
            h->list[kept++] = h->list[i];
    h->n = kept;
}

/* ---- visits ---- */

static bool visit(struct happenings *h, const struct record_change *c, struct err *e)
{
    static const struct {
        const char *status;
        enum hl7_event event;
    } rows[] = {{"arrived", HL7_VISIT_ADMITTED},
                {"in-progress", HL7_VISIT_ADMITTED},
                {"finished", HL7_VISIT_DISCHARGED},
                {"cancelled", HL7_VISIT_CANCELED}};
    struct str now = fhir_text(c->now.node, "status"),
               before = c->before.version ? fhir_text(c->before.node, "status") : STR_NONE;
    bool told = false, was_there = str_is(before, "arrived") || str_is(before, "in-progress");
    (void)e;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && !told; i++) {
        bool again = rows[i].event == HL7_VISIT_ADMITTED && was_there;
        told = str_is(now, rows[i].status) && !str_eq(now, before) && !again;
        if (told)
            add(h, rows[i].event, &c->now);
    }
    if (!told && c->before.version && was_there &&
        !str_eq(field_read(h->d->arena, FIELD_PATIENT_LOCATION, c->now.node),
                field_read(h->d->arena, FIELD_PATIENT_LOCATION, c->before.node)))
        add(h, HL7_VISIT_MOVED, &c->now);
    return true;
}

/* ---- steps ---- */

static enum hl7_event step_event(struct str now, struct str before)
{
    static const struct {
        const char *status;
        enum hl7_event event;
    } rows[] = {{"ARRIVED", HL7_STEP_ARRIVED},     {"READY", HL7_STEP_ARRIVED},
                {"HELD", HL7_STEP_HELD},           {"STARTED", HL7_STEP_STARTED},
                {"COMPLETED", HL7_STEP_COMPLETED}, {"DISCONTINUED", HL7_STEP_DISCONTINUED},
                {"CANCELED", HL7_STEP_CANCELED}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(now, rows[i].status))
            return rows[i].event;
    return str_is(before, "HELD") || str_is(before, "CANCELED") ? HL7_STEP_RELEASED : HL7_STEP_CHANGED;
}

static bool has_moved(struct arena *a, const struct record_change *c)
{
    return !str_eq(field_read(a, FIELD_STEP_START, c->now.node), field_read(a, FIELD_STEP_START, c->before.node));
}

static bool step(struct happenings *h, const struct record_change *c, struct err *e)
{
    (void)e;
    if (!c->before.version) {
        add(h, HL7_STEP_NEW, &c->now);
        return true;
    }
    struct str now = order_step_status(c->now.node), before = order_step_status(c->before.node);
    if (!str_eq(now, before))
        add(h, step_event(now, before), &c->now);
    else if (differs(h->d->arena, ENTITY_TASK, c))
        add(h, has_moved(h->d->arena, c) ? HL7_STEP_MOVED : HL7_STEP_CHANGED, &c->now);
    return true;
}

/* ---- orders ---- */

static bool steps_of(struct happenings *h, int64_t request, int64_t **ret_steps, size_t *ret_n, struct err *e)
{
    struct db_args args = db_args(h->d->arena);
    db_int(&args, request);
    const struct db_rows *r = db_run(h->d->db, &Q_worklist_steps_of, &args, e);
    if (!r)
        return false;
    *ret_n = (size_t)db_count(r);
    *ret_steps = ARENA_ARRAY(h->d->arena, int64_t, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_steps)[i] = db_get_int(r, (int)i, 0);
    return true;
}

/* An order that has no step yet is told by itself; a procedure of it is not. */
static void lone_order(struct happenings *h, const struct record_change *c, bool changed)
{
    struct str now = fhir_text(c->now.node, "status"),
               before = c->before.version ? fhir_text(c->before.node, "status") : STR_NONE;
    if (!is_imaging(c->now.node) || fhir_text(c->now.node, "basedOn[0].reference").n ||
        str_is(fhir_text(c->now.node, "intent"), "plan") || str_is(now, "entered-in-error"))
        return;
    if (!c->before.version || (str_is(before, "draft") && !str_is(now, "draft")))
        add(h, HL7_STEP_NEW, &c->now);
    else if (str_is(now, "revoked") && !str_is(before, "revoked"))
        add(h, HL7_STEP_CANCELED, &c->now);
    else if (str_is(now, "on-hold") && !str_is(before, "on-hold"))
        add(h, HL7_STEP_HELD, &c->now);
    else if (str_is(now, "active") && (str_is(before, "on-hold") || str_is(before, "revoked")))
        add(h, HL7_STEP_RELEASED, &c->now);
    else if (changed)
        add(h, HL7_STEP_CHANGED, &c->now);
}

/* The step as it was then: its own later changes are told by themselves. */
static bool step_of_order(struct happenings *h, int64_t task, struct err *e)
{
    struct db_args args = db_args(h->d->arena);
    struct record_change c;
    db_int(&args, task);
    db_int(&args, h->upto);
    const struct db_rows *r = db_run(h->d->db, &Q_hl7_version_at, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    const int version = (int)db_get_int(r, 0, 0);
    if (!record_change_read(h->d->db, h->d->arena, (struct record_span){task, version, version, false}, &c, e))
        return false;
    if (!c.gone)
        add(h, HL7_STEP_CHANGED, &c.now);
    return true;
}

/* Steps come before orders: what is told of a step is not told again. */
static bool order(struct happenings *h, const struct record_change *c, struct err *e)
{
    int64_t *steps;
    size_t n;
    bool changed =
        c->before.version && (differs(h->d->arena, ENTITY_ORDER, c) || differs(h->d->arena, ENTITY_PROCEDURE, c));
    if (!steps_of(h, c->now.rid, &steps, &n, e))
        return false;
    for (size_t i = 0; i < n && changed; i++)
        if (!has(h, steps[i]) && !step_of_order(h, steps[i], e))
            return false;
    if (!n)
        lone_order(h, c, changed);
    return true;
}

/* ---- reports ---- */

static bool settled(const struct record_doc *report)
{
    static const char *const states[] = {"final", "amended", "corrected", "appended"};
    for (size_t i = 0; report->version && i < sizeof states / sizeof states[0]; i++)
        if (str_is(fhir_text(report->node, "status"), states[i]))
            return true;
    return false;
}

static enum hl7_event report_event(struct str status)
{
    static const struct {
        const char *status;
        enum hl7_event event;
    } rows[] = {{"entered-in-error", HL7_REPORT_RETRACTED},
                {"cancelled", HL7_REPORT_RETRACTED},
                {"amended", HL7_REPORT_CORRECTED},
                {"corrected", HL7_REPORT_CORRECTED},
                {"appended", HL7_REPORT_APPENDED}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(status, rows[i].status))
            return rows[i].event;
    return HL7_REPORT_CHANGED;
}

/* Found its order or images, or other ones. */
static bool is_tied_anew(const struct record_change *c)
{
    static const char *const paths[] = {"basedOn[0].reference", "imagingStudy[0].reference"};
    for (size_t i = 0; i < 2; i++) {
        struct str now = fhir_text(c->now.node, paths[i]);
        if (now.n && !str_eq(now, fhir_text(c->before.node, paths[i])))
            return true;
    }
    return false;
}

static bool report(struct happenings *h, const struct record_change *c, struct err *e)
{
    (void)e;
    if (!c->before.version)
        add(h, HL7_REPORT_NEW, &c->now);
    else if (differs(h->d->arena, ENTITY_REPORT, c))
        add(h, report_event(fhir_text(c->now.node, "status")), &c->now);
    else if (is_tied_anew(c))
        add(h, HL7_REPORT_LINKED, &c->now);
    if (settled(&c->now) && !settled(&c->before))
        add(h, HL7_REPORT_SIGNED, &c->now);
    return true;
}

/* ---- all changes ---- */

static const struct {
    const char *type;
    bool (*look)(struct happenings *h, const struct record_change *c, struct err *e);
} looks[] = {{"Patient", patient},
             {"Encounter", visit},
             {"Task", step},
             {"ServiceRequest", order},
             {"DiagnosticReport", report}};

bool happenings_find(struct happenings *h, const struct outbox_change *changes, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        h->upto = changes[i].seq > h->upto ? changes[i].seq : h->upto;
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++) {
        for (size_t i = 0; i < n; i++) {
            struct record_change c;
            const struct record_span span = {changes[i].rid, changes[i].first, changes[i].last, changes[i].deleted};
            if (!str_is(changes[i].type, looks[k].type))
                continue;
            if (!record_change_read(h->d->db, h->d->arena, span, &c, e) || (!c.gone && !looks[k].look(h, &c, e)))
                return false;
        }
        if (h->merged)
            drop_what_merging_did(h);
    }
    return true;
}
