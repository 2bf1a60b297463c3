/* Inside hl7/profile. */
#ifndef HL7_PROFILE_PROFILE_PRIV_H
#define HL7_PROFILE_PROFILE_PRIV_H

#include "hl7/profile/profile.h"

/* "OBR-18.1", or "ZDS" for a whole segment (field 0). */
bool hl7_profile_place(struct str text, struct hl7_location *ret_at);
/* By its letters; false for none. */
bool hl7_profile_usage(struct str text, enum hl7_usage *ret_usage);

#endif
