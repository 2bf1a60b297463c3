/* From stored colours to RGB: palettes (PS3.3 C.7.9) and YBR_FULL. */
#include "dicom/image/image_priv.h"

#include <string.h>

enum { DESCRIPTOR = 0x00281101, DATA = 0x00281201, SEGMENTED = 0x00281221, ENTRIES_MAX = 65536 };

struct image_palette {
    unsigned bits;  /* 8 or 16 */
    int first;      /* the pixel value of the first entry */
    unsigned count; /* entries of each table */
    uint16_t *table[3];
};

/* The values of a table: numbers of 8 or 16 bits, whatever VR they came in. */
struct values {
    struct str bytes;
    unsigned width; /* bytes */
    size_t n;
};

static unsigned value_at(const struct values *v, size_t i)
{
    const unsigned char *u = (const unsigned char *)v->bytes.p;
    return v->width == 1 ? u[i] : u[2 * i] | (unsigned)u[2 * i + 1] << 8;
}

static struct str table_bytes(const struct dicom_item *header, uint32_t tag, struct arena *a)
{
    struct str bytes = dicom_get_bytes(header, tag);
    if (bytes.p)
        return bytes;
    size_t n = dicom_count(header, tag);
    char *to = arena_alloc(a, 2 * n);
    for (size_t i = 0; i < n; i++) {
        int64_t v = 0;
        dicom_get_int(header, tag, i, &v);
        to[2 * i] = (char)v;
        to[2 * i + 1] = (char)(v >> 8);
    }
    return (struct str){to, 2 * n};
}

/* Entries of 8 bits come one a byte, or one a word. */
static bool read_plain(const struct image_palette *p, struct str bytes, uint16_t *to)
{
    unsigned width = p->bits == 8 && bytes.n < 2 * (size_t)p->count ? 1 : 2;
    struct values v = {bytes, width, bytes.n / width};
    if (v.n < p->count)
        return false;
    for (unsigned i = 0; i < p->count; i++)
        to[i] = (uint16_t)value_at(&v, i);
    return true;
}

struct expansion {
    const struct values *v;
    uint16_t *to;
    size_t at, room;
};

static bool expand_discrete(struct expansion *x, size_t from, size_t n)
{
    if (from + n > x->v->n || n > x->room - x->at)
        return false;
    for (size_t i = 0; i < n; i++)
        x->to[x->at++] = (uint16_t)value_at(x->v, from + i);
    return true;
}

static bool expand_linear(struct expansion *x, size_t from, size_t n)
{
    if (from >= x->v->n || n > x->room - x->at || x->at == 0)
        return false;
    int start = x->to[x->at - 1], end = (int)value_at(x->v, from);
    for (size_t i = 1; i <= n; i++)
        x->to[x->at++] = (uint16_t)(start + (end - start) * (int64_t)i / (int64_t)n);
    return true;
}

/* One segment at *at; an indirect one names others, which are not indirect (PS3.3 C.7.9.2). */
static bool expand_segment(struct expansion *x, size_t *at, bool nested)
{
    if (*at + 2 > x->v->n)
        return false;
    unsigned code = value_at(x->v, *at), n = value_at(x->v, *at + 1);
    size_t body = *at + 2, words = x->v->width == 1 ? 4 : 2;
    if (code == 0) {
        *at = body + n;
        return expand_discrete(x, body, n);
    }
    if (code == 1) {
        *at = body + 1;
        return expand_linear(x, body, n);
    }
    if (code != 2 || nested || body + words > x->v->n)
        return false;
    size_t where = 0;
    for (size_t k = words; k-- > 0;)
        where = where << 8 * x->v->width | value_at(x->v, body + k);
    where /= x->v->width;
    *at = body + words;
    for (unsigned k = 0; k < n; k++)
        if (!expand_segment(x, &where, true))
            return false;
    return true;
}

static bool read_segmented(const struct image_palette *p, struct str bytes, uint16_t *to)
{
    struct values v = {bytes, p->bits / 8, bytes.n / (p->bits / 8)};
    struct expansion x = {&v, to, 0, p->count};
    for (size_t at = 0; at < v.n && x.at < x.room;)
        if (!expand_segment(&x, &at, false))
            return false;
    return x.at == x.room;
}

static bool read_descriptor(const struct dicom_item *header, struct image_palette *p, struct err *e)
{
    int64_t count, first, bits, representation = 0;
    if (!dicom_get_int(header, DESCRIPTOR, 0, &count) || !dicom_get_int(header, DESCRIPTOR, 1, &first) ||
        !dicom_get_int(header, DESCRIPTOR, 2, &bits))
        return err_set(e, ERR_REQUIRED, "palette: no descriptor");
    dicom_get_int(header, 0x00280103, 0, &representation);
    p->count = (unsigned)count & 0xFFFF;
    if (p->count == 0)
        p->count = ENTRIES_MAX;
    p->first = representation == 1 ? (int16_t)first : (int)(first & 0xFFFF);
    p->bits = bits > 8 ? 16 : 8;
    return true;
}

struct image_palette *image_palette_read(const struct dicom_item *header, struct arena *a, struct err *e)
{
    struct image_palette *p = ARENA_NEW(a, struct image_palette);
    if (!read_descriptor(header, p, e))
        return NULL;
    for (uint32_t c = 0; c < 3; c++) {
        p->table[c] = ARENA_ARRAY(a, uint16_t, p->count);
        bool plain = dicom_exists(header, DATA + c);
        struct str bytes = table_bytes(header, (plain ? DATA : SEGMENTED) + c, a);
        if (!(plain ? read_plain : read_segmented)(p, bytes, p->table[c])) {
            err_set(e, ERR_STRUCTURE, "palette: a table is shorter than its descriptor says");
            return NULL;
        }
    }
    return p;
}

/* A pixel's stored bits as a number. */
static int pixel_value(const struct image_format *f, const char *p)
{
    unsigned v = (unsigned char)p[0] | (f->allocated == 16 ? (unsigned)(unsigned char)p[1] << 8 : 0);
    v = v >> (f->high_bit + 1 - f->stored) & ((1u << f->stored) - 1);
    return f->is_signed && v >> (f->stored - 1) ? (int)v - (1 << f->stored) : (int)v;
}

static void put_entry(const struct image_palette *p, int value, char *to)
{
    int64_t i = (int64_t)value - p->first;
    size_t at = i < 0 ? 0 : i >= (int64_t)p->count ? p->count - 1 : (size_t)i;
    for (unsigned c = 0; c < 3; c++, to += p->bits / 8) {
        to[0] = (char)p->table[c][at];
        if (p->bits == 16)
            to[1] = (char)(p->table[c][at] >> 8);
    }
}

static bool apply_palette(const struct image_palette *p, struct image_frame *frame, struct err *e)
{
    const struct image_format *f = &frame->format;
    if (!p || (f->allocated != 8 && f->allocated != 16))
        return err_set(e, ERR_UNSUPPORTED, "palette colours without a palette");
    struct image_format g = *f;
    g.samples = 3;
    g.allocated = g.stored = p->bits;
    g.high_bit = p->bits - 1;
    g.is_signed = false;
    g.photometric = IMAGE_RGB;
    if (!image_format_check(&g, e))
        return false;
    struct buf out;
    buf_init(&out, IMAGE_FRAME_MAX);
    size_t pixels = (size_t)f->rows * f->columns, n = (size_t)image_frame_bytes(&g);
    char *to = buf_reserve(&out, n);
    if (!to)
        return buf_ok(&out, e);
    for (size_t i = 0; i < pixels; i++)
        put_entry(p, pixel_value(f, frame->pixels.p + i * (f->allocated / 8)), to + i * 3 * (p->bits / 8));
    buf_grew(&out, n);
    buf_release(&frame->pixels);
    frame->pixels = out;
    frame->format = g;
    return true;
}

static char clamped(int thousandths)
{
    int v = (thousandths + (thousandths < 0 ? -500 : 500)) / 1000;
    return (char)(v < 0 ? 0 : v > 255 ? 255 : v);
}

/* PS3.3 C.7.6.3.1.2, turned round. */
static void ybr_to_rgb(struct buf *pixels)
{
    unsigned char *u = (unsigned char *)pixels->p;
    for (size_t i = 0; i + 2 < pixels->n; i += 3) {
        int y = u[i] * 1000, cb = u[i + 1] - 128, cr = u[i + 2] - 128;
        pixels->p[i] = clamped(y + 1402 * cr);
        pixels->p[i + 1] = clamped(y - 344 * cb - 714 * cr);
        pixels->p[i + 2] = clamped(y + 1772 * cb);
    }
}

bool image_to_rgb(const struct image_palette *palette, struct image_frame *frame, struct err *e)
{
    if (frame->format.photometric == IMAGE_PALETTE)
        return apply_palette(palette, frame, e);
    if (frame->format.photometric != IMAGE_YBR_FULL)
        return true;
    if (frame->format.allocated != 8)
        return err_set(e, ERR_UNSUPPORTED, "YBR_FULL of over 8 bits a sample");
    ybr_to_rgb(&frame->pixels);
    frame->format.photometric = IMAGE_RGB;
    return true;
}
