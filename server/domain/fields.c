#include "domain/fields.h"

#include <string.h>

static const struct field_row rows[FIELDS] = {
#define FIELD(name, entity, form, max, path) [FIELD_##name] = {#name, ENTITY_##entity, FORM_##form, max, path},
#include "domain/fields.def"
#undef FIELD
};

const struct field_row *field_row(enum field f)
{
    return &rows[f];
}

enum field field_find(struct str name)
{
    for (int f = 0; f < FIELDS; f++)
        if (str_is(name, rows[f].name))
            return (enum field)f;
    return FIELDS;
}

const char *field_entity_name(enum field_entity entity)
{
    static const char *const names[ENTITIES] = {"Patient", "Encounter",    "ServiceRequest",  "ServiceRequest",
                                                "Task",    "ImagingStudy", "DiagnosticReport"};
    return names[entity];
}

const char *field_form_name(enum field_form form)
{
    static const char *const names[] = {"text", "id",       "name",   "date", "time", "code",
                                        "sex",  "priority", "status", "uid",  "list", "number"};
    return names[form];
}

void fields_set(struct fields *f, enum field name, struct str value)
{
    if (!value.n)
        return;
    f->value[name] = value;
    f->state[name] = FIELD_SET;
}

void fields_delete(struct fields *f, enum field name)
{
    f->value[name] = STR_NONE;
    f->state[name] = FIELD_DELETE;
}

bool fields_write(struct arena *a, const struct fields *f, enum field_entity entity, struct fhir_node *document,
                  struct err *e)
{
    for (int i = 0; i < FIELDS; i++) {
        if (rows[i].entity != entity || f->state[i] == FIELD_ABSENT)
            continue;
        struct str text = f->state[i] == FIELD_SET ? f->value[i] : STR_NONE;
        if (!field_write(a, (enum field)i, document, text, e))
            return err_wrap(e, "field %s", rows[i].name);
    }
    return true;
}

void fields_read(struct arena *a, struct fields *f, enum field_entity entity, const struct fhir_node *document)
{
    for (int i = 0; i < FIELDS; i++)
        if (rows[i].entity == entity)
            fields_set(f, (enum field)i, field_read(a, (enum field)i, document));
}
