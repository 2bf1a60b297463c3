#include "dicom/image/image_priv.h"

#include <string.h>

static uint32_t sample_get(const struct samples *s, size_t i)
{
    if (s->bytes == 1)
        return ((const uint8_t *)s->p)[i];
    if (s->bytes == 2) {
        uint16_t v;
        memcpy(&v, (const char *)s->p + 2 * i, sizeof v);
        return v;
    }
    uint32_t v;
    memcpy(&v, (const char *)s->p + 4 * i, sizeof v);
    return v;
}

static void cell_put(char *cells, size_t i, unsigned bytes, uint32_t v)
{
    char *to = cells + i * bytes;
    to[0] = (char)v;
    if (bytes > 1)
        to[1] = (char)(v >> 8);
    if (bytes > 2) {
        to[2] = (char)(v >> 16);
        to[3] = (char)(v >> 24);
    }
}

/* The low bits of a sample, its sign repeated above them. */
static uint32_t extended(uint32_t v, unsigned precision, bool is_signed)
{
    if (precision >= 32)
        return v;
    uint32_t mask = ((uint32_t)1 << precision) - 1;
    v &= mask;
    return is_signed && v >> (precision - 1) ? v | ~mask : v;
}

bool samples_put(const struct image_format *f, const struct samples *s, char *cells, struct err *e)
{
    unsigned bytes = f->allocated / 8;
    if (bytes < 1 || bytes > 4 || !s->precision || s->precision > f->allocated)
        return err_set(e, ERR_STRUCTURE, "its %u bits a sample do not fit in the %u the header allocates", s->precision,
                       f->allocated);
    if (s->bytes == bytes && s->precision == f->allocated && s->step == 1) {
        if (s->p != cells)
            memcpy(cells, s->p, s->count * bytes);
        return true;
    }
    for (size_t i = 0; i < s->count; i++)
        cell_put(cells, s->first + i * s->step, bytes, extended(sample_get(s, i), s->precision, f->is_signed));
    return true;
}

unsigned samples_precision(const struct image_frame *f)
{
    const struct image_format *m = &f->format;
    if (m->stored == m->allocated || m->high_bit + 1 != m->stored)
        return m->allocated;
    unsigned bytes = m->allocated / 8;
    uint32_t all = m->allocated >= 32 ? UINT32_MAX : ((uint32_t)1 << m->allocated) - 1;
    struct samples s = {f->pixels.p, f->pixels.n / bytes, bytes, m->stored, 0, 1};
    for (size_t i = 0; i < s.count; i++) {
        uint32_t v = sample_get(&s, i);
        if ((extended(v, m->stored, m->is_signed) & all) != v)
            return m->allocated;
    }
    return m->stored;
}

bool samples_encodable(const struct image_frame *f, struct err *e)
{
    const struct image_format *m = &f->format;
    if ((m->allocated == 8 || m->allocated == 16) && (m->samples == 1 || m->samples == 3))
        return true;
    return err_set(e, ERR_UNSUPPORTED, "%u samples of %u bits are not encoded", m->samples, m->allocated);
}

void samples_interleave(const char *planes, size_t pixels, unsigned samples, unsigned bytes, char *ret_cells)
{
    for (unsigned s = 0; s < samples; s++)
        for (size_t i = 0; i < pixels; i++)
            memcpy(ret_cells + (i * samples + s) * bytes, planes + (s * pixels + i) * bytes, bytes);
}

void stream_even(struct buf *b)
{
    if (b->n % 2)
        buf_putc(b, '\0');
}

bool stream_agrees(const struct image_format *f, uint64_t rows, uint64_t columns, uint64_t samples, struct err *e)
{
    if (rows == f->rows && columns == f->columns && samples == f->samples)
        return true;
    return err_set(e, ERR_STRUCTURE, "its stream holds other rows, columns or samples than the header says");
}
