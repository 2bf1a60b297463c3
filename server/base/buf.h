/* A growing byte buffer with a mandatory ceiling. Failure is sticky: append freely, test once with buf_ok().
 * Owner: the caller; CLEANUP(buf_release). Threads: one at a time. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

struct buf {
    char *p; /* NUL-terminated once anything was put */
    size_t n, room, ceiling;
    bool failed; /* the ceiling was hit; what came after is missing */
};

void buf_init(struct buf *b, size_t ceiling);
void buf_release(struct buf *b);
void buf_reset(struct buf *b); /* empty again, memory kept, failure forgotten */
void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *cstr);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for n more bytes at the end, or NULL over the ceiling; then buf_grew(b, used). */
char *buf_reserve(struct buf *b, size_t n);
void buf_grew(struct buf *b, size_t n);
/* Nothing was lost; otherwise TOO_LARGE. */
bool buf_ok(const struct buf *b, struct err *e);
static inline struct str buf_view(const struct buf *b)
{
    return (struct str){b->p ? b->p : "", b->n};
}

#endif
