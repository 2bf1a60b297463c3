/* The bytes of a stored data set by offset, as if they were not deflated. Owner: the caller (source_release); fd is
 * borrowed. Threads: one at a time. Cost: one pread; of a deflated object, inflating from where the last read ended, or
 * from the beginning when that lies behind. */
#ifndef DICOM_IMAGE_SOURCE_PRIV_H
#define DICOM_IMAGE_SOURCE_PRIV_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inflater;
struct source {
    int fd;
    uint64_t base, size; /* of the data set in the file */
    struct inflater *inflater;
};

void source_init(struct source *s, int fd, uint64_t base, uint64_t size, bool deflated);
void source_release(struct source *s);
/* Up to n bytes at offset; fewer only at the end. */
bool source_read(struct source *s, uint64_t offset, void *to, size_t n, size_t *ret_got, struct err *e);
/* All n, or STRUCTURE. */
bool source_read_all(struct source *s, uint64_t offset, void *to, size_t n, struct err *e);
/* Whether offset + n can lie within the data set: for deflated ones, if it were packed as tightly as can be. */
bool source_holds(const struct source *s, uint64_t offset, uint64_t n);

#endif
