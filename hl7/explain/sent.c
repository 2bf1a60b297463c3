/* One message that left: its bytes, what it tells of, and how its delivery goes. */
#include "base/json.h"
#include "hl7/explain/explain_priv.h"
#include "schema/queries.h"

static bool put_made(struct op *op, struct buf *b, struct db_args *args, struct err *e)
{
    const struct db_rows *r = db_run(op->db, &Q_sent_made_of, args, e);
    json_put_name(b, "made");
    buf_putc(b, '[');
    for (int i = 0; r && i < db_count(r); i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "id", db_get(r, i, 0));
        explain_put_time(b, "created", db_get_int(r, i, 1));
        json_put_field(b, "ackCode", db_get(r, i, 2));
        json_put_field(b, "outcome", db_get(r, i, 3));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    return r != NULL;
}

bool explain_sent_view(struct op *op, int64_t id, struct buf *b, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_sent_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no message %lld", (long long)id) : false;
    const struct explain_shown shown = {.raw = db_get_bytes(r, 0, 23, op->arena),
                                        .ack = db_get_bytes(r, 0, 24, op->arena)};
    op->event->patient = arena_str(op->arena, db_get(r, 0, 7));
    op->event->accession = arena_str(op->arena, db_get(r, 0, 8));
    explain_put_row(b, r, 0, true);
    explain_put_bytes(op, b, &shown);
    explain_put_lines(b, "warnings", db_get(r, 0, 25));
    explain_put_time(b, "emptied", db_get_int(r, 0, 26));
    json_put_bool(b, "patientHeld", db_get_bool(r, 0, 27));
    return put_made(op, b, &args, e);
}
