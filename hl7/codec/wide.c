/* UTF-16 and UTF-32. Their zero bytes look like nothing else, so a message tells by its own first bytes what it is in.
 */
#include <string.h>

#include "hl7/codec/charset_priv.h"

enum { REPLACEMENT = 0xFFFD };

struct wide_walk {
    struct str rest;
    size_t width; /* 2 or 4 */
    bool little;
};

static unsigned unit(const struct wide_walk *w, size_t at)
{
    unsigned v = 0;
    for (size_t i = 0; i < w->width; i++)
        v = v << 8 | (unsigned char)w->rest.p[at + (w->little ? w->width - 1 - i : i)];
    return v;
}

static bool is_half(unsigned v, unsigned from)
{
    return v >= from && v < from + 0x400;
}

/* The next character; REPLACEMENT for what is none. */
static unsigned next_char(struct wide_walk *w)
{
    size_t used = w->width;
    unsigned v = w->rest.n < used ? REPLACEMENT : unit(w, 0);
    if (w->width == 2 && is_half(v, 0xD800) && w->rest.n >= 4 && is_half(unit(w, 2), 0xDC00)) {
        v = 0x10000 + ((v - 0xD800) << 10) + (unit(w, 2) - 0xDC00);
        used = 4;
    }
    w->rest = str_sub(w->rest, used, w->rest.n);
    return v > 0x10FFFF || (v >= 0xD800 && v < 0xE000) ? REPLACEMENT : v;
}

size_t charset_put_utf8(unsigned v, char ret_bytes[4])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = v < 0x80 ? 1 : v < 0x800 ? 2 : v < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i; i--, v >>= 6)
        ret_bytes[i] = (char)(0x80 | (v & 0x3F));
    ret_bytes[0] = (char)(lead[n] | v);
    return n;
}

struct str wide_decode(const struct hl7_charset *set, bool little, struct str bytes, struct arena *a, size_t *ret_bad)
{
    struct wide_walk w = {bytes, strstr(set->iconv, "32") ? 4 : 2, little};
    char *p = arena_alloc(a, bytes.n * 2 + 4); /* two bytes give three at most */
    size_t n = 0;
    for (*ret_bad = 0; w.rest.n;) {
        unsigned v = next_char(&w);
        *ret_bad += v == REPLACEMENT;
        n += charset_put_utf8(v, p + n);
    }
    return (struct str){p, n};
}

#define MARK(literal) literal, sizeof(literal) - 1

struct str wide_message(struct str bytes, struct arena *a, const struct hl7_charset **ret_set,
                        struct hl7_quirks *quirks)
{
    static const struct {
        const char *begins;
        size_t n, mark; /* of these the byte order mark */
        const char *set;
        bool little;
    } shapes[] = {
        {MARK("\xFF\xFE\0\0"), 4, "UNICODE UTF-32", true},   {MARK("\0\0\xFE\xFF"), 4, "UNICODE UTF-32", false},
        {MARK("\xFF\xFE"), 2, "UNICODE UTF-16", true},       {MARK("\xFE\xFF"), 2, "UNICODE UTF-16", false},
        {MARK("M\0\0\0S\0\0\0"), 0, "UNICODE UTF-32", true}, {MARK("\0\0\0M\0\0\0S"), 0, "UNICODE UTF-32", false},
        {MARK("M\0S\0H\0"), 0, "UNICODE UTF-16", true},      {MARK("\0M\0S\0H"), 0, "UNICODE UTF-16", false},
    };
    *ret_set = NULL;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (bytes.n < shapes[i].n || memcmp(bytes.p, shapes[i].begins, shapes[i].n) != 0)
            continue;
        size_t bad;
        *ret_set = hl7_charset_find(str_of(shapes[i].set));
        bytes = wide_decode(*ret_set, shapes[i].little, str_sub(bytes, shapes[i].mark, bytes.n), a, &bad);
        hl7_quirk(quirks, HL7_QUIRK_bom, shapes[i].mark > 0);
        hl7_quirk(quirks, HL7_QUIRK_charset_invalid, bad > 0);
        return charset_without_nul(bytes, a, quirks);
    }
    return bytes;
}
