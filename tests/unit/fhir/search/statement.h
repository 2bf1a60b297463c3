/* What tests of the search compiler share. */
#ifndef TESTS_UNIT_FHIR_SEARCH_STATEMENT_H
#define TESTS_UNIT_FHIR_SEARCH_STATEMENT_H

#include <stdio.h>
#include <string.h>

#include "domain/house.h"
#include "fhir/search/search_priv.h"

/* The SQL put together so far, without the line ends between its parts. */
static inline const char *one_line(const struct sql *s)
{
    char *text = arena_cstr(s->arena, buf_view(&s->text)), *to = text;
    for (const char *from = text; *from; from++)
        if (*from != '\n')
            *to++ = *from;
    *to = '\0';
    return text;
}

#endif
