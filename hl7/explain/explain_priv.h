/* Inside hl7/explain. */
#ifndef HL7_EXPLAIN_EXPLAIN_PRIV_H
#define HL7_EXPLAIN_EXPLAIN_PRIV_H

#include "hl7/codec/codec.h"
#include "hl7/explain/explain.h"
#include "hl7/net/net.h"

#define ROUTE(method, pattern, permission, audit, tx, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "hl7/explain/routes.def"
#undef ROUTE

enum { EXPLAIN_BODY_MAX = 16 << 20, EXPLAIN_JSON_MAX = 64 << 20 };

const struct explain_config *explain_settings(void);
/* How bytes are read that fit neither MSH-18 nor UTF-8; NULL for the usual. */
const struct hl7_charset *explain_fallback(void);
/* Send what the buffer holds as application/json; releases it. */
bool explain_json(struct gate_http *h, struct buf *b, struct err *e);
/* The message a request carries: {"message": …} as a person pasted it, or the bytes themselves under any other type. */
bool explain_message(struct op *op, struct gate_http *h, struct str *ret_message, struct err *e);
/* Text as a person wrote it, as its sender would have sent it: lines end in CR, bytes are of the set MSH-18 names. */
struct str explain_bytes(struct arena *a, struct str text);
/* "name":[…] of texts. */
void explain_put_texts(struct buf *b, const char *name, const struct str *text, size_t n);

/* The number a path names; NOT_FOUND for anything else. */
bool explain_id(const struct gate_http *h, const char *name, int64_t *ret_id, struct err *e);
/* The columns of message_search, or (out) of sent_search, as members of an object that is open. */
void explain_put_row(struct buf *b, const struct db_rows *r, int row, bool out);
void explain_put_time(struct buf *b, const char *name, clock_us t);
/* "made": the messages that were made of one since; what its second and fourth column are called. */
struct explain_made {
    const struct db_query *query; /* its id, a time, the acknowledgement's code, and one more */
    const char *when, *more;
};
bool explain_put_made(struct op *op, struct buf *b, const struct explain_made *m, struct db_args *args, struct err *e);
/* Bytes for people. ack: the first ack_split bytes are the commit acknowledgement of enhanced mode. */
struct explain_shown {
    struct str raw, ack;
    size_t ack_split;
    const struct hl7_charset *known; /* what they were read as; NULL: as they say themselves */
};
/* "raw", "acceptAck" when there is one, "ack", and "segments". */
void explain_put_bytes(struct op *op, struct buf *b, const struct explain_shown *shown);
void explain_put_lines(struct buf *b, const char *name, struct str lines);
/* sent.c: a message that left. False with NOT_FOUND when there is none. */
bool explain_sent_view(struct op *op, int64_t id, struct buf *b, struct err *e);
/* What of a message can be found as words. */
struct str words_of(struct arena *a, struct str raw, const struct hl7_charset *known);

/* A refused message that is given once more. */
struct again {
    struct arena *arena;
    int64_t original;
    struct str message; /* edited; empty: as it was */
    struct hl7_resubmission out;
    struct str ack, control_id, patient;
    const struct hl7_charset *known;
};
/* False when it could not be given: CONFLICT when it was not refused or is settled, GONE without bytes. What it was
 * answered is in out. Borrows connections of its own. */
bool again_give(struct again *g, struct gate *gate, const struct principal *who, struct err *e);

#endif
