#include "domain/worklist.h"

#include <stdio.h>

#include "domain/order.h"
#include "domain/patient.h"
#include "schema/queries.h"

/* A FHIR dateTime as local YYYYMMDDHHMMSS in the site's zone; "" when it is none. */
static struct str local_time(struct arena *a, struct str text)
{
    clock_us from, to;
    struct clock_date d;
    if (!text.n || !clock_range(text, &from, &to))
        return STR("");
    clock_site_date(from, &d);
    return arena_printf(a, "%04d%02d%02d%02d%02d%02d", d.year, d.month, d.day, d.hour, d.minute, d.second);
}

static const struct fhir_node *document_of(const struct worklist_docs *docs, enum field f)
{
    const struct record_doc *doc[ENTITIES] = {docs->patient, docs->encounter,     docs->order, docs->procedure,
                                              docs->task,    docs->imaging_study, NULL};
    const struct record_doc *found = doc[field_row(f)->entity];
    return found ? found->node : NULL;
}

/* The first of these that is there. */
static struct str first_of(const struct str *candidates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (candidates[i].n)
            return candidates[i];
    return STR("");
}

/* When the step is due: its period, its order's time, or when it was written. */
static struct str start_of(const struct worklist_docs *docs)
{
    const struct str candidates[] = {fhir_text(docs->task->node, "restriction.period.start"),
                                     fhir_text(docs->task->node, "executionPeriod.start"),
                                     fhir_text(docs->procedure->node, "occurrenceDateTime"),
                                     fhir_text(docs->order->node, "occurrenceDateTime"),
                                     fhir_text(docs->order->node, "authoredOn"),
                                     fhir_text(docs->task->node, "meta.lastUpdated")};
    return first_of(candidates, sizeof candidates / sizeof candidates[0]);
}

/* A modality drops a step without ids (type 1): a document written without them lends its own. */
static void fill_in(const struct worklist_docs *docs, struct str value[FIELD_WORKLIST_COUNT])
{
    const struct str description[] = {value[FIELD_STEP_DESCRIPTION], fhir_text(docs->task->node, "code.text"),
                                      value[FIELD_PROCEDURE_DESCRIPTION], value[FIELD_MODALITY]};
    if (!value[FIELD_STEP_ID].n)
        value[FIELD_STEP_ID] = str_utf8_clip(docs->task->id, 16);
    if (!value[FIELD_PROCEDURE_ID].n)
        value[FIELD_PROCEDURE_ID] = str_utf8_clip(docs->procedure->id, 16);
    if (!value[FIELD_PROTOCOL_CODE].n)
        value[FIELD_STEP_DESCRIPTION] = first_of(description, 4);
    if (!value[FIELD_PROCEDURE_CODE].n && !value[FIELD_PROCEDURE_DESCRIPTION].n)
        value[FIELD_PROCEDURE_DESCRIPTION] = first_of(description, 4);
    if (!value[FIELD_PATIENT_NAME].n)
        value[FIELD_PATIENT_NAME] = STR("Unknown");
    value[FIELD_STEP_START] = start_of(docs);
    value[FIELD_STEP_STATUS] = order_step_status(docs->task->node);
}

bool worklist_project(struct domain *d, const struct worklist_docs *docs, struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct str value[FIELD_WORKLIST_COUNT];
    for (int f = 0; f < FIELD_WORKLIST_COUNT; f++)
        value[f] = field_read(d->arena, (enum field)f, document_of(docs, (enum field)f));
    fill_in(docs, value);
    if (!patient_primary_id(d, docs->patient, &value[FIELD_PATIENT_ID], &value[FIELD_PATIENT_ISSUER], e))
        return err_wrap(e, "worklist row");
    if (!value[FIELD_PATIENT_ID].n)
        value[FIELD_PATIENT_ID] = docs->patient->id;
    db_int(&args, docs->task->rid);
    db_text(&args, domain_reference(d, docs->task));
    db_int(&args, docs->order->rid);
    db_int(&args, docs->procedure->rid);
    db_int(&args, docs->patient->rid);
    db_text(&args, domain_reference(d, docs->imaging_study));
    db_text(&args, docs->task->department.p ? docs->task->department : STR(""));
    db_int(&args, docs->message_time);
    db_text(&args, local_time(d->arena, value[FIELD_STEP_START]));
    for (int f = 0; f < FIELD_WORKLIST_COUNT; f++)
        db_text(&args, value[f].p ? value[f] : STR(""));
    return db_send(d->db, &Q_worklist_put, &args, e) || err_wrap(e, "worklist row");
}

/* ---- from a Task alone ---- */

static bool follow(struct domain *d, struct str reference, struct record_doc **ret_doc, struct err *e)
{
    struct record_doc *doc = ARENA_NEW(d->arena, struct record_doc);
    bool found = false;
    if (reference.n && !domain_follow(d, reference, doc, &found, e))
        return false;
    *ret_doc = found ? doc : NULL;
    return true;
}

static bool gather(struct domain *d, struct worklist_docs *docs, struct err *e)
{
    const struct fhir_node *task = docs->task->node;
    if (!follow(d, fhir_text(task, "basedOn[0].reference"), &docs->procedure, e) ||
        !follow(d, fhir_text(task, "for.reference"), &docs->patient, e) ||
        !follow(d, fhir_text(task, "encounter.reference"), &docs->encounter, e))
        return false;
    if (!docs->procedure || !str_is(docs->procedure->type, "ServiceRequest"))
        return docs->procedure = NULL, true;
    if (!follow(d, fhir_text(docs->procedure->node, "basedOn[0].reference"), &docs->order, e))
        return false;
    if (!docs->order || !str_is(docs->order->type, "ServiceRequest"))
        docs->order = docs->procedure; /* one ServiceRequest for both is a common short form */
    return docs->patient || follow(d, fhir_text(docs->order->node, "subject.reference"), &docs->patient, e);
}

bool worklist_project_task(struct domain *d, struct record_doc *task, int64_t message_time, struct err *e)
{
    struct worklist_docs docs = {.task = task, .message_time = message_time};
    if (!task->deleted && !gather(d, &docs, e))
        return err_wrap(e, "gather the documents of '%.*s'", STR_ARG(domain_reference(d, task)));
    bool step =
        !task->deleted && docs.procedure && docs.patient && field_read(d->arena, FIELD_MODALITY, task->node).n > 0;
    if (!step) {
        struct db_args args = db_args(d->arena);
        db_int(&args, task->rid);
        return db_send(d->db, &Q_worklist_remove, &args, e);
    }
    const struct order_study wanted = {docs.order, docs.procedure, docs.patient, STR_NONE};
    return order_imaging_study(d, &wanted, &docs.imaging_study, e) && worklist_project(d, &docs, e);
}

bool worklist_refresh(struct domain *d, int64_t rid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *rows = db_run(d->db, &Q_worklist_tasks_of, &args, e);
    if (!rows)
        return false;
    int n = db_count(rows);
    int64_t *task = ARENA_ARRAY(d->arena, int64_t, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        task[i] = db_get_int(rows, i, 0);
    for (int i = 0; i < n; i++) {
        struct record_doc doc;
        if (!record_get_rid(d->db, d->arena, task[i], RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e) ||
            !worklist_project_task(d, &doc, 0, e))
            return false;
    }
    return true;
}

/* ---- queries ---- */

struct str worklist_pattern(struct arena *a, struct str wildcard)
{
    struct str s = str_trim(wildcard);
    char *out = arena_alloc(a, s.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' || c == '_' || c == '\\')
            out[n++] = '\\';
        out[n++] = c == '*' ? '%' : c == '?' ? '_' : c;
    }
    if (n == 1 && out[0] == '%')
        n = 0; /* a lone * is universal matching */
    while (n && out[n - 1] == '^')
        n--; /* trailing empty name components do not count */
    return (struct str){out, n};
}

/* Date and time ranges are one range when both are given. */
static struct str bound(struct arena *a, struct str date, struct str time, bool upper)
{
    char digits[7] = "000000";
    if (upper)
        str_copy(digits, sizeof digits, STR("235959"));
    for (size_t i = 0; i < time.n && i < 6; i++)
        digits[i] = time.p[i];
    return date.n ? arena_printf(a, "%.*s%s", STR_ARG(date), digits) : STR("");
}

/* Times without dates bound the time of each day. */
static struct str day_bound(struct arena *a, const struct worklist_query *q, struct str time, bool upper)
{
    bool dated = q->from_date.n || q->to_date.n;
    return dated || !time.n ? STR("") : str_sub(bound(a, STR("00000000"), time, upper), 8, 6);
}

static void add_keys(struct domain *d, const struct worklist_query *q, struct db_args *args)
{
    struct arena *a = d->arena;
    const struct str key[] = {q->modality, q->station_ae, q->patient_name, q->patient_id};
    for (size_t i = 0; i < 4; i++)
        db_text(args, worklist_pattern(a, key[i]));
    db_text(args, q->patient_issuer.p ? q->patient_issuer : STR(""));
    const struct str more[] = {q->accession_number, q->procedure_id, q->step_id};
    for (size_t i = 0; i < 3; i++)
        db_text(args, worklist_pattern(a, more[i]));
    if (q->study_uid_count)
        db_texts(args, q->study_uids, q->study_uid_count);
    else
        db_null(args);
    const struct str last[] = {q->performing_physician, q->admission_id, q->step_location};
    for (size_t i = 0; i < 3; i++)
        db_text(args, worklist_pattern(a, last[i]));
}

static void take_steps(struct domain *d, const struct db_rows *rows, struct worklist_step **ret_steps,
                       size_t *ret_count)
{
    size_t n = (size_t)db_count(rows);
    struct worklist_step *steps = ARENA_ARRAY(d->arena, struct worklist_step, n + 1);
    for (size_t i = 0; i < n; i++) {
        for (int f = 0; f < FIELD_WORKLIST_COUNT; f++)
            steps[i].value[f] = arena_str(d->arena, db_get(rows, (int)i, f));
        steps[i].task = arena_str(d->arena, db_get(rows, (int)i, FIELD_WORKLIST_COUNT));
        steps[i].start_local = arena_str(d->arena, db_get(rows, (int)i, FIELD_WORKLIST_COUNT + 1));
    }
    *ret_steps = steps;
    *ret_count = n;
}

static const struct str visible[] = {{"SCHEDULED", 9}, {"ARRIVED", 7}, {"READY", 5}};

bool worklist_status_visible(struct str status)
{
    return str_eq(status, visible[0]) || str_eq(status, visible[1]) || str_eq(status, visible[2]);
}

bool worklist_find(struct domain *d, const struct worklist_query *q, struct worklist_step **ret_steps,
                   size_t *ret_count, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_text(&args, bound(d->arena, q->from_date, q->from_time, false));
    db_text(&args, bound(d->arena, q->to_date, q->to_time, true));
    add_keys(d, q, &args);
    if (q->status_count)
        db_texts(&args, q->statuses, q->status_count);
    else
        db_texts(&args, visible, 3);
    db_text(&args, day_bound(d->arena, q, q->from_time, false));
    db_int(&args, 0);
    db_text(&args, STR(""));
    db_int(&args, q->limit > 0 ? q->limit : 1000);
    db_text(&args, day_bound(d->arena, q, q->to_time, true));
    const struct db_rows *rows = db_run(d->db, &Q_worklist_find, &args, e);
    if (!rows)
        return err_wrap(e, "worklist query");
    take_steps(d, rows, ret_steps, ret_count);
    return true;
}

bool worklist_of(struct domain *d, int64_t rid, struct worklist_step **ret_steps, size_t *ret_count, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    db_int(&args, rid);
    const struct db_rows *rows = db_run(d->db, &Q_worklist_of, &args, e);
    if (!rows)
        return err_wrap(e, "steps of an order");
    take_steps(d, rows, ret_steps, ret_count);
    return true;
}
