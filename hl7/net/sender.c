/* `isocentre hl7 send`: plays any sender. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "hl7/net/net_priv.h"

enum { FILE_MAX = 256 << 20, ANSWER_MAX = 4 << 20, ANSWER_SECONDS = 60, START = 0x0B };

struct sending {
    int fd;
    bool wait;
    struct hl7_mllp decoder;
    struct arena arena;
    size_t sent, refused;
};

/* ---- the connection ---- */

static bool dial(const char *host, int port, int *ret_fd, struct err *e)
{
    char text[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
    const struct timeval patience = {ANSWER_SECONDS, 0};
    const int on = 1;
    int fd = -1;
    snprintf(text, sizeof text, "%u", (unsigned)port & 0xFFFFu);
    int why = getaddrinfo(host, text, &hints, &list);
    if (why)
        return err_set(e, ERR_UNAVAILABLE, "host '%s': %s", host, gai_strerror(why));
    for (const struct addrinfo *i = list; i && fd < 0; i = i->ai_next) {
        fd = socket(i->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, i->ai_addr, i->ai_addrlen) != 0) {
            err_errno(e, ERR_UNAVAILABLE, "connect to %s port %d", host, port);
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    if (fd < 0)
        return false;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    *ret_fd = fd;
    return true;
}

static bool socket_write(int fd, struct str bytes, struct err *e)
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

/* Wait for a whole frame. */
static bool read_frame(struct sending *s, struct err *e)
{
    char bytes[4096];
    for (;;) {
        ssize_t n = recv(s->fd, bytes, sizeof bytes, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_TIMEOUT, "no answer within %d seconds", ANSWER_SECONDS);
        if (n == 0)
            return err_set(e, ERR_UNAVAILABLE, "the connection was closed before the answer");
        struct str in = {bytes, (size_t)n};
        enum hl7_mllp_event event = hl7_mllp_feed(&s->decoder, &in);
        if (event == HL7_MLLP_TOO_LARGE)
            return err_set(e, ERR_TOO_LARGE, "the answer is too large");
        if (event == HL7_MLLP_FRAME)
            return true;
    }
}

/* ---- one message ---- */

static void print_line(struct str control_id, const char *code, struct str text)
{
    printf("%.*s %s%s%.*s\n", STR_ARG(control_id), code, text.n ? " " : "", STR_ARG(text));
    fflush(stdout);
}

static bool hear(struct sending *s, struct str control_id, struct err *e)
{
    struct hl7_message m;
    struct hl7_reply reply;
    if (!read_frame(s, e))
        return false;
    bool ok = hl7_parse(hl7_mllp_frame(&s->decoder), NULL, &s->arena, &m, e) && hl7_ack_parse(&m, &s->arena, &reply, e);
    if (ok && !str_eq(reply.control_id, control_id))
        ok = err_set(e, ERR_CONFLICT, "the answer is for another message");
    if (ok) {
        print_line(control_id, reply.code, one_line(&s->arena, reply.text));
        s->refused += !reply.accepted;
    }
    hl7_mllp_next(&s->decoder);
    return ok;
}

/* Segments end in CR on the wire; in a file they may end in LF or CR LF. */
static void put_message(struct buf *to, struct str message)
{
    bool has_cr = str_find(message, '\r') < message.n;
    for (size_t i = 0; i < message.n; i++) {
        char c = message.p[i];
        if (c != '\n')
            buf_putc(to, c);
        else if (!has_cr)
            buf_putc(to, '\r');
        else if (i == 0 || message.p[i - 1] != '\r')
            buf_putc(to, '\n');
    }
    if (to->n && to->p[to->n - 1] != '\r')
        buf_putc(to, '\r');
}

static bool send_message(struct sending *s, struct str message, struct err *e)
{
    CLEANUP(buf_release) struct buf plain, framed;
    struct hl7_message m;
    struct str control_id = STR("-");
    buf_init(&plain, FILE_MAX);
    buf_init(&framed, FILE_MAX);
    put_message(&plain, message);
    hl7_mllp_put(&framed, buf_view(&plain));
    if (hl7_parse_header(buf_view(&plain), NULL, &s->arena, &m, NULL))
        control_id = hl7_get(&m, &s->arena, "MSH-10");
    bool ok = buf_ok(&framed, e) && socket_write(s->fd, buf_view(&framed), e);
    s->sent += ok;
    if (ok && s->wait)
        ok = hear(s, control_id, e);
    else if (ok)
        print_line(control_id, "sent", STR_NONE);
    arena_reset(&s->arena);
    return ok || err_wrap(e, "message '%.*s'", STR_ARG(control_id));
}

/* ---- files ---- */

static bool read_file(const char *path, struct buf *ret_bytes, struct err *e)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    for (size_t n = 1; n > 0 && !ret_bytes->failed;) {
        char *to = buf_reserve(ret_bytes, 65536);
        n = to ? fread(to, 1, 65536, f) : 0;
        if (to)
            buf_grew(ret_bytes, n);
    }
    bool ok = !ferror(f) || err_set(e, ERR_UNAVAILABLE, "read '%s'", path);
    fclose(f);
    return ok && (buf_ok(ret_bytes, e) || err_wrap(e, "'%s'", path));
}

static bool send_all(struct sending *s, struct str bytes, struct err *e)
{
    struct str message;
    while (hl7_batch_next(&bytes, &message))
        if (!send_message(s, message, e))
            return false;
    return true;
}

/* Framed or not: framing bytes are no part of a message. */
static bool send_file(struct sending *s, const char *path, struct err *e)
{
    CLEANUP(buf_release) struct buf bytes;
    size_t before = s->sent;
    buf_init(&bytes, FILE_MAX);
    if (!read_file(path, &bytes, e))
        return false;
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == START || bytes.p[i] == 0x1C)
            bytes.p[i] = '\r';
    if (!send_all(s, buf_view(&bytes), e))
        return err_wrap(e, "'%s'", path);
    return s->sent > before || err_set(e, ERR_STRUCTURE, "'%s' holds no HL7 message", path);
}

static bool send_files(const char *const *files, int count, struct sending *s, struct err *e)
{
    for (int i = 0; i < count; i++)
        if (!send_file(s, files[i], e))
            return false;
    return !s->refused || err_set(e, ERR_BUSINESS_RULE, "%zu of %zu messages were not accepted", s->refused, s->sent);
}

static bool send_with(const char *const *files, int count, const char *host, int port, bool wait, struct err *e)
{
    struct sending s = {.wait = wait};
    if (!dial(host, port, &s.fd, e))
        return false;
    hl7_mllp_init(&s.decoder, ANSWER_MAX);
    arena_init(&s.arena);
    bool ok = send_files(files, count, &s, e);
    arena_release(&s.arena);
    hl7_mllp_release(&s.decoder);
    close(s.fd);
    return ok;
}

bool hl7_send_files(const char *const *files, int count, const char *host, int port, struct err *e)
{
    return send_with(files, count, host, port, true, e);
}

bool hl7_send_files_unanswered(const char *const *files, int count, const char *host, int port, struct err *e)
{
    return send_with(files, count, host, port, false, e);
}
