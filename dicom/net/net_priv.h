/* Inside of the DICOM server. Private to dicom/net. */
#ifndef DICOM_NET_NET_PRIV_H
#define DICOM_NET_NET_PRIV_H

#include "dicom/net/net.h"
#include "dicom/shim/shim.h"

/* PS3.7 annex C, PS3.4 C.4.1: statuses that no error of errors.def stands for. */
enum {
    STATUS_SUCCESS = 0x0000,
    STATUS_ATTRIBUTES_MISSING = 0x0001, /* a warning: attributes asked for are not supported */
    STATUS_NO_SUCH_EVENT = 0x0113,
    STATUS_INVALID_INSTANCE = 0x0117,
    STATUS_UNRECOGNIZED = 0x0211,
    STATUS_CANCEL = 0xFE00,
    STATUS_PENDING = 0xFF00
};

enum { SESSION_EXTENSIONS = 16 };
struct extension { /* what extended negotiation granted for a SOP class, byte by byte */
    char sop_class[DICOM_UID_SIZE], granted[8];
    size_t n;
};

struct session { /* one association */
    const struct dicom_server_config *config;
    struct dicom_association *association;
    struct principal who;
    struct tls_context *tls; /* NULL: plain */
    struct tls_peer shown;   /* over TLS: the certificate; no fingerprint: none was shown */
    int closed;              /* contexts that are not open to this peer */
    char closed_class[DICOM_UID_SIZE], closed_syntax[DICOM_UID_SIZE]; /* the first of them */
    struct arena arena;                                               /* of the current command */
    bool refused;                                                     /* bad input was audited once */
    bool told;         /* misplaced keys or lost characters were logged once */
    bool commitments;  /* the peer may wait for reports of commitment */
    int64_t reporting; /* one was sent and is not answered yet; 0: none */
    uint16_t report_message;
    clock_us report_sent;
    struct extension extension[SESSION_EXTENSIONS];
    size_t extensions;
};

struct service {
    const char *sop_class; /* "*": storage */
    int command;
    bool known_syntaxes;
    struct gate_act act;
    /* Serve one command and answer it. False: the association is lost. */
    bool (*serve)(struct session *s, const struct service *service, const struct dicom_command *command);
};

#define SERVICE(name, sop_class, command, syntaxes, permission, audit, tx, handler) \
    bool handler(struct session *s, const struct service *service, const struct dicom_command *command);
#include "dicom/net/services.def"
#undef SERVICE

/* Row of a proposed or used abstract syntax. command 0: any. */
const struct service *service_find(const char *sop_class, int command);

/* The row of every storage class, for classes no table knows. command 0: any. */
const struct service *service_private(int command);

/* Serve an association from its request to its end, on its own thread. full: only to tell the peer that as many as
 * may be are open. The caller frees the association. */
void session_run(const struct dicom_server_config *config, struct tls_context *tls,
                 struct dicom_association *association, bool full);

/* ---- admit.c: who may come in, and to what ---- */
/* Judge the caller and its identity; rejected and audited otherwise. */
bool admit_association(struct session *s);
/* May this peer use the SOP class? Private storage classes by option. */
const struct service *admit_service(struct session *s, const char *sop_class, int command);
/* The index of the transfer syntax, or -result; what is not open to the peer is noted. */
int admit_context(struct session *s, const struct dicom_context *proposed);
/* Tell of what was noted, once an association is accepted. */
void admit_tell(struct session *s);
/* One of the words ("CT*, 1.2.840.10008.1.1") is the UID's or its name; an empty list has all. */
bool admit_listed(const char *list, const char *uid);
bool session_reject(struct session *s, enum dicom_reject why);

/* ---- seats.c: associations and commands of one peer, over all its associations here ---- */
/* False: as many as may be are open. Given back by seats_leave. */
bool seats_take(const struct principal *who);
void seats_leave(const struct principal *who);
/* Wait until the peer's next command may be served. False: the server stops. */
bool seats_pace(const struct principal *who);
void seats_stop(bool stop);

/* Run the work through the gate as this association's principal. */
bool session_gate_serve(struct session *s, const struct service *service,
                        bool (*work)(struct op *op, void *ctx, struct err *e), void *ctx, struct err *e);
struct refusal {
    uint16_t status, error_id;
};
/* Answer with a status of its own and a comment without patient data; count it. */
bool session_refuse(struct session *s, const struct service *service, const struct dicom_command *command,
                    struct refusal how, const struct err *why);
/* The same with the error's status. */
bool session_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                  const struct err *why);
/* A final status that is sent otherwise. */
void session_count(struct session *s, const struct service *service, uint16_t status);
bool session_answer(struct session *s, const struct service *service, const struct dicom_command *command,
                    uint16_t status);
/* The same with a data set. */
bool session_answer_with(struct session *s, const struct service *service, const struct dicom_command *command,
                         uint16_t status, struct dicom_dataset *ds);
/* Bad input of this peer, audited once per association. */
void session_bad_input(struct session *s, const struct err *why);
/* The data set behind a request, which is answered and NULL when there is none that can be read. *ret_alive: the
 * association lives on. */
struct dicom_dataset *normal_receive(struct session *s, const struct service *service,
                                     const struct dicom_command *command, bool *ret_alive);
/* session_fail for the services of class N-, whose statuses differ (PS3.7 annex C). */
bool normal_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                 const struct err *why);
/* A text, or a code sequence as CODE, of an item that may be NULL; "" for what the record can not hold. normal_number:
 * LENGTH for one that is too long to name anything. */
struct str normal_text(const struct dicom_item *item, uint32_t tag, struct arena *a);
struct str normal_code(const struct dicom_item *item, uint32_t tag, struct arena *a);
bool normal_number(const struct dicom_item *item, uint32_t tag, struct arena *a, struct str *ret, struct err *e);
/* A data set as it is kept: explicit little endian, UTF-8, at most 8 MiB. */
bool normal_keep(struct dicom_dataset *ds, struct arena *a, struct str *ret_bytes, struct err *e);
/* The answer of an N-GET: in the peer's character set, else in that of its creation; in UTF-8 when that can not say
 * all. The caller frees the answer, also after a failure. */
struct normal_copy {
    struct session *session;
    const struct dicom_command *command; /* its attribute list */
    struct str charset;                  /* of its creation */
    uint32_t hidden;                     /* an attribute that is not told; 0: none */
    struct dicom_dataset *answer;
    uint16_t status;
};
bool normal_copy(struct normal_copy *copy, struct dicom_dataset *kept, struct err *e);
/* The character set answers are written in: what the request declares, else the peer's, else UTF-8. */
const char *session_charset(struct session *s, const struct dicom_item *request);

#endif
