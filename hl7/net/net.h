/* What HL7 v2 messages mean: what each trigger event does to the record, and the HL7 column of the Rosetta table.
 * The ways in are hl7/door's, the way out is hl7/out's. A message goes through the gate as one act; its bytes, its
 * acknowledgement and what it changed are one transaction, and an AA leaves only after that committed (HL7 2.5.1 §2.9,
 * original mode). Threads: hl7_receive on any thread with its own arena and peer. Cost: a database connection only
 * while a message is worked on. */
#ifndef HL7_NET_H
#define HL7_NET_H

#include "domain/fields.h"
#include "gate/gate.h"
#include "hl7/codec/message.h"

/* What hl7_receive made of a message. */
struct hl7_outcome {
    bool answered;           /* what ret_ack holds is the answer, even if it is empty: nobody asked for one */
    bool kept;               /* the message is in the journal */
    char code[3];            /* what became of it: AA, AE, AR */
    size_t application_from; /* where in ret_ack the application (or original mode's) acknowledgement begins; what is
                                before is the accept acknowledgement of enhanced mode, a message of its own */
};

/* One sender, as long as its connection lasts. Zeroed but for gate, door and address. */
struct hl7_peer {
    struct gate *gate;
    const char *door;                   /* "mllp", "http", "file"; NULL: "mllp" */
    const struct hl7_charset *fallback; /* NULL: Windows-1252 */
    const char *address;
    const struct tls_peer *certificate; /* what it showed; NULL: none */
    bool loopback, encrypted;
    bool authenticated; /* `who` was asked for its password by the door, whatever MSH-3 and MSH-4 say */
    /* The last principal, good for the same MSH-3 and MSH-4 for a few seconds: a burst of messages asks once.
     */
    struct principal who;
    char application[96], facility[96];
    clock_us known_until;               /* clock_monotonic */
    unsigned known_age;                 /* auth_peers_age then */
    struct hl7_outcome outcome;         /* of the last message */
    const struct hl7_charset *usual;    /* what an empty MSH-18 means, when that is known before the sender is */
    const struct hl7_charset *known;    /* the message came before and was read as this; NULL: it comes first */
    struct hl7_resubmission *again;     /* NULL: the message comes from its sender */
    const struct profile_live *profile; /* of a trial: read along this one, not the sender's */
};

/* Receive: answer every message alike, say each on standard output ("listening PORT" first), end after count. */
struct hl7_receiver {
    const char *address;
    int port;           /* 0: any free one */
    const char *answer; /* AA AE AR CA CE CR, or "none" */
    int delay_ms;       /* before each answer */
    int64_t count;      /* 0: for ever */
    const char *folder; /* where messages are kept, 000001.hl7 …; NULL: nowhere */
};
bool hl7_receive_files(const struct hl7_receiver *how, struct err *e);

/* A message that is given once more, as it was or edited, by a person. who of the peer is that person. */
struct hl7_resubmission {
    int64_t original;      /* its row in the journal */
    struct str department; /* of the original, and of what the message makes */
    int64_t message;       /* out: the new row; 0 when none was kept */
    char code[3];          /* out: the acknowledgement, "" for none */
    char error[200];       /* out: why it was refused */
};
/* Who sends a message whose MSH has been read? Then peer->who is of a kind and has its settings. False, silently, when
 * nobody is known by these names: hl7_receive will refuse it and say so. */
bool hl7_peer_recognise(struct hl7_peer *peer, const struct hl7_message *header, struct arena *a);
/* Add what a decoder or message tolerated to the metrics. */
void hl7_quirks_count(const struct hl7_quirks *q);
/* Take one message (without framing) through the gate and append its acknowledgements to ret_ack, also when it
 * is refused; peer->outcome tells which. The arena holds everything of the message; reset it afterwards. */
void hl7_receive(struct hl7_peer *peer, struct str message, struct arena *a, struct buf *ret_ack);

/* Where one value of a message came from. */
struct hl7_origin {
    size_t group;
    enum field field;
    struct str value; /* canonical; empty when the sender removed it */
    bool removed;
    char place[64]; /* as ERR-2 writes it: "OBR^2^18" */
    const char *location, *transform;
};
/* What a message would get and do. */
struct hl7_trial {
    struct str trigger, control_id, application, facility, charset;
    struct str ack; /* UTF-8 */
    const char *code;
    bool repeated; /* it came before and would get that answer again */
    const struct str *warning;
    size_t warnings;
    struct hl7_origin *origin;
    size_t origins;
};
/* Work on a message in op's write transaction, which the caller rolls back. False when it would be refused, and then
 * too the trial is told as far as it went. */
bool hl7_try(struct op *op, struct hl7_peer *peer, struct str message, struct hl7_trial *ret_trial, struct err *e);

/* The rows of triggers.def as a Markdown table, for `isocentre describe triggers`. */
void hl7_triggers_describe(struct buf *b);
/* A row of maps: in these structures the field is taken from this place. */
struct hl7_map_row {
    enum field field;
    const char *location;  /* "OBR-18", "PID-5.1" */
    const char *transform; /* transforms.def */
    unsigned structures;   /* bits of enum hl7_map_structure */
};
enum hl7_map_structure {
    HL7_MAP_ORDER = 1,
    HL7_MAP_IMAGING = 2,
    HL7_MAP_PATIENT = 4,
    HL7_MAP_REPORT = 8,
    HL7_MAP_DOCUMENT = 16,
    HL7_MAP_APPOINTMENT = 32
};
const struct hl7_map_row *hl7_map_rows(size_t *ret_count);
/* The HL7 column of `isocentre describe fields`: "ORM OMG: OBR-18 TEXT; OMI: IPC-1 TEXT", empty when HL7 has
 * none. */
void hl7_map_describe(enum field f, struct buf *b);

#endif
