#include "domain/appointment.h"

#include "domain/order_priv.h"
#include "domain/patient.h"
#include "domain/rule.h"
#include "domain/said.h"
#include "domain/worklist.h"
#include "schema/queries.h"

/* What an event makes of the appointment, and of steps that have not begun. */
static const struct {
    const char *status, *step, *why;
    bool times;
} rules[] = {
    [APPOINTMENT_BOOK] = {"booked", "SCHEDULED", "an appointment was made", true},
    [APPOINTMENT_CHANGE] = {"booked", "SCHEDULED", "the appointment was changed", true},
    [APPOINTMENT_CANCEL] = {"cancelled", "HELD", "the appointment was cancelled", false},
    [APPOINTMENT_NO_SHOW] = {"noshow", "HELD", "the patient did not come", false},
    [APPOINTMENT_ARRIVE] = {"arrived", "ARRIVED", "the patient arrived", true},
};

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return !text.n || fhir_set(d->arena, doc->node, path, text, e);
}

/* ---- the document ---- */

static bool find(struct domain *d, struct str number, struct str patient, struct record_doc *ret_doc, bool *ret_found,
                 struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (*ret_found || !number.n)
        return true;
    db_int(&args, record_param(STR("Appointment"), STR("identifier")));
    db_text(&args, number);
    db_text(&args, STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_resource_find_token, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        rid[i] = db_get_int(rows, (int)i, 0);
    for (size_t i = 0; i < n && !*ret_found; i++) {
        if (!record_get_rid(d->db, d->arena, rid[i], RECORD_UPDATE, ret_doc, e) || !record_parse(d->arena, ret_doc, e))
            return false;
        *ret_found = str_eq(fhir_text(ret_doc->node, "participant[0].actor.reference"), patient);
    }
    return rows != NULL;
}

static bool write_times(struct domain *d, const struct appointment_request *r, struct record_doc *doc, struct err *e)
{
    clock_us from, to;
    char end[CLOCK_TEXT], begin[CLOCK_TEXT];
    struct str start = fields_get(r->fields, FIELD_STEP_START);
    if (!start.n || !clock_range(start, &from, &to))
        return true;
    clock_site_text(from, begin);
    clock_site_text(from + (clock_us)r->minutes * 60 * 1000000, end);
    return set(d, doc, "start", arena_str(d->arena, str_of(begin)), e) &&
           set(d, doc, "end", arena_str(d->arena, str_of(end)), e);
}

static bool write_numbers(struct domain *d, const struct appointment_request *r, struct record_doc *doc, struct err *e)
{
    static const char *const code[] = {"PLAC", "FILL"};
    const struct str number[] = {r->placer, r->filler};
    for (size_t i = 0; i < 2; i++) {
        const char *base = arena_printf(d->arena, "identifier[type.coding.code=%s]", code[i]).p;
        if (number[i].n && (!set(d, doc, arena_printf(d->arena, "%s.value", base).p, number[i], e) ||
                            !set(d, doc, arena_printf(d->arena, "%s.type.coding[0].system", base).p,
                                 STR("http://terminology.hl7.org/CodeSystem/v2-0203"), e)))
            return false;
    }
    return true;
}

/* Who and what is needed beside the patient, as participants of these types. */
static const struct {
    enum field field;
    const char *type;
} resources[] = {
    {FIELD_STATION_AE, "Device"}, {FIELD_STEP_LOCATION, "Location"}, {FIELD_PERFORMING_PHYSICIAN, "Practitioner"}};
enum { RESOURCES = sizeof resources / sizeof resources[0] };

static const char *resource_path(struct domain *d, size_t i, const char *member)
{
    return arena_printf(d->arena, "participant[actor.type=%s].%s", resources[i].type, member).p;
}

static bool write_resources(struct domain *d, const struct appointment_request *r, struct record_doc *doc,
                            struct err *e)
{
    for (size_t i = 0; i < RESOURCES; i++) {
        struct str text = fields_get(r->fields, resources[i].field);
        if (text.n && (!set(d, doc, resource_path(d, i, "actor.display"), text, e) ||
                       !set(d, doc, resource_path(d, i, "status"), STR("accepted"), e)))
            return false;
    }
    return true;
}

static bool write_order(struct domain *d, const struct record_doc *order, struct record_doc *doc, struct err *e)
{
    return set(d, doc, "basedOn[0].reference", domain_reference(d, order), e);
}

static bool write_doc(struct domain *d, const struct appointment_request *r, const struct record_doc *patient,
                      int64_t order, struct record_doc *doc, struct err *e)
{
    struct record_doc request;
    if (order &&
        (!record_get_rid(d->db, d->arena, order, RECORD_READ, &request, e) || !write_order(d, &request, doc, e)))
        return false;
    return set(d, doc, "status", str_of(rules[r->event].status), e) && write_numbers(d, r, doc, e) &&
           set(d, doc, "description", r->words, e) && write_times(d, r, doc, e) &&
           set(d, doc, "participant[0].actor.reference", domain_reference(d, patient), e) &&
           set(d, doc, "participant[0].status", STR("accepted"), e) && write_resources(d, r, doc, e) &&
           record_put(d->db, d->arena, doc, e);
}

/* ---- without its order ---- */

static bool stop_waiting(struct domain *d, int64_t appointment, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, appointment);
    return db_send(d->db, &Q_appointment_order_clear, &args, e);
}

/* By the numbers its order will have: those it names, else its own. */
static bool wait_for_order(struct domain *d, const struct appointment_request *r, int64_t appointment, struct err *e)
{
    const struct {
        const char *kind;
        struct str named, own;
    } numbers[] = {{"filler", fields_get(r->fields, FIELD_FILLER_ORDER), r->filler},
                   {"placer", fields_get(r->fields, FIELD_PLACER_ORDER), r->placer}};
    for (size_t i = 0; i < 2; i++) {
        struct db_args args = db_args(d->arena);
        struct str value = numbers[i].named.n ? numbers[i].named : numbers[i].own;
        db_int(&args, appointment);
        db_text(&args, str_of(numbers[i].kind));
        db_text(&args, value);
        if (value.n && !db_send(d->db, &Q_appointment_order_put, &args, e))
            return false;
    }
    domain_warn(d, "no order is known for the appointment: it waits for it, the worklist does not change");
    return true;
}

/* ---- its steps ---- */

/* Its time, and where, at what and by whom. */
static struct fields taken_of(struct domain *d, const struct fields *f)
{
    struct fields own = {.state = {0}};
    fields_set(&own, FIELD_STEP_START, fields_get(f, FIELD_STEP_START));
    for (size_t i = 0; i < RESOURCES; i++)
        fields_set(&own, resources[i].field, fields_get(f, resources[i].field));
    order_fit(d, &own);
    return own;
}

static bool take_values(struct domain *d, int64_t rid, const struct fields *f, struct err *e)
{
    struct record_doc task;
    struct str device, start = fields_get(f, FIELD_STEP_START);
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, &task, e) && record_parse(d->arena, &task, e) &&
           order_device(d, fields_get(f, FIELD_STATION_AE), &device, e) &&
           fields_write(d->arena, f, ENTITY_TASK, task.node, e) && set(d, &task, "owner.reference", device, e) &&
           (!device.n || set(d, &task, "owner.identifier.system", STR("urn:isocentre:ae-title"), e)) &&
           set(d, &task, "executionPeriod.start", start, e) && record_put(d->db, d->arena, &task, e) &&
           worklist_project_task(d, &task, 0, e);
}

/* ARRIVED is not taken back by a change of the appointment; what is held for the order itself is released by none. */
static bool moves(const struct appointment_request *r, struct str now)
{
    bool waits = str_is(now, "SCHEDULED") || str_is(now, "HELD");
    bool here = str_is(now, "ARRIVED") || str_is(now, "READY");
    return waits || (here && str_is(str_of(rules[r->event].step), "HELD"));
}

static bool move_steps(struct domain *d, const struct appointment_request *r, int64_t order, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct fields taken = taken_of(d, r->fields);
    db_int(&args, order);
    const struct db_rows *rows = db_run(d->db, &Q_worklist_of_order, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    int64_t *task = ARENA_ARRAY(d->arena, int64_t, n + 1);
    struct str *status = ARENA_ARRAY(d->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        task[i] = db_get_int(rows, (int)i, 0);
        status[i] = arena_str(d->arena, db_get(rows, (int)i, 7));
    }
    for (size_t i = 0; i < n; i++) {
        if (!moves(r, status[i]))
            continue;
        if (rules[r->event].times && !take_values(d, task[i], &taken, e))
            return false;
        if (!step_move(d, task[i], str_of(rules[r->event].step), rules[r->event].why, e))
            return false;
    }
    return rows != NULL;
}

/* The order by its numbers; else by the appointment's, which many senders make the same. */
static bool order_of(struct domain *d, const struct appointment_request *r, int64_t *ret_order, struct err *e)
{
    struct fields own = {.state = {0}};
    *ret_order = 0;
    if ((fields_get(r->fields, FIELD_PLACER_ORDER).n || fields_get(r->fields, FIELD_FILLER_ORDER).n) &&
        !order_find(d, r->fields, ret_order, e))
        return false;
    fields_set(&own, FIELD_PLACER_ORDER, r->placer);
    fields_set(&own, FIELD_FILLER_ORDER, r->filler);
    return *ret_order || order_find(d, &own, ret_order, e);
}

static bool same_patient(struct domain *d, int64_t order, const struct record_doc *patient, struct err *e)
{
    struct record_doc doc;
    if (!record_get_rid(d->db, d->arena, order, RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e))
        return false;
    return str_eq(fhir_text(doc.node, "subject.reference"), domain_reference(d, patient)) ||
           rule_break(RULE_ORDER_PATIENT, e, "the order of the appointment belongs to another patient") ||
           err_at(e, "PATIENT_ID");
}

bool appointment_apply(struct domain *d, const struct appointment_request *r, struct record_doc *ret_doc, struct err *e)
{
    struct record_doc patient, doc;
    bool found = false;
    int64_t order;
    if (!patient_apply(d, r->fields, PATIENT_CREATE_ONLY, &patient, NULL, e) || !order_of(d, r, &order, e) ||
        (order && !same_patient(d, order, &patient, e)))
        return false;
    struct str reference = domain_reference(d, &patient);
    if (!find(d, r->filler, reference, &doc, &found, e) || !find(d, r->placer, reference, &doc, &found, e))
        return false;
    if (!found) {
        doc = *record_new(d->arena, "Appointment");
        doc.department = d->department;
    }
    bool older = false;
    if (found && !said_is_older(d, doc.rid, &older, e))
        return false;
    *ret_doc = doc;
    if (older)
        return true;
    if (!write_doc(d, r, &patient, order, &doc, e) || !said_note(d, doc.rid, e))
        return err_wrap(e, "appointment");
    *ret_doc = doc;
    if (!stop_waiting(d, doc.rid, e))
        return false;
    return order ? move_steps(d, r, order, e) : wait_for_order(d, r, doc.rid, e);
}

/* ---- its order comes ---- */

static enum appointment_event event_of(struct str status)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (i != APPOINTMENT_BOOK && str_is(status, rules[i].status))
            return (enum appointment_event)i;
    return APPOINTMENT_CHANGE;
}

bool appointment_order_arrived(struct domain *d, int64_t appointment, const struct record_doc *order, struct err *e)
{
    struct record_doc doc;
    struct fields f = {.state = {0}};
    if (!record_get_rid(d->db, d->arena, appointment, RECORD_UPDATE, &doc, e))
        return false;
    if (doc.deleted)
        return stop_waiting(d, appointment, e);
    if (!record_parse(d->arena, &doc, e))
        return false;
    if (!str_eq(fhir_text(doc.node, "participant[0].actor.reference"), fhir_text(order->node, "subject.reference"))) {
        domain_warn(d, "an appointment for this order number is another patient's: it goes on waiting");
        return true;
    }
    fields_set(&f, FIELD_STEP_START, fhir_text(doc.node, "start"));
    for (size_t i = 0; i < RESOURCES; i++)
        fields_set(&f, resources[i].field, fhir_text(doc.node, resource_path(d, i, "actor.display")));
    const struct appointment_request r = {.event = event_of(fhir_text(doc.node, "status")), .fields = &f};
    return write_order(d, order, &doc, e) && record_put(d->db, d->arena, &doc, e) && stop_waiting(d, appointment, e) &&
           move_steps(d, &r, order->rid, e);
}
