#include "fhir/model/custom.h"
#include "fhir/model/tables_priv.h"

#include <string.h>

/* The tables' order of names: shorter first, then by bytes. */
static int compare(struct str a, struct str b)
{
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return memcmp(a.p, b.p, a.n);
}

const struct fhir_type *fhir_type_find(struct str name)
{
    int low = 0, high = fhir_type_name_count;
    while (low < high) {
        int middle = (low + high) / 2;
        const struct fhir_type *t = &fhir_types[fhir_types_by_name[middle]];
        int order = name.n ? compare(name, fhir_type_name(t)) : -1;
        if (order == 0)
            return t;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct str fhir_type_name(const struct fhir_type *t)
{
    return fhir_pooled(fhir_name_pool, t->name);
}

const struct fhir_type *fhir_type_at(int number)
{
    return number >= 0 && number < FHIR_TYPES ? &fhir_types[number] : NULL;
}

int fhir_type_number(const struct fhir_type *t)
{
    return (int)(t - fhir_types);
}

const struct fhir_type *fhir_type_base(const struct fhir_type *t)
{
    return &fhir_types[t->base];
}

bool fhir_type_is(const struct fhir_type *t, const struct fhir_type *ancestor)
{
    while (t != ancestor && t != &fhir_types[t->base])
        t = &fhir_types[t->base];
    return t == ancestor;
}

bool fhir_type_is_resource(const struct fhir_type *t)
{
    return fhir_type_is(t, &fhir_types[FHIR_T_Resource]);
}

const char *fhir_type_format(const struct fhir_type *t)
{
    return t->sort == FHIR_SORT_PRIMITIVE ? fhir_type_name(t).p : NULL;
}

bool fhir_type_member(const struct fhir_type *t, struct str name, struct fhir_member *ret_member)
{
    const struct fhir_elem *el = fhir_elem_find(t, name);
    if (!el)
        return false;
    *ret_member = (struct fhir_member){fhir_elem_type(el), (el->flags & FHIR_ELEM_ARRAY) != 0, el->choice != 0};
    return true;
}

const struct fhir_type *fhir_resource_find(struct str name)
{
    const struct fhir_type *t = fhir_type_find(name);
    return t && t->sort == FHIR_SORT_RESOURCE ? t : NULL;
}

bool fhir_is_resource(struct str type)
{
    return fhir_resource_find(type) != NULL;
}

const char *fhir_resource_name(int i)
{
    if (i < 0 || i >= fhir_resource_count)
        return NULL;
    return fhir_type_name(&fhir_types[fhir_resources[i]]).p; /* pool strings end in NUL */
}

const struct fhir_elem *fhir_elem_find(const struct fhir_type *t, struct str name)
{
    int low = t->first, high = t->first + t->count;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = name.n ? compare(name, fhir_elem_name(&fhir_elems[middle])) : -1;
        if (order == 0)
            return &fhir_elems[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct fhir_type *fhir_resource_type(const struct fhir_node *resource)
{
    return fhir_type_of(&fhir_types[FHIR_T_Resource], resource);
}

const struct fhir_type *fhir_type_of(const struct fhir_type *declared, const struct fhir_node *object)
{
    if (declared != &fhir_types[FHIR_T_Resource])
        return declared;
    const struct fhir_node *named = fhir_member(object, "resourceType");
    return named && named->kind == FHIR_STRING ? fhir_resource_find(named->text) : NULL;
}

/* The first row of a code set that is not before this code. */
static unsigned code_first(const struct fhir_code_set *set, struct str code)
{
    unsigned low = set->first, high = low + set->count;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (compare(fhir_pooled(fhir_code_pool, fhir_codes[middle].code), code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool fhir_code_in(unsigned binding, const struct str *system, struct str code)
{
    const struct fhir_code_set *set = &fhir_code_sets[binding - 1];
    if (!code.n)
        return false;
    for (unsigned i = code_first(set, code); i < (unsigned)set->first + set->count; i++) {
        if (!str_eq(fhir_pooled(fhir_code_pool, fhir_codes[i].code), code))
            return false;
        if (!system || str_eq(fhir_pooled(fhir_system_pool, fhir_codes[i].system), *system))
            return true;
    }
    return false;
}

static const struct fhir_search_range *range_at(int type)
{
    int low = 0, high = fhir_search_range_count;
    while (low < high) { /* ranges are in the order of types */
        int middle = (low + high) / 2;
        if (fhir_search_ranges[middle].type < type)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == fhir_search_range_count || fhir_search_ranges[low].type != type)
        return NULL;
    return &fhir_search_ranges[low];
}

const char *fhir_compartment(struct str compartment, struct str type)
{
    bool known = false;
    for (int i = 0; i < fhir_compartment_row_count; i++) {
        const struct fhir_compartment_row *row = &fhir_compartment_rows[i];
        known = known || str_is(compartment, row->compartment);
        if (str_is(compartment, row->compartment) && str_is(type, row->type))
            return row->params;
    }
    return known && str_eq(compartment, type) ? "" : NULL; /* a centre is in its own */
}

/* Its own parameters, then those of every resource. */
const struct fhir_search_param *fhir_search_builtin_at(struct str type, int i)
{
    const struct fhir_type *t = fhir_resource_find(type);
    const struct fhir_search_range *own = t ? range_at((int)(t - fhir_types)) : NULL,
                                   *common = range_at(FHIR_T_Resource);
    if (!t || i < 0)
        return NULL;
    if (own && i < own->count)
        return &fhir_search_params[own->first + i];
    i -= own ? own->count : 0;
    return common && i < common->count ? &fhir_search_params[common->first + i] : NULL;
}

/* The i-th ready parameter of the site. */
static const struct fhir_search_param *custom_at(struct str type, int i)
{
    const struct fhir_customs *all = fhir_custom_all();
    for (size_t k = 0; k < all->n; k++)
        if (all->item[k].ready && str_eq(all->item[k].type, type) && i-- == 0)
            return &all->item[k].param;
    return NULL;
}

const struct fhir_search_param *fhir_search_param_at(struct str type, int i)
{
    const struct fhir_search_param *p = fhir_search_builtin_at(type, i);
    int n = 0;
    if (p || i < 0 || !fhir_custom_all()->n)
        return p;
    while (fhir_search_builtin_at(type, n))
        n++;
    return custom_at(type, i - n);
}

const struct fhir_search_param *fhir_search_common_at(int i)
{
    const struct fhir_search_range *common = range_at(FHIR_T_Resource);
    return common && i >= 0 && i < common->count ? &fhir_search_params[common->first + i] : NULL;
}

static const struct fhir_search_param *find_in(const struct fhir_search_range *range, struct str code)
{
    int low = range ? range->first : 0, high = range ? range->first + range->count : 0;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = str_cmp(code, str_of(fhir_search_params[middle].code));
        if (order == 0)
            return &fhir_search_params[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct fhir_search_param *fhir_search_param_find(struct str type, struct str code)
{
    const struct fhir_type *t = fhir_resource_find(type);
    const struct fhir_search_param *own = t ? find_in(range_at((int)(t - fhir_types)), code) : NULL;
    const struct fhir_search_param *p = own || !t ? own : find_in(range_at(FHIR_T_Resource), code);
    for (int i = 0; !p && t && (own = custom_at(type, i)); i++)
        p = str_is(code, own->code) ? own : NULL;
    return p;
}
