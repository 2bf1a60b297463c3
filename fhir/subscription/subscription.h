/* FHIR subscriptions: R4 (criteria are a search, channel rest-hook) and topic-based (Subscriptions R5 Backport 1.1.0
 * for R4). A Subscription document is checked and taken over when it is written (subscription_rules, called by
 * domain/), changes are matched by the outbox's watcher, notifications are sent by its senders.
 * Owner: one service a process. Threads: handlers any; the rest on the outbox's. */
#ifndef FHIR_SUBSCRIPTION_H
#define FHIR_SUBSCRIPTION_H

#include "gate/http.h"
#include "httpc/httpc.h"
#include "outbox/outbox.h"

#define SUBSCRIPTION_TOPICS "https://isocentre.org/fhir/SubscriptionTopic/"

struct subscription_config {
    struct gate *gate;
    const char *allow, *ca_file;
    int timeout_seconds, retry_max_seconds, keep;
};
/* Rules of the type Subscription, for struct domain_policy. */
extern const struct domain_rules subscription_rules;
bool subscription_start(const struct subscription_config *config, struct err *e);
/* How the outbox serves subscriptions, once started. */
struct outbox_kind subscription_kind(void);
/* After the outbox ended. */
void subscription_stop(void);

/* The topics, by position; NULL past the end. Canonical address. */
const char *subscription_topic(int i);

/* $status: a searchset of Parameters. One subscription when id is given, those of ids and statuses else. */
struct subscription_question {
    struct str id;
    struct str *ids, *statuses;
    size_t id_count, status_count;
};
bool subscription_status(struct op *op, const struct subscription_question *q, struct buf *ret_json, struct err *e);
/* $get-ws-binding-token: good once, for a minute. */
struct subscription_ticket {
    struct str token;
    clock_us expires;
};
bool subscription_token(struct op *op, struct str id, struct subscription_ticket *ret_ticket, struct err *e);
/* The WebSocket's address: no principal, the token is the credential. */
bool subscription_socket(struct op *op, struct gate_http *h, struct err *e);
/* $events: a history Bundle of type query-event. */
struct subscription_replay {
    struct str id;
    int64_t from, upto; /* numbers, both included */
    struct str content; /* empty: as the subscription says */
};
bool subscription_events(struct op *op, const struct subscription_replay *r, struct buf *ret_json, struct err *e);

#endif
