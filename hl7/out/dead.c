/* What people do with messages that were sent: again as they were, edited, or not at all. */
#include "hl7/out/out_priv.h"

#include "schema/queries.h"

enum { REPLAY_MAX = 1000, CONTROL_ID_FIELD = 10 };

struct sent { /* a row of hl7_sent */
    int64_t message_id, destination;
    struct queued as; /* what is kept of it */
    struct str raw;
};

static void read_row(const struct db_rows *r, int i, struct arena *a, struct sent *s)
{
    *s = (struct sent){.message_id = db_get_int(r, i, 0), .destination = db_get_int(r, i, 1)};
    struct str *const text[] = {&s->as.trigger,    &s->as.event,      &s->as.source,
                                &s->as.department, &s->as.patient_id, &s->as.accession};
    for (int k = 0; k < 6; k++)
        *text[k] = arena_str(a, db_get(r, i, k + 2));
    s->as.version = (int)db_get_int(r, i, 8);
    s->raw = db_get_bytes(r, i, 9, a);
    s->as.replaces = s->message_id;
}

static bool get(struct op *op, int64_t id, struct sent *ret_s, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_int(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_hl7_sent_take, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no sent message %lld that has been decided on", (long long)id);
    read_row(r, 0, op->arena, ret_s);
    return true;
}

static bool mark(struct op *op, int64_t id, const char *outcome, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_int(&args, id);
    db_text(&args, str_of(outcome));
    return db_send(op->db, &Q_hl7_sent_mark, &args, e);
}

/* ---- the message, made anew ---- */

/* MSH-10 gets the new id; the rest stays as it is written. */
static bool put_control_id(struct str text, struct str id, struct buf *b, struct err *e)
{
    size_t at = 0, end = str_find(text, '\r');
    if (!str_starts(text, "MSH") || text.n < 8)
        return err_set(e, ERR_STRUCTURE, "the message does not begin with MSH");
    for (int field = 1; field < CONTROL_ID_FIELD && at < end; at++)
        field += text.p[at] == text.p[3];
    size_t to = at;
    while (to < end && text.p[to] != text.p[3])
        to++;
    if (at >= end)
        return err_set(e, ERR_STRUCTURE, "the message has no MSH-10");
    buf_str(b, str_sub(text, 0, at));
    buf_str(b, id);
    buf_str(b, str_sub(text, to, text.n));
    return true;
}

static bool decode(struct arena *a, struct str raw, struct str *ret_text, struct err *e)
{
    struct hl7_message m;
    if (!hl7_parse(raw, NULL, a, &m, e))
        return false;
    *ret_text = m.text;
    return true;
}

static bool put_again(struct op *op, struct sent *s, struct str edited, int64_t *ret_id, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct composed c;
    struct hl7_destination to;
    struct hl7_message m;
    struct str text = edited;
    bool found;
    buf_init(&b, MESSAGE_MAX);
    if (!destination_get(op->db, op->arena, s->destination, &to, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "the destination was removed");
    if (!edited.n && !s->raw.n)
        return err_set(e, ERR_GONE, "the bytes of message %lld have aged out, or it was never composed",
                       (long long)s->message_id);
    if (!edited.n && !decode(op->arena, s->raw, &text, e))
        return false;
    if (!compose_text(op->arena, &to, &c, put_control_id, hl7_lines(op->arena, text), e))
        return false;
    if (!hl7_parse(c.raw, NULL, op->arena, &m, e))
        return err_wrap(e, "the edited message");
    s->as.to = &to;
    s->as.message = &c;
    *ret_id = c.message_id;
    return queue_put(op->db, op->arena, &s->as, e);
}

/* ---- one message ---- */

bool hl7_sent_resubmit(struct op *op, int64_t id, struct str edited, int64_t *ret_id, struct err *e)
{
    struct sent s;
    return get(op, id, &s, e) && put_again(op, &s, edited, ret_id, e) && mark(op, id, "resubmitted", e);
}

bool hl7_sent_discard(struct op *op, int64_t id, struct err *e)
{
    struct sent s;
    return get(op, id, &s, e) && mark(op, id, "discarded", e);
}

/* ---- many ---- */

bool hl7_sent_replay(struct op *op, const struct hl7_replay *r, int64_t *ret_count, struct err *e)
{
    struct db_args args = db_args(op->arena);
    int64_t ignored;
    db_text_opt(&args, op->access);
    db_text(&args, r->destination);
    db_text(&args, r->outcome);
    db_time(&args, r->from ? r->from : INT64_MIN);
    db_time(&args, r->to ? r->to : INT64_MIN);
    db_int(&args, REPLAY_MAX + 1);
    const struct db_rows *rows = db_run(op->db, &Q_hl7_sent_replay, &args, e);
    int n = rows ? db_count(rows) : 0;
    if (!rows)
        return false;
    if (n > REPLAY_MAX)
        return err_set(e, ERR_TOO_COSTLY, "more than %d messages: name a shorter time", (int)REPLAY_MAX);
    struct sent *all = ARENA_ARRAY(op->arena, struct sent, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        read_row(rows, i, op->arena, &all[i]);
    for (int i = 0; i < n; i++)
        if (!put_again(op, &all[i], STR_NONE, &ignored, e) || !mark(op, all[i].message_id, "resubmitted", e))
            return err_wrap(e, "message %lld", (long long)all[i].message_id);
    *ret_count = n;
    return true;
}
