/* What handlers fill in, and its way into MHD's response object. */
#include "http/http_priv.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum { HEADERS_MAX = sizeof((struct http_response *)0)->headers / sizeof(struct http_pair) };

static bool is_token(const char *name)
{
    for (const char *p = name; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("!#$%&'*+-.^_`|~", *p))
            return false;
    return *name != '\0';
}

static bool is_value(struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool is_ours(const char *name)
{
    struct str s = str_of(name);
    return str_is_nocase(s, "Content-Length") || str_is_nocase(s, "Transfer-Encoding") || str_is_nocase(s, "Date");
}

static bool may_set(const char *name, struct str value)
{
    const char *fault = !is_token(name)    ? "is no header name"
                        : is_ours(name)    ? "is set by the server itself"
                        : !is_value(value) ? "refused: control character in its value"
                                           : NULL;
    if (fault)
        log_error("http", "response header '%s' %s", is_token(name) ? name : "?", fault);
    return !fault;
}

static struct http_pair *find(struct http_response *r, const char *name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_is_nocase(r->headers[i].name, name))
            return &r->headers[i];
    return NULL;
}

void http_add(struct http_response *r, const char *name, struct str value)
{
    if (!may_set(name, value))
        return;
    if (r->header_count == HEADERS_MAX) {
        log_error("http", "response header '%s' left out: more than %d", name, (int)HEADERS_MAX);
        return;
    }
    struct arena *a = &r->request->arena;
    r->headers[r->header_count++] = (struct http_pair){arena_str(a, str_of(name)), arena_str(a, value)};
}

void http_set(struct http_response *r, const char *name, struct str value)
{
    struct http_pair *pair = find(r, name);
    if (!pair)
        http_add(r, name, value);
    else if (may_set(name, value))
        pair->value = arena_str(&r->request->arena, value);
}

struct str http_response_header(const struct http_response *r, const char *name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_is_nocase(r->headers[i].name, name))
            return r->headers[i].value;
    return STR_NONE;
}

/* Room for one more part; the array doubles within the arena. */
static struct http_part *next_part(struct http_response *r)
{
    size_t n = r->part_count;
    if ((n & (n - 1)) == 0) { /* 0, 1, 2, 4, 8 …: full */
        struct http_part *more = ARENA_ARRAY(&r->request->arena, struct http_part, n ? 2 * n : 1);
        if (n)
            memcpy(more, r->parts, n * sizeof *more);
        r->parts = more;
    }
    r->part_count++;
    return &r->parts[n];
}

void http_part_bytes(struct http_response *r, struct str bytes)
{
    *next_part(r) = (struct http_part){.bytes = bytes, .fd = -1, .length = (int64_t)bytes.n};
}

void http_part_file(struct http_response *r, int fd, int64_t offset, int64_t length)
{
    *next_part(r) = (struct http_part){.fd = fd, .offset = offset, .length = length};
}

void http_response_start(struct http_exchange *x)
{
    struct http_response *r = &x->response;
    r->status = 0;
    r->header_count = r->part_count = 0;
    r->parts = NULL;
    r->upgrade = NULL;
    r->request = &x->request;
    buf_reset(&r->body);
    r->body.ceiling = HTTP_RESPONSE_MAX; /* a handler may have lowered it */
}

void http_response_end(struct http_exchange *x)
{
    struct http_response *r = &x->response;
    for (size_t i = 0; i < r->part_count; i++)
        if (r->parts[i].fd >= 0)
            close(r->parts[i].fd);
    r->parts = NULL;
    r->part_count = r->header_count = 0;
}

static void add_headers(struct http_exchange *x, struct MHD_Response *to)
{
    const struct http_response *r = &x->response;
    for (size_t i = 0; i < r->header_count; i++)
        MHD_add_response_header(to, r->headers[i].name.p,
                                r->headers[i].value.p); /* copies made by http_add end in NUL */
    if (x->close)
        MHD_add_response_header(to, "Connection", "close");
}

void http_answer_plain(struct http_exchange *x, int status, const char *text)
{
    http_response_end(x);
    http_response_start(x);
    struct http_response *r = &x->response;
    r->status = status;
    http_add(r, "Content-Type", STR("text/plain; charset=utf-8"));
    http_add(r, "Cache-Control", STR("no-store"));
    if (status == 503)
        http_add(r, "Retry-After", STR("1"));
    buf_printf(&r->body, "%s\n", text);
    x->answer = MHD_create_response_from_buffer(r->body.n, r->body.p, MHD_RESPMEM_PERSISTENT);
    if (x->answer)
        add_headers(x, x->answer);
}

void http_answer_busy(struct http_exchange *x, int status, const char *text)
{
    const struct http_config *c = &x->server->config;
    struct http_response *r = &x->response;
    struct err why = {0};
    http_response_end(x);
    http_response_start(x);
    err_set(&why, ERR_UNAVAILABLE, "%s", text);
    if (c->busy)
        c->busy(c->ctx, &x->request, &why, r);
    if (!r->status) {
        http_answer_plain(x, status, text);
        return;
    }
    r->status = status;
    http_set(r, "Retry-After", STR("1"));
    http_answer_build(x, NULL);
}

/* Statuses that have no body (RFC 9110 §6.4.1). */
static bool bodyless(int status)
{
    return status == 204 || status == 304;
}

void http_answer_build(struct http_exchange *x, struct http_gzip *gzip)
{
    struct http_response *r = &x->response;
    struct err e = {0};
    if (r->upgrade) {
        x->answer = http_socket_response(x);
        if (!x->answer)
            http_answer_plain(x, 503, "too many websockets are open");
        else
            add_headers(x, x->answer);
        return;
    }
    if (r->status < 200 || r->status > 599 || !buf_ok(&r->body, &e)) {
        log_error("http", "handler left status %d%s%s", r->status, e.code ? " and a body of " : "", e.text);
        http_answer_plain(x, 500, "the server failed");
        return;
    }
    if (bodyless(r->status)) {
        for (size_t i = 0; i < r->part_count; i++)
            if (r->parts[i].fd >= 0)
                close(r->parts[i].fd);
        r->part_count = 0;
        buf_reset(&r->body);
    }
    if (r->part_count) {
        x->answer = http_parts_response(x);
    } else {
        if (gzip)
            http_gzip_apply(gzip, r);
        x->answer = MHD_create_response_from_buffer(r->body.n, r->body.n ? r->body.p : NULL, MHD_RESPMEM_PERSISTENT);
    }
    if (x->answer)
        add_headers(x, x->answer);
}
