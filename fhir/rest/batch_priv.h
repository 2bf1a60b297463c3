/* A batch or transaction and its entries. An entry is a request that came inside another one: it has a route, an act
 * that the gate's rules hold for, an audit event and an answer of its own. Private to batch*.c and transaction*.c.
 * Owner: the request's arena; each entry has an arena and a body to release (entry_release). Threads: one operation,
 * one thread. */
#ifndef FHIR_REST_BATCH_PRIV_H
#define FHIR_REST_BATCH_PRIV_H

#include "fhir/rest/reference_priv.h"

enum { BUNDLE_ENTRIES_MAX = 5000, ENTRY_HEADERS_MAX = 6 };
/* Of a transaction, whose answers are all held until its commit. */
enum { TRANSACTION_ANSWERS_MAX = 64 << 20 };

enum entry_kind { ENTRY_CREATE, ENTRY_UPDATE, ENTRY_PATCH, ENTRY_DELETE, ENTRY_OTHER, ENTRY_KINDS };

struct entry {
    size_t number;                /* its place in the bundle, from 0 */
    const struct fhir_node *node; /* of the bundle */
    struct str full_url;
    struct http_pair header[ENTRY_HEADERS_MAX];
    struct http_request request; /* what it asks for, as if it had come alone */
    struct http_response response;
    struct gate_http http;
    struct gate_act act;
    enum entry_kind kind;
    /* of one try: a transaction that met another one runs again */
    struct fhir_node *resource; /* a copy; NULL for none */
    struct rest_write write;    /* of all kinds but OTHER */
    struct record_doc *made;
    struct audit_event event;
    struct str criteria; /* what makes a conditional write that found nothing one of a kind; empty for others */
    bool visited;        /* by a walk over entries */
};

struct batch {
    struct op *op;       /* of the request: it holds no connection */
    struct gate_http *h; /* of the request */
    struct arena *arena;
    struct entry *entry;
    size_t n;
    struct str prefer; /* for entries */
};

/* ---- batch.c ---- */
/* What a bundle holds, entry by entry: INVALID for what can not be processed, TOO_LARGE for too many. */
bool batch_take(struct batch *b, const struct fhir_node *bundle, struct err *e);

/* ---- batch_entry.c ---- */
/* Read what an entry asks for; find its route. */
bool entry_read(struct batch *b, struct entry *x, struct err *e);
void entry_release(struct entry *x);
/* Begin a try: a fresh copy of the resource, an empty answer, what its address and headers say. */
bool entry_start(struct op *op, struct entry *x, struct err *e);
/* Do it; op->event is its own. The answer is left in x->response. */
bool entry_run(struct op *op, struct entry *x, struct err *e);
/* The place of an entry before the place a fault has in it: "Bundle.entry[3].resource.name". Returns false. */
bool entry_blame(const struct entry *x, struct err *e);
/* Its part of the answer's JSON. */
void entry_answer(struct entry *x, struct buf *out);

/* ---- transaction.c: handler of a gate call, ctx is the batch ---- */
bool transaction_run(struct op *op, void *ctx, struct err *e);

/* ---- transaction_links.c ---- */
struct links; /* what entries were called in the bundle, and what they are */
/* INVALID for two entries of one name. */
bool links_start(struct batch *b, struct op *op, struct links **ret_links, struct err *e);
/* Let all references of all entries lead to what the entries have become. */
bool links_follow(struct links *l, struct err *e);
/* Entries that write, what is referred to before what refers, as far as that can be; *ret_n of them. */
struct entry **links_order(struct links *l, size_t *ret_n);

#endif
