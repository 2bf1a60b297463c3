/* What the parts of the validation share. */
#ifndef FHIR_VALIDATE_PRIV_H
#define FHIR_VALIDATE_PRIV_H

#include "fhir/validate/validate.h"

struct invariant_row { /* made by fhir/gen, by type */
    int type;
    const char *key;
    bool error;
    const char *human, *expression;
};
extern const struct invariant_row invariant_rows[];
extern const int invariant_row_count;

/* dom-3: each contained resource is referred to, or refers to the one around it. */
void contained_check(const struct fhir_visit *visit, struct fhir_issues *issues);

#endif
