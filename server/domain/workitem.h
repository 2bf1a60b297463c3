/* Workitems: work that somebody put on a list for whoever takes it (DICOM: unified procedure steps). Each is a Task,
 * which changes with it in the same transaction; who takes one shows its transaction with everything it says from then
 * on, and who subscribed is told of it through the outbox, in order and at least once.
 * A write begins with workitem_begin. Threads: by operation. */
#ifndef DOMAIN_WORKITEM_H
#define DOMAIN_WORKITEM_H

#include "domain/domain.h"

#define WORKITEM_SCHEDULED "SCHEDULED"
#define WORKITEM_IN_PROGRESS "IN PROGRESS"
#define WORKITEM_COMPLETED "COMPLETED"
#define WORKITEM_CANCELED "CANCELED"

struct workitem { /* what it says; absent is "" */
    struct str sop_uid, label, worklist_label, priority /* HIGH, MEDIUM, LOW */, readiness, comments;
    struct str patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex;
    struct str start, due /* FHIR dateTime */, code /* CODE form */, reason;
    struct str character_set, dataset; /* the data set is kept, not looked into */
};
struct workitem_row { /* one that is here */
    int64_t rid;
    struct str sop_uid, state, transaction, performer, readiness, character_set, dataset;
    struct str task; /* "Task/…" */
    clock_us ended;  /* 0: it is open */
};

/* First of a write: changes go on beside each other (alone false), but not while somebody subscribes (alone true). */
bool workitem_begin(struct domain *d, bool alone, struct err *e);
/* Put it on the list. CONFLICT when the UID is known. */
bool workitem_create(struct domain *d, const struct workitem *w, struct workitem_row *ret_row, struct err *e);
/* Locked for a change, or only looked at. NOT_FOUND. */
bool workitem_open(struct domain *d, struct str sop_uid, struct workitem_row *ret_row, struct err *e);
bool workitem_get(struct domain *d, struct str sop_uid, struct workitem_row *ret_row, struct err *e);
/* May who shows this transaction ("": none) change what it says? WORKITEM_FINAL, WORKITEM_CLAIM, WORKITEM_OPEN. */
bool workitem_may_change(const struct workitem_row *row, struct str transaction, struct err *e);
/* All it says now. */
bool workitem_change(struct domain *d, const struct workitem_row *row, const struct workitem *now, struct err *e);
/* May who shows this transaction move it to this state (PS3.4 table CC.1.1-2)? *ret_already: it stands there, and
 * nothing is to be done. */
bool workitem_may_move(const struct workitem_row *row, struct str to, struct str transaction, bool *ret_already,
                       struct err *e);
/* Move it; performer is who does, and reason, "" for none, why. Subscribers are told. *row says how it stands then. */
struct workitem_step {
    struct str to, transaction, performer, reason;
    struct str dataset; /* "": as it is */
};
bool workitem_move(struct domain *d, struct workitem_row *row, const struct workitem_step *step, struct err *e);
/* Not taken yet, it ends: taken by the house and cancelled at once, as two steps. */
bool workitem_cancel(struct domain *d, struct workitem_row *row, struct str reason, struct str dataset, struct err *e);

/* Its Task was written by somebody else: WORKITEM_TASK unless that cancels it before it is taken. */
bool workitem_check_task(struct domain *d, const struct record_doc *task, const struct record_doc *before,
                         struct err *e);
bool workitem_follow_task(struct domain *d, const struct record_doc *task, const struct record_doc *before,
                          struct err *e);

struct workitem_query { /* "" and 0: any; sop_uids are exact */
    const struct str *sop_uids;
    size_t sop_uid_count;
    struct str state, patient_id, worklist_label;
    int64_t behind;
    int limit;
};
bool workitem_find(struct domain *d, const struct workitem_query *q, struct workitem_row **ret_rows, size_t *ret_n,
                   struct err *e);

enum { WORKITEM_FORGET_MAX = 200 }; /* in one run */
/* Those that ended so many hours ago leave the list, unless a subscriber holds them; their Tasks stay. */
bool workitem_forget(struct domain *d, int hours, size_t *ret_n, struct err *e);

/* ---- workitem_tell.c: who is told ---- */
#define WORKITEM_TELLS "UPS"
#define WORKITEM_NEWS "workitem" /* outbox type: a row of workitem_message */
enum workitem_event {            /* PS3.4 table CC.2.4-1 */
    WORKITEM_STATE = 1,
    WORKITEM_CANCEL_ASKED = 2,
    WORKITEM_PROGRESS = 3,
    WORKITEM_HOUSE = 4,
    WORKITEM_ASSIGNED = 5
};
struct workitem_news {
    enum workitem_event event;
    struct str sop_uid, state, readiness, dataset; /* what the event says besides; "" for none */
};
/* Tell its subscribers. *ret_told, which may be NULL: how many. */
bool workitem_tell(struct domain *d, int64_t rid, const struct workitem_news *news, size_t *ret_told, struct err *e);
/* Tell everybody who is told of any. */
bool workitem_tell_all(struct domain *d, const struct workitem_news *news, struct err *e);

struct workitem_receiver {
    int64_t destination;
    bool locked;       /* what it is told of is kept until it lets go */
    struct str filter; /* of one that is told of what is new; "": of everything */
};
/* Whoever may be told from now on. WORKITEM_RECEIVER. */
bool workitem_receiver(struct domain *d, struct str ae, int64_t *ret_destination, struct err *e);
/* It is told of one, beginning with how it stands. */
bool workitem_subscribe(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                        struct err *e);
/* The same for one of many: unless it is told already; how it stands is told to who holds it. */
bool workitem_subscribe_more(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                             struct err *e);
/* It is told of what is to come, by its filter. */
bool workitem_watch(struct domain *d, const struct workitem_receiver *to, struct err *e);
/* Those who are told of what is new. */
bool workitem_watchers(struct domain *d, struct workitem_receiver **ret_list, size_t *ret_n, struct err *e);
/* A new one is told to this watcher. */
bool workitem_watched(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                      struct err *e);
/* No more of one; of what is to come; of anything. */
bool workitem_unsubscribe(struct domain *d, int64_t destination, int64_t rid, struct err *e);
bool workitem_unwatch(struct domain *d, int64_t destination, bool all, struct err *e);

#endif
