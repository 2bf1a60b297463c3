/* Files and batches of messages (FHS, BHS … BTS, FTS; HL7 2.5.1 §2.10.3): cut into their pieces, and whether they are
 * whole. Threads: any. Cost: one pass, nothing is copied. */
#ifndef HL7_BATCH_H
#define HL7_BATCH_H

#include "base/err.h"
#include "base/str.h"

enum hl7_piece { HL7_PIECE_END, HL7_PIECE_FHS, HL7_PIECE_BHS, HL7_PIECE_MSH, HL7_PIECE_BTS, HL7_PIECE_FTS };
/* Cut the next segment of the batch, or a whole message of it, off the front. What is neither and stands outside
 * messages is passed over, and so are byte order marks, blanks and framing around each. */
enum hl7_piece hl7_batch_take(struct str *rest, struct str *ret_piece);
/* The next message, whatever stands around it. False when no MSH is left. */
bool hl7_batch_next(struct str *rest, struct str *ret_message);
/* Does it begin as a batch? */
bool hl7_batch_is(struct str bytes);
/* INVALID when a trailer names another number than came, or is missing: something was lost. TOO_LARGE for more than
 * `most` messages. Messages one after the other without a batch around them are whole. */
bool hl7_batch_check(struct str bytes, int64_t most, struct err *e);
/* Field n of a header or trailer, raw, blanks around it left out. */
struct str hl7_batch_field(struct str segment, char separator, size_t n);

#endif
