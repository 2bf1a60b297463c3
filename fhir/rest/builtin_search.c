/* Built-in definitions among what a search finds: they come first, in the order of their ids, then what is stored, in
 * the order that was asked for. A page may hold the end of the one and the beginning of the other. */
#include "fhir/rest/builtin_priv.h"

#define CURSOR "builtin-"

/* ---- does one match ---- */

static bool token_fits(const struct builtin_value *v, struct str value)
{
    struct str system, code = value;
    value_next(&code, '|', &system);
    if (!code.p)
        return str_eq(v->text, value);
    return str_eq(v->system, system) && (!code.n || str_eq(v->text, code));
}

static bool string_fits(struct arena *a, const struct builtin_value *v, struct str value, struct str modifier)
{
    struct str folded = record_fold(a, value);
    if (str_is(modifier, "contains")) {
        for (size_t i = 0; i + folded.n <= v->text.n; i++)
            if (str_eq(str_sub(v->text, i, folded.n), folded))
                return true;
        return false;
    }
    return str_is(modifier, "exact") ? str_eq(v->text, folded) : str_starts(v->text, arena_cstr(a, folded));
}

static bool value_fits(struct arena *a, const struct builtin_value *v, struct str value, struct str modifier)
{
    switch (v->kind) {
    case FHIR_SEARCH_TOKEN:
        return token_fits(v, value);
    case FHIR_SEARCH_STRING:
        return string_fits(a, v, value, modifier);
    case FHIR_SEARCH_URI:
        return str_is(modifier, "below") ? str_starts(v->text, arena_cstr(a, value)) : str_eq(v->text, value);
    case FHIR_SEARCH_REFERENCE:
        return str_eq(v->text, value);
    default:
        return false;
    }
}

/* The modifiers whose meaning is decided here; by others nothing built in is found. */
static bool is_plain(struct str modifier)
{
    static const char *const known[] = {"", "exact", "contains", "below", "not"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(modifier, known[i]))
            return true;
    return false;
}

static bool any_value(struct arena *a, const struct builtin *one, const struct query_filter *f)
{
    struct str rest = f->value, value;
    while (value_next(&rest, ',', &value)) {
        value = value_plain(a, value);
        if (str_is(f->name, "_id") && str_eq(one->id, value))
            return true;
        for (size_t i = 0; i < one->n; i++)
            if (str_is(f->name, one->values[i].code) && value_fits(a, &one->values[i], value, f->modifier))
                return true;
    }
    return false;
}

static bool has_value(const struct builtin *one, const struct query_filter *f)
{
    for (size_t i = 0; i < one->n; i++)
        if (str_is(f->name, one->values[i].code))
            return true;
    return str_is(f->name, "_id");
}

static bool fits(struct arena *a, const struct query *q, const struct builtin *one)
{
    for (size_t i = 0; i < q->filters; i++) {
        const struct query_filter *f = &q->filter[i];
        if (f->chain.p || str_starts(f->raw, "_has"))
            return false;
        if (str_is(f->modifier, "missing")
                ? has_value(one, f) == str_is(f->value, "true")
                : !is_plain(f->modifier) || any_value(a, one, f) == str_is(f->modifier, "not"))
            return false;
    }
    return true;
}

/* ---- pages ---- */

static bool read_cursor(const struct query *q, size_t total, size_t *ret_from, bool *ret_here, struct err *e)
{
    int64_t n = 0;
    *ret_here = !q->cursor.n || str_starts(q->cursor, CURSOR);
    if (q->cursor.n && *ret_here) {
        struct str number = str_sub(q->cursor, sizeof CURSOR - 1, q->cursor.n);
        if (!str_int(number, &n) || n < 0 || (size_t)n > total)
            return err_set(e, ERR_INVALID, "_cursor is no page this server gave");
    }
    *ret_from = (size_t)n;
    return true;
}

bool builtin_search(struct op *op, struct query *q, struct builtin_page *ret_page, struct err *e)
{
    size_t n, from = 0;
    bool here;
    const struct builtin *list = builtin_list(op, q->type, &n);
    struct builtin_page p = {.cursor = q->cursor, .count = q->count};
    if (!n || q->explain || q->contained == CONTAINED_ONLY) {
        *ret_page = p;
        return true;
    }
    const struct builtin **hit = ARENA_ARRAY(op->arena, const struct builtin *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (fits(op->arena, q, &list[i]))
            hit[p.total++] = &list[i];
    if (!read_cursor(q, p.total, &from, &here, e))
        return false;
    if (here && !q->count_only) {
        p.hit = &hit[from];
        p.n = p.total - from < (size_t)q->count ? p.total - from : (size_t)q->count;
        p.behind = from + p.n;
        p.full = p.n == (size_t)q->count;
        q->cursor = STR("");
        q->count = p.full ? 1 : q->count - (int)p.n; /* one tells whether anything follows */
    }
    *ret_page = p;
    return true;
}

void builtin_join(struct op *op, const struct builtin_page *p, struct query *q, struct builtin_stored stored)
{
    if (!p->total && !p->full)
        return;
    if (*stored.total >= 0)
        *stored.total += (int64_t)p->total;
    if (p->full) {
        bool more = p->behind < p->total || *stored.n > 0;
        *stored.n = 0;
        *stored.next = more ? arena_printf(op->arena, CURSOR "%zu", p->behind) : STR("");
    }
    q->cursor = p->cursor;
    q->count = p->count;
}

bool builtin_put(struct op *op, const struct query *q, const struct builtin_page *p, struct bundle *b, struct err *e)
{
    for (size_t i = 0; i < p->n; i++) {
        struct record_doc doc;
        if (!builtin_doc(op, q->type, p->hit[i], &doc, e))
            return false;
        bundle_match(b, &doc, "match");
    }
    return true;
}
