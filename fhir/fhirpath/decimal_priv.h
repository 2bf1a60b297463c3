/* Decimal numbers: up to 38 digits, exact but for division and what calls itself a function of mathematics.
 * Threads: any (values). */
#ifndef FHIR_FHIRPATH_DECIMAL_PRIV_H
#define FHIR_FHIRPATH_DECIMAL_PRIV_H

#include "base/arena.h"
#include "base/str.h"

struct decimal {
    __extension__ __int128 units; /* value × 10^scale */
    int scale;                    /* 0 to DECIMAL_SCALE */
};
enum { DECIMAL_SCALE = 28, DECIMAL_TEXT = 48 };

/* False for what is no number, and for one out of range. */
bool decimal_parse(struct str text, struct decimal *ret_d);
struct decimal decimal_of(int64_t n);
/* Without zeros behind that say nothing; shortest form with keep 0, at least keep digits behind the point. */
struct str decimal_text(struct arena *a, struct decimal d, int keep);
int decimal_compare(struct decimal a, struct decimal b);
/* False when the result is out of range, or there is none (division by zero). */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_d);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_d);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_d);
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_d);
bool decimal_div(struct decimal a, struct decimal b, struct decimal *ret_d); /* whole part of the quotient */
bool decimal_mod(struct decimal a, struct decimal b, struct decimal *ret_d);
/* To this many digits behind the point, halves away from zero. */
struct decimal decimal_round(struct decimal d, int digits);
struct decimal decimal_truncate(struct decimal d);
struct decimal decimal_shift(struct decimal d, int power, bool *ret_ok); /* × 10^power */
double decimal_double(struct decimal d);
bool decimal_from_double(double x, struct decimal *ret_d);

#endif
