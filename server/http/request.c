/* The request's address, once and strictly decoded, and look-ups in its headers. What two readers could
 * understand differently (a hidden slash, a dot segment, a stray control character) is refused here for every
 * route at once. */
#include "http/http_priv.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decode; with form, '+' is a space. The result is UTF-8 without NUL. */
static bool decode(struct arena *a, struct str s, bool form, struct str *ret, struct err *e)
{
    if (!memchr(s.p, '%', s.n) && !(form && memchr(s.p, '+', s.n))) {
        *ret = s;
        return str_utf8_valid(s) ? true : err_set(e, ERR_INVALID, "address is not UTF-8");
    }
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1,
                low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_set(e, ERR_INVALID, "address has a bad percent-escape");
            c = (char)(high << 4 | low);
            i += 2;
        } else if (form && c == '+') {
            c = ' ';
        }
        to[n++] = c;
    }
    if (!str_utf8_valid((struct str){to, n}))
        return err_set(e, ERR_INVALID, "address is not UTF-8");
    *ret = (struct str){to, n};
    return true;
}

static bool check_raw(struct str target, struct err *e)
{
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.p[i];
        if (c <= ' ' || c == 0x7f || c == '#')
            return err_set(e, ERR_INVALID, "address has a character that must be escaped");
    }
    return true;
}

/* "http://host/path" (RFC 9112 §3.2.2) means "/path". */
static struct str without_authority(struct str target)
{
    size_t scheme = str_starts(target, "http://") ? 7 : str_starts(target, "https://") ? 8 : 0;
    if (!scheme)
        return target;
    struct str rest = str_sub(target, scheme, target.n);
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] == '/')
            return str_sub(rest, i, rest.n);
        if (rest.p[i] == '?')
            break;
    }
    return target;
}

static bool check_path(struct str raw, struct str path, struct err *e)
{
    size_t slashes = 0;
    for (size_t i = 0; i < raw.n; i++)
        slashes += raw.p[i] == '/';
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c < ' ' || c == 0x7f || c == '\\')
            return err_set(e, ERR_INVALID, "path has a character that no path here has");
        slashes -= c == '/';
    }
    if (slashes)
        return err_set(e, ERR_INVALID, "path has an escaped slash");
    struct str rest = path, segment;
    while (str_next(&rest, '/', &segment))
        if (str_is(segment, ".") || str_is(segment, ".."))
            return err_set(e, ERR_INVALID, "path has a dot segment");
    return true;
}

static bool parse_query(struct http_request *r, struct err *e)
{
    size_t most = 1;
    for (size_t i = 0; i < r->query_raw.n; i++)
        most += r->query_raw.p[i] == '&';
    r->query_count = 0;
    if (!r->query_raw.n)
        return true;
    r->query = ARENA_ARRAY(&r->arena, struct http_pair, most);
    struct str rest = r->query_raw, part;
    while (str_next(&rest, '&', &part)) {
        if (!part.n)
            continue;
        size_t equals = str_find(part, '=');
        struct http_pair *pair = &r->query[r->query_count];
        if (!decode(&r->arena, str_sub(part, 0, equals), true, &pair->name, e) ||
            !decode(&r->arena, str_sub(part, equals + 1, part.n), true, &pair->value, e))
            return false;
        r->query_count++;
    }
    return true;
}

bool http_request_parse(struct http_request *r, struct err *e)
{
    struct str target = without_authority(r->target), path = STR_NONE;
    if (str_is(target, "*") && str_is(r->method, "OPTIONS")) {
        r->path = target; /* the server as a whole (RFC 9112 §3.2.4) */
        return true;
    }
    if (!target.n || target.p[0] != '/')
        return err_set(e, ERR_INVALID, "address does not start with a slash");
    if (!check_raw(target, e))
        return false;
    size_t mark = str_find(target, '?');
    struct str raw_path = str_sub(target, 0, mark);
    r->query_raw = mark < target.n ? str_sub(target, mark + 1, target.n) : STR_NONE;
    if (!decode(&r->arena, raw_path, false, &path, e) || !check_path(raw_path, path, e))
        return false;
    r->path = path; /* stays empty when it is the fault */
    return parse_query(r, e);
}

static struct str given_header(const struct http_request *r, const char *name)
{
    for (size_t i = 0; i < r->given_count; i++)
        if (str_is_nocase(r->given[i].name, name))
            return r->given[i].value;
    return STR_NONE;
}

struct str http_header(const struct http_request *r, const char *name)
{
    const struct http_exchange *x = r->inner;
    if (!x)
        return given_header(r, name);
    const char *value = NULL;
    size_t n = 0;
    if (MHD_lookup_connection_value_n(x->connection, MHD_HEADER_KIND, name, strlen(name), &value, &n) !=
                  MHD_YES)
        return STR_NONE;
    return (struct str){value ? value : "", value ? n : 0};
}

struct joined {
    struct arena *arena;
    const char *name;
    struct str text;
};

static enum MHD_Result join(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct joined *j = ctx;
    (void)kind;
    if (!str_is_nocase(str_of(name), j->name))
        return MHD_YES;
    struct str one = str_of(value ? value : "");
    j->text = j->text.p ? arena_printf(j->arena, "%.*s, %.*s", STR_ARG(j->text), STR_ARG(one)) : one;
    return MHD_YES;
}

struct str http_header_list(const struct http_request *r, const char *name)
{
    struct http_exchange *x = r->inner;
    if (!x)
        return given_header(r, name);
    struct joined j = {&x->request.arena, name, STR_NONE};
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, join, &j);
    return j.text;
}

struct str http_cookie(const struct http_request *r, const char *name)
{
    struct str rest = http_header(r, "Cookie"), part;
    while (rest.p && str_next(&rest, ';', &part)) {
        size_t equals = str_find(part, '=');
        if (equals == part.n || !str_is(str_trim(str_sub(part, 0, equals)), name))
            continue;
        struct str value = str_trim(str_sub(part, equals + 1, part.n));
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_sub(value, 1, value.n - 2);
        return value;
    }
    return STR_NONE;
}

struct str http_query(const struct http_request *r, const char *name)
{
    for (size_t i = 0; i < r->query_count; i++)
        if (str_is(r->query[i].name, name))
            return r->query[i].value;
    return STR_NONE;
}
