#include "gate/http.h"

#include <string.h>

#include "base/codec.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "metrics/metrics.h"

struct gate_door {
    struct gate *gate;
    struct gate_http_tables tables;
};

struct gate_door *gate_door_new(struct gate *g, const struct gate_http_tables *tables)
{
    struct gate_door *d = mem_zalloc(sizeof *d);
    d->gate = g;
    d->tables = *tables;
    return d;
}

void gate_door_free(struct gate_door *d)
{
    mem_free(d);
}

/* ---- finding the row ---- */

/* "{name}" takes any segment; "${name}" one that begins with "$", which counts as half a literal. */
static bool take_variable(struct str p, struct str q, struct gate_http *h, int *score)
{
    bool dollar = p.p[0] == '$';
    if (!q.n || h->variable_count == GATE_PATH_VARIABLES || (dollar && (q.n < 2 || q.p[0] != '$')))
        return false;
    *score += dollar ? 5 : 0;
    h->variable[h->variable_count++] =
        (struct http_pair){str_sub(p, dollar ? 2 : 1, p.n - (dollar ? 3 : 2)), dollar ? str_sub(q, 1, q.n) : q};
    return true;
}

/* How well a path fits a pattern: 0 not at all, else higher for more literal segments. */
static int fit(const char *pattern, struct str path, struct gate_http *h)
{
    struct str want = str_of(pattern), have = path, p, q;
    int score = 1;
    h->variable_count = 0;
    while (str_next(&want, '/', &p)) {
        if (!have.p)
            return 0;
        bool variable = p.n > 2 && (p.p[0] == '{' || (p.p[0] == '$' && p.p[1] == '{'));
        bool rest = variable && str_ends(p, "...}");
        struct str before = have;
        if (!str_next(&have, '/', &q))
            return 0;
        if (!variable) {
            if (!str_eq(p, q))
                return 0;
            score += 10;
            continue;
        }
        if (rest && h->variable_count < GATE_PATH_VARIABLES) {
            h->variable[h->variable_count++] = (struct http_pair){str_sub(p, 1, p.n - 5), before};
            return score;
        }
        if (!take_variable(p, q, h, &score))
            return 0;
    }
    return have.p ? 0 : score;
}

static bool method_fits(const struct gate_route *r, struct str method)
{
    return str_is(method, r->method) || (str_is(method, "HEAD") && strcmp(r->method, "GET") == 0);
}

/* The best row for method and path; *ret_other says that the path exists with other methods. */
static const struct gate_route *find(const struct gate_http_tables *in, struct str method, struct str path,
                                     struct gate_http *ret_h, bool *ret_other)
{
    const struct gate_route *best = NULL;
    int best_score = 0;
    *ret_other = false;
    for (int t = 0; t < in->n; t++)
        for (int i = 0; i < in->counts[t]; i++) {
            const struct gate_route *r = &in->tables[t][i];
            struct gate_http h = *ret_h;
            int score = fit(r->pattern, path, &h);
            if (score && !method_fits(r, method))
                *ret_other = true;
            else if (score > best_score) {
                best = r;
                best_score = score;
                *ret_h = h;
            }
        }
    return best;
}

const struct gate_route *gate_http_find(const struct gate_http_tables *tables, struct gate_http *h, bool *ret_other)
{
    const struct gate_route *r = find(tables, h->request->method, h->request->path, h, ret_other);
    h->route = r;
    return r;
}

struct str gate_path(const struct gate_http *h, const char *name)
{
    for (size_t i = 0; i < h->variable_count; i++)
        if (str_is(h->variable[i].name, name))
            return h->variable[i].value;
    return STR_NONE;
}

int64_t gate_door_body_limit(void *door, struct str method, struct str path)
{
    const struct gate_door *d = door;
    struct gate_http h = {.request = NULL};
    bool other;
    const struct gate_route *r = find(&d->tables, method, path, &h, &other);
    return r ? r->body_max : 1 << 20; /* an unknown address is answered 404, not 413 */
}

/* ---- credentials ---- */

static bool read_basic(struct http_request *r, struct str header, struct credentials *c, struct err *e)
{
    struct buf b;
    buf_init(&b, 4096);
    bool ok = base64_decode(str_trim(str_sub(header, 6, header.n)), &b, e);
    struct str text = arena_str(&r->arena, buf_view(&b));
    buf_release(&b);
    size_t colon = str_find(text, ':');
    if (!ok || colon == text.n)
        return err_set(e, ERR_UNAUTHENTICATED, "user name or password is wrong");
    c->kind = CREDENTIALS_BASIC;
    c->user = str_sub(text, 0, colon);
    c->password = str_sub(text, colon + 1, text.n);
    return true;
}

/* A cookie travels by itself, so a change it authorises must come with a header that a foreign page can not set. */
static bool read_cookie(struct http_request *r, struct credentials *c, struct err *e)
{
    bool reads = str_is(r->method, "GET") || str_is(r->method, "HEAD");
    if (!reads && !str_is(http_header(r, "X-Requested-With"), "isocentre"))
        return err_set(e, ERR_FORBIDDEN, "a change with a session cookie needs the header X-Requested-With");
    c->kind = CREDENTIALS_COOKIE;
    c->cookie = http_cookie(r, "isocentre_session");
    return true;
}

static bool read_credentials(struct http_request *r, struct credentials *c, struct err *e)
{
    struct str header = http_header(r, "Authorization");
    *c = (struct credentials){.address = r->address, .loopback = r->loopback, .encrypted = r->tls};
    if (header.n > 6 && str_is_nocase(str_sub(header, 0, 6), "basic "))
        return read_basic(r, header, c, e);
    if (http_cookie(r, "isocentre_session").n)
        return read_cookie(r, c, e);
    return true;
}

/* ---- answers ---- */

void gate_http_body(struct gate_http *h, int status, const char *media_type, struct str body)
{
    h->response->status = status;
    http_set(h->response, "Content-Type", str_of(media_type));
    buf_reset(&h->response->body);
    buf_str(&h->response->body, body);
}

void gate_http_fail(struct gate_http *h, const struct err *why)
{
    struct buf b;
    const struct err_row *row = err_row(why->code);
    buf_init(&b, 8192);
    buf_puts(&b, "{\"error\":{");
    json_put_field(&b, "code", str_of(row->name));
    json_put_field(&b, "text", str_of(err_said(why)));
    json_put_field_opt(&b, "path", str_of(why->path));
    buf_puts(&b, "}}\n");
    gate_http_body(h, row->http, "application/json", buf_view(&b));
    buf_release(&b);
}

/* The row of the pattern that says most about an address, whatever the method. */
static const struct gate_route *find_pattern(const struct gate_door *d, struct gate_http *h)
{
    const struct gate_route *best = NULL;
    int best_score = 0;
    for (int t = 0; t < d->tables.n; t++)
        for (int i = 0; i < d->tables.counts[t]; i++) {
            struct gate_http any = *h;
            int score = fit(d->tables.tables[t][i].pattern, h->request->path, &any);
            if (score <= best_score)
                continue;
            best = &d->tables.tables[t][i];
            best_score = score;
            *h = any;
        }
    return best;
}

/* The methods an address takes (RFC 9110 §10.2.1): those of its pattern's rows. */
static bool allow(const struct gate_door *d, struct gate_http *h, struct err *e)
{
    struct arena *a = &h->request->arena;
    struct str methods = STR("");
    const struct gate_route *best = find_pattern(d, h);
    for (int t = 0; best && t < d->tables.n; t++)
        for (int i = 0; i < d->tables.counts[t]; i++) {
            const struct gate_route *r = &d->tables.tables[t][i];
            if (strcmp(r->pattern, best->pattern) == 0)
                methods = arena_printf(a, "%.*s%s, ", STR_ARG(methods),
                                       strcmp(r->method, "GET") == 0 ? "GET, HEAD" : r->method);
        }
    h->pattern = best ? best->pattern : NULL;
    http_set(h->response, "Allow", arena_printf(a, "%.*sOPTIONS", STR_ARG(methods)));
    return !best || !best->options || best->options(h, e);
}

static void answer_failure(const struct gate_door *d, struct gate_http *h, const struct gate_route *r,
                           const struct err *why)
{
    struct err ignored;
    struct http_response *out = h->response;
    out->part_count = 0;
    if (why->code == ERR_METHOD)
        allow(d, h, &ignored);
    if (r && r->fail)
        r->fail(h, why);
    else
        gate_http_fail(h, why);
    /* A browser's own password box would cover the page that asks for itself. */
    bool page = http_header(h->request, "X-Requested-With").n || http_header(h->request, "Cookie").n ||
                str_starts(h->request->path, "/admin/api/");
    if (why->code == ERR_UNAUTHENTICATED && !page)
        http_set(out, "WWW-Authenticate", STR("Basic realm=\"isocentre\", charset=\"UTF-8\""));
    if (why->code == ERR_UNAVAILABLE || why->code == ERR_TOO_MANY || why->code == ERR_TOO_SLOW)
        http_set(out, "Retry-After", STR("5"));
}

static void secure(struct http_response *out)
{
    http_set(out, "X-Content-Type-Options", STR("nosniff"));
    http_set(out, "Cache-Control", STR("no-store"));
    http_set(out, "Referrer-Policy", STR("no-referrer"));
}

/* ---- one request ---- */

struct work { /* lives with the request */
    struct gate_http http;
    const struct gate_route *route; /* whose way to say no it is */
    const struct gate_act *act;
    const struct gate_replay *by; /* NULL: the client waits */
    bool kept, held;
    clock_us began;
    const char *name, *labels; /* for the metrics */
};

/* The status is known. */
static void label(struct work *w)
{
    const struct gate_http *h = &w->http;
    w->name = h->route ? h->route->act.request : "none";
    w->labels = arena_printf(&h->request->arena, "%s|%dxx", w->name, h->response->status / 100).p;
}

static void measure(const struct work *w)
{
    metrics_add(METRIC_HTTP_REQUESTS, w->labels, 1);
    metrics_observe(METRIC_HTTP_SECONDS, w->name, (double)(clock_monotonic() - w->began) / 1e6);
}

static bool run(struct op *op, void *ctx, struct err *e)
{
    struct work *w = ctx;
    w->http.response->part_count = 0; /* a second try starts clean */
    buf_reset(&w->http.response->body);
    w->kept = false;
    if (!w->http.route->handler(op, &w->http, e))
        return false;
    w->kept = w->by && w->act->tx == GATE_WRITE;
    return !w->kept || w->by->keep(op, w->by->ctx, e);
}

/* A connection that changes its protocol is no answer that could be taken back. */
static bool hold(void *ctx)
{
    struct work *w = ctx;
    w->held = !w->by && !w->http.response->upgrade;
    if (!w->held)
        return false;
    label(w);
    http_hold(w->http.request);
    return true;
}

/* On another thread, while the worker may still be at work on answer and arena. */
static void settled(void *ctx, const struct err *why)
{
    struct work *w = ctx;
    if (!why)
        measure(w);
    http_release(w->http.request, why);
}

static const struct gate_route *failing_route(const struct gate_door *d, struct str path)
{
    /* Errors of an address that no row has are written by the table whose first pattern segment it shares. */
    for (int t = 0; t < d->tables.n; t++)
        for (int i = 0; i < d->tables.counts[t]; i++) {
            const struct gate_route *r = &d->tables.tables[t][i];
            size_t n = strcspn(r->pattern + 1, "/") + 1;
            if (n > 1 && r->pattern[1] != '{' && path.n >= n && memcmp(path.p, r->pattern, n) == 0)
                return r;
        }
    return NULL;
}

static bool serve(struct gate_door *d, struct work *w, struct err *e)
{
    bool other;
    struct gate_http *h = &w->http;
    struct http_request *r = h->request;
    const struct gate_route *route = find(&d->tables, r->method, r->path, h, &other);
    w->route = route ? route : failing_route(d, r->path);
    if (str_is(r->path, "*")) { /* OPTIONS of the server as a whole */
        h->response->status = 204;
        http_set(h->response, "Allow", STR("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
        return true;
    }
    if (!route && other && str_is(r->method, "OPTIONS")) {
        h->response->status = 204;
        return allow(d, h, e);
    }
    if (!route)
        return err_set(e, other ? ERR_METHOD : ERR_NOT_FOUND,
                       other ? "this address does not take %.*s" : "no such address", STR_ARG(r->method));
    struct gate_act act = route->act;
    struct gate_call call = {
        .act = &act, .door = "http", .arena = &r->arena, .handler = run, .hold = hold, .settled = settled, .ctx = w};
    h->route = route;
    w->act = &act;
    if (route->prepare)
        route->prepare(h, &act);
    if (w->by) {
        call.principal = w->by->who;
        call.credentials.address = r->address;
        call.unhurried = true;
        call.begin = w->by->begin;
        call.begin_ctx = w->by->ctx;
        return gate_serve(d->gate, &call, e);
    }
    return read_credentials(r, &call.credentials, e) && gate_serve(d->gate, &call, e);
}

static struct work *work_new(struct http_request *request, struct http_response *response)
{
    struct work *w = ARENA_NEW(&request->arena, struct work);
    *w = (struct work){.http = {.request = request, .response = response}, .began = clock_monotonic()};
    response->status = 200;
    secure(response);
    return w;
}

/* True when it went well. */
static bool serve_and_answer(struct gate_door *d, struct work *w)
{
    struct err e;
    err_clear(&e);
    bool ok = serve(d, w, &e);
    if (!ok)
        answer_failure(d, &w->http, w->route, &e);
    if (ok && w->held)
        return true; /* measured when it leaves */
    label(w);
    measure(w);
    return ok;
}

void gate_door_serve(void *door, struct http_request *request, struct http_response *response)
{
    serve_and_answer(door, work_new(request, response));
}

bool gate_door_replay(struct gate_door *d, struct http_request *request, struct http_response *response,
                      const struct gate_replay *by)
{
    struct work *w = work_new(request, response);
    w->by = by;
    return serve_and_answer(d, w) && w->kept;
}

void gate_door_failed(void *door, struct http_request *request, struct http_response *response, const struct err *why)
{
    const struct gate_door *d = door;
    struct work *w = work_new(request, response);
    bool other;
    w->route = w->http.route = find(&d->tables, request->method, request->path, &w->http, &other);
    answer_failure(door, &w->http, w->route, why);
    label(w);
    measure(w);
}

void gate_door_refused(void *door, struct http_request *request, const struct err *why, struct http_response *response)
{
    const struct gate_door *d = door;
    gate_refuse(d->gate, "http", request->address, why);
    gate_door_busy(door, request, why, response);
}

void gate_door_busy(void *door, struct http_request *request, const struct err *why, struct http_response *response)
{
    const struct gate_door *d = door;
    struct gate_http h = {.request = request, .response = response};
    const struct gate_route *route = failing_route(d, request->path.n ? request->path : request->target);
    if (!route || !route->fail)
        return;
    secure(response);
    route->fail(&h, why);
}
