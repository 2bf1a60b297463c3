/* Palettes: plain, segmented, too short, and pixels outside of them. */
#include "pictures.h"

struct table {
    uint32_t tag; /* of the red one; the others follow */
    const char *bytes;
    size_t n;
};

static struct dicom_dataset *header(unsigned count, unsigned first, unsigned bits, const struct table *t)
{
    struct err e = {0};
    CRAFT(b);
    for (unsigned c = 0; c < 3; c++) {
        craft_head(&b, EXPLICIT, 0x00281101 + c, "US", 6);
        craft16(&b, EXPLICIT, count);
        craft16(&b, EXPLICIT, first);
        craft16(&b, EXPLICIT, bits);
    }
    for (unsigned c = 0; c < 3; c++) {
        craft_head(&b, EXPLICIT, t->tag + c, "OW", (unsigned)t->n);
        buf_put(&b, t->bytes, t->n);
    }
    struct dicom_dataset *ds = dicom_dataset_parse(buf_view(&b), DICOM_EXPLICIT_LE, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
    return ds;
}

static const struct {
    const char *name;
    unsigned count, first, bits;
    struct table table;
    const char *red; /* of pixels 0 to 4; NULL: refused */
    size_t red_bytes;
} palettes[] = {
    {"bytes", 4, 0, 8, {0x00281201, "abcd", 4}, "abcdd", 1},
    {"words of 8 bits", 4, 0, 8, {0x00281201, "a\0b\0c\0d\0", 8}, "abcdd", 1},
    {"words", 3, 1, 16, {0x00281201, "a1b2c3", 6}, "a1a1b2c3c3", 2},
    {"a first value over all pixels", 3, 200, 16, {0x00281201, "a1b2c3", 6}, "a1a1a1a1a1", 2},
    {"too short", 4, 0, 16, {0x00281201, "a1b2c3", 6}, NULL, 0},
    {"65536 entries, too short", 0, 0, 16, {0x00281201, "a1b2c3", 6}, NULL, 0},
    {"segmented", 5, 0, 16, {0x00281221, "\0\0\1\0\x10\0\1\0\4\0\x50\0", 12}, "\x10\0\x20\0\x30\0\x40\0\x50\0", 2},
    {"segmented, first linear", 2, 0, 16, {0x00281221, "\1\0\2\0\x10\0", 6}, NULL, 0},
    {"segmented, pointing at itself", 9, 0, 16, {0x00281221, "\2\0\1\0\0\0\0\0", 8}, NULL, 0},
    {"segmented, pointing outside", 9, 0, 16, {0x00281221, "\2\0\1\0\xFF\xFF\xFF\xFF", 8}, NULL, 0},
};

static void test_tables(void)
{
    for (size_t i = 0; i < sizeof palettes / sizeof *palettes; i++) {
        struct arena a CLEANUP(arena_release);
        struct image_frame f CLEANUP(image_frame_release);
        struct err e = {0};
        arena_init(&a);
        image_frame_init(&f);
        struct dicom_dataset *ds = header(palettes[i].count, palettes[i].first, palettes[i].bits, &palettes[i].table);
        struct image_palette *p = image_palette_read(dicom_dataset_root(ds), &a, &e);
        dicom_dataset_free(ds);
        CU_ASSERT_EQUAL(p != NULL, palettes[i].red != NULL);
        CU_ASSERT(p || e.code == ERR_STRUCTURE);
        if (!p)
            continue;
        f.format = (struct image_format){.rows = 1,
                                         .columns = 5,
                                         .samples = 1,
                                         .allocated = 8,
                                         .stored = 8,
                                         .high_bit = 7,
                                         .photometric = IMAGE_PALETTE};
        buf_put(&f.pixels, "\0\1\2\3\4", 5);
        CU_ASSERT(image_to_rgb(p, &f, &e) && f.format.samples == 3 && f.format.photometric == IMAGE_RGB);
        size_t w = palettes[i].red_bytes;
        for (size_t k = 0; k < 5; k++)
            CU_ASSERT(memcmp(f.pixels.p + 3 * k * w, palettes[i].red + k * w, w) == 0);
    }
}

static void test_ybr(void)
{
    struct image_frame f CLEANUP(image_frame_release);
    struct err e = {0};
    image_frame_init(&f);
    f.format = (struct image_format){.rows = 1,
                                     .columns = 3,
                                     .samples = 3,
                                     .allocated = 8,
                                     .stored = 8,
                                     .high_bit = 7,
                                     .photometric = IMAGE_YBR_FULL};
    buf_put(&f.pixels, "\x4C\x55\xFF\x80\x80\x80\xFF\x80\x80", 9);
    CU_ASSERT(image_to_rgb(NULL, &f, &e) && memcmp(f.pixels.p, "\xFE\x00\x00\x80\x80\x80\xFF\xFF\xFF", 9) == 0);
}

static const struct unit_case cases[] = {{"tables", test_tables}, {"ybr", test_ybr}};
UNIT_MAIN("dicom/image/palette", cases)
