#include "domain/workitem.h"

#include "domain/patient.h"
#include "domain/rule.h"
#include "schema/queries.h"

static struct str some(struct str s)
{
    return s.p ? s : STR("");
}

bool workitem_begin(struct domain *d, bool alone, struct err *e)
{
    return db_send(d->db, alone ? &Q_workitem_fence_alone : &Q_workitem_fence, NULL, e);
}

/* ---- rows ---- */

static struct workitem_row take_row(struct domain *d, const struct db_rows *r, int i)
{
    struct workitem_row x = {.rid = db_get_int(r, i, 0), .ended = db_get_int(r, i, 9)};
    struct {
        int column;
        struct str *to;
    } const text[] = {{1, &x.sop_uid},   {2, &x.state},     {3, &x.transaction},
                      {4, &x.performer}, {5, &x.readiness}, {6, &x.character_set}};
    for (size_t k = 0; k < sizeof text / sizeof text[0]; k++)
        *text[k].to = arena_str(d->arena, db_get(r, i, text[k].column));
    x.dataset = db_get_bytes(r, i, 7, d->arena);
    x.task = arena_printf(d->arena, "Task/%.*s", STR_ARG(db_get(r, i, 8)));
    return x;
}

static bool look(struct domain *d, const struct db_query *how, struct str sop_uid, struct workitem_row *ret_row,
                 struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, sop_uid);
    const struct db_rows *r = db_run(d->db, how, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no workitem '%.*s'", STR_ARG(sop_uid));
    *ret_row = take_row(d, r, 0);
    return true;
}

bool workitem_get(struct domain *d, struct str sop_uid, struct workitem_row *ret_row, struct err *e)
{
    return look(d, &Q_workitem_get, sop_uid, ret_row, e);
}

bool workitem_open(struct domain *d, struct str sop_uid, struct workitem_row *ret_row, struct err *e)
{
    return look(d, &Q_workitem_lock, sop_uid, ret_row, e);
}

bool workitem_find(struct domain *d, const struct workitem_query *q, struct workitem_row **ret_rows, size_t *ret_n,
                   struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_texts(&args, q->sop_uids, q->sop_uid_count);
    db_text(&args, some(q->state));
    db_text(&args, some(q->patient_id));
    db_text(&args, some(q->worklist_label));
    db_int(&args, q->behind);
    db_int(&args, q->limit);
    const struct db_rows *r = db_run(d->db, &Q_workitem_find, &args, e);
    *ret_n = r ? (size_t)db_count(r) : 0;
    *ret_rows = ARENA_ARRAY(d->arena, struct workitem_row, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_rows)[i] = take_row(d, r, (int)i);
    return r != NULL;
}

/* ---- the Task ---- */

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return !text.n || fhir_set(d->arena, doc->node, path, text, e);
}

static struct str task_status(struct str state)
{
    return str_is(state, WORKITEM_IN_PROGRESS) ? STR("in-progress")
           : str_is(state, WORKITEM_COMPLETED) ? STR("completed")
           : str_is(state, WORKITEM_CANCELED)  ? STR("cancelled")
                                               : STR("requested");
}

static bool write_task(struct domain *d, const struct workitem *w, struct record_doc *doc, struct err *e)
{
    struct str priority = str_is(w->priority, "HIGH") ? STR("urgent") : STR("routine");
    return set(d, doc, "description", w->label, e) && set(d, doc, "priority", priority, e) &&
           set(d, doc, "groupIdentifier.value", w->worklist_label, e) &&
           set(d, doc, "restriction.period.start", w->start, e) && set(d, doc, "restriction.period.end", w->due, e) &&
           (!w->code.n || fields_code_write(d->arena, doc->node, "code.coding[0]", w->code, e)) &&
           set(d, doc, "note[0].text", w->comments, e);
}

static bool begin_task(struct domain *d, const struct workitem *w, struct record_doc *doc, struct err *e)
{
    char now[CLOCK_TEXT];
    struct record_doc patient = {0};
    const struct patient_said who = {w->patient_id, w->patient_issuer, w->patient_name, w->patient_birth_date,
                                     w->patient_sex};
    clock_site_text(clock_now(), now);
    if (who.id.n && (!patient_of_said(d, &who, &patient, e) ||
                     !set(d, doc, "for.reference", domain_reference(d, &patient), e)))
        return false;
    struct str uid = arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(w->sop_uid));
    return set(d, doc, "identifier[0].system", STR("urn:dicom:uid"), e) && set(d, doc, "identifier[0].value", uid, e) &&
           set(d, doc, "status", STR("requested"), e) && set(d, doc, "intent", STR("order"), e) &&
           set(d, doc, "authoredOn", arena_str(d->arena, str_of(now)), e) &&
           set(d, doc, "requester.display", str_of(d->who->name), e);
}

static bool open_task(struct domain *d, int64_t rid, struct record_doc *ret_doc, struct err *e)
{
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) && record_parse(d->arena, ret_doc, e);
}

/* ---- on the list ---- */

bool workitem_create(struct domain *d, const struct workitem *w, struct workitem_row *ret_row, struct err *e)
{
    struct record_doc *doc = record_new(d->arena, "Task");
    struct db_args known = db_args(d->arena), args = db_args(d->arena);
    const struct str text[] = {w->readiness, w->patient_id, w->worklist_label, w->character_set};
    doc->department = d->department;
    db_text(&known, w->sop_uid);
    const struct db_rows *r = db_run(d->db, &Q_workitem_known, &known, e);
    if (!r || db_count(r))
        return r && err_set(e, ERR_CONFLICT, "the workitem '%.*s' is here already", STR_ARG(w->sop_uid));
    if (!begin_task(d, w, doc, e) || !write_task(d, w, doc, e) || !record_put(d->db, d->arena, doc, e))
        return err_wrap(e, "workitem");
    db_int(&args, doc->rid);
    db_text(&args, w->sop_uid);
    db_text(&args, some(d->department));
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        db_text(&args, some(text[i]));
    db_bytes(&args, w->dataset);
    *ret_row = (struct workitem_row){.rid = doc->rid,
                                     .sop_uid = w->sop_uid,
                                     .state = STR(WORKITEM_SCHEDULED),
                                     .readiness = w->readiness,
                                     .dataset = w->dataset,
                                     .task = domain_reference(d, doc)};
    return db_send(d->db, &Q_workitem_put, &args, e);
}

bool workitem_change(struct domain *d, const struct workitem_row *row, const struct workitem *now, struct err *e)
{
    struct record_doc doc;
    struct db_args args = db_args(d->arena);
    if (!open_task(d, row->rid, &doc, e) || !write_task(d, now, &doc, e) || !record_put(d->db, d->arena, &doc, e))
        return err_wrap(e, "workitem '%.*s'", STR_ARG(row->sop_uid));
    db_int(&args, row->rid);
    db_text(&args, some(now->readiness));
    db_text(&args, some(now->patient_id));
    db_text(&args, some(now->worklist_label));
    db_bytes(&args, now->dataset);
    return db_send(d->db, &Q_workitem_change, &args, e);
}

bool workitem_forget(struct domain *d, int hours, size_t *ret_n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, hours);
    db_int(&args, WORKITEM_FORGET_MAX);
    const struct db_rows *r = db_run(d->db, &Q_workitem_forget, &args, e);
    *ret_n = r ? (size_t)db_count(r) : 0;
    return r && db_send(d->db, &Q_workitem_messages_forget, NULL, e);
}

/* ---- states ---- */

static bool has_ended(const struct workitem_row *row)
{
    return str_is(row->state, WORKITEM_COMPLETED) || str_is(row->state, WORKITEM_CANCELED);
}

static bool claims(const struct workitem_row *row, struct str transaction)
{
    return transaction.n && (str_is(row->state, WORKITEM_SCHEDULED) || !row->transaction.n ||
                             str_eq(transaction, row->transaction));
}

static bool unclaimed(struct err *e)
{
    return rule_break(RULE_WORKITEM_CLAIM, e, "the transaction is not the one it was taken with");
}

bool workitem_may_change(const struct workitem_row *row, struct str transaction, struct err *e)
{
    if (has_ended(row))
        return rule_break(RULE_WORKITEM_FINAL, e, "the workitem may no longer be updated");
    if (str_is(row->state, WORKITEM_SCHEDULED))
        return !transaction.n || rule_break(RULE_WORKITEM_OPEN, e, "the workitem is not in progress yet");
    return (transaction.n && claims(row, transaction)) || unclaimed(e);
}

static bool may_take(const struct workitem_row *row, struct err *e)
{
    if (str_is(row->state, WORKITEM_SCHEDULED))
        return true;
    return has_ended(row) ? rule_break(RULE_WORKITEM_FINAL, e, "the workitem may no longer be updated")
                          : rule_break(RULE_WORKITEM_TAKEN, e, "the workitem is in progress already");
}

bool workitem_may_move(const struct workitem_row *row, struct str to, struct str transaction, bool *ret_already,
                       struct err *e)
{
    *ret_already = false;
    if (str_is(to, WORKITEM_SCHEDULED))
        return rule_break(RULE_WORKITEM_BEGIN, e, "a workitem becomes SCHEDULED when it is made");
    if (!str_is(to, WORKITEM_IN_PROGRESS) && !str_is(to, WORKITEM_COMPLETED) && !str_is(to, WORKITEM_CANCELED))
        return err_set(e, ERR_INVALID, "a workitem has no such state");
    if (str_is(to, WORKITEM_IN_PROGRESS))
        return transaction.n ? may_take(row, e) : unclaimed(e);
    if (!claims(row, transaction))
        return unclaimed(e);
    *ret_already = str_eq(to, row->state);
    if (*ret_already)
        return true;
    if (has_ended(row))
        return rule_break(RULE_WORKITEM_FINAL, e, "the workitem may no longer be updated");
    return str_is(row->state, WORKITEM_IN_PROGRESS) ||
           rule_break(RULE_WORKITEM_OPEN, e, "the workitem is not in progress yet");
}

static bool put_state(struct domain *d, const struct workitem_row *row, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct workitem_news news = {WORKITEM_STATE, row->sop_uid, row->state, row->readiness, STR("")};
    db_int(&args, row->rid);
    db_text(&args, row->state);
    db_text(&args, some(row->transaction));
    db_text(&args, some(row->performer));
    db_bytes(&args, row->dataset);
    return db_send(d->db, &Q_workitem_move, &args, e) && workitem_tell(d, row->rid, &news, NULL, e);
}

bool workitem_move(struct domain *d, struct workitem_row *row, const struct workitem_step *step, struct err *e)
{
    struct record_doc doc;
    row->state = step->to;
    row->transaction = step->transaction;
    row->performer = step->performer;
    if (step->dataset.n)
        row->dataset = step->dataset;
    return open_task(d, row->rid, &doc, e) && set(d, &doc, "status", task_status(step->to), e) &&
           set(d, &doc, "owner.display", step->performer, e) && set(d, &doc, "statusReason.text", step->reason, e) &&
           record_put(d->db, d->arena, &doc, e) && put_state(d, row, e);
}

/* Subscribers see both steps; the Task, which is cancelled, one. */
bool workitem_cancel(struct domain *d, struct workitem_row *row, struct str reason, struct str dataset, struct err *e)
{
    const struct workitem_step end = {STR(WORKITEM_CANCELED), STR(""), STR(""), reason, dataset};
    row->state = STR(WORKITEM_IN_PROGRESS);
    return put_state(d, row, e) && workitem_move(d, row, &end, e);
}

/* ---- its Task, written by others ---- */

static bool of_task(struct domain *d, int64_t rid, struct workitem_row *ret_row, bool *ret_is, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_workitem_of_task, &args, e);
    *ret_is = r && db_count(r) > 0;
    if (!*ret_is)
        return r != NULL;
    struct domain all = *d; /* who may write the Task may end what it is */
    all.access = STR("");
    struct str uid = arena_str(d->arena, db_get(r, 0, 0));
    return workitem_begin(&all, false, e) && workitem_open(&all, uid, ret_row, e);
}

/* Whether the Task is a workitem's and has another status than before. */
static bool moved(struct domain *d, const struct record_doc *task, const struct record_doc *before,
                  struct workitem_row *ret_row, bool *ret_is, struct err *e)
{
    *ret_is = false;
    bool same = !before || str_eq(fhir_text(task->node, "status"), fhir_text(before->node, "status"));
    return same || of_task(d, task->rid, ret_row, ret_is, e);
}

bool workitem_check_task(struct domain *d, const struct record_doc *task, const struct record_doc *before,
                         struct err *e)
{
    struct workitem_row row;
    bool is;
    if (!moved(d, task, before, &row, &is, e))
        return false;
    if (!is || (str_is(row.state, WORKITEM_SCHEDULED) && str_is(fhir_text(task->node, "status"), "cancelled")))
        return true;
    rule_break(RULE_WORKITEM_TASK, e, "the workitem is moved by who performs it");
    return err_at(e, "Task.status");
}

bool workitem_follow_task(struct domain *d, const struct record_doc *task, const struct record_doc *before,
                          struct err *e)
{
    struct workitem_row row;
    bool is;
    if (!moved(d, task, before, &row, &is, e))
        return false;
    if (!is)
        return true;
    row.state = STR(WORKITEM_IN_PROGRESS);
    if (!put_state(d, &row, e))
        return false;
    row.state = STR(WORKITEM_CANCELED);
    return put_state(d, &row, e);
}
