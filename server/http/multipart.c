/* Multipart bodies, read and written. */
#include "http/multipart.h"

#include <string.h>

#include "http/media.h"

enum { BOUNDARY_MAX = 70 };

static bool take_boundary(struct http_multipart *m, struct str content_type, struct err *e)
{
    struct arena a;
    struct http_media media = {0};
    arena_init(&a);
    bool is_multipart = http_media_next(&content_type, &media) && media.type.n > 10 &&
                        str_is_nocase(str_sub(media.type, 0, 10), "multipart/");
    struct str boundary = is_multipart ? http_media_parameter(&media, "boundary", &a) : STR_NONE;
    bool usable = boundary.n > 0 && boundary.n <= BOUNDARY_MAX;
    if (usable) {
        memcpy(m->delimiter, "--", 2);
        memcpy(m->delimiter + 2, boundary.p, boundary.n);
        m->delimiter_length = boundary.n + 2;
    }
    arena_release(&a);
    if (!is_multipart)
        return err_set(e, ERR_INVALID, "the content type is not multipart");
    return usable ? true : err_set(e, ERR_INVALID, "the multipart content type has no usable boundary");
}

/* A delimiter stands at the start of a line and ends it, but for "--" and blanks (RFC 2046 §5.1.1). */
static bool line_ends(struct str after, size_t *ret_n, bool *ret_last)
{
    size_t i = 0;
    *ret_last = after.n >= 2 && after.p[0] == '-' && after.p[1] == '-';
    i += *ret_last ? 2 : 0;
    while (i < after.n && (after.p[i] == ' ' || after.p[i] == '\t'))
        i++;
    if (*ret_last && i == after.n) {
        *ret_n = i;
        return true;
    }
    if (i + 1 >= after.n || after.p[i] != '\r' || after.p[i + 1] != '\n')
        return false;
    *ret_n = i + 2;
    return true;
}

/* Where the next delimiter line starts (at its "--"), how long it is and whether it is the last one. */
static bool find_delimiter(const struct http_multipart *m, size_t *ret_at, size_t *ret_n, bool *ret_last)
{
    struct str rest = m->rest;
    size_t from = 0;
    while (from < rest.n) {
        const char *hit = memmem(rest.p + from, rest.n - from, m->delimiter, m->delimiter_length);
        if (!hit)
            return false;
        size_t at = (size_t)(hit - rest.p), n = 0;
        bool starts_line = at == 0 || (at >= 2 && rest.p[at - 2] == '\r' && rest.p[at - 1] == '\n');
        if (starts_line && line_ends(str_sub(rest, at + m->delimiter_length, rest.n), &n, ret_last)) {
            *ret_at = at;
            *ret_n = m->delimiter_length + n;
            return true;
        }
        from = at + 1;
    }
    return false;
}

bool http_multipart_init(struct http_multipart *m, struct str content_type, struct str body, struct err *e)
{
    size_t at = 0, n = 0;
    *m = (struct http_multipart){.rest = body};
    if (!take_boundary(m, content_type, e))
        return false;
    if (!find_delimiter(m, &at, &n, &m->ended)) /* what stands before it is no part */
        return err_set(e, ERR_INVALID, "the body does not have the boundary its content type names");
    m->rest = str_sub(body, at + n, body.n);
    return true;
}

/* Between two delimiters: header lines, an empty line, the bytes. */
static bool split(struct str part, struct http_body_part *ret_part, struct err *e)
{
    if (str_starts(part, "\r\n")) {
        *ret_part = (struct http_body_part){str_sub(part, 0, 0), str_sub(part, 2, part.n)};
        return true;
    }
    const char *end = part.n ? memmem(part.p, part.n, "\r\n\r\n", 4) : NULL;
    if (!end)
        return err_set(e, ERR_INVALID, "a part of the body has no end to its headers");
    size_t head = (size_t)(end - part.p) + 2;
    *ret_part = (struct http_body_part){str_sub(part, 0, head), str_sub(part, head + 2, part.n)};
    return true;
}

bool http_multipart_next(struct http_multipart *m, struct http_body_part *ret_part, struct err *e)
{
    size_t at = 0, n = 0;
    bool last = false;
    if (m->ended) {
        *ret_part = (struct http_body_part){STR_NONE, STR_NONE};
        return true;
    }
    if (!find_delimiter(m, &at, &n, &last) || at < 2)
        return err_set(e, ERR_INVALID, "a part of the body is cut short");
    if (!split(str_sub(m->rest, 0, at - 2), ret_part,
               e)) /* the line break before a delimiter belongs to it */
        return false;
    m->rest = str_sub(m->rest, at + n, m->rest.n);
    m->ended = last;
    return true;
}

struct str http_part_header(const struct http_body_part *part, const char *name)
{
    struct str rest = part->head, line;
    while (str_next(&rest, '\n', &line)) {
        size_t colon = str_find(line, ':');
        if (colon < line.n && str_is_nocase(str_sub(line, 0, colon), name))
            return str_trim(str_sub(line, colon + 1, line.n));
    }
    return STR_NONE;
}

void http_multipart_begin(struct http_multipart_writer *w, struct http_response *r, struct str type,
                          struct str random_id)
{
    struct arena *a = &r->request->arena;
    *w = (struct http_multipart_writer){.response = r,
                                        .boundary = arena_str(a, str_sub(random_id, 0, BOUNDARY_MAX))};
    http_set(r, "Content-Type",
             arena_printf(a, "multipart/related; type=\"%.*s\"; boundary=%.*s", STR_ARG(type),
                          STR_ARG(w->boundary)));
}

void http_multipart_part(struct http_multipart_writer *w, struct str headers)
{
    http_part_bytes(w->response, arena_printf(&w->response->request->arena, "%s--%.*s\r\n%.*s\r\n",
                                              w->any ? "\r\n" : "", STR_ARG(w->boundary), STR_ARG(headers)));
    w->any = true;
}

void http_multipart_end(struct http_multipart_writer *w)
{
    http_part_bytes(w->response, arena_printf(&w->response->request->arena, "%s--%.*s--\r\n",
                                              w->any ? "\r\n" : "", STR_ARG(w->boundary)));
}
