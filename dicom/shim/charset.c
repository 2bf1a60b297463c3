#include "dicom/shim/charset.h"

#include <errno.h>
#include <iconv.h>
#include <pthread.h>
#include <string.h>

#include "base/buf.h"

enum kind { SINGLE, MULTI, G0, G1 };

struct charset {
    const char *plain, *extended, *iconv, *escape;
    enum kind kind;
};

static const struct charset sets[] = {
#define CHARSET(plain, extended, iconv, escape, kind) {plain, extended, iconv, escape, kind},
#include "charsets.def"
#undef CHARSET
};
enum { SETS = sizeof sets / sizeof *sets, TERMS_MAX = 8, ESC = 0x1B };

#define ASCII_SET (&sets[0])
#define LATIN1_SET (&sets[1])

/* ---- converters, opened once per thread and set ---- */

struct converters {
    iconv_t from[SETS], to[SETS]; /* zero: not opened yet */
};

static pthread_key_t key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

static void converters_free(void *p)
{
    struct converters *c = p;
    for (int i = 0; i < SETS; i++) {
        if (c->from[i] && c->from[i] != (iconv_t)-1)
            iconv_close(c->from[i]);
        if (c->to[i] && c->to[i] != (iconv_t)-1)
            iconv_close(c->to[i]);
    }
    mem_free(c);
}

static void key_make(void)
{
    pthread_key_create(&key, converters_free);
}

static struct converters *converters(void)
{
    pthread_once(&key_once, key_make);
    struct converters *c = pthread_getspecific(key);
    if (!c) {
        c = mem_zalloc(sizeof *c);
        pthread_setspecific(key, c);
    }
    return c;
}

static iconv_t converter(const struct charset *s, bool to)
{
    struct converters *c = converters();
    iconv_t *at = to ? &c->to[s - sets] : &c->from[s - sets];
    if (!*at)
        *at = to ? iconv_open(s->iconv, "UTF-8") : iconv_open("UTF-8", s->iconv);
    return *at;
}

/* ---- terms ---- */

/* Letters and digits alone, so that "ISO-IR 100" and "iso_ir 100" are what they mean. */
static void squeeze(struct str s, char ret[24])
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < 23; i++) {
        char c = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            ret[n++] = c;
    }
    ret[n] = '\0';
}

static const struct charset *set_find(struct str term)
{
    char wanted[24], has[24];
    squeeze(term, wanted);
    for (int i = 0; i < SETS; i++) {
        const char *names[] = {sets[i].plain, sets[i].extended};
        for (int n = 0; n < 2; n++) {
            if (!names[n])
                continue;
            squeeze(str_of(names[n]), has);
            if (strcmp(has, wanted) == 0)
                return &sets[i];
        }
    }
    return NULL;
}

struct repertoire {
    const struct charset *set[TERMS_MAX]; /* the first is in force at the beginning */
    int n;
    bool unknown;
};

static struct repertoire repertoire_of(struct str terms)
{
    struct repertoire r = {.n = 0};
    struct str rest = terms.p ? terms : STR(""), term;
    while (str_next(&rest, '\\', &term) && r.n < TERMS_MAX) {
        const struct charset *s = set_find(str_trim(term));
        if (!s) {
            r.unknown = true;
            s = LATIN1_SET;
        }
        r.set[r.n++] = s;
    }
    /* A two-byte set cannot come first; it means the default repertoire and that set. */
    if (r.n && (r.set[0]->kind == G0 || r.set[0]->kind == G1) && r.n < TERMS_MAX) {
        memmove(r.set + 1, r.set, sizeof *r.set * (size_t)r.n++);
        r.set[0] = ASCII_SET;
    }
    return r;
}

bool dicom_charset_known(struct str terms)
{
    return !repertoire_of(terms).unknown;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ESC)
            return false;
    return true;
}

static void mark(bool *lossy)
{
    if (lossy)
        *lossy = true;
}

/* ---- to UTF-8 ---- */

struct decoder {
    struct buf *out;
    const struct charset *g0, *g1, *initial;
    bool pn;
    bool *lossy;
};

static void convert_run(const struct charset *s, struct str run, struct buf *out, bool *lossy)
{
    iconv_t cd = converter(s, false);
    char *in = (char *)(uintptr_t)run.p;
    size_t left = run.n;
    while (cd != (iconv_t)-1 && left > 0) {
        char *to = buf_reserve(out, left * 4);
        size_t room = left * 4;
        if (!to)
            return;
        size_t r = iconv(cd, &in, &left, &to, &room);
        buf_grew(out, (size_t)(to - (out->p + out->n)));
        if (r == (size_t)-1 && errno != E2BIG) {
            buf_puts(out, "\xEF\xBF\xBD");
            mark(lossy);
            in++;
            left--;
            iconv(cd, NULL, NULL, NULL, NULL);
        }
    }
    if (left > 0)
        mark(lossy);
}

/* iconv lets code points beyond Unicode pass from UTF-8 to UTF-8, so this is done by hand. */
static void copy_utf8(struct str s, struct buf *out, bool *lossy)
{
    while (s.n > 0) {
        unsigned char c = (unsigned char)s.p[0];
        size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        struct str one = str_sub(s, 0, n);
        bool good = one.n == n && str_utf8_valid(one);
        if (good) {
            buf_str(out, one);
        } else {
            buf_puts(out, "\xEF\xBF\xBD");
            mark(lossy);
        }
        s = str_sub(s, good ? n : 1, s.n);
    }
}

/* An escape sequence at p: select its set and return its length; 1 for one that is not known. */
static size_t take_escape(struct decoder *d, struct str s)
{
    static const struct {
        const char *escape;
        int set; /* the row it means */
    } also[] = {{"\033(J", 0}, {"\033$@", 13}};
    for (int i = 0; i < SETS; i++) {
        if (!sets[i].escape || !str_starts(s, sets[i].escape))
            continue;
        if (sets[i].kind == G0 || &sets[i] == ASCII_SET)
            d->g0 = &sets[i];
        else
            d->g1 = &sets[i];
        return strlen(sets[i].escape);
    }
    for (size_t i = 0; i < sizeof also / sizeof *also; i++)
        if (str_starts(s, also[i].escape)) {
            d->g0 = &sets[also[i].set];
            return strlen(also[i].escape);
        }
    mark(d->lossy);
    return 1;
}

/* Two-byte characters below 0x80, said in EUC-JP: high bits set, and 0x8F before those of JIS X 0212. */
static size_t take_pairs(struct decoder *d, struct str s)
{
    struct buf euc CLEANUP(buf_release);
    buf_init(&euc, s.n * 2 + 8);
    bool supplementary = strcmp(d->g0->escape, "\033$(D") == 0;
    size_t n = 0;
    while (n + 1 < s.n && (unsigned char)s.p[n] > 0x20 && (unsigned char)s.p[n] < 0x7F) {
        if (supplementary)
            buf_putc(&euc, (char)0x8F);
        buf_putc(&euc, (char)(s.p[n] | 0x80));
        buf_putc(&euc, (char)(s.p[n + 1] | 0x80));
        n += 2;
    }
    convert_run(d->g0, buf_view(&euc), d->out, d->lossy);
    return n;
}

static bool resets(char c, bool pn)
{
    return c == '\\' || c == '\r' || c == '\n' || c == '\f' || c == '\t' || (pn && (c == '^' || c == '='));
}

static size_t take_ascii(struct decoder *d, struct str s)
{
    if (resets(s.p[0], d->pn)) {
        d->g0 = ASCII_SET;
        d->g1 = d->initial;
    }
    buf_putc(d->out, s.p[0]);
    return 1;
}

static size_t take_high(struct decoder *d, struct str s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] >= 0x80)
        n++;
    const struct charset *set = d->g1;
    if (set == ASCII_SET) {
        set = LATIN1_SET; /* what most senders that declare nothing mean */
        mark(d->lossy);
    }
    convert_run(set, str_sub(s, 0, n), d->out, d->lossy);
    return n;
}

static void decode_extended(struct decoder *d, struct str s)
{
    while (s.n > 0) {
        unsigned char c = (unsigned char)s.p[0];
        size_t n = 0;
        if (c == ESC)
            n = take_escape(d, s);
        else if (c >= 0x80)
            n = take_high(d, s);
        else if (d->g0->kind == G0 && c > 0x20 && c < 0x7F)
            n = take_pairs(d, s);
        if (n == 0)
            n = take_ascii(d, s);
        s = str_sub(s, n, s.n - n);
    }
}

struct str dicom_charset_decode(struct str terms, struct str bytes, bool pn, struct arena *a, bool *ret_lossy)
{
    if (is_ascii(bytes))
        return arena_str(a, bytes);
    struct repertoire r = repertoire_of(terms);
    if (r.unknown)
        mark(ret_lossy);
    bool undeclared = r.n == 1 && r.set[0] == ASCII_SET;
    if ((undeclared || strcmp(r.set[0]->iconv, "UTF-8") == 0) && str_utf8_valid(bytes)) {
        if (undeclared)
            mark(ret_lossy);
        return arena_str(a, bytes);
    }
    struct buf out CLEANUP(buf_release);
    buf_init(&out, bytes.n * 8 + 64);
    if (strcmp(r.set[0]->iconv, "UTF-8") == 0) {
        copy_utf8(bytes, &out, ret_lossy);
    } else if (r.set[0]->kind == MULTI) {
        convert_run(r.set[0], bytes, &out, ret_lossy);
    } else {
        struct decoder d = {&out, ASCII_SET, r.set[0], r.set[0], pn, ret_lossy};
        decode_extended(&d, bytes);
    }
    return arena_str(a, buf_view(&out));
}

/* ---- from UTF-8 ---- */

/* Base letters of U+00C0 … U+017F, for sets that lack the accents. */
static const char *const latin[] = {
    "A", "A", "A",  "A",  "Ae", "A", "AE", "C", "E", "E", "E", "E", "I",  "I", "I",  "I", /* C0 */
    "D", "N", "O",  "O",  "O",  "O", "Oe", "x", "O", "U", "U", "U", "Ue", "Y", "Th", "ss",
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i", /* E0 */
    "d", "n", "o",  "o",  "o",  "o", "oe", "/", "o", "u", "u", "u", "ue", "y", "th", "y",
    "A", "a", "A",  "a",  "A",  "a", "C",  "c", "C", "c", "C", "c", "C",  "c", "D",  "d", /* 100 */
    "D", "d", "E",  "e",  "E",  "e", "E",  "e", "E", "e", "E", "e", "G",  "g", "G",  "g",
    "G", "g", "G",  "g",  "H",  "h", "H",  "h", "I", "i", "I", "i", "I",  "i", "I",  "i", /* 120 */
    "I", "i", "IJ", "ij", "J",  "j", "K",  "k", "q", "L", "l", "L", "l",  "L", "l",  "L",
    "l", "L", "l",  "N",  "n",  "N", "n",  "N", "n", "n", "N", "n", "O",  "o", "O",  "o", /* 140 */
    "O", "o", "OE", "oe", "R",  "r", "R",  "r", "R", "r", "S", "s", "S",  "s", "S",  "s",
    "S", "s", "T",  "t",  "T",  "t", "T",  "t", "U", "u", "U", "u", "U",  "u", "U",  "u", /* 160 */
    "U", "u", "U",  "u",  "W",  "w", "Y",  "y", "Y", "Z", "z", "Z", "z",  "Z", "z",  "s"};

struct encoder {
    struct buf *out;
    struct repertoire r;
    const struct charset *g0, *g1; /* in force */
    bool *lossy;
};

/* One character in a set: its bytes there, or 0. */
static size_t encode_char(const struct charset *s, struct str ch, char ret_bytes[8])
{
    iconv_t cd = converter(s, true);
    if (cd == (iconv_t)-1 || s == ASCII_SET)
        return 0;
    char *in = (char *)(uintptr_t)ch.p, *to = ret_bytes;
    size_t left = ch.n, room = 8;
    size_t r = iconv(cd, &in, &left, &to, &room);
    iconv(cd, NULL, NULL, NULL, NULL);
    size_t n = 8 - room;
    if (r != 0 || left > 0)
        return 0;
    const unsigned char *b = (const unsigned char *)ret_bytes;
    bool jisx0212 = s->escape && strcmp(s->escape, "\033$(D") == 0;
    if (s->kind == SINGLE)
        return n == 1 && b[0] >= 0x80 ? 1 : 0;
    if (s->kind == G0 && jisx0212)
        return n == 3 && b[0] == 0x8F ? 3 : 0;
    if (s->kind == G0 || s->kind == G1)
        return n == 2 && b[0] >= 0xA1 && b[1] >= 0xA1 ? 2 : 0;
    return n;
}

static void to_ascii(struct encoder *en)
{
    if (en->g0 == ASCII_SET)
        return;
    bool romaji = en->r.set[0]->escape && strcmp(en->r.set[0]->escape, "\033)I") == 0;
    buf_puts(en->out, romaji ? "\033(J" : "\033(B");
    en->g0 = ASCII_SET;
}

static void put_char(struct encoder *en, const struct charset *s, const char *bytes, size_t n)
{
    if (s->kind == G0) {
        if (en->g0 != s)
            buf_puts(en->out, s->escape);
        en->g0 = s;
        buf_putc(en->out, (char)(bytes[n - 2] & 0x7F));
        buf_putc(en->out, (char)(bytes[n - 1] & 0x7F));
        return;
    }
    if (s->kind != MULTI && en->g1 != s) {
        to_ascii(en);
        buf_puts(en->out, s->escape);
        en->g1 = s;
    }
    buf_put(en->out, bytes, n);
}

static const char *base_letter(struct str ch)
{
    if (ch.n != 2)
        return NULL;
    unsigned u = ((unsigned)ch.p[0] & 0x1F) << 6 | ((unsigned)ch.p[1] & 0x3F);
    return u >= 0xC0 && u - 0xC0 < sizeof latin / sizeof *latin ? latin[u - 0xC0] : NULL;
}

static void put_other(struct encoder *en, struct str ch)
{
    char bytes[8];
    const struct charset *first[] = {en->g1, en->g0}; /* what is in force needs no escape */
    for (int i = 0; i < en->r.n + 2; i++) {
        const struct charset *s = i < 2 ? first[i] : en->r.set[i - 2];
        size_t n = encode_char(s, ch, bytes);
        if (n) {
            put_char(en, s, bytes, n);
            return;
        }
    }
    mark(en->lossy);
    to_ascii(en);
    const char *base = base_letter(ch);
    buf_puts(en->out, base ? base : "?");
}

static void encode_extended(struct encoder *en, struct str s, bool pn)
{
    while (s.n > 0) {
        if ((unsigned char)s.p[0] < 0x80) {
            to_ascii(en);
            if (resets(s.p[0], pn))
                en->g1 = en->r.set[0];
            if (s.p[0] != ESC)
                buf_putc(en->out, s.p[0]);
            s = str_sub(s, 1, s.n - 1);
            continue;
        }
        size_t n = 1;
        while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n++;
        put_other(en, str_sub(s, 0, n));
        s = str_sub(s, n, s.n - n);
    }
    to_ascii(en);
}

struct str dicom_charset_encode(struct str terms, struct str utf8, bool pn, struct arena *a, bool *ret_lossy)
{
    if (is_ascii(utf8))
        return arena_str(a, utf8);
    struct repertoire r = repertoire_of(terms);
    if (r.set[0]->kind == MULTI && strcmp(r.set[0]->iconv, "UTF-8") == 0)
        return arena_str(a, utf8);
    struct buf out CLEANUP(buf_release);
    buf_init(&out, utf8.n * 8 + 64);
    struct encoder en = {&out, r, ASCII_SET, r.set[0], ret_lossy};
    encode_extended(&en, utf8, pn);
    return arena_str(a, buf_view(&out));
}
