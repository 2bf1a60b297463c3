/* Fuzz target: one frame's stream, decoded for a format made of the first bytes. */
#include "decode_frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const syntaxes[] = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70"};
    return decode_frame(syntaxes, sizeof syntaxes / sizeof *syntaxes, data, size);
}
