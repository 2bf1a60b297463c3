/* A step that moves by something other than its order: the patient came or did not, the appointment fell through, a
 * rule of the house. The Task says why. */
#include "domain/order.h"
#include "domain/visit.h"
#include "domain/worklist.h"
#include "schema/queries.h"

static bool add_note(struct domain *d, struct record_doc *task, struct str why, struct err *e)
{
    char now[CLOCK_TEXT];
    int n = 0;
    const struct fhir_node *list = fhir_member(task->node, "note");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    clock_site_text(clock_now(), now);
    return fhir_set(d->arena, task->node, arena_printf(d->arena, "note[%d].time", n).p,
                    arena_str(d->arena, str_of(now)), e) &&
           fhir_set(d->arena, task->node, arena_printf(d->arena, "note[%d].text", n).p, why, e);
}

/* corrects: what was told of the step was wrong, so that no rule of its states forbids it. */
static bool move(struct domain *d, int64_t rid, struct str status, const char *why, bool corrects, struct err *e)
{
    struct record_doc task;
    struct arena *a = d->arena;
    if (!record_get_rid(d->db, a, rid, RECORD_UPDATE, &task, e) || !record_parse(a, &task, e))
        return false;
    struct str now = order_step_status(task.node);
    if (str_eq(now, status))
        return true;
    if ((!corrects && !order_transition(now, status, e)) || !fhir_set(a, task.node, "businessStatus.text", status, e) ||
        !fhir_set(a, task.node, "status", order_task_status(status), e) ||
        !fhir_set(a, task.node, "statusReason.text", str_of(why), e) || !add_note(d, &task, str_of(why), e))
        return false;
    return record_put(d->db, a, &task, e) && worklist_project_task(d, &task, 0, e) && order_follow_steps(d, rid, e);
}

bool step_move(struct domain *d, int64_t task, struct str status, const char *why, struct err *e)
{
    return move(d, task, status, why, false, e);
}

bool step_correct(struct domain *d, int64_t task, struct str status, const char *why, struct err *e)
{
    return move(d, task, status, why, true, e);
}

bool arrival_apply(struct domain *d, const struct arrival *x, int *ret_steps, struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct str from = x->back ? STR("ARRIVED") : STR("SCHEDULED"), to = x->back ? STR("SCHEDULED") : STR("ARRIVED");
    db_int(&args, x->patient->rid);
    db_text(&args, x->day);
    db_text(&args, from);
    db_text(&args, x->visit.n ? x->visit : STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_arrival_steps, &args, e);
    *ret_steps = rows ? db_count(rows) : 0;
    int64_t *task = ARENA_ARRAY(d->arena, int64_t, (size_t)*ret_steps + 1);
    for (int i = 0; i < *ret_steps; i++)
        task[i] = db_get_int(rows, i, 0);
    for (int i = 0; i < *ret_steps; i++)
        if (!step_move(d, task[i], to, x->back ? "the patient's arrival was taken back" : "the patient arrived", e))
            return false;
    return rows != NULL;
}
