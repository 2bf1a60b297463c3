/* The ways HL7 v2 comes in: MLLP, plain and over TLS. Each hands messages to hl7/net and carries the acknowledgements
 * back. Owner: a listener belongs to who made it. Threads: one a connection, bounded. Cost: an idle connection holds a
 * thread and next to no memory. */
#ifndef HL7_DOOR_H
#define HL7_DOOR_H

#include "gate/gate.h"
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

#endif
