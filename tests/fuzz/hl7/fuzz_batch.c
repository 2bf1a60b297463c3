/* Fuzz target: a file or batch of messages. Its pieces follow each other inside the bytes, a message begins with MSH,
 * and counting it agrees with cutting it. */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 50 };

static size_t count_messages(struct str bytes)
{
    size_t n = 0;
    struct str piece, rest = bytes;
    const char *at = bytes.p, *end = bytes.p + bytes.n;
    for (enum hl7_piece kind; (kind = hl7_batch_take(&rest, &piece)) != HL7_PIECE_END;) {
        MUST_HOLD(piece.p >= at && piece.n >= 3 && piece.p + piece.n <= end);
        MUST_HOLD(rest.p >= piece.p + piece.n || !rest.n);
        MUST_HOLD(str_starts(piece, "MSH") == (kind == HL7_PIECE_MSH));
        at = piece.p + piece.n;
        n += kind == HL7_PIECE_MSH;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size}, rest = bytes, message;
    struct err e = {.code = ERR_NONE};
    size_t n = count_messages(bytes), next = 0;
    while (hl7_batch_next(&rest, &message))
        next++;
    MUST_HOLD(next == n);
    bool whole = hl7_batch_check(bytes, MOST, &e);
    MUST_HOLD(whole || e.code == ERR_INVALID || e.code == ERR_TOO_LARGE);
    MUST_HOLD(!whole || n <= MOST);
    MUST_HOLD(e.code != ERR_TOO_LARGE || n > MOST);
    return 0;
}
