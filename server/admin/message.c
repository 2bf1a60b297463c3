#include "admin/admin_priv.h"

#include "base/json.h"
#include "schema/queries.h"

static void put_lines(struct buf *b, const char *name, struct str lines)
{
    struct str one;
    json_put_name(b, name);
    buf_putc(b, '[');
    while (lines.n && str_next(&lines, '\n', &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

static void put_error(struct buf *b, const struct db_rows *r)
{
    json_put_name(b, "error");
    if (!db_get(r, 0, 13).n) {
        buf_puts(b, "null");
        return;
    }
    buf_putc(b, '{');
    json_put_field(b, "code", db_get(r, 0, 13));
    json_put_field(b, "text", db_get(r, 0, 14));
    json_put_field(b, "location", db_get(r, 0, 15));
    buf_putc(b, '}');
}

bool admin_message(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id;
    struct buf b;
    struct db_args args = db_args(op->arena);
    if (!str_int(gate_path(h, "id"), &id))
        return err_set(e, ERR_NOT_FOUND, "no such message");
    db_text_opt(&args, op->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_admin_message_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no message %lld", (long long)id) : false;
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)id);
    op->event->patient = arena_str(op->arena, db_get(r, 0, 7));
    buf_init(&b, 4 * ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "id", db_get(r, 0, 0));
    admin_time(&b, "received", db_get_int(r, 0, 1));
    static const char *const names[] = {"trigger", "controlId", "sender", "ackCode", "outcome", "patientId",
                                        "accession"};
    for (int c = 0; c < 7; c++)
        json_put_field(&b, names[c], db_get(r, 0, c + 2));
    json_put_int(&b, "warningCount", db_get_int(r, 0, 9));
    json_put_field(&b, "raw", db_get_bytes(r, 0, 10, op->arena));
    json_put_field(&b, "ack", db_get_bytes(r, 0, 11, op->arena));
    json_put_field(&b, "characterSet", db_get(r, 0, 12));
    put_lines(&b, "warnings", db_get(r, 0, 16));
    put_error(&b, r);
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}
