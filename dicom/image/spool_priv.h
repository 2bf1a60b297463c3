/* Bytes kept until they are needed in order: in memory while they are few, else in an unlinked file under $TMPDIR.
 * Owner: the caller, spool_release. Threads: one at a time. */
#ifndef DICOM_IMAGE_SPOOL_PRIV_H
#define DICOM_IMAGE_SPOOL_PRIV_H

#include "base/buf.h"
#include "dicom/image/temporary.h"
#include "dicom/image/transcode.h"

struct spool {
    struct buf memory;
    int fd; /* -1: all is in memory */
    uint64_t n;
};

void spool_init(struct spool *s);
void spool_release(struct spool *s);
bool spool_put(struct spool *s, const void *p, size_t n, struct err *e);
bool spool_copy(struct spool *s, dicom_sink_fn *sink, void *ctx, struct err *e);

#endif
