/* Character sets: every name of MSH-18, bytes that do not fit, and the way back with similar characters. */
#include "hl7/codec/charset.h"

#include <iconv.h>
#include <string.h>

#include "hl7/codec/message.h"
#include "unit.h"

static const struct {
    const char *name, *row; /* row NULL: unknown */
} names[] = {
    {"ASCII", "ASCII"},
    {"ISO IR6", "ASCII"},
    {"UNICODE UTF-8", "UNICODE UTF-8"},
    {"UTF-8", "UNICODE UTF-8"},
    {"utf8", "UNICODE UTF-8"},
    {"ISO_IR 192", "UNICODE UTF-8"},
    {"8859/1", "8859/1"},
    {"ISO-8859-1", "8859/1"},
    {"ISO8859-1", "8859/1"},
    {"ISO_IR 100", "8859/1"},
    {"ISO IR100", "8859/1"},
    {"8859/9", "8859/9"},
    {"8859/15", "8859/15"},
    {"iso-8859-15", "8859/15"},
    {"WINDOWS-1252", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"ISO IR14", "ISO IR14"},
    {"Shift_JIS", "ISO IR14"},
    {"ISO IR87", "ISO IR87"},
    {"ISO IR159", "ISO IR159"},
    {"KS X 1001", "KS X 1001"},
    {"GB 18030-2000", "GB 18030-2000"},
    {"GBK", "GB 18030-2000"},
    {"BIG-5", "BIG-5"},
    {"CNS 11643-1992", "CNS 11643-1992"},
    {"UNICODE", "UNICODE UTF-8"},
    {"UNICODE UTF-16", "UNICODE UTF-16"},
    {"utf-16le", "UNICODE UTF-16"},
    {"UNICODE UTF-32", "UNICODE UTF-32"},
    {"88591", "8859/1"},
    {"8859/2", "8859/2"},
    {"8859/10", "8859/10"},
    {"8859/11", "8859/11"},
    {"8859/13", "8859/13"},
    {"8859/14", "8859/14"},
    {"windows1250", "WINDOWS-1250"},
    {"Win1251", "WINDOWS-1251"},
    {"ISO IR13", "ISO IR14"},
    {"JIS", "ISO IR87"},
    {"ISO IR149", "KS X 1001"},
    {"EUC-KR", "KS X 1001"},
    {"GB18030", "GB 18030-2000"},
    {"Big5", "BIG-5"},
    {"8859/12", NULL},
    {"KLINGON", NULL},
    {"", NULL},
    {"- /", NULL},
    {"ISO-8859-1 ISO-8859-1 ISO-8859-1 ISO-8859-1 ISO-8859-1 ISO-8859-1", NULL},
};

static void names_and_aliases(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct hl7_charset *set = hl7_charset_find(str_of(names[i].name));
        if ((set != NULL) != (names[i].row != NULL))
            printf("\n  '%s'\n", names[i].name);
        CU_ASSERT_EQUAL(set != NULL, names[i].row != NULL);
        if (set && names[i].row)
            CU_ASSERT_STRING_EQUAL(set->name, names[i].row);
    }
}

static void every_row_is_known_to_the_c_library(void)
{
    size_t n;
    const struct hl7_charset *rows = hl7_charset_rows(&n);
    CU_ASSERT(n > 30);
    for (size_t i = 0; i < n; i++) {
        iconv_t cd = iconv_open("UTF-8", rows[i].iconv);
        if (cd == (iconv_t)-1)
            printf("\n  %s\n", rows[i].iconv);
        CU_ASSERT_FATAL(cd != (iconv_t)-1);
        iconv_close(cd);
        CU_ASSERT_PTR_EQUAL(hl7_charset_find(str_of(rows[i].name)), &rows[i]);
        CU_ASSERT_PTR_NOT_NULL(hl7_charset_find(str_of(rows[i].iconv)));
    }
}

/* What one field of a message with this MSH-18 says. */
struct sample {
    const char *msh18, *bytes, *text, *read_as;
    size_t unknown, invalid;
};

static const struct sample samples[] = {
    {"UNICODE UTF-8", "Gr\xC3\xBC\xC3\x9F", "Gr\xC3\xBC\xC3\x9F", "UNICODE UTF-8", 0, 0},
    {"8859/1", "Gr\xFC\xDF", "Gr\xC3\xBC\xC3\x9F", "8859/1", 0, 0},
    {"8859/15", "\xA4", "\xE2\x82\xAC", "8859/15", 0, 0},
    {"8859/2", "\xA3ukasz", "\xC5\x81ukasz", "8859/2", 0, 0},
    {"8859/5", "\xC0\xE3", "\xD0\xA0\xD1\x83", "8859/5", 0, 0},
    {"8859/7", "\xC1\xE8", "\xCE\x91\xCE\xB8", "8859/7", 0, 0},
    {"8859/8", "\xF9\xEC", "\xD7\xA9\xD7\x9C", "8859/8", 0, 0},
    {"WINDOWS-1252", "\x80 \x93x\x94", "\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D", "WINDOWS-1252", 0, 0},
    {"", "plain", "plain", "ASCII", 0, 0},
    {"", "Gr\xC3\xBC", "Gr\xC3\xBC", "UNICODE UTF-8", 0, 1},
    {"", "Gr\xFC", "Gr\xC3\xBC", "WINDOWS-1252", 0, 1},
    {"", "\x81", "\xC2\x81", "8859/1", 0, 1}, /* fits nothing: kept by its number */
    {"UNICODE UTF-8", "Gr\xFC", "Gr\xC3\xBC", "WINDOWS-1252", 0, 1},
    {"8859/1",
     "\x93"
     "a\x94",
     "\xE2\x80\x9C"
     "a\xE2\x80\x9D",
     "WINDOWS-1252", 0, 1},
    {"8859/1",
     "\xE2\x80\x9C"
     "a",
     "\xE2\x80\x9C"
     "a",
     "UNICODE UTF-8", 0, 1},
    {"KLINGON", "Gr\xC3\xBC", "Gr\xC3\xBC", "UNICODE UTF-8", 1, 1},
    {"KLINGON", "plain", "plain", "ASCII", 1, 0},
    /* the second byte of these is a delimiter or the escape character */
    {"Shift_JIS", "\x83\x5C\x83\x7C", "\xE3\x82\xBD\xE3\x83\x9D", "ISO IR14", 0, 0},
    {"GB 18030-2000", "\x81\x5C\x81\x7C", "\xE4\xB9\x97\xE4\xBA\x85", "GB 18030-2000", 0, 0},
    {"BIG-5", "\xB3\x5C\xA4\x7C", "\xE8\xA8\xB1\xE5\xBC\x8B", "BIG-5", 0, 0},
    {"KS X 1001", "\xB1\xE8", "\xEA\xB9\x80", "KS X 1001", 0, 0},
    /* ISO 2022: JIS X 0208 with a delimiter in it, JIS X 0212, Korean, Cyrillic, katakana */
    {"~ISO IR87", "\x1B$B;3ED\x1B(B x", "\xE5\xB1\xB1\xE7\x94\xB0 x", "ISO IR87", 0, 0},
    {"~ISO IR87", "\x1B$B>|\x1B(B", "\xE5\x98\xB1", "ISO IR87", 0, 0},
    {"~ISO IR87", "\\M2442\\;3ED\\C2842\\ x", "\xE5\xB1\xB1\xE7\x94\xB0 x", "ISO IR87", 0, 0},
    {"ISO IR14~ISO IR87", "\xD4\xCF\xC0\x1B$B;3\x1B(J", "\xEF\xBE\x94\xEF\xBE\x8F\xEF\xBE\x80\xE5\xB1\xB1", "ISO IR14",
     0, 0},
    {"~ISO IR87~ISO IR159", "\x1B$(D0!\x1B(B", "\xE4\xB8\x82", "ISO IR87", 0, 0},
    {"~ISO_IR 149", "\x1B$)C\xB1\xE8", "\xEA\xB9\x80", "KS X 1001", 0, 0},
    {"8859/1~ISO IR144", "\xE9\x1B-L\xC0", "\xC3\xA9\xD0\xA0", "8859/1", 0, 0},
    {"~ISO IR87", "\x1B$B;3\\M2121\\0\x1B(B", "\xE5\xB1\xB1\xE5\xAF\xA8\xE6\x86\xB6\xE6\x86\xB6\xE6\xA4\xA3",
     "ISO IR87", 0, 0},                                                  /* a kanji begins like an escape */
    {"8859/1", "\xE9\\C2D4C\\\xC0", "\xC3\xA9\xD0\xA0", "8859/1", 0, 0}, /* switched though MSH-18 names one set */
    {"~CNS 11643-1992", "\x1B$)G\xC4\xE3", "\xE4\xB8\xAD", "CNS 11643-1992", 0, 0},
    {"CNS 11643-1992", "\xC4\xE3", "\xE4\xB8\xAD", "CNS 11643-1992", 0, 0},
    {"UNICODE UTF-16", "Gr\xC3\xBC", "Gr\xC3\xBC", "UNICODE UTF-8", 0, 1}, /* it is not */
    {"~ISO IR87", "\x1B$B;3", "\x1B$B;3", "UNICODE UTF-8", 0, 1}, /* never switched back: no text of that set */
};

static void check_sample(const struct sample *s)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    struct str bytes =
        arena_printf(&a, "MSH|^~\\&|||||||ORU^R01|1|P|2.5.1||||||%s\rNTE|1|L|%s|RE\r", s->msh18, s->bytes);
    CU_ASSERT_FATAL(hl7_parse(bytes, NULL, &a, &m, NULL));
    struct str text = hl7_get(&m, &a, "NTE-3");
    bool same = str_is(text, s->text) && strcmp(m.charset.read_as->name, s->read_as) == 0 &&
                m.quirks.n[HL7_QUIRK_charset_invalid] == s->invalid;
    if (!same)
        printf("\n  %s: '%.*s' read as %s, invalid %zu, after it '%.*s'\n", s->msh18, STR_ARG(text),
               m.charset.read_as->name, m.quirks.n[HL7_QUIRK_charset_invalid], STR_ARG(hl7_get(&m, &a, "NTE-4")));
    CU_ASSERT(same);
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_charset_unknown], s->unknown);
    CU_ASSERT(str_is(hl7_get(&m, &a, "NTE-4"), "RE"));
    CU_ASSERT(str_utf8_valid(m.text));
    arena_release(&a);
}

static void read_before_splitting(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&samples[i]);
}

static void a_peer_has_its_own_usual_and_fallback(void)
{
    struct arena a;
    struct hl7_charset_used used;
    struct hl7_quirks quirks = {{0}};
    struct hl7_message m;
    struct hl7_reading how = {.usual = hl7_charset_find(STR("8859/2")),
                              .fallback = hl7_charset_find(STR("WINDOWS-1251"))};
    arena_init(&a);
    struct str text = hl7_charset_read(hl7_charset_find(STR("UTF-8")), &how, STR("\xCF\xF0"), &a, &used, &quirks);
    CU_ASSERT(str_is(text, "\xD0\x9F\xD1\x80"));
    CU_ASSERT_STRING_EQUAL(used.read_as->name, "WINDOWS-1251");
    CU_ASSERT_EQUAL(quirks.n[HL7_QUIRK_charset_invalid], 1);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|\xA3|\r"), &how, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "MSH-3"), "\xC5\x81"));
    CU_ASSERT_STRING_EQUAL(m.charset.declared->name, "8859/2");
    arena_release(&a);
}

static void a_segment_begins_in_the_first_set(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|||||||ORU^R01|1|P|2.5||||||~ISO IR87\rNTE|1||\x1B$B;3\rNTE|2||ab\r"), NULL,
                              &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "NTE-3"), "\xE5\xB1\xB1"));
    CU_ASSERT(str_is(hl7_get(&m, &a, "NTE[2]-3"), "ab"));
    arena_release(&a);
}

static void zero_bytes_become_blanks(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|A\0B\0|\r"), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "MSH-3"), "A B "));
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_nul_bytes], 2);
    arena_release(&a);
}

/* A message as UTF-16 or UTF-32, with a byte order mark or without. */
static void wide_messages(void)
{
    static const char *const forms[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16", "UTF-32"};
    static const char text[] = "MSH|^~\\&|RIS||||||ORU^R01|1|P|2.5.1||||||UNICODE UTF-16\rNTE|1|L|"
                               "\xE5\xB1\xB1 \xF0\x9F\x98\x80|RE\r";
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct arena a;
        struct hl7_message m;
        char wide[1000], *from = (char *)(uintptr_t)text, *to = wide;
        size_t left = strlen(text), room = sizeof wide;
        iconv_t cd = iconv_open(forms[i], "UTF-8");
        CU_ASSERT_FATAL(iconv(cd, &from, &left, &to, &room) == 0);
        iconv_close(cd);
        arena_init(&a);
        CU_ASSERT_FATAL(hl7_parse((struct str){wide, sizeof wide - room}, NULL, &a, &m, NULL));
        CU_ASSERT(str_is(hl7_get(&m, &a, "NTE-3"), "\xE5\xB1\xB1 \xF0\x9F\x98\x80"));
        CU_ASSERT(str_is(hl7_get(&m, &a, "NTE-4"), "RE"));
        CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_charset_invalid], 0);
        CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_bom], i >= 4);
        CU_ASSERT_EQUAL(m.charset.declared->kind, HL7_SET_WIDE);
        CU_ASSERT_FATAL(hl7_parse((struct str){wide, sizeof wide - room - 1}, NULL, &a, &m, NULL)); /* cut */
        CU_ASSERT(str_utf8_valid(m.text));
        arena_release(&a);
    }
}

static const struct {
    const char *msh18, *msh20, *text, *bytes;
    size_t replaced;
} switched[] = {
    {"8859/1~ISO IR87", "", "\xC3\xA9\xE5\xB1\xB1x|\xE5\xB1\xB1\r", "\xE9\\M2442\\;3\\C2842\\x|\\M2442\\;3\\C2842\\\r",
     0},
    {"~ISO IR87", "ISO 2022-1994", "\xE5\xB1\xB1^\xE7\x94\xB0", "\x1B$B;3\x1B(B^\x1B$BED\x1B(B", 0},
    {"~ISO IR87~ISO IR159", "ISO 2022-1994", "\xE5\xB1\xB1\xE4\xB8\x82", "\x1B$B;3\x1B$(D0!\x1B(B", 0},
    {"ISO IR14~ISO IR87", "", "\xEF\xBE\x94\xE5\xB1\xB1", "\xD4\\M2442\\;3\\C2842\\", 0},
    {"~ISO IR149", "", "a\xEA\xB9\x80^\xEA\xB9\x80", "a\\M242943\\\xB1\xE8^\\M242943\\\xB1\xE8", 0},
    {"8859/1~8859/5", "", "\xC3\xA9\xD0\xA0\xC3\xA9\xD0\xA0|\xC3\xA9",
     "\xE9\\C2D4C\\\xC0\\C2D41\\\xE9\\C2D4C\\\xC0\\C2D41\\|\xE9", 0},
    {"8859/1~8859/5", "", "\xE5\xB1\xB1\xC5\x91", "?o", 2},
    {"8859/1", "", "\xC3\xA9\xD0\xA0", "\xE9R", 1},
    {"", "", "\xC3\xA9|", "e|", 1},
    {"UNICODE UTF-8", "", "\xC3\xA9|", "\xC3\xA9|", 0},
    {"UNICODE UTF-8~ISO IR87", "", "\xC3\xA9\xE5\xB1\xB1|", "\xC3\xA9\xE5\xB1\xB1|", 0},
    {"UNICODE UTF-8~8859/5", "ISO 2022-1994", "\xD0\xA0|", "\xD0\xA0|", 0},
    {"UNICODE UTF-8~", "", "\xD0\xA0|", "\xD0\xA0|", 0},
};

/* What the receiver's sets lack is spelled otherwise; what is written can be read again. */
static void written_in_several_sets(void)
{
    for (size_t i = 0; i < sizeof switched / sizeof switched[0]; i++) {
        CLEANUP(buf_release) struct buf out;
        struct hl7_charset_sets sets;
        size_t replaced = 99;
        buf_init(&out, 1000);
        CU_ASSERT_FATAL(hl7_charset_sets(str_of(switched[i].msh18), str_of(switched[i].msh20), &sets, NULL));
        CU_ASSERT(hl7_charset_write(&sets, NULL, str_of(switched[i].text), &out, &replaced, NULL));
        if (!str_is(buf_view(&out), switched[i].bytes))
            printf("\n  %s: '%.*s'\n", switched[i].msh18, STR_ARG(buf_view(&out)));
        CU_ASSERT(str_is(buf_view(&out), switched[i].bytes));
        CU_ASSERT_EQUAL(replaced, switched[i].replaced);
    }
}

static void what_is_written_can_be_read(void)
{
    static const char *const sets_of[] = {"UNICODE UTF-8",  "~ISO IR87",     "ISO IR14~ISO IR87~ISO IR159",
                                          "UNICODE UTF-16", "Shift_JIS",     "EUC-JP",
                                          "GB 18030-2000",  "UNICODE UTF-32"};
    static const char text[] = "\xE5\xB1\xB1\xE7\x94\xB0^\xE5\xA4\xAA\xE9\x83\x8E \xE3\x82\xBD\xE3\x83\x9D";
    for (size_t i = 0; i < sizeof sets_of / sizeof sets_of[0]; i++) {
        CLEANUP(buf_release) struct buf out;
        struct hl7_charset_sets sets;
        struct hl7_message m;
        struct arena a;
        size_t replaced;
        arena_init(&a);
        buf_init(&out, 2000);
        struct str whole =
            arena_printf(&a, "MSH|^~\\&|||||||ADT^A08|1|P|2.5||||||%s\rPID|||1||%s|x\r", sets_of[i], text);
        CU_ASSERT_FATAL(hl7_charset_sets(str_of(sets_of[i]), STR(""), &sets, NULL));
        CU_ASSERT_FATAL(hl7_charset_write(&sets, NULL, whole, &out, &replaced, NULL));
        CU_ASSERT_FATAL(hl7_parse(buf_view(&out), NULL, &a, &m, NULL));
        if (!str_is(hl7_raw(&m, "PID-5"), text))
            printf("\n  %s: '%.*s'\n", sets_of[i], STR_ARG(m.text));
        CU_ASSERT(str_is(hl7_raw(&m, "PID-5"), text));
        CU_ASSERT(str_is(hl7_raw(&m, "PID-6"), "x"));
        CU_ASSERT_EQUAL(replaced, 0);
        CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_charset_invalid], 0);
        arena_release(&a);
    }
}

static void sets_a_receiver_can_not_have(void)
{
    static const char *const wrong[] = {"KLINGON", "8859/1~GB 18030-2000", "8859/1~UNICODE UTF-8",
                                        "8859/1~WINDOWS-1252", "~~~~~~~~~~~~"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct hl7_charset_sets sets;
        struct err e = {.code = ERR_NONE};
        CU_ASSERT_FALSE(hl7_charset_sets(str_of(wrong[i]), STR(""), &sets, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
}

static const struct {
    const char *set, *text, *bytes;
    size_t replaced;
} written[] = {
    {"UTF-8", "Gr\xC3\xBC\xC3\x9F \xE5\xB1\xB1", "Gr\xC3\xBC\xC3\x9F \xE5\xB1\xB1", 0},
    {"8859/1", "Gr\xC3\xBC\xC3\x9F", "Gr\xFC\xDF", 0},
    {"8859/1", "\xC5\x91 \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D", "o EUR 'x'", 4},
    {"8859/1",
     "a\xE5\xB1\xB1"
     "b",
     "a?b", 1},
    {"ASCII", "Gr\xC3\xBC\xC3\x9F \xC3\x86", "Gruss AE", 3},
    {"8859/15", "\xE2\x82\xAC", "\xA4", 0},
    {"8859/5", "\xD0\xA0\xC3\xA9",
     "\xC0"
     "e",
     1},
    {"ISO IR87", "x\xE5\xB1\xB1y", "x\x1B$B;3\x1B(By", 0},
    {"ISO IR87", "\xE5\xB1\xB1", "\x1B$B;3\x1B(B", 0},
    {"ISO IR87", "\xE5\xB1\xB1\xC3\xA9\xE5\xB1\xB1", "\x1B$B;3\x1B(Be\x1B$B;3\x1B(B", 1},
    {"Shift_JIS", "\\~\xE3\x82\xBD", "\\~\x83\x5C", 0},
    {"8859/1", "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD \xD0\xA9\xD1\x83\xD0\xBA\xD0\xB8\xD0\xBD", "Ivan Shchukin", 9},
    {"8859/1", "\xCE\x98\xCE\xAD\xCE\xBC\xCE\xB9\xCF\x82", "Themis", 5},
    {"8859/1", "Nguy\xE1\xBB\x85n", "Nguyen", 1},
    {"8859/1", "e\xCC\x81", "e", 1},                                 /* a combining accent */
    {"8859/1", "\xEF\xBC\xA1\xEF\xBD\x9C\xEF\xBD\x81", "A/a", 3},    /* full width, a delimiter among it */
    {"ISO IR87", "\xEF\xBE\x94\xEF\xBD\x9E", "\x1B$B%d!A\x1B(B", 0}, /* half width and a tilde: the same, elsewhere */
    {"ASCII",
     "\xFF"
     "a",
     "?a", 1}, /* no UTF-8: still no failure */
};

static void written_with_similar_characters(void)
{
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        CLEANUP(buf_release) struct buf out;
        size_t replaced = 99;
        buf_init(&out, 100);
        const struct hl7_charset *set = hl7_charset_find(str_of(written[i].set));
        CU_ASSERT(hl7_charset_encode(set, str_of(written[i].text), &out, &replaced, NULL));
        if (!str_is(buf_view(&out), written[i].bytes))
            printf("\n  %s: '%.*s'\n", written[i].set, STR_ARG(buf_view(&out)));
        CU_ASSERT(str_is(buf_view(&out), written[i].bytes));
        CU_ASSERT_EQUAL(replaced, written[i].replaced);
    }
}

static void a_full_buffer_is_an_error(void)
{
    CLEANUP(buf_release) struct buf out;
    struct err e = {.code = ERR_NONE};
    buf_init(&out, 3);
    CU_ASSERT_FALSE(
        hl7_charset_encode(hl7_charset_find(STR("8859/1")), STR("\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"), &out, NULL, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
}

static void long_text_goes_through_in_pieces(void)
{
    CLEANUP(buf_release) struct buf in, out;
    struct arena a;
    struct str back;
    size_t replaced;
    const struct hl7_charset *set = hl7_charset_find(STR("8859/1"));
    buf_init(&in, 1000000);
    buf_init(&out, 1000000);
    arena_init(&a);
    for (int i = 0; i < 100000; i++)
        buf_puts(&in, i % 3 ? "\xC3\xBC" : "x");
    CU_ASSERT(hl7_charset_encode(set, buf_view(&in), &out, &replaced, NULL));
    CU_ASSERT_EQUAL(out.n, 100000);
    CU_ASSERT(hl7_charset_decode(set, buf_view(&out), &a, &back));
    CU_ASSERT(str_eq(back, buf_view(&in)));
    arena_release(&a);
}

/* UTF-8 under the name of another set: read as declared and counted, unless the sender is known to do so. */
static void utf8_under_another_name(void)
{
    static const struct {
        const char *set, *bytes, *declared, *as_utf8;
        size_t counted;
    } cases[] = {
        {"8859/1", "M\xC3\xBCller", "M\xC3\x83\xC2\xBCller", "M\xC3\xBCller", 1},
        {"WINDOWS-1252", "\xC3\xA9", "\xC3\x83\xC2\xA9", "\xC3\xA9", 1},
        {"8859/1", "M\xFCller", "M\xC3\xBCller", "M\xC3\xBCller", 0},
        {"8859/1", "Miller", "Miller", "Miller", 0},
        {"UNICODE UTF-8", "M\xC3\xBCller", "M\xC3\xBCller", "M\xC3\xBCller", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a;
        struct hl7_charset_used used;
        struct hl7_quirks first = {{0}}, second = {{0}}, third = {{0}};
        const struct hl7_charset *set = hl7_charset_find(str_of(cases[i].set));
        const struct hl7_reading wins = {.utf8_first = true};
        struct str bytes = str_of(cases[i].bytes);
        arena_init(&a);
        CU_ASSERT_TRUE(str_is(hl7_charset_read(set, NULL, bytes, &a, &used, &first), cases[i].declared));
        CU_ASSERT_EQUAL(first.n[HL7_QUIRK_utf8_undeclared], cases[i].counted);
        CU_ASSERT_PTR_EQUAL(used.read_as, set);
        CU_ASSERT_TRUE(str_is(hl7_charset_read(set, &wins, bytes, &a, &used, &second), cases[i].as_utf8));
        const struct hl7_reading again = {.known = used.read_as};
        CU_ASSERT_TRUE(str_is(hl7_charset_read(set, &again, bytes, &a, &used, &third), cases[i].as_utf8));
        CU_ASSERT_PTR_EQUAL(used.declared, set);
        arena_release(&a);
    }
}

static const struct unit_case cases[] = {
    {"names and aliases", names_and_aliases},
    {"every row is known to the C library", every_row_is_known_to_the_c_library},
    {"read before splitting", read_before_splitting},
    {"a peer has its own usual set and fallback", a_peer_has_its_own_usual_and_fallback},
    {"a segment begins in the first set", a_segment_begins_in_the_first_set},
    {"wide messages", wide_messages},
    {"written in several sets", written_in_several_sets},
    {"what is written can be read", what_is_written_can_be_read},
    {"sets a receiver can not have", sets_a_receiver_can_not_have},
    {"zero bytes become blanks", zero_bytes_become_blanks},
    {"written with similar characters", written_with_similar_characters},
    {"UTF-8 under another name", utf8_under_another_name},
    {"a full buffer is an error", a_full_buffer_is_an_error},
    {"long text goes through in pieces", long_text_goes_through_in_pieces},
};

UNIT_MAIN("hl7/codec/charset", cases)
