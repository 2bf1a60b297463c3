/* Fuzz target: the bytes of an MLLP connection, from the socket to the answers: framing, sizes, batches, commit bytes,
 * and the end of it. What a message does is another matter: here each that can be read is accepted. */
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hl7/door/door_priv.h"
#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEARD_MAX = 8 << 20 };

static struct connection_limits limits = {.frame_max = 20000, .frame_us = 1000000, .idle_us = 1000000, .stop_fd = -1};
static int commit_bytes;

const struct connection_limits *listener_limits(const struct hl7_listener *l)
{
    (void)l;
    return &limits;
}

bool listener_stopping(const struct hl7_listener *l)
{
    (void)l;
    return false;
}

void gate_refuse(struct gate *g, const char *door, const char *address, const struct err *why)
{
    (void)g, (void)door, (void)address;
    MUST_HOLD(why->code != ERR_NONE);
}

void hl7_quirks_count(const struct hl7_quirks *q)
{
    (void)q;
}

bool hl7_peer_recognise(struct hl7_peer *peer, const struct hl7_message *header, struct arena *a)
{
    (void)header, (void)a;
    peer->who.kind = PRINCIPAL_HL7;
    peer->who.peer.commit_bytes = commit_bytes;
    str_copy(peer->who.peer_row, sizeof peer->who.peer_row, STR("FUZZ"));
    return true;
}

void hl7_receive(struct hl7_peer *peer, struct str message, struct arena *a, struct buf *ret_ack)
{
    struct hl7_message m;
    struct err e = {.code = ERR_NONE};
    struct hl7_fault fault;
    struct hl7_ack ack = {.code = "AA"};
    size_t from = ret_ack->n;
    bool whole = hl7_parse(message, NULL, a, &m, &e);
    bool header = whole || hl7_parse_header(message, NULL, a, &m, NULL);
    if (!whole)
        hl7_ack_of_err(&e, &fault, &ack);
    MUST_HOLD(hl7_ack_write(header ? &m : NULL, &ack, ret_ack, NULL, &e) || ret_ack->failed);
    peer->outcome = (struct hl7_outcome){.answered = true, .kept = whole, .application_from = from};
    str_copy(peer->outcome.code, sizeof peer->outcome.code, str_of(ack.code));
}

static bool is_answer(struct str frame)
{
    static const char *const begins[] = {"MSH", "FHS", "BHS", "\x06", "\x15", "\xFE\xFF", "\xFF\xFE"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (str_starts(frame, begins[i]))
            return true;
    return frame.n && frame.p[0] == 0; /* UTF-32 */
}

/* Each answer is a frame of its own: a commit byte, a batch, or an acknowledgement. */
static void check_answers(int fd)
{
    CLEANUP(buf_release) struct buf heard;
    struct hl7_mllp d;
    buf_init(&heard, HEARD_MAX);
    for (ssize_t n = 1; n > 0;) {
        char *to = buf_reserve(&heard, 1 << 16);
        n = to ? recv(fd, to, 1 << 16, MSG_DONTWAIT) : 0;
        buf_grew(&heard, n > 0 ? (size_t)n : 0);
    }
    hl7_mllp_init(&d, HEARD_MAX);
    for (struct str rest = buf_view(&heard); hl7_mllp_feed(&d, &rest) == HL7_MLLP_FRAME; hl7_mllp_next(&d))
        MUST_HOLD(is_answer(hl7_mllp_frame(&d)));
    MUST_HOLD(hl7_quirks_total(&d.quirks) == 0);
    hl7_mllp_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int room = 4 << 20;
    int pair[2];
    if (!size)
        return 0;
    commit_bytes = data[0] & 1;
    MUST_HOLD(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) == 0);
    setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    ssize_t sent = send(pair[1], data + 1, size - 1, MSG_NOSIGNAL);
    (void)sent;
    shutdown(pair[1], SHUT_WR);
    connection_serve(NULL, pair[0], "127.0.0.1", true);
    check_answers(pair[1]);
    close(pair[0]);
    close(pair[1]);
    return 0;
}
