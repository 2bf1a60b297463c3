/* Text to bytes that switch their set on the way (HL7 2.5.1 §2.7.2, §2.15.9.18, .20; ISO 2022). */
#include <stdio.h>
#include <string.h>

#include "hl7/codec/charset_priv.h"
#include "hl7/codec/message.h"
#include "hl7/codec/writer.h"

enum { NONE = -1, CHAR_MAX_BYTES = 8 };

struct outlet {
    const struct iso2022_code *code; /* NULL: the first set, in its own bytes */
    iconv_t cd;                      /* (iconv_t)-1: writes nothing */
};

struct speech {
    struct outlet outlet[HL7_SETS_MAX];
    int n, lower, upper,
        home; /* which outlet has each half of the bytes, NONE: ASCII, nobody; home: upper of the start */
    const struct hl7_delims *delims;
    bool by_escape;
    struct buf *out;
    size_t replaced;
};

/* A set without a code is only ever the one the text begins in. */
static void designate(struct speech *s, const struct iso2022_code *c)
{
    if (!c)
        return;
    if (s->by_escape) {
        buf_printf(s->out, "\x1B%s", c->designator);
        return;
    }
    buf_printf(s->out, "%c%c", s->delims->escape, c->width > 1 ? 'M' : 'C');
    for (const char *p = c->designator; *p; p++)
        buf_printf(s->out, "%02X", (unsigned)*p);
    buf_putc(s->out, s->delims->escape);
}

static void to_ascii(struct speech *s)
{
    if (s->lower != NONE)
        designate(s, &iso2022_codes[0]);
    s->lower = NONE;
}

/* As a segment begins: some receivers forget at each delimiter what was switched, some do not. */
static void go_home(struct speech *s)
{
    to_ascii(s);
    if (s->upper != s->home && s->home != NONE && s->outlet[s->home].code)
        designate(s, s->outlet[s->home].code);
    s->upper = s->home;
}

static bool is_delimiter(const struct hl7_delims *d, char c)
{
    return c == '\r' || c == d->field || c == d->component || c == d->repetition || c == d->subcomponent;
}

/* The bytes that iconv gives have the shape of the code. Cuts the prefix off. */
static bool has_shape(const struct iso2022_code *c, struct str *bytes)
{
    bool prefixed = c && c->prefix;
    if (prefixed && (!bytes->n || bytes->p[0] != c->prefix))
        return false;
    *bytes = str_sub(*bytes, prefixed, bytes->n);
    if (c && bytes->n != (size_t)c->width)
        return false;
    for (size_t i = 0; i < bytes->n; i++)
        if ((unsigned char)bytes->p[i] < (c ? 0xA0 : 0x80))
            return false;
    return bytes->n > 0;
}

static bool try_outlet(struct speech *s, int i, struct str character)
{
    const struct iso2022_code *c = s->outlet[i].code;
    char bytes[CHAR_MAX_BYTES], *to = bytes, *from = (char *)(uintptr_t)character.p;
    size_t left = character.n, room = sizeof bytes;
    if (s->outlet[i].cd == (iconv_t)-1 || iconv(s->outlet[i].cd, &from, &left, &to, &room) == (size_t)-1)
        return false;
    struct str got = {bytes, sizeof bytes - room};
    if (!has_shape(c, &got))
        return false;
    bool upper = !c || c->upper;
    int *half = upper ? &s->upper : &s->lower;
    if (*half != i)
        designate(s, c);
    *half = i;
    for (size_t k = 0; k < got.n; k++)
        buf_putc(s->out, upper ? got.p[k] : (char)(got.p[k] & 0x7F));
    return true;
}

/* What is switched to already comes first, then the order of MSH-18. */
static bool try_all(struct speech *s, struct str character)
{
    if ((s->lower != NONE && try_outlet(s, s->lower, character)) ||
        (s->upper != NONE && try_outlet(s, s->upper, character)))
        return true;
    for (int i = 0; i < s->n; i++)
        if (try_outlet(s, i, character))
            return true;
    return false;
}

static void put_character(struct speech *s, struct str character, unsigned code_point)
{
    char other[4];
    if (try_all(s, character))
        return;
    unsigned variant = charset_variant(code_point);
    if (variant && try_all(s, (struct str){other, charset_put_utf8(variant, other)}))
        return;
    const char *similar = charset_similar(code_point);
    s->replaced++;
    if (similar && !similar[0])
        return;
    to_ascii(s);
    buf_puts(s->out, similar ? similar : "?");
}

static void say(struct speech *s, struct str text)
{
    while (text.n && !s->out->failed) {
        unsigned code_point;
        size_t n = charset_first_char(text, &code_point);
        if (code_point && code_point < 0x80) {
            if (is_delimiter(s->delims, text.p[0]))
                go_home(s);
            to_ascii(s);
            buf_putc(s->out, text.p[0]);
        } else {
            put_character(s, str_sub(text, 0, n), code_point);
        }
        text = str_sub(text, n, text.n);
    }
    go_home(s);
}

/* The first set has the upper half without a switch, if it has one; another can be used where a way back exists. From
 * Unicode there is none, and no need of another. */
static void open_outlets(struct speech *s, const struct hl7_charset_sets *sets)
{
    enum hl7_charset_kind first = sets->set[0]->kind;
    bool unicode = first == HL7_SET_UTF8 || first == HL7_SET_WIDE;
    bool upper = first == HL7_SET_LATIN || first == HL7_SET_BYTES;
    s->home = upper ? 0 : NONE;
    for (size_t i = 0; i < sets->n; i++) {
        struct outlet *o = &s->outlet[s->n++];
        const struct iso2022_code *c = iso2022_code_of(sets->set[i]);
        bool way_back = i == 0 || (!unicode && c && (!c->upper || !upper || s->outlet[0].code));
        *o = (struct outlet){c, (iconv_t)-1};
        if (way_back && sets->set[i] != charset_ascii())
            o->cd = iconv_open(c ? c->iconv : sets->set[i]->iconv, "UTF-8");
    }
    s->lower = NONE;
    s->upper = s->home;
}

static void close_outlets(struct speech *s)
{
    for (int i = 0; i < s->n; i++)
        charset_close(&s->outlet[i].cd);
}

bool hl7_charset_write(const struct hl7_charset_sets *sets, const struct hl7_delims *d, struct str text,
                       struct buf *out, size_t *ret_replaced, struct err *e)
{
    if (sets->n < 2)
        return hl7_charset_encode(sets->n ? sets->set[0] : charset_ascii(), text, out, ret_replaced, e);
    CLEANUP(close_outlets)
    struct speech s = {.delims = d ? d : &hl7_delims_usual, .out = out};
    s.by_escape = sets->by_escape || !s.delims->escape;
    open_outlets(&s, sets);
    say(&s, text);
    if (!buf_ok(out, e))
        return false;
    if (ret_replaced)
        *ret_replaced = s.replaced;
    return true;
}

static bool add_set(struct hl7_charset_sets *sets, const struct hl7_charset *set, struct err *e)
{
    if (sets->n == HL7_SETS_MAX)
        return err_set(e, ERR_INVALID, "more than %d character sets", HL7_SETS_MAX - 1);
    sets->set[sets->n++] = set;
    return true;
}

bool hl7_charset_sets(struct str msh18, struct str msh20, struct hl7_charset_sets *ret_sets, struct err *e)
{
    struct hl7_charset_sets sets = {.by_escape = str_is(str_trim(msh20), "ISO 2022-1994")};
    struct str rest = msh18.p ? msh18 : STR(""), name;
    while (str_next(&rest, '~', &name)) {
        name = str_trim(name);
        const struct hl7_charset *set = name.n ? hl7_charset_find(name) : charset_ascii();
        if (!set)
            return err_set(e, ERR_INVALID, "the character set '%.*s' is not known", (int)(name.n > 40 ? 40 : name.n),
                           name.p);
        bool switched = set->kind == HL7_SET_ISO_2022;
        if (!sets.n && switched && !add_set(&sets, charset_ascii(), e))
            return false;
        if (sets.n && !iso2022_code_of(set))
            return err_set(e, ERR_INVALID, "the character set '%s' can only be the first", set->name);
        if (!add_set(&sets, set, e))
            return false;
    }
    *ret_sets = sets;
    return true;
}
