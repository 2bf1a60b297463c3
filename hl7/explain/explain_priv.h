/* Inside hl7/explain. */
#ifndef HL7_EXPLAIN_EXPLAIN_PRIV_H
#define HL7_EXPLAIN_EXPLAIN_PRIV_H

#include "hl7/codec/codec.h"
#include "hl7/explain/explain.h"
#include "hl7/net/net.h"

#define ROUTE(method, pattern, permission, audit, tx, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "hl7/explain/routes.def"
#undef ROUTE

enum { EXPLAIN_BODY_MAX = 16 << 20, EXPLAIN_JSON_MAX = 64 << 20 };

const struct explain_config *explain_settings(void);
/* How bytes are read that fit neither MSH-18 nor UTF-8; NULL for the usual. */
const struct hl7_charset *explain_fallback(void);
/* Send what the buffer holds as application/json; releases it. */
bool explain_json(struct gate_http *h, struct buf *b, struct err *e);
/* The message a request carries: {"message": …} as a person pasted it, or the bytes themselves under any other type. */
bool explain_message(struct op *op, struct gate_http *h, struct str *ret_message, struct err *e);
/* Text as a person wrote it, as its sender would have sent it: lines end in CR, bytes are of the set MSH-18 names. */
struct str explain_bytes(struct arena *a, struct str text);
/* "name":[…] of texts. */
void explain_put_texts(struct buf *b, const char *name, const struct str *text, size_t n);

#endif
