/* The parameters of a search. */
#include "fhir/search/search_priv.h"

#include <string.h>

/* ---- application/x-www-form-urlencoded ---- */

static bool decode(struct arena *a, struct str s, struct str *ret_plain, struct err *e)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        static const char hex[] = "0123456789abcdef0123456789ABCDEF";
        const char *high, *low;
        if (s.p[i] != '%') {
            to[n++] = s.p[i] == '+' ? ' ' : s.p[i];
            continue;
        }
        high = i + 2 < s.n && s.p[i + 1] ? strchr(hex, s.p[i + 1]) : NULL;
        low = high && s.p[i + 2] ? strchr(hex, s.p[i + 2]) : NULL;
        if (!low)
            return err_set(e, ERR_INVALID, "the form has a bad escape");
        to[n++] = (char)((high - hex) % 16 * 16 + (low - hex) % 16);
        i += 2;
    }
    *ret_plain = (struct str){to, n};
    return str_utf8_valid(*ret_plain) || err_set(e, ERR_INVALID, "the form is not UTF-8");
}

bool query_take_form(struct query *q, struct str form, struct err *e)
{
    struct str rest = form, one, name;
    while (rest.n && str_next(&rest, '&', &one)) {
        struct http_pair p = {STR(""), STR("")};
        struct str value = one;
        if (!one.n)
            continue;
        str_next(&value, '=', &name);
        if (!decode(q->arena, name, &p.name, e) || (value.p && !decode(q->arena, value, &p.value, e)) ||
            !query_take(q, p, e))
            return false;
    }
    return true;
}

/* ---- parameters about the result, not about the documents ---- */

static bool invalid(const char *name, const char *why, struct err *e)
{
    return err_set(e, ERR_INVALID, "%s %s", name, why);
}

static bool take_count(struct query *q, struct str value, struct err *e)
{
    int64_t n;
    if (!str_int(value, &n) || n < 0)
        return invalid("_count", "is a number from 0", e);
    q->count = n > COUNT_MAX ? COUNT_MAX : (int)n;
    q->count_only = q->count_only || n == 0;
    return true;
}

static bool take_part(struct query *q, struct http_pair p, struct err *e)
{
    if (!summary_take(q->arena, p, &q->summary, e))
        return false;
    q->count_only = q->count_only || q->summary.count;
    return true;
}

static bool take_summary(struct query *q, struct str value, struct err *e)
{
    return take_part(q, (struct http_pair){STR("_summary"), value}, e);
}

static bool take_elements(struct query *q, struct str value, struct err *e)
{
    return take_part(q, (struct http_pair){STR("_elements"), value}, e);
}

static bool take_total(struct query *q, struct str value, struct err *e)
{
    q->total = str_is(value, "accurate") || str_is(value, "estimate");
    return q->total || str_is(value, "none") || invalid("_total", "is accurate, estimate or none", e);
}

static bool take_sort(struct query *q, struct str value, struct err *e)
{
    if (q->sort.n || !value.n)
        return invalid("_sort", "is given once, with the name of a parameter", e);
    q->sort = value;
    return true;
}

static bool take_explain(struct query *q, struct str value, struct err *e)
{
    q->explain = str_is(value, "true");
    return q->explain || str_is(value, "false") || invalid("__explain", "is true or false", e);
}

static bool take_cursor(struct query *q, struct str value, struct err *e)
{
    if (q->cursor.n || !value.n)
        return invalid("_cursor", "is no page this server gave", e);
    q->cursor = value;
    return true;
}

/* TO ADD A RESULT PARAMETER: 1 a row here  2 its effect in find.c  3 a test */
static const struct {
    const char *name;
    bool (*take)(struct query *q, struct str value, struct err *e); /* NULL: it is about the form of the answer */
    bool shown;                                                     /* in the self link */
} controls[] = {
    {"_count", take_count, true},
    {"_summary", take_summary, true},
    {"_total", take_total, true},
    {"_sort", take_sort, true},
    {"_elements", take_elements, true},
    {"_cursor", take_cursor, false},
    {"__explain", take_explain, true},
    {"_format", NULL, true},
    {"_pretty", NULL, true},
    {"_type", query_take_type, true},
    {"_contained", contained_take, true},
    {"_containedType", contained_take_type, true},
};

/* Which of two contradicting wishes was meant nobody knows. */
static bool given(const struct query *q, struct str name)
{
    for (size_t i = 0; i + 1 < q->used_n; i++)
        if (str_eq(q->used[i].name, name))
            return true;
    return false;
}

struct query_filter query_filter(struct str raw, struct str value)
{
    struct query_filter f = {.raw = raw, .name = raw, .modifier = STR(""), .chain = STR_NONE, .value = value};
    struct str head = raw;
    size_t dot = str_find(raw, '.');
    if (str_starts(raw, "_has:")) {
        f.name = str_sub(raw, 0, 4);
        f.modifier = str_sub(raw, 5, raw.n);
        return f;
    }
    if (dot < raw.n) {
        head = str_sub(raw, 0, dot);
        f.chain = str_sub(raw, dot + 1, raw.n);
    }
    str_next(&head, ':', &f.name);
    if (head.p)
        f.modifier = head;
    return f;
}

static bool take_filter(struct query *q, struct http_pair p, struct err *e)
{
    q->filter[q->filters++] = query_filter(p.name, p.value);
    if (p.value.n)
        return true;
    q->filters--;
    return err_set(e, ERR_UNSUPPORTED, "'%.*s' has no value", STR_ARG(str_utf8_clip(p.name, 60)));
}

static bool take_control(struct query *q, struct http_pair p, bool *ret_done, struct err *e)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (str_is(p.name, controls[i].name)) {
            *ret_done = true;
            if (given(q, p.name))
                return invalid(controls[i].name, "is given once", e);
            q->used_n -= !controls[i].shown;
            return !controls[i].take || controls[i].take(q, p.value, e);
        }
    return true;
}

bool query_take(struct query *q, struct http_pair p, struct err *e)
{
    bool done = false;
    if (q->used_n == PARAMETERS_MAX)
        return err_set(e, ERR_INVALID, "a search has at most %d parameters", PARAMETERS_MAX);
    q->used[q->used_n++] = p;
    bool ok =
        take_control(q, p, &done, e) && (done || query_take_include(q, p, &done, e)) && (done || take_filter(q, p, e));
    return ok || query_forgive(q, p.name, e);
}

void query_start(struct op *op, struct str type, struct query *q)
{
    *q = (struct query){.arena = op->arena, .type = type, .path = type, .count = COUNT_DEFAULT};
}

bool query_parse(struct op *op, struct str type, struct str text, struct query *q, struct err *e)
{
    query_start(op, type, q);
    return query_take_form(q, text, e);
}

/* Result parameters that can not go together are refused (search.html#summary). */
bool query_settle(struct query *q, struct err *e)
{
    if (q->summary.part.kind == FHIR_PART_TEXT && q->includes)
        return invalid("_summary", "=text and _include can not be mixed", e);
    if (!q->many && !summary_paths(&q->summary, q->type, e))
        return false;
    many_settle(q);
    return contained_settle(q, e);
}

bool query_forgive(struct query *q, struct str raw, struct err *e)
{
    if (!q->lenient || e->code != ERR_UNSUPPORTED)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < q->used_n; i++)
        if (!str_eq(q->used[i].name, raw))
            q->used[kept++] = q->used[i];
    q->used_n = kept;
    q->ignored = arena_printf(q->arena, "%.*s%s%.*s", STR_ARG(q->ignored), q->ignored.n ? ", " : "",
                              STR_ARG(str_utf8_clip(raw, 60)));
    err_clear(e);
    return true;
}

struct str query_escape(struct arena *a, struct str s)
{
    static const char plain[] = "-._~:/,$|*@", hex[] = "0123456789ABCDEF";
    char *to = arena_alloc(a, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool alone =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr(plain, c));
        if (alone) {
            to[n++] = (char)c;
            continue;
        }
        to[n++] = '%';
        to[n++] = hex[c >> 4];
        to[n++] = hex[c & 15];
    }
    return (struct str){to, n};
}

struct str query_url(const struct query *q, struct str base, struct str cursor)
{
    struct arena *a = q->arena;
    struct str url = arena_printf(a, "%.*s%s%.*s", STR_ARG(base), q->path.n ? "/" : "", STR_ARG(q->path));
    for (size_t i = 0; i < q->used_n; i++)
        url = arena_printf(a, "%.*s%c%.*s=%.*s", STR_ARG(url), i ? '&' : '?', STR_ARG(query_escape(a, q->used[i].name)),
                           STR_ARG(query_escape(a, q->used[i].value)));
    if (cursor.n)
        url = arena_printf(a, "%.*s%c_cursor=%.*s", STR_ARG(url), q->used_n ? '&' : '?',
                           STR_ARG(query_escape(a, cursor)));
    return url;
}
