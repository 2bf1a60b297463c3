/* Whether two JSON values are the same to a "test". */
#include "fhir/patch/patch_priv.h"

#include <string.h>

/* A number as digits without zeros around them and the power of ten behind: -1.50 and -15e-1 are alike. */
struct number {
    bool negative;
    struct str digits; /* may hold the point, which is skipped in comparing */
    int64_t exponent;  /* of the digit before the first */
};

static bool is_zero(char c)
{
    return c == '0' || c == '.';
}

static struct number take_number(struct str text)
{
    struct number n = {.negative = text.n && text.p[0] == '-'};
    struct str s = str_sub(text, n.negative, text.n);
    size_t at = strcspn(s.p, "eE") < s.n ? strcspn(s.p, "eE") : s.n;
    int64_t power = 0;
    struct str exponent = str_sub(s, at + (at < s.n), s.n), digits = str_sub(s, 0, at);
    if (exponent.n && !str_int(exponent, &power))
        power = INT32_MAX; /* beyond any measurement */
    size_t point = str_find(digits, '.'), first = 0;
    while (first < digits.n && is_zero(digits.p[first]))
        first++;
    n.exponent = power + (first < point ? (int64_t)(point - first) : (int64_t)point - (int64_t)first + 1);
    digits = str_sub(digits, first, digits.n);
    while (digits.n && is_zero(digits.p[digits.n - 1]))
        digits.n--;
    n.digits = digits;
    if (!digits.n)
        return (struct number){.digits = STR("")};
    return n;
}

static bool same_digits(struct str a, struct str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        i += i < a.n && a.p[i] == '.';
        k += k < b.n && b.p[k] == '.';
        if (i >= a.n || k >= b.n)
            return i >= a.n && k >= b.n;
        if (a.p[i++] != b.p[k++])
            return false;
    }
}

static bool numbers_equal(struct arena *arena, struct str a, struct str b)
{
    if (str_eq(a, b))
        return true;
    struct number x = take_number(str_of(arena_cstr(arena, a))), y = take_number(str_of(arena_cstr(arena, b)));
    return x.negative == y.negative && x.exponent == y.exponent && same_digits(x.digits, y.digits);
}

static int64_t count(const struct fhir_node *n)
{
    int64_t members = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        members++;
    return members;
}

/* Every member of a is in b. */
static bool members_equal(struct patch *p, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                          struct err *e)
{
    bool equal = true;
    for (const struct fhir_node *m = a->first; m && equal; m = m->next) {
        const struct fhir_node *other = b->first;
        int64_t steps = 1;
        for (; other && !str_eq(other->key, m->key); other = other->next)
            steps++;
        equal = other != NULL;
        if (!patch_step(p, steps, e) || (other && !values_equal(p, m, other, &equal, e)))
            return false;
    }
    *ret_equal = equal;
    return true;
}

static bool items_equal(struct patch *p, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                        struct err *e)
{
    bool equal = true;
    for (a = a->first, b = b->first; a && b && equal; a = a->next, b = b->next)
        if (!values_equal(p, a, b, &equal, e))
            return false;
    *ret_equal = equal;
    return true;
}

bool values_equal(struct patch *p, const struct fhir_node *a, const struct fhir_node *b, bool *ret_equal,
                  struct err *e)
{
    int64_t length = count(a);
    if (!patch_step(p, 1 + length + (int64_t)a->text.n / 64, e))
        return false;
    *ret_equal = false;
    if (a->kind != b->kind || length != count(b))
        return true;
    if (a->kind == FHIR_OBJECT)
        return members_equal(p, a, b, ret_equal, e);
    if (a->kind == FHIR_ARRAY)
        return items_equal(p, a, b, ret_equal, e);
    *ret_equal = a->kind == FHIR_NUMBER ? numbers_equal(p->arena, a->text, b->text) : str_eq(a->text, b->text);
    return true;
}
