/* The rows of templates.def, and a destination's own. */
#include <string.h>

#include "fhir/model/model.h"
#include "hl7/out/out_priv.h"

#define ALL ~0u
#define BIT(form) (1u << SHAPE_##form)
#define ORM BIT(ORM)
#define OMI BIT(OMI)
#define STATUS BIT(STATUS)
#define OMG BIT(OMG)
#define ORU BIT(ORU)
#define MDM BIT(MDM)
#define CANCEL BIT(CANCEL)
#define DFT BIT(DFT)
#define SIU BIT(SIU)
#define ORDERS (ORM | OMI | STATUS | OMG)

/* A source is the name of a field or of a fact. */
enum {
#define FIELD(name, entity, form, max, path) SOURCE_##name = FIELD_##name,
#include "domain/fields.def"
#undef FIELD
#define FACT(name, meaning) SOURCE_##name = FACT_##name,
#include "hl7/out/facts.def"
#undef FACT
};

static const struct template_row rows[] = {
#define PUT(place, source, transform, forms) {place, SOURCE_##source, transform, forms, {0, 0}},
#include "hl7/out/templates.def"
#undef PUT
};

static const char *const facts[] = {
#define FACT(name, meaning) #name,
#include "hl7/out/facts.def"
#undef FACT
};
static const char *const forms[] = {
#define FORM(name, segments) #name,
#include "hl7/out/forms.def"
#undef FORM
};

const struct template_row *templates(size_t *ret_count)
{
    *ret_count = sizeof rows / sizeof rows[0];
    return rows;
}

/* ---- a destination's rows ---- */

static int source_find(struct str name)
{
    enum field f = field_find(name);
    if (f != FIELDS)
        return (int)f;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (str_is(name, facts[i]))
            return VALUE_BEFORE_FACTS + 1 + (int)i;
    return -1;
}

static bool form_bits(struct str name, unsigned *ret_bits, struct err *e)
{
    *ret_bits = ALL;
    for (size_t i = 0; i < FORMS && name.n; i++)
        if (str_is(name, forms[i])) {
            *ret_bits = 1u << i;
            return true;
        }
    return !name.n || err_set(e, ERR_INVALID, "no form of message is called so");
}

static bool known_member(struct str key)
{
    static const char *const names[] = {"place", "from", "value", "transform", "form"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(key, names[i]))
            return true;
    return false;
}

static bool read_row(struct arena *a, const struct fhir_node *n, struct template_row *r, struct err *e)
{
    struct hl7_location at;
    struct str from = fhir_text(n, "from"), transform = fhir_text(n, "transform"), value = fhir_text(n, "value");
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (!known_member(m->key))
            return err_set(e, ERR_INVALID, "a row has place, from or value, transform, form");
    r->place = arena_cstr(a, fhir_text(n, "place"));
    r->transform = transform.n ? arena_cstr(a, transform) : "TEXT";
    r->word = value.p ? value : STR("");
    r->source = from.n ? source_find(from) : -1;
    if (!hl7_location_parse(r->place, &at, e) || !at.field || !form_bits(fhir_text(n, "form"), &r->forms, e))
        return e->code ? false : err_set(e, ERR_INVALID, "a place names a field: 'OBR-18'");
    if (from.n && r->source < 0)
        return err_set(e, ERR_INVALID, "there is no field or fact of the name in 'from'");
    return r->transform[0] == '=' || write_transform_find(str_of(r->transform)) ||
           err_set(e, ERR_INVALID, "there is no such transform");
}

bool templates_read(struct arena *a, struct str json, struct template_row **ret_rows, size_t *ret_n, struct err *e)
{
    struct err own = {0};
    const struct fhir_node *list = json.n ? fhir_parse_json(a, json, &own) : NULL;
    size_t n = 0;
    if (json.n && (!list || list->kind != FHIR_ARRAY))
        return err_set(e, ERR_INVALID, "templates is a JSON array of rows");
    *ret_rows = ARENA_ARRAY(a, struct template_row, TEMPLATES_MAX);
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        if (n == TEMPLATES_MAX || !read_row(a, i, &(*ret_rows)[n], &own))
            return err_set(e, ERR_INVALID, "templates, row %zu: %s", n + 1, own.code ? own.text : "too many rows");
        n++;
    }
    *ret_n = n;
    return true;
}
