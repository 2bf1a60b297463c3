/* Functions of strings. Positions count characters; an empty input or argument gives an empty result. */
#include "fhir/fhirpath/functions_priv.h"
#include "fhir/fhirpath/regex_priv.h"

#include <string.h>

static void put_string(const struct call *c, struct str text)
{
    put_text(c->v, c->out, FHIRPATH_STRING, text);
}

/* The input and the first argument. */
static bool two(const struct call *c, struct str *ret_a, struct str *ret_b, bool *ret_there, struct err *e)
{
    bool a, b;
    if (!input_text(c, ret_a, &a, e) || !arg_text(c, 0, ret_b, &b, e))
        return false;
    *ret_there = a && b;
    return true;
}

static size_t find(struct str in, struct str what, size_t from)
{
    for (size_t i = from; i + what.n <= in.n; i++)
        if (!what.n || memcmp(in.p + i, what.p, what.n) == 0)
            return i;
    return in.n + 1;
}

/* The byte at which the n-th character begins. */
static size_t byte_of(struct str s, int64_t n)
{
    size_t i = 0;
    for (; n > 0 && i < s.n; n--)
        for (i++; i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;)
            i++;
    return n > 0 ? s.n + 1 : i;
}

bool run_index_of(const struct call *c, struct err *e)
{
    struct str a, b;
    bool there = true;
    if (!two(c, &a, &b, &there, e) || !there)
        return !there;
    size_t at = find(a, b, 0);
    put_int(c->v, c->out, at > a.n ? -1 : (int64_t)str_utf8_count(str_sub(a, 0, at)));
    return eval_step(c->v, a.n / 8, e);
}

bool run_substring(const struct call *c, struct err *e)
{
    struct str s;
    int64_t start = 0, length = INT64_MAX;
    bool there, start_there, length_there = true;
    if (!input_text(c, &s, &there, e) || !arg_int(c, 0, &start, &start_there, e) ||
        (c->node->arg_count > 1 && !arg_int(c, 1, &length, &length_there, e)))
        return false;
    if (!there || !start_there || start < 0)
        return true;
    size_t from = byte_of(s, start);
    if (from >= s.n)
        return true;
    struct str rest = str_sub(s, from, s.n);
    size_t n = length < 0 ? 0 : byte_of(rest, length_there ? length : INT64_MAX);
    put_string(c, str_sub(rest, 0, n > rest.n ? rest.n : n));
    return true;
}

static bool test(const struct call *c, bool (*holds)(struct str a, struct str b), struct err *e)
{
    struct str a, b;
    bool there = false;
    if (!two(c, &a, &b, &there, e))
        return false;
    if (there)
        put_bool(c->v, c->out, holds(a, b));
    return eval_step(c->v, a.n / 64, e);
}

static bool starts(struct str a, struct str b)
{
    return a.n >= b.n && str_eq(str_sub(a, 0, b.n), b);
}

static bool ends(struct str a, struct str b)
{
    return a.n >= b.n && str_eq(str_sub(a, a.n - b.n, b.n), b);
}

static bool has(struct str a, struct str b)
{
    return find(a, b, 0) <= a.n;
}

bool run_starts_with(const struct call *c, struct err *e)
{
    return test(c, starts, e);
}

bool run_ends_with(const struct call *c, struct err *e)
{
    return test(c, ends, e);
}

/* Also what "contains" means as an operator on strings' collections; that one is in ops.c. */
bool run_contains(const struct call *c, struct err *e)
{
    return test(c, has, e);
}

/* ASCII letters; others keep their case. */
static bool change_case(const struct call *c, char first, char last, struct err *e)
{
    struct str s;
    bool there = true;
    if (!input_text(c, &s, &there, e) || !there)
        return !there;
    char *text = eval_bytes(c->v, s.n, e);
    if (!text)
        return false;
    for (size_t i = 0; i < s.n; i++)
        text[i] = s.p[i] >= first && s.p[i] <= last ? (char)(s.p[i] ^ 32) : s.p[i];
    put_string(c, (struct str){text, s.n});
    return true;
}

bool run_upper(const struct call *c, struct err *e)
{
    return change_case(c, 'a', 'z', e);
}

bool run_lower(const struct call *c, struct err *e)
{
    return change_case(c, 'A', 'Z', e);
}

bool run_trim(const struct call *c, struct err *e)
{
    struct str s;
    bool there = false;
    if (!input_text(c, &s, &there, e))
        return false;
    if (there)
        put_string(c, str_trim(s));
    return true;
}

bool run_length(const struct call *c, struct err *e)
{
    struct str s;
    bool there = false;
    if (!input_text(c, &s, &there, e))
        return false;
    if (there)
        put_int(c->v, c->out, (int64_t)str_utf8_count(s));
    return true;
}

bool run_to_chars(const struct call *c, struct err *e)
{
    struct str s;
    bool there = true;
    if (!input_text(c, &s, &there, e) || !there)
        return !there;
    for (size_t i = 0; i < s.n;) {
        size_t n = byte_of(str_sub(s, i, s.n), 1);
        if (!eval_step(c->v, 1, e))
            return false;
        put_string(c, str_sub(s, i, n));
        i += n;
    }
    return true;
}

/* ---- making strings ---- */
struct text { /* being made */
    struct eval *v;
    char *p;
    size_t n, room;
};

static bool put(struct text *t, struct str s, struct err *e)
{
    if (t->n + s.n > t->room) {
        size_t room = (t->n + s.n) * 2 + 32;
        char *p = eval_bytes(t->v, room, e);
        if (!p)
            return false;
        if (t->n)
            memcpy(p, t->p, t->n);
        t->p = p;
        t->room = room;
    }
    if (s.n)
        memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
    return true;
}

bool run_replace(const struct call *c, struct err *e)
{
    struct str s, what, with;
    bool there = true, with_there = true;
    struct text t = {.v = c->v};
    if (!two(c, &s, &what, &there, e) || !arg_text(c, 1, &with, &with_there, e))
        return false;
    if (!there || !with_there)
        return true;
    for (size_t i = 0; i <= s.n;) {
        size_t at = what.n ? find(s, what, i) : i + byte_of(str_sub(s, i, s.n), 1);
        bool found = at <= s.n && (what.n || i < s.n);
        if (!eval_step(c->v, 1, e) || (!what.n && i == 0 && !put(&t, with, e)) ||
            !put(&t, str_sub(s, i, (found ? at : s.n) - i), e))
            return false;
        if (!found)
            break;
        if (!put(&t, with, e))
            return false;
        i = at + what.n;
    }
    put_string(c, (struct str){t.p ? t.p : "", t.n});
    return true;
}

bool run_split(const struct call *c, struct err *e)
{
    struct str s, separator;
    bool there = true;
    if (!two(c, &s, &separator, &there, e) || !there)
        return !there;
    for (size_t i = 0; i <= s.n;) {
        size_t at = separator.n ? find(s, separator, i) : s.n + 1;
        if (at > s.n)
            at = s.n;
        if (!eval_step(c->v, 1, e))
            return false;
        put_string(c, str_sub(s, i, at - i));
        i = at == s.n ? s.n + 1 : at + separator.n;
    }
    return true;
}

bool run_join(const struct call *c, struct err *e)
{
    struct str separator = STR_NONE;
    bool there = true;
    struct text t = {.v = c->v};
    if (c->node->arg_count && !arg_text(c, 0, &separator, &there, e))
        return false;
    if (!c->input->n)
        return true;
    for (size_t i = 0; i < c->input->n; i++) {
        if (c->input->items[i]->kind == FHIRPATH_ELEMENT)
            return err_set(e, ERR_INVALID, "fhirpath: join() is for strings");
        if ((i && !put(&t, separator, e)) || !put(&t, c->input->items[i]->text, e))
            return false;
    }
    put_string(c, (struct str){t.p ? t.p : "", t.n});
    return true;
}

/* ---- regular expressions ---- */
static const struct regex *pattern_of(const struct call *c, struct str text, struct err *e)
{
    return c->node->regex ? c->node->regex : regex_compile(c->v->arena, text, e);
}

static bool match(const struct call *c, bool whole, struct err *e)
{
    struct str s, text;
    bool there = true, found = false;
    if (!two(c, &s, &text, &there, e) || !there)
        return !there;
    const struct regex *x = pattern_of(c, text, e);
    const struct regex_job job = {c->v->arena, s, 0, whole, &c->v->c->steps};
    if (!x || !regex_find(x, &job, &found, NULL, e))
        return false;
    put_bool(c->v, c->out, found);
    return true;
}

bool run_matches(const struct call *c, struct err *e)
{
    return match(c, false, e);
}

bool run_matches_full(const struct call *c, struct err *e)
{
    return match(c, true, e);
}

/* "$1" stands for what the first group took. */
static bool put_filled(struct text *t, struct str s, struct str with, const struct regex_match *m, struct err *e)
{
    for (size_t i = 0; i < with.n; i++) {
        bool group = with.p[i] == '$' && i + 1 < with.n && with.p[i + 1] >= '0' && with.p[i + 1] <= '9';
        int n = group ? with.p[i + 1] - '0' : 0;
        struct str piece = str_sub(with, i, 1);
        if (group)
            piece = m->to[n] == UINT32_MAX ? STR_NONE : str_sub(s, m->from[n], m->to[n] - m->from[n]);
        if (!put(t, piece, e))
            return false;
        i += group;
    }
    return true;
}

bool run_replace_matches(const struct call *c, struct err *e)
{
    struct str s, text, with;
    bool there = true, with_there = true, found = true;
    struct text t = {.v = c->v};
    if (!two(c, &s, &text, &there, e) || !arg_text(c, 1, &with, &with_there, e))
        return false;
    const struct regex *x = there && with_there ? pattern_of(c, text, e) : NULL;
    if (!x)
        return !there || !with_there;
    size_t at = 0;
    while (at <= s.n && found) {
        struct regex_match m;
        const struct regex_job job = {c->v->arena, s, at, false, &c->v->c->steps};
        if (!eval_step(c->v, x ? 100 : 0, e) || !regex_find(x, &job, &found, &m, e))
            return false;
        if (!found)
            break;
        size_t step = m.to[0] > m.from[0] ? 0 : byte_of(str_sub(s, m.to[0], s.n), 1);
        if (!put(&t, str_sub(s, at, m.from[0] - at), e) || !put_filled(&t, s, with, &m, e) ||
            !put(&t, str_sub(s, m.to[0], step), e))
            return false;
        at = m.to[0] + (step || m.to[0] > m.from[0] ? step : 1);
    }
    if (at < s.n && !put(&t, str_sub(s, at, s.n), e))
        return false;
    put_string(c, (struct str){t.p ? t.p : "", t.n});
    return true;
}
