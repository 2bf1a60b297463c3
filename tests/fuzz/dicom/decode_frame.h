/* What the fuzz targets of the decoders share. */
#ifndef FUZZ_DECODE_FRAME_H
#define FUZZ_DECODE_FRAME_H

#include "dicom/image/image.h"

/* Four bytes: syntax and kind of pixels, rows, columns, photometric interpretation; then the stream. */
static inline int decode_frame(const char *const *syntaxes, size_t count, const uint8_t *data, size_t size)
{
    static const unsigned allocated[] = {8, 16, 8, 32};
    struct image_frame frame CLEANUP(image_frame_release);
    struct err e = {0};
    image_frame_init(&frame);
    if (size < 4)
        return 0;
    struct image_format f = {.rows = data[1], .columns = data[2], .samples = data[0] & 4 ? 3 : 1, .frames = 1};
    f.allocated = f.stored = allocated[data[0] & 3];
    f.high_bit = f.stored - 1;
    f.is_signed = data[0] & 8;
    f.photometric = (enum image_photometric)(data[3] % (IMAGE_YBR_RCT + 1));
    image_decode(syntaxes[data[0] / 16 % count], &f, (struct str){(const char *)data + 4, size - 4}, &frame, &e);
    return 0;
}

#endif
