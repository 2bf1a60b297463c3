/* From changes to messages that wait: each is composed here, once, in the transaction that numbers it. */
#include "hl7/out/out_priv.h"

#include "base/log.h"
#include "record/record.h"
#include "schema/queries.h"

static const struct message_row messages[] = {
#define MESSAGE(event, kind, style, type, control, form) \
    {HL7_##event, SEND_##kind, STYLE_##style, type, control, SHAPE_##form},
#include "hl7/out/messages.def"
#undef MESSAGE
};
enum { MESSAGES = sizeof messages / sizeof messages[0] };

struct round {
    struct domain *d;
    struct hl7_destination *destination;
    size_t count;
};

/* ---- rows ---- */

bool queue_put(struct db *db, struct arena *a, const struct queued *q, struct err *e)
{
    int64_t number;
    struct db_args args = db_args(a);
    const struct composed *m = q->message;
    if (!outbox_number(db, a, q->to->id, &number, e))
        return false;
    if (!number)
        return true; /* it was removed meanwhile */
    db_int(&args, m->message_id);
    db_int(&args, q->to->id);
    db_int(&args, number);
    const struct str head[] = {m->control_id, q->trigger, q->event, q->source};
    for (size_t i = 0; i < 4; i++)
        db_text(&args, head[i]);
    db_int(&args, q->version);
    const struct str more[] = {q->department, q->patient_id, q->accession, q->why ? STR("dead") : STR("queued"),
                               q->why ? arena_str(a, str_of(q->why->text)) : STR("")};
    for (size_t i = 0; i < 5; i++)
        db_text(&args, more[i].p ? more[i] : STR(""));
    db_texts(&args, m->warning, m->warnings);
    if (q->replaces)
        db_int(&args, q->replaces);
    else
        db_null(&args);
    db_bytes(&args, m->raw);
    return db_send(db, &Q_hl7_sent_put, &args, e);
}

static struct str trigger_of(struct arena *a, const char *type)
{
    struct str rest = str_of(type), kind, event;
    str_next(&rest, '^', &kind);
    str_next(&rest, '^', &event);
    return arena_printf(a, "%.*s^%.*s", STR_ARG(kind), STR_ARG(event));
}

/* Is it the database, whose failure ends the round, or this message, which becomes a dead letter? */
static bool passing(const struct err *why)
{
    return why->code == ERR_UNAVAILABLE || why->code == ERR_CONFLICT || why->code == ERR_TIMEOUT;
}

static bool put_told(const struct telling *t, const struct hl7_destination *to, const struct message_row *m,
                     struct err *e)
{
    struct err why = {0};
    struct composed c = {.message_id = 0};
    bool ok = compose(t, to, m, &c, &why);
    if (!ok && passing(&why)) {
        *e = why;
        return false;
    }
    if (!ok)
        log_warning("hl7", "destination '%.*s': a message could not be composed: %s", STR_ARG(to->name), why.text);
    struct queued q = {.to = to,
                       .message = &c,
                       .trigger = trigger_of(t->d->arena, m->type),
                       .event = str_of(event_name(t->event)),
                       .source = t->source,
                       .department = t->department,
                       .patient_id = t->value[FIELD_PATIENT_ID],
                       .accession = t->value[FIELD_ACCESSION_NUMBER],
                       .version = t->version,
                       .why = ok ? NULL : &why};
    return queue_put(t->d->db, t->d->arena, &q, e);
}

/* ---- who is told what ---- */

static bool told_by_order(enum hl7_event event)
{
    for (size_t i = 0; i < MESSAGES; i++)
        if (messages[i].event == event && messages[i].send == SEND_ORDER)
            return true;
    return false;
}

static bool wants(const struct hl7_destination *to, const struct message_row *m)
{
    if (!(to->sends & m->send) || (m->style && m->style != destination_style(to)))
        return false;
    return m->send != SEND_STATUS || !(to->sends & SEND_ORDER) || !told_by_order(m->event);
}

static bool fits(const struct hl7_destination *to, const struct telling *t, const struct message_row *m)
{
    if (!list_has(to->departments, t->department))
        return false;
    return m->send == SEND_PATIENT ||
           (list_has(to->modalities, t->value[FIELD_MODALITY]) && list_has(to->placers, t->value[FIELD_PLACER_ISSUER]));
}

static bool tell_all(struct round *r, const struct telling *t, struct err *e)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct hl7_destination *to = &r->destination[i];
        if (!to->echo && destination_is(to, t->origin))
            continue;
        for (size_t k = 0; k < MESSAGES; k++)
            if (messages[k].event == t->event && wants(to, &messages[k]) && fits(to, t, &messages[k]) &&
                !put_told(t, to, &messages[k], e))
                return err_wrap(e, "destination '%.*s'", STR_ARG(to->name));
    }
    return true;
}

static bool fill(struct telling *t, const struct happening *x, bool *ret_told, struct err *e)
{
    *ret_told = true;
    if (x->event == HL7_PATIENT_MERGED)
        return tell_merge(t, &x->now, x->other, e);
    if (str_is(x->now.type, "Task"))
        return tell_step(t, x->rid, &x->now, ret_told, e);
    if (str_is(x->now.type, "ServiceRequest"))
        return tell_order(t, &x->now, e);
    if (str_is(x->now.type, "DiagnosticReport"))
        return tell_report(t, &x->now, e);
    return str_is(x->now.type, "Encounter") ? tell_visit(t, &x->now, e) : tell_patient(t, &x->now, e);
}

/* Nobody of them is told of it: nothing needs to be read. */
static bool anybody(const struct round *r, const struct happening *x)
{
    for (size_t k = 0; k < MESSAGES; k++)
        for (size_t i = 0; messages[k].event == x->event && i < r->count; i++)
            if (wants(&r->destination[i], &messages[k]))
                return true;
    return false;
}

static bool tell_happening(struct round *r, const struct happening *x, struct str origin, struct err *e)
{
    bool told;
    if (!anybody(r, x))
        return true;
    struct telling *t = ARENA_NEW(r->d->arena, struct telling);
    *t = (struct telling){.d = r->d, .event = x->event, .origin = origin, .text = STR_NONE};
    return fill(t, x, &told, e) && (!told || tell_all(r, t, e));
}

/* ---- what came, as it came ---- */

static bool wants_trigger(const struct hl7_destination *to, struct str trigger)
{
    struct str rest = to->forward, one;
    while (rest.n && str_next(&rest, ',', &one)) {
        one = str_trim(one);
        size_t star = str_find(one, '*');
        if (str_eq(one, trigger) || (star < one.n && str_eq(str_sub(one, 0, star), str_sub(trigger, 0, star))))
            return true;
    }
    return false;
}

static bool put_forward(struct round *r, const struct hl7_destination *to, struct queued *q, const struct came *came,
                        struct err *e)
{
    struct err why = {0};
    struct composed c = {.message_id = 0};
    bool ok = compose_forward(r->d, to, came, &c, &why);
    q->to = to;
    q->message = &c;
    q->why = ok ? NULL : &why;
    return queue_put(r->d->db, r->d->arena, q, e);
}

static bool forward(struct round *r, const struct outbox_change *change, struct err *e)
{
    struct arena *a = r->d->arena;
    struct db_args args = db_args(a);
    db_int(&args, change->rid);
    const struct db_rows *rows = db_run(r->d->db, &Q_hl7_message_get, &args, e);
    if (!rows || !db_count(rows))
        return rows != NULL;
    struct queued q = {.trigger = arena_str(a, db_get(rows, 0, 0)),
                       .event = STR("FORWARD"),
                       .source = arena_printf(a, "message/%lld", (long long)change->rid),
                       .patient_id = arena_str(a, db_get(rows, 0, 2)),
                       .accession = arena_str(a, db_get(rows, 0, 3)),
                       .department = arena_str(a, db_get(rows, 0, 4))};
    struct str sender = arena_str(a, db_get(rows, 0, 5));
    const struct came came = {db_get_bytes(rows, 0, 1, a), hl7_charset_find(db_get(rows, 0, 6))};
    for (size_t i = 0; i < r->count; i++) {
        const struct hl7_destination *to = &r->destination[i];
        bool due = wants_trigger(to, q.trigger) && (to->echo || !destination_is(to, sender)) &&
                   list_has(to->departments, q.department);
        if (due && !put_forward(r, to, &q, &came, e))
            return false;
    }
    return true;
}

bool hl7_out_received(struct db *db, struct arena *a, int64_t message_id, struct err *e)
{
    const struct outbox_note note = {.rid = message_id, .type = STR(RECEIVED_TYPE)};
    return outbox_note(db, a, &note, e);
}

/* ---- acknowledgements that go apart ---- */

bool hl7_out_acknowledge(struct db *db, struct arena *a, const struct hl7_acknowledgement *ack, struct err *e)
{
    struct hl7_destination to;
    struct hl7_message m;
    struct hl7_header h;
    struct composed c = {.message_id = record_rid_new(), .raw = ack->bytes};
    bool found;
    if (!destination_find(db, a, ack->destination, &to, &found, e) || !hl7_parse_header(ack->bytes, NULL, a, &m, e))
        return false;
    if (!found) {
        log_error("hl7", "an acknowledgement can not be returned: no destination '%.*s'", STR_ARG(ack->destination));
        return true;
    }
    hl7_header(&m, a, &h);
    c.control_id = str_trim(h.control_id);
    struct queued q = {.to = &to,
                       .message = &c,
                       .trigger = arena_printf(a, "%.*s^%.*s", STR_ARG(h.type), STR_ARG(h.event)),
                       .event = STR("ACKNOWLEDGE"),
                       .source = arena_printf(a, "message/%lld", (long long)ack->message),
                       .department = ack->department,
                       .patient_id = ack->patient_id,
                       .accession = ack->accession};
    return queue_put(db, a, &q, e);
}

/* ---- all changes ---- */

static bool look(struct round *r, const struct outbox_change *changes, size_t n, struct err *e)
{
    struct happenings h = {.d = r->d};
    for (size_t i = 0; i < n; i++)
        if (str_is(changes[i].type, RECEIVED_TYPE) && !forward(r, &changes[i], e))
            return false;
    if (!happenings_find(&h, changes, n, e))
        return false;
    for (size_t i = 0; i < h.n; i++)
        if (!tell_happening(r, &h.list[i], changes[0].origin, e))
            return false;
    return db_flush(r->d->db, e); /* what was queued borrows from the arena */
}

static size_t transaction(const struct outbox_change *changes, size_t n)
{
    size_t i = 1;
    while (i < n && changes[i].transaction == changes[0].transaction)
        i++;
    return i;
}

bool queue_changed(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e)
{
    struct arena keep, each;
    struct principal who = auth_system();
    struct domain d = {.arena = &each,
                       .db = db,
                       .department = STR(""),
                       .who = &who,
                       .policy = gate_policy(hl7_out_service.config.gate)};
    struct round r = {.d = &d};
    (void)ctx;
    arena_init(&keep);
    arena_init(&each);
    bool ok = destinations_load(db, &keep, &r.destination, &r.count, e);
    for (size_t i = 0, step; ok && r.count && i < n; i += step) {
        step = transaction(&changes[i], n - i);
        ok = look(&r, &changes[i], step, e);
        arena_reset(&each);
        d.warning_count = 0;
    }
    arena_release(&each);
    arena_release(&keep);
    return ok;
}
