/* Escape sequences: decoded after splitting, kept as text when unknown, written so that they come back. */
#include <string.h>

#include "hl7/codec/message.h"
#include "hl7/codec/writer.h"
#include "unit.h"

struct sample {
    const char *raw, *text;
    size_t bad, local;
};

static const struct sample samples[] = {
    {"plain", "plain", 0, 0},
    {"a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\P\\g", "a|b^c&d~e\\f#g", 0, 0},
    {"one\\.br\\two", "one\ntwo", 0, 0},
    {"one\\.sp2\\two\\.sp\\three\\.sp 3\\", "one\n\ntwo\nthree\n\n\n", 0, 0},
    {"\\.in4\\\\.ti-2\\\\.fi\\x\\.nf\\\\.ce\\y", "x\ny", 0, 0},
    {"a\\.sk3\\b\\.sk\\c", "a   b c", 0, 0},
    {"\\H\\loud\\N\\ soft", "loud soft", 0, 0},
    {"a\\X0D0A\\b\\X09\\c", "a\r\nb\tc", 0, 0},
    {"caf\\XC3A9\\", "caf\xC3\xA9", 0, 0},
    {"caf\\XC3\\\\XA9\\", "caf\xC3\xA9", 0, 0}, /* one character in two sequences */
    {"caf\\XE9\\", "caf\xC3\xA9", 0, 0},        /* not UTF-8: read as Windows-1252 */
    {"\\Zlocal\\x", "\\Zlocal\\x", 0, 1},
    {"\\C2842\\x", "x", 0, 0},
    {"\\M2442\\x", "\\M2442\\x", 2, 0}, /* a set this message has not declared */
    {"BSV 4\\5 re.", "BSV 4\\5 re.", 1, 0},
    {"\\", "\\", 1, 0},
    {"a\\", "a\\", 1, 0},
    {"\\\\", "\\\\", 2, 0},
    {"\\Q\\x\\T\\", "\\Q\\x&", 2, 0},
    {"\\Q\\T\\", "\\Q&", 1, 0}, /* the end of what is unknown may begin what is known */
    {"\\X0\\", "\\X0\\", 2, 0},
    {"\\XZZ\\", "\\XZZ\\", 2, 0},
    {"\\X00\\", "\\X00\\", 2, 0},
    {"\\X\\", "\\X\\", 2, 0},
    {"\\.spx\\", "\\.spx\\", 2, 0},
    {"\\.sp999999999999999999999\\", "\\.sp999999999999999999999\\", 2, 0},
};

static void check_sample(const struct sample *s)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    struct str bytes = arena_printf(&a, "MSH|^~\\&|||||||ORU^R01|1|P|2.5.1\rOBX|1|FT|||%s|F\r", s->raw);
    CU_ASSERT_FATAL(hl7_parse(bytes, NULL, &a, &m, NULL));
    struct str text = hl7_get(&m, &a, "OBX-5");
    if (!str_is(text, s->text) || m.quirks.n[HL7_QUIRK_bad_escapes] != s->bad)
        printf("\n  '%s' gave '%.*s', %zu bad\n", s->raw, STR_ARG(text), m.quirks.n[HL7_QUIRK_bad_escapes]);
    CU_ASSERT(str_is(text, s->text));
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_bad_escapes], s->bad);
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_local_escapes], s->local);
    CU_ASSERT(str_is(hl7_get(&m, &a, "OBX-6"), "F"));
    arena_release(&a);
}

static void decoded(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&samples[i]);
}

static void a_sequence_does_not_pass_a_delimiter(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|||||||ORU^R01|1|P|2.5.1\rOBX|1|ST|||4\\Z5^T\\x|F\r"), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "OBX-5.1"), "4\\Z5"));
    CU_ASSERT(str_is(hl7_get(&m, &a, "OBX-5.2"), "T\\x"));
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_bad_escapes], 2);
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_local_escapes], 0);
    arena_release(&a);
}

static void no_escape_character_no_escapes(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~|||||||ORU^R01|1|P|2.5.1\rOBX|1|ST|||a\\T\\b&c|F\r"), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "OBX-5"), "a\\T\\b&c"));
    CU_ASSERT_EQUAL(m.quirks.n[HL7_QUIRK_bad_escapes], 0);
    arena_release(&a);
}

static void bytes_are_in_the_character_set_of_the_message(void)
{
    struct arena a;
    struct hl7_message m;
    arena_init(&a);
    CU_ASSERT_FATAL(
        hl7_parse(STR("MSH|^~\\&|||||||ORU^R01|1|P|2.5.1||||||8859/5\rOBX|1|ST|||\\XC0E3\\|F\r"), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "OBX-5"), "\xD0\xA0\xD1\x83"));
    arena_release(&a);
}

static const struct {
    const char *text, *raw;
} written[] = {
    {"plain", "plain"},
    {"a|b^c&d~e\\f", "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f"},
    {"one\ntwo\r\nthree\rfour", "one\\.br\\two\\.br\\three\\X0D\\four"},
    {"tab\there \x0b\x1c\x7f", "tab\there \\X0B\\\\X1C\\\\X7F\\"},
    {"\xC3\xA9", "\xC3\xA9"},
};

static void written_so_that_nothing_splits(void)
{
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        CLEANUP(buf_release) struct buf out;
        buf_init(&out, 200);
        hl7_escape(&out, &hl7_delims_usual, str_of(written[i].text));
        CU_ASSERT(str_is(buf_view(&out), written[i].raw));
    }
}

static const struct unit_case cases[] = {
    {"decoded", decoded},
    {"a sequence does not pass a delimiter", a_sequence_does_not_pass_a_delimiter},
    {"no escape character, no escapes", no_escape_character_no_escapes},
    {"\\X\\ is in the character set of the message", bytes_are_in_the_character_set_of_the_message},
    {"written so that nothing splits", written_so_that_nothing_splits},
};

UNIT_MAIN("hl7/codec/escape", cases)
