/* Inside of the DICOM server. Private to dicom/net. */
#ifndef DICOM_NET_NET_PRIV_H
#define DICOM_NET_NET_PRIV_H

#include "dicom/net/net.h"
#include "dicom/shim/shim.h"

/* PS3.7 annex C, PS3.4 C.4.1: statuses that no error of errors.def stands for. */
enum { STATUS_SUCCESS = 0x0000, STATUS_UNRECOGNIZED = 0x0211, STATUS_CANCEL = 0xFE00, STATUS_PENDING = 0xFF00 };

struct session { /* one association */
    const struct dicom_server_config *config;
    struct dicom_association *association;
    struct principal who;
    struct arena arena; /* of the current command */
    bool refused;       /* bad input was audited once */
    bool told;          /* misplaced keys or lost characters were logged once */
};

struct service {
    const char *sop_class; /* "*": storage */
    int command;
    bool known_syntaxes;
    struct gate_act act;
    /* Serve one command and answer it. False: the association is lost. */
    bool (*serve)(struct session *s, const struct service *service, const struct dicom_command *command);
};

#define SERVICE(name, sop_class, command, syntaxes, permission, audit, tx, handler)                                    \
    bool handler(struct session *s, const struct service *service, const struct dicom_command *command);
#include "dicom/net/services.def"
#undef SERVICE

/* Row of a proposed or used abstract syntax. command 0: any. */
const struct service *service_find(const char *sop_class, int command);

/* Serve an association from its request to its end, on its own thread. full: only to tell the peer that as many as
 * may be are open. The caller frees the association. */
void session_run(const struct dicom_server_config *config, struct dicom_association *association, bool full);

/* Run the work through the gate as this association's principal. */
bool session_gate_serve(struct session *s, const struct service *service,
                        bool (*work)(struct op *op, void *ctx, struct err *e), void *ctx, struct err *e);
/* Answer with the error's status and a comment without patient data; count it. */
bool session_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                  const struct err *why);
bool session_answer(struct session *s, const struct service *service, const struct dicom_command *command,
                    uint16_t status);
/* Bad input of this peer, audited once per association. */
void session_bad_input(struct session *s, const struct err *why);
/* The character set answers are written in: what the request declares, else the peer's, else UTF-8. */
const char *session_charset(struct session *s, const struct dicom_item *request);

#endif
