/* Inside hl7/net: triggers and their handlers, the journal of messages, the control table. */
#ifndef HL7_NET_NET_PRIV_H
#define HL7_NET_NET_PRIV_H

#include "domain/order.h"
#include "domain/report.h"
#include "gate/gate.h"
#include "hl7/codec/ack.h"
#include "hl7/net/map_priv.h"

struct trigger;

enum { RECEIPT_NOTES_MAX = 64, RECEIPT_FAULTS_MAX = 19 };
/* What a handler wants said beside the code. */
struct receipt_answer {
    const char *type;    /* as hl7_ack.type */
    struct str segments; /* as hl7_ack.segments */
    bool refused;        /* both are of a refusal too */
    struct hl7_fault note[RECEIPT_NOTES_MAX];
    size_t notes;
    struct hl7_fault fault[RECEIPT_FAULTS_MAX]; /* of a refusal, beside the one that stopped it */
    size_t faults;
};

/* One message on its way: what its handler sees, and what the journal keeps of it. */
struct receipt {
    const struct trigger *trigger; /* NULL: none of ours */
    const struct hl7_message *m;
    struct hl7_header header;
    struct str application, facility; /* MSH-3 and MSH-4, by namespace, else by id */
    struct str name;                  /* "ORM^O01" */
    struct str raw;
    unsigned char hash[32];           /* SHA-256 of the bytes without MSH-7 */
    int64_t message_time;             /* MSH-7 as clock_us, 0 when it is none */
    struct str patient_id, accession; /* as the message writes them; filled by handlers */
    struct domain *d;                 /* of the running attempt: warnings */
    struct trace_log *log;            /* the same: where its values came from */
    int64_t id;                       /* of its row in the journal, once there is one */
    struct receipt_answer answer;     /* of the running attempt */
    size_t ack_split;                 /* bytes of its answer that are the accept acknowledgement */
    struct str trace;                 /* the hash of the form it was read by, when its journal row is of this attempt */
};

typedef bool trigger_handler(struct op *op, struct receipt *r, struct err *e);
struct trigger {
    const char *name;
    enum permission permission;
    enum audit_kind audit;
    trigger_handler *handler;
    enum hl7_map_structure map;
    const char *meaning;
};
const struct trigger *trigger_find(struct str type, struct str event);

#define TRIGGER(name, permission, audit, handler, map, meaning) trigger_handler handler;
#include "hl7/net/triggers.def"
#undef TRIGGER

/* Keep one more fault of a message that is refused; what is said of that place already, or is one too many, is not. */
void receipt_fault(struct receipt *r, const struct err *why, const struct err *also);
/* survey.c: a message was refused for the reason given: look for what else is wrong with its values, as far as they can
 * be judged by themselves. Nothing is written. */
void survey(struct receipt *r, const struct err *why);

/* ---- order control ---- */

struct control {
    const char *code, *status; /* ORC-1, ORC-5 */
    enum order_event event;
    const char *step_status;
};
/* UNSUPPORTED for an order control that is not taken, REQUIRED and CODE_INVALID for a status it needs.
 * e->path is "ORC-1" or "ORC-5", for the caller to place. */
const struct control *control_find(struct str code, struct str status, struct err *e);
/* Is this a status of table 0038 that is known here? */
bool control_status_known(struct str status);

/* ---- patients ---- */

struct allergy;
/* What AL1 and IAM have in common; false without an allergen. */
bool allergy_read(struct mapping *x, const struct hl7_segment *s, struct allergy *ret_allergy);
struct merge_result;
/* The events of both records. */
void merge_tell(struct op *op, struct receipt *r, const struct merge_result *m);
/* MRG-1 as PATIENT_ID and PATIENT_ISSUER. REQUIRED without it; mrg NULL: there is none. */
bool prior_patient(struct mapping *x, const struct hl7_segment *mrg, struct fields *ret_prior, struct err *e);

/* ---- order answers ---- */

struct orders_answer {
    struct receipt *r;
    struct buf text;
    struct hl7_writer w;
    size_t orders;
};
/* False, with nothing to end, when the message asks for no number. */
bool orders_answer_begin(struct orders_answer *a, struct receipt *r);
/* One group was applied; asked: it wanted a number. */
void orders_answer_add(struct orders_answer *a, const struct mapping *x, bool asked, const struct order_result *o);
/* ok: the message was applied; then its receipt has the answer. Returns ok, or the writer's failure. */
bool orders_answer_end(struct orders_answer *a, bool ok, struct err *e);

/* ---- reports ---- */

enum { REPORT_DOCUMENTS_MAX = 16 };
struct report_content {
    struct str text, conclusion; /* UTF-8, lines ended by LF */
    struct report_document document[REPORT_DOCUMENTS_MAX];
    size_t document_count;
    struct str study_uid;
    struct str flag;             /* "code^scheme^meaning" of the first that somebody must act upon */
    bool withdrawn;              /* every result was deleted or posted as wrong */
    bool addendum;               /* every text stands below an earlier one */
    bool amends;                 /* one does */
    bool corrected, preliminary; /* a result says so of itself */
};
/* An ED with its bytes, an RP with its address: added to the content. INVALID for a document that is not what it
 * says. */
bool report_take_document(struct mapping *x, const struct hl7_segment *obx, struct report_content *c, struct err *e);
bool report_take_pointer(struct mapping *x, const struct hl7_segment *obx, struct report_content *c);
/* What the OBX and NTE of a report's group hold. Warnings go to x->d. INVALID with the place for a document
 * that is not what it says. */
bool report_content(struct mapping *x, struct report_content *ret_content, struct err *e);
/* Put it into x->fields, and settle the status the results give together. */
void report_settle(struct mapping *x, const struct report_content *c);

/* ---- the journal ---- */

struct journal_found { /* an accepted message of the last 30 days with the same sender and control id */
    bool same;         /* it had the same content */
    bool reused;       /* it had another one */
    struct str ack;
    size_t ack_split;
    int64_t id;
};
/* Take the lock of this sender's control id until the transaction ends, then look. */
bool journal_look(struct op *op, const struct receipt *r, struct journal_found *ret_found, struct err *e);
/* Queue the row. why: NULL for an accepted message. */
bool journal_put(struct op *op, struct receipt *r, const struct hl7_peer *from, struct str ack, const struct err *why,
                 struct err *e);
/* The row is committed: for a minute, messages of that form need not write down again where their values are from. */
void journal_committed(const struct receipt *r);

/* The refused message this one was made of needs nobody any more. Nothing for a message from its sender. */
bool journal_settle(struct op *op, const struct hl7_peer *from, struct err *e);

/* ---- acknowledgements (reply.c) ---- */

/* What one message is answered: nothing, one acknowledgement, or in enhanced mode up to two. */
struct reply {
    struct buf *to;
    size_t from, split; /* to the accept acknowledgement belong [from, split), the rest is the application's */
    const char *code;   /* what became of the message: AA, AE, AR */
    bool written;       /* also when nothing is to be said */
    bool enhanced;      /* MSH-15 or MSH-16 asked for it */
    bool apart;         /* the application acknowledgement goes to an address of its own */
    bool sequenced;     /* MSA-4 tells sequence */
    int64_t sequence;
};
/* Forget what was written: an attempt may be repeated. */
void reply_begin(struct reply *r);
/* kept: the message is, or with the commit will be, in the journal. */
bool reply_write(struct reply *r, const struct hl7_message *m, const struct hl7_ack *ack, bool kept, struct err *e);
/* The answer it got before. */
void reply_stored(struct reply *r, struct str bytes, size_t split);
struct str reply_bytes(const struct reply *r);

/* sequence.c: MSH-13 against what is expected. *ret_link_only: the message only starts the link. Fails with SEQUENCE,
 * reply->sequence told all the same. */
bool sequence_take(struct op *op, const struct receipt *r, struct reply *reply, bool *ret_link_only, struct err *e);

/* ---- senders ---- */

/* MSH-3 and MSH-4 as one reads them: by namespace, else by universal id. */
void sender_names(const struct hl7_message *m, struct arena *a, struct str *ret_application, struct str *ret_facility);
/* Is the peer's principal still good for this sender? */
bool sender_known(const struct hl7_peer *p, struct str application, struct str facility);

#endif
