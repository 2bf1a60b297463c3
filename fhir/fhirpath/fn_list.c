/* Functions of collections: is something there, which of it, how much. */
#include "fhir/fhirpath/functions_priv.h"

static bool answer(const struct call *c, bool value)
{
    put_bool(c->v, c->out, value);
    return true;
}

/* ---- existence ---- */
bool run_empty(const struct call *c, struct err *e)
{
    (void)e;
    return answer(c, c->input->n == 0);
}

bool run_exists(const struct call *c, struct err *e)
{
    int truth = 0;
    if (!c->node->arg_count)
        return answer(c, c->input->n > 0);
    for (size_t i = 0; i < c->input->n && truth != 1; i++)
        if (!arg_truth(c, 0, i, &truth, e))
            return false;
    return answer(c, truth == 1);
}

bool run_not(const struct call *c, struct err *e)
{
    int truth = -1;
    if (!fhirpath_truth(c->input, &truth, e))
        return false;
    return truth < 0 || answer(c, !truth);
}

bool run_all(const struct call *c, struct err *e)
{
    int truth = 1;
    for (size_t i = 0; i < c->input->n && truth == 1; i++)
        if (!arg_truth(c, 0, i, &truth, e))
            return false;
    return answer(c, truth == 1);
}

/* Whether some item is that boolean. */
static bool some(const struct call *c, const char *word, bool *ret_some, struct err *e)
{
    *ret_some = false;
    for (size_t i = 0; i < c->input->n; i++) {
        if (c->input->items[i]->kind != FHIRPATH_BOOLEAN)
            return err_set(e, ERR_INVALID, "fhirpath: %.*s() is for booleans", STR_ARG(c->node->name));
        *ret_some = *ret_some || str_is(c->input->items[i]->text, word);
    }
    return true;
}

bool run_all_true(const struct call *c, struct err *e)
{
    bool other;
    return some(c, "false", &other, e) && answer(c, !other);
}

bool run_any_true(const struct call *c, struct err *e)
{
    bool found;
    return some(c, "true", &found, e) && answer(c, found);
}

bool run_all_false(const struct call *c, struct err *e)
{
    bool other;
    return some(c, "true", &other, e) && answer(c, !other);
}

bool run_any_false(const struct call *c, struct err *e)
{
    bool found;
    return some(c, "false", &found, e) && answer(c, found);
}

bool run_count(const struct call *c, struct err *e)
{
    (void)e;
    put_int(c->v, c->out, (int64_t)c->input->n);
    return true;
}

/* ---- sets ---- */
/* Each value of a list once, ready to be asked. */
static bool set_of(const struct call *c, const struct fhirpath_list *list, struct fhirpath_list *ret_set,
                   struct distinct *ret_d, struct err *e)
{
    bool new_;
    distinct_start(ret_d, c->v, ret_set, list->n);
    for (size_t i = 0; i < list->n; i++)
        if (!distinct_add(ret_d, list->items[i], &new_, e))
            return false;
    return true;
}

static bool within(const struct call *c, const struct fhirpath_list *small, const struct fhirpath_list *large,
                   struct err *e)
{
    struct fhirpath_list set = {0};
    struct distinct d;
    bool has = true;
    if (!set_of(c, large, &set, &d, e))
        return false;
    for (size_t i = 0; i < small->n && has; i++)
        if (!distinct_has(&d, small->items[i], &has, e))
            return false;
    return answer(c, has);
}

bool run_subset_of(const struct call *c, struct err *e)
{
    struct fhirpath_list other;
    return arg_list(c, 0, &other, e) && within(c, c->input, &other, e);
}

bool run_superset_of(const struct call *c, struct err *e)
{
    struct fhirpath_list other;
    return arg_list(c, 0, &other, e) && within(c, &other, c->input, e);
}

bool run_distinct(const struct call *c, struct err *e)
{
    struct distinct d;
    return set_of(c, c->input, c->out, &d, e);
}

bool run_is_distinct(const struct call *c, struct err *e)
{
    struct fhirpath_list set = {0};
    struct distinct d;
    return set_of(c, c->input, &set, &d, e) && answer(c, set.n == c->input->n);
}

/* The input's items that the other list has, or has not; common ones once. */
static bool sift(const struct call *c, bool common, struct err *e)
{
    struct fhirpath_list other, set = {0}, once = {0};
    struct distinct theirs, ours;
    bool has, new_ = true;
    if (!arg_list(c, 0, &other, e) || !set_of(c, &other, &set, &theirs, e))
        return false;
    distinct_start(&ours, c->v, &once, c->input->n);
    for (size_t i = 0; i < c->input->n; i++) {
        if (!distinct_has(&theirs, c->input->items[i], &has, e) ||
            (common && !distinct_add(&ours, c->input->items[i], &new_, e)))
            return false;
        if (has == common && new_)
            fhirpath_add(c->v->arena, c->out, c->input->items[i]);
    }
    return true;
}

bool run_intersect(const struct call *c, struct err *e)
{
    return sift(c, true, e);
}

bool run_exclude(const struct call *c, struct err *e)
{
    return sift(c, false, e);
}

bool run_combine(const struct call *c, struct err *e)
{
    struct fhirpath_list other;
    if (!arg_list(c, 0, &other, e))
        return false;
    put_all(c->v, c->out, c->input);
    put_all(c->v, c->out, &other);
    return true;
}

bool run_union(const struct call *c, struct err *e)
{
    struct fhirpath_list other, both = {0};
    struct distinct d;
    if (!arg_list(c, 0, &other, e))
        return false;
    put_all(c->v, &both, c->input);
    put_all(c->v, &both, &other);
    return set_of(c, &both, c->out, &d, e);
}

/* ---- one by one ---- */
bool run_where(const struct call *c, struct err *e)
{
    for (size_t i = 0; i < c->input->n; i++) {
        int truth = 0;
        if (!arg_truth(c, 0, i, &truth, e))
            return false;
        if (truth == 1)
            fhirpath_add(c->v->arena, c->out, c->input->items[i]);
    }
    return true;
}

bool run_select(const struct call *c, struct err *e)
{
    for (size_t i = 0; i < c->input->n; i++) {
        struct fhirpath_list list;
        if (!arg_each(c, 0, i, &list, e) || !eval_step(c->v, list.n, e))
            return false;
        put_all(c->v, c->out, &list);
    }
    return true;
}

/* What is found is looked at again, until nothing new comes. */
bool run_repeat(const struct call *c, struct err *e)
{
    struct fhirpath_list queue = {0};
    struct call again = *c;
    put_all(c->v, &queue, c->input);
    again.input = &queue;
    for (size_t i = 0; i < queue.n; i++) {
        struct fhirpath_list found;
        struct distinct d;
        struct fhirpath_list fresh = {0};
        if (!arg_each(&again, 0, i, &found, e) || !eval_step(c->v, found.n + c->out->n / 64 + 1, e))
            return false;
        distinct_start(&d, c->v, &fresh, found.n);
        for (size_t k = 0; k < found.n; k++) {
            bool new_ = true;
            int equal = 0;
            for (size_t o = 0; o < c->out->n && equal != 1 && !found.items[k]->node; o++)
                if (!items_equal(c->v, found.items[k], c->out->items[o], &equal, e))
                    return false;
            if (equal != 1 && !distinct_add(&d, found.items[k], &new_, e))
                return false;
            if (equal == 1 || !new_)
                continue;
            fhirpath_add(c->v->arena, c->out, found.items[k]);
            fhirpath_add(c->v->arena, &queue, found.items[k]);
        }
    }
    return true;
}

bool run_aggregate(const struct call *c, struct err *e)
{
    struct focus outer = c->v->focus;
    struct fhirpath_list total = {0};
    bool ok = c->node->arg_count < 2 || arg_list(c, 1, &total, e);
    for (size_t i = 0; ok && i < c->input->n; i++) {
        total.room = total.n;
        c->v->focus.total = total;
        ok = arg_each(c, 0, i, &total, e);
    }
    c->v->focus = outer;
    if (ok)
        put_all(c->v, c->out, &total);
    return ok;
}

/* The conditions see the input as it is, empty too. */
bool run_iif(const struct call *c, struct err *e)
{
    struct focus outer = c->v->focus;
    struct fhirpath_list test = {0}, result = {0};
    int truth = 0;
    if (c->node->input)
        c->v->focus.this_ = (struct fhirpath_list){c->input->items, c->input->n, c->input->n};
    bool ok = arg_list(c, 0, &test, e) && fhirpath_truth(&test, &truth, e);
    if (ok && (truth == 1 || c->node->arg_count > 2))
        ok = arg_list(c, truth == 1 ? 1 : 2, &result, e);
    c->v->focus = outer;
    if (ok)
        put_all(c->v, c->out, &result);
    return ok;
}

bool run_trace(const struct call *c, struct err *e)
{
    struct str name;
    bool there = true;
    if (!arg_text(c, 0, &name, &there, e))
        return false;
    if (c->v->c->trace)
        c->v->c->trace(c->v->c->ctx, name, c->input);
    put_all(c->v, c->out, c->input);
    return true;
}

/* ---- parts ---- */
static bool part(const struct call *c, int64_t from, int64_t count)
{
    if (from < 0)
        from = 0;
    for (int64_t i = from; i < (int64_t)c->input->n && i - from < count; i++)
        fhirpath_add(c->v->arena, c->out, c->input->items[i]);
    return true;
}

bool run_single(const struct call *c, struct err *e)
{
    const struct fhirpath_item *item;
    return input_one(c, &item, e) && part(c, 0, 1);
}

bool run_first(const struct call *c, struct err *e)
{
    (void)e;
    return part(c, 0, 1);
}

bool run_last(const struct call *c, struct err *e)
{
    (void)e;
    return part(c, (int64_t)c->input->n - 1, 1);
}

bool run_tail(const struct call *c, struct err *e)
{
    (void)e;
    return part(c, 1, INT64_MAX);
}

bool run_skip(const struct call *c, struct err *e)
{
    int64_t n = 0;
    bool there = true;
    return arg_int(c, 0, &n, &there, e) && part(c, n, INT64_MAX);
}

bool run_take(const struct call *c, struct err *e)
{
    int64_t n = 0;
    bool there = true;
    return arg_int(c, 0, &n, &there, e) && part(c, 0, n);
}

bool run_children(const struct call *c, struct err *e)
{
    for (size_t i = 0; i < c->input->n; i++)
        if (!children(c->v, c->input->items[i], STR_NONE, c->out, e))
            return false;
    return true;
}

bool run_descendants(const struct call *c, struct err *e)
{
    return descendants(c->v, c->input, c->out, e);
}
