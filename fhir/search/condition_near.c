/* near: "latitude|longitude|distance|units" (location.html#near); 10 km when no distance is given. */
#include "fhir/search/search_priv.h"

#include <stdlib.h>

#include "schema/queries.h"

static const struct {
    const char *name;
    double metres;
} units[] = {{"km", 1000},           {"m", 1},           {"cm", 0.01},      {"mi", 1609.344},  {"[mi_i]", 1609.344},
             {"[mi_us]", 1609.3472}, {"[ft_i]", 0.3048}, {"[nmi_i]", 1852}, {"[yd_i]", 0.9144}};

static bool read_number(struct sql *s, struct str text, double most, double *ret_number)
{
    struct str number, half;
    if (!value_number(s->arena, text, &number, &half))
        return false;
    *ret_number = strtod(arena_cstr(s->arena, number), NULL);
    return *ret_number >= -most && *ret_number <= most;
}

static bool read_unit(struct str name, double *ret_metres)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_is(name, units[i].name)) {
            *ret_metres = units[i].metres;
            return true;
        }
    return false;
}

static bool put_near(struct sql *s, struct condition *c, struct str value, struct err *e)
{
    struct str part[4] = {STR(""), STR(""), STR("10"), STR("km")}, one;
    double latitude, longitude, distance, metres;
    int place[5], n = 0;
    while (n < 4 && value_next(&value, '|', &one)) {
        if (one.n || n < 2)
            part[n] = one;
        n++;
    }
    if (value.p || n < 2 || !read_number(s, part[0], 90, &latitude) || !read_number(s, part[1], 180, &longitude))
        return condition_invalid(c->filter, "is latitude|longitude|distance|units", e);
    if (!read_number(s, part[2], 1e9, &distance) || distance < 0 || !read_unit(part[3], &metres))
        return condition_invalid(c->filter, "a distance is a number, in km, m, mi or another unit of length", e);
    place[0] = condition_part(c, RECORD_PART_COMPONENT "1");
    place[1] = condition_part(c, RECORD_PART_COMPONENT "2");
    place[2] = sql_text(s, part[0]);
    place[3] = sql_text(s, part[1]);
    place[4] = sql_text(s, arena_printf(s->arena, "%.6f", distance * metres / 1000));
    sql_put(s, &Q_search_near, place);
    return true;
}

bool condition_near(struct condition *c, struct err *e)
{
    struct str rest = c->filter->value, one;
    if (c->filter->modifier.n)
        return condition_refuse_modifier(c->filter, e);
    buf_puts(&c->sql->text, " (");
    for (int n = 0; value_next(&rest, ',', &one); n++) {
        if (n == VALUES_MAX)
            return condition_invalid(c->filter, "more than 50 values", e);
        if (n)
            buf_puts(&c->sql->text, " OR");
        if (!put_near(c->sql, c, one, e))
            return false;
    }
    buf_puts(&c->sql->text, ")");
    return true;
}
