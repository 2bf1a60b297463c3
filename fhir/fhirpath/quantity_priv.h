/* Quantities as numbers that can be compared. */
#ifndef FHIR_FHIRPATH_QUANTITY_PRIV_H
#define FHIR_FHIRPATH_QUANTITY_PRIV_H

#include "fhir/fhirpath/decimal_priv.h"
#include "fhir/fhirpath/fhirpath_priv.h"

struct quantity {
    struct str number, unit;
};
/* An element Quantity with a value and without comparator, or a value of the language. */
bool quantity_of(const struct fhirpath_item *item, struct quantity *ret_q);
/* Both numbers in one unit; false when their units are no relatives. */
bool quantity_same_unit(const struct quantity *a, const struct quantity *b, struct decimal *ret_a,
                        struct decimal *ret_b);

#endif
