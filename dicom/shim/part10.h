/* The DICOM file format (PS3.10 7.1): preamble, "DICM" and the file meta group in front of a data set.
 * Threads: any. Cost: one pass over the meta group. */
#ifndef DICOM_SHIM_PART10_H
#define DICOM_SHIM_PART10_H

#include "base/buf.h"
#include "dicom/shim/uid.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DICOM_PART10_HEADER_MAX = 1024 }; /* a header written here is always shorter */

/* Append 128 zero bytes, "DICM" and group 2; the data set's bytes follow as received. calling_aet may be "".
 */
bool dicom_part10_header(const char *sop_class, const char *sop_instance, const char *transfer_syntax,
                         const char *calling_aet, struct buf *ret_header, struct err *e);

struct dicom_part10 {
    char transfer_syntax[DICOM_UID_SIZE], sop_class[DICOM_UID_SIZE], sop_instance[DICOM_UID_SIZE];
    char source_aet[17];
    size_t dataset_offset; /* of the data set's first byte */
    bool preamble_clean;   /* all zero */
};

/* Read the beginning of a file (64 KiB are enough; fewer if it is shorter). STRUCTURE when it is none. A
 * missing preamble ("DICM" or group 2 at offset 0) is tolerated. */
bool dicom_part10_parse(struct str bytes, struct dicom_part10 *ret_meta, struct err *e);

#ifdef __cplusplus
}
#endif
#endif
