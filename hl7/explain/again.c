/* A refused message given once more, as it was or as somebody edited it: through the gate like any other, as the one
 * who asks, in the department of the original. Both rows are kept; an accepted one settles its original. */
#include "hl7/explain/explain_priv.h"

#include "base/json.h"
#include "schema/queries.h"

enum { ACK_MAX = 1 << 20 };

static bool load(struct again *g, struct db *db, struct str access, struct err *e)
{
    struct db_args args = db_args(g->arena);
    db_text_opt(&args, access);
    db_int(&args, g->original);
    const struct db_rows *r = db_run(db, &Q_message_get, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no message %lld", (long long)g->original) : false;
    if (!str_is(db_get(r, 0, 6), "refused") || db_get(r, 0, 10).n)
        return err_set(e, ERR_CONFLICT, "the message was not refused, or is settled already");
    g->control_id = arena_str(g->arena, db_get(r, 0, 3));
    g->patient = arena_str(g->arena, db_get(r, 0, 7));
    g->out.original = g->original;
    g->out.department = arena_str(g->arena, db_get(r, 0, 28));
    if (g->message.n)
        return true;
    g->message = db_get_bytes(r, 0, 17, g->arena);
    g->known = hl7_charset_find(db_get(r, 0, 19));
    return g->message.n || err_set(e, ERR_GONE, "the bytes of message %lld have aged out", (long long)g->original);
}

static void give(struct again *g, struct gate *gate, const struct principal *who)
{
    CLEANUP(buf_release) struct buf ack;
    struct hl7_peer peer = {.gate = gate,
                            .fallback = explain_fallback(),
                            .known = g->known,
                            .address = who->address,
                            .who = *who,
                            .again = &g->out};
    buf_init(&ack, ACK_MAX);
    hl7_receive(&peer, g->message, g->arena, &ack);
    g->ack = arena_str(g->arena, buf_view(&ack));
}

bool again_give(struct again *g, struct gate *gate, const struct principal *who, struct err *e)
{
    struct db *db = db_borrow(gate_pool(gate), 10000, e);
    bool ok = db && load(g, db, str_of(who->departments), e);
    db_return(db);
    if (ok)
        give(g, gate, who);
    return ok;
}

bool explain_resubmit(struct op *op, struct gate_http *h, struct err *e)
{
    struct again g = {.arena = op->arena};
    struct buf b;
    if (!explain_id(h, "id", &g.original, e) || (h->request->body.n && !explain_message(op, h, &g.message, e)))
        return false;
    bool edited = g.message.n > 0;
    db_return(op->db); /* the work borrows its own: none waits for two */
    op->db = NULL;
    if (!again_give(&g, op->gate, op->who, e))
        return false;
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)g.original);
    op->event->patient = g.patient;
    op->event->detail = arena_printf(op->arena, "%s, answered %s, as message %lld", edited ? "edited" : "as it was",
                                     g.out.code[0] ? g.out.code : "nothing", (long long)g.out.message);
    buf_init(&b, EXPLAIN_JSON_MAX);
    buf_putc(&b, '{');
    if (g.out.message)
        json_put_field(&b, "message", arena_printf(op->arena, "%lld", (long long)g.out.message));
    json_put_field(&b, "ackCode", str_of(g.out.code));
    json_put_field(&b, "ack", g.ack);
    json_put_field_opt(&b, "error", str_of(g.out.error));
    buf_putc(&b, '}');
    return explain_json(h, &b, e);
}

/* ---- dismissed, held ---- */

/* of: a message that came; or_of: one that left; NULL: not of those. */
static bool change(struct op *op, int64_t id, const struct db_query *of, const struct db_query *or_of, const bool *flag,
                   struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_int(&args, id);
    if (flag)
        db_bool(&args, *flag);
    const struct db_rows *r = db_run(op->db, of, &args, e);
    if (r && !db_count(r) && or_of)
        r = db_run(op->db, or_of, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no such message, or it is in another state") : false;
    op->event->object_type = STR("Message");
    op->event->object_id = arena_printf(op->arena, "%lld", (long long)id);
    op->event->patient = arena_str(op->arena, db_get(r, 0, 1));
    return true;
}

static bool answer_done(struct gate_http *h)
{
    h->response->status = 204;
    return true;
}

bool explain_dismiss(struct op *op, struct gate_http *h, struct err *e)
{
    int64_t id;
    op->event->detail = STR("dismissed");
    return explain_id(h, "id", &id, e) && change(op, id, &Q_message_dismiss, NULL, NULL, e) && answer_done(h);
}

static bool read_held(const struct gate_http *h, struct json **ret_j, bool *ret_held, struct err *e)
{
    *ret_j = json_parse(h->request->body, e);
    if (!*ret_j)
        return false;
    *ret_held = json_bool(*ret_j, "held", true);
    return true;
}

bool explain_hold(struct op *op, struct gate_http *h, struct err *e)
{
    struct json *j;
    bool held;
    int64_t id;
    if (!read_held(h, &j, &held, e))
        return false;
    json_free(j);
    op->event->detail = held ? STR("held") : STR("released");
    return explain_id(h, "id", &id, e) && change(op, id, &Q_message_hold, &Q_sent_hold, &held, e) && answer_done(h);
}

/* A patient is held in every department at once. */
static bool sees_all(const struct op *op, struct err *e)
{
    return !op->access.n || err_set(e, ERR_FORBIDDEN, "holds of patients are for those who see every department");
}

bool explain_hold_patient(struct op *op, struct gate_http *h, struct err *e)
{
    struct json *j;
    bool held;
    struct db_args args = db_args(op->arena);
    if (!sees_all(op, e) || !read_held(h, &j, &held, e))
        return false;
    struct str patient = arena_str(op->arena, json_str(j, "patient"));
    struct str reason = arena_str(op->arena, json_str(j, "reason"));
    json_free(j);
    if (!patient.n || (held && !reason.n))
        return err_set(e, ERR_REQUIRED, "a hold names a patient and a reason");
    op->event->object_type = STR("Patient");
    op->event->patient = patient;
    op->event->detail = held ? STR("held") : STR("released");
    db_text(&args, patient);
    if (held) {
        db_text(&args, reason);
        db_text(&args, str_of(op->who->name));
    }
    return db_send(op->db, held ? &Q_message_hold_put : &Q_message_hold_end, &args, e) && answer_done(h);
}

bool explain_holds(struct op *op, struct gate_http *h, struct err *e)
{
    static const char *const names[] = {"patient", "reason", "who"};
    char when[CLOCK_TEXT];
    struct buf b;
    struct db_args args = db_args(op->arena);
    const struct db_rows *r = sees_all(op, e) ? db_run(op->db, &Q_message_holds, &args, e) : NULL;
    if (!r)
        return false;
    buf_init(&b, EXPLAIN_JSON_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(&b);
        buf_putc(&b, '{');
        for (int c = 0; c < 3; c++)
            json_put_field(&b, names[c], db_get(r, i, c));
        clock_site_text(db_get_int(r, i, 3), when);
        json_put_field(&b, "since", str_of(when));
        buf_putc(&b, '}');
    }
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return explain_json(h, &b, e);
}
