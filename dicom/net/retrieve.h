/* What C-MOVE and C-GET share: which objects an identifier names, how one is sent, counters, statuses, audit (PS3.4
 * C.4.2, C.4.3). Threads: the association's, but for sending, of which each association has its own. */
#ifndef DICOM_NET_RETRIEVE_H
#define DICOM_NET_RETRIEVE_H

#include "dicom/net/archive.h"

enum { RETRIEVE_MAX = 65535 }; /* objects of one request: more the counters can not say */

enum retrieve_outcome { OBJECT_WAITING, OBJECT_SENT, OBJECT_WARNED, OBJECT_FAILED };
struct retrieve_object {
    struct str sop_uid, sop_class, syntax, file;
    struct str view; /* what is told differently of it (dicom/leave/change.h), or "" */
    int64_t size;
    int header_size;
    enum retrieve_outcome outcome;
};

struct retrieve {
    struct session *session;
    const struct service *service;
    const struct dicom_command *command;
    /* Behind the gate, before anything is searched: may refuse with a status of its own. May be NULL. */
    bool (*prepare)(struct retrieve *r, struct op *op, struct err *e);
    /* Send the objects, each gets its outcome. False: the requester's association is lost. */
    bool (*deliver)(struct retrieve *r);
    struct dicom_dataset *request;
    struct archive_query query;
    struct str study_uid, patient_id; /* of the first object, for the audit trail */
    struct retrieve_object *objects;
    size_t n;
    struct dicom_counts counts; /* so far; remaining is computed when they are sent */
    bool without_bulk;          /* send headers only */
    bool cancelled;
    struct err why;       /* of the first object that could not be sent */
    uint16_t status;      /* of a refusal, unless 0 */
    struct auth_reach to; /* C-MOVE: where to */
};
/* Serve the command from its identifier to its final response. */
bool retrieve_serve(struct retrieve *r);
void retrieve_count(struct retrieve *r, struct retrieve_object *o, enum retrieve_outcome outcome,
                    const struct err *why);
/* A pending response with these counters. False: the association is lost. */
bool retrieve_pending(const struct retrieve *r, const struct dicom_counts *counts);

/* ---- sending ---- */

struct sender { /* objects onto one association */
    struct dicom_association *association;
    struct files *files;
    bool requested; /* the peer asked for them on this association (C-GET) and must have the role to take them */
    bool without_bulk;
    uint16_t priority;
    const char *originator; /* of a C-MOVE; NULL for a C-GET */
    uint16_t originator_id;
    /* The response to a C-STORE. */
    bool (*await)(void *ctx, const struct dicom_command *request, struct dicom_command *ret_response, struct err *e);
    void *ctx;
};
/* *ret_lost: the association is of no more use. ret_why tells of an object that was not taken. */
enum retrieve_outcome sender_send(struct sender *s, const struct retrieve_object *o, bool *ret_lost,
                                  struct err *ret_why);

#endif
