/* Files without a name, for objects that are made on their way out. Owner: the caller closes. Threads: any. */
#ifndef DICOM_IMAGE_TEMPORARY_H
#define DICOM_IMAGE_TEMPORARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* An unlinked file under $TMPDIR, open for both; -1 on failure. */
int temporary_file(struct err *e);
bool write_fully(int fd, const void *p, size_t n, struct err *e);

#endif
