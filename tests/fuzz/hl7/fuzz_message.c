/* Fuzz target: HL7 v2 bytes, in frames or not, through everything the codec does. */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_bytes((struct str){(const char *)data, size});
    return 0;
}
