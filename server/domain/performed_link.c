/* Which scheduled steps a performed one is, and what that does to them. */
#include "domain/performed_priv.h"

#include "domain/order.h"
#include "domain/patient.h"
#include "domain/rule.h"
#include "domain/study.h"
#include "domain/worklist.h"
#include "schema/queries.h"

enum { CANDIDATES_MAX = 50, RANK_STUDY = 4, RANK_ACCESSION = 5 };

struct candidate {
    int rank;
    int64_t task, patient;
    struct str rung, modality, status;
};

struct verdict {                  /* of one item */
    const struct candidate *step; /* NULL: none */
    const char *attention;        /* why none */
};

/* ---- the ladder ---- */

static bool load(struct domain *d, const struct performed_row *row, const struct performed_item *item,
                 struct candidate **ret_list, size_t *ret_n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct str key[] = {item->study_uid, item->step_id, item->accession, item->accession_issuer, row->patient_id};
    for (size_t i = 0; i < 5; i++)
        db_text(&args, key[i].p ? key[i] : STR(""));
    db_text_opt(&args, d->access);
    const struct db_rows *r = db_run(d->db, &Q_performed_ladder, &args, e);
    if (!r)
        return false;
    *ret_n = (size_t)db_count(r);
    *ret_list = ARENA_ARRAY(d->arena, struct candidate, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_list)[i] = (struct candidate){.rank = (int)db_get_int(r, (int)i, 0),
                                            .rung = arena_str(d->arena, db_get(r, (int)i, 1)),
                                            .task = db_get_int(r, (int)i, 2),
                                            .patient = db_get_int(r, (int)i, 3),
                                            .modality = arena_str(d->arena, db_get(r, (int)i, 4)),
                                            .status = arena_str(d->arena, db_get(r, (int)i, 5))};
    return true;
}

/* Numbers a person typed need the patient's id beside them; what came out of the worklist does not. */
static bool patient_agrees(struct domain *d, const struct performed_row *row, const struct candidate *c,
                           bool *ret_agrees, struct err *e)
{
    struct record_doc patient;
    *ret_agrees = !row->patient_id.n && c->rank < RANK_ACCESSION;
    if (!row->patient_id.n)
        return true;
    if (!record_get_rid(d->db, d->arena, c->patient, RECORD_READ, &patient, e) || !record_parse(d->arena, &patient, e))
        return false;
    *ret_agrees = patient_has_id(d, &patient, row->patient_id, row->patient_issuer);
    return true;
}

static bool is_open(struct str status)
{
    return !str_is(status, "COMPLETED") && !str_is(status, "DISCONTINUED") && !str_is(status, "CANCELED");
}

/* Of several on one rung: those of its modality, and of these the ones that are open. One must be left. */
static const struct candidate *choose(const struct candidate **list, size_t n, struct str modality)
{
    size_t same = 0, open = 0;
    for (size_t i = 0; i < n && n > 1; i++)
        if (str_eq(list[i]->modality, modality))
            list[same++] = list[i];
    n = same ? same : n;
    for (size_t i = 0; i < n && n > 1; i++)
        if (is_open(list[i]->status))
            list[open++] = list[i];
    n = open ? open : n;
    return n == 1 ? list[0] : NULL;
}

/* The first rung that hits decides, as for studies and reports. */
static bool judge(struct domain *d, const struct performed_row *row, const struct performed_item *item,
                  struct verdict *ret_verdict, struct err *e)
{
    struct candidate *list;
    const struct candidate *agreed[CANDIDATES_MAX];
    size_t n, hits = 0;
    *ret_verdict = (struct verdict){NULL, "unscheduled"};
    if (!load(d, row, item, &list, &n, e))
        return false;
    for (size_t i = 0; i < n && list[i].rank == list[0].rank && hits < CANDIDATES_MAX; i++) {
        bool agrees;
        if (!patient_agrees(d, row, &list[i], &agrees, e))
            return false;
        if (agrees)
            agreed[hits++] = &list[i];
    }
    if (hits)
        ret_verdict->step = choose(agreed, hits, row->modality);
    if (n && !ret_verdict->step)
        ret_verdict->attention = hits ? "ambiguous" : "patient-mismatch";
    return true;
}

/* ---- what a tie does ---- */

static bool find_tied(struct domain *d, int64_t task, struct performed_tied *ret_tied, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_null(&args);
    db_int(&args, task);
    db_text(&args, STR(""));
    const struct db_rows *r = db_run(d->db, &Q_performed_step_of, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (!*ret_found)
        return r != NULL;
    *ret_tied = (struct performed_tied){.task = task,
                                        .order = db_get_int(r, 0, 2),
                                        .procedure = db_get_int(r, 0, 3),
                                        .patient = db_get_int(r, 0, 4),
                                        .imaging_study = arena_str(d->arena, db_get(r, 0, 5)),
                                        .study_uid = arena_str(d->arena, db_get(r, 0, 6)),
                                        .accession = arena_str(d->arena, db_get(r, 0, 7)),
                                        .status = arena_str(d->arena, db_get(r, 0, 8))};
    return true;
}

/* A step is begun while one of what performs it runs, completed when one of them was. */
static bool wanted_of(struct domain *d, int64_t task, const struct performed_row *row, struct str *ret_status,
                      struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, task);
    const struct db_rows *r = db_run(d->db, &Q_performed_of_task, &args, e);
    bool runs = false, done = false;
    for (int i = 0; r && i < db_count(r); i++) {
        struct str status = db_get_int(r, i, 0) == row->rid ? row->status : db_get(r, i, 1);
        runs = runs || str_is(status, "IN PROGRESS");
        done = done || str_is(status, "COMPLETED");
    }
    *ret_status = runs ? STR("STARTED") : done ? STR("COMPLETED") : STR("DISCONTINUED");
    return r != NULL;
}

static bool add_output(struct domain *d, struct record_doc *task, struct str procedure, struct err *e)
{
    int n = 0;
    struct arena *a = d->arena;
    const struct fhir_node *list = fhir_member(task->node, "output");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "valueReference.reference"), procedure))
            return true;
    return fhir_set(a, task->node, arena_printf(a, "output[%d].type.text", n).p, STR("performed-procedure-step"), e) &&
           fhir_set(a, task->node, arena_printf(a, "output[%d].valueReference.reference", n).p, procedure, e);
}

static bool write_task(struct domain *d, struct record_doc *task, const struct record_doc *procedure, struct str status,
                       struct err *e)
{
    struct arena *a = d->arena;
    struct str start = fhir_text(procedure->node, "performedPeriod.start"),
               end = fhir_text(procedure->node, "performedPeriod.end"), now = order_step_status(task->node);
    bool moves = !str_eq(now, status), ends = moves && !str_is(status, "STARTED");
    clock_us from, to, ignored;
    fhir_remove(task->node, "statusReason");
    if (moves && start.n && !fhir_set(a, task->node, "executionPeriod.start", start, e))
        return false;
    struct str begun = fhir_text(task->node, "executionPeriod.start");
    bool runs = ends && end.n &&
                (!begun.n || (clock_range(begun, &from, &ignored) && clock_range(end, &ignored, &to) && to >= from));
    return (!runs || fhir_set(a, task->node, "executionPeriod.end", end, e)) &&
           fhir_set(a, task->node, "businessStatus.text", status, e) &&
           fhir_set(a, task->node, "status", order_task_status(status), e);
}

/* The step goes where its work is. What was cancelled or had ended stays so: that is told to a person. *ret_ended. */
static bool move_step(struct domain *d, const struct performed_row *row, const struct performed_tied *t,
                      const struct record_doc *procedure, bool *ret_ended, struct err *e)
{
    struct record_doc order, task;
    struct str status;
    if (!wanted_of(d, t->task, row, &status, e) ||
        !record_get_rid(d->db, d->arena, t->order, RECORD_UPDATE, &order, e) ||
        !record_get_rid(d->db, d->arena, t->task, RECORD_UPDATE, &task, e) || !record_parse(d->arena, &task, e))
        return false;
    struct str now = order_step_status(task.node);
    bool ended = !is_open(now), appended = str_is(now, "COMPLETED");
    *ret_ended = ended && !appended && !str_eq(now, status);
    if (!add_output(d, &task, row->procedure, e) || (!ended && !write_task(d, &task, procedure, status, e)))
        return false;
    return record_put(d->db, d->arena, &task, e) && worklist_project_task(d, &task, 0, e) &&
           (ended || order_follow_steps(d, t->task, e));
}

static bool name_in_study(struct domain *d, struct str reference, const struct record_doc *procedure, struct err *e)
{
    struct record_doc study;
    bool found = false;
    if (!reference.n || !domain_follow(d, reference, &study, &found, e))
        return !reference.n;
    return !found || performed_write_study(d, procedure, &study, e);
}

static bool tie(struct domain *d, const struct performed_row *row, int number, const struct candidate *c, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, row->rid);
    db_int(&args, number);
    db_int(&args, c->task);
    db_text(&args, c->rung);
    return db_send(d->db, &Q_performed_tie, &args, e);
}

/* ---- all items ---- */

struct linking {
    const struct performed_row *row;
    struct record_doc *procedure;
    struct performed_result *result;
    const char *attention;
    int64_t patient;
};

static bool follow_step(struct domain *d, struct linking *l, int64_t task, struct err *e)
{
    struct performed_tied t;
    struct record_doc patient;
    bool found, ended = false;
    if (!find_tied(d, task, &t, &found, e) || !found)
        return found || e->code == ERR_NONE;
    if (!performed_write_basis(d, l->procedure, &t, e) || !record_put(d->db, d->arena, l->procedure, e) ||
        !move_step(d, l->row, &t, l->procedure, &ended, e) || !name_in_study(d, t.imaging_study, l->procedure, e) ||
        !record_get_rid(d->db, d->arena, t.patient, RECORD_READ, &patient, e))
        return err_wrap(e, "step of a performed step");
    if (ended && !l->attention[0])
        l->attention = "step-ended";
    l->patient = t.patient;
    l->result->patient = patient.id;
    l->result->accession = t.accession;
    l->result->study_uid = t.study_uid;
    return true;
}

static struct performed_item item_of(struct domain *d, const struct db_rows *r, int i)
{
    struct arena *a = d->arena;
    return (struct performed_item){.study_uid = arena_str(a, db_get(r, i, 1)),
                                   .accession = arena_str(a, db_get(r, i, 2)),
                                   .accession_issuer = arena_str(a, db_get(r, i, 3)),
                                   .step_id = arena_str(a, db_get(r, i, 4)),
                                   .procedure_id = arena_str(a, db_get(r, i, 5))};
}

static bool link_item(struct domain *d, struct linking *l, const struct performed_item *item, int number, int64_t *task,
                      struct err *e)
{
    struct verdict v;
    if (*task)
        return true;
    if (!judge(d, l->row, item, &v, e))
        return false;
    if (!v.step) {
        l->attention = v.attention;
        return true;
    }
    *task = v.step->task;
    return tie(d, l->row, number, v.step, e);
}

/* Images without an order are told of what made them all the same. */
static bool name_in_images(struct domain *d, const struct linking *l, const struct str *uid, size_t n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_texts(&args, uid, n);
    const struct db_rows *r = db_run(d->db, &Q_performed_studies, &args, e);
    int count = r ? db_count(r) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, (size_t)count + 1);
    for (int i = 0; i < count; i++)
        rid[i] = db_get_int(r, i, 0);
    for (int i = 0; i < count; i++) {
        struct record_doc study;
        if (!record_get_rid(d->db, d->arena, rid[i], RECORD_UPDATE, &study, e) || !record_parse(d->arena, &study, e) ||
            !performed_write_study(d, l->procedure, &study, e))
            return false;
    }
    return r != NULL;
}

static bool keep_verdict(struct domain *d, const struct linking *l, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, l->row->rid);
    db_text(&args, str_of(l->attention));
    db_int(&args, l->patient);
    l->result->attention = str_of(l->attention);
    return db_send(d->db, &Q_performed_judge, &args, e);
}

bool performed_link(struct domain *d, const struct performed_row *row, struct record_doc *procedure,
                    struct performed_result *ret_result, struct err *e)
{
    struct linking l = {.row = row, .procedure = procedure, .result = ret_result, .attention = ""};
    struct db_args args = db_args(d->arena);
    db_int(&args, row->rid);
    const struct db_rows *r = db_run(d->db, &Q_performed_items, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    struct performed_item *item = ARENA_ARRAY(d->arena, struct performed_item, n + 1);
    struct str *uid = ARENA_ARRAY(d->arena, struct str, n + 1);
    int64_t *task = ARENA_ARRAY(d->arena, int64_t, n + 1);
    int *number = ARENA_ARRAY(d->arena, int, n + 1);
    for (size_t i = 0; i < n; i++) {
        number[i] = (int)db_get_int(r, (int)i, 0);
        item[i] = item_of(d, r, (int)i);
        uid[i] = item[i].study_uid;
        task[i] = db_get_int(r, (int)i, 6);
    }
    for (size_t i = 0; i < n; i++)
        if (!link_item(d, &l, &item[i], number[i], &task[i], e))
            return false;
    if (n && !ret_result->study_uid.n) {
        ret_result->study_uid = item[0].study_uid;
        ret_result->accession = item[0].accession;
    }
    for (size_t i = 0; i < n; i++)
        if (task[i] && !follow_step(d, &l, task[i], e))
            return false;
    return r && name_in_images(d, &l, uid, n, e) && keep_verdict(d, &l, e);
}

bool performed_link_one(struct domain *d, const struct performed_row *row, struct record_doc *procedure, int64_t task,
                        struct err *e)
{
    struct performed_result result = {.procedure = row->procedure};
    const struct candidate c = {.task = task, .rung = STR("person")};
    struct db_args args = db_args(d->arena);
    db_int(&args, row->rid);
    const struct db_rows *r = db_run(d->db, &Q_performed_items, &args, e);
    int number = r && db_count(r) ? (int)db_get_int(r, 0, 0) : 1;
    for (int i = 0; r && i < db_count(r); i++)
        if (!db_get_int(r, i, 6)) {
            number = (int)db_get_int(r, i, 0);
            break;
        }
    return r && tie(d, row, number, &c, e) && performed_link(d, row, procedure, &result, e);
}
