/* Worklist, studies and reports as the screens show them. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/study.h"
#include "domain/worklist.h"
#include "schema/queries.h"

static void put_columns(struct buf *b, const struct db_rows *r, int row, const char *const *names, int n)
{
    for (int c = 0; c < n; c++)
        if (names[c])
            json_put_field(b, names[c], db_get(r, row, c));
}

/* The day asked for as the beginning of a local time: "20261124", or "" for all. */
static bool day_prefix(struct op *op, struct str date, struct str *ret_prefix, struct str *ret_date, struct err *e)
{
    clock_us from, to;
    char today[CLOCK_TEXT];
    if (str_is(date, "all")) {
        *ret_prefix = STR("");
        *ret_date = date;
        return true;
    }
    clock_site_text(clock_now(), today);
    struct str d = date.n ? date : arena_str(op->arena, str_sub(str_of(today), 0, 10));
    if (d.n != 10 || !clock_range(d, &from, &to))
        return err_set(e, ERR_INVALID, "date is YYYY-MM-DD or all");
    *ret_prefix = arena_printf(op->arena, "%.4s%.2s%.2s", d.p, d.p + 5, d.p + 8);
    *ret_date = d;
    return true;
}

bool admin_worklist(struct op *op, struct gate_http *h, struct err *e)
{
    static const char *const names[] = {
        "stepId", "task",   "accession", "patientName",          "patientId", "birthDate", "sex", "modality", "station",
        "start",  "status", "procedure", "requestedProcedureId", "studyUid",  "priority"};
    struct str prefix, date;
    struct buf b;
    struct db_args args = db_args(op->arena);
    if (!day_prefix(op, admin_parameter(h, "date"), &prefix, &date, e))
        return false;
    db_text_opt(&args, op->access);
    db_text(&args, prefix);
    const struct db_rows *r = db_run(op->db, &Q_worklist_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "date", date);
    json_put_name(&b, "items");
    buf_putc(&b, '[');
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(&b);
        buf_putc(&b, '{');
        put_columns(&b, r, i, names, 15);
        buf_putc(&b, '}');
    }
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    op->event->query = date;
    return admin_json(h, &b, e);
}

static void put_study(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    static const char *const names[] = {NULL, "studyUid", "patientName", "patientId", "accession"};
    buf_putc(b, '{');
    put_columns(b, r, i, names, 5);
    struct str started = study_time(op->arena, db_get(r, i, 5), db_get(r, i, 6), db_get(r, i, 16));
    json_put_field(b, "started", started);
    json_put_parts(b, "modalities", db_get(r, i, 7), '\\');
    json_put_int(b, "series", db_get_int(r, i, 8));
    json_put_int(b, "instances", db_get_int(r, i, 9));
    json_put_int(b, "bytes", db_get_int(r, i, 10));
    json_put_field(b, "description", db_get(r, i, 11));
    json_put_name(b, "link");
    buf_putc(b, '{');
    json_put_field(b, "state", db_get(r, i, 12));
    json_put_field(b, "rung", db_get(r, i, 13));
    json_put_field(b, "order", db_get(r, i, 14));
    buf_putc(b, '}');
    json_put_field(b, "imagingStudy", db_get(r, i, 15));
    buf_putc(b, '}');
}

static void put_report(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    struct err ignored;
    struct fhir_node *doc = fhir_parse_json(op->arena, db_get(r, i, 2), &ignored);
    struct str accession = db_get(r, i, 7);
    buf_putc(b, '{');
    json_put_field(b, "report", db_get(r, i, 1));
    json_put_field(b, "status", fhir_text(doc, "status"));
    json_put_field(b, "title", fhir_text(doc, "code.text"));
    json_put_field(b, "issued", fhir_text(doc, "issued"));
    json_put_field(b, "patientName", db_get(r, i, 8));
    json_put_field(b, "patientId", db_get(r, i, 9));
    json_put_field(b, "accession", accession);
    json_put_name(b, "link");
    buf_putc(b, '{');
    json_put_field(b, "state", db_get(r, i, 3));
    json_put_field(b, "rung", db_get(r, i, 4));
    json_put_field(b, "evidence", db_get(r, i, 5));
    buf_putc(b, '}');
    json_put_field(b, "studyUid", db_get(r, i, 6));
    buf_putc(b, '}');
}

bool admin_studies(struct op *op, struct gate_http *h, struct err *e)
{
    return admin_list(op, h, &(struct admin_list){.query = &Q_study_list, .put = put_study}, e);
}

bool admin_reports(struct op *op, struct gate_http *h, struct err *e)
{
    return admin_list(op, h, &(struct admin_list){.query = &Q_report_list, .put = put_report}, e);
}
