/* Where the frames of a stored object lie: tables, fragments, planes, bits, and objects that end too early. */
#include "pictures.h"

#include <zlib.h>

static const struct picture grey = {"grey", 5, 7, 1, 8, 8, false, IMAGE_MONOCHROME2, NOISE};

/* RLE streams of three frames, and fragments cut as the case says. */
struct layout {
    const char *name;
    int table;       /* 0 empty, 1 right, 2 wrong */
    bool extended;   /* with an Extended Offset Table */
    int pieces[3];   /* fragments of each frame */
    unsigned frames; /* the header's */
    bool ok;
};

static void put_fragment(struct buf *b, const char *p, size_t n)
{
    craft_head(b, EXPLICIT, 0xFFFEE000, NULL, (unsigned)n);
    buf_put(b, p, n);
}

/* The fragments of each frame, and where each frame begins. */
static void fragments(const struct layout *l, struct buf *out, size_t offsets[3], size_t lengths[3])
{
    for (unsigned i = 0; i < 3; i++) {
        struct image_frame f CLEANUP(image_frame_release);
        struct image_format header;
        struct err e = {0};
        CRAFT(stream);
        image_frame_init(&f);
        picture_draw(&grey, i, &f);
        CU_ASSERT_FATAL(image_encode("1.2.840.10008.1.2.5", &f, NULL, &stream, &header, &e));
        offsets[i] = out->n;
        lengths[i] = stream.n;
        size_t piece = stream.n / (size_t)l->pieces[i] & ~(size_t)1, at = 0;
        for (int k = 0; k < l->pieces[i]; k++, at += piece)
            put_fragment(out, stream.p + at, k + 1 == l->pieces[i] ? stream.n - at : piece);
    }
}

static void put_extended(struct buf *b, unsigned tag, const size_t values[3])
{
    craft_head(b, EXPLICIT, tag, "OV", 24);
    for (int i = 0; i < 3; i++) {
        craft32(b, EXPLICIT, (unsigned)values[i]);
        craft32(b, EXPLICIT, 0);
    }
}

static void build(const struct layout *l, struct buf *b)
{
    struct image_frame f CLEANUP(image_frame_release);
    size_t offsets[3], lengths[3];
    CRAFT(all);
    image_frame_init(&f);
    picture_draw(&grey, 0, &f);
    f.format.frames = l->frames;
    fragments(l, &all, offsets, lengths);
    picture_header(b, &f.format, "1.2.840.10008.1.2.5", EXPLICIT);
    if (l->extended) {
        put_extended(b, 0x7FE00001, offsets);
        put_extended(b, 0x7FE00002, lengths);
    }
    craft_head(b, EXPLICIT, 0x7FE00010, "OB", CRAFT_UNDEFINED);
    craft_head(b, EXPLICIT, 0xFFFEE000, NULL, l->table ? 12 : 0);
    for (int i = 0; l->table && i < 3; i++)
        craft32(b, EXPLICIT, (unsigned)offsets[i] + (l->table == 2 ? 2 : 0));
    buf_put(b, all.p, all.n);
    craft_head(b, EXPLICIT, 0xFFFEE0DD, NULL, 0);
}

static bool frame_is(struct image_file *f, unsigned i, const struct picture *p, struct err *e)
{
    struct image_frame got CLEANUP(image_frame_release), want CLEANUP(image_frame_release);
    image_frame_init(&got);
    image_frame_init(&want);
    picture_draw(p, i, &want);
    return image_file_decode(f, i, &got, e) && got.pixels.n == want.pixels.n &&
           memcmp(got.pixels.p, want.pixels.p, want.pixels.n) == 0;
}

static void test_fragments(void)
{
    static const struct layout layouts[] = {
        {"one each, empty table", 0, false, {1, 1, 1}, 3, true},
        {"several, table", 1, false, {2, 1, 3}, 3, true},
        {"several, empty table", 0, false, {2, 1, 3}, 3, true},
        {"several, wrong table", 2, false, {2, 3, 1}, 3, true},
        {"extended table", 0, true, {1, 1, 1}, 3, true},
        {"too few for the header", 0, false, {1, 1, 1}, 4, false},
        {"not to be told apart", 0, false, {2, 2, 2}, 2, false},
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct err e = {0};
        CRAFT(b);
        build(&layouts[i], &b);
        int fd = picture_file(&b);
        struct image_file *f = image_file_open(fd, &e);
        CU_ASSERT_EQUAL(f != NULL, layouts[i].ok);
        CU_ASSERT(f || e.code == ERR_STRUCTURE);
        for (unsigned k = 3; f && k-- > 0;) {
            bool same = frame_is(f, k, &grey, &e);
            if (!same)
                printf("%s, frame %u: %s\n", layouts[i].name, k, e.text);
            CU_ASSERT(same);
        }
        struct image_frame none CLEANUP(image_frame_release);
        image_frame_init(&none);
        CU_ASSERT(!f || (!image_file_decode(f, 3, &none, &e) && e.code == ERR_NOT_FOUND));
        image_file_free(f);
        close(fd);
    }
}

/* Every length of the file up to the whole one: an error or the right frame, nothing else. */
static void test_cut(void)
{
    static const struct layout l = {"cut", 0, false, {2, 1, 2}, 3, true};
    CRAFT(b);
    build(&l, &b);
    for (size_t n = 0; n < b.n; n++) {
        struct buf part = {.p = b.p, .n = n};
        struct err e = {0};
        int fd = picture_file(&part);
        struct image_file *f = image_file_open(fd, &e);
        for (unsigned k = 0; f && image_file_format(f)->frames && k < 3; k++) {
            err_clear(&e);
            bool fine = frame_is(f, k, &grey, &e) || e.code == ERR_STRUCTURE;
            if (!fine)
                printf("cut at %zu of %zu, frame %u: %s\n", n, b.n, k, e.text);
            CU_ASSERT(fine);
        }
        image_file_free(f);
        close(fd);
    }
}

static void deflate_after(struct buf *b, size_t from)
{
    z_stream z = {0};
    CRAFT(out);
    CU_ASSERT_FATAL(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    char *to = buf_reserve(&out, b->n + 1024);
    z.next_in = (unsigned char *)b->p + from;
    z.avail_in = (unsigned)(b->n - from);
    z.next_out = (unsigned char *)to;
    z.avail_out = (unsigned)(b->n + 1024);
    CU_ASSERT_FATAL(deflate(&z, Z_FINISH) == Z_STREAM_END);
    b->n = from;
    buf_put(b, to, z.total_out);
    deflateEnd(&z);
}

static void test_uncompressed(void)
{
    static const struct {
        const char *syntax;
        enum craft_form form;
    } forms[] = {{DICOM_IMPLICIT_LE, IMPLICIT},
                 {DICOM_EXPLICIT_LE, EXPLICIT},
                 {DICOM_EXPLICIT_BE, BIG},
                 {DICOM_DEFLATED_LE, EXPLICIT}};
    for (size_t s = 0; s < 4; s++)
        for (size_t p = 0; p < PICTURES; p++) {
            struct err e = {0};
            bool odd = pictures[p].allocated == 1 || (forms[s].form == BIG && pictures[p].allocated == 32);
            CRAFT(b);
            if (odd)
                continue;
            picture_object(&b, &pictures[p], 3, forms[s].syntax, forms[s].form);
            struct dicom_part10 meta;
            CU_ASSERT_FATAL(dicom_part10_parse(buf_view(&b), &meta, &e));
            if (s == 3)
                deflate_after(&b, meta.dataset_offset);
            int fd = picture_file(&b);
            struct image_file *f = image_file_open(fd, &e);
            CU_ASSERT_PTR_NOT_NULL_FATAL(f);
            for (unsigned k = 3; k-- > 0;)
                CU_ASSERT(frame_is(f, k, &pictures[p], &e));
            image_file_free(f);
            close(fd);
        }
}

/* Frames of 143 bits: the second begins in the middle of a byte. */
static void test_bits(void)
{
    const struct picture *p = picture_named("bits");
    struct image_frame f CLEANUP(image_frame_release);
    struct err e = {0};
    char packed[64] = {0};
    size_t bits = (size_t)p->rows * p->columns;
    CRAFT(b);
    image_frame_init(&f);
    for (unsigned k = 0; k < 3; k++) {
        picture_draw(p, k, &f);
        for (size_t i = 0; i < bits; i++)
            packed[(k * bits + i) / 8] =
                (char)(packed[(k * bits + i) / 8] | (f.pixels.p[i / 8] >> i % 8 & 1) << (k * bits + i) % 8);
    }
    f.format.frames = 3;
    picture_header(&b, &f.format, DICOM_EXPLICIT_LE, EXPLICIT);
    craft_head(&b, EXPLICIT, 0x7FE00010, "OB", 54);
    buf_put(&b, packed, 54);
    int fd = picture_file(&b);
    struct image_file *file = image_file_open(fd, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (unsigned k = 0; k < 3; k++)
        CU_ASSERT(frame_is(file, k, p, &e));
    image_file_free(file);
    close(fd);
}

/* Two pixels of one row: colour by plane, and with halved colour columns. */
static void test_colour(void)
{
    static const struct {
        enum image_photometric photometric;
        bool planar;
        const char *bytes, *expected;
        size_t n;
        enum image_photometric out;
    } cases[] = {{IMAGE_RGB, false, "abcdef", "abcdef", 6, IMAGE_RGB},
                 {IMAGE_RGB, true, "adbecf", "abcdef", 6, IMAGE_RGB},
                 {IMAGE_YBR_FULL_422, false, "yYbr", "ybrYbr", 4, IMAGE_YBR_FULL},
                 {IMAGE_YBR_FULL, true, "yYbBrR", "ybrYBR", 6, IMAGE_YBR_FULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_format f = {.rows = 1, .columns = 2, .samples = 3, .allocated = 8, .stored = 8, .high_bit = 7};
        struct image_frame got CLEANUP(image_frame_release);
        struct err e = {0};
        image_frame_init(&got);
        f.photometric = cases[i].photometric;
        f.planar = cases[i].planar;
        CU_ASSERT(image_decode(DICOM_EXPLICIT_LE, &f, (struct str){cases[i].bytes, cases[i].n}, &got, &e));
        CU_ASSERT(str_is(buf_view(&got.pixels), cases[i].expected));
        CU_ASSERT_EQUAL(got.format.photometric, cases[i].out);
        CU_ASSERT_FALSE(got.format.planar);
    }
}

static const struct unit_case cases[] = {{"fragments", test_fragments},
                                         {"cut", test_cut},
                                         {"uncompressed", test_uncompressed},
                                         {"bits", test_bits},
                                         {"colour", test_colour}};
UNIT_MAIN("dicom/image/file", cases)
