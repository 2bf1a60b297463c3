/* Orders, requested procedures and scheduled steps: what a change does to them, and the rules of their states. One
 * order is a ServiceRequest, each requested procedure a ServiceRequest based on it, each step a Task based on the
 * procedure, and the images to come an ImagingStudy in state registered. Threads: by operation. */
#ifndef DOMAIN_ORDER_H
#define DOMAIN_ORDER_H

#include "domain/domain.h"
#include "domain/fields.h"

enum order_event {
    ORDER_PLACE,       /* new, or resent: then a change */
    ORDER_CHANGE,      /* new values */
    ORDER_STATUS,      /* step_status alone */
    ORDER_CANCEL,      /* before it started */
    ORDER_DISCONTINUE, /* after it started, or before */
    ORDER_HOLD,
    ORDER_RELEASE,
    ORDER_NUMBER,      /* place or change, and give the order number that is missing */
    ORDER_REPLACED,    /* another order stands in its place: its open steps end */
    ORDER_REPLACEMENT, /* place, and the parent is replaced */
    ORDER_NOTHING,     /* an answer or a remark: kept, changes nothing */
    ORDER_EVENTS
};

struct order_request {
    enum order_event event;
    struct str step_status; /* SCHEDULED, ARRIVED, READY, STARTED, COMPLETED, DISCONTINUED, CANCELED; "" by event */
    struct fields *fields;  /* completed here: generated values are filled in */
    int64_t message_time;   /* clock_us of the sender's message, 0 when unknown */
};
struct order_result {
    struct record_doc patient, order, procedure, task;
    struct str study_uid;
    bool created;
};
/* Apply one order group. REQUIRED and INVALID name the field in e->path ("ACCESSION_NUMBER"); BUSINESS_RULE when the
 * state forbids it; NOT_FOUND for a change of an order that is not here. */
bool order_apply(struct domain *d, struct order_request *r, struct order_result *ret_result, struct err *e);

/* Is one value of an order what it must be, whatever the record holds? INVALID, with the field's name as its path. */
bool order_check_value(const struct fields *f, enum field one, struct err *e);

/* A step moves by something that is not its order: the Task keeps why, its order follows. */
bool step_move(struct domain *d, int64_t task, struct str status, const char *why, struct err *e);
/* What was told of the step was wrong: it goes to any state. */
bool step_correct(struct domain *d, int64_t task, struct str status, const char *why, struct err *e);
/* Task.status of a step status. */
struct str order_task_status(struct str step_status);
/* The step status of a Task: its business status while that agrees with Task.status, else what Task.status means. */
struct str order_step_status(const struct fhir_node *task);
struct order_study { /* the study an order asks for */
    const struct record_doc *order, *procedure, *patient;
    struct str uid; /* the ordered Study Instance UID; "" to take what is there or generate */
};
/* The ImagingStudy of a procedure, made in state registered when there is none. */
bool order_imaging_study(struct domain *d, const struct order_study *s, struct record_doc **ret_doc, struct err *e);
/* After a ServiceRequest was written by whatever way: its numbers and its worklist rows. */
bool order_project(struct domain *d, const struct record_doc *request, struct err *e);
/* May a step, an order go from one status to the other? STEP_TRANSITION, ORDER_TRANSITION when not. */
bool order_transition(struct str from, struct str to, struct err *e);
bool order_request_transition(struct str from, struct str to, struct err *e);
/* A document was written with another status: a step (its Task's row id) moves its order and procedure, an order or
 * procedure its steps. ORDER_STEPS or STEP_TRANSITION when the steps forbid it. */
bool order_follow_steps(struct domain *d, int64_t task, struct err *e);
bool order_status_written(struct domain *d, const struct record_doc *request, struct err *e);

#endif
