/* Inside the codec: steps of parsing shared between its files. */
#ifndef HL7_MESSAGE_PRIV_H
#define HL7_MESSAGE_PRIV_H

#include "hl7/codec/message.h"

/* What an escape sequence stands for. */
enum escape_kind {
    ESCAPE_NONE,   /* no sequence: the escape character is text */
    ESCAPE_CHAR,   /* one character: a delimiter or line end, count times */
    ESCAPE_BYTES,  /* \Xhh…\: bytes in the character set of the message */
    ESCAPE_FORMAT, /* highlighting, indents, …: no text */
    ESCAPE_LOCAL   /* \Z…\: kept as text */
};

struct escape {
    enum escape_kind kind;
    size_t length;    /* of the whole sequence, both escape characters included; 1 for ESCAPE_NONE */
    char c;           /* ESCAPE_CHAR */
    unsigned count;   /* ESCAPE_CHAR */
    struct str bytes; /* ESCAPE_BYTES: the hexadecimal digits */
};

/* The sequence at the front of s, whose first byte is the escape character. It does not pass a delimiter. */
struct escape escape_at(const struct hl7_delims *d, struct str s);
/* Count what hl7_unescape() will keep as text. */
void escape_count(const struct hl7_delims *d, struct str text, struct hl7_quirks *quirks);

/* The n-th part (from 1) of s between separators, .p NULL if there is none; separator 0: s is its own only
 * part. */
struct str part_of(struct str s, char separator, size_t n);
/* Blanks, line ends, start of block and byte order marks at the front are passed over. */
struct str pass_leading(struct str s, struct hl7_quirks *quirks);
bool is_batch(struct str s);             /* begins with FHS, BHS, BTS or FTS */
bool is_header_segment(struct str name); /* MSH, FHS, BHS: fields 1 and 2 are the delimiters themselves */

#endif
