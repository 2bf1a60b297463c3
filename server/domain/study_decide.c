/* A person, or a corrected order, decides which order images answer. */
#include "domain/study_decide_priv.h"

#include "domain/link.h"
#include "domain/order_priv.h"
#include "domain/patient.h"
#include "domain/report.h"
#include "domain/uid.h"
#include "domain/worklist.h"
#include "schema/queries.h"

struct step {
    int64_t task, procedure, order;
    struct str status;
};

static bool read_steps(struct domain *d, const struct db_query *q, const struct db_args *args, struct step **ret_steps,
                       size_t *ret_n, struct err *e)
{
    const struct db_rows *r = db_run(d->db, q, args, e);
    *ret_n = r ? (size_t)db_count(r) : 0;
    *ret_steps = ARENA_ARRAY(d->arena, struct step, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_steps)[i] = (struct step){db_get_int(r, (int)i, 0), db_get_int(r, (int)i, 1), db_get_int(r, (int)i, 2),
                                        arena_str(d->arena, db_get(r, (int)i, 3))};
    return r != NULL;
}

static bool open_document(struct domain *d, int64_t rid, struct record_doc *ret_doc, struct err *e)
{
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) && record_parse(d->arena, ret_doc, e);
}

/* ---- the step that had been meant ---- */

static void drop_reference(struct domain *d, struct record_doc *study, struct str reference)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(study->node, "basedOn"), *next;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = next, n++) {
        next = i->next;
        if (str_eq(fhir_text(i, "reference"), reference))
            fhir_remove(study->node, arena_printf(d->arena, "basedOn[%d]", n--).p);
    }
}

static void drop_number(struct domain *d, struct record_doc *study, struct str accession)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(study->node, "identifier"), *next;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = next, n++) {
        next = i->next;
        if (accession.n && str_is(fhir_text(i, "type.coding[0].code"), "ACSN") &&
            str_eq(fhir_text(i, "value"), accession))
            fhir_remove(study->node, arena_printf(d->arena, "identifier[%d]", n--).p);
    }
}

/* What is told of the images no longer names the order. */
static bool leave_order(struct domain *d, struct record_doc *study, int64_t order, struct err *e)
{
    struct record_doc doc;
    if (!order)
        return true;
    if (!record_get_rid(d->db, d->arena, order, RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e))
        return false;
    drop_reference(d, study, domain_reference(d, &doc));
    drop_number(d, study, field_read(d->arena, FIELD_ACCESSION_NUMBER, doc.node));
    return true;
}

/* The study to come that it gave up is awaited again; one that bears the images' UID gets another. */
static bool await_again(struct domain *d, const struct record_doc *images, struct str procedure, struct err *e)
{
    struct record_doc doc;
    bool found;
    struct str uid = field_read(d->arena, FIELD_STUDY_UID, images->node);
    if (!order_study_of(d, procedure, &doc, &found, e))
        return false;
    if (!found || doc.rid == images->rid)
        return true; /* projecting the step makes one */
    bool same = str_eq(field_read(d->arena, FIELD_STUDY_UID, doc.node), uid);
    bool gone = str_is(fhir_text(doc.node, "status"), "cancelled");
    if (!same && !gone)
        return true;
    if (!open_document(d, doc.rid, &doc, e))
        return false;
    struct str other = arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(uid_new(d->arena)));
    return fhir_set(d->arena, doc.node, "status", STR("registered"), e) &&
           (!same || fhir_set(d->arena, doc.node, "identifier[system=urn:dicom:uid].value", other, e)) &&
           record_put(d->db, d->arena, &doc, e);
}

static bool has_begun(struct str status)
{
    return str_is(status, "STARTED") || str_is(status, "COMPLETED") || str_is(status, "DISCONTINUED");
}

/* Steps that awaited the images are to be done still; how far the one that was done had come goes with the images. */
static bool release(struct domain *d, struct study_move *m, struct err *e)
{
    struct step *step;
    size_t n;
    struct db_args args = db_args(d->arena);
    db_text(&args, m->row.uid);
    db_int(&args, m->to);
    db_text(&args, domain_reference(d, &m->images));
    if (!read_steps(d, &Q_study_losers, &args, &step, &n, e) || !leave_order(d, &m->images, m->row.order, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct record_doc procedure;
        if (!record_get_rid(d->db, d->arena, step[i].procedure, RECORD_READ, &procedure, e) ||
            !leave_order(d, &m->images, step[i].order, e))
            return false;
        drop_reference(d, &m->images, domain_reference(d, &procedure));
    }
    if (!record_put(d->db, d->arena, &m->images, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct record_doc procedure, task;
        if (!record_get_rid(d->db, d->arena, step[i].procedure, RECORD_READ, &procedure, e) ||
            !await_again(d, &m->images, domain_reference(d, &procedure), e) ||
            !open_document(d, step[i].task, &task, e))
            return false;
        if (has_begun(step[i].status))
            m->progress = step[i].status;
        if (has_begun(step[i].status) ? !step_correct(d, step[i].task, STR("SCHEDULED"), m->why, e)
                                      : !worklist_project_task(d, &task, 0, e))
            return false;
    }
    return true;
}

/* ---- the order they are for ---- */

/* The study it waited for will not come: the images came under another UID. */
static bool give_up(struct domain *d, const struct study_move *m, struct str procedure, struct err *e)
{
    struct record_doc doc;
    struct study_row row;
    bool found, stored = false;
    if (!order_study_of(d, procedure, &doc, &found, e) || !found || doc.rid == m->images.rid)
        return e->code == ERR_NONE;
    if (!study_find_document(d, doc.rid, &row, &stored, e))
        return false;
    return stored ||
           (open_document(d, doc.rid, &doc, e) && fhir_set(d->arena, doc.node, "status", STR("cancelled"), e) &&
            record_put(d->db, d->arena, &doc, e));
}

static bool take_patient(struct domain *d, struct study_move *m, struct err *e)
{
    static const enum field person[] = {FIELD_PATIENT_NAME, FIELD_PATIENT_BIRTH_DATE, FIELD_PATIENT_SEX};
    struct db_args args = db_args(d->arena);
    struct str id, issuer, reference = domain_reference(d, &m->patient);
    if (str_eq(fhir_text(m->images.node, "subject.reference"), reference))
        return true;
    if (!patient_primary_id(d, &m->patient, &id, &issuer, e) ||
        !fhir_set(d->arena, m->images.node, "subject.reference", reference, e))
        return false;
    fhir_remove(m->images.node, "subject.display");
    db_int(&args, m->row.key);
    db_text(&args, id);
    db_text(&args, issuer);
    for (size_t i = 0; i < 3; i++) {
        struct str text = field_read(d->arena, person[i], m->patient.node);
        db_text(&args, text.p ? text : STR(""));
    }
    return db_send(d->db, &Q_study_patient_put, &args, e);
}

/* The first step that is still to be done takes the images and how far they had come; else the order alone. */
static bool attach(struct domain *d, struct study_move *m, struct err *e)
{
    struct step *step;
    struct record_doc procedure, *doc;
    size_t n, at = 0;
    struct db_args args = db_args(d->arena);
    db_int(&args, m->to);
    if (!read_steps(d, &Q_worklist_steps_of, &args, &step, &n, e))
        return false;
    while (at + 1 < n && has_begun(step[at].status))
        at++;
    procedure = m->order;
    if (n && !open_document(d, step[at].procedure, &procedure, e))
        return false;
    if (!give_up(d, m, domain_reference(d, &procedure), e) || !take_patient(d, m, e) ||
        !fhir_set(d->arena, m->images.node, "status", STR("available"), e) ||
        !record_put(d->db, d->arena, &m->images, e))
        return false;
    const struct order_study wanted = {&m->order, n ? &procedure : &m->order, &m->patient, m->row.uid};
    if (!order_imaging_study(d, &wanted, &doc, e) || !db_flush(d->db, e))
        return false;
    m->images = *doc;
    if (n && m->progress.n && !has_begun(step[at].status) && !step_correct(d, step[at].task, m->progress, m->why, e))
        return false;
    return worklist_refresh(d, m->to, e);
}

/* ---- reports ---- */

static bool move_reports(struct domain *d, const struct study_move *m, struct study_decided *ret, struct err *e)
{
    struct domain all = *d;
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("DiagnosticReport"), STR("imagingStudy")));
    db_text(&args, domain_reference(d, &m->images));
    const struct db_rows *r = db_run(d->db, &Q_study_reports, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    struct str *id = ARENA_ARRAY(d->arena, struct str, n + 1);
    bool *mine = ARENA_ARRAY(d->arena, bool, n + 1);
    for (size_t i = 0; i < n; i++) {
        id[i] = arena_str(d->arena, db_get(r, (int)i, 0));
        mine[i] = db_get_int(r, (int)i, 1) == m->patient.rid;
    }
    all.access = STR_NONE; /* a report goes with its images, whoever may read it */
    for (size_t i = 0; i < n && m->to; i++) {
        bool tie = mine[i] && !m->by_ladder;
        ret->reports += mine[i];
        ret->left += !mine[i];
        if (!report_decide(&all, id[i], tie ? REPORT_LINK : REPORT_LADDER, domain_reference(d, &m->order), e))
            return false;
    }
    return r != NULL;
}

/* ---- all of it ---- */

static bool put_row(struct domain *d, struct study_move *m, struct err *e)
{
    struct db_args args = db_args(d->arena), decision = db_args(d->arena);
    struct study_row now;
    bool found;
    db_int(&args, m->row.key);
    db_int(&args, m->images.rid);
    db_int(&args, m->patient.rid);
    db_int(&args, m->to);
    db_text(&args, m->to ? STR("linked") : STR("unlinked"));
    db_text(&args, m->by_ladder ? STR("accession") : STR("person"));
    db_int(&decision, m->row.key);
    if (!m->by_ladder)
        db_int(&decision, m->to);
    return db_send(d->db, &Q_study_link, &args, e) &&
           db_send(d->db, m->by_ladder ? &Q_study_decision_clear : &Q_study_decision_put, &decision, e) &&
           study_get(d, m->row.key, &now, &found, e) && study_index(d, &now, &m->images, e);
}

/* The patient whose images they are now. */
static bool open_patient(struct domain *d, struct study_move *m, struct err *e)
{
    bool found;
    struct str subject = fhir_text(m->to ? m->order.node : m->images.node, "subject.reference");
    return domain_follow(d, subject, &m->patient, &found, e);
}

bool study_move(struct domain *d, struct study_move *m, struct study_decided *ret_decided, struct err *e)
{
    struct study_decided decided = {.from = m->row.order, .to = m->to};
    if (!open_document(d, m->row.imaging_study, &m->images, e) || (m->to && !open_document(d, m->to, &m->order, e)) ||
        !open_patient(d, m, e))
        return false;
    bool moves = m->to != m->row.order || !m->to;
    if (moves && (!release(d, m, e) || (m->to && !attach(d, m, e))))
        return err_wrap(e, "move study '%.*s'", STR_ARG(m->row.uid));
    if (!put_row(d, m, e) || (moves && !move_reports(d, m, &decided, e)))
        return err_wrap(e, "move study '%.*s'", STR_ARG(m->row.uid));
    decided.study = m->images;
    *ret_decided = decided;
    return true;
}

/* "ServiceRequest/…": the order itself, or a procedure of it. */
static bool find_order(struct domain *d, struct str reference, int64_t *ret_order, struct err *e)
{
    struct step *step;
    size_t n;
    struct record_doc doc;
    bool found;
    struct db_args args = db_args(d->arena);
    if (!domain_follow(d, reference, &doc, &found, e))
        return false;
    if (!found || !str_is(doc.type, "ServiceRequest"))
        return err_set(e, ERR_NOT_FOUND, "no such order");
    db_int(&args, doc.rid);
    if (!read_steps(d, &Q_worklist_steps_of, &args, &step, &n, e))
        return false;
    *ret_order = n ? step[0].order : doc.rid;
    return true;
}

bool study_hold(struct domain *d, struct str uid, struct study_row *ret_row, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, uid);
    db_text_opt(&args, d->access);
    const struct db_rows *r = db_run(d->db, &Q_study_by_uid, &args, e);
    *ret_found = r && db_count(r) > 0;
    return r && (!*ret_found || study_get(d, db_get_int(r, 0, 0), ret_row, ret_found, e));
}

/* Taken off first: what was decided until now is no evidence for the ladder. */
static bool give_back(struct domain *d, struct study_move *m, struct study_decided *ret_decided, struct err *e)
{
    bool found;
    struct study_decided off;
    if (!study_move(d, m, &off, e) || !study_get(d, m->row.key, &m->row, &found, e) ||
        !link_study_ladder(d, &m->row, &m->to, e) || !study_move(d, m, ret_decided, e))
        return false;
    ret_decided->from = off.from;
    return true;
}

bool study_decide(struct domain *d, struct str uid, enum study_decision what, struct str order,
                  struct study_decided *ret_decided, struct err *e)
{
    struct study_move *m = ARENA_NEW(d->arena, struct study_move);
    bool found;
    *m = (struct study_move){.by_ladder = what == STUDY_LADDER, .why = "the images were another order's"};
    if (!study_hold(d, uid, &m->row, &found, e))
        return false;
    if (!found || !m->row.imaging_study)
        return err_set(e, ERR_NOT_FOUND, "no such study");
    if (what == STUDY_LINK && !find_order(d, order, &m->to, e))
        return false;
    return what == STUDY_LADDER ? give_back(d, m, ret_decided, e) : study_move(d, m, ret_decided, e);
}
