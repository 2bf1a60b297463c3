/* One entry of a batch or transaction: request and resource in, answer out. */
#include "fhir/rest/batch_priv.h"

#include <string.h>

#include "base/json.h"

/* ---- what is asked ---- */

static const struct gate_route *const tables[] = {fhir_routes};

static struct str said(const struct entry *x, const char *path)
{
    return fhir_text(x->node, path);
}

/* "If-Modified-Since" of HTTP from an instant of FHIR. */
static struct str http_date(struct arena *a, struct str instant)
{
    clock_us from, to;
    return instant.n && clock_range(instant, &from, &to) ? answer_http_date(a, from) : STR_NONE;
}

static void put_header(struct entry *x, const char *name, struct str value)
{
    if (value.p && x->request.given_count < ENTRY_HEADERS_MAX)
        x->header[x->request.given_count++] = (struct http_pair){str_of(name), value};
}

static void put_headers(struct batch *b, struct entry *x)
{
    x->request.given = x->header;
    put_header(x, "If-Match", said(x, "request.ifMatch"));
    put_header(x, "If-None-Match", said(x, "request.ifNoneMatch"));
    put_header(x, "If-Modified-Since", http_date(&x->request.arena, said(x, "request.ifModifiedSince")));
    put_header(x, "If-None-Exist", said(x, "request.ifNoneExist"));
    put_header(x, "Prefer", b->prefer);
    put_header(x, "Content-Type", STR("application/fhir+json"));
}

/* The target below this server's address: "Patient/1", "?_type=Patient", or the whole address. */
static bool read_target(struct batch *b, struct entry *x, struct str *ret_target, struct err *e)
{
    struct str url = said(x, "request.url"), base = fhir_base(b->op);
    if (url.n > base.n && str_eq(str_sub(url, 0, base.n), base) && (url.p[base.n] == '/' || url.p[base.n] == '?'))
        url = str_sub(url, base.n, url.n);
    size_t slash = str_find(url, '/');
    if (str_find(str_sub(url, 0, slash), ':') < slash && str_find(url, '?') > slash)
        return err_set(e, ERR_INVALID, "the address is on another server");
    if (url.n && url.p[0] == '/')
        url = str_sub(url, 1, url.n);
    if (!url.n)
        return err_set(e, ERR_INVALID, "an entry can not address the base: bundles do not hold bundles to process");
    *ret_target = arena_printf(&x->request.arena, "/fhir%s%.*s", url.p[0] == '?' ? "" : "/", STR_ARG(url));
    return true;
}

static enum entry_kind kind_of(const struct gate_route *r)
{
    return r->handler == fhir_create   ? ENTRY_CREATE
           : r->handler == fhir_update ? ENTRY_UPDATE
           : r->handler == fhir_patch  ? ENTRY_PATCH
           : r->handler == fhir_delete ? ENTRY_DELETE
                                       : ENTRY_OTHER;
}

/* What is not one request and one answer: sockets, files, the base itself. */
static bool fits_in_bundle(const struct entry *x)
{
    const struct gate_route *r = x->http.route;
    return r->handler != fhir_websocket && r->handler != fhir_bundle &&
           !str_starts(x->request.path, "/fhir/_export/") && !str_starts(x->request.path, "/fhir/_async/") &&
           !str_starts(x->request.path, "/fhir/r5/");
}

static bool find_route(struct entry *x, struct err *e)
{
    const struct gate_http_tables all = {tables, &fhir_route_count, 1};
    bool other = false;
    const struct gate_route *r = gate_http_find(&all, &x->http, &other);
    if (!r)
        return err_set(e, other ? ERR_METHOD : ERR_NOT_FOUND,
                       other ? "this address does not take %.*s" : "no such address", STR_ARG(x->request.method));
    if (!fits_in_bundle(x))
        return err_set(e, ERR_UNSUPPORTED, "this address can not be used from inside a bundle");
    x->act = r->act;
    x->kind = kind_of(r);
    if (r->prepare)
        r->prepare(&x->http, &x->act);
    return true;
}

static bool is_method(struct str s)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (str_is(s, methods[i]))
            return true;
    return false;
}

bool entry_read(struct batch *b, struct entry *x, struct err *e)
{
    struct str method = said(x, "request.method"), target;
    arena_init(&x->request.arena);
    buf_init(&x->response.body, ANSWER_MAX);
    x->response.request = &x->request;
    x->http = (struct gate_http){.request = &x->request, .response = &x->response};
    x->full_url = said(x, "fullUrl");
    str_copy(x->request.address, sizeof x->request.address, str_of(b->h->request->address));
    if (!is_method(method)) {
        err_set(e, ERR_INVALID, "an entry's request has a method: GET, HEAD, POST, PUT, PATCH or DELETE");
        return err_at(e, "request.method");
    }
    if (!read_target(b, x, &target, e))
        return err_at(e, "request.url");
    x->request.method = method;
    x->request.target = target;
    if (!http_request_parse(&x->request, e))
        return err_at(e, "request.url");
    put_headers(b, x);
    return find_route(x, e) || err_at(e, "request.url");
}

void entry_release(struct entry *x)
{
    if (!x->response.request)
        return;
    buf_release(&x->response.body);
    arena_release(&x->request.arena);
    x->response.request = NULL;
}

/* ---- one try ---- */

static bool read_address(struct entry *x, struct err *e)
{
    struct rest_write *w = &x->write;
    struct gate_http *h = &x->http;
    if (x->kind == ENTRY_CREATE) {
        w->id = STR("");
        w->criteria = http_header(&x->request, "If-None-Exist");
        return answer_type(h, &w->type, e);
    }
    w->id = STR("");
    w->if_match = http_header(&x->request, "If-Match");
    if (x->kind != ENTRY_DELETE)
        w->if_none_match = http_header(&x->request, "If-None-Match");
    if (gate_path(h, "id").p)
        return answer_target(h, &w->type, &w->id, e);
    return answer_type(h, &w->type, e) && conditional_criteria(h, &w->criteria, e);
}

static bool check_resource(const struct entry *x, struct err *e)
{
    if (x->kind == ENTRY_DELETE)
        return true;
    if (!x->resource)
        return err_set(e, ERR_REQUIRED, "the entry brings no resource");
    if (x->kind == ENTRY_PATCH || str_eq(fhir_text(x->resource, "resourceType"), x->write.type))
        return true;
    err_set(e, ERR_INVALID, "the entry's resource is no %.*s", STR_ARG(x->write.type));
    return err_at(e, "resource");
}

bool entry_start(struct op *op, struct entry *x, struct err *e)
{
    const struct fhir_node *resource = fhir_member(x->node, "resource");
    x->response.status = 200;
    x->response.header_count = 0;
    buf_reset(&x->response.body);
    x->write = (struct rest_write){.criteria = STR_NONE, .if_match = STR_NONE, .if_none_match = STR_NONE};
    x->resource = resource ? fhir_copy(op->arena, resource) : NULL;
    x->made = NULL;
    x->criteria = STR("");
    x->visited = false;
    if (x->resource)
        x->resource->key = STR("");
    if (x->kind == ENTRY_OTHER)
        return true;
    if (!read_address(x, e))
        return err_at(e, "request.url");
    x->write.node = x->resource;
    return check_resource(x, e);
}

static bool run_create(struct op *op, struct entry *x, struct err *e)
{
    return create_document(op, &x->write, e) && body_answer(op, &x->http, &x->write.doc, x->write.status, e);
}

static bool run_update(struct op *op, struct entry *x, struct err *e)
{
    return update_document(op, &x->write, e) && body_answer(op, &x->http, &x->write.doc, x->write.status, e);
}

static bool run_patch(struct op *op, struct entry *x, struct err *e)
{
    struct rest_patch patch;
    return patch_of_resource(op, &x->http, x->resource, &patch, e) &&
           patch_document(op, &x->http, &x->write, &patch, e) &&
           body_answer(op, &x->http, &x->write.doc, x->write.status, e);
}

static bool run_delete(struct op *op, struct entry *x, struct err *e)
{
    if (!delete_document(op, &x->write, e))
        return false;
    x->response.status = x->write.status;
    if (x->write.doc.version && gate_path(&x->http, "id").p)
        http_set(&x->response, "ETag", answer_etag(op->arena, x->write.doc.version));
    return true;
}

/* Reads, searches and operations run as they would alone, with the resource as their body. */
static bool run_other(struct op *op, struct entry *x, struct err *e)
{
    struct buf text CLEANUP(buf_release);
    buf_init(&text, BODY_MAX);
    x->request.body = STR_NONE;
    if (x->resource) {
        if (!fhir_write_json(x->resource, false, &text, e) || !buf_ok(&text, e))
            return false;
        x->request.body = arena_str(op->arena, buf_view(&text));
    }
    return x->http.route->handler(op, &x->http, e);
}

bool entry_run(struct op *op, struct entry *x, struct err *e)
{
    static bool (*const runs[ENTRY_KINDS])(struct op *, struct entry *, struct err *) = {[ENTRY_CREATE] = run_create,
                                                                                         [ENTRY_UPDATE] = run_update,
                                                                                         [ENTRY_PATCH] = run_patch,
                                                                                         [ENTRY_DELETE] = run_delete,
                                                                                         [ENTRY_OTHER] = run_other};
    return runs[x->kind](op, x, e);
}

/* Faults name their place in the resource by its type, or in the request. */
bool entry_blame(const struct entry *x, struct err *e)
{
    char within[sizeof e->path];
    struct str at = str_of(e->path);
    bool request = str_starts(at, "request.") || str_starts(at, "resource") || str_starts(at, "fullUrl");
    size_t type = str_find(at, '.');
    if (str_starts(at, "Bundle.entry["))
        return false;
    str_copy(within, sizeof within, request || !at.n ? at : str_sub(at, type + 1, at.n));
    e->path[0] = '\0';
    const char *between = request || !at.n ? "" : type < at.n ? "resource." : "resource";
    return err_at(e, "Bundle.entry[%zu]%s%s%s", x->number, at.n ? "." : "", between, within);
}

/* ---- the answer ---- */

static struct str header(const struct entry *x, const char *name)
{
    for (size_t i = 0; i < x->response.header_count; i++)
        if (str_is_nocase(x->response.headers[i].name, name))
            return x->response.headers[i].value;
    return STR_NONE;
}

/* "Tue, 24 Nov 2026 13:00:00 GMT" as an instant. */
static struct str instant_of(struct entry *x, struct str date)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (date.n != 29)
        return STR_NONE;
    for (int m = 0; m < 12; m++)
        if (memcmp(months + 3 * m, date.p + 8, 3) == 0)
            return arena_printf(&x->request.arena, "%.4s-%02d-%.2sT%.8sZ", date.p + 12, m + 1, date.p + 5, date.p + 17);
    return STR_NONE;
}

static void put_response(struct entry *x, struct str outcome, struct buf *out)
{
    struct str date = header(x, "Last-Modified");
    json_put_name(out, "response");
    buf_printf(out, "{\"status\":\"%d\"", x->response.status);
    json_put_field_opt(out, "location", header(x, "Location"));
    json_put_field_opt(out, "etag", header(x, "ETag"));
    json_put_field_opt(out, "lastModified", date.n ? instant_of(x, date) : STR_NONE);
    if (outcome.n) {
        json_put_name(out, "outcome");
        buf_str(out, outcome);
    }
    buf_putc(out, '}');
}

void entry_answer(struct entry *x, struct buf *out)
{
    struct str body = str_is(x->request.method, "HEAD") ? STR("") : buf_view(&x->response.body);
    bool outcome = str_starts(body, "{\"resourceType\":\"OperationOutcome\"");
    json_put_comma(out);
    buf_putc(out, '{');
    if (body.n && !outcome && x->response.status != 304) {
        json_put_name(out, "resource");
        buf_str(out, body);
    }
    put_response(x, outcome ? body : STR_NONE, out);
    buf_putc(out, '}');
}
