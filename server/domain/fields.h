/* The Rosetta table as code: names, forms and homes of every field (fields.def), and the two conversions between a
 * field's canonical text and its place in a FHIR document. Protocol folders bring values as struct fields.
 * Threads: values, no sharing. Cost: a path walk per field. */
#ifndef DOMAIN_FIELDS_H
#define DOMAIN_FIELDS_H

#include "base/arena.h"
#include "fhir/model/model.h"

enum field {
#define FIELD(name, entity, form, max, path) FIELD_##name,
#include "domain/fields.def"
#undef FIELD
    FIELDS,
    FIELD_WORKLIST_COUNT = FIELD_STUDY_UID + 1 /* the columns of the worklist, in this order */
};

enum field_entity {
    ENTITY_PATIENT,
    ENTITY_ENCOUNTER,
    ENTITY_ORDER,
    ENTITY_PROCEDURE,
    ENTITY_TASK,
    ENTITY_STUDY,
    ENTITY_REPORT,
    ENTITIES
};
enum field_form {
    FORM_TEXT,
    FORM_ID,
    FORM_NAME,
    FORM_DATE,
    FORM_TIME,
    FORM_CODE,
    FORM_SEX,
    FORM_PRIORITY,
    FORM_STATUS,
    FORM_UID,
    FORM_LIST,
    FORM_NUMBER
};

struct field_row {
    const char *name; /* "ACCESSION_NUMBER" */
    enum field_entity entity;
    enum field_form form;
    int max;
    const char *path;
};
const struct field_row *field_row(enum field f);
/* By name, FIELDS if unknown. */
enum field field_find(struct str name);
const char *field_entity_name(enum field_entity entity); /* the FHIR type: "ServiceRequest" */
const char *field_form_name(enum field_form form);

/* What a sender said of a field: nothing, a value, or "delete it" (HL7 "" ). */
enum field_state { FIELD_ABSENT, FIELD_SET, FIELD_DELETE };
struct fields {
    struct str value[FIELDS];
    unsigned char state[FIELDS];
};
void fields_set(struct fields *f, enum field name, struct str value); /* an empty value leaves it absent */
void fields_delete(struct fields *f, enum field name);
static inline struct str fields_get(const struct fields *f, enum field name)
{
    return f->state[name] == FIELD_SET ? f->value[name] : STR_NONE;
}

/* The canonical text of a field in its document; empty when absent. */
struct str field_read(struct arena *a, enum field name, const struct fhir_node *document);
/* Put it there; an empty text removes it. */
bool field_write(struct arena *a, enum field name, struct fhir_node *document, struct str text, struct err *e);
/* A CODE ("code^scheme^meaning") as the coding at a path. */
bool fields_code_write(struct arena *a, struct fhir_node *document, const char *path, struct str code, struct err *e);
/* All fields of one entity that a sender set or deleted. */
bool fields_write(struct arena *a, const struct fields *f, enum field_entity entity, struct fhir_node *document,
                  struct err *e);
/* All fields of one entity, read from its document. */
void fields_read(struct arena *a, struct fields *f, enum field_entity entity, const struct fhir_node *document);

/* Parts of a NAME: family, given, middle, prefix, suffix of its first group. */
struct name_parts {
    struct str family, given, middle, prefix, suffix;
};
struct name_parts name_split(struct str name);
struct str name_join(struct arena *a, const struct name_parts *p);

#endif
