/* One message that left: its bytes, what it tells of, and how its delivery goes. */
#include "base/json.h"
#include "hl7/explain/explain_priv.h"
#include "schema/queries.h"

static const struct explain_made sent_made = {&Q_sent_made_of, "created", "outcome"};

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
    return explain_put_made(op, b, &sent_made, &args, e);
}
