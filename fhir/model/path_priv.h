/* Paths of model.h, step by step. Threads: any. Cost: none but the walk. */
#ifndef FHIR_PATH_PRIV_H
#define FHIR_PATH_PRIV_H

#include "fhir/model/model.h"

enum fhir_pick { FHIR_PICK_FIRST, FHIR_PICK_INDEX, FHIR_PICK_FILTER };

struct fhir_step {
    struct str name;
    enum fhir_pick pick;
    int64_t index;
    struct str filter, value; /* "type.coding.code", "ACSN" */
};

/* Take the first step of *rest; *rest becomes STR_NONE behind the last. False at the end and for what is no
 * path; *ret_bad tells the two apart. */
bool fhir_step_next(struct str *rest, struct fhir_step *ret_step, bool *ret_bad);
/* Member of an object by a slice. */
struct fhir_node *fhir_member_of(const struct fhir_node *object, struct str name);
/* The item of a member that the step means; a member that is no array is its own first item. */
struct fhir_node *fhir_picked(struct fhir_node *member, const struct fhir_step *step);

#endif
