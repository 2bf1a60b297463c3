/* Inside of the DICOM server. Private to dicom/net. */
#ifndef DICOM_NET_NET_PRIV_H
#define DICOM_NET_NET_PRIV_H

#include "dicom/net/net.h"
#include "dicom/shim/shim.h"

struct session { /* one association */
    struct dicom_server *server;
    struct dicom_association *association;
    struct principal who;
    struct arena arena; /* of the current command */
    bool refused;       /* bad input was audited once */
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

struct gate *session_gate(const struct session *s);
const char *session_ae_title(const struct session *s);
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
/* Row of a proposed or used abstract syntax. command 0: any. */
const struct service *service_find(const char *sop_class, int command);
/* The character set answers are written in: what the request declares, else the peer's, else UTF-8. */
const char *session_charset(struct session *s, const struct dicom_item *request);
#endif
