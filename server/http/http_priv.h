/* What the files of this folder share. An exchange is one connection's request and response, used again for
 * the next request on it, so that its memory is taken once. It belongs to the socket thread until it is
 * pushed to the workers, then to one worker, then (after MHD_resume_connection) to the socket thread again.
 */
#ifndef HTTP_HTTP_PRIV_H
#define HTTP_HTTP_PRIV_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "http/http.h"

enum {
    HTTP_RESPONSE_MAX = 256 * 1024 * 1024, /* a body built in memory */
    HTTP_DRAIN_MAX = 32 * 1024 * 1024,     /* of a refused body, read so that the client can hear why */
    HTTP_KEEP = 64 * 1024,                 /* of a buffer, kept between two requests */
    HTTP_CERTIFICATE_MAX = 64 * 1024,
    HTTP_HEAD_MAX = 32 * 1024,          /* request line and headers */
    HTTP_CONNECTION_MEMORY = 64 * 1024, /* and the read buffer; what is longer still libmicrohttpd refuses itself */
};

enum http_phase {
    HTTP_IDLE,   /* no request, or half a request line */
    HTTP_HEAD,   /* request line seen; headers not yet */
    HTTP_BODY,   /* taking the body */
    HTTP_DRAIN,  /* dropping the body; x->refusal says why */
    HTTP_QUEUED, /* with the workers */
    HTTP_READY,  /* x->answer waits to be queued */
    HTTP_SENT,   /* given to MHD */
};

struct http_exchange {
    struct http_server *server;
    struct MHD_Connection *connection;
    atomic_int phase;             /* enum http_phase; the watcher reads it */
    atomic_llong since, received; /* since when: open, head, or idle again; bytes of body. For the watcher */
    int fd;
    struct http_exchange *watch_next, *watch_previous;
    struct http_request request;
    struct http_response response;
    struct buf body;      /* of the request */
    uintptr_t target_end; /* address behind the target in MHD's buffer */
    int64_t body_max, body_length, drained;
    struct err refusal; /* code set: not the handler's, answered by this layer */
    int refusal_status;
    atomic_int holds; /* the worker, and each http_hold not yet released; the last one lets the answer go */
    struct err late;  /* code set: the held answer must not be sent */
    bool close;       /* the connection ends with this response */
    bool asked;       /* for its certificate */
    struct buf certificate;
    struct MHD_Response *answer;
    struct http_exchange *next; /* in the queue */
};

struct http_gzip; /* a worker's compressor */

struct http_workers {
    struct http_server *server;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct http_exchange *head, *tail;
    atomic_int waiting; /* reserved places in the queue */
    int waiting_max;
    int running, sleeping, held; /* under lock; held: http_hold not yet released */
    bool stopping;
    pthread_t *threads;
    int count;
};

struct http_watch {
    struct http_server *server;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    struct http_exchange *first; /* every open connection's */
    pthread_t thread;
    bool started, stopping;
};

struct http_sockets { /* connections that speak WebSocket now */
    pthread_mutex_t lock;
    struct http_socket *first;
    atomic_int count;
};

struct http_server {
    struct http_config config;
    struct MHD_Daemon *daemon;
    int listener, port;
    struct http_workers workers;
    struct http_watch watch;
    struct http_sockets sockets;
    atomic_bool closing;
    atomic_int connections, active;
    atomic_llong requests, overflows, body_bytes;
};

/* exchange.c: MHD's callbacks. MHD fixes the first one's parameters. */
#define HTTP_ACCESS_PARAMETERS                                                                              \
    void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version, \
        const char *upload, size_t *upload_size, void **exchange
enum MHD_Result http_on_access(HTTP_ACCESS_PARAMETERS);
void *http_on_target(void *ctx, const char *target, struct MHD_Connection *connection);
void http_on_completed(void *ctx, struct MHD_Connection *connection, void **exchange,
                       enum MHD_RequestTerminationCode why);
void http_on_connection(void *ctx, struct MHD_Connection *connection, void **exchange,
                        enum MHD_ConnectionNotificationCode what);

/* workers.c: the bounded queue and its threads. */
bool http_workers_start(struct http_workers *w, struct http_server *s, struct err *e);
bool http_workers_reserve(struct http_workers *w); /* a place in the queue; false when full */
/* Into the reserved place; false when the workers are ending, and the place is given back. */
bool http_workers_push(struct http_workers *w, struct http_exchange *x);
bool http_workers_stop(struct http_workers *w, clock_us deadline); /* false when a handler does not end */
int http_workers_running(struct http_workers *w);
void http_workers_again(struct http_workers *w, struct http_exchange *x); /* back into the queue: it is held */

/* hold.c: the worker is done with x, which goes back to its socket thread unless somebody holds it. */
void http_hold_end(struct http_exchange *x, struct http_gzip *gzip);
/* A worker replaces the held answer of x by what config.failed makes of x->late, and gives it back. */
void http_hold_failed(struct http_exchange *x, struct http_gzip *gzip);

/* watch.c: ends connections whose client neither finishes nor leaves. */
bool http_watch_start(struct http_watch *w, struct http_server *s, struct err *e);
void http_watch_stop(struct http_watch *w);
void http_watch_add(struct http_watch *w, struct http_exchange *x);
void http_watch_remove(struct http_watch *w, struct http_exchange *x);

/* response.c: turn x->response into x->answer (never NULL afterwards but when memory is gone). */
void http_answer_build(struct http_exchange *x, struct http_gzip *gzip);
/* This layer's own answers: in the words of config.busy, else plain text. On a socket thread. */
void http_answer_busy(struct http_exchange *x, int status, const char *text);
/* Plain text. */
void http_answer_plain(struct http_exchange *x, int status, const char *text);
void http_response_start(struct http_exchange *x);
void http_response_end(struct http_exchange *x); /* close descriptors, drop memory */
struct str http_response_header(const struct http_response *r, const char *name);

/* parts.c: a body of memory and file ranges. */
struct MHD_Response *http_parts_response(struct http_exchange *x);

/* socket.c: NULL when there are too many. */
struct MHD_Response *http_socket_response(struct http_exchange *x);
void http_sockets_stop(struct http_server *s);

/* inflate.c: unfold a body that came in gzip; false: refused, x->refusal says why. */
bool http_inflate(struct http_exchange *x);

/* gzip.c */
struct http_gzip *http_gzip_new(void);
void http_gzip_free(struct http_gzip *g);
/* Compress the response's body in place when its type, its size and the request allow it; sets the headers.
 */
void http_gzip_apply(struct http_gzip *g, struct http_response *r);

/* certificate.c: fill in what the client of this connection showed of itself. On a socket thread. */
void http_certificate_read(struct http_exchange *x);

#endif
