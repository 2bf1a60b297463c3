/* Fuzz target: text in any character set to UTF-8 and on to another set. The first two bytes pick the sets.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "dicom/shim/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sets[] = {
        "",        "ISO_IR 100", "ISO_IR 192",        "ISO_IR 13",
        "GB18030", "GBK",        "\\ISO 2022 IR 87",  "ISO 2022 IR 6\\ISO 2022 IR 149",
        "unknown", "ISO_IR 166", "\\ISO 2022 IR 159", "ISO 2022 IR 13\\ISO 2022 IR 87"};
    if (size < 2)
        return 0;
    bool lossy = false;
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    struct str bytes = {(const char *)data + 2, size - 2};
    struct str utf8 = dicom_charset_decode(str_of(sets[data[0] % 12]), bytes, data[0] & 0x80, &a, &lossy);
    if (utf8.n && !memchr(utf8.p, '\0', utf8.n) && !str_utf8_valid(utf8))
        abort();
    dicom_charset_encode(str_of(sets[data[1] % 12]), utf8, data[1] & 0x80, &a, &lossy);
    return 0;
}
