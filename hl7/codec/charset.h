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

struct hl7_delims;

enum hl7_charset_kind {
    HL7_SET_ASCII,   /* 7 bit */
    HL7_SET_UTF8,    /* read and checked without conversion */
    HL7_SET_LATIN,   /* ISO 8859: one byte a character, 80H–9FH are not text */
    HL7_SET_BYTES,   /* any other set that has ASCII in its lower half */
    HL7_SET_WIDE,    /* UTF-16, UTF-32: told by the bytes of the message, written with the high byte first */
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
 * Windows-1252; what fits the declared set and UTF-8 as well is read as declared, and counted. */
struct hl7_reading {
    const struct hl7_charset *usual;    /* what this sender means by an empty MSH-18 */
    const struct hl7_charset *fallback; /* for bytes that fit neither the declared set nor UTF-8 */
    bool utf8_first;                    /* what is UTF-8 is read so, though another set of one byte was declared */
    const struct hl7_charset *known;    /* these very bytes were read as this set before; NULL: they were not */
};

/* What MSH-18 asked for and what the text really was. */
struct hl7_charset_used {
    const struct hl7_charset *declared; /* to answer in; ASCII if MSH-18 names an unknown set */
    const struct hl7_charset *read_as;
    bool by_escape; /* the bytes switched sets by ESC, not by \C..\ and \M..\ */
};

/* Bytes of exactly this set to UTF-8; false if they do not fit it. */
bool hl7_charset_decode(const struct hl7_charset *set, struct str bytes, struct arena *a, struct str *ret_text);
/* Bytes of a set to UTF-8 by the rules of struct hl7_reading; always gives valid UTF-8 and counts what was
 * wrong. */
struct str hl7_charset_read(const struct hl7_charset *set, const struct hl7_reading *how, struct str bytes,
                            struct arena *a, struct hl7_charset_used *ret_used, struct hl7_quirks *quirks);
/* UTF-8 to bytes of a set, appended. A character the set lacks is written as a similar one ("ő" as "o") or
 * "?"; *ret_replaced counts them. INTERNAL if iconv lacks the set, TOO_LARGE over the buffer's ceiling. */
bool hl7_charset_encode(const struct hl7_charset *set, struct str text, struct buf *out, size_t *ret_replaced,
                        struct err *e);

/* What a receiver reads: the sets of its MSH-18. set[0] is the one every segment begins in. */
enum { HL7_SETS_MAX = 10 };
struct hl7_charset_sets {
    const struct hl7_charset *set[HL7_SETS_MAX];
    size_t n;
    bool by_escape; /* switch by ESC (MSH-20 "ISO 2022-1994"), not by \C..\ and \M..\ (MSH-20 "2.3" or empty) */
};
/* From the texts of MSH-18 ("8859/1", "8859/1~ISO IR87", "~ISO IR87"; empty: ASCII) and MSH-20. INVALID when a set is
 * not known, or one behind the first can not be switched to. */
bool hl7_charset_sets(struct str msh18, struct str msh20, struct hl7_charset_sets *ret_sets, struct err *e);
/* A whole message or run of segments, delimiters and escapes in place, to the bytes a receiver of these sets reads,
 * appended. Characters that no set has are written as similar ones or "?", and counted in *ret_replaced (may be NULL):
 * it never fails for what the text says, and never cuts a character. Sets are switched back before each delimiter. */
bool hl7_charset_write(const struct hl7_charset_sets *sets, const struct hl7_delims *d, struct str text,
                       struct buf *out, size_t *ret_replaced, struct err *e);

#endif
