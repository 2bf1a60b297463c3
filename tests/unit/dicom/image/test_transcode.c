/* Whole objects from each syntax to each other, and what the header says afterwards. */
#include "pictures.h"

#include "dicom/image/transcode.h"

static const char *const syntaxes[] = {DICOM_IMPLICIT_LE,        DICOM_EXPLICIT_LE,        DICOM_EXPLICIT_BE,
                                       DICOM_DEFLATED_LE,        "1.2.840.10008.1.2.5",    "1.2.840.10008.1.2.4.57",
                                       "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81",
                                       "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.201",
                                       "1.2.840.10008.1.2.4.202"};
enum { SYNTAXES = sizeof syntaxes / sizeof *syntaxes, FRAMES = 3 };

static int original(const struct picture *p)
{
    CRAFT(b);
    picture_object(&b, p, FRAMES, DICOM_EXPLICIT_LE, EXPLICIT);
    return picture_file(&b);
}

static int transcoded(int fd, const char *syntax, const struct image_quality *q, struct image_transcoded *ret_result)
{
    struct image_target target = {.transfer_syntax = syntax, .quality = q ? *q : (struct image_quality){0}};
    struct err e = {0};
    int out = -1;
    if (!dicom_transcode_file(fd, &target, &out, ret_result, &e))
        printf("to %s: %s\n", syntax, e.text);
    CU_ASSERT(out >= 0);
    return out;
}

/* The object holds the picture's frames in that syntax, and all its elements. */
static void check(int fd, const char *syntax, const struct picture *p)
{
    struct err e = {0};
    struct image_frame want CLEANUP(image_frame_release), got CLEANUP(image_frame_release);
    image_frame_init(&want);
    image_frame_init(&got);
    struct image_file *f = image_file_open(fd, &e);
    if (!f)
        printf("%s: %s\n", syntax, e.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    CU_ASSERT_STRING_EQUAL(image_file_meta(f)->transfer_syntax, syntax);
    CU_ASSERT_STRING_EQUAL(image_file_meta(f)->sop_instance, "1.2.3.4.5");
    CU_ASSERT_FALSE(dicom_exists(dicom_dataset_root(image_file_header(f)), 0x00282110));
    for (unsigned k = 0; k < FRAMES; k++) {
        picture_draw(p, k, &want);
        bool ok = image_file_decode(f, k, &got, &e);
        bool same = ok && got.pixels.n == want.pixels.n && memcmp(got.pixels.p, want.pixels.p, want.pixels.n) == 0;
        if (!same)
            printf("%s, %s, frame %u: %s\n", syntax, p->name, k, e.text);
        CU_ASSERT(same);
        CU_ASSERT_EQUAL(got.format.photometric, p->photometric);
    }
    image_file_free(f);
}

static void test_pairs(void)
{
    static const char *const names[] = {"colour 8 noise", "grey 12 of 16 signed"};
    for (int n = 0; n < 2; n++) {
        const struct picture *p = picture_named(names[n]);
        int start = original(p);
        for (size_t i = 0; i < SYNTAXES; i++) {
            struct image_transcoded r;
            int from = transcoded(start, syntaxes[i], NULL, &r);
            check(from, syntaxes[i], p);
            for (size_t k = 0; k < SYNTAXES; k++) {
                int to = transcoded(from, syntaxes[k], NULL, &r);
                CU_ASSERT(!r.lost && strcmp(r.sop_instance, "1.2.3.4.5") == 0);
                check(to, syntaxes[k], p);
                close(to);
            }
            close(from);
        }
        close(start);
    }
}

static void read_back(int fd, struct buf *ret)
{
    char piece[4096];
    ssize_t n;
    for (off_t at = 0; (n = pread(fd, piece, sizeof piece, at)) > 0; at += n)
        buf_put(ret, piece, (size_t)n);
}

/* There and back between uncompressed syntaxes is the same file, the element behind the pixels included. */
static void test_back(void)
{
    static const char *const names[] = {"colour 8 noise", "grey 12 of 16 signed", "grey 32", "grey 16 noise"};
    for (size_t n = 0; n < 4; n++)
        for (size_t i = 0; i < 4; i++) {
            struct image_transcoded r;
            CRAFT(before);
            CRAFT(after);
            int start = original(picture_named(names[n])), there = transcoded(start, syntaxes[i], NULL, &r);
            int back = transcoded(there, DICOM_EXPLICIT_LE, NULL, &r);
            read_back(start, &before);
            read_back(back, &after);
            CU_ASSERT(before.n == after.n && memcmp(before.p, after.p, after.n) == 0);
            CU_ASSERT_EQUAL(r.bytes, after.n);
            close(start);
            close(there);
            close(back);
        }
}

static bool is(struct image_file *f, uint32_t tag, const char *value)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct str got = dicom_get(dicom_dataset_root(image_file_header(f)), tag, &a);
    if (!str_is(got, value))
        printf("%08x is '%.*s', not '%s'\n", tag, STR_ARG(got), value);
    return str_is(got, value);
}

static void test_lossy_header(void)
{
    static const struct {
        const char *uid, *method, *photometric;
    } cases[] = {{"1.2.840.10008.1.2.4.50", "ISO_10918_1", "YBR_FULL_422"},
                 {"1.2.840.10008.1.2.4.51", "ISO_10918_1", "YBR_FULL_422"},
                 {"1.2.840.10008.1.2.4.81", "ISO_14495_1", "RGB"},
                 {"1.2.840.10008.1.2.4.91", "ISO_15444_1", "YBR_ICT"}};
    int start = original(picture_named("colour 8"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_transcoded r;
        struct image_quality q = {.lossy = true};
        struct err e = {0};
        int fd = transcoded(start, cases[i].uid, &q, &r);
        struct image_file *f = image_file_open(fd, &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(f);
        const struct dicom_item *root = dicom_dataset_root(image_file_header(f));
        CU_ASSERT(r.lost && strcmp(r.sop_instance, "1.2.3.4.5") != 0 && is(f, 0x00080018, r.sop_instance));
        CU_ASSERT(is(f, 0x00282110, "01") && is(f, 0x00282114, cases[i].method));
        CU_ASSERT(is(f, 0x00280004, cases[i].photometric) && is(f, 0x00080008, "DERIVED\\PRIMARY\\AXIAL"));
        double ratio = 0;
        CU_ASSERT(dicom_get_real(root, 0x00282112, 0, &ratio) && ratio > 1);
        CU_ASSERT(dicom_exists(root, 0x00082111));
        const struct dicom_item *source = dicom_item_find(root, 0x00082112, 0);
        const struct dicom_item *code = dicom_item_find(root, 0x00089215, 0);
        struct arena a CLEANUP(arena_release);
        arena_init(&a);
        CU_ASSERT(source && str_is(dicom_get(source, 0x00081155, &a), "1.2.3.4.5"));
        CU_ASSERT(code && str_is(dicom_get(code, 0x00080100, &a), "113040"));
        image_file_free(f);
        /* uncompressed again, it is still what was lost, under the same name */
        int plain = transcoded(fd, DICOM_EXPLICIT_LE, NULL, &r);
        f = image_file_open(plain, &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(f);
        CU_ASSERT(is(f, 0x00282110, "01") && is(f, 0x00280004, "RGB") && !r.lost);
        image_file_free(f);
        close(fd);
        close(plain);
    }
    close(start);
}

static void test_refused(void)
{
    static const struct {
        const char *picture, *syntax;
        enum err_code code;
    } cases[] = {{"grey 8", "1.2.840.10008.1.2.4.50", ERR_PROCESSING},
                 {"grey 32", "1.2.840.10008.1.2.4.90", ERR_UNSUPPORTED},
                 {"grey 8", "1.2.840.10008.1.2.4.203", ERR_UNSUPPORTED},
                 {"grey 8", "1.2.840.10008.1.2.4.110", ERR_UNSUPPORTED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_target target = {.transfer_syntax = cases[i].syntax};
        struct image_transcoded r;
        struct err e = {0};
        int fd = original(picture_named(cases[i].picture)), out = -1;
        CU_ASSERT_FALSE(dicom_transcode_file(fd, &target, &out, &r, &e));
        CU_ASSERT_EQUAL(e.code, cases[i].code);
        close(fd);
    }
}

/* Over eight mebibytes of streams wait in a file. */
static void test_large(void)
{
    static const struct picture noise = {"large", 1800, 1800, 1, 16, 16, false, IMAGE_MONOCHROME2, NOISE};
    struct image_transcoded r;
    int start = original(&noise), fd = transcoded(start, "1.2.840.10008.1.2.5", NULL, &r);
    CU_ASSERT(r.bytes > 8 << 20);
    check(fd, "1.2.840.10008.1.2.5", &noise);
    close(start);
    close(fd);
}

/* No pixels: other element encodings, but nothing to compress. */
static void test_report(void)
{
    struct err e = {0};
    struct image_transcoded r;
    int out = -1;
    CRAFT(b);
    CU_ASSERT_FATAL(dicom_part10_header("1.2.840.10008.5.1.4.1.1.88.11", "1.2.3", DICOM_IMPLICIT_LE, "", &b, &e));
    craft(&b, IMPLICIT, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.88.11");
    craft(&b, IMPLICIT, 0x00080018, "UI", "1.2.3");
    int fd = picture_file(&b);
    CU_ASSERT((out = transcoded(fd, DICOM_DEFLATED_LE, NULL, &r)) >= 0);
    close(out);
    struct image_target target = {.transfer_syntax = "1.2.840.10008.1.2.4.90"};
    CU_ASSERT_FALSE(dicom_transcode_file(fd, &target, &out, &r, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
    close(fd);
}

/* Frames of a video are nobody's here, but the object can be handed on as it is. */
static void test_video(void)
{
    static const char video[] = "1.2.840.10008.1.2.4.102";
    struct image_format f = {
        .rows = 8, .columns = 8, .samples = 3, .allocated = 8, .stored = 8, .high_bit = 7, .frames = 25};
    struct err e = {0};
    struct image_transcoded r;
    int out = -1;
    CRAFT(b);
    CRAFT(copy);
    f.photometric = IMAGE_YBR_FULL_422;
    picture_header(&b, &f, video, EXPLICIT);
    craft_head(&b, EXPLICIT, 0x7FE00010, "OB", CRAFT_UNDEFINED);
    craft_head(&b, EXPLICIT, 0xFFFEE000, NULL, 0);
    craft_head(&b, EXPLICIT, 0xFFFEE000, NULL, 4);
    buf_puts(&b, "film");
    craft_head(&b, EXPLICIT, 0xFFFEE0DD, NULL, 0);
    int fd = picture_file(&b);
    CU_ASSERT((out = transcoded(fd, video, NULL, &r)) >= 0);
    read_back(out, &copy);
    CU_ASSERT(copy.n == b.n && memcmp(copy.p, b.p, b.n) == 0);
    close(out);
    struct image_target target = {.transfer_syntax = DICOM_EXPLICIT_LE};
    CU_ASSERT_FALSE(dicom_transcode_file(fd, &target, &out, &r, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
    close(fd);
}

static const struct unit_case cases[] = {{"pairs", test_pairs},     {"back", test_back},   {"lossy", test_lossy_header},
                                         {"refused", test_refused}, {"large", test_large}, {"report", test_report},
                                         {"video", test_video}};
UNIT_MAIN("dicom/image/transcode", cases)
