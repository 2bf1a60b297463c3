/* Composites: "code$value", each value of the same element. The rows of an element share its number. */
#include "fhir/search/search_priv.h"

#include <stdio.h>

#include "schema/queries.h"

static bool put_token(struct condition *c, struct str value, struct err *e)
{
    return condition_put_token(c->sql, c->filter, value, e);
}

static bool put_string(struct condition *c, struct str value, struct err *e)
{
    return condition_put_prefix(c->sql, c->filter, value, e);
}

static bool put_date(struct condition *c, struct str value, struct err *e)
{
    return condition_put_date(c->sql, c->filter, value, e);
}

static bool put_number(struct condition *c, struct str value, struct err *e)
{
    return condition_put_number(c->sql, c->filter, value, e);
}

static bool put_uri(struct condition *c, struct str value, struct err *e)
{
    return condition_put_uri(c->sql, c->filter, value, e);
}

static const struct component {
    const struct db_query *first, *pair; /* rows of the component; and with their element */
    const char *of_pair;                 /* how the first is compared with the others */
    bool (*put)(struct condition *c, struct str value, struct err *e);
} components[] = {
    [FHIR_SEARCH_TOKEN] = {&Q_search_part_token, &Q_search_pair_token, " AND (t.rid, t.element) IN (", put_token},
    [FHIR_SEARCH_STRING] = {&Q_search_part_string, &Q_search_pair_string, " AND (s.rid, s.element) IN (", put_string},
    [FHIR_SEARCH_DATE] = {&Q_search_part_date, &Q_search_pair_date, " AND (d.rid, d.element) IN (", put_date},
    [FHIR_SEARCH_REFERENCE] = {&Q_search_part_token, &Q_search_pair_token, " AND (t.rid, t.element) IN (",
                               condition_put_reference},
    [FHIR_SEARCH_NUMBER] = {&Q_search_part_number, &Q_search_pair_number, " AND (q.rid, q.element) IN (", put_number},
    [FHIR_SEARCH_QUANTITY] = {&Q_search_part_number, &Q_search_pair_number, " AND (q.rid, q.element) IN (", put_number},
    [FHIR_SEARCH_URI] = {&Q_search_part_token, &Q_search_pair_token, " AND (t.rid, t.element) IN (", put_uri},
};

static bool put_component(struct condition *c, const struct component *kind, int n, struct str value, struct err *e)
{
    char part[16];
    snprintf(part, sizeof part, RECORD_PART_COMPONENT "%d", n + 1);
    int place = condition_part(c, part);
    sql_put(c->sql, n ? kind->pair : kind->first, &place);
    if (!value.n)
        return condition_invalid(c->filter, "a component without value", e);
    if (!kind->put(c, value, e))
        return false;
    buf_puts(&c->sql->text, ")");
    return true;
}

static bool put_value(struct condition *c, struct str value, struct err *e)
{
    enum fhir_search_kind kinds[FHIR_COMPONENTS_MAX];
    int count = fhir_search_components(c->param, kinds);
    const struct component *first = &components[kinds[0]];
    for (int n = 0; n < count; n++) {
        struct str one = STR("");
        if (!value_next(&value, '$', &one))
            return condition_invalid(c->filter, "fewer components than it has, joined by '$'", e);
        if (n)
            buf_puts(&c->sql->text, first->of_pair);
        if (!put_component(c, &components[kinds[n]], n, one, e))
            return false;
        if (n)
            buf_puts(&c->sql->text, ")");
    }
    return !value.p || condition_invalid(c->filter, "more components than it has, joined by '$'", e);
}

bool condition_composite(struct condition *c, struct err *e)
{
    struct str rest = c->filter->value, one;
    if (c->filter->modifier.n)
        return condition_refuse_modifier(c->filter, e);
    buf_puts(&c->sql->text, " r.rid IN (");
    for (int n = 0; value_next(&rest, ',', &one); n++) {
        if (n == VALUES_MAX)
            return condition_invalid(c->filter, "more than 50 values", e);
        if (n)
            buf_puts(&c->sql->text, " UNION ALL");
        if (!put_value(c, one, e))
            return false;
    }
    buf_puts(&c->sql->text, ")");
    return true;
}
