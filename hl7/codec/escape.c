#include <string.h>

#include "base/codec.h"
#include "hl7/codec/message_priv.h"
#include "hl7/codec/writer.h"

enum { BLANK_LINES_MAX = 20 };

static char or_usual(char delimiter, char usual)
{
    return delimiter ? delimiter : usual;
}

/* The character a one-letter sequence stands for, or 0. */
static char letter_char(const struct hl7_delims *d, char letter)
{
    const struct {
        char letter, c;
    } letters[] = {
        {'F', d->field},  {'S', or_usual(d->component, '^')},    {'R', or_usual(d->repetition, '~')},
        {'E', d->escape}, {'T', or_usual(d->subcomponent, '&')}, {'P', or_usual(d->truncation, '#')},
    };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].letter == letter)
            return letters[i].c;
    return 0;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* An even number of digits, no zero byte among them. */
static bool hex_pairs(struct str s)
{
    if (!s.n || s.n % 2)
        return false;
    for (size_t i = 0; i < s.n; i += 2)
        if (!is_hex(s.p[i]) || !is_hex(s.p[i + 1]) || (s.p[i] == '0' && s.p[i + 1] == '0'))
            return false;
    return true;
}

/* Formatting commands (HL7 2.5.1 §2.7.6): ".br", ".sp3", ".in+4". */
static void format_command(struct str body, struct escape *ret)
{
    static const char *const visible[] = {".br", ".sp", ".ce", ".sk"}, *const silent[] = {".in", ".ti", ".fi", ".nf"};
    struct str argument = str_trim(str_sub(body, 3, body.n));
    int64_t n = 1;
    if (argument.n && !str_int(argument, &n))
        return;
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
        if (str_starts(body, silent[i]))
            ret->kind = ESCAPE_FORMAT;
    for (size_t i = 0; i < sizeof visible / sizeof visible[0]; i++)
        if (str_starts(body, visible[i])) {
            ret->kind = ESCAPE_CHAR;
            ret->c = str_is(str_of(visible[i]), ".sk") ? ' ' : '\n';
            ret->count = n < 1 ? 1 : n > BLANK_LINES_MAX ? BLANK_LINES_MAX : (unsigned)n;
        }
}

static void one_letter(const struct hl7_delims *d, char letter, struct escape *ret)
{
    ret->c = letter_char(d, letter);
    ret->count = 1;
    if (ret->c)
        ret->kind = ESCAPE_CHAR;
    else if (letter == 'H' || letter == 'N')
        ret->kind = ESCAPE_FORMAT;
}

/* \Cxxyy\ and \Mxxyyzz\ had their effect before the text was split. One that is left over names a set this
 * codec lacks, unless it only says "back to ASCII". */
static bool back_to_ascii(struct str body)
{
    return str_is_nocase(body, "C2842") || str_is_nocase(body, "C284A");
}

static void classify(const struct hl7_delims *d, struct str body, struct escape *ret)
{
    if (body.n == 1)
        one_letter(d, body.p[0], ret);
    else if (body.p[0] == 'Z')
        ret->kind = ESCAPE_LOCAL;
    else if (body.p[0] == '.')
        format_command(body, ret);
    else if (back_to_ascii(body))
        ret->kind = ESCAPE_FORMAT;
    else if (body.p[0] == 'X' && hex_pairs(str_sub(body, 1, body.n))) {
        ret->kind = ESCAPE_BYTES;
        ret->bytes = str_sub(body, 1, body.n);
    }
}

/* How far a sequence may reach: to the next escape character, but not over a delimiter or line end. */
static size_t body_length(const struct hl7_delims *d, struct str s)
{
    const char stops[] = {d->field, d->component, d->repetition, d->subcomponent, d->escape, '\r', '\n'};
    size_t n = 0;
    while (n < s.n && !memchr(stops, s.p[n], sizeof stops))
        n++;
    return n;
}

struct escape escape_at(const struct hl7_delims *d, struct str s)
{
    struct escape found = {.kind = ESCAPE_NONE};
    size_t n = body_length(d, str_sub(s, 1, s.n));
    if (n && n + 1 < s.n && s.p[n + 1] == d->escape)
        classify(d, str_sub(s, 1, n), &found);
    found.length = found.kind == ESCAPE_NONE ? 1 : n + 2;
    return found;
}

/* The offset of the next escape character, or s.n. */
static size_t next_escape(const struct hl7_delims *d, struct str s)
{
    return d->escape ? str_find(s, d->escape) : s.n;
}

void escape_count(const struct hl7_delims *d, struct str text, struct hl7_quirks *quirks)
{
    size_t at;
    while ((at = next_escape(d, text)) < text.n) {
        text = str_sub(text, at, text.n);
        struct escape x = escape_at(d, text);
        hl7_quirk(quirks, HL7_QUIRK_bad_escapes, x.kind == ESCAPE_NONE);
        hl7_quirk(quirks, HL7_QUIRK_local_escapes, x.kind == ESCAPE_LOCAL);
        text = str_sub(text, x.length, text.n);
    }
}

/* All \X…\ that follow each other: together they may spell one character. Returns the rest behind them. */
static struct str put_bytes(const struct hl7_message *m, struct arena *scratch, struct str s, struct buf *out)
{
    CLEANUP(buf_release) struct buf bytes;
    buf_init(&bytes, s.n);
    while (s.n && s.p[0] == m->delims.escape) {
        struct escape x = escape_at(&m->delims, s);
        if (x.kind != ESCAPE_BYTES)
            break;
        unsigned char *to = (unsigned char *)buf_reserve(&bytes, x.bytes.n / 2);
        if (!to || !hex_decode(x.bytes, to, x.bytes.n / 2, NULL))
            break;
        buf_grew(&bytes, x.bytes.n / 2);
        s = str_sub(s, x.length, s.n);
    }
    struct hl7_charset_used used;
    struct hl7_quirks ignored = {0};
    buf_str(out, hl7_charset_read(m->charset.read_as, NULL, buf_view(&bytes), scratch, &used, &ignored));
    arena_reset(scratch);
    return s;
}

/* One sequence; returns the rest behind it. */
static struct str put_sequence(const struct hl7_message *m, struct arena *scratch, struct str s, struct buf *out)
{
    struct escape x = escape_at(&m->delims, s);
    if (x.kind == ESCAPE_BYTES)
        return put_bytes(m, scratch, s, out);
    for (unsigned i = 0; x.kind == ESCAPE_CHAR && i < x.count; i++)
        buf_putc(out, x.c);
    if (x.kind == ESCAPE_NONE || x.kind == ESCAPE_LOCAL)
        buf_str(out, str_sub(s, 0, x.length));
    return str_sub(s, x.length, s.n);
}

struct str hl7_unescape(const struct hl7_message *m, struct arena *a, struct str raw)
{
    if (hl7_presence(raw) != HL7_VALUE)
        return STR("");
    size_t at = next_escape(&m->delims, raw);
    if (at == raw.n)
        return raw;
    CLEANUP(buf_release) struct buf out;
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch);
    buf_init(&out, raw.n * 4 + 64); /* \.sp20\ grows most */
    while (raw.n) {
        buf_str(&out, str_sub(raw, 0, at));
        raw = str_sub(raw, at, raw.n);
        if (raw.n)
            raw = put_sequence(m, &scratch, raw, &out);
        at = next_escape(&m->delims, raw);
    }
    return arena_str(a, buf_view(&out));
}

/* The letter of the sequence that stands for a delimiter, or 0. */
static char delimiter_letter(const struct hl7_delims *d, char c)
{
    static const char letters[] = "FSRETP";
    const char delimiters[] = {d->field, d->component, d->repetition, d->escape, d->subcomponent, d->truncation};
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (delimiters[i] && delimiters[i] == c)
            return letters[i];
    return 0;
}

static void escape_control(struct buf *out, char escape, unsigned char c)
{
    if (c == '\n')
        buf_printf(out, "%c.br%c", escape, escape);
    else
        buf_printf(out, "%cX%02X%c", escape, c, escape);
}

void hl7_escape(struct buf *out, const struct hl7_delims *d, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        char letter = delimiter_letter(d, text.p[i]);
        if (letter) {
            buf_printf(out, "%c%c%c", d->escape, letter, d->escape);
        } else if (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n') {
            continue; /* the LF makes the line end */
        } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
            escape_control(out, d->escape, c);
        } else {
            buf_putc(out, text.p[i]);
        }
    }
}
