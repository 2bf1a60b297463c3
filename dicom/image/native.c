/* Uncompressed frames: colour planes are interleaved, halved colour columns spread. */
#include "dicom/image/image_priv.h"

#include <string.h>

/* Y1 Y2 Cb Cr for each two pixels (PS3.3 C.7.6.3.1.2). */
static void spread_422(const struct image_format *f, const char *from, char *to)
{
    unsigned bytes = f->allocated / 8;
    for (uint32_t row = 0; row < f->rows; row++)
        for (uint32_t x = 0; x < f->columns; x++, to += 3 * bytes) {
            const char *four = from + ((size_t)row * (f->columns + f->columns % 2) + (x & ~1u)) * 2 * bytes;
            memcpy(to, four + (x & 1) * bytes, bytes);
            memcpy(to + bytes, four + 2 * bytes, bytes);
            memcpy(to + 2 * bytes, four + 3 * bytes, bytes);
        }
}

bool native_decode(const struct image_format *header, struct str stream, struct image_frame *ret_frame, struct err *e)
{
    if (stream.n < (image_native_bits(header) + 7) / 8)
        return err_set(e, ERR_STRUCTURE, "frame: it ends early");
    if (header->photometric == IMAGE_YBR_FULL_422) {
        spread_422(header, stream.p, ret_frame->pixels.p);
        ret_frame->format.photometric = IMAGE_YBR_FULL;
    } else if (header->planar) {
        samples_interleave(stream.p, (size_t)header->rows * header->columns, header->samples, header->allocated / 8,
                           ret_frame->pixels.p);
    } else {
        memcpy(ret_frame->pixels.p, stream.p, ret_frame->pixels.n);
    }
    return true;
}

bool native_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    (void)ret_format;
    buf_put(ret_stream, x->frame->pixels.p, x->frame->pixels.n);
    return buf_ok(ret_stream, e);
}
