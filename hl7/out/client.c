#include "hl7/out/client.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "tls/tls.h"

enum { ANSWER_MAX = 4 << 20, ACCEPTED_BYTE = 0x06, REFUSED_BYTE = 0x15 };

struct hl7_client {
    int fd, stop_fd, release, answer_seconds;
    struct tls_context *context;
    struct tls_stream *tls;
    struct hl7_mllp decoder;
    struct str rest; /* of bytes, not yet fed */
    char bytes[8192];
};

/* ---- waiting ---- */

static struct tls_wait wait_of(int seconds, int stop_fd)
{
    return (struct tls_wait){clock_monotonic() + (clock_us)seconds * 1000000, stop_fd};
}

/* Until the socket is ready for the events, or the time is over, or the server stops. */
static bool ready(int fd, short events, const struct tls_wait *w, struct err *e)
{
    struct pollfd p[2] = {{.fd = fd, .events = events}, {.fd = w->stop_fd, .events = POLLIN}};
    for (;;) {
        clock_us left = w->until - clock_monotonic();
        int n = left > 0 ? poll(p, w->stop_fd >= 0 ? 2 : 1, (int)(left / 1000) + 1) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, ERR_UNAVAILABLE, "wait for the receiver");
        if (w->stop_fd >= 0 && p[1].revents)
            return err_set(e, ERR_UNAVAILABLE, "the server is stopping");
        if (n > 0)
            return true;
        if (left <= 0)
            return err_set(e, ERR_TIMEOUT, "the receiver took too long");
    }
}

/* ---- opening ---- */

static bool finish_connect(int fd, const struct tls_wait *w, struct err *e)
{
    int why = 0;
    socklen_t n = sizeof why;
    if (!ready(fd, POLLOUT, w, e))
        return false;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &n);
    errno = why;
    return !why || err_errno(e, ERR_UNAVAILABLE, "connect");
}

static int dial_one(const struct addrinfo *to, const struct tls_wait *w, struct err *e)
{
    const int on = 1;
    int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return err_errno(e, ERR_UNAVAILABLE, "connect"), -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    bool ok = connect(fd, to->ai_addr, to->ai_addrlen) == 0;
    if (!ok && errno != EINPROGRESS)
        err_errno(e, ERR_UNAVAILABLE, "connect");
    else if (!ok)
        ok = finish_connect(fd, w, e);
    if (ok)
        return fd;
    close(fd);
    return -1;
}

static int dial(const struct hl7_client_config *config, const struct tls_wait *w, struct err *e)
{
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
    int fd = -1;
    snprintf(port, sizeof port, "%u", (unsigned)config->port & 0xFFFFu);
    int why = getaddrinfo(config->host, port, &hints, &list);
    if (why)
        return err_set(e, ERR_UNAVAILABLE, "host '%s': %s", config->host, gai_strerror(why)), -1;
    for (const struct addrinfo *i = list; i && fd < 0; i = i->ai_next) {
        struct tls_wait part = *w; /* one that does not answer leaves time for the others */
        if (i->ai_next)
            part.until -= (w->until - clock_monotonic()) / 2;
        fd = dial_one(i, &part, e);
    }
    freeaddrinfo(list);
    if (fd < 0)
        err_wrap(e, "%s port %d", config->host, config->port);
    return fd;
}

static bool secure(struct hl7_client *c, const struct hl7_client_config *config, const struct tls_wait *w,
                   struct err *e)
{
    struct tls_context_config t = {.certificate = config->certificate, .key = config->key, .ca = config->ca};
    c->context = tls_context_new(&t, e);
    if (c->context)
        c->tls = tls_connect(c->context, c->fd, config->name ? config->name : config->host, w, e);
    return c->tls || err_wrap(e, "TLS with %s port %d", config->host, config->port);
}

static struct hl7_client *start(int fd, const struct hl7_client_config *config, const struct tls_wait *w, struct err *e)
{
    struct hl7_client *c = mem_zalloc(sizeof *c);
    c->fd = fd;
    c->stop_fd = config->stop_fd;
    c->release = config->release;
    c->answer_seconds = config->answer_seconds;
    hl7_mllp_init(&c->decoder, ANSWER_MAX);
    if (!config->tls || secure(c, config, w, e))
        return c;
    hl7_client_close(c);
    return NULL;
}

struct hl7_client *hl7_client_over(int fd, const struct hl7_client_config *config, struct err *e)
{
    struct tls_wait w = wait_of(config->connect_seconds, config->stop_fd);
    return start(fd, config, &w, e);
}

struct hl7_client *hl7_client_open(const struct hl7_client_config *config, struct err *e)
{
    struct tls_wait w = wait_of(config->connect_seconds, config->stop_fd);
    int fd = dial(config, &w, e);
    return fd >= 0 ? start(fd, config, &w, e) : NULL;
}

void hl7_client_close(struct hl7_client *c)
{
    if (!c)
        return;
    tls_stream_free(c->tls);
    tls_context_free(c->context);
    close(c->fd);
    hl7_mllp_release(&c->decoder);
    mem_free(c);
}

bool hl7_client_usable(struct hl7_client *c)
{
    struct pollfd p = {.fd = c->fd, .events = POLLIN};
    bool silent = !c->rest.n && !hl7_mllp_in_frame(&c->decoder) && (!c->tls || !tls_pending(c->tls));
    return silent && poll(&p, 1, 0) == 0;
}

/* ---- bytes ---- */

/* After a send that took nothing. */
static bool may_go_on(struct hl7_client *c, const struct tls_wait *w, struct err *e)
{
    if (errno == EINTR)
        return true;
    return errno == EAGAIN ? ready(c->fd, POLLOUT, w, e) : err_errno(e, ERR_UNAVAILABLE, "send the message");
}

static bool write_all(struct hl7_client *c, struct str bytes, const struct tls_wait *w, struct err *e)
{
    if (c->tls)
        return tls_write(c->tls, bytes.p, bytes.n, w, e);
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = send(c->fd, bytes.p + at, bytes.n - at, MSG_NOSIGNAL);
        if (n > 0)
            at += (size_t)n;
        else if (!may_go_on(c, w, e))
            return false;
    }
    return true;
}

static bool read_some(struct hl7_client *c, const struct tls_wait *w, struct err *e)
{
    ptrdiff_t n = -1;
    if (c->tls) {
        n = tls_read(c->tls, c->bytes, sizeof c->bytes, w, e);
    } else if (ready(c->fd, POLLIN, w, e)) {
        n = recv(c->fd, c->bytes, sizeof c->bytes, 0);
        if (n < 0)
            err_errno(e, ERR_UNAVAILABLE, "read the answer");
    }
    if (n == 0)
        err_set(e, ERR_UNAVAILABLE, "the receiver closed the connection before its answer");
    if (n <= 0)
        return false;
    c->rest = (struct str){c->bytes, (size_t)n};
    return true;
}

/* The next frame's content, valid until the next call. */
static bool read_frame(struct hl7_client *c, const struct tls_wait *w, struct str *ret_frame, struct err *e)
{
    hl7_mllp_next(&c->decoder);
    for (;;) {
        enum hl7_mllp_event event = c->rest.n ? hl7_mllp_feed(&c->decoder, &c->rest) : HL7_MLLP_MORE;
        if (event == HL7_MLLP_TOO_LARGE)
            return err_set(e, ERR_TOO_LARGE, "the answer is too large");
        if (event == HL7_MLLP_FRAME) {
            *ret_frame = hl7_mllp_frame(&c->decoder);
            return true;
        }
        if (!c->rest.n && !read_some(c, w, e))
            return false;
    }
}

static bool write_frame(struct hl7_client *c, struct str content, const struct tls_wait *w, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, content.n + 16);
    hl7_mllp_put(&b, content);
    return buf_ok(&b, e) && write_all(c, buf_view(&b), w, e);
}

/* ---- release 2: each block is committed by a byte, in both directions ---- */

static bool await_commit(struct hl7_client *c, const struct tls_wait *w, struct err *e)
{
    struct str frame;
    if (!read_frame(c, w, &frame, e))
        return false;
    if (frame.n == 1 && frame.p[0] == ACCEPTED_BYTE)
        return true;
    return err_set(e, ERR_UNAVAILABLE,
                   frame.n == 1 && frame.p[0] == REFUSED_BYTE
                       ? "the receiver did not commit the block (NAK)"
                       : "a commit byte of MLLP release 2 was due, something else came");
}

static bool commit_theirs(struct hl7_client *c, const struct tls_wait *w, struct err *e)
{
    static const char accepted[] = {ACCEPTED_BYTE};
    return c->release < 2 || write_frame(c, (struct str){accepted, 1}, w, e);
}

/* ---- a message and its answers ---- */

static bool hear(struct hl7_client *c, struct hl7_exchange *x, struct err *e)
{
    struct hl7_message m;
    struct str frame;
    struct tls_wait w = wait_of(c->answer_seconds, c->stop_fd);
    if (!read_frame(c, &w, &frame, e))
        return false;
    x->raw = arena_str(x->arena, frame);
    if (!commit_theirs(c, &w, e) || !hl7_parse(x->raw, NULL, x->arena, &m, e) ||
        !hl7_ack_parse(&m, x->arena, &x->reply, e))
        return err_wrap(e, "answer");
    if (str_eq(str_trim(x->reply.control_id), x->control_id))
        return true;
    x->reply = (struct hl7_reply){.code = ""};
    return err_set(e, ERR_CONFLICT, "the answer is for another message (MSA-2)");
}

bool hl7_client_say(struct hl7_client *c, struct hl7_exchange *x, struct err *e)
{
    struct tls_wait w = wait_of(c->answer_seconds, c->stop_fd);
    x->reply = (struct hl7_reply){.code = ""};
    x->raw = STR("");
    if (!write_frame(c, x->message, &w, e))
        return false;
    if (c->release >= 2 && !await_commit(c, &w, e))
        return false;
    if (x->agreed == HL7_AGREED_NONE)
        return true;
    if (!hear(c, x, e))
        return false;
    bool more = x->agreed == HL7_AGREED_APPLICATION && x->reply.commit && x->reply.accepted;
    return !more || hear(c, x, e) || err_wrap(e, "committed, then");
}
