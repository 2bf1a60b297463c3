/* Single byte ranges (RFC 9110 §14). */
#include "http/http_priv.h"

#include <unistd.h>

static bool digits(struct str s, int64_t *ret_n)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return str_int(s, ret_n);
}

enum http_range http_range(const struct http_request *r, int64_t size, int64_t *ret_from, int64_t *ret_to)
{
    struct str text = http_header(r, "Range");
    if (!text.p || http_header(r, "If-Range").p || text.n < 6 ||
        !str_is_nocase(str_sub(text, 0, 6), "bytes="))
        return HTTP_RANGE_NONE;
    text = str_trim(str_sub(text, 6, text.n));
    size_t dash = str_find(text, '-');
    struct str first = str_sub(text, 0, dash), last = str_sub(text, dash + 1, text.n);
    int64_t from = 0, to = size - 1;
    if (dash == text.n || (first.n && !digits(first, &from)) || (last.n && !digits(last, &to)) ||
        (!first.n && !last.n))
        return HTTP_RANGE_NONE;
    if (!first.n) { /* "-n": the last n bytes */
        from = to < size ? size - to : 0;
        to = size - 1;
    }
    if (first.n && last.n && to < from)
        return HTTP_RANGE_NONE;
    if (from >= size)
        return HTTP_RANGE_UNSATISFIABLE;
    *ret_from = from;
    *ret_to = to < size - 1 ? to + 1 : size;
    return HTTP_RANGE_ONE;
}

void http_file(struct http_response *r, int fd, int64_t size)
{
    int64_t from = 0, to = size;
    struct arena *a = &r->request->arena;
    enum http_range asked = http_range(r->request, size, &from, &to);
    http_set(r, "Accept-Ranges", STR("bytes"));
    if (asked == HTTP_RANGE_UNSATISFIABLE) {
        close(fd);
        r->status = 416;
        http_set(r, "Content-Range", arena_printf(a, "bytes */%lld", (long long)size));
        return;
    }
    r->status = asked == HTTP_RANGE_ONE ? 206 : 200;
    if (asked == HTTP_RANGE_ONE)
        http_set(
            r, "Content-Range",
            arena_printf(a, "bytes %lld-%lld/%lld", (long long)from, (long long)to - 1, (long long)size));
    http_part_file(r, fd, from, to - from);
}
