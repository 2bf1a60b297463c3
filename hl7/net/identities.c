/* ADT^A47: the number of one person is another one from now on. ADT^A45: a visit goes from MRG's patient to PID's. */
#include "domain/patient.h"
#include "domain/visit.h"
#include "hl7/net/net_priv.h"

enum { MOVES_MAX = 100 };

/* MRG-1 as PATIENT_ID and PATIENT_ISSUER; false without it. */
bool prior_patient(struct mapping *x, const struct hl7_segment *mrg, struct fields *ret_prior, struct err *e)
{
    struct str id = STR_NONE, issuer = STR_NONE;
    if (!mrg) {
        err_set(e, ERR_REQUIRED, "patient %zu of the message has no MRG segment", x->number);
        return err_at(e, "MRG^%zu", x->number);
    }
    struct map_source s = {.segment = mrg, .at = {.segment = "MRG", .field = 1}, .raw = hl7_field(mrg, 1)};
    if (hl7_presence(s.raw) == HL7_VALUE && (!transform_cx(x, &s, &id, e) || !transform_cx_issuer(x, &s, &issuer, e)))
        return false;
    if (!id.n) {
        err_set(e, ERR_REQUIRED, "MRG-1 names no patient");
        return err_at(e, "MRG^%u^1", mrg->occurrence);
    }
    fields_set(ret_prior, FIELD_PATIENT_ID, id);
    fields_set(ret_prior, FIELD_PATIENT_ISSUER, issuer);
    return true;
}

static void tell(struct op *op, struct receipt *r, const struct record_doc *patient)
{
    op->event->object_type = STR("Patient");
    op->event->object_id = domain_reference(r->d, patient);
    op->event->patient = patient->id;
}

static bool open_message(struct op *op, struct receipt *r, struct mapping **ret_x, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    *ret_x = x;
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_run(x, e))
        return false;
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    return true;
}

bool identities_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct fields prior = {.state = {0}};
    struct record_doc patient;
    struct mapping *x;
    if (!open_message(op, r, &x, e) || !prior_patient(x, map_segment(x, "MRG"), &prior, e))
        return false;
    if (!patient_renumber(r->d, &prior, &x->fields, &patient, e)) {
        map_locate(x, e);
        return err_at(e, "MRG^1^1"); /* what PID does not explain */
    }
    tell(op, r, &patient);
    return true;
}

/* ---- visits that move ---- */

/* MRG-5 is the number the visit had; without it, it keeps the one PV1-19 tells. */
static void prior_visit(const struct mapping *x, const struct hl7_segment *mrg, struct fields *prior)
{
    struct str number = part_text(x, hl7_repetition(x->m, hl7_field(mrg, 5), 1), 1, 0);
    fields_set(prior, FIELD_ADMISSION_ID, number.n ? number : fields_get(&x->fields, FIELD_ADMISSION_ID));
}

/* The PV1 behind its MRG says the visit; map_run took the first of the message. */
static void visit_of(const struct mapping *x, const struct hl7_segment *mrg, struct fields *visit)
{
    for (const struct hl7_segment *s = mrg + 1; s < x->m->segments + x->m->n && !str_is(s->name, "MRG"); s++)
        if (str_is(s->name, "PV1"))
            fields_set(visit, FIELD_ADMISSION_ID, part_text(x, hl7_repetition(x->m, hl7_field(s, 19), 1), 1, 0));
}

static bool move_visit(struct receipt *r, struct mapping *x, const struct hl7_segment *mrg,
                       const struct record_doc *patient, struct err *e)
{
    struct fields prior = {.state = {0}}, visit = {.state = {0}};
    struct patient_found from;
    struct record_doc doc;
    if (!prior_patient(x, mrg, &prior, e) ||
        !patient_find(r->d, fields_get(&prior, FIELD_PATIENT_ID), fields_get(&prior, FIELD_PATIENT_ISSUER), &from, e))
        return false;
    if (!from.found) {
        err_set(e, ERR_NOT_FOUND, "MRG-1 is not known here");
        return err_at(e, "MRG^%u^1", mrg->occurrence);
    }
    prior_visit(x, mrg, &prior);
    visit_of(x, mrg, &visit);
    const struct visit_move m = {.from = &from.doc, .to = patient, .prior = &prior, .fields = &visit};
    return visit_move(r->d, &m, &doc, e) || err_at(e, "MRG^%u^5", mrg->occurrence);
}

bool moves_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct record_doc patient;
    struct mapping *x;
    if (!open_message(op, r, &x, e))
        return false;
    if (!patient_apply(r->d, &x->fields, PATIENT_UPDATE, &patient, NULL, e))
        return map_locate(x, e);
    const struct hl7_segment *mrg = scan_next(x, NULL, "MRG");
    if (!mrg)
        return prior_patient(x, NULL, &x->fields, e);
    for (; mrg; mrg = scan_next(x, mrg, "MRG")) {
        if (op->event->count++ == MOVES_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d visits in one message", MOVES_MAX);
        if (!move_visit(r, x, mrg, &patient, e))
            return false;
    }
    tell(op, r, &patient);
    return true;
}
