/* Calling a peer to tell it one thing: an association, a request of class N-, its answer, a release. Threads: any; the
 * connection is used for the peer's address only. Cost: the peer's time. */
#ifndef DICOM_NET_OUTGOING_H
#define DICOM_NET_OUTGOING_H

#include "db/db.h"
#include "dicom/shim/shim.h"

struct outgoing_call {
    const char *ae_title; /* ours */
    struct str peer;      /* AE title */
    struct str address;   /* where it called from, for a peer whose row names a port only; "" for none */
    const struct dicom_proposal *proposal;
};
struct outgoing_place {
    char host[256], peer[17];
    int port;
};
/* Where the peer is called; NOT_FOUND when its row does not say so. */
bool outgoing_find(struct db *db, struct arena *a, const struct outgoing_call *call, struct outgoing_place *ret_place,
                   struct err *e);
/* *ret_status: what the peer answered. */
bool outgoing_send(const struct outgoing_call *call, const struct outgoing_place *place, struct dicom_command *command,
                   struct dicom_dataset *ds, uint16_t *ret_status, struct err *e);

#endif
