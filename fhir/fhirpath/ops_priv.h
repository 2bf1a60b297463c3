/* What the parser asks of the tables of operators and functions. */
#ifndef FHIR_FHIRPATH_OPS_PRIV_H
#define FHIR_FHIRPATH_OPS_PRIV_H

#include "fhir/fhirpath/fhirpath_priv.h"

enum { UNARY_LEVEL = 11 };
const struct operator_row *operator_find(struct str text);
/* Its first argument is a regular expression. */
bool function_takes_pattern(const struct function *f);

#endif
