#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "craft.h"
#include "dicom/shim/shim.h"

enum { IN_FRONT = 500, PIXELS = 40000 };

static void put_pixels(struct buf *b, enum craft_form f)
{
    craft_head(b, f, 0x7FE00010, "OW", 2 * PIXELS);
    for (unsigned i = 0; i < PIXELS; i++)
        craft16(b, f, i & 0xffff);
}

/* An image with a sequence in front of its pixels and padding behind them. */
static void put_object(struct buf *b, enum craft_form f)
{
    craft(b, f, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
    craft(b, f, 0x00080060, "CS", "CT");
    craft(b, f, 0x00100010, "PN", "Doe^Jane");
    craft_head(b, f, 0x00280010, "US", 2);
    craft16(b, f, 200);
    craft_head(b, f, 0x00400275, "SQ", CRAFT_UNDEFINED);
    craft_head(b, f, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    craft(b, f, 0x00401001, "SH", "RP1");
    craft_head(b, f, 0xFFFEE00D, NULL, 0);
    craft_head(b, f, 0xFFFEE0DD, NULL, 0);
    put_pixels(b, f);
    craft(b, f, 0xFFFCFFFC, "OB", "padding.");
}

static int file_of(struct str bytes)
{
    char path[] = "/tmp/isocentre-convert-XXXXXX", front[IN_FRONT];
    int fd = mkstemp(path);
    memset(front, 'x', sizeof front);
    if (fd < 0 || write(fd, front, sizeof front) != (ssize_t)sizeof front ||
        write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n)
        abort();
    unlink(path);
    return fd;
}

static bool convert(struct str bytes, const char *from, const char *to, struct buf *ret_bytes, struct err *e)
{
    char piece[1000];
    size_t n = 1;
    int fd = file_of(bytes);
    err_clear(e);
    struct dicom_converter *c = dicom_converter_new(fd, IN_FRONT, from, to, e);
    bool ok = c != NULL;
    while (ok && n) {
        ok = dicom_converter_read(c, piece, sizeof piece, &n, e);
        if (ok)
            buf_put(ret_bytes, piece, n);
    }
    dicom_converter_free(c);
    close(fd);
    return ok;
}

/* Each plain syntax into each other: the same values, whatever lengths the sequences are given. */
static void test_values_stay(void)
{
    for (int from = IMPLICIT; from <= BIG; from++)
        for (int to = IMPLICIT; to <= BIG; to++) {
            CRAFT(object);
            CRAFT(made);
            CRAFT(pixels);
            struct err e;
            put_object(&object, (enum craft_form)from);
            put_pixels(&pixels, (enum craft_form)to);
            CU_ASSERT_FATAL(convert(buf_view(&object), craft_syntax((enum craft_form)from),
                                    craft_syntax((enum craft_form)to), &made, &e));
            CU_ASSERT_PTR_NOT_NULL(memmem(made.p, made.n, pixels.p, pixels.n));
            struct arena a;
            arena_init(&a);
            struct dicom_dataset *ds = dicom_dataset_parse(buf_view(&made), craft_syntax((enum craft_form)to), &e);
            CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
            const struct dicom_item *root = dicom_dataset_root(ds), *item = dicom_item_find(root, 0x00400275, 0);
            CU_ASSERT(str_is(dicom_get(root, 0x00100010, &a), "Doe^Jane"));
            CU_ASSERT(str_is(dicom_get(root, 0x00280010, &a), "200"));
            CU_ASSERT(item && str_is(dicom_get(item, 0x00401001, &a), "RP1"));
            dicom_dataset_free(ds);
            arena_release(&a);
        }
}

static void test_refused(void)
{
    CRAFT(deep);
    CRAFT(fragments);
    CRAFT(made);
    struct err e;
    put_object(&deep, EXPLICIT);
    for (int i = 0; i < 100000; i++) { /* behind the pixels, where reception does not look */
        craft_head(&deep, EXPLICIT, 0xFFFCFFFD, "SQ", CRAFT_UNDEFINED);
        craft_head(&deep, EXPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    }
    CU_ASSERT_FALSE(convert(buf_view(&deep), DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, &made, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    craft(&fragments, EXPLICIT, 0x00080060, "CS", "CT");
    craft_head(&fragments, EXPLICIT, 0x7FE00010, "OB", CRAFT_UNDEFINED);
    craft_head(&fragments, EXPLICIT, 0xFFFEE000, NULL, 0);
    craft_head(&fragments, EXPLICIT, 0xFFFEE0DD, NULL, 0);
    CU_ASSERT_FALSE(convert(buf_view(&fragments), DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, &made, &e));
    CU_ASSERT_FALSE(convert(STR("no data set at all"), DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE, &made, &e));
    CU_ASSERT_FALSE(convert(buf_view(&deep), DICOM_DEFLATED_LE, DICOM_EXPLICIT_LE, &made, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
    CU_ASSERT_FALSE(dicom_transfer_syntax_plain("1.2.840.10008.1.2.4.70"));
    CU_ASSERT_EQUAL(made.n, 0);
}

static const struct unit_case cases[] = {
    {"values stay what they are", test_values_stay},
    {"what is not converted", test_refused},
};
UNIT_MAIN("dicom/shim/convert", cases)
