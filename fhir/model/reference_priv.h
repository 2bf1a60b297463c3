/* The texts of references. Threads: any. Cost: one pass. */
#ifndef FHIR_REFERENCE_PRIV_H
#define FHIR_REFERENCE_PRIV_H

#include "fhir/model/model.h"

/* The resource type a literal reference names: "Patient/1", "https://h/fhir/Patient/1/_history/2",
 * "Patient?x=y". STR_NONE for "#id", "urn:…" and whatever has no type in it. */
struct str fhir_reference_type(struct str reference);

#endif
