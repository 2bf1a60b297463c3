/* Dates and times as FHIRPath compares them and adds to them. Threads: any (values). */
#ifndef FHIR_FHIRPATH_MOMENT_PRIV_H
#define FHIR_FHIRPATH_MOMENT_PRIV_H

#include "base/arena.h"
#include "base/str.h"

enum moment_precision { MOMENT_YEAR, MOMENT_MONTH, MOMENT_DAY, MOMENT_HOUR, MOMENT_MINUTE, MOMENT_SECOND };

struct moment {
    int64_t part[6]; /* year, month, day, hour, minute, nanoseconds of the minute */
    enum moment_precision precision;
    int fraction_digits;
    bool time_only, has_zone, has_t; /* has_t: a date written with its T */
    int offset;                      /* minutes east of UTC */
};

/* A FHIR date, dateTime or instant, or a literal's text, partial ones too. */
bool moment_parse(struct str text, struct moment *ret_m);
bool moment_parse_time(struct str text, struct moment *ret_m);
/* False in *ret_known when the two agree as far as the coarser one goes. */
int moment_compare(struct moment a, struct moment b, bool *ret_known);
/* Add so many units ("days", "mo", "s" …), negative too; false for an unknown unit and for years out of 1 to 9999. */
bool moment_add(struct moment *m, int64_t count, struct str unit);
struct str moment_text(struct arena *a, const struct moment *m);

#endif
