/* ADT^A24: the records of two PIDs are one person's, and stay two. ADT^A37 takes that back; where the two had been
 * merged, the merge is undone. */
#include "domain/merge.h"
#include "domain/patient.h"
#include "hl7/net/net_priv.h"

struct linking {
    struct op *op;
    struct receipt *r;
    struct mapping *x;
    struct patient_found side[2];
};

static bool read_side(struct linking *g, size_t i, struct err *e)
{
    struct mapping *x = g->x;
    struct domain *d = g->r->d;
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message names %zu of two patients", i);
        return err_at(e, "PID^%zu", i + 1);
    }
    if (!map_run(x, e))
        return false;
    struct str id = fields_get(&x->fields, FIELD_PATIENT_ID), issuer = fields_get(&x->fields, FIELD_PATIENT_ISSUER);
    if (!id.n) {
        err_set(e, ERR_REQUIRED, "no patient id");
        return err_at(e, "PID^%zu^3", i + 1);
    }
    if (!g->r->patient_id.n)
        g->r->patient_id = id;
    return patient_find(d, id, issuer, &g->side[i], e);
}

static void tell(struct linking *g)
{
    struct audit_event *ev = g->op->event, other;
    const struct record_doc *one = &g->side[0].doc, *two = &g->side[1].doc;
    ev->object_type = STR("Patient");
    ev->object_id = domain_reference(g->r->d, one);
    ev->patient = one->id;
    ev->detail = arena_printf(g->op->arena, "with Patient/%.*s", STR_ARG(two->id));
    other = *ev;
    other.object_id = domain_reference(g->r->d, two);
    other.patient = two->id;
    other.detail = arena_printf(g->op->arena, "with Patient/%.*s", STR_ARG(one->id));
    gate_event_keep(g->op, &other);
}

static bool change(struct linking *g, bool linked, struct err *e)
{
    bool changed;
    if (!patient_link(g->r->d, g->side[0].doc.rid, g->side[1].doc.rid, linked, &changed, e))
        return false;
    if (!changed)
        domain_warn(g->r->d, linked ? "the records were linked before" : "the records are not linked: nothing to do");
    tell(g);
    return true;
}

/* ---- A24 ---- */

/* Somebody who never had an image here gets a record: what comes later shows both. */
static bool make_side(struct linking *g, size_t i, struct err *e)
{
    struct patient_found *p = &g->side[i];
    if (p->found)
        return true;
    domain_warn(g->r->d, "PID %zu is not known here: a record was made", i + 1);
    return patient_apply(g->r->d, &g->x->fields, PATIENT_CREATE_ONLY, &p->doc, NULL, e) || map_locate(g->x, e);
}

static bool link_records(struct linking *g, struct err *e)
{
    for (size_t i = 0; i < 2; i++)
        if (!read_side(g, i, e) || !make_side(g, i, e))
            return false;
    if (g->side[0].doc.rid != g->side[1].doc.rid)
        return change(g, true, e);
    domain_warn(g->r->d, "both numbers are of one record: nothing to link");
    tell(g);
    return true;
}

/* ---- A37 ---- */

static bool unmerge(struct linking *g, int64_t source, struct err *e)
{
    struct merge_result *m = ARENA_NEW(g->op->arena, struct merge_result);
    if (!merge_undo(g->r->d, source, false, m, e))
        return err_at(e, "PID^1^3");
    domain_tell(g->r->d, "the records had been merged: they are two again");
    g->op->event->kind = AUDIT_PATIENT_UNMERGE;
    merge_tell(g->op, g->r, m);
    return true;
}

static bool unlink_records(struct linking *g, struct err *e)
{
    const struct patient_found *one = &g->side[0], *two = &g->side[1];
    for (size_t i = 0; i < 2; i++)
        if (!read_side(g, i, e))
            return false;
    if (!one->found || !two->found) {
        domain_warn(g->r->d, "PID %d is not known here: nothing to unlink", one->found ? 2 : 1);
        return true;
    }
    if (one->doc.rid != two->doc.rid)
        return change(g, false, e);
    if (one->merged || two->merged)
        return unmerge(g, one->merged ? one->source : two->source, e);
    domain_warn(g->r->d, "both numbers are of one record: nothing to unlink");
    tell(g);
    return true;
}

bool links_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct linking *g = ARENA_NEW(op->arena, struct linking);
    *g = (struct linking){.op = op, .r = r, .x = ARENA_NEW(op->arena, struct mapping)};
    *g->x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!(str_is(r->name, "ADT^A24") ? link_records(g, e) : unlink_records(g, e)))
        return false;
    if (!map_next(g->x))
        return true;
    err_set(e, ERR_UNSUPPORTED, "more than two patients in one message are not taken");
    return err_at(e, "PID^3");
}
