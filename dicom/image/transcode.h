/* A whole object in another transfer syntax, frame by frame: for retrievals whose receiver does not take what is
 * stored, for compression jobs. Owner: the caller's buffers and descriptors. Threads: any number, each with its own
 * descriptor position untouched (pread). Cost: one frame in memory; compressed frames wait in memory up to 8 MiB, over
 * that in an unlinked temporary file, because their lengths stand before them. */
#ifndef DICOM_IMAGE_TRANSCODE_H
#define DICOM_IMAGE_TRANSCODE_H

#include "dicom/image/image.h"

struct image_target {
    const char *transfer_syntax;
    struct image_quality quality; /* nothing is lost unless quality.lossy; see image_encode */
    bool dataset_only;            /* without preamble and file meta information: for C-STORE and multipart */
};

struct image_transcoded {
    char sop_instance[DICOM_UID_SIZE]; /* a new one if, and only if, this lost something (PS3.3 C.7.6.1.1.5) */
    bool lost;
    uint64_t bytes; /* written */
};

typedef bool dicom_sink_fn(void *ctx, const void *bytes, size_t n, struct err *e);

/* fd: a DICOM file, borrowed. An object already in the syntax asked for is copied. Towards compressed syntaxes nothing
 * reaches the sink before every frame is encoded; towards others a damaged frame can still end it in the middle: what
 * the sink has is then to be thrown away. UNSUPPORTED: this syntax does not take these pixels; PROCESSING: it would
 * lose values and that was not asked for; STRUCTURE: the object is damaged. */
bool dicom_transcode(int fd, const struct image_target *target, dicom_sink_fn *sink, void *ctx,
                     struct image_transcoded *ret_result, struct err *e);
/* The same into an unlinked temporary file, for callers that pull; *ret_fd is the caller's to close. */
bool dicom_transcode_file(int fd, const struct image_target *target, int *ret_fd, struct image_transcoded *ret_result,
                          struct err *e);

#endif
