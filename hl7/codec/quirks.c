#include "hl7/codec/quirks.h"

const struct hl7_quirk_row hl7_quirk_rows[HL7_QUIRKS] = {
#define QUIRK(name, meaning) {#name, meaning},
#include "hl7/codec/quirks.def"
#undef QUIRK
};

void hl7_quirks_add(struct hl7_quirks *sum, const struct hl7_quirks *more)
{
    for (int i = 0; i < HL7_QUIRKS; i++)
        sum->n[i] += more->n[i];
}

size_t hl7_quirks_total(const struct hl7_quirks *q)
{
    size_t total = 0;
    for (int i = 0; i < HL7_QUIRKS; i++)
        total += q->n[i];
    return total;
}
