/* HL7 v2 messages that leave: destinations, what they are told of the record's changes, and what became of each
 * message. A change is looked at after its commit (server/outbox); each message is composed once, kept in hl7_sent, and
 * sent until the destination decides: in order, one at a time, at least once, with the same control id. Owner: one
 * service a process. Threads: the destinations' functions by connection; the rest on the outbox's. */
#ifndef HL7_OUT_H
#define HL7_OUT_H

#include "gate/gate.h"
#include "outbox/outbox.h"

struct hl7_out_config {
    struct gate *gate;
    int senders, retry_max_seconds;
};
bool hl7_out_start(const struct hl7_out_config *config, struct err *e);
/* How the outbox serves destinations, once started. */
struct outbox_kind hl7_out_kind(void);
/* After the outbox ended. */
void hl7_out_stop(void);

/* In the transaction that takes a message: destinations that want such messages get it as it came, but for its MSH. */
bool hl7_out_received(struct db *db, struct arena *a, int64_t message_id, struct err *e);

/* In the transaction that answers a message: its application acknowledgement, which goes to a destination in the order
 * of the others. Who is not there any more is told nothing, which is logged. */
struct hl7_acknowledgement {
    struct str destination, bytes;
    int64_t message; /* that is acknowledged */
    struct str department, patient_id, accession;
};
bool hl7_out_acknowledge(struct db *db, struct arena *a, const struct hl7_acknowledgement *ack, struct err *e);

/* ---- destinations ---- */
struct hl7_setting { /* settings.def */
    struct str name, value;
};
/* Make a destination, or change these settings of it. INVALID names the setting in e->path. */
bool hl7_destination_put(struct db *db, struct arena *a, struct str name, const struct hl7_setting *settings, size_t n,
                         struct err *e);
/* Its messages that wait are discarded; NOT_FOUND. */
bool hl7_destination_remove(struct db *db, struct arena *a, struct str name, struct err *e);
bool hl7_destination_pause(struct db *db, struct arena *a, struct str name, bool paused, struct err *e);
/* Is anybody there? Connects as its messages would, over TLS with its certificates, and says nothing. */
bool hl7_destination_echo(struct db *db, struct arena *a, struct str name, struct err *e);
/* A JSON array: name, settings, and how it goes. */
bool hl7_destination_list(struct db *db, struct arena *a, struct buf *ret_json, struct err *e);
/* The rows of settings.def for a form: a JSON array of name, kind, usual, bounds, meaning. */
void hl7_settings_json(struct buf *b);
/* The rows of settings.def as a Markdown table. */
void hl7_settings_describe(struct buf *b);

/* ---- messages that were decided on: accepted, dead, resubmitted or discarded ---- */
/* Once more, at the end of the queue, with a control id of its own; edited: its text in UTF-8, "" for as it was. The
 * row filter of op holds. NOT_FOUND, STRUCTURE. */
bool hl7_sent_resubmit(struct op *op, int64_t id, struct str edited, int64_t *ret_id, struct err *e);
/* A dead letter nobody needs to look at any more. */
bool hl7_sent_discard(struct op *op, int64_t id, struct err *e);
struct hl7_replay {
    struct str destination, outcome; /* outcome: "dead", "accepted" … */
    clock_us from, to;               /* when they were composed; 0: open */
};
/* All of these, in their order; at most a thousand. */
bool hl7_sent_replay(struct op *op, const struct hl7_replay *r, int64_t *ret_count, struct err *e);

/* ---- `isocentre hl7 send` ---- */
struct hl7_client_config;
struct hl7_sending; /* one connection, one thread */
struct hl7_sending *hl7_sending_open(const struct hl7_client_config *to, bool wait, struct err *e);
/* Send every message of these bytes (framed or not, batches, any line ends; they are changed), one after the other.
 * Each answer is printed to standard output as "control-id code text". False when one was not answered, or for another;
 * STRUCTURE when there is none. */
bool hl7_sending_put(struct hl7_sending *s, struct buf *bytes, struct err *e);
/* False when a message was not accepted (AA or CA). Frees it; NULL is fine. */
bool hl7_sending_close(struct hl7_sending *s, struct err *e);

#endif
