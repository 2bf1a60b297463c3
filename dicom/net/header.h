/* From a received header to the fields of the archive index. Threads: by data set. */
#ifndef DICOM_NET_HEADER_H
#define DICOM_NET_HEADER_H

#include "dicom/shim/shim.h"
#include "domain/study.h"

/* Fill the fields of maps/instance.def. REQUIRED or INVALID when a UID is missing or malformed. */
bool dicom_header_read(const struct dicom_item *root, struct arena *a, struct fields *ret_fields, struct err *e);
/* What else the index keeps: rows of domain/archive_keys.def that stand in `more`, and what is told of an image. */
void dicom_header_more(const struct dicom_item *root, struct arena *a, struct study_more *ret_more);
/* What a rejection note says (IHE RAD TF-3 4.66: titles 113001, 113037, 113038, 113039 DCM); NULL for other objects. */
const struct rejection_said *dicom_header_rejection(const struct dicom_item *root, struct arena *a);
/* The header of an open Part 10 file as a data set: all up to its bulk data. Caller frees. */
struct dicom_dataset *dicom_file_header(int fd, struct err *e);

#endif
