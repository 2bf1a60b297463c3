/* The types of FHIR R4, for those who walk documents by type: FHIRPath, profiles. What is behind the pointers is of
 * fhir/model. Threads: any (const). Cost: a binary search a look-up. */
#ifndef FHIR_MODEL_TYPES_H
#define FHIR_MODEL_TYPES_H

#include "fhir/model/model.h"

struct fhir_type;

/* Types have numbers from 0; NULL past the last. */
const struct fhir_type *fhir_type_at(int number);
int fhir_type_number(const struct fhir_type *t);
/* The type it specialises; itself when there is none. */
const struct fhir_type *fhir_type_base(const struct fhir_type *t);
/* A resource type, abstract ones too, or a datatype by name; NULL for unknown names and backbones. */
const struct fhir_type *fhir_type_find(struct str name);
/* The type a document names; NULL when it names none that can be. */
const struct fhir_type *fhir_resource_type(const struct fhir_node *resource);
/* "Patient", "string"; a backbone's is its path, "Patient.contact". */
struct str fhir_type_name(const struct fhir_type *t);
/* t is ancestor or specialises it: Age is Quantity, code is string, Patient is DomainResource. */
bool fhir_type_is(const struct fhir_type *t, const struct fhir_type *ancestor);
bool fhir_type_is_resource(const struct fhir_type *t);
/* The primitive's own name ("positiveInt"), NULL when the type is no primitive. */
const char *fhir_type_format(const struct fhir_type *t);

struct fhir_member { /* what a type says of one of its elements */
    const struct fhir_type *type; /* where this is Resource, the document names the type */
    bool array, choice;
};
/* By its name in JSON, a choice element written out: "valueString". False when the type has no such element. */
bool fhir_type_member(const struct fhir_type *t, struct str name, struct fhir_member *ret_member);

/* "Patient" of "Patient/1", "http://h/fhir/Patient/1/_history/2", "Patient?identifier=x"; empty when it is not said. */
struct str fhir_reference_type(struct str reference);
/* A narrative's div: well-formed, in its namespace, formatting elements only, no scripts (txt-1, txt-2). */
bool fhir_narrative_check(struct str div, struct err *e);

#endif
