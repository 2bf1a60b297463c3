/* One message through the gate: known again or worked on, acknowledged, kept. */
#include <stdio.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "hl7/net/net_priv.h"
#include "hl7/net/profile_priv.h"
#include "metrics/metrics.h"
#include "tls/tls.h"

enum { TRIAL_ACK_MAX = 1 << 20, CONTROL_ID_MAX = 199, NAME_MAX_CHARS = 20 };

struct receiving {
    struct hl7_peer *peer;
    struct hl7_message message;
    struct receipt receipt;
    struct buf *ack;
    size_t ack_from; /* where it begins in the buffer */
    const char *code;
    bool answered;
    bool trial, repeated;
    struct profile_live *profile; /* the sender's, held until the message is done */
};

/* ---- reading ---- */

/* MSH-7 is left out: a sender that repeats a message may stamp it anew. */
static void hash_content(const struct hl7_message *m, unsigned char ret_hash[TLS_SHA256])
{
    struct tls_sha256_stream s;
    struct str when = hl7_field(&m->segments[0], 7);
    size_t from = when.p ? (size_t)(when.p - m->text.p) : m->text.n;
    tls_sha256_init(&s);
    tls_sha256_update(&s, m->text.p, from);
    if (from + when.n < m->text.n)
        tls_sha256_update(&s, m->text.p + from + when.n, m->text.n - from - when.n);
    tls_sha256_final(&s, ret_hash);
}

static int64_t message_time(const struct hl7_message *m, struct arena *a)
{
    struct hl7_dtm dtm;
    struct str text = hl7_get(m, a, "MSH-7");
    return text.n && hl7_dtm_parse(text, m, &dtm, NULL) ? clock_of(&dtm.date) : 0;
}

static void describe(struct receiving *c, struct str raw, struct arena *a)
{
    struct receipt *r = &c->receipt;
    const struct hl7_message *m = &c->message;
    *r = (struct receipt){.m = m, .raw = raw};
    hl7_header(m, a, &r->header);
    sender_names(m, a, &r->application, &r->facility);
    r->trigger = trigger_find(r->header.type, r->header.event);
    struct str said = arena_printf(a, "%.*s^%.*s", STR_ARG(r->header.type), STR_ARG(r->header.event));
    r->name = r->trigger ? str_of(r->trigger->name) : said;
    r->name = str_utf8_clip(r->name, NAME_MAX_CHARS);
    r->message_time = message_time(m, a);
    hash_content(m, r->hash);
}

/* A registered sender's own character set is what an empty MSH-18 means, and what bytes are that do not fit theirs. */
static bool reread(struct receiving *c, const struct op *op, struct err *e)
{
    const struct hl7_charset *own = hl7_charset_find(str_of(op->who->character_set));
    struct hl7_reading how = {.usual = own, .fallback = own};
    bool fits = hl7_get(&c->message, op->arena, "MSH-18").n && !c->message.quirks.n[HL7_QUIRK_charset_invalid];
    if (!own || fits)
        return true;
    struct str raw = c->receipt.raw;
    if (!hl7_parse(raw, &how, op->arena, &c->message, e))
        return false;
    describe(c, raw, op->arena);
    return true;
}

/* ---- answering ---- */

/* Begins anew: an attempt may be repeated. */
static bool answer(struct receiving *c, const struct hl7_message *m, const struct hl7_ack *ack, struct err *e)
{
    c->ack->n = c->ack_from;
    c->answered = hl7_ack_write(m, ack, c->ack, NULL, e);
    c->code = ack->code;
    if (!c->answered)
        c->ack->n = c->ack_from;
    return c->answered;
}

static bool answer_accepted(struct receiving *c, struct err *e)
{
    const struct receipt_answer *said = &c->receipt.answer;
    const struct hl7_ack ack = {.code = "AA",
                                .faults = said->note,
                                .n_faults = said->notes,
                                .type = said->type,
                                .segments = said->segments};
    return answer(c, c->receipt.m, &ack, e);
}

static bool answer_error(struct receiving *c, const struct hl7_message *m, const struct err *why, struct err *e)
{
    struct hl7_fault fault;
    struct hl7_ack ack;
    hl7_ack_of_err(why, &fault, &ack);
    if (c->receipt.answer.refused) {
        ack.type = c->receipt.answer.type;
        ack.segments = c->receipt.answer.segments;
    }
    return answer(c, m, &ack, e);
}

static struct str answered_bytes(const struct receiving *c)
{
    struct str all = buf_view(c->ack);
    return str_sub(all, c->ack_from, all.n);
}

/* ---- inside the gate ---- */

static bool check_header(const struct receipt *r, struct err *e)
{
    if (!r->header.control_id.n || r->header.control_id.n > CONTROL_ID_MAX) {
        if (r->header.control_id.n)
            err_set(e, ERR_INVALID, "the control id is longer than %d bytes", CONTROL_ID_MAX);
        else
            err_set(e, ERR_REQUIRED, "the message has no control id");
        return err_at(e, "MSH^1^10");
    }
    if (r->trigger)
        return true;
    err_set(e, ERR_TRIGGER, "this message type and trigger event are not taken here");
    return err_at(e, "MSH^1^9");
}

static void warn_of_reading(struct receipt *r)
{
    const struct hl7_quirks *q = &r->m->quirks;
    for (int i = 0; i < HL7_QUIRKS; i++)
        if (q->n[i])
            domain_warn(r->d, "%s: %zu (%s)", hl7_quirk_rows[i].name, q->n[i], hl7_quirk_rows[i].meaning);
    if (!r->message_time)
        domain_warn(r->d, "MSH-7 is no time: the order of messages can not be told");
}

static bool replay(struct receiving *c, struct op *op, struct str stored, struct err *e)
{
    c->repeated = true;
    op->event->kind = AUDIT_MESSAGE_REPLAY;
    c->ack->n = c->ack_from;
    buf_str(c->ack, stored);
    c->code = "AA";
    c->answered = true;
    return c->trial || journal_settle(op, c->peer, e);
}

/* What a failed attempt did is rolled back: its event names the message only. */
static bool apply(struct receiving *c, struct op *op, struct err *e)
{
    const struct audit_event clean = *op->event;
    struct receipt *r = &c->receipt;
    bool ok = r->trigger->handler(op, r, e) && answer_accepted(c, e) &&
              (c->trial || journal_put(op, r, c->peer, answered_bytes(c), NULL, e));
    if (!ok)
        *op->event = clean;
    return ok;
}

/* The rules and rows of the sender's profile. */
static bool follow_profile(struct receiving *c, struct op *op, struct err *e)
{
    struct receipt *r = &c->receipt;
    const struct profile_live *given = c->peer->profile;
    if (!given && !c->profile && !profile_hold(op->db, r->application, r->facility, &c->profile, e))
        return false;
    const struct profile_live *p = given ? given : c->profile;
    if (!p)
        return true;
    r->log->over = &p->rows;
    return profile_judge(p, r, e);
}

static bool handle(struct op *op, void *ctx, struct err *e)
{
    struct receiving *c = ctx;
    struct receipt *r = &c->receipt;
    struct str stored;
    bool reused;
    c->answered = c->repeated = false;
    if (c->peer->again)
        op->department = c->peer->again->department;
    if (!reread(c, op, e))
        return false;
    r->patient_id = r->accession = STR_NONE;
    r->answer = (struct receipt_answer){.type = NULL};
    r->d = ARENA_NEW(op->arena, struct domain);
    *r->d = gate_domain(op);
    r->log = trace_start(r->d);
    r->id = 0;
    op->event->object_type = STR("Message");
    op->event->object_id = r->header.control_id;
    if (!check_header(r, e) || !journal_look(op, r, &stored, &reused, e))
        return false;
    if (stored.n && !c->peer->profile)
        return replay(c, op, stored, e);
    warn_of_reading(r);
    if (reused)
        domain_warn(r->d, "the control id was used before, for another content");
    return follow_profile(c, op, e) && apply(c, op, e);
}

static bool keep_refused(struct op *op, void *ctx, const struct err *why, struct err *e)
{
    struct receiving *c = ctx;
    struct receipt *r = &c->receipt;
    if (r->header.control_id.n > CONTROL_ID_MAX)
        r->header.control_id = str_utf8_clip(r->header.control_id, CONTROL_ID_MAX);
    return answer_error(c, r->m, why, e) && journal_put(op, r, c->peer, answered_bytes(c), why, e);
}

/* ---- the sender ---- */

static const char *door_of(const struct hl7_peer *p)
{
    return p->door ? p->door : p->again ? "http" : "mllp";
}

static bool serve(struct receiving *c, struct arena *a, struct err *e)
{
    const struct receipt *r = &c->receipt;
    struct hl7_peer *p = c->peer;
    struct gate_act act = {.request = r->trigger ? r->trigger->name : "unknown trigger",
                           .permission = r->trigger ? r->trigger->permission : PERM_HL7_SEND,
                           .audit = r->trigger ? r->trigger->audit : AUDIT_BAD_INPUT,
                           .tx = GATE_WRITE};
    struct gate_call call = {.act = &act,
                             .door = door_of(p),
                             .credentials = {.kind = CREDENTIALS_HL7,
                                             .application = r->application,
                                             .facility = r->facility,
                                             .certificate = p->certificate,
                                             .address = p->address,
                                             .loopback = p->loopback,
                                             .encrypted = p->encrypted},
                             .principal = &p->who,
                             .arena = a,
                             .handler = handle,
                             .failed = keep_refused,
                             .ctx = c};
    if (!sender_known(p, r->application, r->facility) && !hl7_peer_recognise(p, r->m, a))
        p->who.kind = PRINCIPAL_NONE;
    return gate_serve(p->gate, &call, e);
}

/* ---- the whole ---- */

/* Registered names only: what a stranger calls itself is no label. */
static void count_peer(const struct receiving *c, double seconds)
{
    char peer[96] = "unknown", labels[120];
    const struct principal *who = &c->peer->who;
    if (who->kind == PRINCIPAL_HL7 && !c->peer->again)
        str_copy(peer, sizeof peer, str_of(who->name));
    for (char *p = peer; *p; p++)
        *p = *p == '|' ? '/' : *p;
    snprintf(labels, sizeof labels, "%s|%s", peer, c->answered ? c->code : "none");
    metrics_add(METRIC_HL7_PEER_MESSAGES, labels, 1);
    metrics_observe(METRIC_HL7_PEER_SECONDS, peer, seconds);
}

static void count_order(const struct receiving *c, double seconds)
{
    const struct trigger *t = c->receipt.trigger;
    bool order = t && (t->map == HL7_MAP_ORDER || t->map == HL7_MAP_IMAGING);
    if (order && c->answered && !c->repeated && c->code[1] == 'A')
        metrics_observe(METRIC_ORDER_TO_WORKLIST, t->name, seconds);
}

static void count(const struct receiving *c, clock_us began)
{
    char labels[64];
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    const char *trigger = c->receipt.trigger ? c->receipt.trigger->name : "other";
    snprintf(labels, sizeof labels, "%s|%s", trigger, c->answered ? c->code : "none");
    metrics_add(METRIC_HL7_MESSAGES, labels, 1);
    metrics_observe(METRIC_HL7_SECONDS, trigger, seconds);
    count_peer(c, seconds);
    count_order(c, seconds);
}

/* Nothing that can be worked on: said to the sender as far as its MSH can be read. */
static void refuse_bytes(struct receiving *c, struct str raw, struct arena *a, const struct err *why)
{
    struct hl7_reading how = {.fallback = c->peer->fallback};
    struct err e;
    err_clear(&e);
    bool header = hl7_parse_header(raw, &how, a, &c->message, &e);
    if (!answer_error(c, header ? &c->message : NULL, why, &e))
        log_err("hl7", &e);
    gate_refuse(c->peer->gate, door_of(c->peer), c->peer->address, why);
}

static void tell_again(const struct receiving *c, const struct err *why)
{
    struct hl7_resubmission *again = c->peer->again;
    if (!again)
        return;
    again->message = c->receipt.id;
    str_copy(again->code, sizeof again->code, str_of(c->answered ? c->code : ""));
    str_copy(again->error, sizeof again->error, str_of(why->text));
}

void hl7_receive(struct hl7_peer *peer, struct str message, struct arena *a, struct buf *ret_ack)
{
    struct receiving c = {.peer = peer, .ack = ret_ack, .ack_from = ret_ack->n};
    struct hl7_reading how = {.usual = peer->usual, .fallback = peer->fallback};
    struct err e, second;
    clock_us began = clock_monotonic();
    err_clear(&e);
    err_clear(&second);
    if (!hl7_parse(message, &how, a, &c.message, &e)) {
        refuse_bytes(&c, message, a, &e);
        count(&c, began);
        return;
    }
    describe(&c, message, a);
    hl7_quirks_count(&c.message.quirks);
    if (failpoint("hl7.received"))
        return;
    if (!serve(&c, a, &e)) {
        log_info("hl7", "%s from %s refused: %s", c.receipt.trigger ? c.receipt.trigger->name : "a message",
                 peer->address, e.text);
        bool told = c.answered && c.code[1] != 'A'; /* as the journal has it; an AA that did not commit is none */
        if (!told && !answer_error(&c, &c.message, &e, &second))
            log_err("hl7", &second);
    }
    profile_release(c.profile);
    tell_again(&c, &e);
    count(&c, began);
}

/* ---- tried, without effect ---- */

static void put_origins(const struct trace_log *log, struct arena *a, struct hl7_trial *t)
{
    size_t room = 0;
    for (const struct trace_walk *w = log->first; w; w = w->next)
        room += w->n;
    t->origin = ARENA_ARRAY(a, struct hl7_origin, room + 1);
    for (const struct trace_walk *w = log->first; w; w = w->next)
        for (size_t i = 0; i < w->n; i++) {
            const struct hl7_trace *from = &w->trace[i];
            struct hl7_origin *o = &t->origin[t->origins];
            if (trace_told(log, w, i))
                continue;
            *o = (struct hl7_origin){w->number, from->field,         w->value[i],         from->deleted,
                                     "",        from->row->location, from->row->transform};
            trace_place(from, o->place);
            t->origins++;
        }
}

static void put_trial(const struct receiving *c, struct arena *a, struct hl7_trial *t)
{
    const struct receipt *r = &c->receipt;
    struct hl7_message ack;
    struct str bytes = arena_str(a, answered_bytes(c));
    *t =
        (struct hl7_trial){.trigger = r->name,
                           .control_id = r->header.control_id,
                           .application = r->application,
                           .facility = r->facility,
                           .charset = r->m ? str_of(r->m->charset.read_as ? r->m->charset.read_as->name : "") : STR(""),
                           .ack = bytes,
                           .code = c->code,
                           .repeated = c->repeated};
    if (hl7_parse(bytes, NULL, a, &ack, NULL))
        t->ack = ack.text;
    if (r->d) {
        t->warning = r->d->warning;
        t->warnings = r->d->warning_count;
    }
    if (r->log)
        put_origins(r->log, a, t);
}

bool hl7_try(struct op *op, struct hl7_peer *peer, struct str message, struct hl7_trial *ret_trial, struct err *e)
{
    CLEANUP(buf_release) struct buf ack;
    struct hl7_reading how = {.usual = peer->usual, .fallback = peer->fallback};
    struct receiving c = {.peer = peer, .ack = &ack, .trial = true};
    struct err second;
    err_clear(&second);
    buf_init(&ack, TRIAL_ACK_MAX);
    bool parsed = hl7_parse(message, &how, op->arena, &c.message, e), ok = parsed;
    if (parsed) {
        describe(&c, message, op->arena);
        op->event->kind = c.receipt.trigger ? c.receipt.trigger->audit : AUDIT_BAD_INPUT;
        ok = handle(op, &c, e);
    }
    bool header = parsed || hl7_parse_header(message, &how, op->arena, &c.message, &second);
    if (!ok && !answer_error(&c, header ? &c.message : NULL, e, &second))
        log_err("hl7", &second);
    put_trial(&c, op->arena, ret_trial);
    profile_release(c.profile);
    return ok;
}
