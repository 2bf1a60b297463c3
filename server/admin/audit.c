#include "admin/admin_priv.h"

#include "base/json.h"
#include "schema/queries.h"

/* A site day or a full time; of a day the upper bound is its end. */
static bool bound(struct str text, bool upper, int64_t *ret_us, struct err *e)
{
    clock_us from, to;
    *ret_us = 0;
    if (!text.n)
        return true;
    if (!clock_range(text, &from, &to))
        return err_set(e, ERR_INVALID, "from and to are dates or times");
    *ret_us = upper ? to : from;
    return true;
}

static struct str member(struct op *op, struct str content, const char *name)
{
    struct err ignored;
    struct json *j = json_parse(content, &ignored);
    struct str s = arena_str(op->arena, json_str(j, name));
    json_free(j);
    return s;
}

static void put_event(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    static const char *const names[] = {"who",     "door",     "request",   "objectType", "objectId",
                                        "patient", "studyUid", "accession", "address"};
    struct str content = db_get(r, i, 13);
    buf_putc(b, '{');
    json_put_field(b, "id", db_get(r, i, 0));
    admin_time(b, "time", db_get_int(r, i, 1));
    json_put_field(b, "kind", db_get(r, i, 2));
    json_put_field(b, "action", member(op, content, "action"));
    json_put_int(b, "outcome", db_get_int(r, i, 3));
    for (int c = 0; c < 9; c++)
        json_put_field(b, names[c], db_get(r, i, c + 4));
    json_put_field(b, "detail", member(op, content, "detail"));
    json_put_bool(b, "sealed", db_get_bool(r, i, 14));
    buf_putc(b, '}');
}

static bool find(struct op *op, struct gate_http *h, int limit, int64_t before, const struct db_rows **ret_rows,
                 struct err *e)
{
    static const char *const keys[] = {"patient", "who", "kind", "object"};
    int64_t from, to;
    struct db_args args = db_args(op->arena);
    if (!bound(admin_parameter(h, "from"), false, &from, e) || !bound(admin_parameter(h, "to"), true, &to, e))
        return false;
    for (size_t i = 0; i < 4; i++)
        db_text(&args, admin_parameter(h, keys[i]));
    db_int(&args, from);
    db_int(&args, to);
    db_int(&args, before);
    db_int(&args, limit);
    *ret_rows = db_run(op->db, &Q_admin_audit_list, &args, e);
    return *ret_rows != NULL;
}

bool admin_audit(struct op *op, struct gate_http *h, struct err *e)
{
    const struct db_rows *r;
    int limit;
    int64_t before;
    if (!admin_page(h, &limit, &before, e) || !find(op, h, limit, before, &r, e))
        return false;
    op->event->query = h->request->query_raw;
    return admin_items(op, h, r, limit, put_event, e);
}

bool admin_audit_verify(struct op *op, struct gate_http *h, struct err *e)
{
    struct audit_report report;
    struct buf b;
    if (!audit_verify(op->db, NULL, NULL, &report, e))
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_int(&b, "verdict", (int64_t)report.verdict);
    json_put_field(&b, "text", str_of(report.text));
    json_put_int(&b, "events", report.events);
    json_put_int(&b, "sealed", report.sealed);
    json_put_int(&b, "unsealed", report.unsealed);
    json_put_int(&b, "checkpoints", report.checkpoints);
    buf_putc(&b, '}');
    op->event->detail = arena_str(op->arena, str_of(report.text));
    return admin_json(h, &b, e);
}
