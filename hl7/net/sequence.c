/* The sequence number protocol (HL7 2.5.1 §2.10.1): a sender that numbers its messages in MSH-13 learns from MSA-4
 * which one is expected, so that a lost or doubled message shows. For peers with the setting `sequence`. */
#include "hl7/net/net_priv.h"
#include "schema/queries.h"

enum { ASK = 0, RESYNC = -1 }; /* MSH-13 of a message that only starts the link */

static void put_sender(struct db_args *args, const struct receipt *r)
{
    db_text(args, r->application.p ? r->application : STR(""));
    db_text(args, r->facility.p ? r->facility : STR(""));
}

/* expected 0: whatever comes next. */
static bool expect(struct op *op, const struct receipt *r, int64_t expected, struct err *e)
{
    struct db_args args = db_args(op->arena);
    put_sender(&args, r);
    if (expected > 0)
        db_int(&args, expected);
    else
        db_null(&args);
    return db_send(op->db, &Q_sequence_put, &args, e);
}

static bool read_number(struct op *op, const struct receipt *r, int64_t *ret_n, struct err *e)
{
    struct str text = str_trim(hl7_get(r->m, op->arena, "MSH-13"));
    if (str_int(text, ret_n) && *ret_n >= RESYNC && *ret_n < INT32_MAX)
        return true;
    err_set(e, text.n ? ERR_INVALID : ERR_REQUIRED, "the sequence number is %s", text.n ? "no such number" : "missing");
    return err_at(e, "MSH^1^13");
}

bool sequence_take(struct op *op, const struct receipt *r, struct reply *reply, bool *ret_link_only, struct err *e)
{
    int64_t n;
    struct db_args args = db_args(op->arena);
    *ret_link_only = false;
    reply->sequenced = false;
    if (op->who->kind != PRINCIPAL_HL7 || !op->who->peer.sequence)
        return true;
    if (!read_number(op, r, &n, e))
        return false;
    put_sender(&args, r);
    const struct db_rows *rows = db_run(op->db, &Q_sequence_lock, &args, e);
    if (!rows)
        return err_wrap(e, "look for the sequence number");
    int64_t expected = db_is_null(rows, 0, 0) ? RESYNC : db_get_int(rows, 0, 0);
    reply->sequenced = true;
    reply->sequence = n > 0 && (expected == RESYNC || n == expected) ? n : n == RESYNC ? RESYNC : expected;
    *ret_link_only = n <= 0;
    if (n == ASK)
        return true;
    if (n == RESYNC || reply->sequence == n)
        return expect(op, r, n == RESYNC ? 0 : n + 1, e);
    err_set(e, ERR_SEQUENCE, "another sequence number was expected");
    return err_at(e, "MSH^1^13");
}
