/* The HTTP server on libmicrohttpd, and nothing of HTTP elsewhere. epoll threads take bytes; when a request is
 * whole, it is suspended and handed to a bounded pool of workers, so that a slow client holds no worker and a
 * slow handler holds no socket thread.
 * Owner: a request and its arena live until the response has been sent.
 * Threads: the handler runs on a worker.
 * Cost: some 20 us of processor time a request; a body is held in memory whole, within its route's limit. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

struct http_server;

struct http_pair {
    struct str name, value;
};

struct http_request {
    struct arena arena;
    struct str method;       /* "GET" */
    struct str target;       /* path and query exactly as received */
    struct str path;         /* decoded; "/fhir/Patient/1". Requests whose path holds NUL, "." or ".." segments or bad
                                escapes are answered 400 by this layer */
    struct http_pair *query; /* decoded, in order of appearance; valid UTF-8 or the request is a 400 */
    size_t query_count;
    struct str query_raw;
    struct str body;
    char address[64]; /* the peer's address, without port */
    bool loopback;    /* the peer is on this machine */
    bool tls;
    struct str certificate; /* DER, of a client that showed one http_config.tls_ca trusts; empty: none */
    bool certificate_bad;   /* it showed one that is not trusted */
    void *inner;            /* this folder's; NULL for a request that no socket carried: its headers are given then */
    const struct http_pair *given;
    size_t given_count;
};
struct str http_header(const struct http_request *r, const char *name); /* the first of that name; STR_NONE if absent */
/* Take the target apart: path and parameters. INVALID for what no address here has. Requests of this server's own
 * making call it; others come parsed. */
bool http_request_parse(struct http_request *r, struct err *e);
/* All of that name, as one list "a, b". */
struct str http_header_list(const struct http_request *r, const char *name);
/* "Sun, 06 Nov 1994 08:49:37 GMT" and the two older forms. False for anything else. */
bool http_date_parse(struct str text, clock_us *ret_time);
struct str http_cookie(const struct http_request *r, const char *name);
struct str http_query(const struct http_request *r, const char *name); /* first value; STR_NONE if absent */

/* A body made of memory and file ranges sent one after the other. Descriptors are closed by the server. */
struct http_part {
    struct str bytes; /* used when fd < 0; borrowed from the request's arena */
    int fd;
    int64_t offset, length;
};

struct http_socket_handler;
struct http_response {
    int status; /* 200 … */
    struct http_pair headers[24];
    size_t header_count;
    struct buf body; /* used when part_count is 0 */
    struct http_part *parts;
    size_t part_count;
    struct http_request *request;
    const struct http_socket_handler *upgrade; /* socket.h */
};
/* Names and values are copied into the request's arena. A value with a control character (CR, LF, NUL), a
 * name that is no token, a name this layer sets itself (Content-Length, Transfer-Encoding, Date) and a header
 * over the 24th are refused: left out and logged as an error of the caller. */
void http_set(struct http_response *r, const char *name, struct str value); /* replaces one of that name */
void http_add(struct http_response *r, const char *name, struct str value);
void http_part_bytes(struct http_response *r, struct str bytes);
void http_part_file(struct http_response *r, int fd, int64_t offset, int64_t length);

/* Fill the response. Runs on a worker. */
typedef void (*http_handler)(void *ctx, struct http_request *request, struct http_response *response);
/* The largest body this request may carry, asked before the body is read; 0 refuses any body (413 then).
 * Runs on a socket thread: must not block. Not asked when there is no body. */
typedef int64_t (*http_body_limit)(void *ctx, struct str method, struct str path);
/* Within a handler: the answer it leaves is not sent until http_release was called as well, once, by any thread;
 * with why, http_config.failed makes another answer of it, on a worker. Each hold holds. */
void http_hold(struct http_request *r);
void http_release(struct http_request *r, const struct err *why);
typedef void (*http_failed)(void *ctx, struct http_request *request, struct http_response *response,
                            const struct err *why);
/* Told of requests this layer refuses itself (bad address, bad framing, head or body too large, a coding not known),
 * before they are answered, so that they can be audited and answered in the language of their address; what leaves the
 * response's status 0 is answered in plain text. The request has method, target and addresses; the path is empty when
 * it was the fault. Runs on a worker. */
typedef void (*http_refused)(void *ctx, struct http_request *request, const struct err *why,
                             struct http_response *response);

/* The same for what is refused on a socket thread, because no worker can be had: it must not block, so nobody is told.
 */
typedef void (*http_busy)(void *ctx, struct http_request *request, const struct err *why,
                          struct http_response *response);

struct http_config {
    const char *address;                                 /* "127.0.0.1" */
    int port;                                            /* 0: any free one */
    int threads, workers, connections_max, idle_seconds; /* 0: 2, 8, 1024, 60 */
    int queue_max;          /* requests that may wait for a worker; more get 503. 0: 64 for each worker */
    int64_t body_total_max; /* request bodies held at one time; more get 503. 0: 512 MiB */
    int sockets_max;        /* WebSockets open at once; 0: none */
    const char *tls_certificate, *tls_key; /* PEM text, or NULL; they live as long as the server */
    const char *tls_ca;                    /* clients are asked for a certificate of these, and may show none */
    http_handler handler;
    http_body_limit body_limit; /* NULL: no request has a body */
    http_refused refused;       /* may be NULL */
    http_busy busy;             /* may be NULL */
    http_failed failed;         /* may be NULL when no handler holds its answer */
    void *ctx;
};
struct http_server *http_server_new(const struct http_config *config, struct err *e);
int http_server_port(const struct http_server *s);
/* Stop taking connections, let running handlers end and answers leave (at most grace_ms), close. False when a
 * handler still runs after that: the server then stays allocated, and the process should end without freeing
 * what it uses. May be called again. */
bool http_server_free(struct http_server *s, int grace_ms);

struct http_stats {
    int connections, waiting, running; /* now */
    int64_t requests;                  /* since the start, however answered */
    int64_t overflows;                 /* of these, refused because the queue was full */
};
void http_server_stats(struct http_server *s, struct http_stats *ret_stats);

/* What a Range header (RFC 9110 §14) asks of a representation of size bytes. Several ranges, other units,
 * malformed ranges and conditional ones (If-Range) count as NONE: the whole is sent. ret_from and ret_to
 * bound [from, to). */
enum http_range { HTTP_RANGE_NONE, HTTP_RANGE_ONE, HTTP_RANGE_UNSATISFIABLE };
enum http_range http_range(const struct http_request *r, int64_t size, int64_t *ret_from, int64_t *ret_to);
/* Send [from, to) of size bytes of a file as 206 with Content-Range, or all of it as 200, or 416. Takes fd. */
void http_file(struct http_response *r, int fd, int64_t size);

#endif
