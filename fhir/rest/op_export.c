/* $export (FHIR Bulk Data 1.0): kick-off, status, cancelling, files. The work itself is job EXPORT (export_run.c). An
 * export belongs to who asked for it: for everybody else its addresses do not exist. */
#include "fhir/rest/operation_priv.h"

#include <unistd.h>

#include "base/json.h"
#include "fhir/rest/search_priv.h"
#include "jobs/jobs.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { TYPES_MAX = 150, PATIENTS_MAX = 10000, FILTERS_MAX = 50, ID_TEXT = 44 };
static const clock_us kept_for = INT64_C(86400) * 1000000;

/* ---- kick-off ---- */

static bool check_format(struct operation *o, struct err *e)
{
    static const char *const names[] = {"application/fhir+ndjson", "application/fhir ndjson", "application/ndjson",
                                        "ndjson"};
    struct str format = operation_text(o, "_outputFormat");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!format.n || str_is(format, names[i]))
            return true;
    return err_set(e, ERR_INVALID, "_outputFormat is application/fhir+ndjson");
}

static bool read_types(struct operation *o, struct str *types, size_t *ret_n, struct err *e)
{
    const struct fhir_node *p;
    size_t n = 0;
    for (size_t i = 0; (p = operation_parameter(o->in, "_type", i)) != NULL; i++) {
        struct str rest = STR(""), one;
        for (const struct fhir_node *m = p->first; m; m = m->next)
            rest = str_starts(m->key, "value") ? m->text : rest;
        while (str_next(&rest, ',', &one)) {
            if (!fhir_is_resource(one) || n == TYPES_MAX)
                return err_set(e, ERR_INVALID, "_type names resource types");
            types[n++] = one;
        }
    }
    *ret_n = n;
    return true;
}

/* The patients a Group lists. */
static bool read_group(struct operation *o, struct str *patients, size_t *ret_n, struct err *e)
{
    bool found;
    struct str type, id;
    struct record_doc doc;
    struct record_key key = {o->op->access, o->type, o->id, RECORD_READ};
    size_t n = 0;
    if (!record_find(o->op->db, o->op->arena, key, &doc, &found, e))
        return false;
    if (!found || doc.deleted)
        return err_set(e, found ? ERR_GONE : ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(o->type), STR_ARG(o->id));
    if (!record_parse(o->op->arena, &doc, e))
        return false;
    const struct fhir_node *list = fhir_member(doc.node, "member");
    for (const struct fhir_node *m = list ? list->first : NULL; m; m = m->next) {
        if (!domain_split_reference(fhir_text(m, "entity.reference"), &type, &id) || !str_is(type, "Patient"))
            continue;
        if (n == PATIENTS_MAX)
            return err_set(e, ERR_TOO_COSTLY, "an exported group has at most %d patients", PATIENTS_MAX);
        patients[n++] = arena_printf(o->op->arena, "Patient/%.*s", STR_ARG(id));
    }
    *ret_n = n;
    return true;
}

struct kick_off {
    struct str types[TYPES_MAX], patients[PATIENTS_MAX], filters[FILTERS_MAX], elements;
    size_t type_n, patient_n, filter_n;
    clock_us since;
    char id[ID_TEXT];
};

static bool is_exported(const struct kick_off *k, struct str type)
{
    for (size_t i = 0; i < k->type_n; i++)
        if (str_eq(k->types[i], type))
            return true;
    return !k->type_n;
}

/* "Patient?gender=female", a search of a type that is exported. */
static bool read_filter(struct operation *o, struct kick_off *k, struct str text, struct err *e)
{
    struct str rest = text, type;
    str_next(&rest, '?', &type);
    if (!fhir_is_resource(type) || str_is(type, "AuditEvent") || !rest.p || !rest.n)
        return err_set(e, ERR_INVALID, "_typeFilter is a search of a type: Type?name=value");
    if (!is_exported(k, type))
        return err_set(e, ERR_INVALID, "_typeFilter is of a type that _type does not name");
    if (k->filter_n == FILTERS_MAX)
        return err_set(e, ERR_INVALID, "an export has at most %d _typeFilter", FILTERS_MAX);
    k->filters[k->filter_n++] = text;
    return fhir_search_check(o->op, type, rest, e) || err_wrap(e, "_typeFilter");
}

/* Several in one value stand behind commas that a type follows; a search has commas of its own. */
static bool read_filters(struct operation *o, struct kick_off *k, struct err *e)
{
    const struct fhir_node *p;
    for (size_t i = 0; (p = operation_parameter(o->in, "_typeFilter", i)) != NULL; i++) {
        struct str text = STR("");
        for (const struct fhir_node *m = p->first; m; m = m->next)
            text = str_starts(m->key, "value") ? m->text : text;
        size_t from = 0;
        for (size_t at = 0; at <= text.n; at++) {
            struct str next = str_sub(text, at + 1, text.n), type;
            bool end = at == text.n;
            if (!end && (text.p[at] != ',' || !str_next(&next, '?', &type) || !next.p || !fhir_is_resource(type)))
                continue;
            if (!read_filter(o, k, str_sub(text, from, at - from), e))
                return false;
            from = at + 1;
        }
    }
    return true;
}

static bool read_elements(struct operation *o, struct kick_off *k, struct err *e)
{
    struct summary s = {.part = {.kind = FHIR_PART_ALL}};
    struct http_pair given = {STR("_elements"), operation_text(o, "_elements")};
    k->elements = given.value.n ? given.value : STR("");
    return !given.value.n || summary_take(o->op->arena, given, &s, e);
}

static bool read_since(struct operation *o, struct kick_off *k, struct err *e)
{
    struct bounds b;
    struct query_filter f = {.name = STR("_since"), .modifier = STR("")};
    struct str text = operation_text(o, "_since");
    k->since = INT64_MIN;
    if (!text.n)
        return true;
    if (!condition_bounds(&f, text, &b, e))
        return false;
    k->since = b.from;
    return true;
}

static bool store(struct operation *o, const struct kick_off *k, struct err *e)
{
    struct op *op = o->op;
    struct db_args args = db_args(op->arena);
    struct str target = o->h->request->target;
    db_text(&args, str_of(k->id));
    db_text(&args, str_of(op->who->name));
    db_text(&args, op->access);
    db_text(&args, arena_printf(op->arena, "%s%.*s", gate_policy(op->gate)->public_url, STR_ARG(target)));
    db_text(&args, o->level == AT_SYSTEM ? STR("") : STR("Patient"));
    if (o->level == AT_INSTANCE)
        db_texts(&args, k->patients, k->patient_n);
    else
        db_null(&args);
    if (k->type_n)
        db_texts(&args, k->types, k->type_n);
    else
        db_null(&args);
    if (k->since == INT64_MIN)
        db_null(&args);
    else
        db_int(&args, k->since);
    if (k->filter_n)
        db_texts(&args, k->filters, k->filter_n);
    else
        db_null(&args);
    db_text(&args, k->elements);
    return db_send(op->db, &Q_export_put, &args, e) && jobs_put(op->db, JOB_EXPORT, str_of(k->id), 0, e);
}

bool op_export(struct operation *o, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct kick_off *k = ARENA_NEW(o->op->arena, struct kick_off);
    buf_init(&b, 4096);
    if (!negotiate_prefers(o->h->request, "respond-async"))
        return err_set(e, ERR_INVALID, "an export is asked for with 'Prefer: respond-async'");
    if (!check_format(o, e) || !read_types(o, k->types, &k->type_n, e) || !read_since(o, k, e) ||
        !read_filters(o, k, e) || !read_elements(o, k, e) || !tls_random_id(k->id, e))
        return false;
    if (o->level == AT_INSTANCE && !read_group(o, k->patients, &k->patient_n, e))
        return false;
    o->op->event->query = o->h->request->query_raw;
    if (!store(o, k, e))
        return false;
    http_set(o->h->response, "Content-Location",
             arena_printf(o->op->arena, "%.*s/_export/%s", STR_ARG(fhir_base(o->op)), k->id));
    outcome_put(&b, "information", "informational", STR("the export was taken; Content-Location tells how it goes"));
    return answer_json(o->op, o->h, 202, buf_view(&b), e);
}

/* ---- status ---- */

static const struct db_rows *find(struct op *op, struct gate_http *h, struct err *e)
{
    struct db_args args = db_args(op->arena);
    struct str id = gate_path(h, "export");
    db_text(&args, id);
    db_text(&args, str_of(op->who->name));
    const struct db_rows *rows = db_run(op->db, &Q_export_get, &args, e);
    if (rows && (!db_count(rows) || str_is(db_get(rows, 0, 0), "cancelled"))) {
        err_set(e, ERR_NOT_FOUND, "no such export");
        return NULL;
    }
    return rows;
}

static void put_file(struct buf *b, struct op *op, struct str id, const struct db_rows *files, int row)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "type", db_get(files, row, 1));
    json_put_field(b, "url",
                   arena_printf(op->arena, "%.*s/_export/%.*s/%.*s.%.*s.ndjson", STR_ARG(fhir_base(op)), STR_ARG(id),
                                STR_ARG(db_get(files, row, 0)), STR_ARG(db_get(files, row, 1))));
    json_put_int(b, "count", db_get_int(files, row, 3));
    buf_putc(b, '}');
}

static bool send_manifest(struct op *op, struct gate_http *h, struct str request, clock_us asked, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct db_args args = db_args(op->arena);
    struct str id = gate_path(h, "export");
    buf_init(&b, 1 << 20);
    db_text(&args, id);
    const struct db_rows *files = db_run(op->db, &Q_export_files, &args, e);
    if (!files)
        return false;
    buf_putc(&b, '{');
    json_put_field(&b, "transactionTime", answer_instant(op->arena, asked));
    json_put_field(&b, "request", request);
    json_put_bool(&b, "requiresAccessToken", true);
    json_put_name(&b, "output");
    buf_putc(&b, '[');
    for (int i = 0; i < db_count(files); i++)
        put_file(&b, op, id, files, i);
    buf_puts(&b, "],\"deleted\":[],\"error\":[]}");
    if (!buf_ok(&b, e))
        return false;
    http_set(h->response, "Expires", answer_http_date(op->arena, asked + kept_for));
    gate_http_body(h, 200, "application/json", buf_view(&b));
    return true;
}

bool fhir_export_status(struct op *op, struct gate_http *h, struct err *e)
{
    const struct db_rows *rows = find(op, h, e);
    if (!rows)
        return false;
    struct str state = db_get(rows, 0, 0), request = arena_str(op->arena, db_get(rows, 0, 1));
    if (str_is(state, "done"))
        return send_manifest(op, h, request, db_get_int(rows, 0, 2), e);
    if (str_is(state, "failed"))
        return err_set(e, ERR_UNAVAILABLE, "the export failed; ask for it again");
    int64_t seen = db_get_int(rows, 0, 3), expected = db_get_int(rows, 0, 4);
    int64_t percent = expected > seen ? 100 * seen / expected : 99;
    h->response->status = 202;
    http_set(h->response, "X-Progress",
             str_is(state, "waiting") ? STR("waiting") : arena_printf(op->arena, "%lld%%", (long long)percent));
    http_set(h->response, "Retry-After", STR("1"));
    return true;
}

bool fhir_export_cancel(struct op *op, struct gate_http *h, struct err *e)
{
    struct db_args args = db_args(op->arena), files = db_args(op->arena);
    if (!find(op, h, e))
        return false;
    db_text(&args, gate_path(h, "export"));
    db_text(&args, str_of(op->who->name));
    db_text(&files, gate_path(h, "export"));
    h->response->status = 202;
    return db_send(op->db, &Q_export_cancel, &args, e) && db_send(op->db, &Q_export_forget_files, &files, e);
}

/* ---- files ---- */

/* "3.Patient.ndjson" names the file at place 3. */
bool fhir_export_file(struct op *op, struct gate_http *h, struct err *e)
{
    struct str name = gate_path(h, "file");
    struct db_args args = db_args(op->arena);
    const struct db_rows *rows = find(op, h, e);
    if (!rows)
        return false;
    db_text(&args, gate_path(h, "export"));
    const struct db_rows *files = db_run(op->db, &Q_export_files, &args, e);
    if (!files)
        return false;
    for (int i = 0; i < db_count(files); i++) {
        struct str own =
            arena_printf(op->arena, "%.*s.%.*s.ndjson", STR_ARG(db_get(files, i, 0)), STR_ARG(db_get(files, i, 1)));
        if (!str_eq(own, name))
            continue;
        int fd = files_read_fd(op->files, arena_cstr(op->arena, db_get(files, i, 2)), e);
        if (fd < 0)
            return false;
        op->event->object_type = arena_str(op->arena, db_get(files, i, 1));
        op->event->count = db_get_int(files, i, 3);
        http_set(h->response, "Content-Type", STR("application/fhir+ndjson"));
        http_file(h->response, fd, lseek(fd, 0, SEEK_END));
        return true;
    }
    return err_set(e, ERR_NOT_FOUND, "no such file");
}
