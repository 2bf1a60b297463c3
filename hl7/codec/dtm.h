/* Dates and times of HL7 v2 (data types DT, DTM, TS; HL7 2.5.1 §2.A.22):
 * YYYY[MM[DD[HH[MM[SS[.S{1,4}]]]]]][±ZZZZ]. The precision that was sent is kept. A time without zone has that
 * of the message (MSH-7), else that of the site. Threads: any. */
#ifndef HL7_DTM_H
#define HL7_DTM_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "hl7/codec/message.h"

enum { HL7_DTM_TEXT = 32 };

enum hl7_precision { HL7_YEAR, HL7_MONTH, HL7_DAY, HL7_HOUR, HL7_MINUTE, HL7_SECOND, HL7_FRACTION };

struct hl7_dtm {
    struct clock_date date; /* what the precision leaves out is 1 or 0; offset_minutes is always set */
    enum hl7_precision precision;
    int fraction_digits; /* 1–4 with HL7_FRACTION, else 0 */
    bool has_zone;       /* the text itself named it */
};

/* Parse the text of one component. m gives the zone of the message; NULL: the site's. INVALID says what is
 * wrong, never the value. */
bool hl7_dtm_parse(struct str text, const struct hl7_message *m, struct hl7_dtm *ret_dtm, struct err *e);
/* FHIR date or dateTime of at most this precision: "2026", "2026-11", "2026-11-24",
 * "2026-11-24T10:30:00+02:00". HL7_DAY gives a FHIR date; FHIR has no hour alone, so minutes and seconds are
 * filled with 00. */
void hl7_dtm_fhir(const struct hl7_dtm *dtm, enum hl7_precision most, char ret_text[CLOCK_TEXT]);
/* The other way; "Z" becomes "+0000", fractions are cut to four digits. INVALID if it is no such text. */
bool hl7_dtm_from_fhir(struct str fhir, char ret_text[HL7_DTM_TEXT], struct err *e);
/* An instant in the site's zone, to the second: "20261124103000+0200". */
void hl7_dtm_of(clock_us t, char ret_text[HL7_DTM_TEXT]);

#endif
