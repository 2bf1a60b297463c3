/* The functions of functions.def, a file an idea. */
#ifndef FHIR_FHIRPATH_FUNCTIONS_PRIV_H
#define FHIR_FHIRPATH_FUNCTIONS_PRIV_H

#include "fhir/fhirpath/fhirpath_priv.h"

#define FUNCTION(name, min, max, run) bool run(const struct call *c, struct err *e);
#include "fhir/fhirpath/functions.def"
#undef FUNCTION

#endif
