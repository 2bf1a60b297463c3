/* ADT^A40 and its kin: of two records of one person, PID's stays and MRG's goes. A number in MRG that nobody knows gets
 * a record of its own, which is merged at once: whatever comes late under it then goes to the survivor. */
#include "domain/merge.h"
#include "domain/patient.h"
#include "domain/rule.h"
#include "hl7/net/net_priv.h"

enum { MERGES_MAX = 200 };

struct merging { /* one PID and MRG */
    struct mapping *x;
    const struct hl7_segment *mrg;
    struct fields prior; /* PATIENT_ID, PATIENT_ISSUER of MRG-1 */
};

static bool read_prior(struct merging *g, struct err *e)
{
    g->mrg = map_segment(g->x, "MRG");
    return prior_patient(g->x, g->mrg, &g->prior, e);
}

/* The record of an id, made when there is none. */
static bool record_of(struct merging *g, const struct fields *from, struct patient_found *ret_patient, struct err *e)
{
    struct fields own = {.state = {0}};
    struct patient_found p;
    struct domain *d = g->x->d;
    fields_set(&own, FIELD_PATIENT_ID, fields_get(from, FIELD_PATIENT_ID));
    fields_set(&own, FIELD_PATIENT_ISSUER, fields_get(from, FIELD_PATIENT_ISSUER));
    if (!fields_get(from, FIELD_PATIENT_ID).n)
        return err_set(e, ERR_REQUIRED, "no patient id"), err_at(e, "PATIENT_ID");
    if (!patient_find(d, fields_get(&own, FIELD_PATIENT_ID), fields_get(&own, FIELD_PATIENT_ISSUER), &p, e))
        return false;
    *ret_patient = p;
    if (!p.found)
        domain_warn(d, "%s is not known here: a record was made", from == &g->prior ? "MRG-1" : "PID-3");
    return p.found || patient_apply(d, &own, PATIENT_CREATE_ONLY, &ret_patient->doc, NULL, e);
}

static bool merge(struct merging *g, struct merge_result *ret_result, struct err *e)
{
    struct domain *d = g->x->d;
    struct merge_request q = {.preview = false};
    struct patient_found target, source;
    if (!record_of(g, &g->x->fields, &target, e) || !record_of(g, &g->prior, &source, e))
        return false;
    q.source = source.doc.rid;
    q.target = target.doc.rid;
    if (q.source == q.target && (source.merged || source.former) && !target.merged && !target.former) {
        domain_warn(d, "MRG-1 was %s the patient before: nothing to do", source.merged ? "merged into" : "a number of");
        ret_result->source = ret_result->target = target.doc;
        return true;
    }
    if (target.merged) {
        rule_break(RULE_PATIENT_MERGED, e, "the record of PID-3 was itself merged into another");
        return err_at(e, "PATIENT_ID");
    }
    if (source.merged) {
        rule_break(RULE_PATIENT_MERGED, e, "the record of MRG-1 was merged into another");
        return err_at(e, "MRG^%zu^1", g->x->number);
    }
    return merge_patients(d, &q, ret_result, e) || err_at(e, "MRG^%zu^1", g->x->number);
}

void merge_tell(struct op *op, struct receipt *r, const struct merge_result *m)
{
    struct audit_event *ev = op->event, other;
    ev->object_type = STR("Patient");
    ev->object_id = domain_reference(r->d, &m->target);
    ev->patient = m->target.id;
    ev->detail = arena_printf(op->arena, "with Patient/%.*s", STR_ARG(m->source.id));
    if (m->source.rid == m->target.rid)
        return;
    other = *ev;
    other.object_id = domain_reference(r->d, &m->source);
    other.patient = m->source.id;
    other.detail = arena_printf(op->arena, "with Patient/%.*s", STR_ARG(m->target.id));
    gate_event_keep(op, &other);
}

static bool apply(struct op *op, struct receipt *r, struct mapping *x, struct err *e)
{
    struct merging *g = ARENA_NEW(op->arena, struct merging);
    struct merge_result *m = ARENA_NEW(op->arena, struct merge_result);
    struct record_doc doc;
    g->x = x;
    if (!map_run(x, e) || !read_prior(g, e) || !merge(g, m, e) ||
        !patient_apply(r->d, &x->fields, PATIENT_UPDATE, &doc, NULL, e))
        return map_locate(x, e);
    if (!r->patient_id.n)
        r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    merge_tell(op, r, m);
    return true;
}

bool merges_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    while (map_next(x)) {
        if (x->number > MERGES_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d merges in one message", MERGES_MAX);
        if (!apply(op, r, x, e))
            return err_wrap(e, "merge %zu", x->number);
    }
    if (x->number)
        return true;
    err_set(e, ERR_REQUIRED, "the message has no PID segment");
    return err_at(e, "PID^1");
}
