/* High-throughput JPEG 2000 (ISO 15444-15): one lossless frame written by OpenJPH, which has a C++ interface only; what
 * it writes is read by dicom/image. Owner: buffers are the caller's. Threads: any. Cost: one pass over the frame. */
#ifndef DICOM_SHIM_HTJ2K_H
#define DICOM_SHIM_HTJ2K_H

#include <stdint.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dicom_htj2k {
    uint32_t rows, columns;
    int samples;   /* 1 or 3, interleaved */
    int bytes;     /* 1 or 2 each, in the machine's order */
    int precision; /* 1 to 16 bits, extended to its bytes */
    bool is_signed;
    bool colour_transform; /* RGB goes through the reversible transform */
};

/* Append the codestream: progression by resolution (RPCL), decompositions until the base fits in 64 × 64. */
bool dicom_htj2k_encode(const struct dicom_htj2k *h, const void *pixels, struct buf *ret_stream, struct err *e);

#ifdef __cplusplus
}
#endif
#endif
