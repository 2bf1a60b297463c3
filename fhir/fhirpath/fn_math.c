/* Functions of numbers. What has no result (a root of -1) is empty. */
#include "fhir/fhirpath/functions_priv.h"
#include "fhir/fhirpath/quantity_priv.h"

#include <math.h>

/* The one number of the input; *ret_item NULL when there is none. */
static bool number(const struct call *c, const struct fhirpath_item **ret_item, struct decimal *ret_d, struct err *e)
{
    if (!input_one(c, ret_item, e))
        return false;
    const struct fhirpath_item *item = *ret_item;
    struct quantity q;
    if (!item)
        return true;
    bool fits = item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_DECIMAL || quantity_of(item, &q);
    if (!fits)
        return err_set(e, ERR_INVALID, "fhirpath: %.*s() is for numbers", STR_ARG(c->node->name));
    if (!decimal_parse(quantity_of(item, &q) ? q.number : item->text, ret_d))
        *ret_item = NULL;
    return true;
}

static bool put_number(const struct call *c, struct decimal d, enum fhirpath_kind kind)
{
    put_text(c->v, c->out, kind, decimal_text(c->v->arena, d, kind == FHIRPATH_INTEGER ? 0 : 1));
    return true;
}

bool run_abs(const struct call *c, struct err *e)
{
    const struct fhirpath_item *item;
    struct decimal d;
    if (!number(c, &item, &d, e) || !item)
        return !item;
    d.units = d.units < 0 ? -d.units : d.units;
    return put_number(c, d, item->kind == FHIRPATH_INTEGER ? FHIRPATH_INTEGER : FHIRPATH_DECIMAL);
}

/* To a whole number, plus step when the part cut off has its sign. */
static bool whole(const struct call *c, int step, struct err *e)
{
    const struct fhirpath_item *item;
    struct decimal d;
    if (!number(c, &item, &d, e) || !item)
        return !item;
    struct decimal cut = decimal_truncate(d);
    if (decimal_compare(d, cut) == step)
        cut.units += step;
    return put_number(c, cut, FHIRPATH_INTEGER);
}

bool run_ceiling(const struct call *c, struct err *e)
{
    return whole(c, 1, e);
}

bool run_floor(const struct call *c, struct err *e)
{
    return whole(c, -1, e);
}

bool run_truncate(const struct call *c, struct err *e)
{
    return whole(c, 2, e);
}

bool run_round(const struct call *c, struct err *e)
{
    const struct fhirpath_item *item;
    struct decimal d;
    int64_t digits = 0;
    bool there = true;
    if (!number(c, &item, &d, e) || (c->node->arg_count && !arg_int(c, 0, &digits, &there, e)))
        return false;
    if (digits < 0 || digits > DECIMAL_SCALE)
        return err_set(e, ERR_INVALID, "fhirpath: round() takes 0 to %d digits", DECIMAL_SCALE);
    return !item || !there || put_number(c, decimal_round(d, (int)digits), FHIRPATH_DECIMAL);
}

static bool reckoned(const struct call *c, double (*f)(double), struct err *e)
{
    const struct fhirpath_item *item;
    struct decimal d;
    if (!number(c, &item, &d, e))
        return false;
    if (item && decimal_from_double(f(decimal_double(d)), &d))
        put_number(c, d, FHIRPATH_DECIMAL);
    return true;
}

bool run_sqrt(const struct call *c, struct err *e)
{
    return reckoned(c, sqrt, e);
}

bool run_exp(const struct call *c, struct err *e)
{
    return reckoned(c, exp, e);
}

bool run_ln(const struct call *c, struct err *e)
{
    return reckoned(c, log, e);
}

static double log_to(double x, double base)
{
    return log(x) / log(base);
}

static bool reckoned_two(const struct call *c, double (*f)(double, double), struct err *e)
{
    const struct fhirpath_item *item, *other = NULL;
    struct fhirpath_list list;
    struct decimal d, by;
    if (!number(c, &item, &d, e) || !arg_list(c, 0, &list, e) || !one_of(&list, &other, e))
        return false;
    if (!item || !other || !decimal_parse(other->text, &by))
        return true;
    bool integers = item->kind == FHIRPATH_INTEGER && other->kind == FHIRPATH_INTEGER && f == pow && by.units >= 0;
    if (decimal_from_double(f(decimal_double(d), decimal_double(by)), &d))
        put_number(c, d, integers ? FHIRPATH_INTEGER : FHIRPATH_DECIMAL);
    return true;
}

bool run_log(const struct call *c, struct err *e)
{
    return reckoned_two(c, log_to, e);
}

bool run_power(const struct call *c, struct err *e)
{
    return reckoned_two(c, pow, e);
}
