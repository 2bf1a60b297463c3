/* One filter of a search becomes one condition. */
#include "fhir/r5/r5.h"
#include "fhir/search/search_priv.h"

#include "record/custom.h"
#include "schema/queries.h"

bool condition_refuse_modifier(const struct query_filter *f, struct err *e)
{
    err_set(e, ERR_UNSUPPORTED, "'%.*s' does not take the modifier ':%.*s' here", STR_ARG(str_utf8_clip(f->name, 60)),
            STR_ARG(str_utf8_clip(f->modifier, 60)));
    return false;
}

bool condition_invalid(const struct query_filter *f, const char *why, struct err *e)
{
    return err_set(e, ERR_INVALID, "'%.*s': %s", STR_ARG(str_utf8_clip(f->name, 60)), why);
}

bool condition_values(struct sql *s, const struct query_filter *f, condition_value put, struct err *e)
{
    struct str rest = f->value, one;
    int n = 0;
    while (value_next(&rest, ',', &one)) {
        if (!one.n)
            return condition_invalid(f, "an empty value", e);
        if (n++ == VALUES_MAX)
            return condition_invalid(f, "more than 50 values", e);
        if (n > 1)
            buf_puts(&s->text, " OR");
        buf_puts(&s->text, " (");
        if (!put(s, f, one, e))
            return false;
        buf_puts(&s->text, ")");
    }
    return true;
}

/* TO ADD A KIND OF PARAMETER: 1 a row here  2 its condition in a file  3 fragments in search.sql  4 a test */
static const struct {
    enum fhir_search_kind kind;
    const struct db_query *present; /* any value at all, for :missing; NULL: it can not be asked */
    bool (*put)(struct condition *c, struct err *e);
} kinds[] = {
    {FHIR_SEARCH_TOKEN, &Q_search_token_present, condition_token},
    {FHIR_SEARCH_REFERENCE, &Q_search_token_present, condition_reference},
    {FHIR_SEARCH_URI, &Q_search_uri_present, condition_uri},
    {FHIR_SEARCH_STRING, &Q_search_string_present, condition_string},
    {FHIR_SEARCH_DATE, &Q_search_date_present, condition_date},
    {FHIR_SEARCH_NUMBER, &Q_search_number_present, condition_number},
    {FHIR_SEARCH_QUANTITY, &Q_search_number_present, condition_number},
    {FHIR_SEARCH_COMPOSITE, NULL, condition_composite},
    {FHIR_SEARCH_SPECIAL, NULL, condition_near},
};

bool condition_modifier_is(const struct condition *c, const char *modifier)
{
    return str_is(c->filter->modifier, modifier);
}

int condition_part(struct condition *c, const char *part)
{
    if (c->sql->many)
        return many_hashes(c->sql, c->filter->name, str_of(part));
    return sql_int(c->sql, record_param_part(c->type, c->filter->name, str_of(part)));
}

/* A statement may hold no value that its text does not use: the hash is placed when it is first asked for. */
int *condition_hash(struct condition *c)
{
    if (!c->hash)
        c->hash = condition_part(c, "");
    return &c->hash;
}

bool condition_rows(struct condition *c, const struct db_query *rows, condition_value put, condition_few few,
                    struct err *e)
{
    struct sql *s = c->sql;
    struct str rest = c->filter->value, one;
    bool all_few = few && !s->depth; /* what a chain leads to are others' rows */
    buf_puts(&s->text, " r.rid IN (");
    size_t at = s->text.n;
    sql_put(s, rows, condition_hash(c));
    if (!condition_values(s, c->filter, put, e))
        return false;
    buf_puts(&s->text, ")");
    while (all_few && value_next(&rest, ',', &one))
        all_few = few(c->filter, value_plain(s->arena, one));
    s->few_at = at;
    s->few_n = all_few ? s->text.n - at : 0;
    buf_puts(&s->text, ")");
    return true;
}

/* A code without a code is there all the same when it has a text, a reference when it has an identifier. */
static bool put_missing(struct condition *c, const struct db_query *present, struct err *e)
{
    bool missing = str_is(c->filter->value, "true");
    int place[3] = {*condition_hash(c), 0, 0};
    if (!missing && !str_is(c->filter->value, "false"))
        return condition_invalid(c->filter, ":missing is true or false", e);
    if (present == &Q_search_token_present) {
        place[1] = condition_part(c, RECORD_PART_IDENTIFIER);
        place[2] = condition_part(c, RECORD_PART_TEXT);
    }
    if (missing)
        buf_puts(&c->sql->text, " NOT");
    sql_put(c->sql, present, place);
    return true;
}

static bool put_kind(struct condition *c, struct err *e)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].kind != c->param->kind)
            continue;
        if (!condition_modifier_is(c, "missing"))
            return kinds[i].put(c, e);
        return kinds[i].present ? put_missing(c, kinds[i].present, e) : condition_refuse_modifier(c->filter, e);
    }
    return err_set(e, ERR_UNSUPPORTED, "this server does not search by '%s'", c->param->code);
}

/* What profiles call a parameter of R4. chain: the name's rest behind a dot; NULL: any.
 * TO ADD A NAME OF A PROFILE: 1 a row here  2 a test */
static const struct {
    const char *type, *name, *chain, *r4;
} aliases[] = {
    {"DiagnosticReport", "basedOn", NULL, "based-on"}, /* IHE IMR, RAD-143 */
    {NULL, "name", "given", "given"},                  /* "patient.name.given" of the same */
    {NULL, "name", "family", "family"},
};

/* The filter by its name in R4. */
static struct query_filter plain(struct str type, const struct query_filter *f)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        struct str rest = f->chain, step = STR("");
        if (!str_is(f->name, aliases[i].name) || (aliases[i].type && !str_is(type, aliases[i].type)))
            continue;
        if (!aliases[i].chain) {
            struct query_filter known = *f;
            known.name = str_of(aliases[i].r4);
            return known;
        }
        if (f->chain.p && !f->modifier.n && str_next(&rest, ':', &step) && str_is(step, aliases[i].chain))
            return query_filter(f->chain, f->value);
    }
    return *f;
}

const struct fhir_search_param *search_param_find(struct arena *a, struct str type, struct str name)
{
    return str_is(type, "ImagingSelection") ? r5_selection_param(a, name) : fhir_search_param_find(type, name);
}

/* A parameter of the site, as it is now: one that is not ready is refused, for an answer would miss documents. */
static bool find_custom(struct condition *c, struct err *e)
{
    struct op *op = c->sql->op;
    struct str name = c->filter->name;
    const struct db_rows *rows = NULL;
    if (op && op->db) {
        struct db_args args = db_args(op->arena);
        db_text(&args, c->type);
        db_text(&args, name);
        if (!record_custom_fresh(op->db, true, e) || !(rows = db_run(op->db, &Q_search_parameter_progress, &args, e)))
            return false;
        c->param = fhir_search_param_find(c->type, name);
    }
    if (rows && db_count(rows))
        return err_set(e, ERR_UNAVAILABLE, "'%.*s' is being indexed: %d %% of %.*s are done", STR_ARG(name),
                       (int)db_get_int(rows, 0, 0), STR_ARG(c->type));
    if (c->param)
        return true;
    return err_set(e, ERR_UNSUPPORTED, "%.*s has no search parameter '%.*s' here", STR_ARG(c->type),
                   STR_ARG(str_utf8_clip(name, 60)));
}

bool condition_put(struct sql *s, struct str type, const struct query_filter *given, struct str base, struct err *e)
{
    bool done = false;
    struct query_filter *f = ARENA_NEW(s->arena, struct query_filter);
    *f = plain(type, given);
    struct condition c = {.sql = s, .type = type, .base = base, .filter = f};
    buf_puts(&s->text, " AND");
    if (str_is(f->name, "_has"))
        return condition_has(&c, e);
    if (!f->chain.p && (!condition_own(s, type, f, &done, e) || done))
        return done;
    if (s->many && f->chain.p)
        return err_set(e, ERR_UNSUPPORTED, "'%.*s': a chain is of one type", STR_ARG(str_utf8_clip(f->raw, 60)));
    c.param = s->many ? many_param(s->many, f->name, e) : search_param_find(s->arena, type, f->name);
    if (!c.param && s->many)
        return false;
    if ((!c.param || fhir_custom_is(c.param)) && !find_custom(&c, e))
        return false;
    return f->chain.p ? condition_chain(&c, e) : put_kind(&c, e);
}
