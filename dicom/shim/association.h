/* DICOM associations, accepting side: a listener hands out connections, each is then read, judged, accepted
 * or rejected, and served message by message by the one thread that owns it. The transport sets TCP_NODELAY,
 * keeps TCP_QUICKACK armed and joins PDU header and body (see transport.cc).
 * Owner: whoever got the pointer; dicom_association_free ends it in any state.
 * Threads: one per association; a listener may be woken from anywhere.
 * Cost: under 500 KiB per association whatever the size of the objects. */
#ifndef DICOM_SHIM_ASSOCIATION_H
#define DICOM_SHIM_ASSOCIATION_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "dicom/shim/dataset.h"
#include "dicom/shim/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dicom_listener;
struct dicom_association;

struct dicom_timeouts { /* seconds */
    int acse;           /* connection made → whole A-ASSOCIATE-RQ read; also for release and abort */
    int dimse;          /* each PDU and each answer, once its message has begun */
    int idle;           /* between two messages */
};

/* Listen on address ("127.0.0.1", "0.0.0.0", "::"), port 0 picks a free one. UNAVAILABLE when taken. */
struct dicom_listener *dicom_listener_new(const char *address, int port, const struct dicom_timeouts *timeouts,
                                          struct err *e);
int dicom_listener_port(const struct dicom_listener *l);
/* Wait for a connection; nothing of it is read yet, so no peer can hold up the loop. True with NULL when the
 * time is over or dicom_listener_wake was called. UNAVAILABLE when the socket fails (out of descriptors: try
 * again). */
bool dicom_listener_accept(struct dicom_listener *l, int timeout_ms, struct dicom_association **ret_a, struct err *e);
/* Make a waiting and every later accept return at once. */
void dicom_listener_wake(struct dicom_listener *l);
void dicom_listener_free(struct dicom_listener *l);

enum dicom_identity { /* PS3.7 D.3.3.7 */
                      DICOM_IDENTITY_NONE = 0,
                      DICOM_IDENTITY_USER = 1,
                      DICOM_IDENTITY_PASSCODE = 2,
                      DICOM_IDENTITY_KERBEROS = 3,
                      DICOM_IDENTITY_SAML = 4,
                      DICOM_IDENTITY_JWT = 5
};

/* Who is at the other end; filled by dicom_association_read. */
struct dicom_peer {
    char calling_aet[17], called_aet[17]; /* trimmed */
    char address[64];                     /* numeric */
    int port;
    char implementation_uid[DICOM_UID_SIZE], implementation_version[17];
    char application_context[DICOM_UID_SIZE]; /* anything but 1.2.840.10008.3.1.1.1 is to be rejected */
    enum dicom_identity identity;
    bool identity_wants_response;
    struct str identity_primary;   /* user name, ticket, assertion or token: lives as long as the association */
    struct str identity_secondary; /* passcode; a secret: never logged */
};

/* Result of one presentation context, as on the wire (PS3.8 table 9-18). */
enum dicom_context_result {
    DICOM_CONTEXT_ACCEPTED = 0,
    DICOM_CONTEXT_USER_REJECTED = 1,
    DICOM_CONTEXT_NO_REASON = 2,
    DICOM_CONTEXT_ABSTRACT_SYNTAX = 3,
    DICOM_CONTEXT_TRANSFER_SYNTAXES = 4
};

struct dicom_context {
    uint8_t id;
    const char *abstract_syntax;
    const char *const *transfer_syntaxes; /* proposed, in the peer's order */
    size_t transfer_syntax_count;
    bool peer_is_scp; /* the peer asked for the SCP role (C-GET, commitment reports) */
    enum dicom_context_result result;
    const char *accepted; /* transfer syntax, NULL unless accepted */
};

/* The socket, for who makes it secure before anything is read from it; from then on bytes go through the stream. */
int dicom_association_fd(const struct dicom_association *a);
void dicom_association_secure(struct dicom_association *a, const struct dicom_stream *stream);

/* Read the A-ASSOCIATE-RQ. TIMEOUT, STRUCTURE, UNAVAILABLE (peer went away). */
bool dicom_association_read(struct dicom_association *a, struct err *e);
const struct dicom_peer *dicom_association_peer(const struct dicom_association *a);
/* The proposed contexts, after accepting with their results. */
const struct dicom_context *dicom_association_contexts(const struct dicom_association *a, size_t *ret_n);
const struct dicom_context *dicom_association_context(const struct dicom_association *a, uint8_t id);

/* Judge one proposed context: the index of the transfer syntax to accept, or -result to refuse it. */
typedef int dicom_choose_fn(void *ctx, const struct dicom_context *proposed);
/* Ready choices: the peer's first syntax that we know, but a plain one when it wants to be sent objects; the peer's
 * first among explicit and implicit little endian. */
int dicom_choose_known(const struct dicom_context *proposed);
int dicom_choose_uncompressed(const struct dicom_context *proposed);
/* Answer with A-ASSOCIATE-AC. A context whose choice accepts takes the SCP role the peer asked for. A user identity
 * that asked for a response gets one: who does not believe it rejects. */
bool dicom_association_accept(struct dicom_association *a, dicom_choose_fn *choose, void *ctx, struct err *e);

/* SOP class extended negotiation (PS3.7 D.3.3.5): the bytes the peer sent for this class, "" for none; and, between
 * reading and accepting, the bytes it is answered with. */
struct str dicom_association_extension(const struct dicom_association *a, const char *sop_class);
bool dicom_association_extend(struct dicom_association *a, const char *sop_class, struct str information,
                              struct err *e);

/* A-ASSOCIATE-RJ (PS3.8 table 9-21). */
enum dicom_reject {
    DICOM_REJECT_NO_REASON,
    DICOM_REJECT_APPLICATION_CONTEXT,
    DICOM_REJECT_CALLING_AET,
    DICOM_REJECT_CALLED_AET,
    DICOM_REJECT_CONGESTION, /* transient */
    DICOM_REJECT_LIMIT       /* transient */
};
bool dicom_association_reject(struct dicom_association *a, enum dicom_reject why, struct err *e);

/* DIMSE command fields (PS3.7 table E.1-1). */
enum dicom_command_kind {
    DICOM_RELEASED = 0, /* the peer released and was answered; nothing more will come */
    DICOM_C_STORE_RQ = 0x0001,
    DICOM_C_GET_RQ = 0x0010,
    DICOM_C_FIND_RQ = 0x0020,
    DICOM_C_MOVE_RQ = 0x0021,
    DICOM_C_ECHO_RQ = 0x0030,
    DICOM_N_EVENT_REPORT_RQ = 0x0100,
    DICOM_N_GET_RQ = 0x0110,
    DICOM_N_SET_RQ = 0x0120,
    DICOM_N_ACTION_RQ = 0x0130,
    DICOM_N_CREATE_RQ = 0x0140,
    DICOM_N_DELETE_RQ = 0x0150,
    DICOM_C_CANCEL_RQ = 0x0fff,
    DICOM_RESPONSE = 0x8000 /* bit set in each response */
};

struct dicom_command {
    uint16_t kind; /* enum dicom_command_kind, or a request's kind | DICOM_RESPONSE */
    uint8_t context_id;
    const char *transfer_syntax; /* of the context; lives as long as the association */
    uint16_t message_id;         /* of a request; in a response and C-CANCEL the id it answers */
    uint16_t dataset_type;       /* 0x0101: no data set follows; anything else: one does */
    uint16_t priority;           /* 0 medium, 1 high, 2 low */
    uint16_t status;             /* of a response */
    char sop_class_uid[DICOM_UID_SIZE], sop_instance_uid[DICOM_UID_SIZE]; /* affected or requested */
    char move_destination[17], move_originator[17];
    uint16_t move_originator_message_id;
    uint16_t event_type, action_type;
    bool has_counts; /* of a C-MOVE or C-GET response */
    uint16_t remaining, completed, failed, warning;
    char error_comment[65];
    uint16_t error_id;       /* of a failed N- service; 0: none */
    uint32_t attributes[64]; /* N-GET attribute list, cut at 64 */
    size_t attribute_count;
};

enum { DICOM_NO_DATASET = 0x0101 };
static inline bool dicom_has_dataset(const struct dicom_command *c)
{
    return c->dataset_type != DICOM_NO_DATASET;
}

/* Wait for the next command, at most timeout_s (0: the idle timeout). A data set that was not taken is drained first.
 * A release is answered here and comes back as DICOM_RELEASED; a C-CANCEL that comes out here was too late: ignore it.
 * TIMEOUT when nothing came, UNAVAILABLE when the peer aborted or went away, STRUCTURE when what came is no DIMSE
 * message; after any of these only dicom_association_free is left to do. */
bool dicom_next_command(struct dicom_association *a, int timeout_s, struct dicom_command *ret_command, struct err *e);

/* Take the bytes of the data set behind a command as they arrive (up to 128 KiB each). A sink that returns
 * false stops writing but not reading: the rest is drained, so that a failure status can be sent, and the
 * sink's error is returned with *ret_drained true. Without a sink all is drained. With *ret_drained false the
 * association is lost. */
typedef bool dicom_sink_fn(void *ctx, const void *bytes, size_t n, struct err *e);
bool dicom_receive_data(struct dicom_association *a, uint8_t context_id, dicom_sink_fn *sink, void *ctx,
                        bool *ret_drained, struct err *e);
/* The data set behind a command, guarded and parsed; at most 4 MiB. Same errors, and the guard's. The
 * association lives on unless *ret_lost. Caller frees. */
struct dicom_dataset *dicom_receive_dataset(struct dicom_association *a, const struct dicom_command *command,
                                            bool *ret_lost, struct err *e);

/* Answer a request. comment may be NULL (cut at 64 characters, must hold no patient data); ds may be NULL and
 * is written in the context's transfer syntax. Kinds, ids and UIDs are taken from the request. */
bool dicom_respond(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                   const char *comment, struct dicom_dataset *ds, struct err *e);
/* The same for a failure that the standard gives an Error ID beside its status (PS3.4 F.7.2.2.4: A710). */
bool dicom_respond_error(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                         uint16_t error_id, const char *comment, struct err *e);
/* The same for C-MOVE and C-GET with sub-operation counters. */
struct dicom_counts {
    uint16_t remaining, completed, failed, warning; /* remaining is sent with pending and cancelled only */
    const char *comment;                            /* no patient data; NULL: none */
};
bool dicom_respond_counts(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                          const struct dicom_counts *counts, struct dicom_dataset *ds, struct err *e);
/* Has a C-CANCEL for this request arrived? Never waits for one that has not begun to arrive. False with error
 * when the association is lost; a release sent too early is STRUCTURE. */
bool dicom_cancelled(struct dicom_association *a, const struct dicom_command *request, bool *ret_cancelled,
                     struct err *e);

/* Is there something for dicom_next_command to say, within wait_ms? Nothing is read. */
bool dicom_waiting(struct dicom_association *a, int wait_ms);

/* A-ABORT, at once. */
void dicom_association_abort(struct dicom_association *a);
/* Close (an association still open is aborted first) and release; NULL is fine. */
void dicom_association_free(struct dicom_association *a);
/* Make every wait of another thread's association end soon (UNAVAILABLE): for shutting down. The caller makes
 * sure that it is not being freed meanwhile. */
void dicom_association_interrupt(struct dicom_association *a);

#ifdef __cplusplus
}
#endif
#endif
