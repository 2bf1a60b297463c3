/* Character sets of MSH-18 (HL7 table 0211, with the aliases and the DICOM and IANA names found in the
 * field). Inside the server all text is UTF-8: bytes are decoded before a message is split, because the
 * second byte of a Japanese, Chinese or Korean character may look like a delimiter. Threads: any; the table
 * is constant. Cost: ASCII and valid UTF-8 are not copied; the rest goes through iconv(3). */
#ifndef HL7_CHARSET_H
#define HL7_CHARSET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "hl7/codec/quirks.h"

enum hl7_charset_kind {
    HL7_SET_ASCII,   /* 7 bit */
    HL7_SET_UTF8,    /* read and checked without conversion */
    HL7_SET_LATIN,   /* ISO 8859: one byte a character, 80H–9FH are not text */
    HL7_SET_BYTES,   /* any other set that has ASCII in its lower half */
    HL7_SET_ISO_2022 /* reached through escape sequences (\Cxxyy\, \Mxxyyzz\ or ESC) */
};

struct hl7_charset {
    const char *name;  /* as MSH-18 writes it */
    const char *iconv; /* as iconv_open() knows it */
    enum hl7_charset_kind kind;
    const char *aliases; /* letters and digits only, upper case, blank between */
};

/* By any of its names; letter case, blanks and punctuation do not matter. NULL: unknown. */
const struct hl7_charset *hl7_charset_find(struct str name);
/* The rows, for listings. */
const struct hl7_charset *hl7_charset_rows(size_t *ret_count);

/* How to read a sender's bytes. Zeroed: MSH-18 empty means ASCII; what does not fit is tried as UTF-8, then
 * Windows-1252. */
struct hl7_reading {
    const struct hl7_charset *usual;    /* what this sender means by an empty MSH-18 */
    const struct hl7_charset *fallback; /* for bytes that fit neither the declared set nor UTF-8 */
};

/* What MSH-18 asked for and what the text really was. */
struct hl7_charset_used {
    const struct hl7_charset *declared; /* to answer in; ASCII if MSH-18 names an unknown set */
    const struct hl7_charset *read_as;
};

/* Bytes of exactly this set to UTF-8; false if they do not fit it. */
bool hl7_charset_decode(const struct hl7_charset *set, struct str bytes, struct arena *a,
                        struct str *ret_text);
/* Bytes of a set to UTF-8 by the rules of struct hl7_reading; always gives valid UTF-8 and counts what was
 * wrong. */
struct str hl7_charset_read(const struct hl7_charset *set, const struct hl7_reading *how, struct str bytes,
                            struct arena *a, struct hl7_charset_used *ret_used, struct hl7_quirks *quirks);
/* UTF-8 to bytes of a set, appended. A character the set lacks is written as a similar one ("ő" as "o") or
 * "?"; *ret_replaced counts them. INTERNAL if iconv lacks the set, TOO_LARGE over the buffer's ceiling. */
bool hl7_charset_encode(const struct hl7_charset *set, struct str text, struct buf *out, size_t *ret_replaced,
                        struct err *e);

#endif
