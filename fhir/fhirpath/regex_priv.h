/* Regular expressions as FHIRPath and FHIR use them, matched in time linear in pattern × text: all states are walked
 * side by side, nothing is tried again. Characters are Unicode code points of valid UTF-8.
 * Known: . [ ] [^ ] ranges \d \D \w \W \s \S \n \r \t \f \uXXXX \xXX ( ) (?: ) | * + ? {n} {n,} {n,m} lazy forms, ^ $
 * \b \B. Not known, and refused: references back, looking around, named groups, \p. Owner: the arena. Threads: a
 * compiled one is const. */
#ifndef FHIR_FHIRPATH_REGEX_PRIV_H
#define FHIR_FHIRPATH_REGEX_PRIV_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { REGEX_GROUPS = 10 };

struct regex;
struct regex_match {
    uint32_t from[REGEX_GROUPS], to[REGEX_GROUPS]; /* bytes; UINT32_MAX where a group took no part */
};

/* INVALID for what is no pattern, or one too large. */
const struct regex *regex_compile(struct arena *a, struct str pattern, struct err *e);
/* The first match at or after an offset, the whole text when whole. steps: how much work is left; TOO_LARGE when it is
 * used up. *ret_match may be NULL. */
struct regex_job {
    struct arena *arena;
    struct str text;
    size_t start;
    bool whole;
    long *steps;
};
bool regex_find(const struct regex *x, const struct regex_job *job, bool *ret_found, struct regex_match *ret_match,
                struct err *e);

#endif
