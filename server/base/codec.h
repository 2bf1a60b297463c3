/* Base64 (RFC 4648 §4, §5) and hexadecimal text. Threads: any. */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include "base/buf.h"

void base64_put(struct buf *b, struct str bytes);
/* Padded or not, line breaks and spaces skipped; INVALID for anything else. */
bool base64_decode(struct str text, struct buf *ret_bytes, struct err *e);
void hex_put(struct buf *b, const void *bytes, size_t n); /* lower case */
bool hex_decode(struct str text, unsigned char *ret_bytes, size_t n, struct err *e);

#endif
