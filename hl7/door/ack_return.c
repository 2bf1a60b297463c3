/* Application acknowledgements that go to an address of their own (setting ack_return): one connection, one message,
 * and the receiver's answer to it. Until it has come, the job is tried again. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hl7/door/door_priv.h"
#include "schema/queries.h"

enum { CONNECT_US = 10 * 1000000, ANSWER_US = 20 * 1000000, ANSWER_MAX = 1 << 20 };

static bool await_connected(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    int why = 0;
    socklen_t n = sizeof why;
    return poll(&p, 1, CONNECT_US / 1000) > 0 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &n) == 0 && why == 0;
}

static int dial(const char *host, const char *port, struct err *e)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list;
    int fd = -1, why = getaddrinfo(host, port, &hints, &list);
    if (why) {
        err_set(e, ERR_UNAVAILABLE, "host '%s': %s", host, gai_strerror(why));
        return -1;
    }
    for (const struct addrinfo *i = list; i && fd < 0; i = i->ai_next) {
        fd = socket(i->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd >= 0 && connect(fd, i->ai_addr, i->ai_addrlen) != 0 && !(errno == EINPROGRESS && await_connected(fd))) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    if (fd < 0)
        err_set(e, ERR_UNAVAILABLE, "connect to '%s' port %s", host, port);
    return fd;
}

/* The answer must be for this very message. */
static bool judge(struct str frame, struct str control_id, struct arena *a, struct err *e)
{
    struct hl7_message m;
    struct hl7_reply reply;
    if (!hl7_parse(frame, NULL, a, &m, e) || !hl7_ack_parse(&m, a, &reply, e))
        return false;
    if (!str_eq(reply.control_id, control_id))
        return err_set(e, ERR_CONFLICT, "the answer is for another message");
    return reply.accepted || err_set(e, ERR_BUSINESS_RULE, "the acknowledgement was answered with %s", reply.code);
}

static bool hear(struct wire *w, struct str control_id, struct arena *a, struct err *e)
{
    char bytes[4096];
    struct hl7_mllp decoder;
    enum hl7_mllp_event event = HL7_MLLP_MORE;
    clock_us until = clock_monotonic() + ANSWER_US;
    ptrdiff_t n = 1;
    hl7_mllp_init(&decoder, ANSWER_MAX);
    while (event == HL7_MLLP_MORE && (n = wire_read(w, bytes, sizeof bytes, until)) > 0) {
        struct str in = {bytes, (size_t)n};
        event = hl7_mllp_feed(&decoder, &in);
    }
    struct str frame = arena_str(a, hl7_mllp_frame(&decoder));
    hl7_mllp_release(&decoder);
    if (event != HL7_MLLP_FRAME)
        return err_set(e, n == WIRE_LATE ? ERR_TIMEOUT : ERR_UNAVAILABLE, "no answer to the acknowledgement");
    return judge(frame, control_id, a, e);
}

static bool deliver(struct str to, struct str ack, struct arena *a, struct err *e)
{
    CLEANUP(buf_release) struct buf framed;
    struct hl7_message m;
    size_t colon = to.n;
    buf_init(&framed, ack.n + 16);
    while (colon > 0 && to.p[colon - 1] != ':')
        colon--;
    if (colon < 2 || !hl7_parse_header(ack, NULL, a, &m, e))
        return err_set(e, ERR_INVALID, "an acknowledgement that can not be sent");
    int fd = dial(arena_cstr(a, str_sub(to, 0, colon - 1)), arena_cstr(a, str_sub(to, colon, to.n)), e);
    if (fd < 0)
        return false;
    struct wire w = {.fd = fd, .stop_fd = -1};
    hl7_mllp_put(&framed, ack);
    bool ok = wire_write(&w, buf_view(&framed), e) && hear(&w, hl7_get(&m, a, "MSH-10"), a, e);
    close(fd);
    return ok;
}

bool hl7_ack_return(struct db *db, struct str payload, struct err *e)
{
    CLEANUP(arena_release) struct arena a;
    int64_t message;
    arena_init(&a);
    size_t cut = str_find(payload, ' ');
    if (!str_int(str_sub(payload, 0, cut), &message))
        return err_set(e, ERR_INVALID, "the job names no message");
    struct db_args args = db_args(&a);
    db_int(&args, message);
    const struct db_rows *rows = db_run(db, &Q_ack_apart, &args, e);
    if (!rows)
        return false;
    struct str ack = db_count(rows) ? db_get_bytes(rows, 0, 0, &a) : STR_NONE;
    return !ack.n || deliver(str_sub(payload, cut + 1, payload.n), ack, &a, e) ||
           err_wrap(e, "return the acknowledgement of message %lld", (long long)message);
}
