#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, size_t ceiling)
{
    *b = (struct buf){.ceiling = ceiling};
}

void buf_release(struct buf *b)
{
    mem_free(b->p);
    *b = (struct buf){.ceiling = b->ceiling};
}

void buf_reset(struct buf *b)
{
    b->n = 0;
    b->failed = false;
}

char *buf_reserve(struct buf *b, size_t n)
{
    if (b->failed || n > b->ceiling || b->n > b->ceiling - n) {
        b->failed = true;
        return NULL;
    }
    if (b->n + n + 1 > b->room) {
        size_t room = b->room ? b->room : 256;
        while (room < b->n + n + 1)
            room *= 2;
        b->p = mem_realloc(b->p, room);
        b->room = room;
    }
    return b->p + b->n;
}

void buf_grew(struct buf *b, size_t n)
{
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_put(struct buf *b, const void *p, size_t n)
{
    char *to = buf_reserve(b, n);
    if (!to)
        return;
    if (n)
        memcpy(to, p, n);
    buf_grew(b, n);
}

void buf_str(struct buf *b, struct str s)
{
    buf_put(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *cstr)
{
    buf_put(b, cstr, strlen(cstr));
}

void buf_putc(struct buf *b, char c)
{
    buf_put(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *to = n < 0 ? NULL : buf_reserve(b, (size_t)n);
    if (!to)
        return;
    va_start(ap, fmt);
    vsnprintf(to, (size_t)n + 1, fmt, ap);
    va_end(ap);
    buf_grew(b, (size_t)n);
}

bool buf_ok(const struct buf *b, struct err *e)
{
    if (!b->failed)
        return true;
    return err_set(e, ERR_TOO_LARGE, "more than %zu bytes", b->ceiling);
}
