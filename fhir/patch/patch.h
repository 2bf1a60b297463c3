/* Changing a resource by a description of the change: JSON Patch (RFC 6902), XML Patch (RFC 5261) and FHIRPath Patch
 * (http.html#patch, fhirpatch.html). Each works on a copy: the resource given stays as it is, and a change that fails
 * half way leaves nothing. The result is not checked here; that is fhir_check's.
 * Errors: INVALID for what is no patch at all, PROCESSING for one that does not fit the document (also a "test" that
 * fails), TOO_LARGE for one that costs more than any honest one.
 * Owner: the arena. Threads: a tree belongs to one. Cost: bounded by PATCH_OPERATIONS_MAX and a budget of steps. */
#ifndef FHIR_PATCH_H
#define FHIR_PATCH_H

#include "fhir/model/model.h"

enum { PATCH_OPERATIONS_MAX = 10000 };

/* patch: the parsed array of operations. */
bool patch_json(struct arena *a, const struct fhir_node *resource, const struct fhir_node *patch,
                struct fhir_node **ret_node, struct err *e);
/* patch: a Parameters resource, checked. */
bool patch_fhirpath(struct arena *a, const struct fhir_node *resource, const struct fhir_node *patch,
                    struct fhir_node **ret_node, struct err *e);
/* patch: the text of the <diff>. STRUCTURE when it is no XML. */
bool patch_xml(struct arena *a, const struct fhir_node *resource, struct str patch, struct fhir_node **ret_node,
               struct err *e);

#endif
