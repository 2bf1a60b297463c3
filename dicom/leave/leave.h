/* One stored instance as a receiver takes it: in its stored transfer syntax, else in another that loses nothing (PS3.4
 * C.4.2.2.2, PS3.5 10). Owner: the caller of leave_open closes. Threads: one at a time per struct. Cost: as stored and
 * among the plain syntaxes the bytes of one read; else one frame, and the whole object in an unlinked temporary file,
 * so that what can not be converted fails before a byte of it is sent. */
#ifndef DICOM_LEAVE_LEAVE_H
#define DICOM_LEAVE_LEAVE_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "dicom/shim/shim.h"

/* Transfer syntaxes to propose together, beside the stored one, which is proposed alone: then the receiver's
 * preference decides only among what is made for it. i from 0; false behind the last list. */
struct leave_offer {
    const char *const *syntaxes;
    size_t n;
};
bool leave_offer(size_t i, struct leave_offer *ret_offer);

/* Is there a codec for it, without loss? Some pixels may still not fit the syntax. */
bool leave_makes(const char *stored, const char *transfer_syntax);

/* Does the receiver take this syntax? */
typedef bool leave_takes_fn(void *ctx, const char *transfer_syntax);

struct leave_ask {
    int fd;             /* the stored file; leave_close closes it, after a failure too */
    int header_size;    /* bytes before its data set */
    const char *stored; /* its transfer syntax */
    struct str view;    /* what is told differently of it (change.h), or "" */
    leave_takes_fn *takes;
    void *ctx;
};

struct leave {
    int fd, header_size;
    struct dicom_converter *converter; /* NULL: the bytes of fd */
    const char *syntax;                /* what it is read in */
};

/* Open the data set, without file meta information. UNSUPPORTED: the receiver takes nothing that this object is or can
 * become without loss; else what failed. */
bool leave_open(const struct leave_ask *ask, struct leave *ret_leave, struct err *e);
/* A dicom_source_fn; ctx is the struct leave. */
bool leave_read(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e);
void leave_close(struct leave *l);

/* A stored file in another syntax, as a file of its own with preamble and file meta information; *ret_fd is the
 * caller's, its position is its beginning. UNSUPPORTED, PROCESSING: it can not be, or not without loss. */
bool leave_file(int fd, const char *transfer_syntax, int *ret_fd, struct err *e);

#endif
