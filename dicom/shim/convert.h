/* A stored object in another of the three plain transfer syntaxes (implicit and explicit little endian, explicit big
 * endian), piece by piece: values over 4 KiB are read from the file as they are written. The guard sees the whole
 * structure first, behind the pixels too. Owner: the caller. Threads: one at a time. Cost: the header in memory. */
#ifndef DICOM_SHIM_CONVERT_H
#define DICOM_SHIM_CONVERT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dicom_converter;

/* Is it one of the three? */
bool dicom_transfer_syntax_plain(const char *uid);
/* fd: the file, open until the converter is freed; offset: of the data set in it; from, to: plain syntaxes.
 * UNSUPPORTED or STRUCTURE for an object that is not to be converted. */
struct dicom_converter *dicom_converter_new(int fd, int64_t offset, const char *from, const char *to, struct err *e);
/* A dicom_source_fn; ctx is the converter. */
bool dicom_converter_read(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e);
void dicom_converter_free(struct dicom_converter *c);

#ifdef __cplusplus
}
#endif
#endif
