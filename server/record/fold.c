#include "record/record.h"

#include <wctype.h>

/* Base letters of U+00C0…U+017F; '\0' keeps the character (lower-cased). */
static const char base_letter[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuy\0saaaaaaaceeeeiiiidnooooo\0ouuuuy\0y" /* 00C0 */
                                  "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii\0\0jjkkklllllll" /* 0100 */
                                  "lllnnnnnnnnnoooooo\0\0rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"; /* 0140 */

static uint32_t decode(struct str s, size_t *i)
{
    unsigned char c = (unsigned char)s.p[(*i)++];
    if (c < 0x80)
        return c;
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    uint32_t v = c & (0x3f >> more);
    while (more-- && *i < s.n)
        v = v << 6 | ((unsigned char)s.p[(*i)++] & 0x3f);
    return v;
}

static size_t encode(char *to, uint32_t v)
{
    if (v < 0x80) {
        to[0] = (char)v;
        return 1;
    }
    int n = v < 0x800 ? 2 : v < 0x10000 ? 3 : 4;
    for (int i = n - 1; i > 0; i--, v >>= 6)
        to[i] = (char)(0x80 | (v & 0x3f));
    to[0] = (char)((0xF00 >> n & 0xff) | v);
    return (size_t)n;
}

struct str record_fold(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n * 2 + 4);
    size_t n = 0, i = 0;
    while (i < s.n) {
        uint32_t v = decode(s, &i);
        if (v == ' ' || v == '\t' || v == '\n' || v == '\r') {
            if (n && out[n - 1] != ' ')
                out[n++] = ' ';
            continue;
        }
        char letter = v >= 0xC0 && v < 0xC0 + sizeof base_letter - 1 ? base_letter[v - 0xC0] : '\0';
        if (letter)
            out[n++] = letter;
        else
            n += encode(out + n, v < 0x80 && v >= 'A' && v <= 'Z' ? v + 32 : (uint32_t)towlower((wint_t)v));
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (struct str){out, n};
}
