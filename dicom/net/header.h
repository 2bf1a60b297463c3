/* From a received header to the fields of the archive index. Threads: by data set. */
#ifndef DICOM_NET_HEADER_H
#define DICOM_NET_HEADER_H

#include "dicom/shim/shim.h"
#include "domain/fields.h"

/* Fill the fields of maps/instance.def. REQUIRED or INVALID when a UID is missing or malformed. */
bool dicom_header_read(const struct dicom_item *root, struct arena *a, struct fields *ret_fields, struct err *e);

#endif
