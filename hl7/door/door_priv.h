/* Inside hl7/door: what a connection is made of. */
#ifndef HL7_DOOR_DOOR_PRIV_H
#define HL7_DOOR_DOOR_PRIV_H

#include "hl7/codec/ack.h"
#include "hl7/codec/mllp.h"
#include "hl7/door/door.h"
#include "hl7/net/net.h"

/* ---- wire.c: bytes on a non-blocking socket, plain or over TLS, under deadlines ---- */

struct wire {
    int fd, stop_fd;
    struct tls_stream *tls; /* NULL: plain */
};
enum { WIRE_END = 0, WIRE_LATE = -1, WIRE_BROKEN = -2 };
/* At least one byte; END at the peer's end; LATE when nothing came until then; BROKEN, also when it is time to stop. */
ptrdiff_t wire_read(struct wire *w, char *to, size_t n, clock_us until);
/* All of it within half a minute, even while the server stops: an answer to what was committed. */
bool wire_write(struct wire *w, struct str bytes, struct err *e);
/* Nothing more will be written; what the peer still sends is read for a while, or it may lose the last answer. */
void wire_drain(struct wire *w, char *space, size_t n);

/* ---- share.c: what all connections of one peer have together ---- */

struct share;
/* One more connection of this row (principal.peer_row). NULL when it has `most` already; most 0: any number. */
struct share *share_join(const char *row, int most);
void share_leave(struct share *s); /* NULL is fine */
/* Account for messages of a peer that may send `rate` a second (0: any number): how long to wait before the next is
 * read. */
int64_t share_pay(struct share *s, int rate, int64_t messages);
/* The same where nobody can be made to wait, for one message of a peer without a connection of its own: false when it
 * is too early. */
bool share_admit(const char *row, int rate);

/* ---- batch.c ---- */

struct batch_result {
    int64_t messages, refused;
    bool lost;    /* one was neither done nor kept: try again */
    char code[3]; /* of the first that was refused */
};
/* Take messages that stand one after the other, in a batch or not: at most ten thousand. */
void batch_receive(struct hl7_peer *peer, struct str bytes, struct buf *ret_ack, struct batch_result *ret_result);

/* ---- connection.c ---- */

/* What connections need of their listener. */
struct connection_limits {
    struct gate *gate;
    struct tls_context *tls;
    const struct hl7_charset *fallback;
    size_t frame_max;
    int64_t frame_us, idle_us;
    int stop_fd; /* readable when it is time to end */
};
const struct connection_limits *listener_limits(const struct hl7_listener *l);
bool listener_stopping(const struct hl7_listener *l);
/* Talk on a connected, non-blocking socket until the peer ends, misbehaves, or the listener stops. Closes nothing. */
void connection_serve(struct hl7_listener *l, int fd, const char *address, bool loopback);

#endif
