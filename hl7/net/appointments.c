/* SIU: appointments are made, moved, called off and kept, or the patient did not come. SCH-25 may say that the patient
 * is here. */
#include <string.h>

#include "domain/appointment.h"
#include "hl7/net/net_priv.h"

enum { MINUTES_USUAL = 30, MINUTES_MAX = 24 * 60 };

static const struct {
    const char *trigger;
    enum appointment_event event;
} acts[] = {{"SIU^S12", APPOINTMENT_BOOK},   {"SIU^S13", APPOINTMENT_CHANGE}, {"SIU^S14", APPOINTMENT_CHANGE},
            {"SIU^S15", APPOINTMENT_CANCEL}, {"SIU^S16", APPOINTMENT_CANCEL}, {"SIU^S17", APPOINTMENT_CANCEL},
            {"SIU^S26", APPOINTMENT_NO_SHOW}};

static enum appointment_event event_of(const struct receipt *r, struct str status)
{
    static const char *const here[] = {"ARRIVED", "CHECKED-IN", "CHECKEDIN", "STARTED"};
    enum appointment_event event = APPOINTMENT_CHANGE;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (strcmp(acts[i].trigger, r->trigger->name) == 0)
            event = acts[i].event;
    if (event != APPOINTMENT_BOOK && event != APPOINTMENT_CHANGE)
        return event;
    for (size_t i = 0; i < sizeof here / sizeof here[0]; i++)
        if (str_is_nocase(status, here[i]))
            return APPOINTMENT_ARRIVE;
    if (str_is_nocase(status, "NOSHOW"))
        return APPOINTMENT_NO_SHOW;
    return str_is_nocase(status, "CANCELLED") || str_is_nocase(status, "DELETED") ? APPOINTMENT_CANCEL : event;
}

static struct str sch(const struct mapping *x, const struct hl7_segment *s, unsigned field, unsigned component)
{
    return part_text(x, hl7_repetition(x->m, hl7_field(s, field), 1), component, 0);
}

/* SCH-9 in the unit of SCH-10: minutes unless it says seconds or hours. */
static int minutes_of(const struct mapping *x, const struct hl7_segment *s)
{
    int64_t n = 0;
    struct str unit = sch(x, s, 10, 1);
    if (!str_int(sch(x, s, 9, 1), &n) || n <= 0)
        return MINUTES_USUAL;
    if (str_is_nocase(unit, "S") || str_is_nocase(unit, "SEC"))
        n = n / 60 + 1;
    if (str_is_nocase(unit, "H") || str_is_nocase(unit, "HR"))
        n = n > MINUTES_MAX ? n : n * 60;
    return n > MINUTES_MAX ? MINUTES_USUAL : (int)n;
}

static bool apply(struct op *op, struct receipt *r, struct mapping *x, const struct hl7_segment *s, struct err *e)
{
    struct record_doc doc;
    struct appointment_request q = {.event = event_of(r, sch(x, s, 25, 1)),
                                    .fields = &x->fields,
                                    .placer = sch(x, s, 1, 1),
                                    .filler = sch(x, s, 2, 1),
                                    .words = sch(x, s, 7, 2),
                                    .minutes = minutes_of(x, s)};
    if (!q.placer.n && !q.filler.n) {
        err_set(e, ERR_REQUIRED, "the appointment has no number");
        return err_at(e, "SCH^1^1");
    }
    if (!appointment_apply(r->d, &q, &doc, e))
        return false;
    op->event->object_type = STR("Appointment");
    op->event->object_id = domain_reference(r->d, &doc);
    op->event->patient =
        str_sub(fhir_text(doc.node, "participant[0].actor.reference"), sizeof "Patient/" - 1, SIZE_MAX);
    return true;
}

bool appointments_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    struct hl7_group all = hl7_all(r->m);
    const struct hl7_segment *s = hl7_segment_find(&all, "SCH", 1);
    bool person = hl7_segment_find(&all, "PID", 1) != NULL;
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!s || !person) {
        err_set(e, ERR_REQUIRED, "the message has no %s segment", s ? "PID" : "SCH");
        return err_at(e, s ? "PID^1" : "SCH^1");
    }
    if (!map_next(x) || !map_run(x, e) || !apply(op, r, x, s, e))
        return map_locate(x, e);
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    return true;
}
