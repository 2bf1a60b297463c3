/* One MLLP connection: bytes to frames, each frame to an acknowledgement, under its deadlines. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "base/mem.h"
#include "hl7/net/net_priv.h"

enum { READ_SIZE = 64 * 1024, ACK_MAX = 1 << 20, LONE_END_US = 200000, DRAIN_US = 2000000, MS = 1000 };

struct connection {
    struct hl7_listener *l;
    const struct connection_limits *limits;
    int fd;
    struct hl7_peer peer;
    struct hl7_mllp decoder;
    struct arena arena;
    struct buf ack, frame;
    char *bytes;
    clock_us frame_began; /* 0: between messages */
    clock_us last_heard;
};

bool socket_write(int fd, struct str bytes, struct err *e)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_errno(e, ERR_UNAVAILABLE, "send");
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

static bool send_ack(struct connection *c)
{
    struct err e;
    err_clear(&e);
    if (!c->ack.n || failpoint("hl7.before_ack"))
        return false;
    hl7_mllp_put(&c->frame, buf_view(&c->ack));
    if (buf_ok(&c->frame, &e) && socket_write(c->fd, buf_view(&c->frame), &e))
        return true;
    log_info("hl7", "acknowledgement to %s: %s", c->peer.address, e.text);
    return false;
}

static bool whole_message(struct connection *c)
{
    struct str message = hl7_mllp_frame(&c->decoder);
    if (!message.n)
        return true; /* a frame without content: some senders' keep-alive */
    hl7_receive(&c->peer, message, &c->arena, &c->ack);
    return send_ack(c);
}

/* Closing a socket with bytes unread resets the connection, and the peer may lose the answer: read for a
 * while what it still sends, then close. */
static void drain(const struct connection *c)
{
    clock_us end = clock_monotonic() + DRAIN_US;
    struct pollfd p = {.fd = c->fd, .events = POLLIN};
    shutdown(c->fd, SHUT_WR);
    for (int64_t left = DRAIN_US; left > 0; left = end - clock_monotonic())
        if (poll(&p, 1, (int)(left / MS)) <= 0 || recv(c->fd, c->bytes, READ_SIZE, 0) <= 0)
            return;
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
        drain(c);
    return false;
}

/* The message is over: everything of it goes. */
static void forget(struct connection *c)
{
    quirks_count(&c->decoder.quirks);
    c->decoder.quirks = (struct hl7_quirks){.n = {0}};
    hl7_mllp_next(&c->decoder);
    arena_reset(&c->arena);
    buf_reset(&c->ack);
    buf_reset(&c->frame);
    c->frame_began = 0;
}

/* False when the connection is over. */
static bool serve_event(struct connection *c, enum hl7_mllp_event event)
{
    if (event == HL7_MLLP_MORE)
        return true;
    bool go_on = event == HL7_MLLP_FRAME ? whole_message(c)
                                         : refuse(c, hl7_mllp_frame(&c->decoder), ERR_TOO_LARGE,
                                                  "the message is over the size taken here");
    forget(c);
    return go_on && !listener_stopping(c->l);
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
    if (hl7_mllp_in_frame(&c->decoder) && !c->frame_began)
        c->frame_began = now;
    return go_on;
}

/* When the present wait must end. */
static clock_us deadline(const struct connection *c)
{
    clock_us lone_end = c->last_heard + LONE_END_US;
    if (!c->frame_began)
        return c->last_heard + c->limits->idle_us;
    clock_us frame = c->frame_began + c->limits->frame_us;
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
    struct pollfd p[2] = {{.fd = c->fd, .events = POLLIN}, {.fd = c->limits->stop_fd, .events = POLLIN}};
    int64_t left = deadline(c) - clock_monotonic();
    if (left <= 0)
        return too_late(c);
    int ready = poll(p, 2, (int)((left + MS - 1) / MS));
    if (ready < 0)
        return errno == EINTR;
    if (p[1].revents)
        return false;
    if (!p[0].revents)
        return true;
    ssize_t n = recv(c->fd, c->bytes, READ_SIZE, 0);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    if (n == 0) {
        /* The peer is done sending; a message that lacks only its last byte is still answered. */
        serve_event(c, hl7_mllp_idle(&c->decoder));
        return false;
    }
    return serve_bytes(c, (size_t)n);
}

void connection_serve(struct hl7_listener *l, int fd, const char *address, bool loopback)
{
    struct connection c = {.l = l, .limits = listener_limits(l), .fd = fd, .last_heard = clock_monotonic()};
    c.peer = (struct hl7_peer){
        .gate = c.limits->gate, .fallback = c.limits->fallback, .address = address, .loopback = loopback};
    hl7_mllp_init(&c.decoder, c.limits->frame_max);
    arena_init(&c.arena);
    buf_init(&c.ack, ACK_MAX);
    buf_init(&c.frame, ACK_MAX + 16);
    c.bytes = mem_alloc(READ_SIZE);
    while (!listener_stopping(l) && wait_and_serve(&c))
        ;
    quirks_count(&c.decoder.quirks);
    mem_free(c.bytes);
    buf_release(&c.frame);
    buf_release(&c.ack);
    arena_release(&c.arena);
    hl7_mllp_release(&c.decoder);
}
