#include "fhir/fhirpath/functions_priv.h"

#include "fhir/fhirpath/ops_priv.h"

static const struct function rows[] = {
#define FUNCTION(name, min, max, run) {name, min, max, run},
#include "fhir/fhirpath/functions.def"
#undef FUNCTION
};

const struct function *function_find(struct str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(name, rows[i].name))
            return &rows[i];
    return NULL;
}

bool function_takes_pattern(const struct function *f)
{
    return f->run == run_matches || f->run == run_matches_full || f->run == run_replace_matches;
}
