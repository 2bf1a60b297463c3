/* A connection whose bytes are not plain, as a table of functions: whoever has the library for it (TLS) gives it to the
 * shim, which has none. Owner: the association it was given to. Threads: the association's. */
#ifndef DICOM_SHIM_STREAM_H
#define DICOM_SHIM_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dicom_stream { /* until_ms: of the monotonic clock; *ret_late: that time came */
    void *ctx;
    /* At least one byte, 0 at the peer's orderly end, -1 on failure. */
    ptrdiff_t (*read)(void *ctx, void *to, size_t n, int64_t until_ms, bool *ret_late);
    bool (*write)(void *ctx, const void *bytes, size_t n, int64_t until_ms, bool *ret_late);
    /* Bytes were taken from the socket already. */
    bool (*pending)(void *ctx);
    /* Before the socket is closed. */
    void (*free)(void *ctx);
};

#endif
