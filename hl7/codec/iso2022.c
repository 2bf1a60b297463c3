#include <string.h>

#include "hl7/codec/charset_priv.h"

enum { DESCRIPTORS = 24 }; /* more than there are sets */

struct walk {
    struct { /* opened once each, however often the text switches */
        const char *name;
        iconv_t cd;
    } open[DESCRIPTORS];
    int n_open;
    struct str rest;
    char escape;
    const char *base; /* iconv name for the upper half before any designation, NULL for none */
    const struct iso2022_code *lower, *upper;
    struct buf out, run;
};

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \Cxxyy\ or \Mxxyyzz\ at the front: its length and the bytes it spells, else 0. */
static size_t spelled(const struct walk *w, char ret_bytes[4])
{
    struct str s = w->rest;
    if (!w->escape || s.n < 7 || s.p[0] != w->escape || (s.p[1] != 'C' && s.p[1] != 'M'))
        return 0;
    size_t n = 0, i = 2;
    for (; n < 3 && i + 1 < s.n && hex(s.p[i]) >= 0 && hex(s.p[i + 1]) >= 0; i += 2)
        ret_bytes[n++] = (char)(hex(s.p[i]) << 4 | hex(s.p[i + 1]));
    ret_bytes[n] = '\0';
    return n >= 2 && i < s.n && s.p[i] == w->escape ? i + 1 : 0;
}

/* The designation at the front and its length, or NULL. */
static const struct iso2022_code *designation(const struct walk *w, size_t *ret_length)
{
    char bytes[4];
    size_t length = spelled(w, bytes);
    for (size_t i = 0; i < iso2022_code_count; i++) {
        const char *d = iso2022_codes[i].designator;
        bool raw = w->rest.p[0] == 0x1B && str_starts(str_sub(w->rest, 1, 4), d);
        if (raw || (length && strcmp(bytes, d) == 0)) {
            *ret_length = raw ? 1 + strlen(d) : length;
            return &iso2022_codes[i];
        }
    }
    return NULL;
}

/* Pass a designation at the front, if there is one. */
static bool pass_designation(struct walk *w)
{
    size_t length;
    const struct iso2022_code *c = designation(w, &length);
    if (!c)
        return false;
    if (c->upper)
        w->upper = c;
    else
        w->lower = c;
    w->rest = str_sub(w->rest, length, w->rest.n);
    return true;
}

static bool convert_run(struct walk *w, const char *name, struct str run)
{
    int i = 0;
    while (i < w->n_open && strcmp(w->open[i].name, name) != 0)
        i++;
    if (i == w->n_open) {
        iconv_t cd = i < DESCRIPTORS ? iconv_open("UTF-8", name) : (iconv_t)-1;
        if (cd == (iconv_t)-1)
            return false;
        w->open[w->n_open].name = name;
        w->open[w->n_open++].cd = cd;
    }
    return charset_convert(w->open[i].cd, run, &w->out);
}

static bool is_upper(char c)
{
    return (unsigned char)c >= 0x80;
}

/* One character of a set other than ASCII, as iconv wants it. False if it is cut off or no character. */
static bool gather_char(struct walk *w, const struct iso2022_code *c)
{
    if (w->rest.n < (size_t)c->width)
        return false;
    if (c->prefix)
        buf_putc(&w->run, c->prefix);
    for (int i = 0; i < c->width; i++) {
        if (is_upper(w->rest.p[i]) != c->upper || (w->rest.p[i] & 0x7F) < 0x20)
            return false;
        buf_putc(&w->run, (char)(w->rest.p[i] | 0x80));
    }
    w->rest = str_sub(w->rest, (size_t)c->width, w->rest.n);
    return true;
}

static bool run_goes_on(const struct walk *w, const struct iso2022_code *c)
{
    size_t length;
    if (!w->rest.n || is_upper(w->rest.p[0]) != c->upper || (unsigned char)w->rest.p[0] <= 0x20)
        return false;
    return w->rest.p[0] != w->escape || !designation(w, &length);
}

/* All characters up to the next control byte, blank, designation or change of half. */
static bool gather_run(struct walk *w, const struct iso2022_code *c)
{
    buf_reset(&w->run);
    while (run_goes_on(w, c))
        if (!gather_char(w, c))
            return false;
    return convert_run(w, c->iconv, buf_view(&w->run));
}

static bool base_run(struct walk *w)
{
    size_t n = 0;
    while (n < w->rest.n && is_upper(w->rest.p[n]))
        n++;
    struct str run = str_sub(w->rest, 0, n);
    w->rest = str_sub(w->rest, n, w->rest.n);
    return w->base && convert_run(w, w->base, run);
}

static bool step(struct walk *w)
{
    char c = w->rest.p[0];
    if ((c == 0x1B || (w->escape && c == w->escape)) && pass_designation(w))
        return true;
    if (c == 0x1B)
        return false;
    if (is_upper(c))
        return w->upper ? gather_run(w, w->upper) : base_run(w);
    if (w->lower && w->lower->iconv && c > 0x20)
        return gather_run(w, w->lower);
    if (c == '\r')
        w->lower = w->upper = NULL;
    buf_putc(&w->out, c);
    w->rest = str_sub(w->rest, 1, w->rest.n);
    return true;
}

static void release_walk(struct walk *w)
{
    buf_release(&w->out);
    buf_release(&w->run);
    for (int i = 0; i < w->n_open; i++)
        iconv_close(w->open[i].cd);
}

bool iso2022_decode(const struct hl7_charset *base, char escape, struct str bytes, struct arena *a,
                    struct str *ret_text)
{
    bool has_upper = base->kind == HL7_SET_LATIN || base->kind == HL7_SET_BYTES;
    CLEANUP(release_walk)
    struct walk w = {.rest = bytes, .escape = escape, .base = has_upper ? base->iconv : NULL};
    buf_init(&w.out, bytes.n * 4 + 64);
    buf_init(&w.run, bytes.n * 3 + 64);
    while (w.rest.n)
        if (!step(&w))
            return false;
    if (w.out.failed || !str_utf8_valid(buf_view(&w.out)))
        return false;
    *ret_text = arena_str(a, buf_view(&w.out));
    return true;
}
