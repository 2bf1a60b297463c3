#include "fhir/model/custom.h"

#include <stdatomic.h>

#include "fhir/model/tables_priv.h"

static const struct fhir_customs none = {0};
static const struct fhir_customs *_Atomic current = &none;

void fhir_custom_set(const struct fhir_customs *all)
{
    atomic_store(&current, all);
}

const struct fhir_customs *fhir_custom_all(void)
{
    return atomic_load(&current);
}

/* Programs that say where a parameter may lead, and are not run. */
static const uint16_t tokens[] = {FHIR_OP_LEAF, FHIR_T_CodeableConcept, FHIR_OP_LEAF,      FHIR_T_Coding, FHIR_OP_LEAF,
                                  FHIR_T_code,  FHIR_OP_LEAF,           FHIR_T_Identifier, FHIR_OP_END};
static const uint16_t references[] = {FHIR_OP_LEAF, FHIR_T_Reference, FHIR_OP_END};
static const uint16_t canonicals[] = {FHIR_OP_LEAF, FHIR_T_canonical, FHIR_OP_END};
static const uint16_t others[] = {FHIR_OP_END};

bool fhir_custom_is(const struct fhir_search_param *p)
{
    return p->program == tokens || p->program == references || p->program == canonicals || p->program == others;
}

const void *fhir_custom_program(enum fhir_search_kind kind, bool has_targets)
{
    if (kind == FHIR_SEARCH_TOKEN)
        return tokens;
    if (kind == FHIR_SEARCH_REFERENCE)
        return has_targets ? references : canonicals;
    return others;
}
