/* DICOM associations that leave: the nodes of table peer are called, over TLS where their row says so.
 * Owner: one service a process; an association is the caller's. Threads: any; an association is one thread's. Cost: a
 * connection, and a handshake. */
#ifndef DICOM_OUT_OUT_H
#define DICOM_OUT_OUT_H

#include "dicom/shim/scu.h"
#include "gate/gate.h"

struct dicom_out_config {
    const char *ae_title;               /* ours */
    const char *certificate, *key, *ca; /* PEM files, "": none; they are read when first needed */
};
/* Texts are borrowed until the stop. */
void dicom_out_start(const struct dicom_out_config *config);
void dicom_out_stop(void);

/* Open an association with a node. UNAVAILABLE, TIMEOUT, UNAUTHENTICATED (its certificate), FORBIDDEN (rejected). */
struct dicom_association *dicom_call(const struct auth_reach *to, const struct dicom_proposal *proposals, size_t n,
                                     struct err *e);
/* One request on it, and its answer's status. */
bool dicom_call_ask(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds,
                    uint16_t *ret_status, struct err *e);
/* An association for one request: its answer's status, and a release. */
bool dicom_call_request(const struct auth_reach *to, const struct dicom_proposal *proposal,
                        struct dicom_command *command, struct dicom_dataset *ds, uint16_t *ret_status, struct err *e);
/* C-ECHO, and the time it took. */
bool dicom_call_echo(const struct auth_reach *to, int *ret_ms, struct err *e);

#endif
