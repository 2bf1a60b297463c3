/* The parameters of a search, from the address and from a posted form. */
#include "fhir/rest/search_priv.h"

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

static bool take(struct query *q, struct http_pair p, struct err *e);

static bool read_text(struct query *q, struct str rest, struct err *e)
{
    struct str one, name;
    while (rest.p && str_next(&rest, '&', &one)) {
        struct http_pair p = {STR(""), STR("")};
        struct str value = one;
        if (!one.n)
            continue;
        str_next(&value, '=', &name);
        if (!decode(q->arena, name, &p.name, e) || (value.p && !decode(q->arena, value, &p.value, e)) ||
            !take(q, p, e))
            return false;
    }
    return true;
}

static bool read_form(struct query *q, struct http_request *r, struct err *e)
{
    struct str type = http_header(r, "Content-Type");
    type = str_trim(str_sub(type, 0, str_find(type, ';')));
    if (!r->body.n)
        return true;
    if (!str_is_nocase(type, "application/x-www-form-urlencoded"))
        return err_set(e, ERR_MEDIA_TYPE, "_search takes application/x-www-form-urlencoded");
    return read_text(q, r->body, e);
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

static bool take_inclusion(struct query *q, struct str value, bool reverse, struct err *e)
{
    const char *name = reverse ? "_revinclude" : "_include";
    if (q->includes == INCLUDE_MAX)
        return invalid(name, "is given at most 8 times", e);
    struct query_include *i = &q->include[q->includes++];
    *i = (struct query_include){.reverse = reverse, .target = STR("")};
    struct str rest = value;
    bool whole = str_next(&rest, ':', &i->type) && str_next(&rest, ':', &i->param);
    if (whole && rest.p)
        i->target = rest;
    if (!whole || (i->target.n && !fhir_is_resource(i->target)))
        return invalid(name, "is Type:parameter or Type:parameter:Target", e);
    const struct fhir_search_param *p =
        fhir_is_resource(i->type) ? fhir_search_param_find(i->type, i->param) : NULL;
    if (!p || p->kind != FHIR_SEARCH_REFERENCE || (!reverse && !str_eq(i->type, q->type)))
        return invalid(name, "names no reference parameter that leads from here", e);
    return true;
}

static bool take_include(struct query *q, struct str value, struct err *e)
{
    return take_inclusion(q, value, false, e);
}

static bool take_revinclude(struct query *q, struct str value, struct err *e)
{
    return take_inclusion(q, value, true, e);
}

static bool take_nothing(struct query *q, struct str value, struct err *e)
{
    (void)q;
    (void)value;
    (void)e;
    return true;
}

/* TO ADD A RESULT PARAMETER: 1 a row here  2 its effect in search.c  3 a test */
static const struct {
    const char *name;
    bool (*take)(struct query *q, struct str value, struct err *e);
    bool shown; /* in the self link */
    bool many;  /* may be given more than once */
} controls[] = {
    {"_count", take_count, true, false},          {"_summary", take_summary, true, false},
    {"_total", take_total, true, false},          {"_sort", take_sort, true, false},
    {"_elements", take_elements, true, false},    {"_include", take_include, true, true},
    {"_revinclude", take_revinclude, true, true}, {"_cursor", take_cursor, false, false},
    {"__explain", take_explain, true, false},
    {"_format", take_nothing, true, false},       {"_pretty", take_nothing, true, false},
};

/* Which of two contradicting wishes was meant nobody knows. */
static bool given(const struct query *q, struct str name)
{
    for (size_t i = 0; i < q->used_n; i++)
        if (str_eq(q->used[i].name, name))
            return true;
    return false;
}

static bool take_filter(struct query *q, struct http_pair p, struct err *e)
{
    struct query_filter *f = &q->filter[q->filters++];
    struct str name = p.name;
    *f = (struct query_filter){.value = p.value, .modifier = STR("")};
    str_next(&name, ':', &f->name);
    if (name.p)
        f->modifier = name;
    return p.value.n || err_set(e, ERR_INVALID, "'%.*s' has no value", STR_ARG(str_utf8_clip(p.name, 60)));
}

static bool take(struct query *q, struct http_pair p, struct err *e)
{
    if (q->used_n == PARAMETERS_MAX)
        return err_set(e, ERR_INVALID, "a search has at most %d parameters", PARAMETERS_MAX);
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (str_is(p.name, controls[i].name)) {
            if (!controls[i].many && given(q, p.name))
                return invalid(controls[i].name, "is given once", e);
            if (controls[i].shown)
                q->used[q->used_n++] = p;
            return controls[i].take(q, p.value, e);
        }
    q->used[q->used_n++] = p;
    return take_filter(q, p, e);
}

/* Result parameters that can not go together (search.html#summary). */
static bool agrees(const struct query *q, struct err *e)
{
    if (q->summary.part.kind == FHIR_PART_TEXT && q->includes)
        return invalid("_summary", "=text and _include can not be mixed", e);
    return summary_paths(&q->summary, q->type, e);
}

bool query_read(struct op *op, struct gate_http *h, struct str type, struct query *q, struct err *e)
{
    const struct http_request *r = h->request;
    *q = (struct query){.arena = op->arena, .type = type, .count = COUNT_DEFAULT};
    q->lenient = str_is(negotiate_prefer(r, "handling"), "lenient");
    for (size_t i = 0; i < r->query_count; i++)
        if (!take(q, r->query[i], e))
            return false;
    return read_form(q, h->request, e) && agrees(q, e);
}

bool query_read_text(struct op *op, struct str type, struct str text, struct query *q, struct err *e)
{
    *q = (struct query){.arena = op->arena, .type = type, .count = COUNT_DEFAULT};
    return read_text(q, text, e);
}

bool query_forgive(struct query *q, struct str name, struct err *e)
{
    if (!q->lenient || e->code != ERR_UNSUPPORTED)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < q->used_n; i++) {
        struct str own = str_sub(q->used[i].name, 0, str_find(q->used[i].name, ':'));
        if (!str_eq(own, name))
            q->used[kept++] = q->used[i];
    }
    q->used_n = kept;
    q->ignored = arena_printf(q->arena, "%.*s%s%.*s", STR_ARG(q->ignored), q->ignored.n ? ", " : "",
                              STR_ARG(str_utf8_clip(name, 60)));
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
        bool alone = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                     (c && strchr(plain, c));
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
    struct str url = arena_printf(a, "%.*s/%.*s", STR_ARG(base), STR_ARG(q->type));
    for (size_t i = 0; i < q->used_n; i++)
        url = arena_printf(a, "%.*s%c%.*s=%.*s", STR_ARG(url), i ? '&' : '?',
                           STR_ARG(query_escape(a, q->used[i].name)),
                           STR_ARG(query_escape(a, q->used[i].value)));
    if (cursor.n)
        url = arena_printf(a, "%.*s%c_cursor=%.*s", STR_ARG(url), q->used_n ? '&' : '?',
                           STR_ARG(query_escape(a, cursor)));
    return url;
}
