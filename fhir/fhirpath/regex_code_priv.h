/* A compiled pattern: instructions and the ranges its classes are made of. */
#ifndef FHIR_FHIRPATH_REGEX_CODE_PRIV_H
#define FHIR_FHIRPATH_REGEX_CODE_PRIV_H

#include <stdint.h>

#include "fhir/fhirpath/regex_priv.h"

enum regex_op {
    R_CHAR, /* a */
    R_ANY,
    R_CLASS, /* ranges a to b, negated */
    R_JUMP,  /* a */
    R_SPLIT, /* a first, then b */
    R_SAVE,  /* slot a: 2 × group, 2 × group + 1 */
    R_START,
    R_END,
    R_EDGE,
    R_NO_EDGE,
    R_MATCH
};

struct regex_code {
    uint8_t op;
    bool negated;
    int32_t a, b;
};

struct regex_range {
    uint32_t low, high;
};

struct regex {
    struct regex_code *code;
    struct regex_range *ranges;
    int count, range_count;
};

enum { REGEX_CODE_MAX = 4000, REGEX_RANGES_MAX = 2000, REGEX_NESTING = 32 };

#endif
