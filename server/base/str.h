/* Slices of bytes that somebody else owns: a struct str never owns what it points at and need not end in NUL.
 * Threads: values, no sharing. Cost: two words. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((struct str){0, 0})
/* For printf: printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

struct str str_of(const char *cstr); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *cstr);
bool str_is_nocase(struct str a, const char *cstr); /* ASCII letters only */
int str_cmp(struct str a, struct str b);            /* by bytes, as memcmp then length */
bool str_starts(struct str a, const char *prefix);
bool str_ends(struct str a, const char *suffix);
struct str str_sub(struct str s, size_t from, size_t n); /* clipped to s */
struct str str_trim(struct str s);                       /* spaces, tabs, CR, LF at both ends */
/* The offset of c in s, or s.n. */
size_t str_find(struct str s, char c);
/* Take the part of *rest before the next sep and move *rest behind it. False when *rest is used up.
 * An empty string has one empty part, like "a,,b" has three. Start: rest->p non-NULL. */
bool str_next(struct str *rest, char sep, struct str *ret_part);
/* Decimal integers: whole slice, sign allowed; false outside int64. */
bool str_int(struct str s, int64_t *ret_n);
/* Copy into a fixed array, cut at its size, always NUL-terminated. False if it was cut. */
bool str_copy(char *to, size_t size, struct str s);
/* Bytes form valid UTF-8 (no surrogates, no overlong forms, no NUL). */
bool str_utf8_valid(struct str s);
/* The longest prefix of at most n bytes that does not cut a UTF-8 character. */
struct str str_utf8_clip(struct str s, size_t n);
/* Number of Unicode code points in valid UTF-8. */
size_t str_utf8_count(struct str s);

#endif
