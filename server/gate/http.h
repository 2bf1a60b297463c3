/* The HTTP side of the gate: route tables, credentials from a request, and answers for errors. Each adapter brings an
 * array of routes (its routes.def); one dispatcher finds the row, runs it through gate_serve and lets the adapter's
 * error writer answer a failure. Threads: handlers run on HTTP workers. */
#ifndef GATE_HTTP_H
#define GATE_HTTP_H

#include "gate/gate.h"
#include "http/http.h"

enum { GATE_PATH_VARIABLES = 6 };

struct gate_http { /* one request on its way through the gate */
    struct http_request *request;
    struct http_response *response;
    const struct gate_route *route;
    const char *pattern; /* that fits the address best, whatever the method; set for OPTIONS and its like */
    struct http_pair variable[GATE_PATH_VARIABLES]; /* {type}, {id} … of the pattern */
    size_t variable_count;
};
struct str gate_path(const struct gate_http *h, const char *name); /* STR_NONE if the pattern has no such part */

/* TO ADD A ROUTE: 1 a row in the adapter's routes.def  2 a handler in its own file  3 a test. Patterns are segments;
 * "{name}" takes one segment, "${name}" one that begins with "$" (its value is what follows), a last "{name...}" the
 * rest. Literal segments win over variables. */
struct gate_route {
    const char *method, *pattern;
    struct gate_act act; /* act.request is "GET /fhir/{type}/{id}" */
    int64_t body_max;    /* 0: no body */
    bool (*handler)(struct op *op, struct gate_http *h, struct err *e);
    /* Write the answer to a failure in the adapter's language; NULL: a small JSON text. */
    void (*fail)(struct gate_http *h, const struct err *why);
    /* The answer to OPTIONS, and to a method the address does not take, as far as the pattern does not tell it: Allow
     * is set already. Fails for an address that leads nowhere. NULL: no more to say. */
    bool (*options)(struct gate_http *h, struct err *e);
    /* Before the work: may change h->route and act (permission, audit kind, transaction, name) by the address and what
     * the request says. NULL: no. */
    void (*prepare)(struct gate_http *h, struct gate_act *act);
};

struct gate_http_tables {
    const struct gate_route *const *tables;
    const int *counts;
    int n;
};
/* The row for a request's method and path, also noted in h with the path's variables; NULL for none, then *ret_other
 * says that the address takes other methods. For adapters with requests inside requests. */
const struct gate_route *gate_http_find(const struct gate_http_tables *tables, struct gate_http *h, bool *ret_other);
struct gate_door; /* what the HTTP server calls */
struct gate_door *gate_door_new(struct gate *g, const struct gate_http_tables *tables);
void gate_door_free(struct gate_door *d);
void gate_door_serve(void *door, struct http_request *request, struct http_response *response);
/* A request that was taken earlier, as the one who sent it, who is not asked for credentials again. begin is that of
 * struct gate_call. keep runs after the handler, within a write's transaction: what it stores is there exactly when the
 * write is. True when it was kept so. */
struct gate_replay {
    struct principal *who;
    bool (*begin)(struct op *op, void *ctx, struct err *e);
    bool (*keep)(struct op *op, void *ctx, struct err *e);
    void *ctx;
};
bool gate_door_replay(struct gate_door *d, struct http_request *request, struct http_response *response,
                      const struct gate_replay *by);
/* A held answer whose event could not be committed becomes a failure. */
void gate_door_failed(void *door, struct http_request *request, struct http_response *response, const struct err *why);
/* A request the HTTP layer refused before it got here (bad path, too large): audited, answered by the adapter whose
 * address it has. */
void gate_door_refused(void *door, struct http_request *request, const struct err *why, struct http_response *response);
/* The same, of a request nobody has time for: not audited, and at once. */
void gate_door_busy(void *door, struct http_request *request, const struct err *why, struct http_response *response);
int64_t gate_door_body_limit(void *door, struct str method, struct str path);
/* The small JSON error: {"error":{"code":…,"text":…}} */
void gate_http_fail(struct gate_http *h, const struct err *why);
/* Body of a response in one go. */
void gate_http_body(struct gate_http *h, int status, const char *media_type, struct str body);

#endif
