/* MLLP framing (HL7 Transport Specification: MLLP, release 1 and 2): 0BH message 1CH 0DH.
 * Bytes in, events out; the caller owns the socket, the deadlines and the answer:
 *   - give received bytes to hl7_mllp_feed() until it returns HL7_MLLP_MORE;
 *   - after any other event take hl7_mllp_frame(), then call hl7_mllp_next().
 *
 * Owner: one decoder a connection. Threads: one at a time. Cost: each byte is looked at once and copied once;
 * memory is given back by hl7_mllp_next(), so an idle connection holds next to nothing. */
#ifndef HL7_MLLP_H
#define HL7_MLLP_H

#include <stdbool.h>

#include "base/buf.h"
#include "hl7/codec/quirks.h"

enum {
    HL7_MLLP_CEILING = 16 * 1024 * 1024, /* the usual largest message */
    HL7_MLLP_KEPT = 64 * 1024            /* of a message over the ceiling this much is kept to answer its MSH */
};

enum hl7_mllp_event {
    HL7_MLLP_MORE,     /* all bytes taken, no message complete */
    HL7_MLLP_FRAME,    /* hl7_mllp_frame() is a message; it is empty for a frame without content */
    HL7_MLLP_TOO_LARGE /* hl7_mllp_frame() is the start of a message over the ceiling; its rest will be
                          skipped */
};

enum hl7_mllp_state { HL7_MLLP_OUTSIDE, HL7_MLLP_INSIDE, HL7_MLLP_ENDING, HL7_MLLP_SKIPPING, HL7_MLLP_SKIP_ENDING };

struct hl7_mllp {
    struct buf frame;
    size_t ceiling;
    enum hl7_mllp_state state;
    struct hl7_quirks quirks;
};

void hl7_mllp_init(struct hl7_mllp *d, size_t ceiling);
void hl7_mllp_release(struct hl7_mllp *d);
/* Take bytes from the front of *bytes up to the end of one message. What is left in *bytes belongs to what
 * follows. */
enum hl7_mllp_event hl7_mllp_feed(struct hl7_mllp *d, struct str *bytes);
/* The peer is silent or has closed: FRAME if only the 0DH after 1CH is missing, else MORE. */
enum hl7_mllp_event hl7_mllp_idle(struct hl7_mllp *d);
/* The bytes of the message last reported, valid until hl7_mllp_next(). */
struct str hl7_mllp_frame(const struct hl7_mllp *d);
/* Done with the message; call before feeding on. */
void hl7_mllp_next(struct hl7_mllp *d);
/* A message has begun and is not complete: the whole-frame deadline runs. */
bool hl7_mllp_in_frame(const struct hl7_mllp *d);
/* Append 0BH message 1CH 0DH; 0BH and 1CH inside become blanks. */
void hl7_mllp_put(struct buf *out, struct str message);

#endif
