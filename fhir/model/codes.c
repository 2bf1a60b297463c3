/* The codes that R4 binds with "required", for terminology. */
#include "fhir/model/tables_priv.h"

static struct str bare(struct str canonical)
{
    return str_sub(canonical, 0, str_find(canonical, '|'));
}

int fhir_code_set_find(struct str url)
{
    url = bare(url);
    for (int i = 0; i < fhir_required_set_count; i++)
        if (str_eq(bare(fhir_pooled(fhir_value_set_pool, fhir_code_sets[i].url)), url))
            return i;
    return -1;
}

bool fhir_code_set_at(int set, int i, struct str *ret_system, struct str *ret_code)
{
    if (set < 0 || set >= fhir_required_set_count || i < 0 || i >= fhir_code_sets[set].count)
        return false;
    return fhir_code_at(fhir_code_sets[set].first + i, ret_system, ret_code);
}

bool fhir_code_at(int i, struct str *ret_system, struct str *ret_code)
{
    const struct fhir_code_set *last = &fhir_code_sets[fhir_required_set_count - 1];
    if (i < 0 || i >= last->first + last->count)
        return false;
    *ret_system = fhir_pooled(fhir_system_pool, fhir_codes[i].system);
    *ret_code = fhir_pooled(fhir_code_pool, fhir_codes[i].code);
    return true;
}
