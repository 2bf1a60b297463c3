/* An MLLP client, plain or over TLS: the one way this server speaks HL7 to others. It says a message, waits for what
 * was agreed on, and believes an answer only when MSA-2 names that message; after anything else the connection is of no
 * use and is closed by its owner, so that a late answer is never taken for the next one's (HL7 2.5.1 §2.9.3,
 * Transport Specification: MLLP release 1 and 2).
 * Owner: who opened it. Threads: one at a time. Cost: one connection; every call ends by its deadline. */
#ifndef HL7_CLIENT_H
#define HL7_CLIENT_H

#include "hl7/codec/codec.h"

enum hl7_agreed {
    HL7_AGREED_ORIGINAL,    /* one answer: AA, AE, AR */
    HL7_AGREED_COMMIT,      /* enhanced mode: CA, CE, CR, and no more */
    HL7_AGREED_APPLICATION, /* enhanced mode: CA, and later on this connection AA, AE, AR */
    HL7_AGREED_NONE         /* no answer; with release 2 its commit byte */
};

struct hl7_client_config {
    const char *host;
    int port;
    bool tls;
    const char *ca, *certificate, *key; /* PEM files; NULL: the system's authorities, no certificate of ours */
    const char *name;                   /* the certificate's; NULL: host */
    int release;                        /* 1, or 2: the receiver commits each block by a byte */
    int connect_seconds, answer_seconds;
    int stop_fd; /* readable: give up at once; -1: none */
};
struct hl7_client;
/* UNAVAILABLE or TIMEOUT when nobody answers there, INVALID for certificates that can not be used. */
struct hl7_client *hl7_client_open(const struct hl7_client_config *config, struct err *e);
/* The same over a connected, non-blocking socket, which is the client's from now on. */
struct hl7_client *hl7_client_over(int fd, const struct hl7_client_config *config, struct err *e);
void hl7_client_close(struct hl7_client *c); /* NULL is fine */
/* Still there, and silent. What was said unasked belongs to nothing that will be sent. */
bool hl7_client_usable(struct hl7_client *c);

struct hl7_exchange {
    struct str message, control_id; /* bytes without framing; its MSH-10 */
    enum hl7_agreed agreed;
    struct arena *arena;    /* of what comes back */
    struct hl7_reply reply; /* out: the answer that decides; code "" when none was agreed on */
    struct str raw;         /* out: its bytes */
};
/* True when the receiver decided, either way. False (CONFLICT: the answer is for another message): send it again, over
 * a new connection. */
bool hl7_client_say(struct hl7_client *c, struct hl7_exchange *x, struct err *e);

#endif
