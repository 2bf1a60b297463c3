/* Inside hl7/net: triggers and their handlers, the journal of messages, the control table. */
#ifndef HL7_NET_NET_PRIV_H
#define HL7_NET_NET_PRIV_H

#include "domain/order.h"
#include "domain/report.h"
#include "gate/gate.h"
#include "hl7/net/map_priv.h"

struct trigger;

enum { RECEIPT_NOTES_MAX = 64 };
/* What a handler wants said beside the code. */
struct receipt_answer {
    const char *type;    /* as hl7_ack.type */
    struct str segments; /* as hl7_ack.segments */
    bool refused;        /* both are of a refusal too */
    struct hl7_fault note[RECEIPT_NOTES_MAX];
    size_t notes;
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
    struct str flag;  /* "code^scheme^meaning" of the first that somebody must act upon */
    bool withdrawn;   /* every result was deleted or posted as wrong */
    bool addendum;    /* every text stands below an earlier one */
    bool amends;      /* one does */
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

/* Take the lock of this sender's control id until the transaction ends, then look for an accepted message
 * with it from the last 30 days: *ret_ack is its acknowledgement if it had the same content; *ret_reused says
 * that only the id is the same. */
bool journal_look(struct op *op, const struct receipt *r, struct str *ret_ack, bool *ret_reused, struct err *e);
/* Queue the row. why: NULL for an accepted message. */
bool journal_put(struct op *op, struct receipt *r, const struct hl7_peer *from, struct str ack, const struct err *why,
                 struct err *e);

/* The refused message this one was made of needs nobody any more. Nothing for a message from its sender. */
bool journal_settle(struct op *op, const struct hl7_peer *from, struct err *e);

/* ---- senders ---- */

/* MSH-3 and MSH-4 as one reads them: by namespace, else by universal id. */
void sender_names(const struct hl7_message *m, struct arena *a, struct str *ret_application, struct str *ret_facility);
/* Is the peer's principal still good for this sender? */
bool sender_known(const struct hl7_peer *p, struct str application, struct str facility);

#endif
