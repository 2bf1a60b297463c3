/* ADT: the person in PID is created or changed; the visit in PV1 begins, moves, ends or is taken back (visits.def);
 * what AL1 tells is kept; A10 says that the patient is here. */
#include <string.h>

#include "domain/allergy.h"
#include "domain/patient.h"
#include "domain/said.h"
#include "domain/visit.h"
#include "hl7/net/net_priv.h"

static const struct {
    const char *trigger;
    enum visit_event event;
} visits[] = {
#define VISIT(trigger, event) {trigger, VISIT_##event},
#include "hl7/net/visits.def"
#undef VISIT
};

static bool visit_event_of(const struct receipt *r, enum visit_event *ret_event)
{
    for (size_t i = 0; i < sizeof visits / sizeof visits[0]; i++)
        if (strcmp(visits[i].trigger, r->trigger->name) == 0) {
            *ret_event = visits[i].event;
            return true;
        }
    return false;
}

/* The day of the event in the site's zone: EVN-6 (when it happened), EVN-2, else today. */
static struct str event_day(const struct receipt *r, struct arena *a)
{
    static const char *const places[] = {"EVN-6", "EVN-2"};
    clock_us at = clock_now();
    struct clock_date date;
    for (size_t i = 0; i < 2; i++) {
        struct hl7_dtm dtm;
        struct str text = hl7_get(r->m, a, places[i]);
        if (!text.n || !hl7_dtm_parse(text, r->m, &dtm, NULL))
            continue;
        at = clock_of(&dtm.date);
        break;
    }
    clock_site_date(at, &date);
    return arena_printf(a, "%04d%02d%02d", date.year, date.month, date.day);
}

static bool arrive(struct op *op, struct receipt *r, const struct mapping *x, const struct record_doc *patient,
                   struct err *e)
{
    int n;
    enum visit_event event = VISIT_EVENTS;
    if (!visit_event_of(r, &event) || (event != VISIT_ARRIVE && event != VISIT_CANCEL_ARRIVAL))
        return true;
    const struct arrival a = {.patient = patient,
                              .day = event_day(r, op->arena),
                              .visit = fields_get(&x->fields, FIELD_ADMISSION_ID),
                              .back = event == VISIT_CANCEL_ARRIVAL};
    if (!arrival_apply(r->d, &a, &n, e))
        return false;
    if (!n)
        domain_warn(r->d, "no step of that day waits for the patient: nothing on the worklist changes");
    return true;
}

static bool take_visit(struct receipt *r, const struct mapping *x, const struct record_doc *patient, struct err *e)
{
    struct visit_request q = {.fields = &x->fields, .message_time = r->message_time};
    struct record_doc visit;
    if (!map_segment(x, "PV1") || !visit_event_of(r, &q.event))
        return true;
    return visit_apply(r->d, &q, patient, &visit, e);
}

static bool take_allergies(struct receipt *r, struct mapping *x, const struct record_doc *patient, struct err *e)
{
    bool any = false;
    for (const struct hl7_segment *s = scan_next(x, NULL, "AL1"); s; s = scan_next(x, s, "AL1")) {
        struct allergy one;
        if (!allergy_read(x, s, &one))
            continue;
        if (!allergy_apply(r->d, patient, &one, e))
            return false;
        any = true;
    }
    return !any || allergy_shown(r->d, patient, e);
}

bool patients_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct record_doc doc;
    bool created;
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_run(x, e))
        return false;
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    if (!patient_apply(r->d, &x->fields, PATIENT_UPDATE, &doc, &created, e) ||
        (!created && !said_note(r->d, doc.rid, e)) || !take_visit(r, x, &doc, e) || !arrive(op, r, x, &doc, e) ||
        !take_allergies(r, x, &doc, e))
        return map_locate(x, e);
    if (created)
        op->event->kind = AUDIT_PATIENT_CREATE;
    op->event->object_type = STR("Patient");
    op->event->object_id = domain_reference(r->d, &doc);
    op->event->patient = doc.id;
    return true;
}
