/* DICOM that leaves: the nodes of table peer are called, over TLS where their row says so; instances are sent to them,
 * asked for by people or given by rules, in order for each node, at least once, for ever while a node does not answer.
 * Owner: one service a process; an association is the caller's. Threads: any; an association is one thread's. Cost: a
 * connection, and a handshake; a rule costs one row an instance while there is any. */
#ifndef DICOM_OUT_OUT_H
#define DICOM_OUT_OUT_H

#include "dicom/shim/scu.h"
#include "gate/gate.h"
#include "outbox/outbox.h"

struct dicom_out_config {
    const char *ae_title;               /* ours */
    const char *certificate, *key, *ca; /* PEM files, "": none; they are read when first needed */
    struct files *files;                /* for sending; NULL: calls only */
    int senders, retry_max_seconds;
};
/* Texts are borrowed until the stop. */
void dicom_out_start(const struct dicom_out_config *config);
void dicom_out_stop(void);
/* How the outbox serves nodes. */
struct outbox_kind dicom_out_kind(void);

/* Open an association with a node. UNAVAILABLE, TIMEOUT, UNAUTHENTICATED (its certificate), FORBIDDEN (rejected). */
struct dicom_association *dicom_call(const struct auth_reach *to, const struct dicom_proposal *proposals, size_t n,
                                     struct err *e);
/* One request on it, and its answer's status. */
bool dicom_call_ask(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds,
                    uint16_t *ret_status, struct err *e);
/* An association for one request: its answer's status, and a release. */
bool dicom_call_request(const struct auth_reach *to, const struct dicom_proposal *proposal,
                        struct dicom_command *command, struct dicom_dataset *ds, uint16_t *ret_status, struct err *e);
/* C-ECHO, and the time it took. */
bool dicom_call_echo(const struct auth_reach *to, int *ret_ms, struct err *e);

/* ---- asking ---- */
struct dicom_asking {
    struct str model, level; /* "STUDY", "PATIENT" or "WORKLIST"; level "" for a worklist */
    const struct str *keys;  /* "PatientID=P1", "0010,0020="; a key without value is asked back */
    size_t n;
    int limit;
};
/* A JSON array of the answers in the DICOM JSON model. */
bool dicom_call_find(const struct auth_reach *to, const struct dicom_asking *q, struct buf *ret_json, int *ret_n,
                     struct err *e);
struct dicom_selection { /* series, instance: "" for all of it */
    struct str study, series, instance;
};
/* The keys of a C-MOVE or C-GET. Caller frees. */
struct dicom_dataset *dicom_selection_keys(const struct dicom_selection *what, struct err *e);
struct dicom_tally {
    unsigned status, completed, failed, warning;
};
/* Let the node send it to another one, or to us (NULL). True when the node answered, whatever it said. */
bool dicom_call_move(const struct auth_reach *to, const struct dicom_selection *what, const char *destination,
                     struct dicom_tally *ret_tally, struct err *e);

/* ---- sending ---- */
/* In the caller's transaction: these instances wait for the node. NOT_FOUND: none of them is here (or open to the row
 * filter). */
struct dicom_wish {
    struct str access, ae, who;
    struct dicom_selection what;
};
bool dicom_send_ask(struct db *db, struct arena *a, const struct dicom_wish *w, int64_t *ret_send, int *ret_count,
                    struct err *e);
/* A send that failed waits again, behind the others. */
bool dicom_send_again(struct db *db, struct arena *a, struct str access, int64_t send, struct err *e);
/* A send that waits or failed is not wanted any more. NOT_FOUND. */
bool dicom_send_discard(struct db *db, struct arena *a, struct str access, int64_t send, struct err *e);
/* A node that is paused collects and is sent nothing. NOT_FOUND: nothing was ever sent to it. */
bool dicom_send_pause(struct db *db, struct arena *a, struct str ae, bool paused, struct err *e);
/* An instance was stored in this transaction: rules may send it on. */
bool dicom_out_arrived(struct db *db, struct arena *a, struct str sop_uid, struct err *e);

/* ---- rules ---- */
/* "destination=PACS", "modality=CT,MR": make the rule, or change these of it. INVALID names what is wrong. */
bool dicom_route_put(struct db *db, struct arena *a, struct str name, const struct str *pairs, size_t n, struct err *e);
bool dicom_route_remove(struct db *db, struct arena *a, struct str name, struct err *e);
/* A JSON array of all rules. */
bool dicom_route_list(struct db *db, struct arena *a, struct buf *ret_json, struct err *e);
/* A JSON array of what the rules would do with a study that is here. */
bool dicom_route_try(struct db *db, struct arena *a, struct str access, struct str study, struct buf *ret_json,
                     struct err *e);

#endif
