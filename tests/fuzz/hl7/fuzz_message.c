/* libFuzzer entry for the HL7 codec. From the top of the tree, with base and codec built by clang
 * -fsanitize=fuzzer-no-link: clang -fsanitize=fuzzer,address,undefined -I. -Iserver
 * tests/fuzz/hl7/fuzz_message.c <libraries> -o fuzz_message fuzz_message -max_len=4096 CORPUS
 * tests/fuzz/hl7/seeds */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_bytes((struct str){(const char *)data, size});
    return 0;
}
