/* Building HL7 v2 messages. Parts are put in the order they are written; separators between them come by
 * themselves, trailing ones never do, and every segment ends in CR, the last too (HL7 2.5.1 §2.5.1).
 *   hl7_begin(w, "PID"); hl7_put(w, 1, STR("1")); hl7_put_part(w, 3, 1, 4, 1, authority); hl7_end(w);
 * Owner: the caller's buffer holds the bytes, in UTF-8. Failure is sticky: put freely, test once with
 * hl7_writer_ok(). Threads: one at a time. */
#ifndef HL7_WRITER_H
#define HL7_WRITER_H

#include <stdbool.h>

#include "base/buf.h"
#include "hl7/codec/message.h"

struct hl7_writer {
    struct buf *out;
    struct hl7_delims delims;
    unsigned field, repetition, component, subcomponent; /* where the next byte would go */
    bool backwards;                                      /* a part was put before one already written */
};

extern const struct hl7_delims hl7_delims_usual; /* |^~\& */

/* delims NULL, or without all of component, repetition, escape and subcomponent: the usual ones. */
void hl7_writer_init(struct hl7_writer *w, struct buf *out, const struct hl7_delims *delims);
/* Begin a segment. MSH, FHS and BHS get their fields 1 and 2 with it; go on with field 3. */
void hl7_begin(struct hl7_writer *w, const char *name);
/* A whole field with one component; empty text writes nothing. Delimiters and control characters in it are
 * escaped, line ends become \.br\. */
void hl7_put(struct hl7_writer *w, unsigned field, struct str text);
/* A component of the first repetition. */
void hl7_put_component(struct hl7_writer *w, unsigned field, unsigned component, struct str text);
/* Any part. */
void hl7_put_part(struct hl7_writer *w, unsigned field, unsigned repetition, unsigned component,
                  unsigned subcomponent, struct str text);
/* "" : the receiver shall remove what it has. */
void hl7_put_null(struct hl7_writer *w, unsigned field);
/* A field whose text has its delimiters and escapes in place already, written with the same delimiters. */
void hl7_put_raw(struct hl7_writer *w, unsigned field, struct str raw);
void hl7_end(struct hl7_writer *w);
/* Everything was written in order and fits. TOO_LARGE or INTERNAL. */
bool hl7_writer_ok(const struct hl7_writer *w, struct err *e);
/* Text with delimiters and control characters escaped, appended. */
void hl7_escape(struct buf *out, const struct hl7_delims *d, struct str text);

#endif
