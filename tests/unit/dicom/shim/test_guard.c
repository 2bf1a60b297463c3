#include "dicom/shim/guard.h"

#include <zlib.h>

#include "craft.h"
#include "dicom/shim/uid.h"

/* Scan in pieces of a given size; the facts and the header come out. */
struct outcome {
    bool ok;
    struct err e;
    struct dicom_guard_facts facts;
    size_t header;
};

static struct outcome scan(const struct buf *b, const char *syntax, const struct dicom_limits *limits,
                           size_t piece)
{
    struct outcome o = {.ok = true};
    struct dicom_guard *g = dicom_guard_new(syntax, limits, &o.e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(g);
    for (size_t at = 0; at < b->n && o.ok; at += piece)
        o.ok = dicom_guard_feed(g, b->p + at, b->n - at < piece ? b->n - at : piece, &o.e);
    o.ok = o.ok && dicom_guard_end(g, &o.e);
    o.facts = *dicom_guard_facts(g);
    o.header = dicom_guard_header(g).n;
    dicom_guard_free(g);
    return o;
}

/* The outcome must not depend on how the bytes come. */
static struct outcome scan_all(const struct buf *b, const char *syntax, const struct dicom_limits *limits)
{
    struct outcome whole = scan(b, syntax, limits, b->n ? b->n : 1);
    static const size_t pieces[] = {1, 3, 7, 8, 11, 4096};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct outcome o = scan(b, syntax, limits, pieces[i]);
        CU_ASSERT_EQUAL(o.ok, whole.ok);
        CU_ASSERT_EQUAL(o.header, whole.header);
        CU_ASSERT_EQUAL(o.facts.elements, whole.facts.elements);
        CU_ASSERT_STRING_EQUAL(o.e.path, whole.e.path);
    }
    return whole;
}

static void nest(struct buf *b, enum craft_form f, int depth, bool closed)
{
    for (int i = 0; i < depth; i++) {
        craft_head(b, f, 0x00081115, "SQ", CRAFT_UNDEFINED);
        craft_head(b, f, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    }
    craft(b, f, 0x00080050, "SH", "A1");
    for (int i = 0; closed && i < depth; i++) {
        craft_head(b, f, 0xFFFEE00D, NULL, 0);
        craft_head(b, f, 0xFFFEE0DD, NULL, 0);
    }
}

/* The same nesting with lengths instead of delimiters. */
static void nest_defined(struct buf *b, enum craft_form f, int depth)
{
    unsigned sequence = f == IMPLICIT ? 8 : 12, left = (unsigned)depth * (sequence + 8);
    for (int i = 0; i < depth; i++) {
        left -= sequence;
        craft_head(b, f, 0x00081115, "SQ", left + 10);
        left -= 8;
        craft_head(b, f, 0xFFFEE000, NULL, left + 10);
    }
    craft(b, f, 0x00080050, "SH", "A1");
}

static void test_depth(void)
{
    static const struct {
        enum craft_form form;
        int depth;
        bool ok;
    } cases[] = {{IMPLICIT, 32, true}, {IMPLICIT, 33, false}, {IMPLICIT, 6000, false},
                 {EXPLICIT, 32, true}, {EXPLICIT, 33, false}, {EXPLICIT, 6000, false},
                 {BIG, 32, true},      {BIG, 33, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CRAFT(undefined);
        nest(&undefined, cases[i].form, cases[i].depth, true);
        struct outcome o = scan_all(&undefined, craft_syntax(cases[i].form), NULL);
        CU_ASSERT_EQUAL(o.ok, cases[i].ok);
        CU_ASSERT(o.ok ? o.facts.depth == 32 : o.e.code == ERR_STRUCTURE);
        CRAFT(defined);
        nest_defined(&defined, cases[i].form, cases[i].depth);
        o = scan_all(&defined, craft_syntax(cases[i].form), NULL);
        CU_ASSERT_EQUAL(o.ok, cases[i].ok);
    }
}

/* UN of undefined length holds implicit little endian inside (PS3.5 6.2.2). */
static void test_un_sequence(void)
{
    CRAFT(b);
    craft_head(&b, BIG, 0x00091010, "UN", CRAFT_UNDEFINED);
    craft_head(&b, IMPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    craft(&b, IMPLICIT, 0x00080050, "SH", "A1");
    craft_head(&b, IMPLICIT, 0xFFFEE00D, NULL, 0);
    craft_head(&b, IMPLICIT, 0xFFFEE0DD, NULL, 0);
    craft(&b, BIG, 0x00100020, "LO", "P1");
    struct outcome o = scan_all(&b, DICOM_EXPLICIT_BE, NULL);
    CU_ASSERT_TRUE(o.ok);
    CU_ASSERT_EQUAL(o.header, b.n);
}

/* A private implicit value that looks like a sequence is looked into. */
static void test_private_implicit(void)
{
    CRAFT(deep);
    unsigned left = 40 * 16;
    for (int i = 0; i < 40; i++) {
        craft_head(&deep, IMPLICIT, 0x00091010, NULL, left - 8);
        craft_head(&deep, IMPLICIT, 0xFFFEE000, NULL, left - 16);
        left -= 16;
    }
    CU_ASSERT_FALSE(scan_all(&deep, DICOM_IMPLICIT_LE, NULL).ok);
    CRAFT(plain);
    craft(&plain, IMPLICIT, 0x00091010, "UN", "some private bytes");
    CU_ASSERT_TRUE(scan_all(&plain, DICOM_IMPLICIT_LE, NULL).ok);
}

static void test_truncated(void)
{
    for (enum craft_form f = IMPLICIT; f <= BIG; f++) {
        CRAFT(b);
        craft(&b, f, 0x00080018, "UI", "1.2.3");
        size_t first = b.n;
        nest(&b, f, 2, true);
        craft(&b, f, 0x00100020, "LO", "P1");
        size_t last = b.n - (f == IMPLICIT ? 10 : 10);
        for (size_t n = 1; n < b.n; n++) {
            struct buf cut = b;
            cut.n = n;
            struct outcome o = scan(&cut, craft_syntax(f), NULL, 5);
            CU_ASSERT_EQUAL(o.ok, n == first || n == last);
        }
    }
}

static void test_lengths(void)
{
    CRAFT(past_item);
    craft_head(&past_item, EXPLICIT, 0x00081115, "SQ", 20);
    craft_head(&past_item, EXPLICIT, 0xFFFEE000, NULL, 12);
    craft_head(&past_item, EXPLICIT, 0x00080050, "SH", 400);
    buf_puts(&past_item, "0123456789");
    struct outcome o = scan_all(&past_item, DICOM_EXPLICIT_LE, NULL);
    CU_ASSERT_FALSE(o.ok);
    CU_ASSERT_STRING_EQUAL(o.e.path, "(0008,1115)/(0008,0050)");
    CRAFT(huge);
    craft(&huge, EXPLICIT, 0x00080018, "UI", "1.2.3");
    craft_head(&huge, EXPLICIT, 0x00091010, "OB", 0xFFFFFFF0u);
    buf_puts(&huge, "only this");
    o = scan_all(&huge, DICOM_EXPLICIT_LE, NULL);
    CU_ASSERT_FALSE(o.ok);
    CU_ASSERT_EQUAL(o.e.code, ERR_STRUCTURE);
    CRAFT(item_past_sequence);
    craft_head(&item_past_sequence, IMPLICIT, 0x00081115, NULL, 16);
    craft_head(&item_past_sequence, IMPLICIT, 0xFFFEE000, NULL, 100);
    CU_ASSERT_FALSE(scan_all(&item_past_sequence, DICOM_IMPLICIT_LE, NULL).ok);
}

static void test_marks(void)
{
    static const unsigned marks[] = {0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD};
    for (int i = 0; i < 3; i++) {
        CRAFT(outside);
        craft_head(&outside, EXPLICIT, marks[i], NULL, 0);
        CU_ASSERT_FALSE(scan_all(&outside, DICOM_EXPLICIT_LE, NULL).ok);
    }
    CRAFT(element_for_item);
    craft_head(&element_for_item, EXPLICIT, 0x00081115, "SQ", CRAFT_UNDEFINED);
    craft(&element_for_item, EXPLICIT, 0x00080050, "SH", "A1");
    CU_ASSERT_FALSE(scan_all(&element_for_item, DICOM_EXPLICIT_LE, NULL).ok);
    CRAFT(undefined_text);
    craft_head(&undefined_text, EXPLICIT, 0x00420010, "UT", CRAFT_UNDEFINED);
    CU_ASSERT_FALSE(scan_all(&undefined_text, DICOM_EXPLICIT_LE, NULL).ok);
    CRAFT(lower);
    craft(&lower, EXPLICIT, 0x00080050, "ox", "A1");
    CU_ASSERT_FALSE(scan_all(&lower, DICOM_EXPLICIT_LE, NULL).ok);
}

static void test_bulk(void)
{
    static const struct {
        unsigned tag;
        const char *vr;
        unsigned length;
        bool is_short;
    } cases[] = {{0x7FE00010, "OW", 10, false}, {0x7FE00010, "OB", CRAFT_UNDEFINED, false},
                 {0x7FE00008, "OF", 8, false},  {0x7FE00009, "OD", 8, false},
                 {0x00420011, "OB", 10, false}, {0x7FE00010, "OW", 1000, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CRAFT(b);
        nest(&b, EXPLICIT, 3, true);
        size_t header = b.n;
        craft_head(&b, EXPLICIT, cases[i].tag, cases[i].vr, cases[i].length);
        size_t value = b.n;
        buf_puts(&b, "\xFE\xFF garbage that is not looked at");
        struct outcome o = scan_all(&b, DICOM_EXPLICIT_LE, NULL);
        CU_ASSERT_TRUE(o.ok);
        CU_ASSERT_EQUAL(o.header, header);
        CU_ASSERT_EQUAL(o.facts.bulk_tag, cases[i].tag);
        CU_ASSERT_EQUAL(o.facts.bulk_offset, value);
        CU_ASSERT_EQUAL(o.facts.bulk_length, cases[i].length);
        CU_ASSERT_EQUAL(o.facts.bulk_short, cases[i].is_short);
    }
}

/* Pixel data of an icon is passed over, fragments included. */
static void test_icon(void)
{
    CRAFT(b);
    craft_head(&b, EXPLICIT, 0x00880200, "SQ", CRAFT_UNDEFINED);
    craft_head(&b, EXPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    craft_head(&b, EXPLICIT, 0x7FE00010, "OB", CRAFT_UNDEFINED);
    craft_head(&b, EXPLICIT, 0xFFFEE000, NULL, 0);
    craft_head(&b, EXPLICIT, 0xFFFEE000, NULL, 4);
    buf_puts(&b, "\xFE\xFF\x0D\xE0");
    craft_head(&b, EXPLICIT, 0xFFFEE0DD, NULL, 0);
    craft_head(&b, EXPLICIT, 0xFFFEE00D, NULL, 0);
    craft_head(&b, EXPLICIT, 0xFFFEE0DD, NULL, 0);
    struct outcome o = scan_all(&b, DICOM_EXPLICIT_LE, NULL);
    CU_ASSERT_TRUE(o.ok);
    CU_ASSERT_EQUAL(o.header, b.n);
    CU_ASSERT_EQUAL(o.facts.bulk_tag, 0);
}

static void test_cut(void)
{
    struct dicom_limits few = {.elements = 50}, small = {.header_bytes = 256};
    CRAFT(b);
    craft(&b, EXPLICIT, 0x00080018, "UI", "1.2.3");
    for (unsigned i = 0; i < 60; i++)
        craft(&b, EXPLICIT, 0x00091000 + i, "LO", "x");
    struct outcome o = scan_all(&b, DICOM_EXPLICIT_LE, &few);
    CU_ASSERT_TRUE(o.ok && o.facts.header_cut);
    CU_ASSERT_EQUAL(o.header, 14 + 49 * 10);
    o = scan_all(&b, DICOM_EXPLICIT_LE, &small);
    CU_ASSERT_TRUE(o.ok && o.facts.header_cut);
    CU_ASSERT_TRUE(o.header <= 256 && (o.header - 14) % 10 == 0);
    CRAFT(big_value);
    craft(&big_value, EXPLICIT, 0x00080018, "UI", "1.2.3");
    craft_head(&big_value, EXPLICIT, 0x00091010, "OB", 300);
    for (int i = 0; i < 300; i++)
        buf_putc(&big_value, 'x');
    o = scan_all(&big_value, DICOM_EXPLICIT_LE, &small);
    CU_ASSERT_TRUE(o.ok && o.facts.header_cut);
    CU_ASSERT_EQUAL(o.header, 14);
}

static void test_disorder(void)
{
    CRAFT(b);
    for (unsigned i = 0; i < 600; i++)
        craft(&b, EXPLICIT, 0x0009FFFF - i, "LO", "x");
    CU_ASSERT_FALSE(scan_all(&b, DICOM_EXPLICIT_LE, NULL).ok);
}

static void deflate_to(const struct buf *plain, struct buf *ret, int window)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    CU_ASSERT_EQUAL_FATAL(deflateInit2(&z, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, plain->n) + 64;
    z.next_out = (unsigned char *)buf_reserve(ret, room);
    z.avail_out = (unsigned)room;
    z.next_in = (unsigned char *)plain->p;
    z.avail_in = (unsigned)plain->n;
    CU_ASSERT_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_grew(ret, room - z.avail_out);
    deflateEnd(&z);
}

static void test_deflated(void)
{
    CRAFT(plain);
    craft(&plain, EXPLICIT, 0x00080018, "UI", "1.2.3");
    nest(&plain, EXPLICIT, 5, true);
    static const int windows[] = {-15, 15};
    for (int i = 0; i < 2; i++) {
        CRAFT(packed);
        deflate_to(&plain, &packed, windows[i]);
        struct outcome o = scan_all(&packed, DICOM_DEFLATED_LE, NULL);
        CU_ASSERT_TRUE(o.ok);
        CU_ASSERT_EQUAL(o.header, plain.n);
        packed.n -= 3;
        CU_ASSERT_FALSE(scan_all(&packed, DICOM_DEFLATED_LE, NULL).ok);
    }
}

static void test_deflate_bomb(void)
{
    CRAFT(plain);
    craft_head(&plain, EXPLICIT, 0x00091010, "OB", 8 * 1024 * 1024);
    char *zeros = buf_reserve(&plain, 8 * 1024 * 1024);
    memset(zeros, 0, 8 * 1024 * 1024);
    buf_grew(&plain, 8 * 1024 * 1024);
    CRAFT(packed);
    deflate_to(&plain, &packed, -15);
    struct outcome o = scan(&packed, DICOM_DEFLATED_LE, NULL, 4096);
    CU_ASSERT_FALSE(o.ok);
    CU_ASSERT_EQUAL(o.e.code, ERR_TOO_LARGE);
    CRAFT(deep);
    nest(&deep, EXPLICIT, 5000, false);
    buf_reset(&packed);
    deflate_to(&deep, &packed, -15);
    o = scan(&packed, DICOM_DEFLATED_LE, NULL, 4096);
    CU_ASSERT_FALSE(o.ok);
    CU_ASSERT_EQUAL(o.e.code, ERR_STRUCTURE);
}

static void test_unknown_syntax(void)
{
    struct err e = {0};
    CU_ASSERT_PTR_NULL(dicom_guard_new("1.2.3.4", NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
}

static const struct unit_case cases[] = {
    {"nesting depth, delimited and measured", test_depth},
    {"UN of undefined length", test_un_sequence},
    {"private sequence without VR", test_private_implicit},
    {"truncation at every byte", test_truncated},
    {"lengths past their container", test_lengths},
    {"items, delimiters and VRs out of place", test_marks},
    {"the header ends at bulk data", test_bulk},
    {"icon pixels are passed over", test_icon},
    {"headers over the limits are cut", test_cut},
    {"too many elements out of order", test_disorder},
    {"deflated, raw and wrapped", test_deflated},
    {"deflate bombs", test_deflate_bomb},
    {"unknown transfer syntax", test_unknown_syntax},
};
UNIT_MAIN("dicom/shim/guard", cases)
