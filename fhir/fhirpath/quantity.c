/* Quantities: FHIR's and the language's, compared across the prefixes of a unit. Full UCUM is not needed for that. */
#include "fhir/fhirpath/quantity_priv.h"

#include <string.h>

bool quantity_of(const struct fhirpath_item *item, struct quantity *ret_q)
{
    if (item->kind == FHIRPATH_QUANTITY) {
        *ret_q = (struct quantity){item->text, item->unit};
        return true;
    }
    bool quantity = item->kind == FHIRPATH_ELEMENT && item->node && item->type &&
                    fhir_type_is(item->type, fhir_type_find(STR("Quantity")));
    struct str number = quantity ? fhir_text(item->node, "value") : STR_NONE, unit = STR_NONE;
    if (!number.n || fhir_member(item->node, "comparator"))
        return false;
    unit = fhir_text(item->node, "code");
    if (!unit.n)
        unit = fhir_text(item->node, "unit");
    *ret_q = (struct quantity){number, unit.n ? unit : STR("1")};
    return true;
}

struct unit {
    struct str base; /* "g" of "mg" */
    struct decimal factor;
};

/* Units of time by their calendar names and by UCUM's. Months and years have no fixed length: they are not here. */
static const struct {
    const char *name;
    int seconds, power;
} times[] = {
    {"week", 604800, 0}, {"day", 86400, 0},      {"hour", 3600, 0}, {"minute", 60, 0},
    {"second", 1, 0},    {"millisecond", 1, -3}, {"wk", 604800, 0}, {"d", 86400, 0},
    {"h", 3600, 0},      {"min", 60, 0},         {"s", 1, 0},       {"ms", 1, -3},
};

static const struct {
    char prefix;
    int power;
} prefixes[] = {{'k', 3},  {'h', 2},  {'d', -1},  {'c', -2}, {'m', -3},
                {'u', -6}, {'n', -9}, {'p', -12}, {'M', 6},  {'G', 9}};

static bool is_metric(struct str base)
{
    static const char *const bases[] = {"g", "m", "L",  "l",  "mol", "Pa", "Hz", "J", "W",
                                        "V", "A", "Bq", "Gy", "Sv",  "eq", "K",  "N"};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        if (str_is(base, bases[i]))
            return true;
    return false;
}

static bool time_unit(struct str name, struct unit *ret_unit)
{
    if (name.n > 3 && name.p[name.n - 1] == 's')
        name.n--;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        bool ok = true;
        if (!str_is(name, times[i].name))
            continue;
        *ret_unit = (struct unit){STR("s"), decimal_shift(decimal_of(times[i].seconds), times[i].power, &ok)};
        return true;
    }
    return false;
}

static struct unit unit_of(struct str name)
{
    struct unit u = {name, decimal_of(1)};
    bool ok = true;
    if (time_unit(name, &u) || is_metric(name))
        return u;
    struct str rest = str_sub(name, 1, name.n);
    for (size_t i = 0; name.n > 1 && is_metric(rest) && i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (name.p[0] == prefixes[i].prefix)
            return (struct unit){rest, decimal_shift(u.factor, prefixes[i].power, &ok)};
    return u;
}

bool quantity_same_unit(const struct quantity *a, const struct quantity *b, struct decimal *ret_a,
                        struct decimal *ret_b)
{
    struct decimal x, y;
    if (!decimal_parse(a->number, &x) || !decimal_parse(b->number, &y))
        return false;
    if (!str_eq(a->unit, b->unit)) {
        struct unit u = unit_of(a->unit), w = unit_of(b->unit);
        bool same = str_eq(u.base, w.base) || (str_is_nocase(u.base, "l") && str_is_nocase(w.base, "l"));
        if (!same || !decimal_multiply(x, u.factor, &x) || !decimal_multiply(y, w.factor, &y))
            return false;
    }
    *ret_a = x;
    *ret_b = y;
    return true;
}
