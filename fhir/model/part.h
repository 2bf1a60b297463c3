/* A part of a resource: what _summary and _elements ask for (R4 search.html#summary, #elements). Mandatory elements
 * and those that change the meaning of the rest stay, so that the part is still a valid resource.
 * Owner: the part shares nodes with the whole, which must not be used afterwards. Threads: any. Cost: linear. */
#ifndef FHIR_PART_H
#define FHIR_PART_H

#include "fhir/model/model.h"

enum fhir_part_kind { FHIR_PART_ALL, FHIR_PART_SUMMARY, FHIR_PART_TEXT, FHIR_PART_DATA, FHIR_PART_ELEMENTS };

struct fhir_part {
    enum fhir_part_kind kind;
    const struct str
        *elements; /* of FHIR_PART_ELEMENTS: "name", "contact.name", "Patient.name", "value" for value[x] */
    size_t n;
};

/* Whether the path leads to an element of the type; true for those of another type that exists ("Patient.name" asked of
 * Observation). */
bool fhir_part_path(struct str type, struct str path);
/* The part, tagged SUBSETTED; the resource itself for FHIR_PART_ALL and for what is no known type. */
struct fhir_node *fhir_part(struct arena *a, struct fhir_node *resource, const struct fhir_part *part);

#endif
