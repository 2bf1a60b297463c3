/* The StructureDefinition of a type of R4, printed from the tables the check runs on: elements with path, cardinality,
 * types, reference targets and required bindings. Threads: any. */
#ifndef FHIR_MODEL_STRUCTURE_H
#define FHIR_MODEL_STRUCTURE_H

#include "base/buf.h"
#include "fhir/model/model.h"

/* The i-th type that has one (resources, datatypes and primitives, in alphabetical order); STR_NONE past the end. */
struct str fhir_structure_name(int i);
/* Append it as JSON; head: without its elements. */
void fhir_structure_put(struct str type, bool head, struct buf *b);

#endif
