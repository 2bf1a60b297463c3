/* Fuzz target: bytes read in a set, and text written for a receiver: always valid UTF-8, never a failure, and what was
 * written without a replacement is read as the same text. */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_written(const struct hl7_charset_sets *sets, const char *msh18, struct str text, struct arena *a)
{
    CLEANUP(buf_release) struct buf out, part;
    struct hl7_message m;
    size_t replaced = 0;
    buf_init(&out, text.n * 24 + 4096);
    buf_init(&part, text.n * 8 + 64);
    hl7_escape(&part, &hl7_delims_usual, text);
    struct str whole =
        arena_printf(a, "MSH|^~\\&|||||||ADT^A08|1|P|2.5||||||%s\rNTE|1||%.*s|x\r", msh18, STR_ARG(buf_view(&part)));
    MUST_HOLD(hl7_charset_write(sets, NULL, whole, &out, &replaced, NULL));
    MUST_HOLD(hl7_parse(buf_view(&out), NULL, a, &m, NULL));
    MUST_HOLD(str_utf8_valid(m.text));
    MUST_HOLD(str_is(hl7_raw(&m, "NTE-4"), "x"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sets_of[] = {
        "UNICODE UTF-8", "8859/1", "~ISO IR87",  "8859/1~8859/5",  "ISO IR14~ISO IR87~ISO IR159",
        "GB 18030-2000", "BIG-5",  "~KS X 1001", "UNICODE UTF-16", "UNICODE UTF-32",
        "CNS 11643-1992"};
    struct arena a CLEANUP(arena_release);
    struct hl7_charset_used used;
    struct hl7_quirks quirks = {{0}};
    struct hl7_charset_sets sets;
    size_t n;
    arena_init(&a);
    const struct hl7_charset *rows = hl7_charset_rows(&n);
    if (size < 2)
        return 0;
    struct str bytes = {(const char *)data + 2, size - 2};
    struct str text = hl7_charset_read(&rows[data[0] % n], NULL, bytes, &a, &used, &quirks);
    MUST_HOLD(str_utf8_valid(text));
    const char *msh18 = sets_of[data[1] % (sizeof sets_of / sizeof sets_of[0])];
    MUST_HOLD(hl7_charset_sets(str_of(msh18), STR(""), &sets, NULL));
    check_written(&sets, msh18, text, &a);
    return 0;
}
