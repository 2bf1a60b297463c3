/* ServiceRequest/{id}/$worklist: the steps of an order as modalities see them, and for each rule of the worklist
 * whether it lets the modality asked about see the step.
 *
 * The data set is a Binary of application/dicom+json in Parameters, because the reasons come with it. What a modality
 * asks by (AE title, date, modality, status) is its own affair: the parameters say what to suppose it asks by. */
#include "fhir/rest/operation_priv.h"

#include "base/clock.h"
#include "base/codec.h"
#include "domain/worklist_rules.h"
#include "schema/queries.h"

enum { DATASET_MAX = 1 << 20 };

struct asking { /* the modality that is asked about */
    struct operation *o;
    struct domain d;
    struct worklist_asking by;
};

static void read_statuses(struct operation *o, struct worklist_asking *by)
{
    const struct fhir_node *p;
    size_t n = 0;
    while (operation_parameter(o->in, "status", n))
        n++;
    struct str *status = ARENA_ARRAY(o->op->arena, struct str, n + 1);
    for (size_t i = 0; (p = operation_parameter(o->in, "status", i)) != NULL; i++)
        for (const struct fhir_node *m = p->first; m; m = m->next)
            if (str_starts(m->key, "value"))
                status[i] = m->text;
    by->status = status;
    by->status_n = n;
}

static bool read_asking(struct operation *o, int64_t order, struct asking *x, struct err *e)
{
    struct op *op = o->op;
    struct str date = operation_text(o, "date");
    x->o = o;
    x->d = gate_domain(op);
    if (date.n && date.n != 10)
        return err_set(e, ERR_INVALID, "the parameter 'date' is a day");
    x->by = (struct worklist_asking){
        .d = &x->d,
        .auth = gate_auth(op->gate),
        .aet = str_trim(operation_text(o, "aet")),
        .station_name = operation_text(o, "station-name"),
        .modality = operation_text(o, "modality"),
        .date = date.n ? arena_printf(op->arena, "%.4s%.2s%.2s", date.p, date.p + 5, date.p + 8) : STR_NONE};
    read_statuses(o, &x->by);
    return worklist_ask(&x->by, order, e);
}

static bool put_rules(const struct asking *x, const struct worklist_step *s, struct fhir_node *to)
{
    struct worklist_verdict v[WORKLIST_RULES];
    bool visible;
    size_t n = worklist_judge(&x->by, s, v, &visible);
    for (size_t i = 0; i < n; i++) {
        struct fhir_node *rule = operation_add(x->o, to, "rule");
        operation_add_text(x->o, rule, "name", "valueCode", str_of(v[i].rule));
        operation_add_bool(x->o, rule, "holds", v[i].holds);
        operation_add_text(x->o, rule, "reason", "valueString", str_of(v[i].reason));
    }
    return visible;
}

/* ---- the answer ---- */

static struct fhir_node *reference(struct operation *o, struct str to)
{
    struct fhir_node *n = fhir_add_object(o->op->arena, fhir_new(o->op->arena, "Basic"), "subject");
    fhir_add_string(o->op->arena, n, "reference", to);
    n->next = NULL;
    return n;
}

static bool put_dataset(struct operation *o, const struct worklist_step *s, struct fhir_node *to, struct err *e)
{
    struct arena *a = o->op->arena;
    struct buf json CLEANUP(buf_release), text CLEANUP(buf_release);
    buf_init(&json, DATASET_MAX);
    buf_init(&text, 2 * DATASET_MAX);
    if (!fhir_settings()->worklist_json(s, a, &json, e))
        return false;
    base64_put(&text, buf_view(&json));
    if (!buf_ok(&json, e) || !buf_ok(&text, e))
        return false;
    struct fhir_node *binary = fhir_new(a, "Binary");
    fhir_add_string(a, binary, "contentType", STR("application/dicom+json"));
    fhir_add_string(a, binary, "data", arena_str(a, buf_view(&text)));
    operation_add_value(o, to, "dataset", "resource", binary);
    return true;
}

static bool put_step(const struct asking *x, const struct worklist_step *s, struct fhir_node *out, bool *ret_any,
                     struct err *e)
{
    struct fhir_node *step = operation_add(x->o, out, "step");
    operation_add_value(x->o, step, "task", "valueReference", reference(x->o, s->task));
    bool visible = put_rules(x, s, step);
    operation_add_bool(x->o, step, "visible", visible);
    *ret_any = *ret_any || visible;
    return put_dataset(x->o, s, step, e);
}

/* A Task that is no step, and why. */
static void put_missing(struct operation *o, const struct record_doc *task, struct fhir_node *out)
{
    struct arena *a = o->op->arena;
    bool modality = field_read(a, FIELD_MODALITY, task->node).n > 0;
    struct fhir_node *step = operation_add(o, out, "step"), *rule;
    operation_add_value(o, step, "task", "valueReference",
                        reference(o, arena_printf(a, "Task/%.*s", STR_ARG(task->id))));
    rule = operation_add(o, step, "rule");
    operation_add_text(o, rule, "name", "valueCode", modality ? STR("step-documents") : STR("step-modality"));
    operation_add_bool(o, rule, "holds", false);
    operation_add_text(o, rule, "reason", "valueString",
                       modality ? STR("its order or patient can not be found") : STR("the Task names no modality"));
    operation_add_bool(o, step, "visible", false);
}

static bool put_missing_steps(struct operation *o, const struct record_doc *order, struct fhir_node *out, size_t *n,
                              struct err *e)
{
    struct op *op = o->op;
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_int(&args, record_param(STR("Task"), STR("based-on")));
    db_text(&args, arena_printf(op->arena, "ServiceRequest/%.*s", STR_ARG(order->id)));
    const struct db_rows *rows = db_run(op->db, &Q_worklist_not_of, &args, e);
    for (int i = 0; rows && i < db_count(rows); i++, (*n)++) {
        struct record_doc task = record_row(rows, i, op->arena);
        if (!record_parse(op->arena, &task, e))
            return false;
        put_missing(o, &task, out);
    }
    return rows != NULL;
}

static void put_none(struct operation *o, struct fhir_node *out)
{
    struct fhir_node *rule = operation_add(o, operation_add(o, out, "step"), "rule");
    operation_add_text(o, rule, "name", "valueCode", STR("has-step"));
    operation_add_bool(o, rule, "holds", false);
    operation_add_text(o, rule, "reason", "valueString", STR("no Task is based on the order or its procedures"));
}

bool op_worklist(struct operation *o, struct err *e)
{
    struct record_doc order;
    struct asking *x = ARENA_NEW(o->op->arena, struct asking);
    struct fhir_node *out = operation_out(o);
    struct worklist_step *s;
    size_t n, missing = 0;
    bool any = false;
    if (!operation_document(o, RECORD_READ, &order, e) || !record_parse(o->op->arena, &order, e) ||
        !read_asking(o, order.rid, x, e) || !worklist_of(&x->d, order.rid, &s, &n, e))
        return false;
    answer_patient(o->op, &order);
    for (size_t i = 0; i < n; i++)
        if (!put_step(x, &s[i], out, &any, e))
            return false;
    if (!put_missing_steps(o, &order, out, &missing, e))
        return false;
    if (!n && !missing)
        put_none(o, out);
    o->op->event->count = (int64_t)n;
    operation_add_bool(o, out, "visible", any);
    return operation_answer(o, 200, out, e);
}
