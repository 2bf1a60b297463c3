/* What every C-FIND shares: receive the keys, search behind the gate, send the answers one by one.
 * Threads: the association's. */
#ifndef DICOM_NET_FIND_H
#define DICOM_NET_FIND_H

#include "dicom/net/net_priv.h"

struct find {
    struct session *session;
    struct dicom_dataset *request;
    /* Find what is to be answered and count it; may run twice. */
    bool (*search)(struct op *op, struct find *f, struct err *e);
    /* Fill the i-th answer, when its turn comes: only one is in memory. */
    bool (*answer)(struct find *f, size_t i, struct dicom_item *to, struct err *e);
    void *ctx;
    size_t count;
};
bool find_serve(struct find *f, const struct service *service, const struct dicom_command *command);
const struct dicom_item *find_keys(const struct find *f);
/* Log what is odd about this peer's queries, once per association. */
void find_tell(struct find *f, const char *what);
/* n, or max with a line in the log. */
size_t find_limit(struct find *f, size_t n, size_t max);

/* For dicom_each; *ctx, a bool, becomes true when an item has any element. */
bool find_any_key(void *ctx, const struct dicom_item *item, const struct dicom_element *el);
/* The keys that carry a value, for the audit trail: "PatientName=Doe* Modality=CT". */
struct str find_text(const struct dicom_item *keys, struct arena *a);
/* Put a requested key that no row holds: value, an empty sequence, or nothing when no dictionary knows it. */
bool find_put_unknown(struct dicom_item *to, const struct dicom_element *el, struct str value, struct err *e);

#endif
