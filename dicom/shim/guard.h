/* The guard: a linear scan of DICOM element headers that every byte from a peer passes before DCMTK parses
 * any of it, because DCMTK 3.6.7 overflows its stack on deeply nested sequences and trusts lengths. Values
 * are skipped by length, so an image costs a few hundred steps. It also finds where the header ends: at the
 * first top-level bulk element (pixel data, float pixel data, encapsulated document), and keeps the header's
 * bytes. Owner: the caller, one guard per object. Threads: one at a time. Cost: the header's size in memory,
 * at most limits.header_bytes (and one value of up to that size being waited for). */
#ifndef DICOM_SHIM_GUARD_H
#define DICOM_SHIM_GUARD_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DICOM_DEPTH_MAX = 32 };

struct dicom_limits {
    size_t header_bytes; /* bytes kept; default 16 MiB */
    uint32_t elements;   /* headers scanned; default 200,000 */
    uint32_t ratio;      /* inflated to deflated bytes, past the first MiB; default 200 */
};

struct dicom_guard_facts {
    uint64_t bytes;       /* fed so far, as on the wire */
    uint32_t elements;    /* headers seen */
    int depth;            /* deepest nesting seen */
    uint32_t bulk_tag;    /* where the header ended, or 0 */
    uint64_t bulk_offset; /* of the bulk element's value in the bytes (inflated bytes when deflated) */
    uint32_t bulk_length; /* of its value; 0xFFFFFFFF: fragments follow */
    bool header_cut; /* over header_bytes or elements: the header ends at the last whole top-level element */
    bool bulk_short; /* the object ended before bulk_length bytes had come */
};

struct dicom_guard;

/* Scan a data set of this transfer syntax; deflated ones are inflated on the way. limits NULL: the defaults.
 * UNSUPPORTED for a syntax not known. */
struct dicom_guard *dicom_guard_new(const char *transfer_syntax, const struct dicom_limits *limits,
                                    struct err *e);
void dicom_guard_free(struct dicom_guard *g);
/* STRUCTURE: lengths that do not fit, items out of place, nesting over DICOM_DEPTH_MAX; TOO_LARGE: a deflate
 * bomb. err.path is the tag path. Cheap once the header is complete. */
bool dicom_guard_feed(struct dicom_guard *g, const void *bytes, size_t n, struct err *e);
/* No more bytes: STRUCTURE when an element or sequence is still open. */
bool dicom_guard_end(struct dicom_guard *g, struct err *e);
/* Nothing more of what is fed will be looked at: the header is complete. */
bool dicom_guard_done(const struct dicom_guard *g);
/* The header's bytes, inflated, whole top-level elements only; valid until free. */
struct str dicom_guard_header(const struct dicom_guard *g);
/* The transfer syntax that header is in (explicit little endian for deflated objects). */
const char *dicom_guard_syntax(const struct dicom_guard *g);
const struct dicom_guard_facts *dicom_guard_facts(const struct dicom_guard *g);

#ifdef __cplusplus
}
#endif
#endif
