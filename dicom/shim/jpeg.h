/* JPEG (ISO 10918-1) frames on plain bytes, by DCMTK's three builds of the IJG library: for samples of 8, of 12 and,
 * lossless only, of 16 bits. Whoever calls has read the stream's frame header first and gives its numbers here: the
 * libraries trust them. Owner: buffers are the caller's. Threads: any. Cost: one pass over the frame. */
#ifndef DICOM_SHIM_JPEG_H
#define DICOM_SHIM_JPEG_H

#include <stdint.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dicom_jpeg_process { DICOM_JPEG_BASELINE, DICOM_JPEG_EXTENDED, DICOM_JPEG_LOSSLESS };

struct dicom_jpeg {
    uint16_t rows, columns;
    int samples;   /* 1 or 3, interleaved */
    int precision; /* 2 to 16 bits; samples over 8 bits take two bytes, in the machine's order */
    bool is_signed;
    bool ybr; /* decoding: the stream is YCbCr and comes out as RGB; encoding: the samples are YCbCr already */
    enum dicom_jpeg_process process; /* encoding */
    int quality;                     /* encoding, 1 to 100; not for LOSSLESS */
};

/* n: rows × columns × samples × (1 or 2) bytes. STRUCTURE when the stream is damaged or ends early. */
bool dicom_jpeg_decode(const struct dicom_jpeg *j, struct str stream, void *ret_pixels, size_t n, struct err *e);
/* Append the stream, of even length. BASELINE takes 8 bits, EXTENDED 8 or 12, LOSSLESS 8 or 16. RGB becomes YCbCr with
 * half the colour columns, but not when LOSSLESS. */
bool dicom_jpeg_encode(const struct dicom_jpeg *j, const void *pixels, struct buf *ret_stream, struct err *e);

#ifdef __cplusplus
}
#endif
#endif
