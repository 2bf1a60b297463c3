/* Performed procedure steps between data sets and the domain. Threads: by data set. */
#ifndef DICOM_NET_MPPS_H
#define DICOM_NET_MPPS_H

#include "dicom/net/net_priv.h"
#include "domain/performed.h"

#define TAG_PERFORMED_SERIES DICOM_TAG(0x0040, 0x0340)
#define TAG_STEP_STATE DICOM_TAG(0x0040, 0x0252)

struct mpps { /* one request */
    struct session *session;
    struct dicom_command command;
    struct dicom_dataset *request, *answer;
    uint16_t status;
    size_t quirks; /* attributes of an N-SET that should not be there */
};
/* An N-CREATE: the data set is received, a UID given when the peer named none, the work done behind the gate, and it is
 * answered. */
bool mpps_serve_create(struct mpps *m, const struct service *service,
                       bool (*work)(struct op *op, void *ctx, struct err *e));
/* What a data set says; texts live in the arena. INVALID for a status that is none, LENGTH for a number that is too
 * long. */
bool mpps_read(const struct dicom_item *root, struct arena *a, struct performed *ret, struct err *e);
/* An attribute that an N-SET does not change. */
bool mpps_fixed(uint32_t tag);
/* Say in the event whom and what it was about. */
void mpps_describe(struct op *op, struct str sop_uid, const struct performed_result *r);

#endif
