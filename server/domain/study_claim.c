/* A corrected order names the images that are its own: they were taken under another order's step. */
#include "domain/order_priv.h"
#include "domain/rule.h"
#include "domain/study_decide_priv.h"
#include "schema/queries.h"

static bool subject_of(struct domain *d, int64_t imaging_study, struct str *ret_subject, struct err *e)
{
    struct record_doc doc;
    if (!record_get_rid(d->db, d->arena, imaging_study, RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e))
        return false;
    *ret_subject = fhir_text(doc.node, "subject.reference");
    return true;
}

/* Somebody decided for these images: what an order says of their UID is known to be wrong. */
static bool is_decided(struct domain *d, int64_t study, bool *ret_decided, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, study);
    const struct db_rows *r = db_run(d->db, &Q_study_decided, &args, e);
    *ret_decided = r && db_count(r) > 0;
    return r != NULL;
}

/* Has one of the order's studies that UID: did it once await it? */
static bool was_awaited(struct domain *d, const struct record_doc *order, struct str uid, bool *ret_was, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("ImagingStudy"), STR("basedon")));
    db_text(&args, domain_reference(d, order));
    db_text(&args, STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_resource_find_token, &args, e);
    *ret_was = false;
    for (int i = 0; rows && i < db_count(rows) && !*ret_was; i++) {
        struct record_doc one = record_row(rows, i, d->arena);
        if (!record_parse(d->arena, &one, e))
            return false;
        *ret_was = str_eq(field_read(d->arena, FIELD_STUDY_UID, one.node), uid);
    }
    return rows != NULL;
}

static bool claim(struct domain *d, const struct record_doc *order, struct study_move *m, struct err *e)
{
    struct study_decided decided;
    struct str subject;
    if (!subject_of(d, m->row.imaging_study, &subject, e))
        return false;
    if (!str_eq(subject, fhir_text(order->node, "subject.reference")))
        return rule_break(RULE_STUDY_PATIENT, e, "the images of that study are another patient's");
    m->to = order->rid;
    m->why = "a corrected order names the images";
    domain_tell(d, "images that were another order's are this order's from now on");
    return study_move(d, m, &decided, e);
}

bool order_claims_study(struct domain *d, const struct record_doc *order, struct str uid, struct str *ret_uid,
                        struct err *e)
{
    struct domain all = *d;
    struct study_move *m = ARENA_NEW(d->arena, struct study_move);
    bool stored, decided = false, was = false;
    all.access = STR_NONE;
    if (!study_hold(&all, uid, &m->row, &stored, e) || (stored && !is_decided(d, m->row.key, &decided, e)) ||
        !was_awaited(d, order, uid, &was, e))
        return false;
    if (stored && m->row.imaging_study && !decided && m->row.order != order->rid) {
        *ret_uid = uid;
        return claim(d, order, m, e);
    }
    if (!was && !decided)
        return rule_break(RULE_STUDY_UID, e, "the step has another Study Instance UID");
    domain_warn(d, "the images came under another Study Instance UID: the one in the message is passed over");
    return true;
}
