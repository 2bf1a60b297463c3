/* Pictures for tests of codecs: made, not stored; the same on every run. */
#ifndef TESTS_PICTURES_H
#define TESTS_PICTURES_H

#include <sys/mman.h>
#include <unistd.h>

#include "../shim/craft.h"
#include "dicom/image/image.h"

enum picture_kind { SMOOTH, NOISE, DIRTY, FLAT };

struct picture {
    const char *name;
    uint32_t rows, columns;
    unsigned samples, allocated, stored;
    bool is_signed;
    enum image_photometric photometric;
    enum picture_kind kind;
};

static const struct picture pictures[] = {
    {"grey 8", 37, 53, 1, 8, 8, false, IMAGE_MONOCHROME2, SMOOTH},
    {"grey 8 signed noise", 16, 17, 1, 8, 8, true, IMAGE_MONOCHROME2, NOISE},
    {"grey 12 of 16", 65, 40, 1, 16, 12, false, IMAGE_MONOCHROME1, SMOOTH},
    {"grey 12 of 16 signed", 40, 65, 1, 16, 12, true, IMAGE_MONOCHROME2, NOISE},
    {"grey 16 noise", 33, 31, 1, 16, 16, false, IMAGE_MONOCHROME2, NOISE},
    {"grey 16 signed noise", 20, 30, 1, 16, 16, true, IMAGE_MONOCHROME2, NOISE},
    {"grey 8 of 16", 9, 130, 1, 16, 8, false, IMAGE_MONOCHROME2, NOISE},
    {"grey 12 of 16 with an overlay above", 24, 24, 1, 16, 12, false, IMAGE_MONOCHROME2, DIRTY},
    {"grey 12 of 16 signed with bits above", 24, 24, 1, 16, 12, true, IMAGE_MONOCHROME2, DIRTY},
    {"colour 8", 48, 50, 3, 8, 8, false, IMAGE_RGB, SMOOTH},
    {"colour 8 noise", 11, 13, 3, 8, 8, false, IMAGE_RGB, NOISE},
    {"colour 16", 19, 22, 3, 16, 16, false, IMAGE_RGB, NOISE},
    {"luminance 8", 32, 30, 3, 8, 8, false, IMAGE_YBR_FULL, SMOOTH},
    {"palette 8", 21, 20, 1, 8, 8, false, IMAGE_PALETTE, NOISE},
    {"grey 32", 14, 15, 1, 32, 32, false, IMAGE_MONOCHROME2, NOISE},
    {"bits", 13, 11, 1, 1, 1, false, IMAGE_MONOCHROME2, NOISE},
    {"one pixel", 1, 1, 1, 8, 8, false, IMAGE_MONOCHROME2, SMOOTH},
    {"one row", 1, 300, 1, 16, 16, false, IMAGE_MONOCHROME2, NOISE},
    {"one colour", 64, 64, 1, 8, 8, false, IMAGE_MONOCHROME2, FLAT},
};
enum { PICTURES = sizeof pictures / sizeof *pictures };

static inline uint32_t picture_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static inline int64_t picture_sample(const struct picture *p, size_t i, uint64_t *state)
{
    int64_t range = (int64_t)1 << p->stored, x = (int64_t)(i / p->samples % p->columns);
    int64_t y = (int64_t)(i / p->samples / p->columns), v;
    if (p->kind == FLAT)
        v = range / 3;
    else if (p->kind == SMOOTH)
        v = range / 8 + (x * 3 + y * 2 + (int64_t)(i % p->samples) * 7) * range / 512 % (range * 3 / 4);
    else
        v = (int64_t)((picture_random(state) & 0xFFFFFF) | (int64_t)picture_random(state) << 24) & (range - 1);
    return p->is_signed ? v - range / 2 : v;
}

/* Fill a frame; seed tells frames of one object apart. */
static inline void picture_draw(const struct picture *p, uint64_t seed, struct image_frame *f)
{
    uint64_t state = seed + 1;
    f->format = (struct image_format){.rows = p->rows,
                                      .columns = p->columns,
                                      .samples = p->samples,
                                      .allocated = p->allocated,
                                      .stored = p->stored,
                                      .high_bit = p->stored - 1,
                                      .is_signed = p->is_signed,
                                      .photometric = p->photometric,
                                      .frames = 1};
    size_t n = (size_t)image_frame_bytes(&f->format), count = (size_t)p->rows * p->columns * p->samples;
    buf_reset(&f->pixels);
    CU_ASSERT_PTR_NOT_NULL_FATAL(buf_reserve(&f->pixels, n));
    memset(f->pixels.p, 0, n);
    buf_grew(&f->pixels, n);
    for (size_t i = 0; i < count; i++) {
        int64_t v = picture_sample(p, i + seed, &state);
        if (p->kind == DIRTY && picture_random(&state) % 2)
            v ^= (int64_t)1 << 13;
        if (p->allocated == 1)
            f->pixels.p[i / 8] = (char)(f->pixels.p[i / 8] | (v & 1) << i % 8);
        for (unsigned k = 0; k < p->allocated / 8; k++)
            f->pixels.p[i * (p->allocated / 8) + k] = (char)(v >> 8 * k);
    }
}

static inline const struct picture *picture_named(const char *name)
{
    for (size_t i = 0; i < PICTURES; i++)
        if (strcmp(pictures[i].name, name) == 0)
            return &pictures[i];
    CU_FAIL_FATAL("no such picture");
    return NULL;
}

/* A file that is nowhere but in memory. */
static inline int picture_file(const struct buf *bytes)
{
    int fd = memfd_create("object", MFD_CLOEXEC);
    CU_ASSERT_FATAL(fd >= 0 && write(fd, bytes->p, bytes->n) == (ssize_t)bytes->n);
    return fd;
}

static inline void picture_short(struct buf *b, enum craft_form f, unsigned tag, unsigned value)
{
    craft_head(b, f, tag, "US", 2);
    craft16(b, f, value);
}

/* File meta information and the elements before the pixels. */
static inline void picture_header(struct buf *b, const struct image_format *f, const char *syntax, enum craft_form form)
{
    char frames[24];
    struct err e = {0};
    CU_ASSERT_FATAL(dicom_part10_header("1.2.840.10008.5.1.4.1.1.7.2", "1.2.3.4.5", syntax, "", b, &e));
    snprintf(frames, sizeof frames, "%u", (unsigned)f->frames);
    craft(b, form, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    craft(b, form, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7.2");
    craft(b, form, 0x00080018, "UI", "1.2.3.4.5");
    picture_short(b, form, 0x00280002, f->samples);
    craft(b, form, 0x00280004, "CS", image_photometric_term(f->photometric));
    if (f->samples > 1)
        picture_short(b, form, 0x00280006, f->planar);
    craft(b, form, 0x00280008, "IS", frames);
    picture_short(b, form, 0x00280010, f->rows);
    picture_short(b, form, 0x00280011, f->columns);
    picture_short(b, form, 0x00280100, f->allocated);
    picture_short(b, form, 0x00280101, f->stored);
    picture_short(b, form, 0x00280102, f->high_bit);
    picture_short(b, form, 0x00280103, f->is_signed);
}

/* An uncompressed object of several frames of a picture, with an element behind the pixels. */
static inline void picture_object(struct buf *b, const struct picture *p, unsigned frames, const char *syntax,
                                  enum craft_form form)
{
    struct image_frame f CLEANUP(image_frame_release);
    image_frame_init(&f);
    picture_draw(p, 0, &f);
    f.format.frames = frames;
    picture_header(b, &f.format, syntax, form);
    size_t n = f.pixels.n * frames;
    craft_head(b, form, 0x7FE00010, p->allocated > 8 ? "OW" : "OB", (unsigned)(n + n % 2));
    for (unsigned i = 0; i < frames; i++) {
        picture_draw(p, i, &f);
        for (size_t k = 0; k + 1 < f.pixels.n && form == BIG && p->allocated == 16; k += 2) {
            char c = f.pixels.p[k];
            f.pixels.p[k] = f.pixels.p[k + 1];
            f.pixels.p[k + 1] = c;
        }
        buf_put(b, f.pixels.p, f.pixels.n);
    }
    if (n % 2)
        buf_putc(b, '\0');
    craft(b, form, 0x7FE10010, "LO", "BEHIND");
}

#endif
