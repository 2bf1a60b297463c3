#include "domain/performed_priv.h"

#include "domain/patient.h"
#include "domain/rule.h"
#include "schema/queries.h"

/* ---- rows ---- */

static struct str some(struct str s)
{
    return s.p ? s : STR("");
}

static void take_row(struct domain *d, const struct db_rows *r, struct performed_row *ret_row)
{
    struct performed_row x = {.rid = db_get_int(r, 0, 0), .patient_rid = db_get_int(r, 0, 4)};
    struct {
        int column;
        struct str *to;
    } const text[] = {{1, &x.sop_uid},        {2, &x.status},   {3, &x.attention},  {5, &x.patient_id},
                      {6, &x.patient_issuer}, {7, &x.modality}, {8, &x.station_ae}, {9, &x.character_set}};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        *text[i].to = arena_str(d->arena, db_get(r, 0, text[i].column));
    x.dataset = db_get_bytes(r, 0, 10, d->arena);
    x.procedure = arena_printf(d->arena, "Procedure/%.*s", STR_ARG(db_get(r, 0, 11)));
    *ret_row = x;
}

static bool missing(struct str sop_uid, struct err *e)
{
    return err_set(e, ERR_NOT_FOUND, "no performed step '%.*s'", STR_ARG(sop_uid));
}

bool performed_get(struct domain *d, struct str sop_uid, struct performed_row *ret_row, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, sop_uid);
    const struct db_rows *r = db_run(d->db, &Q_performed_get, &args, e);
    if (!r || !db_count(r))
        return r ? missing(sop_uid, e) : false;
    take_row(d, r, ret_row);
    return true;
}

static bool lock(struct domain *d, struct str sop_uid, int64_t rid, struct performed_row *ret_row, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, some(sop_uid));
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_performed_lock, &args, e);
    if (!r || !db_count(r))
        return r ? missing(sop_uid, e) : false;
    take_row(d, r, ret_row);
    return true;
}

bool performed_open(struct domain *d, struct str sop_uid, struct performed_row *ret_row, struct err *e)
{
    if (!lock(d, sop_uid, 0, ret_row, e))
        return false;
    return str_is(ret_row->status, "IN PROGRESS") ||
           rule_break(RULE_PERFORMED_FINAL, e, "the performed step may no longer be updated");
}

/* ---- writing ---- */

static bool put_row(struct domain *d, const struct performed *p, int64_t rid, int64_t patient, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct str text[] = {p->patient_id,  p->patient_issuer, p->patient_name, p->patient_birth_date,
                               p->patient_sex, p->modality,       p->station_ae,   p->calling_ae,
                               p->start,       p->character_set};
    db_int(&args, rid);
    db_text(&args, p->sop_uid);
    db_text(&args, some(d->department));
    db_text(&args, p->status);
    db_int(&args, patient);
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        db_text(&args, some(text[i]));
    db_bytes(&args, p->dataset);
    return db_send(d->db, &Q_performed_put, &args, e);
}

static bool put_items(struct domain *d, const struct performed *p, int64_t rid, struct err *e)
{
    static const struct performed_item none;
    size_t n = p->item_count ? p->item_count : 1;
    const struct performed_item *item = p->item_count ? p->items : &none;
    struct db_args args = db_args(d->arena);
    struct str *column[5];
    for (size_t c = 0; c < 5; c++)
        column[c] = ARENA_ARRAY(d->arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        const struct str value[] = {item[i].study_uid, item[i].accession, item[i].accession_issuer, item[i].step_id,
                                    item[i].procedure_id};
        for (size_t c = 0; c < 5; c++)
            column[c][i] = some(value[c]);
    }
    db_int(&args, rid);
    for (size_t c = 0; c < 5; c++)
        db_texts(&args, column[c], n);
    return db_send(d->db, &Q_performed_item_put, &args, e);
}

/* Who was examined, as the modality says; made when he is not known, as for images. */
static bool patient_of(struct domain *d, const struct performed *p, struct record_doc *ret_patient, struct err *e)
{
    const struct patient_said who = {p->patient_id, p->patient_issuer, p->patient_name, p->patient_birth_date,
                                     p->patient_sex};
    return !who.id.n || patient_of_said(d, &who, ret_patient, e);
}

static bool check_new(struct domain *d, struct str sop_uid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, sop_uid);
    const struct db_rows *r = db_run(d->db, &Q_performed_known, &args, e);
    if (r && db_count(r))
        return err_set(e, ERR_CONFLICT, "the performed step '%.*s' is here already", STR_ARG(sop_uid));
    return r != NULL;
}

static bool name_patient(struct domain *d, const struct record_doc *patient, struct record_doc *doc, struct err *e)
{
    return patient->rid
               ? fhir_set(d->arena, doc->node, "subject.reference", domain_reference(d, patient), e)
               : fhir_set(d->arena, doc->node, "subject.display", STR("patient not identified by the modality"), e);
}

bool performed_create(struct domain *d, const struct performed *p, struct performed_result *ret_result, struct err *e)
{
    struct record_doc patient = {0}, *doc = record_new(d->arena, "Procedure");
    doc->department = d->department;
    if (!check_new(d, p->sop_uid, e) || !patient_of(d, p, &patient, e) || !performed_write(d, p, doc, e) ||
        !name_patient(d, &patient, doc, e) || !record_put(d->db, d->arena, doc, e))
        return err_wrap(e, "performed step");
    if (!put_row(d, p, doc->rid, patient.rid, e) || !put_items(d, p, doc->rid, e))
        return false;
    const struct performed_row row = {.rid = doc->rid,
                                      .patient_rid = patient.rid,
                                      .sop_uid = p->sop_uid,
                                      .status = p->status,
                                      .patient_id = p->patient_id,
                                      .patient_issuer = p->patient_issuer,
                                      .modality = p->modality,
                                      .procedure = domain_reference(d, doc)};
    *ret_result = (struct performed_result){.procedure = row.procedure, .patient = patient.id};
    return performed_link(d, &row, doc, ret_result, e);
}

/* ---- changing ---- */

static bool may_end(struct domain *d, const struct performed *p, struct err *e)
{
    if (str_is(p->status, "IN PROGRESS") || p->series_count)
        return true;
    if (!d->who->peer.mpps_lenient)
        return err_set(e, ERR_REQUIRED, "a performed step ends with a Performed Series Sequence that is not empty");
    domain_warn(d, "the performed step ends without series");
    return true;
}

bool performed_change(struct domain *d, const struct performed_row *was, const struct performed *p,
                      struct performed_result *ret_result, struct err *e)
{
    struct record_doc doc;
    struct performed_row row = *was;
    struct db_args args = db_args(d->arena);
    if (!may_end(d, p, e))
        return false;
    if (!record_get_rid(d->db, d->arena, was->rid, RECORD_UPDATE, &doc, e) || !record_parse(d->arena, &doc, e) ||
        !performed_write(d, p, &doc, e))
        return err_wrap(e, "performed step '%.*s'", STR_ARG(was->sop_uid));
    db_int(&args, was->rid);
    db_text(&args, p->status);
    db_bytes(&args, p->dataset);
    row.status = p->status;
    *ret_result = (struct performed_result){.procedure = was->procedure};
    return record_put(d->db, d->arena, &doc, e) && db_send(d->db, &Q_performed_change, &args, e) &&
           performed_link(d, &row, &doc, ret_result, e);
}

/* ---- again, and by a person ---- */

static bool open_both(struct domain *d, int64_t rid, struct performed_row *ret_row, struct record_doc *ret_doc,
                      struct err *e)
{
    return lock(d, STR_NONE, rid, ret_row, e) && record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) &&
           record_parse(d->arena, ret_doc, e);
}

bool performed_relink(struct domain *d, int64_t rid, struct err *e)
{
    struct domain all = *d; /* what arrived may be of another department */
    struct performed_row row;
    struct performed_result ignored = {.attention = STR_NONE};
    struct record_doc doc;
    all.access = STR("");
    return open_both(&all, rid, &row, &doc, e) && performed_link(&all, &row, &doc, &ignored, e);
}

bool performed_end(struct domain *d, int64_t rid, struct performed_result *ret_result, struct err *e)
{
    struct performed_row row;
    struct record_doc doc;
    if (!open_both(d, rid, &row, &doc, e))
        return false;
    *ret_result = (struct performed_result){.procedure = row.procedure};
    return performed_link(d, &row, &doc, ret_result, e);
}

static bool relink_all(struct domain *d, const struct db_query *which, int64_t by, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, by);
    const struct db_rows *r = db_run(d->db, which, &args, e);
    int n = r ? db_count(r) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        rid[i] = db_get_int(r, i, 0);
    for (int i = 0; i < n; i++)
        if (!performed_relink(d, rid[i], e))
            return false;
    return r != NULL;
}

bool performed_relink_patient(struct domain *d, int64_t patient_rid, struct err *e)
{
    return relink_all(d, &Q_performed_open_of, patient_rid, e);
}

bool performed_step_arrived(struct domain *d, int64_t task_rid, struct err *e)
{
    return relink_all(d, &Q_performed_open_for, task_rid, e);
}

static bool open_id(struct domain *d, struct str id, struct performed_row *ret_row, struct record_doc *ret_doc,
                    struct err *e)
{
    int64_t rid;
    if (!record_id_parse(id, &rid))
        return err_set(e, ERR_NOT_FOUND, "no such performed step");
    return open_both(d, rid, ret_row, ret_doc, e);
}

static bool settle(struct domain *d, int64_t rid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    return db_send(d->db, &Q_performed_settle, &args, e);
}

bool performed_tie(struct domain *d, struct str id, struct str task, struct performed_result *ret_result, struct err *e)
{
    struct performed_row row;
    struct record_doc doc;
    struct db_args args = db_args(d->arena);
    if (!open_id(d, id, &row, &doc, e))
        return false;
    db_text_opt(&args, d->access);
    db_int(&args, 0);
    db_text(&args, task);
    const struct db_rows *r = db_run(d->db, &Q_performed_step_of, &args, e);
    if (!r || !db_count(r))
        return r && err_set(e, ERR_NOT_FOUND, "no such step");
    int64_t step = db_get_int(r, 0, 0), patient = db_get_int(r, 0, 4);
    *ret_result = (struct performed_result){.procedure = row.procedure,
                                            .accession = arena_str(d->arena, db_get(r, 0, 7)),
                                            .study_uid = arena_str(d->arena, db_get(r, 0, 6))};
    if (row.patient_rid && row.patient_rid != patient)
        return rule_break(RULE_STEP_PATIENT, e, "the step is another patient's; correct or merge the patient first");
    return performed_link_one(d, &row, &doc, step, e) && settle(d, row.rid, e);
}

bool performed_dismiss(struct domain *d, struct str id, struct performed_result *ret_result, struct err *e)
{
    struct performed_row row;
    struct record_doc doc;
    if (!open_id(d, id, &row, &doc, e))
        return false;
    *ret_result = (struct performed_result){.procedure = row.procedure};
    return settle(d, row.rid, e);
}
