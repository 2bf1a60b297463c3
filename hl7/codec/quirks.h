/* Counters of what was read although the standard forbids it (quirks.def). A decoder or a message owns one
 * set; the listener adds them up per peer. Threads: values, no sharing. */
#ifndef HL7_QUIRKS_H
#define HL7_QUIRKS_H

#include <stddef.h>

enum hl7_quirk_id {
#define QUIRK(name, meaning) HL7_QUIRK_##name,
#include "hl7/codec/quirks.def"
#undef QUIRK
    HL7_QUIRKS
};

struct hl7_quirks {
    size_t n[HL7_QUIRKS];
};

/* One row of quirks.def. */
struct hl7_quirk_row {
    const char *name, *meaning;
};

extern const struct hl7_quirk_row hl7_quirk_rows[HL7_QUIRKS];

static inline void hl7_quirk(struct hl7_quirks *q, enum hl7_quirk_id id, size_t count)
{
    q->n[id] += count;
}

void hl7_quirks_add(struct hl7_quirks *sum, const struct hl7_quirks *more);
/* All counters together: 0 says that the peer was flawless. */
size_t hl7_quirks_total(const struct hl7_quirks *q);

#endif
