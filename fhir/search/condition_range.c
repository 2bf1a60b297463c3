/* date, number, quantity: values with prefixes, compared as ranges (search.html#prefix). */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

/* "ap" reaches a tenth of the way between then and now further, on both sides. */
static void widen(struct bounds *b)
{
    clock_us now = clock_now(), distance = b->from > now ? b->from - now : now - b->from;
    b->from -= distance / 10;
    b->to += distance / 10;
}

bool condition_bounds(const struct query_filter *f, struct str value, struct bounds *ret_bounds, struct err *e)
{
    struct bounds b = {.prefix = value_prefix(&value)};
    if (!clock_range(value, &b.from, &b.to))
        return condition_invalid(f, "no date or time", e);
    if (b.prefix == PREFIX_AP)
        widen(&b);
    *ret_bounds = b;
    return true;
}

bool condition_put_date(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    static const struct {
        const struct db_query *compare;
        bool from, to; /* which bounds it takes: a value no text names would have no type */
    } rows[] = {[PREFIX_EQ] = {&Q_search_date_eq, true, true},  [PREFIX_NE] = {&Q_search_date_ne, true, true},
                [PREFIX_GT] = {&Q_search_date_gt, false, true}, [PREFIX_LT] = {&Q_search_date_lt, true, false},
                [PREFIX_GE] = {&Q_search_date_ge, true, true},  [PREFIX_LE] = {&Q_search_date_le, true, true},
                [PREFIX_SA] = {&Q_search_date_sa, false, true}, [PREFIX_EB] = {&Q_search_date_eb, true, false},
                [PREFIX_AP] = {&Q_search_date_ap, true, true}};
    struct bounds b;
    int place[2];
    if (!condition_bounds(f, value_plain(s->arena, value), &b, e))
        return false;
    place[0] = rows[b.prefix].from ? sql_int(s, b.from) : 0;
    place[1] = rows[b.prefix].to ? sql_int(s, b.to) : 0;
    sql_put(s, rows[b.prefix].compare, place);
    return true;
}

static bool put_rows(struct condition *c, const struct db_query *rows, condition_value put, condition_few few,
                     struct err *e)
{
    if (c->filter->modifier.n)
        return condition_refuse_modifier(c->filter, e);
    return condition_rows(c, rows, put, few, e);
}

/* What is dated within one day. */
static bool is_day(const struct query_filter *f, struct str value)
{
    static const clock_us day = INT64_C(86400) * 1000000;
    struct bounds b;
    struct err ignored = {0};
    return condition_bounds(f, value, &b, &ignored) && b.prefix == PREFIX_EQ && b.to - b.from <= day;
}

bool condition_date(struct condition *c, struct err *e)
{
    return put_rows(c, &Q_search_part_date, condition_put_date, is_day, e);
}

/* ---- number and quantity: number, or number|system|code, number||code ---- */

static bool put_unit(struct sql *s, const struct query_filter *f, struct str unit, struct err *e)
{
    struct str system, code;
    int place;
    if (!unit.p)
        return true;
    if (!value_next(&unit, '|', &system) || !value_next(&unit, '|', &code) || unit.p)
        return condition_invalid(f, "a quantity is number, number|system|code or number||code", e);
    if (system.n) {
        place = sql_text(s, value_plain(s->arena, system));
        sql_put(s, &Q_search_number_system, &place);
    }
    if (code.n) {
        place = sql_text(s, value_plain(s->arena, code));
        sql_put(s, &Q_search_number_code, &place);
    }
    return true;
}

bool condition_put_number(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    static const struct {
        const struct db_query *compare;
        bool half; /* whether it takes the number's precision */
    } rows[] = {[PREFIX_EQ] = {&Q_search_number_eq, true},  [PREFIX_NE] = {&Q_search_number_ne, true},
                [PREFIX_GT] = {&Q_search_number_gt, false}, [PREFIX_LT] = {&Q_search_number_lt, false},
                [PREFIX_GE] = {&Q_search_number_ge, false}, [PREFIX_LE] = {&Q_search_number_le, false},
                [PREFIX_SA] = {&Q_search_number_sa, false}, [PREFIX_EB] = {&Q_search_number_eb, false},
                [PREFIX_AP] = {&Q_search_number_ap, false}};
    struct str unit = value, text, number, half;
    int place[2];
    value_next(&unit, '|', &text);
    enum prefix p = value_prefix(&text);
    if (!value_number(s->arena, text, &number, &half))
        return condition_invalid(f, "no number", e);
    place[0] = sql_text(s, number);
    place[1] = rows[p].half ? sql_text(s, half) : 0;
    sql_put(s, rows[p].compare, place);
    return put_unit(s, f, unit, e);
}

/* The more digits a number has, the fewer documents have it: two behind the point at least. */
static bool is_precise(const struct query_filter *f, struct str value)
{
    struct str rest = value, text;
    (void)f;
    value_next(&rest, '|', &text);
    return value_prefix(&text) == PREFIX_EQ && str_find(text, '.') + 2 < text.n;
}

bool condition_number(struct condition *c, struct err *e)
{
    return put_rows(c, &Q_search_part_number, condition_put_number, is_precise, e);
}
