/* token, reference, uri: rows of search_token. */
#include "fhir/rest/search_priv.h"

#include "schema/queries.h"

/* code, system|code, |code, system| */
static bool put_token(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str system, code = value;
    int place[2];
    value_next(&code, '|', &system);
    if (!code.p) {
        place[0] = sql_text(s, value_plain(s->arena, value));
        sql_put(s, &Q_search_token_code, place);
        return true;
    }
    if (!system.n && !code.n)
        return condition_invalid(f, "neither system nor code", e);
    place[0] = sql_text(s, value_plain(s->arena, system));
    if (!code.n) {
        sql_put(s, &Q_search_token_system, place);
        return true;
    }
    place[1] = sql_text(s, value_plain(s->arena, code));
    sql_put(s, &Q_search_token_pair, place);
    return true;
}

bool condition_token(struct condition *c, struct err *e)
{
    bool not = str_is(c->filter->modifier, "not");
    if (c->filter->modifier.n && !not )
        return condition_refuse_modifier(c->filter, e);
    sql_put(c->sql, not ? &Q_search_token_none : &Q_search_token_any, &c->hash);
    if (!condition_values(c->sql, c->filter, put_token, e))
        return false;
    buf_puts(&c->sql->text, "))");
    return true;
}

/* ---- references ---- */

struct forms { /* the spellings a stored reference may have */
    struct str text[400];
    size_t n;
};

static void add_form(struct forms *forms, const struct condition *c, struct str type, struct str id)
{
    struct arena *a = c->sql->arena;
    if (forms->n + 2 > sizeof forms->text / sizeof forms->text[0])
        return;
    struct str brief = arena_printf(a, "%.*s/%.*s", STR_ARG(type), STR_ARG(id));
    forms->text[forms->n++] = brief;
    forms->text[forms->n++] = arena_printf(a, "%.*s/%.*s", STR_ARG(c->base), STR_ARG(brief));
}

/* A bare id may be of any type the parameter points at. */
static void add_targets(struct forms *forms, const struct condition *c, struct str id)
{
    struct str rest = str_of(c->param->targets), type;
    while (rest.n && str_next(&rest, ',', &type))
        add_form(forms, c, type, id);
}

static bool add_value(struct forms *forms, const struct condition *c, struct str value, struct err *e)
{
    struct str base = c->base, id = value, type;
    if (value.n > base.n + 1 && str_eq(str_sub(value, 0, base.n), base) && value.p[base.n] == '/')
        value = id = str_sub(value, base.n + 1, value.n);
    if (str_find(value, '/') == value.n && str_find(value, ':') == value.n) {
        if (!answer_is_id(value))
            return condition_invalid(c->filter, "a reference is Type/id, an id or an address", e);
        if (c->filter->modifier.n)
            add_form(forms, c, c->filter->modifier, value);
        else
            add_targets(forms, c, value);
        return true;
    }
    str_next(&id, '/', &type);
    if (fhir_is_resource(type) && id.p && str_find(id, '/') == id.n)
        add_form(forms, c, type, id);
    else if (forms->n < sizeof forms->text / sizeof forms->text[0])
        forms->text[forms->n++] = value; /* urn: or somebody else's address, as it stands */
    return true;
}

/* One ANY over all spellings; each stored reference is in exactly one of them. */
bool condition_reference(struct condition *c, struct err *e)
{
    struct forms *forms = ARENA_NEW(c->sql->arena, struct forms);
    struct str rest = c->filter->value, one;
    int place;
    if (c->filter->modifier.n && !fhir_is_resource(c->filter->modifier))
        return condition_refuse_modifier(c->filter, e);
    for (int n = 0; value_next(&rest, ',', &one); n++) {
        if (n == VALUES_MAX)
            return condition_invalid(c->filter, "more than 50 values", e);
        if (!add_value(forms, c, value_plain(c->sql->arena, one), e))
            return false;
    }
    sql_put(c->sql, &Q_search_token_any, &c->hash);
    place = sql_texts(c->sql, forms->text, forms->n);
    sql_put(c->sql, &Q_search_token_codes, &place);
    buf_puts(&c->sql->text, "))");
    return true;
}

/* ---- uri ---- */

static bool put_uri(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int place = sql_text(s, value_plain(s->arena, value));
    (void)e;
    sql_put(s, str_is(f->modifier, "below") ? &Q_search_token_below : &Q_search_token_code, &place);
    return true;
}

bool condition_uri(struct condition *c, struct err *e)
{
    if (c->filter->modifier.n && !str_is(c->filter->modifier, "below"))
        return condition_refuse_modifier(c->filter, e);
    sql_put(c->sql, &Q_search_token_any, &c->hash);
    if (!condition_values(c->sql, c->filter, put_uri, e))
        return false;
    buf_puts(&c->sql->text, "))");
    return true;
}
