/* The texts primitive types allow (http://hl7.org/fhir/R4/datatypes.html#primitive). Threads: any. Cost: one
 * pass. */
#ifndef FHIR_FORMATS_PRIV_H
#define FHIR_FORMATS_PRIV_H

#include "fhir/model/model.h"

/* How JSON writes a value of this format (enum fhir_format): string, number or boolean. */
enum fhir_kind fhir_format_kind(unsigned format);
/* The text can stand in JSON as that kind: a number is a JSON number, a boolean true or false. */
bool fhir_format_json(unsigned format, struct str text);
/* NULL when the text is a value of the format, else what one looks like: "a date YYYY[-MM[-DD]]". */
const char *fhir_format_fault(unsigned format, struct str text);

#endif
