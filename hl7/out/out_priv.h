/* Inside hl7/out: a destination as a struct, what is told of the record, composing, the queue. */
#ifndef HL7_OUT_PRIV_H
#define HL7_OUT_PRIV_H

#include "domain/domain.h"
#include "domain/fields.h"
#include "hl7/out/client.h"
#include "hl7/out/out.h"

enum { MESSAGE_MAX = 64 << 20, TEMPLATES_MAX = 200, WARNINGS_MAX = 8 };
#define RECEIVED_TYPE "hl7-message" /* what the outbox calls a message that was taken */

/* ---- the tables ---- */
enum hl7_event {
#define EVENT(name, meaning) HL7_##name,
#include "hl7/out/events.def"
#undef EVENT
    HL7_EVENTS
};
const char *event_name(enum hl7_event event);

enum {
    SEND_ORDER = 1,
    SEND_STATUS = 2,
    SEND_SCHEDULE = 4,
    SEND_CHARGE = 8,
    SEND_REPORT = 16,
    SEND_DOCUMENT = 32,
    SEND_PATIENT = 64
};
enum hl7_form {
#define FORM(name, segments) SHAPE_##name,
#include "hl7/out/forms.def"
#undef FORM
    FORMS
};
enum hl7_style { STYLE_ANY, STYLE_ORM, STYLE_OMI };
struct message_row { /* messages.def */
    enum hl7_event event;
    unsigned send;
    enum hl7_style style;
    const char *type, *control;
    enum hl7_form form;
};

/* What a template takes its text from: a field of the Rosetta table, or a fact. */
enum hl7_value {
    VALUE_BEFORE_FACTS = FIELDS - 1,
#define FACT(name, meaning) FACT_##name,
#include "hl7/out/facts.def"
#undef FACT
    VALUES
};

/* ---- destination.c ---- */
#define SETTING_TEXT struct str
#define SETTING_LIST struct str
#define SETTING_NUMBER int
#define SETTING_SWITCH bool
#define SETTING_CHOICE int
enum {
#define SETTING(name, kind, usual, bounds, meaning) SETTING_OF_##name,
#include "hl7/out/settings.def"
#undef SETTING
    SETTINGS
};
struct hl7_destination {
    int64_t id;
    struct str name, settings; /* settings: as stored */
    struct str text[SETTINGS]; /* each as written */
#define SETTING(name, kind, usual, bounds, meaning) SETTING_##kind name;
#include "hl7/out/settings.def"
#undef SETTING
    unsigned sends; /* bits of send */
};
/* A row of columns destination, name, settings. */
bool destination_read(const struct db_rows *r, int row, struct arena *a, struct hl7_destination *ret_d, struct err *e);
bool destination_get(struct db *db, struct arena *a, int64_t id, struct hl7_destination *ret_d, bool *ret_found,
                     struct err *e);
bool destination_find(struct db *db, struct arena *a, struct str name, struct hl7_destination *ret_d, bool *ret_found,
                      struct err *e);
bool destinations_load(struct db *db, struct arena *a, struct hl7_destination **ret_list, size_t *ret_n, struct err *e);
/* Is the word one of the list ("CT,MR")? An empty list has all. */
bool list_has(struct str list, struct str word);
enum hl7_style destination_style(const struct hl7_destination *d);
/* Is a caller of this name the destination itself? */
bool destination_is(const struct hl7_destination *d, struct str origin);

/* ---- templates.c ---- */
struct template_row {
    const char *place;
    int source; /* enum hl7_value; -1: the text in `word` */
    const char *transform;
    unsigned forms; /* bits 1 << enum hl7_form */
    struct str word;
};
const struct template_row *templates(size_t *ret_count);
/* The rows a destination puts over them. INVALID says which and why. */
bool templates_read(struct arena *a, struct str json, struct template_row **ret_rows, size_t *ret_n, struct err *e);

/* ---- write.c: the parts of a message, in any order ---- */
enum { PARTS_MAX = 500 };
struct part {
    struct hl7_location at;
    struct str text;
};
struct parts {
    struct domain *d;
    struct part part[PARTS_MAX];
    size_t n;
    bool full;
};
typedef bool write_transform(struct parts *p, const struct hl7_location *at, struct str text, struct err *e);
write_transform *write_transform_find(struct str name);
/* Put a text there, over what was there; empty text puts nothing. */
void part_put(struct parts *p, const struct hl7_location *at, struct str text);
/* Take away whatever is at or below the place. */
void part_clear(struct parts *p, const struct hl7_location *at);
/* Every part of the segment, in its order. False: there is none. */
bool parts_segment(const struct parts *p, const char *name, struct hl7_writer *w);
#define TRANSFORM(name, function, meaning) write_transform function;
#include "hl7/out/transforms.def"
#undef TRANSFORM

/* ---- values.c: what is told ---- */
struct telling {
    struct domain *d;
    enum hl7_event event;
    struct str value[VALUES];
    struct str text, pdf; /* of a report: UTF-8 lines; base64 */
    struct str source;    /* "Task/…" */
    int version;
    struct str department, origin;
};
/* Each fills t; *ret_told false when there is nothing to tell (a Task that is no step). */
bool tell_step(struct telling *t, int64_t task, const struct record_doc *now, bool *ret_told, struct err *e);
bool tell_order(struct telling *t, const struct record_doc *request, struct err *e);
bool tell_report(struct telling *t, const struct record_doc *report, struct err *e);
bool tell_patient(struct telling *t, const struct record_doc *patient, struct err *e);
/* other: the reference of the patient who stays. */
bool tell_merge(struct telling *t, const struct record_doc *source, struct str other, struct err *e);
bool tell_visit(struct telling *t, const struct record_doc *encounter, struct err *e);
/* The category of a ServiceRequest is imaging, or it has none. */
bool is_imaging(const struct fhir_node *request);

/* ---- event.c ---- */
struct happening {
    enum hl7_event event;
    int64_t rid;           /* of the step, order, report, patient, visit */
    struct record_doc now; /* its document as the change left it */
    struct str other;      /* of a merge: the patient who stays */
};
struct happenings {
    struct domain *d;
    struct happening *list;
    size_t n, room;
    int64_t upto; /* where the change feed stood */
    bool merged;  /* references moved: what else changed is no news */
};
/* What the changes of one transaction are in HL7's words, patients first. */
bool happenings_find(struct happenings *h, const struct outbox_change *changes, size_t n, struct err *e);

/* ---- compose.c ---- */
struct composed {
    int64_t message_id;
    struct str control_id, raw;
    struct str warning[WARNINGS_MAX];
    size_t warnings;
};
bool compose(const struct telling *t, const struct hl7_destination *to, const struct message_row *m,
             struct composed *ret_message, struct err *e);
/* A message as it came, but for its MSH, and in the destination's character set. */
struct came {
    struct str bytes;
    const struct hl7_charset *known; /* what they were read as */
};
bool compose_forward(struct domain *d, const struct hl7_destination *to, const struct came *came,
                     struct composed *ret_message, struct err *e);
/* A text that exists, written by put with a control id of its own. */
typedef bool put_control(struct str text, struct str control_id, struct buf *b, struct err *e);
bool compose_text(struct arena *a, const struct hl7_destination *to, struct composed *ret_message, put_control *put,
                  struct str text, struct err *e);
/* OBX of a telling. */
void put_observations(const struct telling *t, const struct hl7_destination *to, bool report, struct hl7_writer *w);

/* ---- queue.c ---- */
bool queue_changed(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e);
struct queued { /* one more message of a destination */
    const struct hl7_destination *to;
    const struct composed *message;
    struct str trigger, event, source, department, patient_id, accession;
    int version;
    int64_t replaces;      /* 0: none */
    const struct err *why; /* it could not be composed: dead at once */
};
bool queue_put(struct db *db, struct arena *a, const struct queued *q, struct err *e);

/* ---- connections.c: kept open between messages ---- */
/* The destination's own, open and usable, or a new one. */
struct hl7_client *connection_take(const struct hl7_destination *d, struct err *e);
/* A new one. */
struct hl7_client *connection_dial(const struct hl7_destination *d, struct err *e);
/* Kept for the next message, or closed when the destination wants one each. */
void connection_give(const struct hl7_destination *d, struct hl7_client *c);
void connections_sweep(bool all);

/* ---- deliver.c ---- */
bool deliver_prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e);
bool deliver_send(void *ctx, struct outbox_run *run, struct err *e);
bool deliver_done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e);

/* ---- out.c ---- */
struct service {
    struct hl7_out_config config;
    int stop_fd;
};
extern struct service hl7_out_service;
#define HL7_OUT_KIND "hl7"

#endif
