/* The rows of selection.def. Private to this folder. */
#ifndef FHIR_R5_SELECTION_PRIV_H
#define FHIR_R5_SELECTION_PRIV_H

#include "fhir/r5/r5.h"

#define R5_EXTENSION "http://hl7.org/fhir/5.0/StructureDefinition/extension-ImagingSelection."

struct r5_element {
    const char *path, *type;
    bool group, required, many; /* group: its children follow */
    const char *allow;
};
/* By position; NULL past the end. */
const struct r5_element *r5_element_at(int i);
/* The child of a group (prefix "instance", "" at the top) of this name; NULL if there is none. */
const struct r5_element *r5_element_find(struct str prefix, struct str name);
/* Whether the row is a child of the group; *ret_name: its last step. */
bool r5_element_is_below(const struct r5_element *el, struct str prefix, struct str *ret_name);
/* Elements of Basic that say the same: identifier, subject. */
bool r5_element_is_basic(const struct r5_element *el);

#endif
