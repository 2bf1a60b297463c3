#include "dicom/shim/charset.h"

#include "base/mem.h"
#include "unit.h"

struct pair {
    const char *set, *bytes, *utf8;
    bool pn;
};

/* Both ways; the examples of PS3.5 annexes H, I, J and K among them. */
static const struct pair pairs[] = {
    {"", "Doe^John", "Doe^John", true},
    {"ISO_IR 100", "Buc^J\xE9r\xF4me", "Buc^Jérôme", true},
    {"ISO_IR 101", "Wa\xB3\xEAsa", "Wałęsa", true},
    {"ISO_IR 144", "\xBB\xEE\xDA\xE1\xD5\xDC\xD1\xE3\xE0\xD3", "Люксембург", true},
    {"ISO_IR 126", "\xC4\xE9\xEF\xED\xF5\xF3\xE9\xEF\xF2", "Διονυσιος", true},
    {"ISO_IR 127", "\xE2\xC8\xC7\xE6\xEA", "قباني", true},
    {"ISO_IR 138", "\xF9\xF8\xE5\xEF^\xE3\xE1\xE5\xF8\xE4", "שרון^דבורה", true},
    {"ISO_IR 148", "\xDD\xFE\xF0", "İşğ", true},
    {"ISO_IR 203", "\xA4\xBD", "€œ", false},
    {"ISO_IR 166", "\xA1\xD2", "กา", false},
    {"ISO_IR 13", "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3", "ﾔﾏﾀﾞ^ﾀﾛｳ", true},
    {"ISO_IR 192", "Äneas^Rüdiger", "Äneas^Rüdiger", true},
    {"GB18030", "\xCD\xF5^\xD0\xA1\xB6\xAB", "王^小东", true},
    {"GBK", "\xCD\xF5", "王", false},
    {"\\ISO 2022 IR 87",
     "Yamada^Tarou=\033$B;3ED\033(B^\033$BB@O:\033(B=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B",
     "Yamada^Tarou=山田^太郎=やまだ^たろう", true},
    {"ISO 2022 IR 13\\ISO 2022 IR 87", "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\033$B;3ED\033(J^\033$BB@O:\033(J",
     "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎", true},
    {"ISO 2022 IR 6\\ISO 2022 IR 149", "Hong^Gildong=\033$)C\xFB\xF3^\033$)C\xD1\xCE\xD4\xD7",
     "Hong^Gildong=洪^吉洞", true},
    {"ISO 2022 IR 6\\ISO 2022 IR 58", "Zhang^XiaoDong=\033$)A\xD5\xC5^\033$)A\xD0\xA1\xB6\xAB",
     "Zhang^XiaoDong=张^小东", true},
    {"ISO 2022 IR 100\\ISO 2022 IR 144", "Jos\xE9=\033-L\xB8\xD2\xD0\xDD", "José=Иван", true},
};

static void test_pairs(void)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool lossy = false;
        struct str set = str_of(pairs[i].set);
        struct str utf8 = dicom_charset_decode(set, str_of(pairs[i].bytes), pairs[i].pn, &a, &lossy);
        CU_ASSERT_STRING_EQUAL(arena_cstr(&a, utf8), pairs[i].utf8);
        struct str bytes = dicom_charset_encode(set, str_of(pairs[i].utf8), pairs[i].pn, &a, &lossy);
        CU_ASSERT_STRING_EQUAL(arena_cstr(&a, bytes), pairs[i].bytes);
        CU_ASSERT_FALSE(lossy);
        CU_ASSERT_TRUE(dicom_charset_known(set));
    }
}

static void test_lossy(void)
{
    static const struct {
        const char *set, *utf8, *bytes;
    } cases[] = {{"", "Müller^Åse", "Mueller^Ase"},
                 {"ISO_IR 100", "Wałęsa", "Walesa"},
                 {"ISO_IR 144", "Jürgen", "Juergen"},
                 {"ISO_IR 100", "山田", "??"},
                 {"\\ISO 2022 IR 87", "山é田", "\033$B;3\033(Be\033$BED\033(B"}};
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool lossy = false;
        struct str got = dicom_charset_encode(str_of(cases[i].set), str_of(cases[i].utf8), true, &a, &lossy);
        CU_ASSERT_STRING_EQUAL(arena_cstr(&a, got), cases[i].bytes);
        CU_ASSERT_TRUE(lossy);
    }
}

static void test_broken(void)
{
    static const struct {
        const char *set, *bytes, *utf8;
        bool lossy;
    } cases[] = {{"", "M\xFCller", "Müller", true},            /* undeclared: Latin-1 is meant */
                 {"", "M\xC3\xBCller", "Müller", true},        /* undeclared UTF-8 */
                 {"NO SUCH SET", "M\xFCller", "Müller", true}, /* unknown term */
                 {"ISO_IR 192", "a\xFFz", "a\xEF\xBF\xBDz", true},
                 {"iso-ir 100", "\xE9", "é", false},
                 {"ISO 2022 IR 6\\ISO 2022 IR 87", "\033$B;3\033(B\\\033$BED\033(B", "山\\田", false},
                 {"\\ISO 2022 IR 87", "\033$B;", NULL, true}};
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool lossy = false;
        struct str got =
            dicom_charset_decode(str_of(cases[i].set), str_of(cases[i].bytes), false, &a, &lossy);
        CU_ASSERT_TRUE(str_utf8_valid(got));
        if (cases[i].utf8)
            CU_ASSERT_STRING_EQUAL(arena_cstr(&a, got), cases[i].utf8);
        CU_ASSERT_TRUE(!cases[i].utf8 || lossy == cases[i].lossy);
    }
    CU_ASSERT_FALSE(dicom_charset_known(STR("ISO_IR 100\\NO SUCH SET")));
}

static const struct unit_case cases[] = {
    {"both ways", test_pairs},
    {"what a set cannot say", test_lossy},
    {"broken and undeclared text", test_broken},
};
UNIT_MAIN("dicom/shim/charset", cases)
