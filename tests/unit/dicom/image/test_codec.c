/* Every codec both ways on every kind of pixels; what it must not take; what peers may send instead of a stream. */
#include "pictures.h"

static const struct {
    const char *uid;
    bool lossless; /* encodes without loss */
} syntaxes[] = {{"1.2.840.10008.1.2", true},       {"1.2.840.10008.1.2.1", true},     {"1.2.840.10008.1.2.1.99", true},
                {"1.2.840.10008.1.2.2", true},     {"1.2.840.10008.1.2.5", true},     {"1.2.840.10008.1.2.4.50", false},
                {"1.2.840.10008.1.2.4.51", false}, {"1.2.840.10008.1.2.4.53", false}, {"1.2.840.10008.1.2.4.55", false},
                {"1.2.840.10008.1.2.4.57", true},  {"1.2.840.10008.1.2.4.70", true},  {"1.2.840.10008.1.2.4.80", true},
                {"1.2.840.10008.1.2.4.81", true},  {"1.2.840.10008.1.2.4.90", true},  {"1.2.840.10008.1.2.4.91", true},
                {"1.2.840.10008.1.2.4.92", false}, {"1.2.840.10008.1.2.4.93", false}, {"1.2.840.10008.1.2.4.201", true},
                {"1.2.840.10008.1.2.4.202", true}, {"1.2.840.10008.1.2.4.203", false}};
enum { SYNTAXES = sizeof syntaxes / sizeof *syntaxes };

static bool is_native(const char *uid)
{
    return !dicom_transfer_syntax_encapsulated(uid);
}

static bool takes(const char *uid, const struct picture *p)
{
    if (is_native(uid))
        return true;
    if (strcmp(uid, "1.2.840.10008.1.2.5") == 0)
        return p->samples * p->allocated / 8 <= 15;
    return p->allocated == 8 || p->allocated == 16;
}

static void test_table(void)
{
    size_t n = 0;
    for (const struct image_codec *c; (c = image_codec(n)) != NULL; n++)
        CU_ASSERT(n < SYNTAXES && strcmp(c->uid, syntaxes[n].uid) == 0 && dicom_transfer_syntax_known(c->uid));
    CU_ASSERT_EQUAL(n, SYNTAXES);
    CU_ASSERT_PTR_NULL(image_codec_find("1.2.840.10008.1.2.4.100"));
    CU_ASSERT_FALSE(image_codec_encodes("1.2.840.10008.1.2.4.93"));
}

static void round_trip(const char *uid, const struct picture *p)
{
    struct image_frame from CLEANUP(image_frame_release), to CLEANUP(image_frame_release);
    struct image_format header;
    struct err e = {0};
    CRAFT(stream);
    image_frame_init(&from);
    image_frame_init(&to);
    picture_draw(p, 0, &from);
    bool ok = image_encode(uid, &from, NULL, &stream, &header, &e);
    if (!takes(uid, p)) {
        CU_ASSERT(!ok && e.code == ERR_UNSUPPORTED);
        return;
    }
    ok = ok && image_decode(uid, &header, buf_view(&stream), &to, &e);
    bool same = ok && to.pixels.n == from.pixels.n && memcmp(to.pixels.p, from.pixels.p, from.pixels.n) == 0 &&
                to.format.photometric == p->photometric;
    if (!same)
        printf("%s, %s: %s\n", uid, p->name, ok ? "other pixels" : e.text);
    CU_ASSERT(same);
    CU_ASSERT(is_native(uid) || stream.n % 2 == 0);
}

static void test_lossless(void)
{
    for (size_t s = 0; s < SYNTAXES; s++)
        for (size_t p = 0; syntaxes[s].lossless && p < PICTURES; p++)
            round_trip(syntaxes[s].uid, &pictures[p]);
}

static double sample(const struct image_frame *f, size_t i)
{
    unsigned v = (unsigned char)f->pixels.p[i];
    if (f->format.allocated == 8)
        return v;
    v = (unsigned char)f->pixels.p[2 * i] | (unsigned)(unsigned char)f->pixels.p[2 * i + 1] << 8;
    return f->format.is_signed ? (int16_t)v : (double)v;
}

/* The largest and the mean difference of samples. */
static void differences(const struct image_frame *a, const struct image_frame *b, double *ret_most, double *ret_mean)
{
    size_t n = a->pixels.n / (a->format.allocated / 8);
    double sum = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        double d = sample(a, i) - sample(b, i);
        d = d < 0 ? -d : d;
        sum += d;
        most = d > most ? d : most;
    }
    *ret_most = most;
    *ret_mean = sum / (double)n;
}

static void test_lossy(void)
{
    static const struct {
        const char *uid, *picture;
        struct image_quality quality;
        enum image_photometric stored;
        double most, mean;
    } cases[] = {
        {"1.2.840.10008.1.2.4.50", "grey 8", {.lossy = true}, IMAGE_MONOCHROME2, 24, 3},
        {"1.2.840.10008.1.2.4.50", "colour 8", {.lossy = true, .jpeg = 95}, IMAGE_YBR_FULL_422, 40, 4},
        {"1.2.840.10008.1.2.4.51", "grey 8", {.lossy = true}, IMAGE_MONOCHROME2, 24, 3},
        {"1.2.840.10008.1.2.4.51", "grey 12 of 16", {.lossy = true}, IMAGE_MONOCHROME1, 200, 20},
        {"1.2.840.10008.1.2.4.81", "grey 8", {.lossy = true, .near = 3}, IMAGE_MONOCHROME2, 3, 3},
        {"1.2.840.10008.1.2.4.81", "colour 8 noise", {.lossy = true}, IMAGE_RGB, 2, 2},
        {"1.2.840.10008.1.2.4.81", "grey 12 of 16 signed", {.lossy = true, .near = 4}, IMAGE_MONOCHROME2, 4, 4},
        {"1.2.840.10008.1.2.4.91", "grey 12 of 16", {.lossy = true, .ratio = 4}, IMAGE_MONOCHROME1, 400, 40},
        {"1.2.840.10008.1.2.4.91", "colour 8", {.lossy = true, .ratio = 4}, IMAGE_YBR_ICT, 40, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_frame from CLEANUP(image_frame_release), to CLEANUP(image_frame_release);
        struct image_format header = {0};
        struct err e = {0};
        double most = 1e9, mean = 1e9;
        CRAFT(stream);
        image_frame_init(&from);
        image_frame_init(&to);
        picture_draw(picture_named(cases[i].picture), 0, &from);
        bool ok = image_encode(cases[i].uid, &from, &cases[i].quality, &stream, &header, &e) &&
                  image_decode(cases[i].uid, &header, buf_view(&stream), &to, &e);
        if (ok)
            differences(&from, &to, &most, &mean);
        if (!ok || most > cases[i].most || mean > cases[i].mean)
            printf("%s, %s: %s most %g mean %g\n", cases[i].uid, cases[i].picture, e.text, most, mean);
        CU_ASSERT(ok && most <= cases[i].most && mean <= cases[i].mean && mean > 0);
        CU_ASSERT_EQUAL(header.photometric, cases[i].stored);
        CU_ASSERT_EQUAL(to.format.photometric, from.format.photometric);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *uid, *picture;
        bool lossy;
        enum err_code code;
    } cases[] = {
        {"1.2.840.10008.1.2.4.50", "grey 8", false, ERR_PROCESSING}, /* never silently lossy */
        {"1.2.840.10008.1.2.4.51", "grey 12 of 16", false, ERR_PROCESSING},
        {"1.2.840.10008.1.2.4.50", "grey 12 of 16", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.51", "grey 16 noise", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.51", "grey 12 of 16 signed", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.50", "palette 8", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.81", "palette 8", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.91", "palette 8", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.81", "grey 8 signed noise", true, ERR_UNSUPPORTED}, /* would cross the sign */
        {"1.2.840.10008.1.2.4.203", "grey 8", true, ERR_UNSUPPORTED},
        {"1.2.840.10008.1.2.4.100", "grey 8", true, ERR_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_frame f CLEANUP(image_frame_release);
        struct image_format header;
        struct image_quality q = {.lossy = cases[i].lossy};
        struct err e = {0};
        CRAFT(stream);
        image_frame_init(&f);
        picture_draw(picture_named(cases[i].picture), 0, &f);
        CU_ASSERT_FALSE(image_encode(cases[i].uid, &f, &q, &stream, &header, &e));
        CU_ASSERT_EQUAL(e.code, cases[i].code);
    }
}

/* A stream that was cut, or that belongs to another image. */
static void test_damaged(void)
{
    for (size_t s = 0; s < SYNTAXES; s++) {
        struct image_frame f CLEANUP(image_frame_release);
        struct image_format header;
        struct err e = {0};
        CRAFT(stream);
        image_frame_init(&f);
        picture_draw(picture_named("grey 8"), 0, &f);
        struct image_quality q = {.lossy = !syntaxes[s].lossless};
        if (!image_encode(syntaxes[s].uid, &f, &q, &stream, &header, &e))
            continue;
        for (size_t n = 0; n < 8; n++) {
            struct str cut = {stream.p, stream.n * n / 8};
            CU_ASSERT_FALSE(image_decode(syntaxes[s].uid, &header, cut, &f, &e));
            CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
        }
        header.rows++;
        CU_ASSERT_FALSE(image_decode(syntaxes[s].uid, &header, buf_view(&stream), &f, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    }
}

static void test_formats(void)
{
    static const struct {
        uint32_t rows, columns;
        unsigned samples, allocated, stored, high_bit;
        enum err_code code;
    } cases[] = {
        {1, 1, 1, 8, 8, 7, ERR_NONE},
        {0, 1, 1, 8, 8, 7, ERR_INVALID},
        {1, 0, 1, 8, 8, 7, ERR_INVALID},
        {1, 1, 0, 8, 8, 7, ERR_INVALID},
        {1, 1, 5, 8, 8, 7, ERR_INVALID},
        {1, 1, 1, 8, 8, 8, ERR_INVALID},
        {1, 1, 1, 16, 12, 15, ERR_NONE},
        {1, 1, 1, 16, 17, 15, ERR_INVALID},
        {1, 1, 1, 16, 12, 10, ERR_INVALID},
        {1, 1, 1, 16, 0, 0, ERR_INVALID},
        {1, 1, 1, 12, 12, 11, ERR_UNSUPPORTED},
        {65536, 1, 1, 8, 8, 7, ERR_INVALID},
        {65535, 65535, 1, 8, 8, 7, ERR_TOO_LARGE},
        {65535, 65535, 4, 64, 64, 63, ERR_TOO_LARGE},
        {1, 1, 3, 1, 1, 0, ERR_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_format f = {.rows = cases[i].rows,
                                 .columns = cases[i].columns,
                                 .samples = cases[i].samples,
                                 .allocated = cases[i].allocated,
                                 .stored = cases[i].stored,
                                 .high_bit = cases[i].high_bit};
        struct err e = {0};
        CU_ASSERT_EQUAL(image_format_check(&f, &e), cases[i].code == ERR_NONE);
        CU_ASSERT_EQUAL(e.code, cases[i].code);
    }
}

/* A few bytes that promise half a gigabyte. */
static void test_bombs(void)
{
    struct image_format f = {.rows = 20000, .columns = 20000, .samples = 1, .allocated = 8, .stored = 8, .high_bit = 7};
    f.photometric = IMAGE_MONOCHROME2;
    struct image_frame frame CLEANUP(image_frame_release);
    image_frame_init(&frame);
    for (size_t s = 0; s < SYNTAXES; s++) {
        struct err e = {0};
        CU_ASSERT_FALSE(
            image_decode(syntaxes[s].uid, &f, STR("\xFF\xD8\xFF\xC0\x00\x0B\x08\x4E\x20\x4E\x20\x01"), &frame, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
        CU_ASSERT(is_native(syntaxes[s].uid) || frame.pixels.room < 1 << 20);
        image_frame_release(&frame);
    }
}

/* Found by fuzzing: CharLS counts bits behind the end of this stream for ten seconds. */
static void test_endless(void)
{
    static const char stream[] =
        "\xff\xd8\xff\xf7\x00\x11\x08\x00\x0c\x00\x0a\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xda\x00\x0c\x03"
        "\x01\x00\x02\x00\x03\x00\x00\x02\x00\x00\x00\x01\xfa\xcd\xfe\x16\xdc\x5a\x4c\x37\x05\x36\x0a\x36\xcc\x6e"
        "\x0c\x4a\x84\x35\x06\x9e\xa3\xa3\x9a\x18\x88\xb3\xb1\xb3\x6c\x75\x5f\x31\x34\x9d\xee\x92\xce\x2a\x24\xfd"
        "\x45\x0b\xb5\x51\x8b\x5d\x32\x52\xb1\xa8\x84\xe8\x34\x0d\x2a\x3f\x95\x09\x2d\x88\xcb\x33\x1a\xf8\x67\x7d"
        "\x60\xff\x59\x00";
    struct image_format f = {.rows = 12, .columns = 10, .samples = 3, .allocated = 8, .stored = 8, .high_bit = 7};
    struct image_frame frame CLEANUP(image_frame_release);
    struct err e = {0};
    image_frame_init(&frame);
    f.photometric = IMAGE_RGB;
    CU_ASSERT_FALSE(image_decode("1.2.840.10008.1.2.4.80", &f, (struct str){stream, sizeof stream - 1}, &frame, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
}

/* Damage at each place of a high-throughput stream's blocks, of a kind that OpenJPEG's assertions do not survive. */
static void test_assertions(void)
{
    struct image_frame f CLEANUP(image_frame_release), got CLEANUP(image_frame_release);
    struct image_format header;
    struct err e = {0};
    CRAFT(stream);
    image_frame_init(&f);
    image_frame_init(&got);
    picture_draw(picture_named("colour 8 noise"), 0, &f);
    CU_ASSERT_FATAL(image_encode("1.2.840.10008.1.2.4.201", &f, NULL, &stream, &header, &e));
    size_t refused = 0;
    for (size_t i = stream.n / 4; i + 2 < stream.n; i += 3) {
        char kept[2] = {stream.p[i], stream.p[i + 1]};
        memcpy(stream.p + i, "\xFF\x9F", 2);
        if (!image_decode("1.2.840.10008.1.2.4.201", &header, buf_view(&stream), &got, &e)) {
            CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
            refused++;
        }
        memcpy(stream.p + i, kept, 2);
    }
    CU_ASSERT(refused > 0);
    CU_ASSERT(image_decode("1.2.840.10008.1.2.4.201", &header, buf_view(&stream), &got, &e));
}

static const struct unit_case cases[] = {
    {"table", test_table},     {"lossless", test_lossless}, {"lossy", test_lossy},
    {"refused", test_refused}, {"damaged", test_damaged},   {"formats", test_formats},
    {"bombs", test_bombs},     {"endless", test_endless},   {"assertions", test_assertions}};
UNIT_MAIN("dicom/image/codec", cases)
