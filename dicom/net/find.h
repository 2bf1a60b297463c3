/* What every C-FIND shares: receive the keys, search behind the gate, send the answers one by one.
 * Threads: the association's. */
#ifndef DICOM_NET_FIND_H
#define DICOM_NET_FIND_H

#include "dicom/net/net_priv.h"

struct find {
    struct session *session;
    struct dicom_dataset *request;
    bool (*search)(struct op *op, struct find *f, struct err *e); /* fills the answers; may run twice */
    struct dicom_dataset **answers;
    size_t count, room;
};
bool find_serve(struct session *s, const struct service *service, const struct dicom_command *command,
                bool (*search)(struct op *op, struct find *f, struct err *e));
const struct dicom_item *find_keys(const struct find *f);
/* A new answer in the requester's character set, NULL with the error set. */
struct dicom_item *find_answer(struct find *f, struct err *e);

#endif
