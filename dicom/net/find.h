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
/* Log what is odd about this peer's queries, once per association. */
void find_tell(struct find *f, const char *what);
/* n, or max with a line in the log. */
size_t find_limit(struct find *f, size_t n, size_t max);

/* The keys that carry a value, for the audit trail: "PatientName=Doe* Modality=CT". */
struct str find_text(const struct dicom_item *keys, struct arena *a);
/* Put a requested key that no row holds: value, an empty sequence, or nothing when no dictionary knows it. */
bool find_put_unknown(struct dicom_item *to, const struct dicom_element *el, struct str value, struct err *e);

#endif
