/* Parsing: delimiters, terminators, what is passed over and counted, limits, and messages that are none. */
#include "hl7/codec/message.h"

#include <string.h>

#include "hl7/codec/batch.h"
#include "unit.h"

/* A message, its segments as "NAME#occurrence:highest field", and one counter with its value. */
struct sample {
    const char *name, *bytes, *segments;
    int quirk; /* -1: no counter at all */
    size_t count;
};

#define MSH "MSH|^~\\&|A|B|C|D|20261124||ADT^A01|1|P|2.5"

static const struct sample samples[] = {
    {"CR", MSH "\rEVN|A01\rPID|1|2|3\r", "MSH#1:12 EVN#1:1 PID#1:3 ", -1, 0},
    {"last CR missing", MSH "\rPID|1", "MSH#1:12 PID#1:1 ", -1, 0},
    {"LF", MSH "\nPID|1\n", "MSH#1:12 PID#1:1 ", HL7_QUIRK_lf_terminators, 2},
    {"CR LF", MSH "\r\nPID|1\r\n", "MSH#1:12 PID#1:1 ", HL7_QUIRK_crlf_terminators, 2},
    {"LF as data", MSH "\rNTE|1||a\nb\r", "MSH#1:12 NTE#1:3 ", HL7_QUIRK_lf_data, 1},
    {"double CR", MSH "\r\rPID|1\r\r\r", "MSH#1:12 PID#1:1 ", HL7_QUIRK_empty_lines, 3},
    {"form feed is data",
     MSH "\rOBX|1|TX|||a\x0c"
         "b\r",
     "MSH#1:12 OBX#1:5 ", -1, 0},
    {"byte order mark", "\xEF\xBB\xBF" MSH "\r", "MSH#1:12 ", HL7_QUIRK_bom, 1},
    {"line ends before", "\r\n" MSH "\r", "MSH#1:12 ", HL7_QUIRK_leading_bytes, 2},
    {"a frame in a file", "\x0b" MSH "\r\x1c\r", "MSH#1:12 ", HL7_QUIRK_leading_bytes, 1},
    {"batch around it", "FHS|^~\\&|x\rBHS|^~\\&|x\r" MSH "\rPID|1\rBTS|1\rFTS|1\r", "MSH#1:12 PID#1:1 ",
     HL7_QUIRK_batch_lines, 4},
    {"occurrences", MSH "\rORC|1\rOBR|1\rORC|2\rOBR|2\rOBR|3\r", "MSH#1:12 ORC#1:1 OBR#1:1 ORC#2:1 OBR#2:1 OBR#3:1 ",
     -1, 0},
    {"Z segment", MSH "\rZDS|1.2.3\rZ01|x\r", "MSH#1:12 ZDS#1:1 Z01#1:1 ", -1, 0},
    {"name alone", MSH "\rPV1\r", "MSH#1:12 PV1#1:0 ", -1, 0},
    {"a line that is no segment", MSH "\rNTE|1||begin\rand the rest|x\r", "MSH#1:12 NTE#1:3 and the rest#1:1 ",
     HL7_QUIRK_odd_segments, 1},
    {"a segment that only looks like a batch", MSH "\rBTSX|1\r", "MSH#1:12 BTSX#1:1 ", HL7_QUIRK_odd_segments, 1},
    {"trailing separators count", "MSH|^~\\&|||||\rPID||||\r", "MSH#1:7 PID#1:4 ", -1, 0},
    {"no MSH-2", "MSH||A|B\r", "MSH#1:4 ", HL7_QUIRK_short_delimiters, 1},
    {"MSH and separator only", "MSH|", "MSH#1:2 ", HL7_QUIRK_short_delimiters, 1},
    {"truncated values", "MSH|^~\\&#|A\rPID|1||1^^^Cl#^#|Smi#|a#b|\\P\\#\r", "MSH#1:3 PID#1:6 ",
     HL7_QUIRK_truncated_values, 4},
    {"a number sign is no truncation", "MSH|^~\\&|A\rPID|1||1#\r", "MSH#1:3 PID#1:3 ", -1, 0},
    {"six delimiters", "MSH|^~\\&#+|A\r", "MSH#1:3 ", HL7_QUIRK_short_delimiters, 1},
};

static void check_sample(const struct sample *s)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf seen;
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    buf_init(&seen, 1000);
    CU_ASSERT_FATAL(hl7_parse(str_of(s->bytes), NULL, &a, &m, &e));
    for (size_t i = 0; i < m.n; i++)
        buf_printf(&seen, "%.*s#%u:%zu ", STR_ARG(m.segments[i].name), m.segments[i].occurrence, m.segments[i].n);
    if (!str_is(buf_view(&seen), s->segments) || hl7_quirks_total(&m.quirks) != s->count)
        printf("\n  %s: '%.*s' quirks %zu\n", s->name, STR_ARG(buf_view(&seen)), hl7_quirks_total(&m.quirks));
    CU_ASSERT(str_is(buf_view(&seen), s->segments));
    CU_ASSERT_EQUAL(hl7_quirks_total(&m.quirks), s->count);
    if (s->quirk >= 0)
        CU_ASSERT_EQUAL(m.quirks.n[s->quirk], s->count);
    arena_release(&a);
}

static void split_into_segments(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&samples[i]);
}

static const struct {
    const char *msh, *delims; /* field, component, repetition, escape, subcomponent, truncation; '0' for none */
} delims[] = {
    {"MSH|^~\\&|x", "|^~\\&0"}, {"MSH|^~\\&#|x", "|^~\\&#"}, {"MSH|^~\\}|x", "|^~\\}0"}, {"MSH|^~}|x", "|^~}00"},
    {"MSH|^~|x", "|^~000"},     {"MSH!@*%$!x", "!@*%$0"},    {"MSH||x", "|^~\\&0"},      {"MSH|+|x", "|+~\\&0"},
    {"MSH|^^\\&|x", "|^0\\&0"}, /* one character cannot stand for two things */
};

static void delimiters_come_from_msh(void)
{
    for (size_t i = 0; i < sizeof delims / sizeof delims[0]; i++) {
        struct arena a;
        struct hl7_message m;
        char seen[7] = "";
        arena_init(&a);
        CU_ASSERT_FATAL(hl7_parse(str_of(delims[i].msh), NULL, &a, &m, NULL));
        memcpy(seen, &m.delims, 6);
        for (int k = 0; k < 6; k++)
            seen[k] = seen[k] ? seen[k] : '0';
        CU_ASSERT_STRING_EQUAL(seen, delims[i].delims);
        arena_release(&a);
    }
}

static const struct {
    const char *bytes, *path;
} not_messages[] = {
    {"", "MSH^1^1"},
    {"\r\n", "MSH^1^1"},
    {"hello", "MSH^1^1"},
    {"MSH", "MSH^1^1"},
    {"MSH\r", "MSH^1^1"},
    {"MSHA^~\\&", "MSH^1^1"},
    {"MSH ^~\\& ", "MSH^1^1"},
    {"MSH\xC3\xBC", "MSH^1^1"},
    {"PID|1\rMSH|^~\\&|\r", "MSH^1^1"},
    {"MSH|RIS|KLINIK|\r", "MSH^1^2"},
    {"MSH|^~ \\&|\r", "MSH^1^2"},
    {"FHS|^~\\&|x\r", "MSH^1^1"},
    {MSH "\rPID|1\r" MSH "\r", "MSH^2"},
};

static void what_is_no_message_is_refused(void)
{
    for (size_t i = 0; i < sizeof not_messages / sizeof not_messages[0]; i++) {
        struct arena a;
        struct hl7_message m = {.n = 77};
        struct err e = {.code = ERR_NONE};
        arena_init(&a);
        CU_ASSERT_FALSE(hl7_parse(str_of(not_messages[i].bytes), NULL, &a, &m, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
        CU_ASSERT_STRING_EQUAL(e.path, not_messages[i].path);
        CU_ASSERT_EQUAL(m.n, 77);
        arena_release(&a);
    }
}

/* MSH and `segments` times NAME with `fields` separators. */
static bool parse_many(size_t segments, size_t fields, struct err *e)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf in;
    arena_init(&a);
    buf_init(&in, 16 * 1024 * 1024);
    buf_puts(&in, MSH "\r");
    for (size_t i = 0; i < segments; i++) {
        buf_puts(&in, "OBX");
        for (size_t k = 0; k < fields; k++)
            buf_putc(&in, '|');
        buf_putc(&in, '\r');
    }
    bool ok = hl7_parse(buf_view(&in), NULL, &a, &m, e);
    if (ok)
        CU_ASSERT_EQUAL(m.segments[m.n - 1].occurrence, segments);
    if (!ok) /* what is refused can still be answered */
        CU_ASSERT(hl7_parse_header(buf_view(&in), NULL, &a, &m, NULL) && str_is(hl7_get(&m, &a, "MSH-10"), "1"));
    arena_release(&a);
    return ok;
}

static void limits(void)
{
    static const struct {
        size_t segments, fields;
        const char *path; /* NULL: fits */
    } sizes[] = {
        {HL7_SEGMENTS_MAX - 1, 1, NULL}, {HL7_SEGMENTS_MAX, 1, ""}, {1, HL7_FIELDS_MAX - 1, NULL},
        {1, HL7_FIELDS_MAX, "OBX^1"},    {250, 1500, NULL},         {300, 1500, "OBX^267"},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct err e = {.code = ERR_NONE};
        CU_ASSERT_EQUAL(parse_many(sizes[i].segments, sizes[i].fields, &e), sizes[i].path == NULL);
        CU_ASSERT_EQUAL(e.code, sizes[i].path ? ERR_TOO_LARGE : ERR_NONE);
        if (sizes[i].path && strcmp(e.path, sizes[i].path) != 0)
            printf("\n  '%s'\n", e.path);
        CU_ASSERT_STRING_EQUAL(e.path, sizes[i].path ? sizes[i].path : "");
    }
}

static void the_header_of_a_message_cut_off(void)
{
    struct arena a;
    struct hl7_message m;
    struct hl7_header h;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse_header(STR(MSH "\rPID|1\r" MSH "\r"), NULL, &a, &m, NULL));
    CU_ASSERT_EQUAL(m.n, 1);
    hl7_header(&m, &a, &h);
    CU_ASSERT(str_is(h.control_id, "1"));
    CU_ASSERT_FATAL(hl7_parse_header(STR("MSH|^~\\&|A|B|C|D|2026"), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "MSH-6"), "D"));
    CU_ASSERT_FALSE(hl7_parse_header(STR("PID|1\r"), NULL, &a, &m, NULL));
    arena_release(&a);
}

/* What a message says of its version changes nothing in how it is read. */
static void every_version_is_read(void)
{
    static const char *const versions[] = {"2.1", "2.2", "2.3",   "2.3.1", "2.4",   "2.5", "2.5.1",
                                           "2.6", "2.7", "2.7.1", "2.8",   "2.8.2", "2.9", "2.5.1^DEU&Germany"};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        struct arena a;
        struct hl7_message m;
        struct hl7_header h;
        arena_init(&a);
        struct str bytes =
            arena_printf(&a, "MSH|^~\\&|A|B|C|D|20261124||ADT^A01|1|P|%s\rPID|1||7~8^^^X&1.2&ISO||\"\"\r", versions[i]);
        CU_ASSERT_FATAL(hl7_parse(bytes, NULL, &a, &m, NULL));
        hl7_header(&m, &a, &h);
        CU_ASSERT(str_starts(str_of(versions[i]), arena_cstr(&a, h.version)) && h.version.n >= 3);
        CU_ASSERT(str_is(hl7_get(&m, &a, "PID-3[2].4.2"), "1.2"));
        CU_ASSERT_EQUAL(hl7_presence(hl7_raw(&m, "PID-5")), HL7_NULL);
        CU_ASSERT_EQUAL(hl7_presence(hl7_raw(&m, "PID-4")), HL7_EMPTY);
        CU_ASSERT_EQUAL(hl7_presence(hl7_raw(&m, "PID-9")), HL7_ABSENT);
        CU_ASSERT_EQUAL(hl7_quirks_total(&m.quirks), 0);
        arena_release(&a);
    }
}

static void header_decoded(void)
{
    struct arena a;
    struct hl7_message m;
    struct hl7_header h;
    arena_init(&a);
    CU_ASSERT_FATAL(
        hl7_parse(STR("MSH|^~\\&|RIS^x|KLI\\T\\NIK|ISO|RAD|20261124103000+0200|s|ORM^O01^ORM_O01|C\\F\\1|P^T|"
                      "2.5.1^DEU|||AL|NE\r"),
                  NULL, &a, &m, NULL));
    hl7_header(&m, &a, &h);
    CU_ASSERT(str_is(h.sending_application, "RIS"));
    CU_ASSERT(str_is(h.sending_facility, "KLI&NIK"));
    CU_ASSERT(str_is(h.receiving_application, "ISO"));
    CU_ASSERT(str_is(h.receiving_facility, "RAD"));
    CU_ASSERT(str_is(h.type, "ORM") && str_is(h.event, "O01") && str_is(h.structure, "ORM_O01"));
    CU_ASSERT(str_is(h.control_id, "C|1"));
    CU_ASSERT(str_is(h.processing, "P") && str_is(h.version, "2.5.1"));
    CU_ASSERT(str_is(h.accept_ack, "AL") && str_is(h.application_ack, "NE"));
    CU_ASSERT(m.has_zone);
    CU_ASSERT_EQUAL(m.zone_minutes, 120);
    arena_release(&a);
}

static const struct {
    const char *bytes, *messages;
} batches[] = {
    {"MSH|1\rPID|1\r", "MSH|1\rPID|1\r#"},
    {"MSH|1\rPID|1\rMSH|2\rPID|2\r", "MSH|1\rPID|1\r#MSH|2\rPID|2\r#"},
    {"FHS|x\rBHS|x\rMSH|1\rMSH|2\rBTS|2\rBHS|y\rMSH|3\rBTS|1\rFTS|2\r", "MSH|1\r#MSH|2\r#MSH|3\r#"},
    {"\x0bMSH|1\r\x1c\r\n\x0bMSH|2\r\x1c\r", "MSH|1\r#MSH|2\r#"},
    {"\xEF\xBB\xBFMSH|1\n\nMSH|2", "MSH|1\n#MSH|2#"},
    {"junk\rand more\nMSH|1", "MSH|1#"},
    {"BTS|0\r", ""},
    {"", ""},
};

static void batches_are_cut(void)
{
    for (size_t i = 0; i < sizeof batches / sizeof batches[0]; i++) {
        CLEANUP(buf_release) struct buf seen;
        struct str rest = str_of(batches[i].bytes), message;
        buf_init(&seen, 1000);
        while (hl7_batch_next(&rest, &message)) {
            buf_str(&seen, message);
            buf_putc(&seen, '#');
        }
        CU_ASSERT(str_is(buf_view(&seen), batches[i].messages));
    }
}

static void quirks_add_up(void)
{
    struct hl7_quirks sum = {{0}}, more = {{0}};
    hl7_quirk(&more, HL7_QUIRK_bom, 2);
    hl7_quirk(&more, HL7_QUIRK_nul_bytes, 3);
    hl7_quirks_add(&sum, &more);
    hl7_quirks_add(&sum, &more);
    CU_ASSERT_EQUAL(sum.n[HL7_QUIRK_bom], 4);
    CU_ASSERT_EQUAL(hl7_quirks_total(&sum), 10);
    CU_ASSERT_STRING_EQUAL(hl7_quirk_rows[HL7_QUIRK_nul_bytes].name, "nul_bytes");
}

static const struct unit_case cases[] = {
    {"split into segments", split_into_segments},
    {"delimiters come from MSH", delimiters_come_from_msh},
    {"what is no message is refused", what_is_no_message_is_refused},
    {"limits", limits},
    {"the header of a message cut off", the_header_of_a_message_cut_off},
    {"every version is read", every_version_is_read},
    {"the header decoded", header_decoded},
    {"batches are cut", batches_are_cut},
    {"quirks add up", quirks_add_up},
};

UNIT_MAIN("hl7/codec/message", cases)
