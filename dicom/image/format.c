#include "dicom/image/image.h"

#include <string.h>

enum { PIXEL_SAMPLES = 0x00280002, PHOTOMETRIC_TAG = 0x00280004, PLANAR = 0x00280006, FRAMES = 0x00280008 };
enum { ROWS = 0x00280010, COLUMNS = 0x00280011, ALLOCATED = 0x00280100, STORED = 0x00280101, HIGH_BIT = 0x00280102 };
enum { REPRESENTATION = 0x00280103 };

struct photometric_row {
    const char *term;
    unsigned samples;
};

static const struct photometric_row photometrics[] = {
    {"", 0},
#define PHOTOMETRIC(name, term, samples) {term, samples},
#include "dicom/image/photometrics.def"
#undef PHOTOMETRIC
};

const char *image_photometric_term(enum image_photometric p)
{
    return photometrics[p].term;
}

static enum image_photometric photometric_of(struct str term)
{
    for (size_t i = 1; i < sizeof photometrics / sizeof *photometrics; i++)
        if (str_is(term, photometrics[i].term))
            return (enum image_photometric)i;
    return IMAGE_PHOTOMETRIC_OTHER;
}

static enum image_photometric photometric_read(const struct dicom_item *header, unsigned samples)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct str term = dicom_get_nth(header, PHOTOMETRIC_TAG, 0, &a);
    if (term.n)
        return photometric_of(term);
    return samples == 3 ? IMAGE_RGB : IMAGE_MONOCHROME2;
}

/* The number of an element, or the default when it is absent. */
static uint64_t number(const struct dicom_item *header, uint32_t tag, uint64_t otherwise, bool *ret_bad)
{
    int64_t n;
    if (!dicom_get_int(header, tag, 0, &n))
        return otherwise;
    if (n < 0 || n > INT32_MAX)
        *ret_bad = true;
    return (uint64_t)n;
}

bool image_format_read(const struct dicom_item *header, struct image_format *ret_format, struct err *e)
{
    bool bad = false;
    struct image_format f = {0};
    f.samples = (unsigned)number(header, PIXEL_SAMPLES, 1, &bad);
    f.photometric = photometric_read(header, f.samples);
    f.rows = (uint32_t)number(header, ROWS, 0, &bad);
    f.columns = (uint32_t)number(header, COLUMNS, 0, &bad);
    f.allocated = (unsigned)number(header, ALLOCATED, 0, &bad);
    f.stored = (unsigned)number(header, STORED, f.allocated, &bad);
    f.high_bit = (unsigned)number(header, HIGH_BIT, f.stored ? f.stored - 1 : 0, &bad);
    f.is_signed = number(header, REPRESENTATION, 0, &bad) == 1;
    f.planar = f.samples > 1 && number(header, PLANAR, 0, &bad) == 1;
    f.frames = number(header, FRAMES, 1, &bad);
    if (f.frames == 0)
        f.frames = 1;
    if (bad)
        return err_set(e, ERR_INVALID, "image header: a number is out of range");
    if (!f.rows || !f.columns || !f.allocated)
        return err_set(e, ERR_REQUIRED, "image header: rows, columns or bits allocated are missing");
    if (!image_format_check(&f, e))
        return false;
    *ret_format = f;
    return true;
}

static bool bits_fit(const struct image_format *f, struct err *e)
{
    bool known =
        f->allocated == 1 || f->allocated == 8 || f->allocated == 16 || f->allocated == 32 || f->allocated == 64;
    if (!known)
        return err_set(e, ERR_UNSUPPORTED, "image header: %u bits allocated", f->allocated);
    if (!f->stored || f->stored > f->allocated || f->high_bit >= f->allocated || f->high_bit + 1 < f->stored)
        return err_set(e, ERR_INVALID, "image header: stored bits do not fit in those allocated");
    return true;
}

bool image_format_check(const struct image_format *f, struct err *e)
{
    if (f->rows > 65535 || f->columns > 65535)
        return err_set(e, ERR_INVALID, "image header: over 65535 rows or columns");
    if (!f->rows || !f->columns || f->samples < 1 || f->samples > 4)
        return err_set(e, ERR_INVALID, "image header: no pixels, or over four samples each");
    if (!bits_fit(f, e))
        return false;
    unsigned samples = photometrics[f->photometric].samples;
    if (samples && samples != f->samples)
        return err_set(e, ERR_INVALID, "image header: %u samples a pixel do not make %s", f->samples,
                       photometrics[f->photometric].term);
    if (f->allocated == 1 && f->samples != 1)
        return err_set(e, ERR_INVALID, "image header: one bit a sample, and several samples");
    if (image_frame_bytes(f) > IMAGE_FRAME_MAX)
        return err_set(e, ERR_TOO_LARGE, "image header: a frame over %u MiB", (unsigned)(IMAGE_FRAME_MAX >> 20));
    return true;
}

uint64_t image_native_bits(const struct image_format *f)
{
    uint64_t samples = f->photometric == IMAGE_YBR_FULL_422 ? 2 : f->samples;
    uint64_t columns = f->photometric == IMAGE_YBR_FULL_422 ? f->columns + f->columns % 2 : f->columns;
    return (uint64_t)f->rows * columns * samples * f->allocated;
}

uint64_t image_frame_bytes(const struct image_format *f)
{
    return ((uint64_t)f->rows * f->columns * f->samples * f->allocated + 7) / 8;
}
