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

/* A similar ASCII text for a character, or NULL. Never contains a delimiter of HL7. */
const char *charset_similar(unsigned code_point);

#endif
