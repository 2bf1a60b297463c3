/* Storage commitment, both ends of it in one place (PS3.4 J). Private to dicom/net.
 * N-ACTION keeps what was asked and a job in one transaction → the job reads and hashes the stored bytes, some seconds
 * a run → the peer is told: by the session, while an association of the peer is open (commit_turn), else by the job on
 * an association of our own. */
#ifndef DICOM_NET_COMMIT_H
#define DICOM_NET_COMMIT_H

#include "dicom/net/net_priv.h"

#define COMMIT_CLASS "1.2.840.10008.1.20.1"
#define COMMIT_INSTANCE "1.2.840.10008.1.20.1.1"
#define TAG_TRANSACTION DICOM_TAG(0x0008, 0x1195)
#define TAG_REFERENCED DICOM_TAG(0x0008, 0x1199)
#define TAG_FAILED DICOM_TAG(0x0008, 0x1198)
#define TAG_REASON DICOM_TAG(0x0008, 0x1197)
#define TAG_SOP_CLASS DICOM_TAG(0x0008, 0x1150)
#define TAG_SOP_UID DICOM_TAG(0x0008, 0x1155)
#define TAG_RETRIEVE_AE DICOM_TAG(0x0008, 0x0054)

struct commit { /* one request, as it is kept */
    int64_t id;
    struct str peer, address, access, transaction_uid, state;
    bool held;
};
bool commit_get(struct db *db, struct arena *a, int64_t id, struct commit *ret, bool *ret_found, struct err *e);
struct commit_item {
    struct str sop_class, sop_uid;
    int64_t reason;
};
bool commit_items(struct db *db, struct arena *a, int64_t id, struct commit_item **ret_items, size_t *ret_n,
                  struct err *e);
/* N-EVENT-REPORT of what was found; the command comes without context and message id. Caller frees the data set. */
struct dicom_dataset *commit_report(const struct commit *c, const struct commit_item *items, size_t n,
                                    const char *ae_title, struct dicom_command *ret_command, struct err *e);
/* The peer answered the report: note it, with its event. */
bool commit_told(struct db *db, struct arena *a, const struct commit *c, uint16_t status, struct err *e);
void commit_describe(struct audit_event *ev, const struct commit *c, uint16_t status, struct arena *a);

/* The association is idle: tell the peer what is ready. False: the association is lost. */
bool commit_turn(struct session *s);
/* It answered one of our reports. */
void commit_answered(struct session *s, const struct dicom_command *c);
/* The association ends: others may tell the peer. */
void commit_let_go(struct session *s);

#endif
