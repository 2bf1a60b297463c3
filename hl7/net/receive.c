/* One message through the gate: known again or worked on, acknowledged, kept. */
#include <stdio.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "hl7/net/net_priv.h"
#include "hl7/net/profile_priv.h"
#include "hl7/out/out.h"
#include "jobs/jobs.h"
#include "metrics/metrics.h"
#include "tls/tls.h"

enum { TRIAL_ACK_MAX = 1 << 20, CONTROL_ID_MAX = 199, NAME_MAX_CHARS = 20 };

struct receiving {
    struct hl7_peer *peer;
    struct hl7_message message;
    struct receipt receipt;
    struct reply reply;
    bool kept; /* in the journal, once the attempt is committed */
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

/* Its declared set and its bytes leave nothing to what is set for the sender. */
static bool read_well(const struct receiving *c, const struct op *op, bool own, bool utf8)
{
    const struct hl7_quirks *q = &c->message.quirks;
    bool open = q->n[HL7_QUIRK_charset_invalid] || !hl7_get(&c->message, op->arena, "MSH-18").n;
    return !(own && open) && !(utf8 && q->n[HL7_QUIRK_utf8_undeclared]);
}

/* A registered sender's own character set is what an empty MSH-18 means, and what bytes are that do not fit theirs; it
 * may be known to write UTF-8 under another name. What was read before is read the same way again. */
static bool reread(struct receiving *c, const struct op *op, struct err *e)
{
    const struct hl7_charset *own = hl7_charset_find(str_of(op->who->character_set));
    bool utf8 = op->who->kind == PRINCIPAL_HL7 && op->who->peer.utf8;
    struct hl7_reading how = {
        .usual = own ? own : c->peer->usual, .fallback = own ? own : c->peer->fallback, .utf8_first = utf8};
    if (c->peer->known || read_well(c, op, own, utf8))
        return true;
    struct str raw = c->receipt.raw;
    if (!hl7_parse(raw, &how, op->arena, &c->message, e))
        return false;
    describe(c, raw, op->arena);
    return true;
}

/* ---- answering ---- */

static bool answer_error(struct receiving *c, const struct hl7_message *m, const struct err *why, bool kept,
                         struct err *e)
{
    struct hl7_fault told[RECEIPT_FAULTS_MAX + 1];
    struct hl7_ack ack;
    const struct receipt_answer *said = &c->receipt.answer;
    hl7_ack_of_err(why, &told[0], &ack);
    for (size_t i = 0; i < said->faults && ack.n_faults <= RECEIPT_FAULTS_MAX; i++)
        told[ack.n_faults++] = said->fault[i];
    if (c->receipt.answer.refused) {
        ack.type = c->receipt.answer.type;
        ack.segments = c->receipt.answer.segments;
    }
    return reply_write(&c->reply, m, &ack, kept, e);
}

/* Accepted, with what the sender does not expect said as warnings. */
static bool answer_accepted(struct receiving *c, struct op *op, struct err *e)
{
    const struct domain *d = c->receipt.d;
    const struct receipt_answer *said = &c->receipt.answer;
    struct hl7_fault *told = ARENA_ARRAY(op->arena, struct hl7_fault, d->warning_count + said->notes + 1);
    struct hl7_ack ack = {.code = "AA", .faults = told, .type = said->type, .segments = said->segments};
    for (size_t i = 0; i < said->notes; i++)
        told[ack.n_faults++] = said->note[i];
    for (size_t i = 0; i < d->warning_count; i++)
        if (d->told[i])
            told[ack.n_faults++] = (struct hl7_fault){.severity = 'W', .text = d->warning[i]};
    return reply_write(&c->reply, c->receipt.m, &ack, true, e);
}

/* What is answered apart leaves by a destination's queue, or a job, of the same transaction. */
static bool send_apart(const struct receiving *c, struct op *op, int64_t message, struct err *e)
{
    const struct reply *r = &c->reply;
    const struct receipt *of = &c->receipt;
    struct str to = str_of(op->who->peer.ack_return);
    if (c->trial || !r->enhanced || !r->apart || r->split == r->to->n)
        return true;
    if (str_starts(to, AUTH_DESTINATION)) {
        const struct hl7_acknowledgement ack = {.destination = str_sub(to, sizeof AUTH_DESTINATION - 1, to.n),
                                                .bytes =
                                                    arena_str(op->arena, str_sub(buf_view(r->to), r->split, r->to->n)),
                                                .message = message,
                                                .department = op->department,
                                                .patient_id = of->patient_id,
                                                .accession = of->accession};
        return hl7_out_acknowledge(op->db, op->arena, &ack, e);
    }
    struct str payload = arena_printf(op->arena, "%lld %s", (long long)message, op->who->peer.ack_return);
    return jobs_put(op->db, JOB_HL7_ACK, payload, 0, e);
}

static bool keep(struct receiving *c, struct op *op, const struct err *why, struct err *e)
{
    c->receipt.ack_split = c->reply.split - c->reply.from;
    return c->trial || (journal_put(op, &c->receipt, c->peer, reply_bytes(&c->reply), why, e) &&
                        send_apart(c, op, c->receipt.id, e));
}

/* ---- inside the gate ---- */

static bool check_control_id(const struct receipt *r, struct err *e)
{
    size_t n = r->header.control_id.n;
    if (n > 0 && n <= CONTROL_ID_MAX)
        return true;
    if (n)
        err_set(e, ERR_INVALID, "the control id is longer than %d bytes", CONTROL_ID_MAX);
    else
        err_set(e, ERR_REQUIRED, "the message has no control id");
    return err_at(e, "MSH^1^10");
}

static bool check_trigger(const struct receipt *r, struct err *e)
{
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

static bool replay(struct receiving *c, struct op *op, const struct journal_found *f, struct err *e)
{
    c->repeated = true;
    op->event->kind = AUDIT_MESSAGE_REPLAY;
    reply_stored(&c->reply, f->ack, f->ack_split);
    return c->trial || (send_apart(c, op, f->id, e) && journal_settle(op, c->peer, e));
}

/* What a failed attempt did is rolled back: its event names the message only. */
static bool apply(struct receiving *c, struct op *op, struct err *e)
{
    const struct audit_event clean = *op->event;
    struct receipt *r = &c->receipt;
    bool link_only;
    bool ok = sequence_take(op, r, &c->reply, &link_only, e) && (link_only || check_trigger(r, e));
    bool done = ok && (link_only || r->trigger->handler(op, r, e));
    if (ok && !done)
        survey(r, e);
    ok = done && answer_accepted(c, op, e) && keep(c, op, NULL, e);
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
    if (p->broken) { /* better stopped than read along other rules than its site asked for */
        err_set(e, ERR_PROCESSING, "the conformance profile of this sender can not be used by this release");
        return err_at(e, "MSH^1^3");
    }
    r->log->over = &p->rows;
    return profile_judge(p, r, e);
}

static void begin(struct receiving *c, struct op *op)
{
    struct receipt *r = &c->receipt;
    c->reply.apart = op->who->kind == PRINCIPAL_HL7 && op->who->peer.ack_return[0];
    r->patient_id = r->accession = STR_NONE;
    r->answer = (struct receipt_answer){.type = NULL};
    r->d = ARENA_NEW(op->arena, struct domain);
    *r->d = gate_domain(op);
    r->d->said = r->message_time;
    r->log = trace_start(r->d);
    r->id = 0;
    r->trace = STR_NONE;
    op->event->object_type = STR("Message");
    op->event->object_id = r->header.control_id;
}

/* Another content under a known control id: by the peer's setting. */
static bool judge_reused(const struct op *op, struct receipt *r, struct err *e)
{
    if (op->who->kind == PRINCIPAL_HL7 && op->who->peer.refuse_reused) {
        err_set(e, ERR_REUSED, "the control id was used before, for another content");
        return err_at(e, "MSH^1^10");
    }
    domain_tell(r->d, "the control id was used before, for another content");
    return true;
}

static bool handle(struct op *op, void *ctx, struct err *e)
{
    struct receiving *c = ctx;
    struct receipt *r = &c->receipt;
    struct journal_found found;
    reply_begin(&c->reply);
    c->repeated = false;
    if (c->peer->again)
        op->department = c->peer->again->department;
    if (!reread(c, op, e))
        return false;
    begin(c, op);
    if (!check_control_id(r, e) || !journal_look(op, r, &found, e))
        return false;
    if (found.same && !c->peer->profile)
        return replay(c, op, &found, e);
    warn_of_reading(r);
    return (!found.reused || judge_reused(op, r, e)) && follow_profile(c, op, e) && apply(c, op, e);
}

static bool keep_refused(struct op *op, void *ctx, const struct err *why, struct err *e)
{
    struct receiving *c = ctx;
    struct receipt *r = &c->receipt;
    struct err ignored;
    bool link_only;
    err_clear(&ignored);
    if (r->header.control_id.n > CONTROL_ID_MAX)
        r->header.control_id = str_utf8_clip(r->header.control_id, CONTROL_ID_MAX);
    /* A message that was refused had its number all the same, or one bad message would stop its sender for good. */
    if (why->code != ERR_SEQUENCE && c->reply.sequenced && !sequence_take(op, r, &c->reply, &link_only, &ignored))
        c->reply.sequenced = false;
    return answer_error(c, r->m, why, true, e) && keep(c, op, why, e);
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
                             .in_turn = true,
                             .principal = &p->who,
                             .arena = a,
                             .handler = handle,
                             .failed = keep_refused,
                             .ctx = c};
    if (!sender_known(p, r->application, r->facility) && !hl7_peer_recognise(p, r->m, a))
        p->who.kind = PRINCIPAL_NONE;
    bool ok = gate_serve(p->gate, &call, e);
    c->kept = ok || call.kept;
    if (ok)
        journal_committed(r);
    return ok;
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
    snprintf(labels, sizeof labels, "%s|%s", peer, c->reply.written ? c->reply.code : "none");
    metrics_add(METRIC_HL7_PEER_MESSAGES, labels, 1);
    metrics_observe(METRIC_HL7_PEER_SECONDS, peer, seconds);
}

static void count_order(const struct receiving *c, double seconds)
{
    const struct trigger *t = c->receipt.trigger;
    bool order = t && (t->map == HL7_MAP_ORDER || t->map == HL7_MAP_IMAGING);
    if (order && c->reply.written && !c->repeated && c->reply.code[1] == 'A')
        metrics_observe(METRIC_ORDER_TO_WORKLIST, t->name, seconds);
}

static void count(const struct receiving *c, clock_us began)
{
    char labels[64];
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    const char *trigger = c->receipt.trigger ? c->receipt.trigger->name : "other";
    snprintf(labels, sizeof labels, "%s|%s", trigger, c->reply.written ? c->reply.code : "none");
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
    if (!answer_error(c, header ? &c->message : NULL, why, false, &e))
        log_err("hl7", &e);
    gate_refuse(c->peer->gate, door_of(c->peer), c->peer->address, why);
}

static void tell_again(const struct receiving *c, const struct err *why)
{
    struct hl7_resubmission *again = c->peer->again;
    if (!again)
        return;
    again->message = c->receipt.id;
    str_copy(again->code, sizeof again->code, str_of(c->reply.written ? c->reply.code : ""));
    str_copy(again->error, sizeof again->error, str_of(why->text));
}

/* What goes apart is not for this connection. */
static void finish(struct receiving *c, clock_us began)
{
    const struct reply *r = &c->reply;
    struct hl7_outcome *o = &c->peer->outcome;
    if (r->written && r->enhanced && r->apart && c->kept)
        r->to->n = r->split;
    *o = (struct hl7_outcome){.answered = r->written, .kept = c->kept, .application_from = r->split};
    str_copy(o->code, sizeof o->code, str_of(r->written ? r->code : ""));
    count(c, began);
}

static void refused(struct receiving *c, const struct err *why)
{
    struct err e;
    err_clear(&e);
    log_info("hl7", "%s from %s refused: %s", c->receipt.trigger ? c->receipt.trigger->name : "a message",
             c->peer->address, why->text);
    /* What the journal has was told; an answer that did not commit is none. */
    bool told = c->kept && c->reply.written && c->reply.code[1] != 'A';
    if (!told && !answer_error(c, &c->message, why, false, &e))
        log_err("hl7", &e);
}

void hl7_receive(struct hl7_peer *peer, struct str message, struct arena *a, struct buf *ret_ack)
{
    struct receiving c = {.peer = peer, .reply = {.to = ret_ack, .from = ret_ack->n, .split = ret_ack->n}};
    struct hl7_reading how = {.known = peer->known, .usual = peer->usual, .fallback = peer->fallback};
    struct err e;
    clock_us began = clock_monotonic();
    err_clear(&e);
    peer->outcome = (struct hl7_outcome){.application_from = ret_ack->n};
    if (!hl7_parse(message, &how, a, &c.message, &e)) {
        refuse_bytes(&c, message, a, &e);
        finish(&c, began);
        return;
    }
    describe(&c, message, a);
    hl7_quirks_count(&c.message.quirks);
    if (failpoint("hl7.received"))
        return;
    if (!serve(&c, a, &e))
        refused(&c, &e);
    profile_release(c.profile);
    tell_again(&c, &e);
    finish(&c, began);
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
    struct str all = buf_view(c->reply.to);
    struct str bytes = c->reply.split < all.n ? str_sub(all, c->reply.split, all.n) : reply_bytes(&c->reply);
    bytes = arena_str(a, bytes);
    *t =
        (struct hl7_trial){.trigger = r->name,
                           .control_id = r->header.control_id,
                           .application = r->application,
                           .facility = r->facility,
                           .charset = r->m ? str_of(r->m->charset.read_as ? r->m->charset.read_as->name : "") : STR(""),
                           .ack = bytes,
                           .code = c->reply.code ? c->reply.code : "",
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
    struct receiving c = {.peer = peer, .reply = {.to = &ack}, .trial = true};
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
    if (!ok && !answer_error(&c, header ? &c.message : NULL, e, true, &second))
        log_err("hl7", &second);
    put_trial(&c, op->arena, ret_trial);
    profile_release(c.profile);
    return ok;
}
