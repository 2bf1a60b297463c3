/* The operators. TO ADD AN OPERATOR: a row in rows, its function, a row in tests/unit/fhir/fhirpath/test_eval.c. */
#include "fhir/fhirpath/ops_priv.h"

#include "fhir/fhirpath/moment_priv.h"
#include "fhir/fhirpath/quantity_priv.h"

#include <string.h>

typedef const struct fhirpath_list list_in;

/* ---- logic: 1, 0, -1 for empty ---- */
static void put_truth(struct eval *v, struct fhirpath_list *out, int truth)
{
    if (truth >= 0)
        put_bool(v, out, truth);
}

static bool both_truths(list_in *a, list_in *b, int *ret_a, int *ret_b, struct err *e)
{
    return fhirpath_truth(a, ret_a, e) && fhirpath_truth(b, ret_b, e);
}

static bool op_and(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int x, y;
    if (!both_truths(a, b, &x, &y, e))
        return false;
    put_truth(v, out, !x || !y ? 0 : x < 0 || y < 0 ? -1 : 1);
    return true;
}

static bool op_or(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int x, y;
    if (!both_truths(a, b, &x, &y, e))
        return false;
    put_truth(v, out, x == 1 || y == 1 ? 1 : x < 0 || y < 0 ? -1 : 0);
    return true;
}

static bool op_xor(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int x, y;
    if (!both_truths(a, b, &x, &y, e))
        return false;
    put_truth(v, out, x < 0 || y < 0 ? -1 : x != y);
    return true;
}

static bool op_implies(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int x, y;
    if (!both_truths(a, b, &x, &y, e))
        return false;
    put_truth(v, out, x == 0 || y == 1 ? 1 : x < 0 || y < 0 ? -1 : 0);
    return true;
}

/* ---- equality ---- */
/* In order, item by item. */
static bool lists_equal(struct eval *v, list_in *a, list_in *b, int *ret_equal, struct err *e)
{
    *ret_equal = a->n == b->n;
    for (size_t i = 0; i < a->n && *ret_equal; i++) {
        int equal = 0;
        if (!items_equal(v, a->items[i], b->items[i], &equal, e))
            return false;
        if (equal <= 0)
            *ret_equal = equal;
        if (equal < 0)
            break;
    }
    return true;
}

/* In any order: each item of a takes one of b. */
static bool lists_alike(struct eval *v, list_in *a, list_in *b, int *ret_alike, struct err *e)
{
    bool *taken = ARENA_ARRAY(v->arena, bool, b->n + 1);
    *ret_alike = a->n == b->n;
    for (size_t i = 0; i < a->n && *ret_alike; i++) {
        int alike = 0;
        for (size_t k = 0; k < b->n && !alike; k++) {
            if (!taken[k] && !items_alike(v, a->items[i], b->items[k], &alike, e))
                return false;
            if (!taken[k] && alike)
                taken[k] = true;
        }
        *ret_alike = alike;
    }
    return true;
}

static bool op_equal(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int equal = -1;
    if (a->n && b->n && !lists_equal(v, a, b, &equal, e))
        return false;
    put_truth(v, out, equal);
    return true;
}

static bool op_not_equal(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int equal = -1;
    if (a->n && b->n && !lists_equal(v, a, b, &equal, e))
        return false;
    put_truth(v, out, equal < 0 ? -1 : !equal);
    return true;
}

static bool op_alike(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int alike = 0;
    if (!lists_alike(v, a, b, &alike, e))
        return false;
    put_bool(v, out, alike);
    return true;
}

static bool op_not_alike(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    int alike = 0;
    if (!lists_alike(v, a, b, &alike, e))
        return false;
    put_bool(v, out, !alike);
    return true;
}

/* ---- order ---- */
static bool ordered(list_in *a, list_in *b, int *ret_order, bool *ret_known, struct err *e)
{
    const struct fhirpath_item *x, *y;
    *ret_known = false;
    if (!one_of(a, &x, e) || !one_of(b, &y, e))
        return false;
    return !x || !y || items_compare(x, y, ret_order, ret_known, e);
}

#define ORDER_OP(name, test)                                                                           \
    static bool name(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e) \
    {                                                                                                  \
        int order = 0;                                                                                 \
        bool known = false;                                                                            \
        if (!ordered(a, b, &order, &known, e))                                                         \
            return false;                                                                              \
        if (known)                                                                                     \
            put_bool(v, out, order test 0);                                                            \
        return true;                                                                                   \
    }
ORDER_OP(op_less, <)
ORDER_OP(op_at_most, <=)
ORDER_OP(op_more, >)
ORDER_OP(op_at_least, >=)

/* ---- collections ---- */
static bool op_union(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    struct distinct d;
    bool new_ = false;
    distinct_start(&d, v, out, a->n + b->n);
    for (size_t i = 0; i < a->n; i++)
        if (!distinct_add(&d, a->items[i], &new_, e))
            return false;
    for (size_t i = 0; i < b->n; i++)
        if (!distinct_add(&d, b->items[i], &new_, e))
            return false;
    return true;
}

static bool put_in(struct eval *v, list_in *item, list_in *in, struct fhirpath_list *out, struct err *e)
{
    const struct fhirpath_item *one;
    int equal = 0;
    if (!one_of(item, &one, e))
        return false;
    for (size_t i = 0; one && i < in->n && equal != 1; i++)
        if (!items_equal(v, one, in->items[i], &equal, e))
            return false;
    if (one)
        put_bool(v, out, equal == 1);
    return true;
}

static bool op_in(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return put_in(v, a, b, out, e);
}

static bool op_contains(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return put_in(v, b, a, out, e);
}

/* ---- arithmetic ---- */
static bool is_number(const struct fhirpath_item *item)
{
    return item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_DECIMAL;
}

static void put_decimal(struct eval *v, struct fhirpath_list *out, struct decimal d, bool whole)
{
    put_text(v, out, whole ? FHIRPATH_INTEGER : FHIRPATH_DECIMAL, decimal_text(v->arena, d, whole ? 0 : 1));
}

static void put_quantity(struct eval *v, struct fhirpath_list *out, struct decimal d, struct str unit)
{
    struct fhirpath_item *item = ARENA_NEW(v->arena, struct fhirpath_item);
    *item = (struct fhirpath_item){
        .kind = FHIRPATH_QUANTITY, .text = decimal_text(v->arena, d, 0), .unit = unit, .index = -1};
    fhirpath_add(v->arena, out, item);
}

typedef bool (*reckon)(struct decimal a, struct decimal b, struct decimal *ret_d);

static bool no_sense(struct err *e)
{
    return err_set(e, ERR_INVALID, "fhirpath: this operator is not for values of these kinds");
}

/* What is out of range, and a division by zero, are empty. */
static void put_reckoned(struct eval *v, struct fhirpath_list *out, const struct fhirpath_item *x,
                         const struct fhirpath_item *y, reckon how)
{
    struct decimal a, b, d;
    bool whole = x->kind == FHIRPATH_INTEGER && y->kind == FHIRPATH_INTEGER && how != decimal_divide;
    whole = whole || how == decimal_div;
    if (decimal_parse(x->text, &a) && decimal_parse(y->text, &b) && how(a, b, &d))
        put_decimal(v, out, d, whole);
}

static void put_sum_of_quantities(struct eval *v, struct fhirpath_list *out, const struct fhirpath_item *x,
                                  const struct fhirpath_item *y, reckon how)
{
    struct quantity p, q;
    struct decimal a, b, d;
    bool ok = quantity_of(x, &p) && quantity_of(y, &q) && str_eq(p.unit, q.unit) && quantity_same_unit(&p, &q, &a, &b);
    if (ok && how(a, b, &d))
        put_quantity(v, out, d, p.unit);
}

/* A date or time, and so many years, days, minutes more or fewer. */
static void put_moved(struct eval *v, struct fhirpath_list *out, const struct fhirpath_item *x,
                      const struct fhirpath_item *y, int sign)
{
    struct moment m;
    struct quantity q;
    struct decimal d;
    int64_t count = 0;
    bool ok = quantity_of(y, &q) && decimal_parse(q.number, &d) &&
              (x->kind == FHIRPATH_TIME ? moment_parse_time(x->text, &m) : moment_parse(x->text, &m));
    if (ok && str_int(decimal_text(v->arena, decimal_truncate(d), 0), &count) && count < INT32_MAX &&
        count > INT32_MIN && moment_add(&m, sign * count, q.unit))
        put_text(v, out, x->kind, moment_text(v->arena, &m));
}

static bool both_items(list_in *a, list_in *b, const struct fhirpath_item **ret_x, const struct fhirpath_item **ret_y,
                       struct err *e)
{
    return one_of(a, ret_x, e) && one_of(b, ret_y, e);
}

static bool is_moment(const struct fhirpath_item *x)
{
    return x->kind == FHIRPATH_DATE || x->kind == FHIRPATH_DATETIME || x->kind == FHIRPATH_TIME;
}

static bool put_joined(struct eval *v, struct fhirpath_list *out, struct str a, struct str b, struct err *e)
{
    char *text = eval_bytes(v, a.n + b.n, e);
    if (!text)
        return false;
    if (a.n)
        memcpy(text, a.p, a.n);
    if (b.n)
        memcpy(text + a.n, b.p, b.n);
    put_text(v, out, FHIRPATH_STRING, (struct str){text, a.n + b.n});
    return true;
}

static bool sum(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, reckon how, struct err *e)
{
    const struct fhirpath_item *x, *y;
    struct quantity q;
    if (!both_items(a, b, &x, &y, e) || !x || !y)
        return a->n < 2 && b->n < 2;
    bool plus = how == decimal_add;
    if (is_number(x) && is_number(y))
        put_reckoned(v, out, x, y, how);
    else if (plus && x->kind == FHIRPATH_STRING && y->kind == FHIRPATH_STRING)
        return put_joined(v, out, x->text, y->text, e);
    else if (is_moment(x) && quantity_of(y, &q))
        put_moved(v, out, x, y, plus ? 1 : -1);
    else if (quantity_of(x, &q) && quantity_of(y, &q))
        put_sum_of_quantities(v, out, x, y, how);
    else
        return no_sense(e);
    return true;
}

static bool op_plus(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return sum(v, a, b, out, decimal_add, e);
}

static bool op_minus(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return sum(v, a, b, out, decimal_subtract, e);
}

/* Numbers, and a quantity by a number; the unit stays. */
static bool product(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, reckon how, struct err *e)
{
    const struct fhirpath_item *x, *y;
    struct quantity q;
    struct decimal m, n, d;
    if (!both_items(a, b, &x, &y, e) || !x || !y)
        return a->n < 2 && b->n < 2;
    if (is_number(x) && is_number(y)) {
        put_reckoned(v, out, x, y, how);
        return true;
    }
    if (how == decimal_multiply && is_number(x) && quantity_of(y, &q)) {
        const struct fhirpath_item *swapped = x;
        x = y;
        y = swapped;
    }
    if (!quantity_of(x, &q) || !is_number(y) || how == decimal_div || how == decimal_mod)
        return no_sense(e);
    if (decimal_parse(q.number, &m) && decimal_parse(y->text, &n) && how(m, n, &d))
        put_quantity(v, out, d, q.unit);
    return true;
}

static bool op_times(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return product(v, a, b, out, decimal_multiply, e);
}

static bool op_divide(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return product(v, a, b, out, decimal_divide, e);
}

static bool op_div(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return product(v, a, b, out, decimal_div, e);
}

static bool op_mod(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    return product(v, a, b, out, decimal_mod, e);
}

/* Texts, an empty side counting as ''. */
static bool op_join(struct eval *v, list_in *a, list_in *b, struct fhirpath_list *out, struct err *e)
{
    const struct fhirpath_item *x, *y;
    if (!both_items(a, b, &x, &y, e))
        return false;
    if ((x && x->kind == FHIRPATH_ELEMENT) || (y && y->kind == FHIRPATH_ELEMENT))
        return no_sense(e);
    return put_joined(v, out, x ? x->text : STR_NONE, y ? y->text : STR_NONE, e);
}

/* ---- the table: higher levels bind tighter; without a function: is and as, whose right side is a type ---- */
static const struct operator_row rows[] = {
    {"implies", 1, op_implies},
    {"or", 2, op_or},
    {"xor", 2, op_xor},
    {"and", 3, op_and},
    {"in", 4, op_in},
    {"contains", 4, op_contains},
    {"=", 5, op_equal},
    {"!=", 5, op_not_equal},
    {"~", 5, op_alike},
    {"!~", 5, op_not_alike},
    {"<", 6, op_less},
    {"<=", 6, op_at_most},
    {">", 6, op_more},
    {">=", 6, op_at_least},
    {"|", 7, op_union},
    {"is", 8, NULL},
    {"as", 8, NULL},
    {"+", 9, op_plus},
    {"-", 9, op_minus},
    {"&", 9, op_join},
    {"*", 10, op_times},
    {"/", 10, op_divide},
    {"div", 10, op_div},
    {"mod", 10, op_mod},
};

const struct operator_row *operator_find(struct str text)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(text, rows[i].text))
            return &rows[i];
    return NULL;
}

/* What the left side decides alone. */
bool operator_settles(const struct operator_row *o, const struct fhirpath_list *a)
{
    bool boolean = a->n == 1 && a->items[0]->kind == FHIRPATH_BOOLEAN;
    if (!boolean)
        return false;
    bool value = str_is(a->items[0]->text, "true");
    return value ? o->run == op_or : o->run == op_and || o->run == op_implies;
}
