#include "hl7/codec/message.h"

#include "hl7/codec/charset_priv.h"
#include "hl7/codec/dtm.h"
#include "hl7/codec/message_priv.h"

enum { BUCKETS = 256, DELIMS_MAX = 5, SETS_MAX = 10 };

struct parse {
    struct hl7_message m;
    struct arena *a;
    struct hl7_segment *segments;
    const struct hl7_charset *wide; /* the bytes were UTF-16 or UTF-32 and are UTF-8 already; NULL: they were not */
    size_t fields;                  /* of all segments so far */
    unsigned last[BUCKETS];         /* by hash of the name: 1 + index of the last segment, 0 for none */
    unsigned *previous;             /* by segment: the same for the one before it in its bucket */
};

static bool is_alnum(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_delimiter(char c)
{
    return c > 0x20 && c < 0x7F && !is_alnum(c);
}

bool is_batch(struct str s)
{
    struct str name = str_sub(s, 0, 3);
    if (s.n > 3 && is_alnum(s.p[3]))
        return false;
    return str_is(name, "FHS") || str_is(name, "BHS") || str_is(name, "BTS") || str_is(name, "FTS");
}

/* The line at the front, without its end; *rest moves behind that. CR ends it if the message has any, else
 * LF. */
static struct str next_line(struct str *rest, char terminator)
{
    size_t n = str_find(*rest, terminator);
    struct str line = str_sub(*rest, 0, n);
    bool lf_follows = terminator == '\r' && n + 1 < rest->n && rest->p[n + 1] == '\n';
    *rest = str_sub(*rest, n + 1 + lf_follows, rest->n);
    return line;
}

static char terminator_of(struct str bytes)
{
    return str_find(bytes, '\r') < bytes.n ? '\r' : '\n';
}

/* Blanks, line ends, start of block and byte order marks at the front. */
struct str pass_leading(struct str s, struct hl7_quirks *quirks)
{
    for (;;) {
        if (str_starts(s, "\xEF\xBB\xBF")) {
            hl7_quirk(quirks, HL7_QUIRK_bom, 1);
            s = str_sub(s, 3, s.n);
        } else if (s.n && (s.p[0] == 0x0B || s.p[0] == '\r' || s.p[0] == '\n' || s.p[0] == ' ' || s.p[0] == '\t')) {
            hl7_quirk(quirks, HL7_QUIRK_leading_bytes, 1);
            s = str_sub(s, 1, s.n);
        } else {
            return s;
        }
    }
}

/* To the MSH: what frames and batches put before and after it is passed over. */
static struct str trim_message(struct str s, struct hl7_quirks *quirks)
{
    s = pass_leading(s, quirks);
    char terminator = terminator_of(s);
    while (is_batch(s)) {
        hl7_quirk(quirks, HL7_QUIRK_batch_lines, 1);
        next_line(&s, terminator);
        s = pass_leading(s, quirks);
    }
    if (str_ends(s, "\x1c\r"))
        s.n -= 2;
    else if (str_ends(s, "\x1c"))
        s.n -= 1;
    return s;
}

/* The n-th delimiter of MSH-2, 0 if there is none or it is one of those before. */
static char delimiter(char separator, struct str given, size_t n)
{
    if (n >= given.n || given.p[n] == separator)
        return 0;
    return str_find(given, given.p[n]) == n ? given.p[n] : 0;
}

static bool read_delims(struct str msh, struct parse *p, struct err *e)
{
    if (!str_starts(msh, "MSH") || msh.n < 4 || !is_delimiter(msh.p[3])) {
        err_set(e, ERR_STRUCTURE, "the message does not begin with MSH and a field separator");
        return err_at(e, "MSH^1^1");
    }
    char separator = msh.p[3];
    struct str given = part_of(msh, separator, 2);
    for (size_t i = 0; i < given.n; i++)
        if (!is_delimiter(given.p[i])) {
            err_set(e, ERR_STRUCTURE, "MSH-2 is not a list of delimiters");
            return err_at(e, "MSH^1^2");
        }
    hl7_quirk(&p->m.quirks, HL7_QUIRK_short_delimiters, given.n < 2 || given.n > DELIMS_MAX);
    char usual[] = "^~\\&";
    if (given.n < 2) {
        usual[0] = given.n ? given.p[0] : usual[0];
        given = (struct str){usual, sizeof usual - 1};
    }
    p->m.delims = (struct hl7_delims){separator,
                                      delimiter(separator, given, 0),
                                      delimiter(separator, given, 1),
                                      delimiter(separator, given, 2),
                                      delimiter(separator, given, 3),
                                      delimiter(separator, given, 4)};
    return true;
}

/* The first set of MSH-18, or the first one after an empty or ASCII repetition that is reached by escape
 * sequences: it is the one to answer in. */
static const struct hl7_charset *declared_set(struct parse *p, const struct hl7_reading *how, struct str msh18)
{
    const struct hl7_charset *ascii = charset_ascii(), *set = NULL;
    struct str raw = hl7_repetition(&p->m, msh18, 1);
    for (size_t i = 1; raw.p && i <= SETS_MAX; raw = hl7_repetition(&p->m, msh18, ++i)) {
        struct str name = str_trim(raw);
        const struct hl7_charset *found = hl7_charset_find(name);
        if (name.n && !found)
            hl7_quirk(&p->m.quirks, HL7_QUIRK_charset_unknown, 1);
        if (!set || (set == ascii && found))
            set = found ? found : ascii;
    }
    if (set && hl7_presence(msh18) == HL7_VALUE)
        return set;
    return how && how->usual ? how->usual : ascii;
}

/* \Cxxyy\ or \Mxx…\ somewhere, though MSH-18 names one set only. */
static bool spells_switches(struct str bytes, char escape)
{
    for (size_t i = 0; escape && i + 2 < bytes.n; i++)
        if (bytes.p[i] == escape && (bytes.p[i + 1] == 'C' || bytes.p[i + 1] == 'M') && bytes.p[i + 2] == '2')
            return true;
    return false;
}

static bool switches_sets(const struct parse *p, const struct hl7_charset *set, struct str msh18, struct str bytes)
{
    if (set->kind == HL7_SET_ISO_2022 || hl7_repetitions(&p->m, msh18) > 1)
        return true;
    if (set->kind != HL7_SET_UTF8 && str_find(bytes, 0x1B) < bytes.n)
        return true;
    bool one_byte = set->kind == HL7_SET_ASCII || set->kind == HL7_SET_LATIN;
    return one_byte && spells_switches(bytes, p->m.delims.escape);
}

/* The whole message as UTF-8, by MSH-18. */
static void read_text(struct parse *p, const struct hl7_reading *how, struct str bytes)
{
    struct str line = str_sub(bytes, 0, str_find(bytes, terminator_of(bytes)));
    struct str msh18 = part_of(line, p->m.delims.field, 18);
    const struct hl7_charset *set = declared_set(p, how, msh18);
    if (p->wide) {
        p->m.text = bytes;
        p->m.charset = (struct hl7_charset_used){.declared = p->wide, .read_as = p->wide};
        return;
    }
    if (set->kind == HL7_SET_WIDE) { /* but the bytes are not */
        hl7_quirk(&p->m.quirks, HL7_QUIRK_charset_invalid, 1);
        set = hl7_charset_find(STR("UTF-8"));
    }
    if (switches_sets(p, set, msh18, bytes) && iso2022_decode(set, p->m.delims.escape, bytes, p->a, &p->m.text))
        p->m.charset = (struct hl7_charset_used){set, set, str_find(bytes, 0x1B) < bytes.n};
    else
        p->m.text = hl7_charset_read(set, how, bytes, p->a, &p->m.charset, &p->m.quirks);
}

static bool is_odd_name(struct str name)
{
    if (name.n != 3 || !(name.p[0] >= 'A' && name.p[0] <= 'Z'))
        return true;
    return !is_alnum(name.p[1]) || !is_alnum(name.p[2]);
}

static unsigned occurrence_of(struct parse *p, struct str name)
{
    unsigned h = 0;
    for (size_t i = 0; i < name.n; i++)
        h = h * 31 + (unsigned char)name.p[i];
    unsigned *last = &p->last[h % BUCKETS], i = *last;
    while (i && !str_eq(p->segments[i - 1].name, name))
        i = p->previous[i - 1];
    p->previous[p->m.n] = *last;
    *last = (unsigned)p->m.n + 1;
    return i ? p->segments[i - 1].occurrence + 1 : 1;
}

static bool fields_fit(const struct parse *p, const struct hl7_segment *s, size_t count, struct err *e)
{
    if (count <= HL7_FIELDS_MAX && p->fields + count <= HL7_FIELDS_ALL_MAX)
        return true;
    err_set(e, ERR_TOO_LARGE, "more than %d fields in a segment or %d in the message", HL7_FIELDS_MAX,
            HL7_FIELDS_ALL_MAX);
    return err_at(e, "%.*s^%u", (int)(s->name.n < 3 ? s->name.n : 3), s->name.p, s->occurrence);
}

static bool split_fields(struct parse *p, struct hl7_segment *s, struct err *e)
{
    char separator = p->m.delims.field;
    bool header = is_header_segment(s->name);
    size_t count = header + 1u;
    for (size_t i = 0; i < s->text.n; i++)
        count += s->text.p[i] == separator;
    if (!fields_fit(p, s, count, e))
        return false;
    struct str *fields = ARENA_ARRAY(p->a, struct str, count), rest = s->text;
    size_t n = 0;
    while (str_next(&rest, separator, &fields[n])) {
        n++;
        if (header && n == 1)
            fields[n++] = str_sub(s->text, s->name.n, 1);
    }
    s->fields = fields;
    s->n = n - 1;
    p->fields += n;
    return true;
}

/* Values that end in the truncation character (HL7 2.7 §2.5.5.2). */
static void count_truncated(struct parse *p, struct str text)
{
    const struct hl7_delims *d = &p->m.delims;
    for (size_t i = 1; d->truncation && i < text.n; i++) {
        char next = i + 1 < text.n ? text.p[i + 1] : d->field;
        bool ends = next == d->field || next == d->component || next == d->repetition || next == d->subcomponent;
        hl7_quirk(&p->m.quirks, HL7_QUIRK_truncated_values, ends && text.p[i] == d->truncation);
    }
}

static void count_escapes(struct parse *p, const struct hl7_segment *s)
{
    struct str text = s->text;
    if (is_header_segment(s->name)) {
        const char *from = s->n > 2 ? s->fields[3].p : text.p + text.n;
        text = (struct str){from, (size_t)(text.p + text.n - from)};
    }
    escape_count(&p->m.delims, text, &p->m.quirks);
    count_truncated(p, text);
}

static bool add_segment(struct parse *p, struct str line, struct err *e)
{
    if (p->m.n == HL7_SEGMENTS_MAX)
        return err_set(e, ERR_TOO_LARGE, "more than %d segments", HL7_SEGMENTS_MAX);
    struct hl7_segment *s = &p->segments[p->m.n];
    s->text = line;
    s->name = str_sub(line, 0, str_find(line, p->m.delims.field));
    s->occurrence = occurrence_of(p, s->name);
    if (str_is(s->name, "MSH") && s->occurrence > 1) {
        err_set(e, ERR_STRUCTURE, "a second MSH in one message");
        return err_at(e, "MSH^2");
    }
    hl7_quirk(&p->m.quirks, HL7_QUIRK_odd_segments, is_odd_name(s->name));
    if (!split_fields(p, s, e))
        return false;
    count_escapes(p, s);
    p->m.n++;
    return true;
}

static size_t count_char(struct str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

static void count_terminators(struct parse *p, char terminator)
{
    size_t lf = count_char(p->m.text, '\n'), crlf = 0;
    if (terminator == '\n') {
        hl7_quirk(&p->m.quirks, HL7_QUIRK_lf_terminators, lf);
        return;
    }
    for (size_t i = 1; lf && i < p->m.text.n; i++)
        crlf += p->m.text.p[i] == '\n' && p->m.text.p[i - 1] == '\r';
    hl7_quirk(&p->m.quirks, HL7_QUIRK_crlf_terminators, crlf);
    hl7_quirk(&p->m.quirks, HL7_QUIRK_lf_data, lf - crlf);
}

static bool split_segments(struct parse *p, struct err *e)
{
    char terminator = terminator_of(p->m.text);
    size_t lines = count_char(p->m.text, terminator) + 1;
    lines = lines < HL7_SEGMENTS_MAX ? lines : HL7_SEGMENTS_MAX;
    p->segments = ARENA_ARRAY(p->a, struct hl7_segment, lines);
    p->previous = ARENA_ARRAY(p->a, unsigned, lines);
    p->m.segments = p->segments;
    count_terminators(p, terminator);
    for (struct str rest = p->m.text; rest.n;) {
        struct str line = next_line(&rest, terminator);
        if (!str_trim(line).n)
            hl7_quirk(&p->m.quirks, HL7_QUIRK_empty_lines, 1);
        else if (is_batch(line))
            hl7_quirk(&p->m.quirks, HL7_QUIRK_batch_lines, 1);
        else if (!add_segment(p, line, e))
            return false;
    }
    return true;
}

static void read_zone(struct parse *p)
{
    struct hl7_dtm dtm;
    if (!hl7_dtm_parse(hl7_get(&p->m, p->a, "MSH-7"), NULL, &dtm, NULL) || !dtm.has_zone)
        return;
    p->m.has_zone = true;
    p->m.zone_minutes = dtm.date.offset_minutes;
}

static bool parse(struct parse *p, struct str bytes, const struct hl7_reading *how, struct err *e)
{
    struct str line = str_sub(bytes, 0, str_find(bytes, terminator_of(bytes)));
    if (!read_delims(line, p, e))
        return false;
    read_text(p, how, bytes);
    if (!split_segments(p, e))
        return false;
    read_zone(p);
    return true;
}

bool hl7_parse(struct str bytes, const struct hl7_reading *how, struct arena *a, struct hl7_message *ret_m,
               struct err *e)
{
    struct parse p = {.a = a};
    bytes = wide_message(bytes, a, &p.wide, &p.m.quirks);
    if (!parse(&p, trim_message(bytes, &p.m.quirks), how, e))
        return false;
    *ret_m = p.m;
    return true;
}

bool hl7_parse_header(struct str bytes, const struct hl7_reading *how, struct arena *a, struct hl7_message *ret_m,
                      struct err *e)
{
    struct parse p = {.a = a};
    bytes = trim_message(wide_message(bytes, a, &p.wide, &p.m.quirks), &p.m.quirks);
    if (!parse(&p, str_sub(bytes, 0, str_find(bytes, terminator_of(bytes))), how, e))
        return false;
    *ret_m = p.m;
    return true;
}

struct str hl7_lines(struct arena *a, struct str text)
{
    bool has_cr = terminator_of(text) == '\r';
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool lf = text.p[i] == '\n', pair = lf && i && text.p[i - 1] == '\r';
        if (!pair)
            p[n++] = lf && !has_cr ? '\r' : text.p[i];
    }
    if (n && p[n - 1] != '\r')
        p[n++] = '\r';
    return (struct str){p, n};
}
