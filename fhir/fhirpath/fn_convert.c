/* Conversions: what can not be converted is empty, and convertsTo… says so. */
#include "fhir/fhirpath/functions_priv.h"
#include "fhir/fhirpath/moment_priv.h"
#include "fhir/fhirpath/quantity_priv.h"

#include <string.h>

static bool word_in(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_is_nocase(s, *words))
            return true;
    return false;
}

/* Each conversion: false when there is none; the result's text (and unit) in *ret. */
typedef bool (*convert)(const struct fhirpath_item *item, struct fhirpath_item *ret);

static bool to_boolean(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    static const char *const yes[] = {"true", "t", "yes", "y", "1", "1.0", NULL}, *const no[] = {"false", "f", "no",
                                                                                                 "n",     "0", "0.0",
                                                                                                 NULL};
    bool is_yes = word_in(item->text, yes);
    bool fits = item->kind == FHIRPATH_BOOLEAN || item->kind == FHIRPATH_STRING || item->kind == FHIRPATH_INTEGER ||
                item->kind == FHIRPATH_DECIMAL;
    ret->kind = FHIRPATH_BOOLEAN;
    ret->text = is_yes ? STR("true") : STR("false");
    return fits && (is_yes || word_in(item->text, no));
}

static bool to_integer(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    int64_t n = 0;
    ret->kind = FHIRPATH_INTEGER;
    ret->text = item->text;
    if (item->kind == FHIRPATH_BOOLEAN) {
        ret->text = str_is(item->text, "true") ? STR("1") : STR("0");
        return true;
    }
    if (str_starts(ret->text, "+"))
        ret->text = str_sub(ret->text, 1, ret->text.n);
    bool fits = item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_STRING;
    return fits && str_int(ret->text, &n) && n >= INT32_MIN && n <= INT32_MAX;
}

static bool to_decimal(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    struct decimal d;
    ret->kind = FHIRPATH_DECIMAL;
    ret->text = item->text;
    if (item->kind == FHIRPATH_BOOLEAN) {
        ret->text = str_is(item->text, "true") ? STR("1.0") : STR("0.0");
        return true;
    }
    bool fits = item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_STRING || item->kind == FHIRPATH_DECIMAL;
    return fits && decimal_parse(ret->text, &d);
}

static bool to_string(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    ret->kind = FHIRPATH_STRING;
    ret->text = item->text;
    return item->kind != FHIRPATH_ELEMENT && item->kind != FHIRPATH_QUANTITY;
}

static bool to_date(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    struct moment m;
    bool fits = item->kind == FHIRPATH_STRING || item->kind == FHIRPATH_DATE || item->kind == FHIRPATH_DATETIME;
    size_t t = str_find(item->text, 'T');
    ret->kind = FHIRPATH_DATE;
    ret->text = str_sub(item->text, 0, t);
    return fits && moment_parse(item->text, &m);
}

static bool to_date_time(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    bool ok = to_date(item, ret);
    ret->kind = FHIRPATH_DATETIME;
    ret->text = item->text;
    return ok;
}

static bool to_time(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    struct moment m;
    ret->kind = FHIRPATH_TIME;
    ret->text = item->text;
    return (item->kind == FHIRPATH_STRING || item->kind == FHIRPATH_TIME) && moment_parse_time(item->text, &m);
}

/* "4 'mg'", "4 days", "4" */
static bool read_quantity(struct str s, struct fhirpath_item *ret)
{
    struct decimal d;
    struct moment m = {.part = {2000, 1, 1}, .precision = MOMENT_SECOND};
    size_t space = str_find(s, ' ');
    struct str number = str_sub(s, 0, space), unit = str_trim(str_sub(s, space, s.n));
    bool quoted = unit.n > 2 && unit.p[0] == '\'' && unit.p[unit.n - 1] == '\'';
    ret->text = number;
    ret->unit = !unit.n ? STR("1") : quoted ? str_sub(unit, 1, unit.n - 2) : unit;
    return decimal_parse(number, &d) && (!unit.n || quoted || (unit.n > 2 && moment_add(&m, 1, unit)));
}

static bool to_quantity(const struct fhirpath_item *item, struct fhirpath_item *ret)
{
    struct quantity q;
    ret->kind = FHIRPATH_QUANTITY;
    if (item->kind == FHIRPATH_STRING)
        return read_quantity(item->text, ret);
    if (quantity_of(item, &q)) {
        ret->text = q.number;
        ret->unit = q.unit;
        return true;
    }
    ret->text = item->kind != FHIRPATH_BOOLEAN ? item->text : str_is(item->text, "true") ? STR("1.0") : STR("0.0");
    ret->unit = STR("1");
    return item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_DECIMAL || item->kind == FHIRPATH_BOOLEAN;
}

static bool quantity_text(const struct call *c, const struct fhirpath_item *item, struct err *e)
{
    struct quantity q;
    (void)e;
    if (!quantity_of(item, &q))
        return false;
    put_text(c->v, c->out, FHIRPATH_STRING,
             arena_printf(c->v->arena, "%.*s '%.*s'", STR_ARG(q.number), STR_ARG(q.unit)));
    return true;
}

static bool converted(const struct call *c, convert how, struct err *e)
{
    const struct fhirpath_item *item;
    if (!input_one(c, &item, e))
        return false;
    struct fhirpath_item *new_ = ARENA_NEW(c->v->arena, struct fhirpath_item);
    new_->index = -1;
    if (!item || (how == to_string && quantity_text(c, item, e)))
        return true;
    if (how(item, new_))
        fhirpath_add(c->v->arena, c->out, new_);
    return true;
}

static bool converts(const struct call *c, convert how, struct err *e)
{
    const struct fhirpath_item *item;
    struct fhirpath_item ignored = {0};
    struct quantity q;
    if (!input_one(c, &item, e))
        return false;
    if (item)
        put_bool(c->v, c->out, how(item, &ignored) || (how == to_string && quantity_of(item, &q)));
    return true;
}

#define CONVERSION(word, how)                                        \
    bool run_to_##word(const struct call *c, struct err *e)          \
    {                                                                \
        return converted(c, how, e);                                 \
    }                                                                \
    bool run_converts_to_##word(const struct call *c, struct err *e) \
    {                                                                \
        return converts(c, how, e);                                  \
    }
CONVERSION(boolean, to_boolean)
CONVERSION(integer, to_integer)
CONVERSION(decimal, to_decimal)
CONVERSION(string, to_string)
CONVERSION(date, to_date)
CONVERSION(date_time, to_date_time)
CONVERSION(time, to_time)
CONVERSION(quantity, to_quantity)
