/* token, reference, uri: rows of search_token. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

/* code, system|code, |code, system| */
bool condition_put_token(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
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

/* An identifier of a type: system|code|value. */
static bool put_of_type(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str system, code;
    int place[2];
    if (!value_next(&value, '|', &system) || !value_next(&value, '|', &code) || !value.n || !code.n)
        return condition_invalid(f, ":of-type is system|code|value", e);
    system = value_plain(s->arena, system);
    code = value_plain(s->arena, code);
    place[0] = sql_text(s, arena_printf(s->arena, "%.*s|%.*s", STR_ARG(system), STR_ARG(code)));
    place[1] = sql_text(s, value_plain(s->arena, value));
    sql_put(s, &Q_search_token_pair, place);
    return true;
}

static bool is_coded(const struct fhir_search_param *p)
{
    return fhir_search_reaches(p, "CodeableConcept") || fhir_search_reaches(p, "Coding") ||
           fhir_search_reaches(p, "code");
}

static bool is_identifier(const struct fhir_search_param *p)
{
    return fhir_search_reaches(p, "Identifier");
}

/* TO ADD A MODIFIER OF TOKENS: 1 a row here  2 its values  3 a test */
static const struct {
    const char *modifier;
    const char *part;                                /* of the index, behind the parameter's name */
    bool none;                                       /* no row at all may fit */
    bool (*fits)(const struct fhir_search_param *p); /* NULL: every token */
    condition_value put;
} forms[] = {
    {"", "", false, NULL, condition_put_token},
    {"not", "", true, NULL, condition_put_token},
    {"of-type", RECORD_PART_OF_TYPE, false, is_identifier, put_of_type},
    {"in", "", false, is_coded, condition_in},
    {"not-in", "", true, is_coded, condition_in},
    {"below", "", false, is_coded, condition_hierarchy},
    {"above", "", false, is_coded, condition_hierarchy},
};

/* An identifier with its value is on few documents. */
static bool names_one(const struct condition *c)
{
    struct str rest = c->filter->value, one;
    if (c->filter->modifier.n || !is_identifier(c->param) || is_coded(c->param))
        return false;
    while (value_next(&rest, ',', &one))
        if (str_ends(one, "|"))
            return false;
    return true;
}

bool condition_token(struct condition *c, struct err *e)
{
    if (condition_modifier_is(c, "text"))
        return condition_display(c, e);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!condition_modifier_is(c, forms[i].modifier))
            continue;
        if (forms[i].fits && !forms[i].fits(c->param))
            break;
        int place = forms[i].part[0] ? condition_part(c, forms[i].part) : *condition_hash(c);
        sql_put(c->sql, forms[i].none ? &Q_search_token_none : &Q_search_token_any, &place);
        if (!condition_values(c->sql, c->filter, forms[i].put, e))
            return false;
        buf_puts(&c->sql->text, "))");
        c->sql->narrow = c->sql->narrow || names_one(c);
        return true;
    }
    return condition_refuse_modifier(c->filter, e);
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
    for (size_t i = 0; c->sql->many && i < forms->n; i++)
        if (str_eq(forms->text[i], brief))
            return;
    forms->text[forms->n++] = brief;
    forms->text[forms->n++] = arena_printf(a, "%.*s/%.*s", STR_ARG(c->base), STR_ARG(brief));
}

/* A bare id may be of any type the parameter points at. */
static void add_targets(struct forms *forms, const struct condition *c, struct str id)
{
    const struct query *many = c->sql->many;
    for (size_t i = 0; i < (many ? many->type_count : 1); i++) {
        const struct fhir_search_param *p = many ? fhir_search_param_find(many->types[i], c->filter->name) : c->param;
        struct str rest = str_of(p ? p->targets : NULL), type;
        while (rest.n && str_next(&rest, ',', &type))
            add_form(forms, c, type, id);
    }
}

/* "http://x|2": the address, and the version its row must have. Only of canonical references. */
static bool put_canonical(struct sql *s, struct str value, bool below)
{
    struct str url, version = value;
    int place[2];
    value_next(&version, '|', &url);
    place[0] = sql_text(s, value_plain(s->arena, url));
    if (!version.n) {
        sql_put(s, &Q_search_token_code, place);
        return true;
    }
    place[1] = sql_text(s, value_plain(s->arena, version));
    sql_put(s, below ? &Q_search_token_version_below : &Q_search_token_version, place);
    return true;
}

static struct str without_base(const struct condition *c, struct str value)
{
    struct str base = c->base;
    if (value.n > base.n + 1 && str_eq(str_sub(value, 0, base.n), base) && value.p[base.n] == '/')
        return str_sub(value, base.n + 1, value.n);
    return value;
}

static bool add_value(struct forms *forms, const struct condition *c, struct str value, struct err *e)
{
    struct str id, type, version;
    value = id = record_reference(without_base(c, value), &version);
    if (str_find(value, '/') == value.n && str_find(value, ':') == value.n) {
        if (!fhir_is_id(value))
            return condition_invalid(c->filter, "a reference is Type/id, an id or an address", e);
        if (c->filter->modifier.n)
            add_form(forms, c, c->filter->modifier, value);
        else
            add_targets(forms, c, value);
        return true;
    }
    str_next(&id, '/', &type);
    bool literal = fhir_is_resource(type) && id.p && str_find(id, '/') == id.n;
    if (literal && c->filter->modifier.n && !str_eq(type, c->filter->modifier))
        return condition_invalid(c->filter, "the modifier names another type than the value", e);
    if (literal)
        add_form(forms, c, type, id);
    else if (forms->n < sizeof forms->text / sizeof forms->text[0])
        forms->text[forms->n++] = value; /* urn: or somebody else's address, as it stands */
    return true;
}

/* What refers to a patient record that was merged refers to its survivor now. */
static bool add_survivors(struct forms *forms, const struct condition *c, struct err *e)
{
    struct str id[VALUES_MAX];
    size_t n = 0;
    struct db_args args = db_args(c->sql->arena);
    for (size_t i = 0; i < forms->n && n < VALUES_MAX; i++)
        if (str_starts(forms->text[i], "Patient/"))
            id[n++] = str_sub(forms->text[i], 8, forms->text[i].n);
    if (!n || !c->sql->op)
        return true;
    db_texts(&args, id, n);
    const struct db_rows *rows = db_run(c->sql->op->db, &Q_patient_survivors, &args, e);
    for (int i = 0; rows && i < db_count(rows); i++)
        add_form(forms, c, STR("Patient"), db_get(rows, i, 1));
    return rows != NULL;
}

bool condition_put_reference(struct condition *c, struct str value, struct err *e)
{
    struct forms *forms = ARENA_NEW(c->sql->arena, struct forms);
    if (!add_value(forms, c, value_plain(c->sql->arena, value), e) || !add_survivors(forms, c, e))
        return false;
    int place = sql_texts(c->sql, forms->text, forms->n);
    sql_put(c->sql, &Q_search_token_codes, &place);
    return true;
}

bool condition_is_personal(struct str type)
{
    static const char *const types[] = {"Patient",       "Encounter", "ServiceRequest",   "ImagingStudy", "Task",
                                        "Appointment",   "Specimen",  "DiagnosticReport", "Observation",  "Procedure",
                                        "EpisodeOfCare", "Condition", "Composition",      "RelatedPerson"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(type, types[i]))
            return true;
    return false;
}

/* Whatever the values name belongs to one person each. */
static bool are_personal(const struct condition *c, const struct forms *forms)
{
    for (size_t i = 0; i < forms->n; i++) {
        struct str id = without_base(c, forms->text[i]), type;
        str_next(&id, '/', &type);
        if (!condition_is_personal(type))
            return false;
    }
    return true;
}

/* One ANY over all spellings; each stored reference is in exactly one of them. */
static bool put_literals(struct condition *c, struct err *e)
{
    struct forms *forms = ARENA_NEW(c->sql->arena, struct forms);
    struct str rest = c->filter->value, one;
    for (int n = 0; value_next(&rest, ',', &one); n++) {
        if (n == VALUES_MAX)
            return condition_invalid(c->filter, "more than 50 values", e);
        if (!add_value(forms, c, value_plain(c->sql->arena, one), e))
            return false;
    }
    if (!add_survivors(forms, c, e))
        return false;
    sql_put(c->sql, &Q_search_token_any, condition_hash(c));
    int place = sql_texts(c->sql, forms->text, forms->n);
    sql_put(c->sql, &Q_search_token_codes, &place);
    c->sql->narrow = c->sql->narrow || are_personal(c, forms);
    return true;
}

static bool put_canonical_value(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)e;
    return put_canonical(s, value, str_is(f->modifier, "below"));
}

static bool is_literal(const struct fhir_search_param *p)
{
    return fhir_search_reaches(p, "Reference");
}

bool condition_reference(struct condition *c, struct err *e)
{
    bool identifier = condition_modifier_is(c, "identifier") && is_literal(c->param), ok;
    bool canonical = !is_literal(c->param) && (!c->filter->modifier.n || condition_modifier_is(c, "below"));
    int place;
    if (condition_modifier_is(c, "text"))
        return condition_display(c, e);
    if (identifier || canonical) {
        place = identifier ? condition_part(c, RECORD_PART_IDENTIFIER) : *condition_hash(c);
        sql_put(c->sql, &Q_search_token_any, &place);
        ok = condition_values(c->sql, c->filter, identifier ? condition_put_token : put_canonical_value, e);
    } else if (c->filter->modifier.n && !fhir_is_resource(c->filter->modifier)) {
        return condition_refuse_modifier(c->filter, e);
    } else {
        ok = put_literals(c, e);
    }
    buf_puts(&c->sql->text, "))");
    return ok;
}

/* ---- uri ---- */

bool condition_put_uri(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_canonical(s, value, false);
}

/* The address itself, and what continues it behind a '/'. */
static bool put_below(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int place[2];
    (void)f;
    (void)e;
    value = value_plain(s->arena, value);
    if (value.n && value.p[value.n - 1] == '/')
        value = str_sub(value, 0, value.n - 1);
    place[0] = sql_text(s, value);
    place[1] = sql_text(s, arena_printf(s->arena, "%.*s/", STR_ARG(value)));
    sql_put(s, &Q_search_token_below, place);
    return true;
}

/* The address itself, and what it continues. */
static bool put_above(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str heads[64];
    size_t n = 0;
    value = value_plain(s->arena, value);
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != '/' || i == 0 || value.p[i - 1] == '/' || value.p[i - 1] == ':')
            continue;
        if (n + 3 > sizeof heads / sizeof heads[0])
            return condition_invalid(f, "an address of more than 60 parts", e);
        heads[n++] = str_sub(value, 0, i);
        heads[n++] = str_sub(value, 0, i + 1);
    }
    heads[n++] = value;
    int place = sql_texts(s, heads, n);
    sql_put(s, &Q_search_token_codes, &place);
    return true;
}

bool condition_uri(struct condition *c, struct err *e)
{
    static const struct {
        const char *modifier;
        condition_value put;
    } uris[] = {{"", condition_put_uri}, {"below", put_below}, {"above", put_above}};
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        if (!condition_modifier_is(c, uris[i].modifier))
            continue;
        sql_put(c->sql, &Q_search_token_any, condition_hash(c));
        if (!condition_values(c->sql, c->filter, uris[i].put, e))
            return false;
        buf_puts(&c->sql->text, "))");
        return true;
    }
    return condition_refuse_modifier(c->filter, e);
}
