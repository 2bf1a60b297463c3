/* Equal, alike, before and after; and keeping each value once. */
#include "fhir/fhirpath/moment_priv.h"
#include "fhir/fhirpath/quantity_priv.h"

#include <string.h>

enum { NO = 0, YES = 1, UNKNOWN = -1 };

/* Kinds that can be compared with each other are of one family. */
enum family { F_ELEMENT, F_BOOLEAN, F_NUMBER, F_STRING, F_MOMENT, F_TIME, F_QUANTITY };

static enum family family_of(const struct fhirpath_item *item)
{
    static const enum family families[] = {
        [FHIRPATH_ELEMENT] = F_ELEMENT, [FHIRPATH_BOOLEAN] = F_BOOLEAN, [FHIRPATH_INTEGER] = F_NUMBER,
        [FHIRPATH_DECIMAL] = F_NUMBER,  [FHIRPATH_STRING] = F_STRING,   [FHIRPATH_DATE] = F_MOMENT,
        [FHIRPATH_DATETIME] = F_MOMENT, [FHIRPATH_TIME] = F_TIME,       [FHIRPATH_QUANTITY] = F_QUANTITY};
    return families[item->kind];
}

/* ---- numbers and moments ---- */
static bool number_order(struct str a, struct str b, int *ret_order)
{
    struct decimal x, y;
    if (!decimal_parse(a, &x) || !decimal_parse(b, &y))
        return false;
    *ret_order = decimal_compare(x, y);
    return true;
}

static bool moment_order(const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_order)
{
    struct moment x, y;
    bool known = false, time = a->kind == FHIRPATH_TIME;
    if (!(time ? moment_parse_time(a->text, &x) : moment_parse(a->text, &x)) ||
        !(time ? moment_parse_time(b->text, &y) : moment_parse(b->text, &y)))
        return false;
    *ret_order = moment_compare(x, y, &known);
    return known;
}

static bool quantity_order(const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_order)
{
    struct quantity p, q;
    struct decimal x, y;
    if (!quantity_of(a, &p) || !quantity_of(b, &q) || !quantity_same_unit(&p, &q, &x, &y))
        return false;
    *ret_order = decimal_compare(x, y);
    return true;
}

/* ---- trees ---- */
static bool nodes_equal(struct eval *v, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                        struct err *e);

static const struct fhir_node *member_of(const struct fhir_node *object, struct str key)
{
    for (const struct fhir_node *m = object->first; m; m = m->next)
        if (str_eq(m->key, key))
            return m;
    return NULL;
}

static size_t count_children(const struct fhir_node *n)
{
    size_t count = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        count++;
    return count;
}

static bool children_equal(struct eval *v, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                           struct err *e)
{
    size_t count = count_children(a);
    *ret_equal = count == count_children(b);
    const struct fhir_node *y = b->first;
    for (const struct fhir_node *x = a->first; x && *ret_equal; x = x->next) {
        const struct fhir_node *other = a->kind == FHIR_OBJECT ? member_of(b, x->key) : y;
        if (!eval_step(v, 1 + (a->kind == FHIR_OBJECT ? count : 0), e))
            return false;
        *ret_equal = other != NULL;
        if (other && !nodes_equal(v, x, other, ret_equal, e))
            return false;
        y = y ? y->next : NULL;
    }
    return true;
}

static bool nodes_equal(struct eval *v, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                        struct err *e)
{
    int order = 0;
    if (a->kind != b->kind) {
        *ret_equal = false;
        return true;
    }
    if (a->kind == FHIR_OBJECT || a->kind == FHIR_ARRAY)
        return children_equal(v, a, b, ret_equal, e);
    *ret_equal = str_eq(a->text, b->text);
    if (!*ret_equal && a->kind == FHIR_NUMBER)
        *ret_equal = number_order(a->text, b->text, &order) && order == 0;
    return true;
}

static bool elements_equal(struct eval *v, const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_equal,
                           struct err *e)
{
    bool equal = false;
    *ret_equal = NO;
    if (a->node == b->node && a->more == b->more && a->node) {
        *ret_equal = YES;
        return true;
    }
    const struct fhir_node *x = a->node ? a->node : a->more, *y = b->node ? b->node : b->more;
    if (!x || !y || !nodes_equal(v, x, y, &equal, e))
        return !x || !y;
    *ret_equal = equal;
    return true;
}

/* ---- equal ---- */
static int values_equal(const struct fhirpath_item *a, const struct fhirpath_item *b)
{
    int order = 0;
    switch (family_of(a)) {
    case F_NUMBER:
        return number_order(a->text, b->text, &order) ? order == 0 : str_eq(a->text, b->text);
    case F_MOMENT:
    case F_TIME:
        return moment_order(a, b, &order) ? order == 0 : UNKNOWN;
    case F_QUANTITY:
        return quantity_order(a, b, &order) ? order == 0 : UNKNOWN;
    default:
        return str_eq(a->text, b->text);
    }
}

static bool is_quantity(const struct fhirpath_item *a)
{
    struct quantity q;
    return quantity_of(a, &q);
}

bool items_equal(struct eval *v, const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_equal,
                 struct err *e)
{
    int order = 0;
    enum family x = family_of(a), y = family_of(b);
    if ((x == F_QUANTITY || y == F_QUANTITY) && is_quantity(a) && is_quantity(b))
        *ret_equal = quantity_order(a, b, &order) ? order == 0 : UNKNOWN;
    else if (x != y)
        *ret_equal = NO;
    else if (x == F_ELEMENT)
        return eval_step(v, 1, e) && elements_equal(v, a, b, ret_equal, e);
    else
        *ret_equal = values_equal(a, b);
    return eval_step(v, 1, e);
}

/* ---- alike ---- */
static char folded(char c)
{
    if (c == '\t' || c == '\n' || c == '\r')
        return ' ';
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Letters of ASCII in either case, any white space for any other. */
static bool strings_alike(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (folded(a.p[i]) != folded(b.p[i]))
            return false;
    return true;
}

/* Rounded to the digits of the less precise one. */
static bool numbers_alike(struct str a, struct str b)
{
    struct decimal x, y;
    if (!decimal_parse(a, &x) || !decimal_parse(b, &y))
        return str_eq(a, b);
    int scale = x.scale < y.scale ? x.scale : y.scale;
    return decimal_compare(decimal_round(x, scale), decimal_round(y, scale)) == 0;
}

bool items_alike(struct eval *v, const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_alike,
                 struct err *e)
{
    enum family x = family_of(a), y = family_of(b);
    if (x == y && x == F_STRING)
        *ret_alike = strings_alike(a->text, b->text);
    else if (x == y && x == F_NUMBER)
        *ret_alike = numbers_alike(a->text, b->text);
    else if (!items_equal(v, a, b, ret_alike, e))
        return false;
    *ret_alike = *ret_alike == YES;
    return eval_step(v, 1, e);
}

/* ---- before and after ---- */
bool items_compare(const struct fhirpath_item *a, const struct fhirpath_item *b, int *ret_order, bool *ret_known,
                   struct err *e)
{
    enum family x = family_of(a), y = family_of(b);
    if (is_quantity(a) && is_quantity(b)) {
        *ret_known = quantity_order(a, b, ret_order);
        return true;
    }
    bool element = x == F_ELEMENT || y == F_ELEMENT;
    if (element && (a->type || b->type) && (x == F_QUANTITY || y == F_QUANTITY || x == y)) {
        *ret_known = false; /* a Quantity without value or with a comparator */
        return true;
    }
    if (x != y || element || x == F_BOOLEAN || x == F_QUANTITY)
        return err_set(e, ERR_INVALID, "fhirpath: values of these kinds have no order");
    *ret_known = true;
    if (x == F_STRING)
        *ret_order = str_cmp(a->text, b->text);
    else if (x == F_NUMBER)
        *ret_known = number_order(a->text, b->text, ret_order);
    else
        *ret_known = moment_order(a, b, ret_order);
    return true;
}

/* ---- each value once ---- */
static uint32_t mix(uint32_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

/* Equal trees have equal sums, in whatever order their members come; numbers count as equal. */
static uint32_t node_hash(const struct fhir_node *n)
{
    uint32_t h = mix(2166136261u, n->key);
    if (n->kind == FHIR_STRING || n->kind == FHIR_BOOL)
        return mix(h, n->text);
    uint32_t sum = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        sum += node_hash(m);
    return h * 31 + sum;
}

/* Numbers beyond what a hash can hold share one. */
static uint32_t number_hash(struct str text)
{
    struct decimal d;
    if (!decimal_parse(text, &d))
        return 1;
    double x = decimal_double(d) * 1024;
    return x > -1e18 && x < 1e18 ? (uint32_t)(int64_t)x * 2654435761u : 1;
}

static uint32_t item_hash(const struct fhirpath_item *item)
{
    struct quantity q;
    switch (family_of(item)) {
    case F_STRING:
    case F_BOOLEAN:
        return mix(2166136261u, item->text);
    case F_NUMBER:
        return number_hash(item->text);
    case F_ELEMENT: {
        const struct fhir_node *n = item->node ? item->node : item->more;
        struct fhir_node bare = n ? *n : (struct fhir_node){0};
        bare.key = STR_NONE;
        return quantity_of(item, &q) ? 2 : node_hash(&bare);
    }
    default:
        return 2;
    }
}

void distinct_start(struct distinct *d, struct eval *v, struct fhirpath_list *out, size_t most)
{
    *d = (struct distinct){.v = v, .out = out, .slots = 8};
    while (d->slots < most)
        d->slots *= 2;
    d->heads = ARENA_ARRAY(v->arena, uint32_t, d->slots);
    d->nexts = ARENA_ARRAY(v->arena, uint32_t, most + 1);
}

static bool distinct_find(struct distinct *d, const struct fhirpath_item *item, size_t slot, bool *ret_has,
                          struct err *e)
{
    int equal = NO;
    for (uint32_t at = d->heads[slot]; at && equal != YES; at = d->nexts[at - 1])
        if (!items_equal(d->v, item, d->out->items[at - 1], &equal, e))
            return false;
    *ret_has = equal == YES;
    return true;
}

bool distinct_has(struct distinct *d, const struct fhirpath_item *item, bool *ret_has, struct err *e)
{
    return distinct_find(d, item, item_hash(item) & (d->slots - 1), ret_has, e);
}

bool distinct_add(struct distinct *d, const struct fhirpath_item *item, bool *ret_new, struct err *e)
{
    size_t slot = item_hash(item) & (d->slots - 1);
    bool has = false;
    if (!distinct_find(d, item, slot, &has, e))
        return false;
    *ret_new = !has;
    if (has)
        return true;
    d->nexts[d->out->n] = d->heads[slot];
    fhirpath_add(d->v->arena, d->out, item);
    d->heads[slot] = (uint32_t)d->out->n;
    return true;
}
