/* The ways HL7 v2 comes in: MLLP, plain and over TLS, HTTP, and files. Each hands messages to hl7/net and carries the
 * acknowledgements back. Owner: a listener belongs to who made it. Threads: one a connection, bounded. Cost: an idle
 * connection holds a thread and next to no memory. */
#ifndef HL7_DOOR_H
#define HL7_DOOR_H

#include "gate/http.h"
#include "tls/tls.h"

struct hl7_listener_config {
    struct gate *gate;
    const char *address;                  /* name or number */
    int port;                             /* 0: any free one */
    const struct tls_context_config *tls; /* NULL: plain */
    int connections_max;                  /* one more is closed at once */
    int frame_max;                        /* bytes of a message; a peer's own settings may say less */
    int frame_seconds;                    /* from the first byte of a message to its last; for a TLS handshake too */
    int idle_seconds;                     /* between messages */
    const char *character_set;            /* how bytes are read that fit neither MSH-18 nor UTF-8 (HL7 table 0211) */
};
struct hl7_listener;
/* Binds and starts. INVALID for an unknown character set or files TLS can not use, UNAVAILABLE when the address cannot
 * be had. */
struct hl7_listener *hl7_listener_new(const struct hl7_listener_config *config, struct err *e);
int hl7_listener_port(const struct hl7_listener *l);
/* Stops listening, lets running messages finish and be answered, closes. NULL is fine. */
void hl7_listener_free(struct hl7_listener *l);

/* ---- HL7 over HTTP ---- */

struct hl7_charset;
struct hl7_http_config {
    const struct hl7_charset *fallback;
    size_t frame_max;
};
void hl7_http_init(const struct hl7_http_config *config);
extern const struct gate_route hl7_routes[];
extern const int hl7_route_count;

/* ---- dropped files ---- */

struct hl7_drop_config {
    struct gate *gate;
    const char *path;          /* directory; in/ work/ done/ failed/ are made in it */
    const char *character_set; /* as of a listener */
};
struct hl7_drop;
struct hl7_drop *hl7_drop_new(const struct hl7_drop_config *config, struct err *e);
/* Lets the file it works on finish. NULL is fine. */
void hl7_drop_free(struct hl7_drop *d);

/* ---- acknowledgements that go apart ---- */

/* The work of job HL7_ACK; payload "message host:port". The connection is outside a transaction. */
bool hl7_ack_return(struct db *db, struct str payload, struct err *e);

#endif
