/* One MLLP connection: bytes to frames, each frame to an acknowledgement, under its deadlines. */
#include <poll.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"
#include "hl7/codec/batch.h"
#include "hl7/door/door_priv.h"

enum {
    READ_SIZE = 64 * 1024,
    ACK_MAX = 64 << 20,
    JUNK_MAX = 64 * 1024,
    LONE_END_US = 200000,
    COMMIT = 0x06,
    NO_COMMIT = 0x15,
    SECOND = 1000000
};

struct connection {
    struct hl7_listener *l;
    const struct connection_limits *limits;
    struct wire wire;
    struct tls_peer certificate;
    struct hl7_peer peer;
    const struct peer_settings *own; /* the peer's settings; all 0 while nobody is known */
    struct share *share;
    char shared_row[160];
    struct hl7_mllp decoder;
    struct arena arena;
    struct buf ack, frame;
    char *bytes;
    bool recognised;      /* the MSH of the present message has been looked at */
    size_t looked;        /* how much of the frame has been looked through for the end of its MSH */
    clock_us frame_began; /* 0: between messages */
    clock_us last_heard;
};

static bool send_frame(struct connection *c, struct str content)
{
    struct err e;
    err_clear(&e);
    buf_reset(&c->frame);
    hl7_mllp_put(&c->frame, content);
    if (buf_ok(&c->frame, &e) && wire_write(&c->wire, buf_view(&c->frame), &e))
        return true;
    log_info("hl7", "acknowledgement to %s: %s", c->peer.address, e.text);
    return false;
}

static bool send_ack(struct connection *c)
{
    return c->ack.n && !failpoint("hl7.before_ack") && send_frame(c, buf_view(&c->ack));
}

/* Refuse what will not become a whole message, as far as its MSH can be read. */
static bool refuse(struct connection *c, struct str begun, enum err_code code, const char *text)
{
    struct hl7_message m;
    struct hl7_fault fault;
    struct hl7_ack ack;
    struct hl7_reading how = {.fallback = c->limits->fallback};
    struct err why, e;
    err_clear(&why);
    err_clear(&e);
    err_set(&why, code, "%s", text);
    gate_refuse(c->limits->gate, "mllp", c->peer.address, &why);
    log_info("hl7", "connection from %s closed: %s", c->peer.address, text);
    if (!hl7_parse_header(begun, &how, &c->arena, &m, &e))
        return false;
    hl7_ack_of_err(&why, &fault, &ack);
    ack.code = "AR";
    if (hl7_ack_write(&m, &ack, &c->ack, NULL, &e) && send_ack(c))
        wire_drain(&c->wire, c->bytes, READ_SIZE);
    return false;
}

/* ---- whose message it is ---- */

static int64_t limit(int own, int64_t house)
{
    return own > 0 && own < house ? own : house;
}

/* A seat among the peer's connections; it is kept as long as the connection sends for this peer. */
static bool take_share(struct connection *c)
{
    const struct principal *who = &c->peer.who;
    const char *row = who->kind == PRINCIPAL_HL7 ? who->peer_row : "";
    if (strcmp(row, c->shared_row) == 0)
        return true;
    share_leave(c->share);
    c->share = NULL;
    str_copy(c->shared_row, sizeof c->shared_row, str_of(row));
    if (row[0] && !(c->share = share_join(row, who->peer.connections)))
        c->shared_row[0] = '\0';
    return !row[0] || c->share;
}

/* Each byte is looked at once, however the message comes in pieces. */
static bool msh_is_whole(struct connection *c, struct str begun)
{
    if (c->looked > begun.n) /* the frame began anew */
        c->looked = 0;
    while (c->looked < begun.n && begun.p[c->looked] != '\r' && begun.p[c->looked] != '\n')
        c->looked++;
    return c->looked < begun.n;
}

/* Once a message, as soon as its MSH is there: the peer's own limits hold for the rest of it. */
static bool recognise(struct connection *c)
{
    struct str begun = hl7_mllp_frame(&c->decoder);
    struct hl7_reading how = {.fallback = c->limits->fallback};
    struct hl7_message m;
    struct err e;
    err_clear(&e);
    if (c->recognised || !msh_is_whole(c, begun))
        return true;
    c->recognised = true;
    if (!hl7_parse_header(begun, &how, &c->arena, &m, &e))
        return true;
    hl7_peer_recognise(&c->peer, &m, &c->arena);
    return take_share(c) || refuse(c, begun, ERR_TOO_MANY, "the peer has as many connections as it may");
}

static bool within_size(struct connection *c)
{
    struct str begun = hl7_mllp_frame(&c->decoder);
    return begun.n <= (size_t)limit(c->own->frame_max, (int64_t)c->limits->frame_max) ||
           refuse(c, begun, ERR_TOO_LARGE, "the message is over the size this peer may send");
}

/* Too fast: read later. The peer feels it by TCP; nothing of what it sent is lost. */
static bool keep_rate(struct connection *c, int64_t messages)
{
    clock_us until = clock_monotonic() + share_pay(c->share, c->own->rate, messages);
    struct pollfd stop = {.fd = c->limits->stop_fd, .events = POLLIN};
    for (int64_t left; (left = until - clock_monotonic()) > 0;)
        if (poll(&stop, 1, (int)(left / 1000) + 1) > 0)
            return false;
    return true;
}

/* MLLP release 2: the peer's own word that it has our acknowledgement, or not: then it is sent again when it asks. */
static bool is_commit_byte(const struct connection *c, struct str message)
{
    return c->own->commit_bytes && message.n == 1 && (message.p[0] == COMMIT || message.p[0] == NO_COMMIT);
}

static bool send_commit_byte(struct connection *c, bool kept)
{
    const char byte = kept ? COMMIT : NO_COMMIT;
    return !c->own->commit_bytes || send_frame(c, (struct str){&byte, 1});
}

/* The acknowledgements, each a message of its own; perhaps nobody asked for any. */
static bool send_answer(struct connection *c)
{
    const struct hl7_outcome *o = &c->peer.outcome;
    struct str all = buf_view(&c->ack);
    struct str accept = str_sub(all, 0, o->application_from), application = str_sub(all, o->application_from, all.n);
    if (!o->answered || c->ack.failed || failpoint("hl7.before_ack"))
        return false;
    return send_commit_byte(c, o->kept) && (!accept.n || send_frame(c, accept)) &&
           (!application.n || send_frame(c, application));
}

static bool whole_batch(struct connection *c, struct str batch)
{
    struct batch_result r;
    batch_receive(&c->peer, batch, &c->ack, &r);
    take_share(c); /* whose rate it is; too many connections or not, what was done is answered */
    return send_commit_byte(c, !r.lost) && send_ack(c) && keep_rate(c, r.messages);
}

static bool whole_message(struct connection *c)
{
    struct str message = hl7_mllp_frame(&c->decoder);
    c->looked = 0; /* it may have begun anew since */
    if (!message.n)
        return true; /* a frame without content: some senders' keep-alive */
    if (!recognise(c) || !within_size(c))
        return false;
    if (is_commit_byte(c, message))
        return message.p[0] == COMMIT;
    if (hl7_batch_is(message))
        return whole_batch(c, message);
    hl7_receive(&c->peer, message, &c->arena, &c->ack);
    return send_answer(c) && keep_rate(c, 1);
}

/* The message is over: everything of it goes. */
static void forget(struct connection *c)
{
    hl7_quirks_count(&c->decoder.quirks);
    c->decoder.quirks = (struct hl7_quirks){.n = {0}};
    hl7_mllp_next(&c->decoder);
    arena_reset(&c->arena);
    buf_reset(&c->ack);
    buf_reset(&c->frame);
    c->recognised = false;
    c->looked = 0;
    c->frame_began = 0;
}

/* False when the connection is over. */
static bool serve_event(struct connection *c, enum hl7_mllp_event event)
{
    if (event == HL7_MLLP_MORE)
        return true;
    bool go_on = event == HL7_MLLP_FRAME
                     ? whole_message(c)
                     : refuse(c, hl7_mllp_frame(&c->decoder), ERR_TOO_LARGE, "the message is over the size taken here");
    forget(c);
    return go_on && !listener_stopping(c->l);
}

/* Bytes outside messages are passed over; who sends nothing else is no HL7 peer (TLS at the plain port). */
static bool is_junk(struct connection *c)
{
    return c->decoder.quirks.n[HL7_QUIRK_junk_bytes] > JUNK_MAX &&
           !refuse(c, STR(""), ERR_STRUCTURE, "what comes is no HL7");
}

static bool serve_bytes(struct connection *c, size_t n)
{
    struct str in = {c->bytes, n};
    enum hl7_mllp_event event;
    bool go_on = true;
    while (go_on && (event = hl7_mllp_feed(&c->decoder, &in)) != HL7_MLLP_MORE)
        go_on = serve_event(c, event);
    clock_us now = clock_monotonic();
    c->last_heard = now;
    if (go_on && hl7_mllp_in_frame(&c->decoder)) {
        if (!c->frame_began)
            c->frame_began = now;
        go_on = recognise(c) && within_size(c);
    }
    return go_on && !is_junk(c);
}

/* When the present wait must end. */
static clock_us deadline(const struct connection *c)
{
    clock_us lone_end = c->last_heard + LONE_END_US;
    if (!c->frame_began)
        return c->last_heard + limit(c->own->idle_seconds, c->limits->idle_us / SECOND) * SECOND;
    clock_us frame = c->frame_began + limit(c->own->frame_seconds, c->limits->frame_us / SECOND) * SECOND;
    return c->decoder.state == HL7_MLLP_ENDING && lone_end < frame ? lone_end : frame;
}

/* Nothing came in time. */
static bool too_late(struct connection *c)
{
    if (!c->frame_began) {
        log_debug("hl7", "connection from %s was idle: closed", c->peer.address);
        return false;
    }
    enum hl7_mllp_event event = hl7_mllp_idle(&c->decoder);
    if (event != HL7_MLLP_MORE)
        return serve_event(c, event);
    return refuse(c, hl7_mllp_frame(&c->decoder), ERR_TIMEOUT, "the message was not whole in time");
}

static bool wait_and_serve(struct connection *c)
{
    ptrdiff_t n = wire_read(&c->wire, c->bytes, READ_SIZE, deadline(c));
    if (n > 0)
        return serve_bytes(c, (size_t)n);
    if (n == WIRE_LATE)
        return clock_monotonic() < deadline(c) || too_late(c);
    if (n == WIRE_END) /* the peer is done sending; a message that lacks only its last byte is still answered */
        serve_event(c, hl7_mllp_idle(&c->decoder));
    return false;
}

/* ---- from the first byte to the last ---- */

static bool shake_hands(struct connection *c)
{
    struct err e;
    const struct tls_wait wait = {clock_monotonic() + c->limits->frame_us, c->limits->stop_fd};
    err_clear(&e);
    c->wire.tls = tls_accept(c->limits->tls, c->wire.fd, &wait, &e);
    if (!c->wire.tls) {
        log_info("hl7", "connection from %s closed: %s", c->peer.address, e.text);
        if (!listener_stopping(c->l))
            gate_refuse(c->limits->gate, "mllp", c->peer.address, &e);
        return false;
    }
    c->peer.encrypted = true;
    if (tls_peer_read(c->wire.tls, &c->certificate, &e))
        c->peer.certificate = &c->certificate;
    else if (e.code != ERR_NOT_FOUND)
        gate_refuse(c->limits->gate, "mllp", c->peer.address, &e);
    return c->peer.certificate || e.code == ERR_NOT_FOUND;
}

static void talk(struct connection *c)
{
    hl7_mllp_init(&c->decoder, c->limits->frame_max);
    arena_init(&c->arena);
    buf_init(&c->ack, ACK_MAX);
    buf_init(&c->frame, ACK_MAX + 16);
    c->bytes = mem_alloc(READ_SIZE);
    c->last_heard = clock_monotonic();
    while (!listener_stopping(c->l) && wait_and_serve(c))
        ;
    hl7_quirks_count(&c->decoder.quirks);
    mem_free(c->bytes);
    buf_release(&c->frame);
    buf_release(&c->ack);
    arena_release(&c->arena);
    hl7_mllp_release(&c->decoder);
}

void connection_serve(struct hl7_listener *l, int fd, const char *address, bool loopback)
{
    struct connection *c = mem_zalloc(sizeof *c);
    c->l = l;
    c->limits = listener_limits(l);
    c->wire = (struct wire){.fd = fd, .stop_fd = c->limits->stop_fd};
    c->peer = (struct hl7_peer){.gate = c->limits->gate,
                                .door = "mllp",
                                .fallback = c->limits->fallback,
                                .address = address,
                                .loopback = loopback};
    c->own = &c->peer.who.peer;
    if (!c->limits->tls || shake_hands(c))
        talk(c);
    share_leave(c->share);
    tls_stream_free(c->wire.tls);
    mem_free(c);
}
