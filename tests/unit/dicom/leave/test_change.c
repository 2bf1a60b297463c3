/* Objects that leave with a corrected header: what changes, what is kept, what stays byte for byte. */
#include <sys/mman.h>
#include <unistd.h>

#include "../shim/craft.h"
#include "dicom/image/transcode.h"
#include "dicom/leave/change.h"

#define VIEW(set) "[{\"reason\":\"CORRECT\",\"at\":1764000000000000,\"told\":false,\"set\":{" set "}}]"
static struct arena arena;
static unsigned bulk = 0x7FE00010; /* the element behind the header */

/* A small object; its tail is an element behind the pixels. */
static int object(const char *syntax, enum craft_form f, const char *charset, const char *name)
{
    CRAFT(ds);
    CRAFT(head);
    struct err e = {0};
    if (charset)
        craft(&ds, f, 0x00080005, "CS", charset);
    craft(&ds, f, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7");
    craft(&ds, f, 0x00080018, "UI", "1.2.3.4.5");
    craft(&ds, f, 0x00090010, "LO", "HOUSE");
    craft(&ds, f, 0x00091001, "UN", "\1\2private\3");
    craft(&ds, f, 0x00100010, "PN", name);
    craft(&ds, f, 0x00100020, "LO", "P1");
    craft(&ds, f, bulk, "OW", "pixels as they are");
    craft(&ds, f, 0xFFFCFFFC, "OB", "tail");
    CU_ASSERT(dicom_part10_header("1.2.840.10008.5.1.4.1.1.7", "1.2.3.4.5", syntax, "", &head, &e));
    int fd = memfd_create("object", 0);
    CU_ASSERT(write(fd, head.p, head.n) == (ssize_t)head.n && write(fd, ds.p, ds.n) == (ssize_t)ds.n);
    return fd;
}

static struct str bytes(int fd)
{
    char *p = arena_alloc(&arena, 65536);
    ssize_t n = pread(fd, p, 65536, 0);
    return (struct str){p, n > 0 ? (size_t)n : 0};
}

static struct dicom_dataset *header_of(int fd)
{
    struct err e = {0};
    struct dicom_part10 meta;
    struct str all = bytes(fd);
    CU_ASSERT_FATAL(dicom_part10_parse(all, &meta, &e));
    struct dicom_guard *g = dicom_guard_new(meta.transfer_syntax, NULL, &e);
    CU_ASSERT(dicom_guard_feed(g, all.p + meta.dataset_offset, all.n - meta.dataset_offset, &e));
    struct dicom_dataset *ds = dicom_dataset_parse(dicom_guard_header(g), dicom_guard_syntax(g), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
    dicom_guard_free(g);
    return ds;
}

static bool is(const struct dicom_item *i, uint32_t tag, const char *value)
{
    struct str got = i ? dicom_get(i, tag, &arena) : STR_NONE;
    if (!str_is(got, value))
        printf("%08x is '%.*s', not '%s'\n", tag, STR_ARG(got), value);
    return str_is(got, value);
}

static const struct dicom_item *former(const struct dicom_item *root, size_t n)
{
    const struct dicom_item *note = dicom_item_find(root, 0x04000561, n);
    return note ? dicom_item_find(note, 0x04000550, 0) : NULL;
}

static struct leave_changed changed(int fd, const char *view)
{
    struct err e = {0};
    struct leave_changed c = {.fd = -1};
    if (!leave_change(fd, str_of(view), &c, &e))
        printf("%s: %s\n", view, e.text);
    return c;
}

static void test_syntaxes(void)
{
    static const struct {
        const char *syntax;
        enum craft_form form;
    } cases[] = {{DICOM_EXPLICIT_LE, EXPLICIT},
                 {DICOM_IMPLICIT_LE, IMPLICIT},
                 {DICOM_EXPLICIT_BE, BIG},
                 {"1.2.840.10008.1.2.4.102", EXPLICIT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int fd = object(cases[i].syntax, cases[i].form, NULL, "Doe^Jane");
        struct str before = bytes(fd);
        struct leave_changed c =
            changed(fd, VIEW("\"00100010\":\"Roe^Ann\",\"00100020\":null,\"00100030\":\"19790412\""));
        CU_ASSERT_FATAL(c.fd >= 0);
        struct str after = bytes(c.fd), still = bytes(fd);
        struct dicom_dataset *ds = header_of(c.fd);
        const struct dicom_item *root = dicom_dataset_root(ds);
        CU_ASSERT(str_eq(before, still) && (size_t)c.size == after.n);
        CU_ASSERT(is(root, 0x00100010, "Roe^Ann") && !dicom_exists(root, 0x00100020) &&
                  is(root, 0x00100030, "19790412"));
        CU_ASSERT(is(former(root, 0), 0x00100010, "Doe^Jane") && is(former(root, 0), 0x00100020, "P1"));
        CU_ASSERT(is(former(root, 0), 0x00100030, ""));
        CU_ASSERT(dicom_exists(root, 0x00091001) && is(root, 0x00080018, "1.2.3.4.5"));
        CU_ASSERT(is(dicom_item_find(root, 0x04000561, 0), 0x04000565, "CORRECT"));
        CU_ASSERT(is(dicom_item_find(root, 0x04000561, 0), 0x04000563, "ISOCENTRE"));
        CU_ASSERT(dicom_get(dicom_item_find(root, 0x04000561, 0), 0x04000562, &arena).n == 26);
        size_t tail = 8 + 18 + (cases[i].form == IMPLICIT ? 0 : 4) + 8 + 4 + (cases[i].form == IMPLICIT ? 0 : 4);
        CU_ASSERT(memcmp(before.p + before.n - tail, after.p + after.n - tail, tail) == 0);
        CU_ASSERT(memcmp(before.p, after.p, (size_t)c.header_size) == 0);
        dicom_dataset_free(ds);
        close(c.fd);
        close(fd);
    }
}

static void test_deflated(void)
{
    struct err e = {0};
    struct image_transcoded r;
    bulk = 0x60003000; /* an overlay alone */
    int plain = object(DICOM_EXPLICIT_LE, EXPLICIT, NULL, "Doe^Jane"), fd, open;
    bulk = 0x7FE00010;
    CU_ASSERT_FATAL(dicom_transcode_file(plain, &(struct image_target){.transfer_syntax = DICOM_DEFLATED_LE}, &fd, &r,
                                         &e));
    struct leave_changed c = changed(fd, VIEW("\"00100010\":\"Roe^Ann\""));
    CU_ASSERT_FATAL(c.fd >= 0);
    CU_ASSERT_FATAL(dicom_transcode_file(c.fd, &(struct image_target){.transfer_syntax = DICOM_EXPLICIT_LE}, &open, &r,
                                         &e));
    struct str all = bytes(open), was = bytes(plain);
    struct dicom_dataset *ds = header_of(open);
    CU_ASSERT(is(dicom_dataset_root(ds), 0x00100010, "Roe^Ann"));
    CU_ASSERT(memcmp(all.p + all.n - 46, was.p + was.n - 46, 46) == 0);
    dicom_dataset_free(ds);
    close(open);
    close(c.fd);
    close(fd);
    close(plain);
}

/* Layers one after the other; what says the same already is no change. */
static void test_layers(void)
{
    int fd = object(DICOM_EXPLICIT_LE, EXPLICIT, NULL, "Doe^Jane");
    struct leave_changed c =
        changed(fd, "[{\"reason\":\"COERCE\",\"at\":1,\"set\":{\"00100010\":\"One^A\",\"00080051.00400031\":\"RIS\"}},"
                    "{\"reason\":\"CORRECT\",\"at\":2,\"set\":{\"00100010\":\"Two^B\",\"00100020\":\"P1\"}},"
                    "{\"reason\":\"COERCE\",\"at\":3,\"told\":true,"
                    "\"set\":{\"00100010\":\"Two^B\",\"00100040\":\"\"}}]");
    CU_ASSERT_FATAL(c.fd >= 0);
    struct dicom_dataset *ds = header_of(c.fd);
    const struct dicom_item *root = dicom_dataset_root(ds);
    CU_ASSERT(is(root, 0x00100010, "Two^B") && is(dicom_item_find(root, 0x00080051, 0), 0x00400031, "RIS"));
    CU_ASSERT_EQUAL(dicom_count(root, 0x04000561), 2);
    CU_ASSERT(is(former(root, 0), 0x00100010, "Doe^Jane") && is(former(root, 1), 0x00100010, "One^A"));
    CU_ASSERT(dicom_exists(former(root, 0), 0x00080051) && !dicom_exists(former(root, 1), 0x00100020));
    dicom_dataset_free(ds);
    close(c.fd);
    c = changed(fd, VIEW("\"00100010\":\"Doe^Jane\""));
    CU_ASSERT_EQUAL(c.fd, -1);
    close(fd);
}

/* A value the object's character set cannot say makes it Unicode, with all its texts; one it can say does not. */
static void test_charsets(void)
{
    static const struct {
        const char *charset, *name, *value, *set, *was;
    } cases[] = {
        {"ISO_IR 100", "M\xfcller^J\xf6rg", "山田^太郎", "ISO_IR 192", "Müller^Jörg"},
        {"ISO_IR 100", "M\xfcller^J\xf6rg", "Größe^Uwe", "ISO_IR 100", "Müller^Jörg"},
        {NULL, "Doe^Jane", "Yamada^Tarou=山田^太郎=やまだ^たろう", "ISO_IR 192", "Doe^Jane"},
        {NULL, "Doe^Jane", "Roe^Ann", "", "Doe^Jane"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int fd = object(DICOM_EXPLICIT_LE, EXPLICIT, cases[i].charset, cases[i].name);
        struct leave_changed c =
            changed(fd, arena_printf(&arena, VIEW("\"00100010\":\"%s\""), cases[i].value).p);
        CU_ASSERT_FATAL(c.fd >= 0);
        struct dicom_dataset *ds = header_of(c.fd);
        const struct dicom_item *root = dicom_dataset_root(ds);
        CU_ASSERT(is(root, 0x00100010, cases[i].value) && is(former(root, 0), 0x00100010, cases[i].was));
        CU_ASSERT(str_is(dicom_item_charset(root, &arena), cases[i].set));
        dicom_dataset_free(ds);
        close(c.fd);
        close(fd);
    }
}

static void test_refusals(void)
{
    static const struct {
        const char *word, *value;
        enum err_code code;
    } cases[] = {{"PatientName", "Doe^Jane", ERR_NONE},
                 {"IssuerOfAccessionNumberSequence.LocalNamespaceEntityID", "RIS", ERR_NONE},
                 {"0010,0030", "19790412", ERR_NONE},
                 {"PatientBirthDate", "yesterday", ERR_INVALID},
                 {"PatientBirthDate", "20260231x", ERR_INVALID},
                 {"StudyDescription", "a\x1b$B", ERR_INVALID},
                 {"AccessionNumber", "12345678901234567", ERR_INVALID},
                 {"PatientSex", "female", ERR_INVALID},
                 {"SOPInstanceUID", "1.2.3", ERR_FORBIDDEN},
                 {"StudyInstanceUID", "1.2.3", ERR_FORBIDDEN},
                 {"SpecificCharacterSet", "ISO_IR 100", ERR_FORBIDDEN},
                 {"TransferSyntaxUID", "1.2", ERR_FORBIDDEN},
                 {"Rows", "5", ERR_FORBIDDEN},
                 {"PixelData", "x", ERR_FORBIDDEN},
                 {"ReasonForTheAttributeModification", "COERCE", ERR_FORBIDDEN},
                 {"00091001", "x", ERR_UNSUPPORTED},
                 {"RequestAttributesSequence", "x", ERR_UNSUPPORTED},
                 {"PatientID.PatientName", "x", ERR_INVALID}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t in, tag;
        struct err e = {0};
        CU_ASSERT_FATAL(leave_attribute(str_of(cases[i].word), &in, &tag));
        leave_may_change(in, tag, str_of(cases[i].value), &e);
        if (e.code != cases[i].code)
            printf("%s=%s: %d %s\n", cases[i].word, cases[i].value, e.code, e.text);
        CU_ASSERT_EQUAL(e.code, cases[i].code);
    }
    static const char *const bad[] = {"", "{}", "[1]", "[{\"at\":1}]", VIEW("\"nothing\":\"x\""),
                                      VIEW("\"00100010\":\"") "x"};
    int fd = object(DICOM_EXPLICIT_LE, EXPLICIT, NULL, "Doe^Jane");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err e = {0};
        struct leave_changed c;
        CU_ASSERT(!leave_change(fd, str_of(bad[i]), &c, &e) && e.code == ERR_INVALID);
    }
    close(fd);
}

static void run_all(void)
{
    static void (*const parts[])(void) = {test_syntaxes, test_deflated, test_layers, test_charsets, test_refusals};
    arena_init(&arena);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        parts[i]();
    arena_release(&arena);
}

static const struct unit_case cases[] = {{"all", run_all}};
UNIT_MAIN("dicom/leave/change", cases)
