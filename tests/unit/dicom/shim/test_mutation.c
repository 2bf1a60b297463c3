/* Good data sets, damaged in ways that repeat from run to run, through all that reads a peer's bytes: nothing
 * may crash, and what the guard lets pass must come out of DCMTK whole or as an error. The seed is fixed. */
#include "craft.h"
#include "dicom/shim/command_priv.h"
#include "dicom/shim/shim.h"

static uint64_t state;

static uint32_t next(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static void sample(struct buf *b, enum craft_form f)
{
    craft(b, f, 0x00080005, "CS", "ISO 2022 IR 6\\ISO 2022 IR 87");
    craft(b, f, 0x00080018, "UI", "1.2.3.4");
    craft(b, f, 0x00100010, "PN", "Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B");
    craft_head(b, f, 0x00280010, "US", 2);
    buf_put(b, "\x00\x02", 2);
    craft_head(b, f, 0x00283010, "SQ", 20);
    craft_head(b, f, 0xFFFEE000, NULL, 12);
    craft(b, f, 0x00283003, "LO", "VOI ");
    craft_head(b, f, 0x00400275, "SQ", CRAFT_UNDEFINED);
    for (int i = 0; i < 3; i++) {
        craft_head(b, f, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
        craft(b, f, 0x00400007, "LO", "CT \033$B;3ED\033(B");
        craft_head(b, f, 0x00400008, "SQ", CRAFT_UNDEFINED);
        craft_head(b, f, 0xFFFEE0DD, NULL, 0);
        craft_head(b, f, 0xFFFEE00D, NULL, 0);
    }
    craft_head(b, f, 0xFFFEE0DD, NULL, 0);
    craft_head(b, f, 0x00880200, "SQ", CRAFT_UNDEFINED);
    craft_head(b, f, 0xFFFEE0DD, NULL, 0);
    craft_head(b, f, 0x7FE00010, "OW", 16);
    buf_puts(b, "0123456789abcdef");
}

/* Interesting bytes at random places, cuts, copies of one part over another. */
static void damage(struct buf *b)
{
    static const char *const bits[] = {"\xFF\xFF\xFF\xFF",
                                       "\xFE\xFF\x00\xE0",
                                       "\xFE\xFF\x0D\xE0",
                                       "\xFE\xFF\xDD\xE0",
                                       "SQ",
                                       "UN",
                                       "OB",
                                       "PN",
                                       "\x7F\xFF\xFF\xFF",
                                       "\x1B$B",
                                       "\x1B(B",
                                       "UT"};
    static const size_t sizes[] = {4, 4, 4, 4, 2, 2, 2, 2, 4, 3, 3, 2};
    for (uint32_t k = 1 + next(4); k > 0; k--) {
        uint32_t at = next((uint32_t)b->n), how = next(10), bit = next(12);
        if (how < 4)
            b->p[at] = (char)next(256);
        else if (how < 7 && at + sizes[bit] <= b->n)
            memcpy(b->p + at, bits[bit], sizes[bit]);
        else if (how < 8 && b->n > 40)
            b->n = 20 + next((uint32_t)b->n - 20);
        else
            memmove(b->p + at, b->p + next((uint32_t)b->n), (b->n - at) / 2 < 16 ? (b->n - at) / 2 : 16);
    }
}

static bool touch(void *ctx, const struct dicom_item *i, const struct dicom_element *el)
{
    struct arena *a = ctx;
    static const char *const text_vrs = "SH LO PN LT ST UC UT";
    struct str value = dicom_get(i, el->tag, a);
    CU_ASSERT_TRUE(!strstr(text_vrs, el->vr) || str_utf8_valid(value) || memchr(value.p, '\0', value.n));
    for (size_t n = 0; str_is(str_of(el->vr), "SQ") && n < el->count; n++)
        dicom_each(dicom_item_find(i, el->tag, n), touch, ctx);
    return true;
}

static bool use(struct dicom_dataset *ds)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct err e = {0};
    CRAFT(out);
    dicom_each(dicom_dataset_root(ds), touch, &a);
    bool ok = dicom_item_json(dicom_dataset_root(ds), NULL, &out, &e);
    buf_reset(&out);
    ok = ok && dicom_dataset_set_charset(ds, "ISO_IR 192", &e) &&
         dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &out, &e);
    dicom_dataset_free(ds);
    return ok;
}

static void run(enum craft_form f, int rounds)
{
    int parsed = 0;
    for (int i = 0; i < rounds; i++) {
        CRAFT(b);
        struct err e = {0};
        sample(&b, f);
        damage(&b);
        struct dicom_dataset *ds = dicom_dataset_parse(buf_view(&b), craft_syntax(f), &e);
        CU_ASSERT_TRUE(ds || e.code != ERR_NONE);
        CU_ASSERT_NOT_EQUAL(e.code, ERR_INTERNAL);
        parsed += ds && use(ds);
    }
    CU_ASSERT_TRUE(parsed > rounds / 50 && parsed < rounds);
}

static void test_datasets(void)
{
    state = 20261124;
    for (enum craft_form f = IMPLICIT; f <= BIG; f++)
        run(f, 1500);
}

static void test_commands(void)
{
    state = 42;
    for (int i = 0; i < 5000; i++) {
        struct dicom_command c = {.kind = DICOM_N_GET_RQ,
                                  .sop_class_uid = "1.2.840.10008.1.1",
                                  .attribute_count = 60,
                                  .sop_instance_uid = "1.2.3.4.5"},
                             back = {0};
        struct err e = {0};
        CRAFT(b);
        command_write(&c, &b);
        damage(&b);
        bool ok = command_parse(buf_view(&b), &back, &e);
        CU_ASSERT_EQUAL(ok, e.code == ERR_NONE);
        CU_ASSERT_TRUE(memchr(back.sop_class_uid, '\0', sizeof back.sop_class_uid) != NULL);
    }
}

static void test_files(void)
{
    state = 7;
    for (int i = 0; i < 5000; i++) {
        struct dicom_part10 m;
        struct err e = {0};
        CRAFT(b);
        CU_ASSERT_TRUE(dicom_part10_header("1.2.3", "1.2.4", DICOM_EXPLICIT_LE, "PEER", &b, &e));
        damage(&b);
        bool ok = dicom_part10_parse(buf_view(&b), &m, &e);
        CU_ASSERT_TRUE(!ok ||
                       (m.dataset_offset <= b.n && dicom_uid_check(str_of(m.transfer_syntax), true, &e)));
    }
}

static void test_text(void)
{
    static const char *const sets[] = {"",
                                       "ISO_IR 192",
                                       "GB18030",
                                       "\\ISO 2022 IR 87\\ISO 2022 IR 159",
                                       "ISO 2022 IR 6\\ISO 2022 IR 149",
                                       "ISO 2022 IR 13\\ISO 2022 IR 87",
                                       "no such"};
    state = 99;
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    for (int i = 0; i < 7000; i++) {
        CRAFT(b);
        buf_puts(&b, "Yamada^Tarou=\033$B;3ED\033(B^\033$)C\xFB\xF3\\\xC4\xD6\xFC");
        damage(&b);
        bool lossy = false;
        struct str utf8 = dicom_charset_decode(str_of(sets[i % 7]), buf_view(&b), true, &a, &lossy);
        CU_ASSERT_TRUE(str_utf8_valid(utf8) || memchr(utf8.p, 0, utf8.n));
        dicom_charset_encode(str_of(sets[(i / 7) % 7]), utf8, true, &a, &lossy);
        arena_reset(&a);
    }
}

static const struct unit_case cases[] = {
    {"data sets", test_datasets},
    {"command sets", test_commands},
    {"file meta information", test_files},
    {"text", test_text},
};
UNIT_MAIN("dicom/shim/mutation", cases)
