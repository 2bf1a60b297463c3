/* Inside fhir/subscription: a subscription as a struct, and who does what with it. */
#ifndef FHIR_SUBSCRIPTION_PRIV_H
#define FHIR_SUBSCRIPTION_PRIV_H

#include "fhir/subscription/subscription.h"

enum { BATCH_DEFAULT = 20, BATCH_MAX = 100, HEADERS_MAX = 16, BODY_MAX = 64 << 20, EVENTS_MAX = 1000 };
#define BACKPORT "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
#define HIDDEN "********"

struct subscription {
    int64_t rid;
    struct str id, topic, type, criteria, channel, endpoint, payload, content, access, creator, status;
    struct str headers[HEADERS_MAX];
    size_t header_count;
    int heartbeat, timeout, max_count;
    clock_us ends; /* 0: never */
    int64_t since;
    bool activated;
};

struct service {
    struct subscription_config config;
    struct httpc *http;
};
extern struct service subscription_service;

/* An operation of the server's own with this row filter, for searching and rendering. */
struct op service_op(struct arena *a, struct db *db, struct str access);

/* ---- store.c ---- */
bool subscription_read(const struct db_rows *rows, int row, struct arena *a, struct subscription *ret_s, struct err *e);
bool subscription_get(struct db *db, struct arena *a, int64_t rid, struct subscription *ret_s, bool *ret_found,
                      struct err *e);
bool subscription_put(struct db *db, struct arena *a, const struct subscription *s, struct err *e);
/* The server's own change of a Subscription document: its status, and the error or none. */
bool subscription_show(struct db *db, struct arena *a, int64_t rid, const char *status, struct str error,
                       struct err *e);

/* ---- document.c: what a client wrote ---- */
/* The struct of a document; 422 naming the element when it asks for what is not offered. */
bool document_read(struct op *op, const struct fhir_node *node, struct subscription *ret_s, struct err *e);

/* ---- topic.c ---- */
struct topic_case { /* a change looked at */
    struct op *op;
    struct record_doc *now, *before; /* before->version is 0 when the change made it */
    struct record_doc *focus;        /* what the topic tells of */
    size_t focus_count;
};
struct topic {
    const char *url, *focus, *listens;
    bool (*trigger)(struct topic_case *c, struct err *e);
};
const struct topic *topic_find(struct str url);
const struct topic *topic_at(int i);
/* "DiagnosticReport?patient=Patient/1" as search text of the focus; INVALID for a filter the topic does not have. */
bool topic_filter(struct arena *a, const struct topic *t, struct str text, struct str *ret_search, struct err *e);

/* ---- match.c ---- */
bool match_changes(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e);

/* ---- notice.c ---- */
struct notice {
    const struct subscription *s;
    const char *type;   /* "handshake", "heartbeat", "event-notification", "query-event", "query-status" */
    struct str status, error, content;
    int64_t last;       /* events since the subscription's start */
    const struct outbox_event *events;
    size_t event_count;
};
/* The Parameters of a SubscriptionStatus. */
void notice_status(struct op *op, const struct notice *n, struct buf *out);
/* The history Bundle. Content a row filter hides stays out. */
bool notice_bundle(struct op *op, const struct notice *n, struct buf *out, struct err *e);
/* A resource as the event meant it; *ret_found false when it is gone from sight. */
bool notice_document(struct op *op, const struct outbox_event *event, struct record_doc *ret_doc, bool *ret_found,
                     struct err *e);

/* ---- bound.c: websocket clients of this node ---- */
bool bound_send(int64_t rid, struct str text, struct err *e);
bool bound_any(int64_t rid);

/* ---- deliver.c ---- */
extern const struct outbox_kind deliver_kind;

#endif
