/* The HTTP client for what this server sends on its own: libcurl, and nothing of it elsewhere. It speaks http and
 * https only, verifies certificates, follows no redirect, uses no proxy, and connects to no address inside the house
 * (private, loopback, link-local …) unless the allow list names it. The address is judged where the socket is made, so
 * that no name and no spelling of an address leads around it.
 * Owner: httpc_new's caller. Threads: any; a call blocks until it is answered or its time is over.
 * Cost: connections are kept and used again. */
#ifndef HTTPC_HTTPC_H
#define HTTPC_HTTPC_H

#include <netinet/in.h>
#include <stdatomic.h>

#include "base/err.h"
#include "base/str.h"

struct httpc_config {
    const char *allow;   /* "127.0.0.0/8, ::1, ris.example": addresses, networks, host names; "" for none */
    const char *ca_file; /* PEM; NULL or "": the system's */
};
struct httpc;
struct httpc *httpc_new(const struct httpc_config *config, struct err *e); /* INVALID: no such network */
void httpc_free(struct httpc *c); /* NULL is fine; no call may run */
/* Calls that run end soon with UNAVAILABLE, later ones at once. */
void httpc_stop(struct httpc *c);

/* Whether this client would go there: BUSINESS_RULE for other schemes, credentials in the address, and hosts whose
 * every spelling or name leads to a forbidden address. A name that can not be resolved now passes. Blocks for the
 * resolver. */
bool httpc_check(struct httpc *c, struct str url, struct err *e);

enum { HTTPC_HEADERS = 24 };
struct httpc_request {
    const char *method;
    struct str url;
    const struct str *headers; /* "Name: value", at most HTTPC_HEADERS */
    size_t header_count;
    struct str content_type; /* empty: no body */
    struct str body;
    int timeout_ms; /* of the whole exchange */
};
/* True when the receiver answered 2xx. UNAVAILABLE or TIMEOUT when nothing came, BUSINESS_RULE when the address is
 * forbidden, CONFLICT for another status. The texts name no part of the address but the host. The answer's body is
 * read up to 64 KiB and dropped. */
bool httpc_send(struct httpc *c, const struct httpc_request *request, struct err *e);

#endif
