/* A StructureDefinition with a snapshot, compiled: what it asks of documents beyond R4. It is made once, const from
 * then on, and used by any number of threads; whoever made it frees it when nobody uses it any more. Owner: the heap.
 * Cost: linear in the snapshot; bounded, so that no definition is a bomb. */
#ifndef FHIR_VALIDATE_PROFILE_H
#define FHIR_VALIDATE_PROFILE_H

#include "fhir/model/types.h"

enum { PROFILE_ELEMENTS_MAX = 4000, PROFILE_RULES_MAX = 2000, PROFILE_DEPTH_MAX = 24, PROFILE_BYTES_MAX = 16 << 20 };

struct profile;
/* NULL with INVALID (no snapshot, elements out of order, an unknown type) or TOO_COSTLY. Constraints that are no
 * FHIRPath stay, and are told when they are due. */
struct profile *profile_compile(const struct fhir_node *definition, struct err *e);
void profile_free(struct profile *p); /* NULL is fine */
struct str profile_url(const struct profile *p);
/* The type it constrains, a resource or a datatype. */
const struct fhir_type *profile_type(const struct profile *p);

#endif
