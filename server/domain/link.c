#include "domain/link.h"

#include "domain/appointment.h"
#include "domain/order.h"
#include "domain/patient.h"
#include "domain/performed.h"
#include "domain/report.h"
#include "domain/study.h"
#include "schema/queries.h"

/* ---- studies ---- */

struct hit { /* a rung's answer */
    struct str rung, imaging_study;
    int64_t order, procedure, patient;
};

struct decision {
    const char *state;
    struct hit hit;
    struct record_doc patient;
};

static bool study_hits(struct domain *d, const struct study_row *s, struct hit **ret_hits, size_t *ret_count,
                       struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, s->uid);
    db_text(&args, s->accession);
    db_text(&args, s->accession_issuer);
    const struct db_rows *r = db_run(d->db, &Q_study_ladder, &args, e);
    if (!r)
        return false;
    size_t n = (size_t)db_count(r);
    struct hit *hits = ARENA_ARRAY(d->arena, struct hit, n + 1);
    for (size_t i = 0; i < n; i++)
        hits[i] = (struct hit){.rung = arena_str(d->arena, db_get(r, (int)i, 1)),
                               .order = db_get_int(r, (int)i, 2),
                               .procedure = db_get_int(r, (int)i, 3),
                               .patient = db_get_int(r, (int)i, 4),
                               .imaging_study = arena_str(d->arena, db_get(r, (int)i, 5))};
    *ret_hits = hits;
    *ret_count = n;
    return true;
}

/* The first rung with a hit decides: its order if the patient agrees, hold if not. */
static bool decide_study(struct domain *d, const struct study_row *s, struct decision *ret, struct err *e)
{
    struct hit *hits;
    size_t n;
    *ret = (struct decision){.state = "unlinked"};
    if (!study_hits(d, s, &hits, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (i && !str_eq(hits[i].rung, hits[0].rung))
            break;
        struct record_doc patient;
        if (!record_get_rid(d->db, d->arena, hits[i].patient, RECORD_READ, &patient, e) ||
            !record_parse(d->arena, &patient, e))
            return false;
        if (patient_has_id(d, &patient, s->patient_id, s->patient_issuer)) {
            *ret = (struct decision){"linked", hits[i], patient};
            return true;
        }
        ret->state = "held";
        ret->hit.rung = hits[i].rung;
    }
    return true;
}

bool link_study_ladder(struct domain *d, const struct study_row *s, int64_t *ret_order, struct err *e)
{
    struct decision x;
    if (!decide_study(d, s, &x, e))
        return false;
    *ret_order = str_is(str_of(x.state), "linked") ? x.hit.order : 0;
    return true;
}

/* The patient whom the images name: found, or made from their header. */
static bool patient_of_images(struct domain *d, const struct study_row *s, struct record_doc *ret_patient,
                              bool *ret_found, struct err *e)
{
    struct fields f = {.state = {0}};
    *ret_found = s->patient_id.n > 0;
    if (!*ret_found)
        return true;
    fields_set(&f, FIELD_PATIENT_ID, s->patient_id);
    fields_set(&f, FIELD_PATIENT_ISSUER, s->patient_issuer);
    fields_set(&f, FIELD_PATIENT_NAME, s->patient_name);
    fields_set(&f, FIELD_PATIENT_BIRTH_DATE, s->birth_date);
    fields_set(&f, FIELD_PATIENT_SEX, s->sex);
    return patient_apply(d, &f, PATIENT_CREATE_ONLY, ret_patient, NULL, e);
}

/* A document of the study's own, when no order made one. */
static bool own_document(struct domain *d, const struct study_row *s, struct record_doc *ret_doc,
                         struct record_doc *ret_patient, struct err *e)
{
    bool known;
    struct arena *a = d->arena;
    if (!patient_of_images(d, s, ret_patient, &known, e))
        return false;
    *ret_doc = *record_new(a, "ImagingStudy");
    ret_doc->department = d->department;
    if (!fhir_set(a, ret_doc->node, "identifier[system=urn:dicom:uid].value",
                  arena_printf(a, "urn:oid:%.*s", STR_ARG(s->uid)), e) ||
        !fhir_set(a, ret_doc->node, "status", STR("available"), e))
        return false;
    if (s->accession.n && !fhir_set(a, ret_doc->node, "identifier[type.coding.code=ACSN].value", s->accession, e))
        return false;
    return known ? fhir_set(a, ret_doc->node, "subject.reference", domain_reference(d, ret_patient), e)
                 : fhir_set(a, ret_doc->node, "subject.display", STR("patient not identified in the images"), e);
}

static bool document_of_study(struct domain *d, const struct study_row *s, const struct decision *x,
                              struct record_doc *ret_doc, struct record_doc *ret_patient, struct err *e)
{
    bool found = false;
    bool linked = str_is(str_of(x->state), "linked");
    if (linked)
        *ret_patient = x->patient;
    if (linked && x->hit.imaging_study.n && !domain_follow(d, x->hit.imaging_study, ret_doc, &found, e))
        return false;
    if (!found && s->imaging_study) {
        if (!record_get_rid(d->db, d->arena, s->imaging_study, RECORD_UPDATE, ret_doc, e) ||
            !record_parse(d->arena, ret_doc, e))
            return false;
        struct str subject = fhir_text(ret_doc->node, "subject.reference");
        found = true;
        if (!linked && !domain_follow(d, subject, ret_patient, &found, e))
            return false;
        found = true;
    }
    if (!found && !own_document(d, s, ret_doc, ret_patient, e))
        return false;
    return fhir_set(d->arena, ret_doc->node, "status", STR("available"), e);
}

bool link_study_named(struct domain *d, const struct study_row *s, struct err *e)
{
    struct record_doc doc, patient;
    bool known;
    static const char number[] = "identifier[type.coding.code=ACSN].value";
    if (!s->imaging_study || !record_get_rid(d->db, d->arena, s->imaging_study, RECORD_UPDATE, &doc, e) ||
        !record_parse(d->arena, &doc, e))
        return !s->imaging_study;
    if (!patient_of_images(d, s, &patient, &known, e) || !fhir_set(d->arena, doc.node, number, s->accession, e))
        return false;
    if (!known)
        return record_put(d->db, d->arena, &doc, e);
    fhir_remove(doc.node, "subject.display");
    return fhir_set(d->arena, doc.node, "subject.reference", domain_reference(d, &patient), e) &&
           record_put(d->db, d->arena, &doc, e);
}

static bool name_order(struct domain *d, const struct hit *hit, struct record_doc *doc, struct err *e)
{
    struct record_doc order;
    if (!hit->order || !str_is(hit->rung, "accession"))
        return true; /* by Study UID the order's own document is used, which names it already */
    return record_get_rid(d->db, d->arena, hit->order, RECORD_READ, &order, e) &&
           fhir_set(d->arena, doc->node, "basedOn[0].reference", domain_reference(d, &order), e);
}

static bool link_study(struct domain *d, struct study_row *s, struct err *e)
{
    struct decision x;
    struct record_doc doc, patient = {0};
    struct db_args args = db_args(d->arena);
    if (!decide_study(d, s, &x, e) || !document_of_study(d, s, &x, &doc, &patient, e) ||
        !name_order(d, &x.hit, &doc, e) || !record_put(d->db, d->arena, &doc, e))
        return err_wrap(e, "link study '%.*s'", STR_ARG(s->uid));
    db_int(&args, s->key);
    db_int(&args, doc.rid);
    db_int(&args, patient.rid);
    db_int(&args, x.hit.order);
    db_text(&args, str_of(x.state));
    db_text(&args, x.hit.rung.p ? x.hit.rung : STR(""));
    s->imaging_study = doc.rid;
    return db_send(d->db, &Q_study_link, &args, e) && study_index(d, s, &doc, e);
}

/* ---- what waits ---- */

enum { PORTION = 100, PARTS = 24 * 60 };

#define MINUTE (INT64_C(60) * 1000000)
#define LATELY (10 * MINUTE)

struct waiting { /* what waits, and the order that came; NULL: a study did */
    const struct record_doc *order;
    int64_t key;
};

static bool try_study(struct domain *d, const struct waiting *w, struct err *e)
{
    struct study_row s;
    bool found;
    return study_get(d, w->key, &s, &found, e) && (!found || link_study(d, &s, e));
}

static bool try_report(struct domain *d, const struct waiting *w, struct err *e)
{
    return link_report(d, w->key, e);
}

static bool try_appointment(struct domain *d, const struct waiting *w, struct err *e)
{
    return !w->order || appointment_order_arrived(d, w->key, w->order, e);
}

static bool try_performed(struct domain *d, const struct waiting *w, struct err *e)
{
    return performed_relink(d, w->key, e);
}

static const struct {
    const char *what;
    bool (*try_it)(struct domain *d, const struct waiting *w, struct err *e);
} tries[] = {
    {"study", try_study}, {"report", try_report}, {"appointment", try_appointment}, {"performed", try_performed}};

struct keys { /* Study UID, accession number, filler and placer order */
    struct str key[4];
};

static struct db_args key_args(struct domain *d, const struct keys *k)
{
    struct db_args args = db_args(d->arena);
    for (size_t i = 0; i < 4; i++)
        db_text(&args, k->key[i].p ? k->key[i] : STR(""));
    return args;
}

static bool try_waiting(struct domain *d, const struct keys *k, const struct record_doc *order, struct err *e)
{
    struct db_args args = key_args(d, k);
    const struct db_rows *r = db_run(d->db, &Q_link_waiting, &args, e);
    if (!r)
        return false;
    size_t n = (size_t)db_count(r);
    struct str *what = ARENA_ARRAY(d->arena, struct str, n + 1);
    struct waiting *w = ARENA_ARRAY(d->arena, struct waiting, n + 1);
    for (size_t i = 0; i < n; i++) {
        what[i] = arena_str(d->arena, db_get(r, (int)i, 0));
        w[i] = (struct waiting){order, db_get_int(r, (int)i, 1)};
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof tries / sizeof tries[0]; k++)
            if (str_is(what[i], tries[k].what) && !tries[k].try_it(d, &w[i], e))
                return false;
    return true;
}

static struct keys keys_of(struct domain *d, const struct record_doc *order, struct str study_uid)
{
    return (struct keys){{study_uid, field_read(d->arena, FIELD_ACCESSION_NUMBER, order->node),
                          field_read(d->arena, FIELD_FILLER_ORDER, order->node),
                          field_read(d->arena, FIELD_PLACER_ORDER, order->node)}};
}

bool link_number_waits(struct domain *d, const struct record_doc *order, struct str study_uid, bool *ret_waits,
                       struct err *e)
{
    const struct keys k = keys_of(d, order, study_uid);
    struct db_args args = key_args(d, &k);
    const struct db_rows *r = db_run(d->db, &Q_link_number_waits, &args, e);
    *ret_waits = r && db_count(r) > 0;
    return r != NULL;
}

bool link_order_arrived(struct domain *d, const struct record_doc *order, struct str study_uid, struct err *e)
{
    const struct keys k = keys_of(d, order, study_uid);
    return try_waiting(d, &k, order, e);
}

bool link_study_arrived(struct domain *d, int64_t study_key, struct err *e)
{
    struct study_row s;
    bool found;
    if (!study_get(d, study_key, &s, &found, e))
        return false;
    return !found || (link_study(d, &s, e) && try_waiting(d, &(struct keys){{s.uid, s.accession}}, NULL, e));
}

/* One portion; false in ret_more when it was the last. */
static bool try_portion(struct domain *d, int64_t *last, clock_us now, bool *ret_more, struct err *e)
{
    struct db_args args = db_args(d->arena);
    int64_t rid[PORTION];
    db_int(&args, *last);
    db_int(&args, record_rid_at(now - LATELY));
    db_int(&args, PARTS);
    db_int(&args, now / MINUTE % PARTS);
    const struct db_rows *r = db_run(d->db, &Q_report_link_open, &args, e);
    int n = r ? db_count(r) : 0;
    for (int i = 0; i < n; i++)
        rid[i] = db_get_int(r, i, 0);
    for (int i = 0; i < n; i++)
        if (!link_report_again(d, rid[i], e))
            return false;
    *last = n ? rid[n - 1] : *last;
    *ret_more = n == PORTION;
    return r != NULL;
}

/* What arrives finds what waits for it by itself; here is mended what two transactions at once could not see of each
 * other. So the reports of late are tried every minute, and each of the others once a day. */
bool link_waiting_reports(struct domain *d, struct err *e)
{
    clock_us now = clock_now();
    int64_t last = 0;
    bool more = true, ok = true;
    while (ok && more) {
        CLEANUP(arena_release) struct arena a;
        struct domain portion = *d;
        arena_init(&a);
        portion.arena = &a;
        ok = try_portion(&portion, &last, now, &more, e);
    }
    return ok;
}
