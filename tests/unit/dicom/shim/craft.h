/* Hand-made DICOM bytes for tests: elements in the three encodings. */
#ifndef TESTS_CRAFT_H
#define TESTS_CRAFT_H

#include <string.h>

#include "base/buf.h"
#include "unit.h"

enum craft_form { IMPLICIT, EXPLICIT, BIG };
#define CRAFT_UNDEFINED 0xFFFFFFFFu

static inline void craft16(struct buf *b, enum craft_form f, unsigned n)
{
    buf_putc(b, (char)(f == BIG ? n >> 8 : n));
    buf_putc(b, (char)(f == BIG ? n : n >> 8));
}

static inline void craft32(struct buf *b, enum craft_form f, unsigned n)
{
    craft16(b, f, f == BIG ? n >> 16 : n & 0xffff);
    craft16(b, f, f == BIG ? n & 0xffff : n >> 16);
}

/* A header; vr NULL for items and delimiters. */
static inline void craft_head(struct buf *b, enum craft_form f, unsigned tag, const char *vr, unsigned length)
{
    craft16(b, f, tag >> 16);
    craft16(b, f, tag & 0xffff);
    bool is_long = vr && strstr("OB OW OF OD OL OV SQ UC UN UR UT SV UV", vr);
    if (f == IMPLICIT || !vr) {
        craft32(b, f, length);
        return;
    }
    buf_put(b, vr, 2);
    if (is_long)
        craft16(b, f, 0);
    if (is_long)
        craft32(b, f, length);
    else
        craft16(b, f, length);
}

static inline void craft(struct buf *b, enum craft_form f, unsigned tag, const char *vr, const char *value)
{
    size_t n = strlen(value);
    craft_head(b, f, tag, vr, (unsigned)(n + n % 2));
    buf_puts(b, value);
    if (n % 2)
        buf_putc(b, strcmp(vr, "UI") == 0 ? '\0' : ' ');
}

static inline const char *craft_syntax(enum craft_form f)
{
    return f == IMPLICIT   ? "1.2.840.10008.1.2"
           : f == EXPLICIT ? "1.2.840.10008.1.2.1"
                           : "1.2.840.10008.1.2.2";
}

#define CRAFT(name)                       \
    struct buf name CLEANUP(buf_release); \
    buf_init(&name, 64 * 1024 * 1024)

#endif
