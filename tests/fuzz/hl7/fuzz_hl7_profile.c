/* Fuzz target: a profile in JSON or XML, and a message asked along it. It ends, in bounded time, with a line for
 * faults. */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"

#include "hl7/profile/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char message[] =
    "MSH|^~\\&|RIS|C|||20261124||ORM^O01|1|P|2.5\rPID|1||7^^^A&1.2&ISO~8||Doe^Jane\rORC|NW|P1|F1\r"
    "OBR|1|P1|F1|X^Head||||||||||||||A1\rZDS|1.2.3\rORC|CA|P2\rOBR|2||||||||||||||||||\"\"\r";

static void ask(struct str json, struct arena *a)
{
    struct hl7_profile p;
    struct hl7_message m;
    struct err e = {.code = ERR_NONE};
    struct hl7_findings *f = ARENA_NEW(a, struct hl7_findings);
    if (!hl7_profile_read(json, a, &p, &e)) {
        MUST_HOLD(e.code == ERR_TOO_LARGE || (e.code == ERR_INVALID && (e.line > 0 || strstr(e.text, "nested"))));
        return;
    }
    MUST_HOLD(hl7_parse(str_of(message), NULL, a, &m, NULL));
    hl7_profile_check(&p, &m, a, f);
    MUST_HOLD(f->n <= HL7_FINDINGS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a CLEANUP(arena_release);
    struct str bytes = {(const char *)data, size};
    const struct hl7_profile head = {.name = STR("x"), .application = STR("RIS")};
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    if (size && data[0] == '<') {
        CLEANUP(buf_release) struct buf json, notes;
        buf_init(&json, 1 << 20);
        buf_init(&notes, 1 << 16);
        if (hl7_profile_import(bytes, &head, &json, &notes, &e))
            ask(buf_view(&json), &a);
    } else {
        ask(bytes, &a);
    }
    return 0;
}
