#include "dicom/shim/dataset.h"

#include "base/json.h"
#include "craft.h"
#include "dicom/shim/charset.h"

enum {
    ACCESSION = 0x00080050,
    STUDY_DESCRIPTION = 0x00081030,
    PATIENT_NAME = 0x00100010,
    PATIENT_ID = 0x00100020,
    COMMENTS = 0x00104000,
    ROWS = 0x00280010,
    SPACING = 0x00280030,
    STEP_SEQUENCE = 0x00400100,
    REQUEST_SEQUENCE = 0x00400275,
    STATION_AE = 0x00400001,
    STEP_ID = 0x00400009
};

static struct dicom_dataset *parse(const struct buf *b, const char *syntax)
{
    struct err e = {0};
    struct dicom_dataset *ds = dicom_dataset_parse(buf_view(b), syntax, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(ds);
    return ds;
}

static const char *text(const struct dicom_item *i, uint32_t tag, struct arena *a)
{
    struct str s = dicom_get(i, tag, a);
    return s.p ? arena_cstr(a, s) : NULL;
}

/* The same name in the bytes of several character sets reads as the same UTF-8. */
static void test_charsets(void)
{
    static const struct {
        const char *set, *name, *utf8;
    } cases[] = {
        {"ISO_IR 100", "M\xFCller^J\xFCrgen", "Müller^Jürgen"},
        {"ISO_IR 144", "\xB8\xD2\xD0\xDD", "Иван"},
        {"ISO_IR 192", "Müller^Jürgen", "Müller^Jürgen"},
        {"\\ISO 2022 IR 87", "Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B", "Yamada^Tarou=山田^太郎"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a CLEANUP(arena_release);
        arena_init(&a);
        CRAFT(b);
        craft(&b, EXPLICIT, 0x00080005, "CS", cases[i].set);
        craft(&b, EXPLICIT, PATIENT_NAME, "PN", cases[i].name);
        struct dicom_dataset *ds = parse(&b, DICOM_EXPLICIT_LE);
        struct dicom_item *root = dicom_dataset_root(ds);
        CU_ASSERT_STRING_EQUAL(text(root, PATIENT_NAME, &a), cases[i].utf8);
        struct err e = {0};
        CU_ASSERT_TRUE(dicom_dataset_set_charset(ds, "ISO_IR 192", &e));
        CU_ASSERT_STRING_EQUAL(text(root, PATIENT_NAME, &a), cases[i].utf8);
        CU_ASSERT_TRUE(dicom_dataset_set_charset(ds, cases[i].set, &e));
        CRAFT(again);
        CU_ASSERT_TRUE(dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &again, &e));
        CU_ASSERT_TRUE(str_eq(buf_view(&again), buf_view(&b)));
        CU_ASSERT_FALSE(dicom_dataset_lossy(ds));
        dicom_dataset_free(ds);
    }
}

static void test_values(void)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    CRAFT(b);
    craft(&b, EXPLICIT, 0x00080005, "CS", "GB18030");
    craft(&b, EXPLICIT, 0x00080008, "CS", "ORIGINAL\\PRIMARY \\AXIAL");
    craft(&b, EXPLICIT, ACCESSION, "SH", "");
    craft(&b, EXPLICIT, STUDY_DESCRIPTION, "LO", "\x81\x5C\x90"); /* 乗 ends in the byte of a backslash */
    craft(&b, EXPLICIT, COMMENTS, "LT", " one\\two ");
    craft_head(&b, EXPLICIT, ROWS, "US", 2);
    buf_put(&b, "\x00\x02", 2);
    craft(&b, EXPLICIT, SPACING, "DS", "0.5\\1.000");
    struct dicom_dataset *ds = parse(&b, DICOM_EXPLICIT_LE);
    struct dicom_item *root = dicom_dataset_root(ds);
    int64_t n = 0;
    double d = 0;
    CU_ASSERT_EQUAL(dicom_count(root, 0x00080008), 3);
    CU_ASSERT_TRUE(str_is(dicom_get_nth(root, 0x00080008, 1, &a), "PRIMARY"));
    CU_ASSERT_PTR_NULL(dicom_get_nth(root, 0x00080008, 3, &a).p);
    CU_ASSERT_EQUAL(dicom_count(root, STUDY_DESCRIPTION), 1);
    CU_ASSERT_TRUE(str_is(dicom_get_nth(root, COMMENTS, 0, &a), " one\\two"));
    CU_ASSERT_EQUAL(dicom_count(root, COMMENTS), 1);
    CU_ASSERT_TRUE(dicom_get_int(root, ROWS, 0, &n) && n == 512);
    CU_ASSERT_TRUE(dicom_get_real(root, SPACING, 0, &d) && d == 0.5);
    CU_ASSERT_FALSE(dicom_get_int(root, SPACING, 0, &n));
    CU_ASSERT_TRUE(dicom_get_int(root, SPACING, 1, &n) && n == 1);
    CU_ASSERT_TRUE(dicom_exists(root, ACCESSION) && dicom_is_empty(root, ACCESSION));
    CU_ASSERT_STRING_EQUAL(text(root, ACCESSION, &a), "");
    CU_ASSERT_FALSE(dicom_exists(root, PATIENT_ID));
    CU_ASSERT_PTR_NULL(dicom_get(root, PATIENT_ID, &a).p);
    dicom_dataset_free(ds);
}

/* Items inherit the character set and may have their own. */
static void test_items(void)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    CRAFT(b);
    craft(&b, IMPLICIT, 0x00080005, "CS", "ISO_IR 100");
    craft_head(&b, IMPLICIT, REQUEST_SEQUENCE, "SQ", CRAFT_UNDEFINED);
    for (int k = 0; k < 2; k++) {
        craft_head(&b, IMPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
        if (k)
            craft(&b, IMPLICIT, 0x00080005, "CS", "ISO_IR 192");
        craft(&b, IMPLICIT, STEP_ID, "SH",
              k ? "Ä2"
                : "\xC4"
                  "1");
        craft_head(&b, IMPLICIT, 0xFFFEE00D, NULL, 0);
    }
    craft_head(&b, IMPLICIT, 0xFFFEE0DD, NULL, 0);
    struct dicom_dataset *ds = parse(&b, DICOM_IMPLICIT_LE);
    struct dicom_item *root = dicom_dataset_root(ds);
    CU_ASSERT_EQUAL(dicom_count(root, REQUEST_SEQUENCE), 2);
    CU_ASSERT_STRING_EQUAL(text(dicom_item_find(root, REQUEST_SEQUENCE, 0), STEP_ID, &a), "Ä1");
    CU_ASSERT_STRING_EQUAL(text(dicom_item_find(root, REQUEST_SEQUENCE, 1), STEP_ID, &a), "Ä2");
    CU_ASSERT_PTR_NULL(dicom_item_find(root, REQUEST_SEQUENCE, 2));
    CU_ASSERT_PTR_NULL(dicom_item_find(root, STEP_SEQUENCE, 0));
    struct err e = {0};
    CU_ASSERT_TRUE(dicom_dataset_set_charset(ds, "", &e));
    CU_ASSERT_STRING_EQUAL(text(dicom_item_find(root, REQUEST_SEQUENCE, 1), STEP_ID, &a), "Ae2");
    CU_ASSERT_TRUE(dicom_dataset_lossy(ds));
    CU_ASSERT_FALSE(dicom_exists(root, DICOM_SPECIFIC_CHARACTER_SET));
    dicom_dataset_free(ds);
}

static void build(struct dicom_dataset *ds)
{
    struct err e = {0};
    struct dicom_item *root = dicom_dataset_root(ds);
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_ID, STR("old"), &e));
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_NAME, STR("Müller^Jürgen"), &e));
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_ID, STR("P1"), &e));
    CU_ASSERT_TRUE(dicom_put_int(root, ROWS, 512, &e));
    CU_ASSERT_TRUE(dicom_put_sequence(root, REQUEST_SEQUENCE, &e));
    for (int k = 0; k < 2; k++) {
        struct dicom_item *item = dicom_put_item(root, STEP_SEQUENCE, &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(item);
        CU_ASSERT_TRUE(dicom_put(item, STATION_AE, STR("CT1"), &e));
        CU_ASSERT_TRUE(dicom_put(item, STEP_ID, k ? STR("Ö2") : STR("Ö1"), &e));
    }
    CU_ASSERT_TRUE(dicom_put(root, ACCESSION, STR("gone"), &e));
    dicom_remove(root, ACCESSION);
}

static void test_build(void)
{
    static const char *const syntaxes[] = {DICOM_IMPLICIT_LE, DICOM_EXPLICIT_LE, DICOM_EXPLICIT_BE};
    static const char *const sets[] = {"ISO_IR 192", "ISO_IR 100"};
    for (int i = 0; i < 6; i++) {
        struct arena a CLEANUP(arena_release);
        arena_init(&a);
        struct err e = {0};
        struct dicom_dataset *made = dicom_dataset_new(sets[i % 2], &e);
        build(made);
        CRAFT(b);
        CU_ASSERT_TRUE(dicom_dataset_write(made, syntaxes[i / 2], &b, &e));
        CU_ASSERT_EQUAL(b.n % 2, 0);
        struct dicom_dataset *ds = parse(&b, syntaxes[i / 2]);
        const struct dicom_item *root = dicom_dataset_root(ds);
        int64_t n = 0;
        CU_ASSERT_STRING_EQUAL(text(root, PATIENT_NAME, &a), "Müller^Jürgen");
        CU_ASSERT_STRING_EQUAL(text(root, PATIENT_ID, &a), "P1");
        CU_ASSERT_TRUE(dicom_get_int(root, ROWS, 0, &n) && n == 512);
        CU_ASSERT_TRUE(dicom_exists(root, REQUEST_SEQUENCE) && dicom_is_empty(root, REQUEST_SEQUENCE));
        CU_ASSERT_EQUAL(dicom_count(root, STEP_SEQUENCE), 2);
        CU_ASSERT_STRING_EQUAL(text(dicom_item_find(root, STEP_SEQUENCE, 1), STEP_ID, &a), "Ö2");
        CU_ASSERT_FALSE(dicom_exists(root, ACCESSION));
        CU_ASSERT_TRUE(str_is(dicom_item_charset(root, &a), sets[i % 2]));
        CU_ASSERT_FALSE(dicom_dataset_lossy(made));
        dicom_dataset_free(ds);
        dicom_dataset_free(made);
    }
}

static void test_put_refused(void)
{
    struct err e = {0};
    struct dicom_dataset *ds = dicom_dataset_new("", &e);
    struct dicom_item *root = dicom_dataset_root(ds);
    CU_ASSERT_FALSE(dicom_put(root, 0x00091010, STR("x"), &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
    CU_ASSERT_STRING_EQUAL(e.path, "(0009,1010)");
    static const struct {
        uint32_t tag;
        const char *value;
    } cases[] = {
        {ROWS, "many"}, {STEP_SEQUENCE, "x"}, {0x7FE00010, "x"}, {DICOM_SPECIFIC_CHARACTER_SET, "x"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CU_ASSERT_FALSE(dicom_put(root, cases[i].tag, str_of(cases[i].value), &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
    CU_ASSERT_PTR_NULL(dicom_put_item(root, PATIENT_NAME, &e));
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_NAME, STR("Åse"), &e));
    CU_ASSERT_TRUE(dicom_dataset_lossy(ds));
    dicom_dataset_free(ds);
    CU_ASSERT_PTR_NULL(dicom_dataset_new("ISO_IR 4711", &e));
}

static void test_copy(void)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct err e = {0};
    struct dicom_dataset *from = dicom_dataset_new("ISO_IR 100", &e),
                         *to = dicom_dataset_new("ISO_IR 192", &e);
    build(from);
    struct dicom_item *root = dicom_dataset_root(to);
    CU_ASSERT_TRUE(dicom_put_copy(root, dicom_dataset_root(from), STEP_SEQUENCE, &e));
    CU_ASSERT_TRUE(dicom_put_copy(root, dicom_dataset_root(from), PATIENT_NAME, &e));
    dicom_dataset_free(from);
    CU_ASSERT_STRING_EQUAL(text(root, PATIENT_NAME, &a), "Müller^Jürgen");
    CU_ASSERT_STRING_EQUAL(text(dicom_item_find(root, STEP_SEQUENCE, 0), STEP_ID, &a), "Ö1");
    CU_ASSERT_FALSE(dicom_put_copy(root, root, ACCESSION, &e));
    CU_ASSERT_EQUAL(e.code, ERR_NOT_FOUND);
    dicom_dataset_free(to);
}

static void test_json(void)
{
    struct err e = {0};
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 100", &e);
    struct dicom_item *root = dicom_dataset_root(ds);
    CU_ASSERT_TRUE(dicom_put(root, 0x00080008, STR("ORIGINAL\\\\AXIAL"), &e));
    CU_ASSERT_TRUE(dicom_put(root, ACCESSION, STR(""), &e));
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_NAME, STR("Yamada^Tarou=山田^太郎"), &e));
    CU_ASSERT_TRUE(dicom_put(root, PATIENT_ID, STR("P\"1"), &e));
    CU_ASSERT_TRUE(dicom_put(root, 0x00200013, STR("007"), &e));
    CU_ASSERT_TRUE(dicom_put_int(root, ROWS, 512, &e));
    CU_ASSERT_TRUE(dicom_put(root, SPACING, STR("0.5\\-1.25e2"), &e));
    struct dicom_item *item = dicom_put_item(root, STEP_SEQUENCE, &e);
    CU_ASSERT_TRUE(dicom_put(item, STATION_AE, STR("CT1"), &e));
    CU_ASSERT_TRUE(dicom_put_bytes(item, 0x00282000, STR("abcd"), &e));
    CU_ASSERT_TRUE(dicom_put(root, 0x00280009, STR("(0018,1063)"), &e));
    static const char wanted[] = "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},"
                                 "\"00080008\":{\"vr\":\"CS\",\"Value\":[\"ORIGINAL\",null,\"AXIAL\"]},"
                                 "\"00080050\":{\"vr\":\"SH\"},"
                                 "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Yamada^Tarou\","
                                 "\"Ideographic\":\"??^??\"}]},"
                                 "\"00100020\":{\"vr\":\"LO\",\"Value\":[\"P\\\"1\"]},"
                                 "\"00200013\":{\"vr\":\"IS\",\"Value\":[7]},"
                                 "\"00280009\":{\"vr\":\"AT\",\"Value\":[\"00181063\"]},"
                                 "\"00280010\":{\"vr\":\"US\",\"Value\":[512]},"
                                 "\"00280030\":{\"vr\":\"DS\",\"Value\":[0.5,-125]},"
                                 "\"00400100\":{\"vr\":\"SQ\",\"Value\":[{\"00282000\":{\"vr\":\"OB\",%s},"
                                 "\"00400001\":{\"vr\":\"AE\",\"Value\":[\"CT1\"]}}]}}";
    static const struct {
        struct dicom_json_options options;
        const char *binary;
    } cases[] = {{{4, NULL}, "\"InlineBinary\":\"YWJjZA==\""},
                 {{3, "/bulk"}, "\"BulkDataURI\":\"/bulk/00400100/1/00282000\""}};
    for (size_t i = 0; i < 2; i++) {
        CRAFT(json);
        char expected[2048];
        snprintf(expected, sizeof expected, wanted, cases[i].binary);
        CU_ASSERT_TRUE(dicom_item_json(root, &cases[i].options, &json, &e));
        CU_ASSERT_STRING_EQUAL(json.p, expected);
        struct json *parsed = json_parse(buf_view(&json), &e);
        CU_ASSERT_PTR_NOT_NULL(parsed);
        json_free(parsed);
    }
    dicom_dataset_free(ds);
}

struct seen {
    int n;
    uint32_t last;
    bool ordered;
};

static bool count_element(void *ctx, const struct dicom_item *i, const struct dicom_element *el)
{
    struct seen *s = ctx;
    s->ordered = s->ordered && el->tag > s->last && dicom_exists(i, el->tag);
    s->last = el->tag;
    if (el->tag == STEP_SEQUENCE)
        CU_ASSERT_TRUE(str_is(str_of(el->vr), "SQ") && el->count == 2);
    return ++s->n < 100;
}

static void test_each(void)
{
    struct err e = {0};
    struct dicom_dataset *ds = dicom_dataset_new("ISO_IR 100", &e);
    build(ds);
    struct seen s = {.ordered = true};
    dicom_each(dicom_dataset_root(ds), count_element, &s);
    CU_ASSERT_EQUAL(s.n, 6);
    CU_ASSERT_TRUE(s.ordered);
    dicom_dataset_free(ds);
}

static void test_dictionary(void)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    static const struct {
        uint32_t tag;
        const char *vr, *keyword;
    } cases[] = {{PATIENT_NAME, "PN", "PatientName"},
                 {STEP_SEQUENCE, "SQ", "ScheduledProcedureStepSequence"},
                 {0x7FE00010, "OW", "PixelData"},
                 {0x00280106, "US", "SmallestImagePixelValue"},
                 {0x00091010, "UN", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char vr[3];
        dicom_tag_vr(cases[i].tag, vr);
        CU_ASSERT_STRING_EQUAL(vr, cases[i].vr);
        const char *keyword = dicom_tag_keyword(cases[i].tag, &a);
        CU_ASSERT_TRUE(keyword && cases[i].keyword ? strcmp(keyword, cases[i].keyword) == 0
                                                   : keyword == cases[i].keyword);
    }
}

/* What the guard refuses never reaches DCMTK: a depth that overflows its stack. */
static void test_guarded(void)
{
    CRAFT(b);
    for (int i = 0; i < 20000; i++) {
        craft_head(&b, IMPLICIT, 0x00081115, "SQ", CRAFT_UNDEFINED);
        craft_head(&b, IMPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
    }
    struct err e = {0};
    CU_ASSERT_PTR_NULL(dicom_dataset_parse(buf_view(&b), DICOM_IMPLICIT_LE, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    CU_ASSERT_PTR_NULL(dicom_dataset_parse(buf_view(&b), "1.2.3", &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNSUPPORTED);
}

static const struct unit_case cases[] = {
    {"character sets", test_charsets},
    {"values", test_values},
    {"sequence items", test_items},
    {"build, write, parse", test_build},
    {"values refused", test_put_refused},
    {"copy between data sets", test_copy},
    {"JSON", test_json},
    {"each element", test_each},
    {"dictionary", test_dictionary},
    {"guarded", test_guarded},
};
UNIT_MAIN("dicom/shim/dataset", cases)
