/* Search parameters that the site added, beside those of the tables: fhir_search_param_find and _at tell of those that
 * are ready, whoever indexes asks here for all. A set replaces the one before as a whole.
 * Owner: the caller keeps every set it ever gave, for others may still read one that was replaced. Threads: any. */
#ifndef FHIR_MODEL_CUSTOM_H
#define FHIR_MODEL_CUSTOM_H

#include "fhir/model/model.h"

struct fhir_custom {
    struct fhir_search_param param;
    struct str type;       /* the documents it is of */
    bool ready;            /* all documents have their rows */
    const void *extractor; /* of whoever indexes */
};
struct fhir_customs {
    const struct fhir_custom *item;
    size_t n;
};
void fhir_custom_set(const struct fhir_customs *all);
bool fhir_custom_is(const struct fhir_search_param *p);
/* Never NULL. */
const struct fhir_customs *fhir_custom_all(void);
/* What param.program is for a kind, so that modifiers know what it may lead to. */
const void *fhir_custom_program(enum fhir_search_kind kind, bool has_targets);

#endif
