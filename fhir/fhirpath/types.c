/* is, as, ofType: types of FHIR and of the language itself. */
#include "fhir/fhirpath/fhirpath_priv.h"

static const struct {
    const char *name;
    enum fhirpath_kind kind;
} system_types[] = {
    {"Boolean", FHIRPATH_BOOLEAN}, {"Integer", FHIRPATH_INTEGER},   {"Decimal", FHIRPATH_DECIMAL},
    {"String", FHIRPATH_STRING},   {"Date", FHIRPATH_DATE},         {"DateTime", FHIRPATH_DATETIME},
    {"Time", FHIRPATH_TIME},       {"Quantity", FHIRPATH_QUANTITY},
};

static int system_type(struct str name)
{
    for (int i = 0; i < (int)(sizeof system_types / sizeof system_types[0]); i++)
        if (str_is(name, system_types[i].name))
            return i;
    return -1;
}

bool type_known(struct str space, struct str name)
{
    bool system = system_type(name) >= 0, fhir = fhir_type_find(name) != NULL;
    if (!space.n)
        return system || fhir;
    return str_is(space, "System") ? system : str_is(space, "FHIR") && fhir;
}

bool type_fits(const struct fhirpath_item *item, struct str space, struct str name)
{
    if (item->type) {
        const struct fhir_type *t = str_is(space, "System") ? NULL : fhir_type_find(name);
        return t && fhir_type_is(item->type, t);
    }
    int row = str_is(space, "FHIR") ? -1 : system_type(name);
    return row >= 0 && item->kind == system_types[row].kind;
}
