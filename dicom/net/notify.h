/* Telling peers of performed steps and of complete studies. Private to dicom/net. */
#ifndef DICOM_NET_NOTIFY_H
#define DICOM_NET_NOTIFY_H

#include "dicom/net/net_priv.h"
#include "dicom/out/out.h"

#define MPPS_CLASS "1.2.840.10008.3.1.2.3.3"
#define AVAILABILITY_CLASS "1.2.840.10008.5.1.4.33"

struct notify_study { /* one to be announced */
    int64_t key, revision;
    struct str uid, accession, patient;
};
/* The data set of an availability notification (PS3.3 C.4.23). Caller frees. */
struct dicom_dataset *notify_availability(struct db *db, struct arena *a, const struct notify_study *s,
                                          const char *ae_title, struct err *e);

#endif
