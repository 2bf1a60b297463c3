/* What segments and fields are called, for people. Threads: any; the table is constant. */
#ifndef HL7_NAMES_H
#define HL7_NAMES_H

#include "base/str.h"

/* "Patient" of "PID"; STR_NONE when no row names it. */
struct str hl7_segment_title(struct str segment);
/* "Name" of "PID" and 5. */
struct str hl7_field_title(struct str segment, size_t field);

#endif
