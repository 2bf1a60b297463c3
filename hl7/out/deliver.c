/* One run of a destination: what waits, in order, until the receiver refuses to decide. */
#include "hl7/out/out_priv.h"

#include "audit/audit.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum { RUN_MAX = 16, HOLD = 1 };

struct item {
    int64_t message_id, number;
    struct str control_id, trigger, patient_id, accession, raw;
    const char *outcome; /* "accepted", "dead"; NULL: not yet */
    struct str code, reason, ack;
};
struct work {
    struct hl7_destination to;
    struct item item[RUN_MAX];
    size_t n, settled;
    bool found, more, tried; /* tried: item[settled] was, in vain */
    bool hold;
};

bool deliver_prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e)
{
    struct work *w = ARENA_NEW(run->arena, struct work);
    struct arena *a = run->arena;
    struct db_args args = db_args(a);
    (void)ctx;
    run->work = w;
    run->upto = run->last;
    if (!destination_get(db, a, run->destination, &w->to, &w->found, e) || !w->found)
        return !w->found && !e->code;
    db_int(&args, run->destination);
    db_int(&args, run->sent + 1);
    db_int(&args, run->last);
    db_int(&args, RUN_MAX);
    const struct db_rows *r = db_run(db, &Q_hl7_sent_due, &args, e);
    w->n = r ? (size_t)db_count(r) : 0;
    for (size_t i = 0; i < w->n; i++)
        w->item[i] = (struct item){.message_id = db_get_int(r, (int)i, 0),
                                   .number = db_get_int(r, (int)i, 1),
                                   .control_id = arena_str(a, db_get(r, (int)i, 2)),
                                   .trigger = arena_str(a, db_get(r, (int)i, 3)),
                                   .patient_id = arena_str(a, db_get(r, (int)i, 4)),
                                   .accession = arena_str(a, db_get(r, (int)i, 5)),
                                   .raw = db_get_bytes(r, (int)i, 6, a)};
    w->more = w->n == RUN_MAX || (w->n && (size_t)db_get_int(r, 0, 7) > w->n);
    return r != NULL;
}

/* ---- sending ---- */

static void decide(struct item *i, const struct hl7_exchange *x)
{
    i->code = arena_str(x->arena, str_of(x->reply.code));
    i->ack = x->raw;
    i->reason = STR("");
    if (x->reply.accepted || !i->code.n)
        i->outcome = "accepted";
    else if (!x->reply.commit)
        i->outcome = "dead";
    if (!i->outcome || i->outcome[0] == 'd')
        i->reason = arena_printf(x->arena, "%s %.*s: %.*s", x->reply.code, STR_ARG(x->reply.condition),
                                 STR_ARG(str_utf8_clip(x->reply.text, 300)));
}

/* False: to be tried again. */
static bool say(struct work *w, struct item *i, struct outbox_run *run, struct hl7_client **client, struct err *e)
{
    struct hl7_exchange x = {.message = i->raw,
                             .control_id = i->control_id,
                             .agreed = (enum hl7_agreed)w->to.acknowledge,
                             .arena = run->arena,
                             .raw = STR("")};
    if (*client && !hl7_client_usable(*client)) { /* it said more than it was asked: that belongs to no message */
        hl7_client_close(*client);
        *client = NULL;
    }
    if (!*client)
        *client = connection_take(&w->to, e);
    bool ok = *client && hl7_client_say(*client, &x, e);
    if (ok) {
        decide(i, &x);
        ok = i->outcome || err_set(e, ERR_UNAVAILABLE, "the receiver did not commit the message (%s)", x.reply.code);
    }
    if (!i->outcome && *client) {
        hl7_client_close(*client);
        *client = NULL;
    }
    if (ok && !w->to.keep_open) {
        hl7_client_close(*client);
        *client = NULL;
    }
    return ok;
}

bool deliver_send(void *ctx, struct outbox_run *run, struct err *e)
{
    struct work *w = run->work;
    struct hl7_client *client = NULL;
    struct err why = {0};
    (void)ctx;
    while (w->settled < w->n && !w->hold && !w->tried) {
        struct item *i = &w->item[w->settled];
        if (!say(w, i, run, &client, &why)) {
            w->tried = true;
            i->reason = i->reason.n ? i->reason : arena_str(run->arena, str_of(why.text));
        } else {
            w->settled++;
            w->hold = i->outcome[0] == 'd' && w->to.on_dead == HOLD;
        }
    }
    if (client)
        connection_give(&w->to, client);
    if (failpoint("hl7.out.answered"))
        return err_set(e, ERR_INTERNAL, "failpoint hl7.out.answered");
    if (w->settled < w->n || w->more)
        run->upto = w->settled ? w->item[w->settled - 1].number : run->sent;
    if (w->settled || !w->tried)
        return true; /* what is left is tried by the next run */
    *e = why;
    return false;
}

/* ---- the outcome ---- */

static void count(const struct work *w, const char *outcome)
{
    char labels[100];
    snprintf(labels, sizeof labels, "%.*s|%s", STR_ARG(w->to.name), outcome);
    metrics_add(METRIC_HL7_SENT, labels, 1);
}

static bool settle(struct db *db, struct outbox_run *run, const struct work *w, const struct item *i, struct err *e)
{
    struct principal who = auth_system();
    struct db_args args = db_args(run->arena);
    bool dead = i->outcome[0] == 'd';
    struct audit_event ev = {.kind = dead ? AUDIT_MESSAGE_DEAD : AUDIT_MESSAGE_SEND,
                             .outcome = dead ? AUDIT_SERIOUS : AUDIT_SUCCESS,
                             .who = &who,
                             .door = "job",
                             .request = i->trigger,
                             .object_type = STR("Message"),
                             .object_id = arena_printf(run->arena, "%lld", (long long)i->message_id),
                             .patient = i->patient_id,
                             .accession = i->accession,
                             .detail = arena_printf(run->arena, "destination '%.*s' answered %.*s", STR_ARG(w->to.name),
                                                    STR_ARG(i->code.n ? i->code : STR("nothing")))};
    db_int(&args, i->message_id);
    const struct str text[] = {str_of(i->outcome), i->code, i->reason};
    for (size_t k = 0; k < 3; k++)
        db_text(&args, text[k]);
    db_bytes(&args, i->ack);
    if (dead)
        log_error("hl7", "destination '%.*s' refused message %lld for good (%.*s): it is a dead letter",
                  STR_ARG(w->to.name), (long long)i->message_id, STR_ARG(i->code));
    count(w, i->outcome);
    return db_send(db, &Q_hl7_sent_settle, &args, e) && audit_write(db, &ev, e);
}

static bool note_failure(struct db *db, struct outbox_run *run, const struct work *w, struct err *e)
{
    const struct item *i = &w->item[w->settled];
    struct db_args args = db_args(run->arena);
    db_int(&args, i->message_id);
    db_text(&args, i->reason.n ? i->reason : STR(""));
    db_text(&args, i->code.n ? i->code : STR(""));
    db_bytes(&args, i->ack.n ? i->ack : STR(""));
    count(w, "failed");
    return db_send(db, &Q_hl7_sent_failed, &args, e);
}

bool deliver_done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e)
{
    struct work *w = run->work;
    (void)ctx;
    (void)why;
    if (!w || !w->found)
        return true;
    for (size_t i = 0; i < w->settled; i++)
        if (!settle(db, run, w, &w->item[i], e))
            return false;
    if (w->tried && !note_failure(db, run, w, e))
        return false;
    if (!w->hold)
        return true;
    log_error("hl7", "destination '%.*s' is paused: its dead letter must be decided on", STR_ARG(w->to.name));
    return outbox_pause(db, run->arena, run->destination, true, e);
}
