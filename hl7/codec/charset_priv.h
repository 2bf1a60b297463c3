/* Inside the codec: conversion by name, and text that switches its set on the way. */
#ifndef HL7_CHARSET_PRIV_H
#define HL7_CHARSET_PRIV_H

#include <iconv.h>

#include "hl7/codec/charset.h"

const struct hl7_charset *charset_ascii(void);

/* Append bytes as converted by a stateless iconv descriptor; false if they do not fit its set or the output
 * is full. */
bool charset_convert(iconv_t cd, struct str bytes, struct buf *out);
/* For CLEANUP: closes what iconv_open() gave, unless it failed. */
void charset_close(iconv_t *cd);

/* ISO 2022 text to UTF-8: ASCII below 80H, `base` above, until an escape sequence (1BH …, or \Cxxyy\ and
 * \Mxxyyzz\ with this escape character, 0 if there is none) designates another set; the end of a segment
 * brings the base back. */
bool iso2022_decode(const struct hl7_charset *base, char escape, struct str bytes, struct arena *a,
                    struct str *ret_text);

/* A designation of ISO 2022: the bytes after ESC, which half of the byte range it takes, and how its bytes are handed
 * to iconv. */
struct iso2022_code {
    const char *designator;
    bool upper;        /* G1: bytes 80H and above; else G0: bytes below */
    int width;         /* bytes a character */
    char prefix;       /* put before each character for iconv, 0 for none */
    const char *iconv; /* NULL: ASCII */
    const char *set;   /* the row of charsets.def that is written this way, NULL: only read */
};
extern const struct iso2022_code iso2022_codes[];
extern const size_t iso2022_code_count;
/* How a set is switched to, or NULL. */
const struct iso2022_code *iso2022_code_of(const struct hl7_charset *set);

/* The character at the front of UTF-8 text; its length in bytes, 1 for what is no character (code point 0). */
size_t charset_first_char(struct str s, unsigned *ret_code_point);
/* Bytes of UTF-16 or UTF-32 to UTF-8; what is no character becomes U+FFFD and is counted. */
struct str wide_decode(const struct hl7_charset *set, bool little, struct str bytes, struct arena *a, size_t *ret_bad);
/* A message in UTF-16 or UTF-32, known by its byte order mark or the shape of "MSH", to UTF-8; other bytes stay as they
 * are, with *ret_set NULL. */
struct str wide_message(struct str bytes, struct arena *a, const struct hl7_charset **ret_set,
                        struct hl7_quirks *quirks);
/* Zero bytes become blanks. */
struct str charset_without_nul(struct str bytes, struct arena *a, struct hl7_quirks *quirks);
/* The same character as other sets number it (U+FF5E for U+301C), 0 for none. */
unsigned charset_variant(unsigned code_point);
size_t charset_put_utf8(unsigned code_point, char ret_bytes[4]);

/* A similar ASCII text for a character, or NULL; empty for a mark that only changes the letter before
 * it. Never contains a delimiter of HL7. */
const char *charset_similar(unsigned code_point);

#endif
