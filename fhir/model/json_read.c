/* JSON text to tree. The text is copied into the arena once; names and values are slices of that copy, and
 * strings with escapes are decoded in place, which only ever shortens them. */
#include "fhir/model/model.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    char *p;
    const char *end, *line_start;
    unsigned line;
    int depth;
    bool twice; /* duplicate members are let in */
    struct err *e;
};

static bool read_value(struct reader *r, struct fhir_node *n);

static unsigned column(const struct reader *r)
{
    return (unsigned)(r->p - r->line_start) + 1;
}

static bool fail(struct reader *r, const char *what)
{
    err_set(r->e, ERR_STRUCTURE, "json line %u column %u: %s", r->line, column(r), what);
    return err_line(r->e, r->line, column(r));
}

/* On the way out of a failure: the place of the fault, from the inside outwards. */
static bool inside(const struct reader *r, struct str key, int index)
{
    struct err *e = r->e;
    if (!e)
        return false;
    char below[sizeof e->path];
    key = str_utf8_clip(key, 64);
    memcpy(below, e->path, sizeof below);
    e->path[0] = '\0';
    if (index >= 0)
        return err_at(e, "[%d]%s", index, below);
    return err_at(e, ".%.*s%s", STR_ARG(key), below);
}

/* What the place starts with: the type, as far as it was read; a text that is no object has no places. */
static struct fhir_node *fail_at(const struct reader *r, const struct fhir_node *n)
{
    struct err *e = r->e;
    struct str type = n->kind == FHIR_OBJECT ? fhir_text(n, "resourceType") : STR_NONE;
    if (!e)
        return NULL;
    char below[sizeof e->path];
    memcpy(below, e->path, sizeof below);
    e->path[0] = '\0';
    if (n->kind == FHIR_OBJECT)
        err_at(e, "%.*s%s", STR_ARG(fhir_is_resource(type) ? type : STR("Resource")), below);
    return NULL;
}

static void skip_blank(struct reader *r)
{
    for (; r->p < r->end; r->p++) {
        if (*r->p == '\n') {
            r->line++;
            r->line_start = r->p + 1;
        } else if (*r->p != ' ' && *r->p != '\t' && *r->p != '\r') {
            return;
        }
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four hexadecimal digits behind the 'u' at p. */
static bool hex4(const struct reader *r, const char *p, unsigned *ret_unit)
{
    unsigned unit = 0;
    if (r->end - p < 5)
        return false;
    for (int i = 1; i <= 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return false;
        unit = unit * 16 + (unsigned)digit;
    }
    *ret_unit = unit;
    return true;
}

static char *put_utf8(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
        return to;
    }
    if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *to++ = (char)(0xE0 | c >> 12);
        } else {
            *to++ = (char)(0xF0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (c & 0x3F));
    return to;
}

/* A \u escape, alone or as a surrogate pair; r->p stands on the 'u' and is moved behind. */
static bool read_unicode(struct reader *r, char **to)
{
    unsigned c = 0, low = 0;
    if (!hex4(r, r->p, &c))
        return fail(r, "\\u needs four hexadecimal digits");
    if (c == 0)
        return fail(r, "the character U+0000 is not allowed");
    if (c >= 0xDC00 && c <= 0xDFFF)
        return fail(r, "half a surrogate pair");
    if (c >= 0xD800 && c <= 0xDBFF) {
        const char *next = r->p + 5;
        if (r->end - next < 6 || next[0] != '\\' || next[1] != 'u' || !hex4(r, next + 1, &low) || low < 0xDC00 ||
            low > 0xDFFF)
            return fail(r, "half a surrogate pair");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        r->p += 6;
    }
    r->p += 5;
    *to = put_utf8(*to, c);
    return true;
}

/* What follows a backslash; r->p stands there and is moved behind. */
static bool read_escape(struct reader *r, char **to)
{
    static const char from[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
    if (r->p == r->end)
        return fail(r, "the text ends inside a string");
    if (*r->p == 'u')
        return read_unicode(r, to);
    const char *at = memchr(from, *r->p, sizeof from - 1);
    if (!at)
        return fail(r, "no such escape in a string");
    *(*to)++ = plain[at - from];
    r->p++;
    return true;
}

static bool ordinary(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static bool read_string(struct reader *r, struct str *ret_text)
{
    if (r->p == r->end || *r->p != '"')
        return fail(r, "expected a string");
    char *start = ++r->p;
    while (r->p < r->end && ordinary(*r->p))
        r->p++;
    char *to = r->p;
    while (r->p < r->end && *r->p != '"') {
        if (ordinary(*r->p)) {
            *to++ = *r->p++;
        } else if (*r->p == '\\') {
            r->p++;
            if (!read_escape(r, &to))
                return false;
        } else {
            return fail(r, "control characters in a string must be escaped");
        }
    }
    if (r->p == r->end)
        return fail(r, "the text ends inside a string");
    r->p++;
    *ret_text = (struct str){start, (size_t)(to - start)};
    return true;
}

static bool digits(struct reader *r)
{
    const char *start = r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
        r->p++;
    return r->p > start || fail(r, "expected a digit");
}

static bool next_is(const struct reader *r, const char *set)
{
    return r->p < r->end && *r->p && strchr(set, *r->p);
}

static bool read_number(struct reader *r, struct fhir_node *n)
{
    const char *start = r->p;
    if (*r->p == '-')
        r->p++;
    if (next_is(r, "0")) {
        r->p++;
        if (next_is(r, "0123456789"))
            return fail(r, "a number does not start with 0");
    } else if (!digits(r)) {
        return false;
    }
    if (next_is(r, ".")) {
        r->p++;
        if (!digits(r))
            return false;
    }
    if (next_is(r, "eE")) {
        r->p++;
        if (next_is(r, "+-"))
            r->p++;
        if (!digits(r))
            return false;
    }
    n->kind = FHIR_NUMBER;
    n->text = (struct str){start, (size_t)(r->p - start)};
    return true;
}

static bool read_word(struct reader *r, struct fhir_node *n, struct str word, enum fhir_kind kind)
{
    if ((size_t)(r->end - r->p) < word.n || memcmp(r->p, word.p, word.n) != 0)
        return fail(r, "expected a value");
    n->kind = kind;
    if (kind == FHIR_BOOL)
        n->text = word;
    r->p += word.n;
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct fhir_node *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

static bool duplicate(const struct reader *r, const struct fhir_node *n)
{
    struct str key = str_utf8_clip(n->key, 64);
    err_set(r->e, ERR_STRUCTURE, "json line %u column %u: member '%.*s' is there twice", n->line, n->column,
            STR_ARG(key));
    err_line(r->e, n->line, n->column);
    return inside(r, n->key, -1);
}

/* Objects are small; a hostile one with thousands of members is sorted instead of compared pairwise. */
static bool members_differ(const struct reader *r, const struct fhir_node *object, size_t count)
{
    enum { PAIRWISE = 24 };
    if (count <= PAIRWISE) {
        for (const struct fhir_node *a = object->first; a; a = a->next)
            for (const struct fhir_node *b = a->next; b; b = b->next)
                if (str_eq(a->key, b->key))
                    return duplicate(r, b);
        return true;
    }
    struct fhir_node **sorted = ARENA_ARRAY(r->arena, struct fhir_node *, count);
    size_t i = 0;
    for (struct fhir_node *m = object->first; m; m = m->next)
        sorted[i++] = m;
    qsort(sorted, count, sizeof *sorted, by_key);
    for (i = 1; i < count; i++)
        if (str_eq(sorted[i - 1]->key, sorted[i]->key))
            return duplicate(r, sorted[i]);
    return true;
}

/* Behind an item: true when another follows, and *ret_done when the closing bracket was read instead. */
static bool read_separator(struct reader *r, char close, bool *ret_done)
{
    skip_blank(r);
    *ret_done = next_is(r, (char[]){close, 0});
    if (!*ret_done && !next_is(r, ","))
        return fail(r, close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
    r->p++;
    skip_blank(r);
    return true;
}

static struct fhir_node *new_child(const struct reader *r, struct fhir_node *parent)
{
    struct fhir_node *n = ARENA_NEW(r->arena, struct fhir_node);
    n->line = r->line;
    n->column = column(r);
    fhir_add_node(parent, n);
    return n;
}

static bool read_member(struct reader *r, struct fhir_node *object)
{
    struct fhir_node *m = new_child(r, object);
    if (!read_string(r, &m->key))
        return false;
    skip_blank(r);
    if (!next_is(r, ":"))
        return fail(r, "expected ':'");
    r->p++;
    skip_blank(r);
    return read_value(r, m) || inside(r, m->key, -1);
}

/* Both containers; r->p stands on the opening bracket. */
static bool read_container(struct reader *r, struct fhir_node *n, char close)
{
    if (++r->depth > FHIR_DEPTH_MAX)
        return fail(r, "nested too deep");
    n->kind = close == '}' ? FHIR_OBJECT : FHIR_ARRAY;
    r->p++;
    skip_blank(r);
    bool done = next_is(r, (char[]){close, 0});
    if (done)
        r->p++;
    int count = 0;
    while (!done) {
        bool ok = close == '}' ? read_member(r, n) : read_value(r, new_child(r, n)) || inside(r, STR_NONE, count);
        if (!ok || !read_separator(r, close, &done))
            return false;
        count++;
    }
    r->depth--;
    return close != '}' || r->twice || members_differ(r, n, (size_t)count);
}

static bool read_value(struct reader *r, struct fhir_node *n)
{
    if (r->p == r->end)
        return fail(r, "the text ends where a value should be");
    switch (*r->p) {
    case '{':
        return read_container(r, n, '}');
    case '[':
        return read_container(r, n, ']');
    case '"':
        n->kind = FHIR_STRING;
        return read_string(r, &n->text);
    case 't':
        return read_word(r, n, STR("true"), FHIR_BOOL);
    case 'f':
        return read_word(r, n, STR("false"), FHIR_BOOL);
    case 'n':
        return read_word(r, n, STR("null"), FHIR_NULL);
    default:
        if (*r->p != '-' && (*r->p < '0' || *r->p > '9'))
            return fail(r, "expected a value");
        return read_number(r, n);
    }
}

/* Names the place of the first byte that is not UTF-8. */
static bool fail_utf8(struct reader *r)
{
    while (r->p < r->end) {
        size_t n = 1;
        while (n <= 4 && n <= (size_t)(r->end - r->p) && !str_utf8_valid((struct str){r->p, n}))
            n++;
        if (n > 4 || n > (size_t)(r->end - r->p))
            break;
        r->line += *r->p == '\n';
        r->p += n;
        if (r->p[-1] == '\n')
            r->line_start = r->p;
    }
    return fail(r, "bytes that are not UTF-8 text");
}

static struct fhir_node *read_text(struct arena *a, struct str text, bool twice, struct err *e)
{
    struct reader r = {.arena = a, .line = 1, .twice = twice, .e = e};
    r.p = arena_cstr(a, text);
    r.line_start = r.p;
    r.end = r.p + text.n;
    if (!str_utf8_valid((struct str){r.p, text.n})) {
        fail_utf8(&r);
        return NULL;
    }
    skip_blank(&r);
    struct fhir_node *n = ARENA_NEW(a, struct fhir_node);
    n->line = r.line;
    n->column = column(&r);
    if (!read_value(&r, n))
        return fail_at(&r, n);
    skip_blank(&r);
    if (r.p < r.end) {
        fail(&r, "text behind the value");
        return NULL;
    }
    return n;
}

struct fhir_node *fhir_parse_json(struct arena *a, struct str text, struct err *e)
{
    return read_text(a, text, false, e);
}

struct fhir_node *fhir_parse_json_all(struct arena *a, struct str text, struct err *e)
{
    return read_text(a, text, true, e);
}
