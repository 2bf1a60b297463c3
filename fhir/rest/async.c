/* Prefer: respond-async (http.html#async): a search, history, operation or bundle is taken, done by job ASYNC as the
 * one who asked, and its answer kept for a day as the entry of a Bundle. What it writes is written in one commit with
 * its answer, so that a run that is taken up again does nothing twice; a bundle, which has commits of its own, is not
 * taken up again. It exists for nobody but who asked. */
#include "fhir/rest/operation_priv.h"

#include <string.h>

#include "base/json.h"
#include "jobs/jobs.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { ID_TEXT = 44, KEPT_MAX = 64 << 20, WAITING_MAX = 50 };
static const clock_us kept_for = INT64_C(86400) * 1000000;

/* ---- taking ---- */

/* TO ADD AN INTERACTION THAT CAN BE ANSWERED LATER: its name here, a case in tests/integration/22_fhir_async.py */
static const char *const interactions[] = {"search-type",    "search-system", "history-instance", "history-type",
                                           "history-system", "batch",         "transaction"};

static bool fits(const struct gate_http *h)
{
    if (gate_path(h, "op").p)
        return operation_may_wait(h);
    const char *own = fhir_route_interaction((int)(h->route - fhir_routes));
    for (size_t i = 0; own && i < sizeof interactions / sizeof interactions[0]; i++)
        if (strcmp(own, interactions[i]) == 0)
            return true;
    return false;
}

/* "/fhir/Patient?a=b" without what is about the form: that of the answer is the form of who fetches it. */
static struct str plain_target(struct arena *a, struct str target)
{
    size_t mark = str_find(target, '?');
    struct str rest = str_sub(target, mark + 1, target.n), one, text = str_sub(target, 0, mark);
    bool any = false;
    while (mark < target.n && rest.p && str_next(&rest, '&', &one)) {
        if (!one.n || str_starts(one, "_format=") || str_starts(one, "_pretty="))
            continue;
        text = arena_printf(a, "%.*s%c%.*s", STR_ARG(text), any ? '&' : '?', STR_ARG(one));
        any = true;
    }
    return text;
}

static bool store(struct op *op, const struct http_request *r, const char *id, struct err *e)
{
    const struct principal *who = op->who;
    struct db_args args = db_args(op->arena);
    struct str type = http_header(r, "Content-Type");
    db_text(&args, str_of(id));
    db_text(&args, str_of(who->name));
    db_int(&args, who->kind);
    db_text(&args, str_of(who->display));
    db_text(&args, str_of(who->address));
    db_int(&args, (int64_t)who->permissions);
    db_int(&args, (int32_t)who->roles);
    db_text(&args, str_of(who->departments));
    db_text(&args, r->method);
    db_text(&args, plain_target(op->arena, r->target));
    db_text(&args, type.p ? type : STR(""));
    db_text(&args, http_header_list(r, "Prefer"));
    db_bytes(&args, r->body.p ? r->body : STR(""));
    return db_send(op->db, &Q_async_put, &args, e) && jobs_put(op->db, JOB_ASYNC, str_of(id), 0, e);
}

/* One caller does not fill the queue. */
static bool check_room(struct op *op, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, str_of(op->who->name));
    const struct db_rows *rows = db_run(op->db, &Q_async_waiting, &args, e);
    return rows && (db_get_int(rows, 0, 0) < WAITING_MAX ||
                    err_set(e, ERR_TOO_MANY, "%d requests of yours wait to be answered already", WAITING_MAX));
}

static bool take(struct op *op, struct gate_http *h, struct err *e)
{
    char id[ID_TEXT];
    struct answer_form form;
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 4096);
    op->event->query = h->request->query_raw;
    if (!negotiate_answer(h->request, &form, e) || !check_room(op, e) || !tls_random_id(id, e) ||
        !store(op, h->request, id, e))
        return false;
    negotiate_applied(h, "respond-async", STR(""));
    http_set(h->response, "Content-Location",
             arena_printf(op->arena, "%.*s/_async/%s", STR_ARG(fhir_base(op)), id));
    outcome_put(&b, "information", "informational", STR("the request was taken; Content-Location tells how it goes"));
    return answer_part(op, h, 202, buf_view(&b), &(struct fhir_part){.kind = FHIR_PART_ALL}, e);
}

void async_prepare(struct gate_http *h, struct gate_act *act)
{
    static const struct gate_route route = {
        .method = "", .pattern = "", .act = {.request = "respond-async"}, .handler = take, .fail = fhir_fail};
    if (!h->request->inner || !negotiate_prefers(h->request, "respond-async") || !fits(h))
        return;
    act->tx = GATE_WRITE;
    act->audit = AUDIT_EXPORT;
    h->route = &route;
}

/* ---- doing ---- */

struct run {
    struct str id;
    struct http_request request;
    struct http_response response;
    struct http_pair header[2];
    struct principal who;
    bool cut_off; /* an earlier run was */
};

static struct str header_of(const struct http_response *r, const char *name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_is_nocase(r->headers[i].name, name))
            return r->headers[i].value;
    return STR_NONE;
}

/* The answer, kept. CONFLICT would be tried again; what was cancelled is gone. */
static bool keep(struct db *db, struct run *r, struct err *e)
{
    struct db_args args = db_args(&r->request.arena);
    db_text(&args, r->id);
    db_int(&args, r->response.status);
    db_text(&args, header_of(&r->response, "Location"));
    db_text(&args, header_of(&r->response, "ETag"));
    db_text(&args, header_of(&r->response, "Last-Modified"));
    db_text(&args, buf_view(&r->response.body));
    const struct db_rows *rows = db_run(db, &Q_async_end, &args, e);
    return rows && (db_count(rows) || err_set(e, ERR_GONE, "the request was cancelled"));
}

static bool keep_with_write(struct op *op, void *ctx, struct err *e)
{
    return keep(op->db, ctx, e);
}

static bool mark(struct op *op, void *ctx, struct err *e)
{
    const struct run *r = ctx;
    struct db_args args = db_args(op->arena);
    db_text(&args, r->id);
    const struct db_rows *rows = db_run(op->db, &Q_async_mark, &args, e);
    if (!rows)
        return false;
    return (db_count(rows) && !str_is(db_get(rows, 0, 0), "cancelled")) ||
           err_set(e, ERR_GONE, "the request was cancelled");
}

static struct str taken(struct run *r, const struct db_rows *rows, int column)
{
    return arena_str(&r->request.arena, db_get(rows, 0, column));
}

/* *ret_due false: it was cancelled, or an earlier run ended it. */
static bool load(struct db *db, struct run *r, bool *ret_due, struct err *e)
{
    struct arena *a = &r->request.arena;
    struct db_args args = db_args(a);
    db_text(&args, r->id);
    const struct db_rows *rows = db_run(db, &Q_async_begin, &args, e);
    *ret_due = rows && db_count(rows);
    if (!*ret_due)
        return rows != NULL;
    str_copy(r->who.name, sizeof r->who.name, db_get(rows, 0, 0));
    r->who.kind = (enum principal_kind)db_get_int(rows, 0, 1);
    str_copy(r->who.display, sizeof r->who.display, db_get(rows, 0, 2));
    str_copy(r->who.address, sizeof r->who.address, db_get(rows, 0, 3));
    r->who.permissions = (uint64_t)db_get_int(rows, 0, 4);
    r->who.roles = (uint32_t)db_get_int(rows, 0, 5);
    str_copy(r->who.departments, sizeof r->who.departments, db_get(rows, 0, 6));
    r->request.method = taken(r, rows, 7);
    r->request.target = taken(r, rows, 8);
    r->header[0] = (struct http_pair){STR("Content-Type"), taken(r, rows, 9)};
    r->header[1] = (struct http_pair){STR("Prefer"), taken(r, rows, 10)};
    r->request.body = db_get_bytes(rows, 0, 11, a);
    r->cut_off = db_get_bool(rows, 0, 12);
    r->request.given = r->header;
    r->request.given_count = r->header[0].value.n ? 2 : 1;
    if (!r->header[0].value.n)
        r->header[0] = r->header[1];
    str_copy(r->request.address, sizeof r->request.address, str_of(r->who.address));
    return http_request_parse(&r->request, e);
}

static void answer_failure(struct run *r, const struct err *why)
{
    struct gate_http h = {.request = &r->request, .response = &r->response};
    r->response.status = 200;
    buf_reset(&r->response.body);
    fhir_fail(&h, why);
}

/* An answer that is too much to keep is one more failure. */
static void bound(struct run *r)
{
    struct err why = {0};
    if (!r->response.body.failed)
        return;
    err_set(&why, ERR_TOO_COSTLY, "the answer is longer than %d bytes: ask for it in pages, or use $export", KEPT_MAX);
    answer_failure(r, &why);
}

/* True when the work's own commit kept the answer. */
static bool work(struct gate *g, struct run *r)
{
    struct err why = {0};
    const struct gate_route *const tables[] = {fhir_routes};
    const struct gate_http_tables all = {tables, &fhir_route_count, 1};
    const struct gate_replay by = {&r->who, mark, keep_with_write, r};
    bool bundle = str_is(r->request.method, "POST") && str_is(r->request.path, "/fhir");
    if (bundle && r->cut_off) {
        err_set(&why, ERR_UNAVAILABLE, "the server ended while it was at work: look what was done before asking again");
        answer_failure(r, &why);
        return false;
    }
    struct gate_door *door = gate_door_new(g, &all);
    bool kept = gate_door_replay(door, &r->request, &r->response, &by);
    gate_door_free(door);
    bound(r);
    return kept;
}

static bool run(struct gate *g, struct db *db, struct run *r, struct err *e)
{
    bool due;
    if (!load(db, r, &due, e) || !due)
        return e->code == ERR_NONE;
    if (work(g, r) || keep(db, r, e))
        return true;
    bool cancelled = e->code == ERR_GONE;
    if (cancelled)
        err_clear(e);
    return cancelled;
}

bool fhir_async_run(struct gate *g, struct db *db, struct str payload, struct err *e)
{
    struct run *r = mem_zalloc(sizeof *r);
    err_clear(e);
    r->id = payload;
    arena_init(&r->request.arena);
    buf_init(&r->response.body, KEPT_MAX);
    r->response.request = &r->request;
    bool ok = run(g, db, r, e);
    buf_release(&r->response.body);
    arena_release(&r->request.arena);
    mem_free(r);
    return ok;
}

/* ---- telling ---- */

static const struct db_rows *find(struct op *op, struct gate_http *h, const struct db_query *query, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, gate_path(h, "async"));
    db_text(&args, str_of(op->who->name));
    const struct db_rows *rows = db_run(op->db, query, &args, e);
    if (rows && !db_count(rows)) {
        err_set(e, ERR_NOT_FOUND, "no such request");
        return NULL;
    }
    return rows;
}

static void put_response(struct buf *b, struct op *op, const struct db_rows *rows)
{
    clock_us modified;
    struct str answer = db_get(rows, 0, 5);
    bool failed = db_get_int(rows, 0, 1) >= 400;
    if (answer.n && !failed) {
        buf_puts(b, "\"resource\":");
        buf_str(b, answer);
        buf_putc(b, ',');
    }
    buf_puts(b, "\"response\":{");
    json_put_field(b, "status", db_get(rows, 0, 1));
    json_put_field_opt(b, "location", db_get(rows, 0, 2));
    json_put_field_opt(b, "etag", db_get(rows, 0, 3));
    if (http_date_parse(db_get(rows, 0, 4), &modified))
        json_put_field(b, "lastModified", answer_instant(op->arena, modified));
    if (answer.n && failed) {
        buf_puts(b, ",\"outcome\":");
        buf_str(b, answer);
    }
    buf_putc(b, '}');
}

bool fhir_async_status(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, ANSWER_MAX);
    const struct db_rows *rows = find(op, h, &Q_async_get, e);
    if (!rows)
        return false;
    if (!str_is(db_get(rows, 0, 0), "done")) {
        h->response->status = 202;
        http_set(h->response, "X-Progress", db_get(rows, 0, 0));
        http_set(h->response, "Retry-After", STR("1"));
        return true;
    }
    buf_puts(&b, "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[{");
    put_response(&b, op, rows);
    buf_puts(&b, "}]}");
    http_set(h->response, "Expires", answer_http_date(op->arena, db_get_int(rows, 0, 6) + kept_for));
    return buf_ok(&b, e) && answer_json(op, h, 200, buf_view(&b), e);
}

bool fhir_async_cancel(struct op *op, struct gate_http *h, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text(&args, gate_path(h, "async"));
    h->response->status = 202;
    return find(op, h, &Q_async_cancel, e) && db_run(op->db, &Q_async_stop, &args, e);
}
