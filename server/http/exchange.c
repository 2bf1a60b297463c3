/* One request's way: head, body, workers, answer. Everything here runs on a socket thread and must not block.
 */
#include "http/http_priv.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"

static enum http_phase phase_of(const struct http_exchange *x)
{
    return (enum http_phase)atomic_load_explicit(&x->phase, memory_order_relaxed);
}

static void set_phase(struct http_exchange *x, enum http_phase phase)
{
    atomic_store_explicit(&x->phase, (int)phase, memory_order_release);
}

/* ---- connections ---- */

static void note_v4(struct http_request *r, const struct in_addr *a)
{
    inet_ntop(AF_INET, a, r->address, sizeof r->address);
    r->loopback = ntohl(a->s_addr) >> 24 == 127;
}

static void note_address(struct http_request *r, const struct sockaddr *peer)
{
    if (peer->sa_family == AF_INET) {
        note_v4(r, &((const struct sockaddr_in *)(const void *)peer)->sin_addr);
        return;
    }
    if (peer->sa_family != AF_INET6)
        return;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(a)) {
        struct in_addr v4;
        memcpy(&v4, a->s6_addr + 12, sizeof v4);
        note_v4(r, &v4);
        return;
    }
    inet_ntop(AF_INET6, a, r->address, sizeof r->address);
    r->loopback = IN6_IS_ADDR_LOOPBACK(a);
}

static void connection_opened(struct http_server *s, struct MHD_Connection *connection, void **exchange)
{
    struct http_exchange *x = mem_zalloc(sizeof *x);
    x->server = s;
    x->connection = connection;
    x->request.inner = x;
    x->request.tls = s->config.tls_certificate != NULL;
    arena_init(&x->request.arena);
    buf_init(&x->body, 0);
    buf_init(&x->certificate, HTTP_CERTIFICATE_MAX);
    buf_init(&x->response.body, HTTP_RESPONSE_MAX);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr)
        note_address(&x->request, info->client_addr);
    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    x->fd = info ? info->connect_fd : -1;
    atomic_store(&x->since, clock_monotonic());
    http_watch_add(&s->watch, x);
    atomic_fetch_add(&s->connections, 1);
    *exchange = x;
}

void http_on_connection(void *ctx, struct MHD_Connection *connection, void **exchange,
                        enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = ctx;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        connection_opened(s, connection, exchange);
        return;
    }
    struct http_exchange *x = *exchange;
    if (!x)
        return;
    http_watch_remove(&s->watch, x);
    atomic_fetch_sub(&s->connections, 1);
    arena_release(&x->request.arena);
    buf_release(&x->body);
    buf_release(&x->certificate);
    buf_release(&x->response.body);
    mem_free(x);
    *exchange = NULL;
}

/* ---- begin and end ---- */

/* libmicrohttpd would keep each parameter in the memory of its connection, and never answers when that is full
 * (0.9.75). request.c reads parameters from our copy, so in its own buffer, which it is about to take apart, they are
 * made to end before the first. */
static void hide_parameters(const char *target)
{
    char *mark = strchr((char *)(uintptr_t)target, '?');
    if (mark && mark[1])
        mark[1] = '\0';
}

void *http_on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
    struct http_server *s = ctx;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_exchange *x = info ? info->socket_context : NULL;
    if (!x)
        return NULL;
    struct http_request *r = &x->request;
    x->body_max = x->body_length = x->drained = 0;
    x->refusal.code = x->late.code = ERR_NONE;
    x->close = false;
    atomic_store_explicit(&x->received, 0, memory_order_relaxed);
    atomic_store_explicit(&x->since, clock_monotonic(), memory_order_relaxed);
    r->method = r->path = r->query_raw = r->body = STR_NONE;
    r->query = NULL;
    r->query_count = 0;
    r->target = arena_str(&r->arena, str_of(target));
    x->target_end = (uintptr_t)target + r->target.n + 1;
    hide_parameters(target);
    set_phase(x, HTTP_HEAD);
    atomic_fetch_add(&s->active, 1);
    return x;
}

static void keep_or_release(struct buf *b)
{
    if (b->room > HTTP_KEEP)
        buf_release(b);
    else
        buf_reset(b);
}

void http_on_completed(void *ctx, struct MHD_Connection *connection, void **exchange,
                       enum MHD_RequestTerminationCode why)
{
    struct http_server *s = ctx;
    struct http_exchange *x = *exchange;
    (void)connection;
    if (!x || phase_of(x) == HTTP_IDLE)
        return;
    clock_us now = clock_monotonic();
    /* the path only: queries hold names and birth dates */
    log_debug("http", "%s %.*s %.*s %d in %lld us%s", x->request.address, STR_ARG(x->request.method),
              STR_ARG(x->request.path), phase_of(x) == HTTP_SENT ? x->response.status : 0,
              (long long)(now - atomic_load_explicit(&x->since, memory_order_relaxed)),
              why == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "" : ", ended early");
    if (x->answer)
        MHD_destroy_response(x->answer); /* built but the connection went away before it was queued */
    x->answer = NULL;
    http_response_end(x);
    atomic_fetch_sub(&s->body_bytes, (long long)x->body.n);
    keep_or_release(&x->body);
    keep_or_release(&x->response.body);
    arena_reset(&x->request.arena);
    atomic_store_explicit(&x->since, now, memory_order_relaxed);
    set_phase(x, HTTP_IDLE);
    atomic_fetch_add(&s->requests, 1);
    atomic_fetch_sub(&s->active, 1);
}

/* ---- answers ---- */

static enum MHD_Result send_answer(struct http_exchange *x)
{
    struct MHD_Response *answer = x->answer;
    x->answer = NULL;
    set_phase(x, HTTP_SENT);
    if (!answer)
        return MHD_NO;
    enum MHD_Result sent = MHD_queue_response(x->connection, (unsigned)x->response.status, answer);
    MHD_destroy_response(answer); /* MHD holds its own reference */
    return sent;
}

static enum MHD_Result send_busy(struct http_exchange *x, const char *text)
{
    http_answer_busy(x, 503, text);
    return send_answer(x);
}

/* The request is whole (or refused): to the workers with it. */
static enum MHD_Result hand_over(struct http_exchange *x)
{
    struct http_server *s = x->server;
    http_certificate_read(x);
    if (atomic_load(&s->closing))
        return send_busy(x, "the server is stopping");
    if (!http_workers_reserve(&s->workers)) {
        atomic_fetch_add(&s->overflows, 1);
        return send_busy(x, "too many requests are waiting");
    }
    set_phase(x, HTTP_QUEUED);
    MHD_suspend_connection(x->connection);
    if (!http_workers_push(&s->workers, x)) {
        http_answer_busy(x, 503, "the server is stopping");
        set_phase(x, HTTP_READY);
        MHD_resume_connection(x->connection);
    }
    return MHD_YES;
}

static void refuse(struct http_exchange *x, int status, enum err_code code, const char *text)
{
    err_set(&x->refusal, code, "%s", text);
    x->refusal_status = status;
    x->close = true;
}

/* ---- the head ---- */

struct counts { /* of headers that may come once, and of bytes */
    int lengths, hosts;
    size_t bytes;
};

static enum MHD_Result count_header(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct counts *c = ctx;
    (void)kind;
    c->bytes += strlen(name) + 4 + (value ? strlen(value) : 0);
    c->lengths += str_is_nocase(str_of(name), "Content-Length");
    c->hosts += str_is_nocase(str_of(name), "Host");
    return MHD_YES;
}

/* Framings and hosts that a proxy in front could read differently (RFC 9112 §3.2, §6.3) end the connection. */
static bool check_framing(struct http_exchange *x, bool *ret_has_body)
{
    struct str coding = http_header(&x->request, "Transfer-Encoding"),
               length = http_header(&x->request, "Content-Length");
    int64_t n = 0;
    struct counts counts = {.bytes = x->request.target.n};
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, count_header, &counts);
    if (counts.bytes > HTTP_HEAD_MAX) {
        refuse(x, 431, ERR_TOO_LARGE, "the address and the headers are longer than 32 KB together");
        return false;
    }
    if (counts.hosts > 1) {
        refuse(x, 400, ERR_STRUCTURE, "the request names its host twice");
        return false;
    }
    if (counts.lengths > 1 || (coding.p && (length.p || !str_is_nocase(coding, "chunked")))) {
        refuse(x, 400, ERR_STRUCTURE, "the request's length is given in two ways or in a coding not known here");
        return false;
    }
    for (size_t i = 0; i < length.n; i++)
        if (length.p[i] < '0' || length.p[i] > '9')
            n = -1;
    if (length.p && (n < 0 || !str_int(length, &n))) {
        refuse(x, 400, ERR_STRUCTURE, "Content-Length is no number");
        return false;
    }
    x->body_length = coding.p ? -1 : n;
    *ret_has_body = coding.p || n > 0;
    return true;
}

static void note_method(struct http_request *r, const char *method)
{
    static const char *const usual[] = {"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (strcmp(usual[i], method) == 0) {
            r->method = str_of(usual[i]); /* no copy */
            return;
        }
    r->method = arena_str(&r->arena, str_of(method));
}

/* Too long for this route: hear it out when that is cheap, since a client that is still sending when the
 * connection closes may never read the answer. */
static enum MHD_Result refuse_body(struct http_exchange *x)
{
    refuse(x, 413, ERR_TOO_LARGE, "the body is larger than this address takes");
    bool waits = http_header(&x->request, "Expect").p != NULL;
    if (waits || x->body_length > x->body_max + HTTP_DRAIN_MAX)
        return hand_over(x);
    set_phase(x, HTTP_DRAIN);
    return MHD_YES;
}

/* MHD ends the target at a NUL byte within it. The version, which follows in the same buffer, then does not
 * start where the target seems to end. */
static bool check_line(struct http_exchange *x, const char *version)
{
    uintptr_t at = (uintptr_t)version;
    if (at > x->target_end && at - x->target_end < HTTP_CONNECTION_MEMORY)
        return err_set(&x->refusal, ERR_STRUCTURE, "the request line has a NUL byte or spaces too many");
    return true;
}

static enum MHD_Result take_head(struct http_exchange *x, const char *method, const char *version)
{
    const struct http_config *c = &x->server->config;
    bool has_body = false;
    note_method(&x->request, method);
    if (!check_framing(x, &has_body))
        return hand_over(x);
    if (!check_line(x, version) || !http_request_parse(&x->request, &x->refusal)) {
        x->refusal_status = 400;
        x->close = has_body;
        set_phase(x, HTTP_DRAIN); /* without a body the connection can serve the next request */
        return has_body ? hand_over(x) : MHD_YES;
    }
    set_phase(x, HTTP_BODY);
    if (!has_body)
        return MHD_YES; /* MHD calls again at once: the request is whole */
    x->body_max = c->body_limit ? c->body_limit(c->ctx, x->request.method, x->request.path) : 0;
    if (x->body_length > x->body_max || (!x->body_max && x->body_length < 0))
        return refuse_body(x);
    x->body.ceiling = (size_t)x->body_max;
    if (x->body_length > 0 && x->body_length <= HTTP_KEEP)
        buf_reserve(&x->body, (size_t)x->body_length);
    return MHD_YES;
}

/* ---- the body ---- */

static bool drop_piece(struct http_exchange *x, size_t n)
{
    x->drained += (int64_t)n;
    return x->drained <= x->body_max + HTTP_DRAIN_MAX;
}

static void drop_body(struct http_exchange *x)
{
    atomic_fetch_sub(&x->server->body_bytes, (long long)x->body.n);
    buf_release(&x->body);
    set_phase(x, HTTP_DRAIN);
}

/* False: too much even to ignore, the connection ends. */
static bool take_piece(struct http_exchange *x, const char *p, size_t n)
{
    struct http_server *s = x->server;
    atomic_fetch_add_explicit(&x->received, (long long)n, memory_order_relaxed);
    if (phase_of(x) == HTTP_DRAIN)
        return drop_piece(x, n);
    if (n > x->body.ceiling - x->body.n) {
        refuse(x, 413, ERR_TOO_LARGE, "the body is larger than this address takes");
        drop_body(x);
        return drop_piece(x, n);
    }
    buf_put(&x->body, p, n);
    long long held = atomic_fetch_add(&s->body_bytes, (long long)n) + (long long)n;
    if (held > s->config.body_total_max) {
        refuse(x, 503, ERR_UNAVAILABLE, "too many large requests at one time");
        drop_body(x);
        return drop_piece(x, n);
    }
    return true;
}

/* MHD calls this with the head, with each piece of the body, when the request is whole, and after a resume.
 */
enum MHD_Result http_on_access(HTTP_ACCESS_PARAMETERS)
{
    struct http_exchange *x = *exchange;
    (void)ctx, (void)connection, (void)url;
    if (!x)
        return MHD_NO;
    switch (phase_of(x)) {
    case HTTP_HEAD:
        return take_head(x, method, version);
    case HTTP_BODY:
    case HTTP_DRAIN:
        if (*upload_size) {
            size_t n = *upload_size;
            *upload_size = 0;
            return take_piece(x, upload, n) ? MHD_YES : MHD_NO;
        }
        x->request.body = buf_view(&x->body);
        return hand_over(x);
    case HTTP_READY:
        return send_answer(x);
    case HTTP_IDLE:
    case HTTP_QUEUED:
    case HTTP_SENT:
        break;
    }
    return MHD_YES;
}
