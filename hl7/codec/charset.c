#include "hl7/codec/charset.h"

#include <errno.h>
#include <string.h>

#include "hl7/codec/charset_priv.h"

static const struct hl7_charset rows[] = {
#define CHARSET(name, iconv, kind, aliases) {name, iconv, HL7_SET_##kind, aliases},
#include "hl7/codec/charsets.def"
#undef CHARSET
};

enum { ROWS = sizeof rows / sizeof rows[0], ROW_ASCII = 0, ROW_UTF8 = 1, NAME_MAX_BYTES = 40 };

const struct hl7_charset *hl7_charset_rows(size_t *ret_count)
{
    *ret_count = ROWS;
    return rows;
}

/* Letters and digits of a name, letters upper case; the length, or 0 for no name. */
static size_t plain_name(struct str name, char ret_plain[NAME_MAX_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < NAME_MAX_BYTES; i++) {
        char c = name.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 32);
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            ret_plain[n++] = c;
    }
    return n == NAME_MAX_BYTES ? 0 : n;
}

static bool has_alias(const struct hl7_charset *row, struct str plain)
{
    struct str rest = str_of(row->aliases), word;
    while (str_next(&rest, ' ', &word))
        if (str_eq(word, plain))
            return true;
    char own[NAME_MAX_BYTES];
    size_t n = plain_name(str_of(row->name), own);
    return str_eq((struct str){own, n}, plain);
}

const struct hl7_charset *charset_ascii(void)
{
    return &rows[ROW_ASCII];
}

const struct hl7_charset *hl7_charset_find(struct str name)
{
    char plain[NAME_MAX_BYTES];
    for (size_t i = 0; i < ROWS; i++) /* most senders write the name itself */
        if (str_is(name, rows[i].name))
            return &rows[i];
    size_t n = plain_name(name, plain);
    for (size_t i = 0; n && i < ROWS; i++)
        if (has_alias(&rows[i], (struct str){plain, n}))
            return &rows[i];
    return NULL;
}

/* One call of iconv, its output appended. Returns what iconv returned; E2BIG only says that there is more to
 * come. in NULL ends a shift state. */
static size_t iconv_step(iconv_t cd, char **in, size_t *left, struct buf *out)
{
    char piece[4096], *to = piece;
    size_t room = sizeof piece;
    size_t r = iconv(cd, in, left, &to, &room);
    int why = errno;
    buf_put(out, piece, sizeof piece - room);
    errno = why;
    return r;
}

bool charset_convert(iconv_t cd, struct str bytes, struct buf *out)
{
    char *in = (char *)(uintptr_t)bytes.p;
    size_t left = bytes.n;
    while (left && !out->failed)
        if (iconv_step(cd, &in, &left, out) == (size_t)-1 && errno != E2BIG)
            return false;
    return !out->failed;
}

void charset_close(iconv_t *cd)
{
    if (*cd != (iconv_t)-1)
        iconv_close(*cd);
}

static bool only_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static bool has_c1(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xE0) == 0x80)
            return true;
    return false;
}

bool hl7_charset_decode(const struct hl7_charset *set, struct str bytes, struct arena *a, struct str *ret_text)
{
    if (set->kind == HL7_SET_ISO_2022)
        return iso2022_decode(set, 0, bytes, a, ret_text);
    if (set->kind == HL7_SET_WIDE) {
        size_t bad;
        *ret_text = wide_decode(set, false, bytes, a, &bad);
        return !bad;
    }
    bool ascii = only_ascii(bytes);
    if (ascii || (set->kind == HL7_SET_UTF8 && str_utf8_valid(bytes))) {
        *ret_text = bytes;
        return true;
    }
    if (set->kind == HL7_SET_ASCII || set->kind == HL7_SET_UTF8 || (set->kind == HL7_SET_LATIN && has_c1(bytes)))
        return false;
    CLEANUP(charset_close) iconv_t cd = iconv_open("UTF-8", set->iconv);
    CLEANUP(buf_release) struct buf out;
    buf_init(&out, bytes.n * 4 + 64);
    if (cd == (iconv_t)-1 || !charset_convert(cd, bytes, &out))
        return false;
    *ret_text = arena_str(a, buf_view(&out));
    return true;
}

/* Every byte as the code point of its number: what nothing else can read. */
static struct str decode_latin1(struct str bytes, struct arena *a)
{
    char *p = arena_alloc(a, bytes.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c >= 0x80)
            p[n++] = (char)(0xC0 | c >> 6);
        p[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
    }
    return (struct str){p, n};
}

/* PostgreSQL and XML hold no zero byte, and no set above uses it inside a character: it becomes a blank. */
struct str charset_without_nul(struct str bytes, struct arena *a, struct hl7_quirks *quirks)
{
    if (!bytes.n || !memchr(bytes.p, 0, bytes.n))
        return bytes;
    struct str copy = arena_str(a, bytes);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (!p[i]) {
            p[i] = ' ';
            hl7_quirk(quirks, HL7_QUIRK_nul_bytes, 1);
        }
    return copy;
}

/* Text beyond ASCII (it was converted) in a set other than UTF-8, that is UTF-8 too: hardly by chance. */
static bool is_utf8_too(const struct hl7_charset *set, struct str bytes, struct str text)
{
    bool by_bytes = set->kind == HL7_SET_LATIN || set->kind == HL7_SET_BYTES;
    return by_bytes && text.p != bytes.p && str_utf8_valid(bytes);
}

struct str hl7_charset_read(const struct hl7_charset *set, const struct hl7_reading *how, struct str bytes,
                            struct arena *a, struct hl7_charset_used *ret_used, struct hl7_quirks *quirks)
{
    struct str text;
    bytes = charset_without_nul(bytes, a, quirks);
    *ret_used = (struct hl7_charset_used){.declared = set, .read_as = set};
    if (how && how->known && hl7_charset_decode(how->known, bytes, a, &text)) {
        ret_used->read_as = how->known;
        return text;
    }
    if (hl7_charset_decode(set, bytes, a, &text)) {
        if (!is_utf8_too(set, bytes, text))
            return text;
        hl7_quirk(quirks, HL7_QUIRK_utf8_undeclared, 1);
        if (!how || !how->utf8_first)
            return text;
        ret_used->read_as = &rows[ROW_UTF8];
        return bytes;
    }
    const struct hl7_charset *others[] = {&rows[ROW_UTF8], how ? how->fallback : NULL,
                                          hl7_charset_find(STR("WINDOWS-1252"))};
    hl7_quirk(quirks, HL7_QUIRK_charset_invalid, 1);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        ret_used->read_as = others[i];
        if (others[i] && hl7_charset_decode(others[i], bytes, a, &text))
            return text;
    }
    ret_used->read_as = hl7_charset_find(STR("8859/1"));
    return decode_latin1(bytes, a);
}

size_t charset_first_char(struct str s, unsigned *ret_code_point)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 1;
    if (len > s.n || !str_utf8_valid(str_sub(s, 0, len))) {
        *ret_code_point = 0;
        return 1;
    }
    unsigned v = len == 1 ? p[0] : p[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++)
        v = v << 6 | (p[i] & 0x3F);
    *ret_code_point = v;
    return len;
}

static bool put_text(iconv_t cd, const char *text, size_t n, struct buf *out)
{
    char *p = (char *)(uintptr_t)text;
    return iconv_step(cd, &p, &n, out) != (size_t)-1;
}

/* Write the character at *in, which the set lacks, as another set numbers it or as a similar one, and pass it. */
static bool put_similar(iconv_t cd, char **in, size_t *left, struct buf *out, size_t *replaced)
{
    unsigned code_point;
    char variant[4];
    size_t len = charset_first_char((struct str){*in, *left}, &code_point);
    unsigned other = charset_variant(code_point);
    *in += len;
    *left -= len;
    if (other && put_text(cd, variant, charset_put_utf8(other, variant), out))
        return true;
    const char *similar = charset_similar(code_point);
    similar = similar ? similar : "?";
    ++*replaced;
    return !similar[0] || put_text(cd, similar, strlen(similar), out);
}

static bool encode_all(iconv_t cd, struct str text, struct buf *out, size_t *replaced)
{
    char *in = (char *)(uintptr_t)text.p;
    size_t left = text.n;
    while (left && !out->failed) {
        if (iconv_step(cd, &in, &left, out) != (size_t)-1 || errno == E2BIG)
            continue;
        if (!put_similar(cd, &in, &left, out, replaced))
            return false;
    }
    return iconv_step(cd, NULL, NULL, out) != (size_t)-1;
}

static bool encode_ascii_below(const struct hl7_charset *set, struct str text, struct buf *out, size_t *replaced,
                               struct err *e)
{
    CLEANUP(charset_close) iconv_t cd = iconv_open(set->iconv, "UTF-8");
    if (cd == (iconv_t)-1)
        return err_set(e, ERR_INTERNAL, "the C library does not know the character set '%s'", set->iconv);
    if (!encode_all(cd, text, out, replaced) && !out->failed)
        return err_set(e, ERR_INTERNAL, "conversion to the character set '%s' failed", set->name);
    return true;
}

bool hl7_charset_encode(const struct hl7_charset *set, struct str text, struct buf *out, size_t *ret_replaced,
                        struct err *e)
{
    size_t replaced = 0;
    struct hl7_charset_sets by_escape = {.set = {charset_ascii(), set}, .n = 2, .by_escape = true};
    if (set->kind == HL7_SET_ISO_2022)
        return hl7_charset_write(&by_escape, NULL, text, out, ret_replaced, e);
    if (set->kind == HL7_SET_UTF8 || (set->kind != HL7_SET_WIDE && only_ascii(text)))
        buf_str(out, text);
    else if (!encode_ascii_below(set, text, out, &replaced, e))
        return false;
    if (!buf_ok(out, e))
        return false;
    if (ret_replaced)
        *ret_replaced = replaced;
    return true;
}
