/* The FHIR R4 tables, made by fhir/gen: types, elements, codes of required bindings, search parameters.
 * Names are offsets into pools; the byte before a name is its length. Rows of one type lie together, ordered by name
 * length, then bytes. Threads: any (const). Cost: binary search, no pointers to relocate but for search parameters. */
#ifndef FHIR_TABLES_PRIV_H
#define FHIR_TABLES_PRIV_H

#include <stdint.h>

#include "fhir/model/tables_ids_priv.h"
#include "fhir/model/types.h"

enum fhir_sort { FHIR_SORT_PRIMITIVE, FHIR_SORT_DATATYPE, FHIR_SORT_BACKBONE, FHIR_SORT_RESOURCE, FHIR_SORT_ABSTRACT };

/* The text formats of primitive types, named as the types. */
enum fhir_format {
    FHIR_FORMAT_NONE,
    FHIR_FORMAT_base64Binary,
    FHIR_FORMAT_boolean,
    FHIR_FORMAT_canonical,
    FHIR_FORMAT_code,
    FHIR_FORMAT_date,
    FHIR_FORMAT_dateTime,
    FHIR_FORMAT_decimal,
    FHIR_FORMAT_id,
    FHIR_FORMAT_instant,
    FHIR_FORMAT_integer,
    FHIR_FORMAT_markdown,
    FHIR_FORMAT_oid,
    FHIR_FORMAT_positiveInt,
    FHIR_FORMAT_string,
    FHIR_FORMAT_time,
    FHIR_FORMAT_unsignedInt,
    FHIR_FORMAT_uri,
    FHIR_FORMAT_url,
    FHIR_FORMAT_uuid,
    FHIR_FORMAT_xhtml,
    FHIR_FORMATS
};

enum { FHIR_ELEM_ARRAY = 1, FHIR_ELEM_ATTRIBUTE = 2, FHIR_ELEM_SUMMARY = 4, FHIR_ELEM_MODIFIER = 8, FHIR_ELEM_EXTENSIBLE = 16 };

/* The generator refuses types beyond these. */
enum { FHIR_TYPE_ROWS_MAX = 320, FHIR_TYPE_CHOICES_MAX = 16 };

struct fhir_type {
    uint16_t name;         /* of fhir_name_pool; a backbone's is its path, "Patient.contact" */
    uint16_t base;         /* the type it specialises; itself when there is none */
    uint16_t first, count; /* its rows of fhir_elems */
    uint8_t choices;       /* how many choice elements it has */
    uint8_t sort;          /* enum fhir_sort */
    uint8_t format;        /* enum fhir_format */
};

struct fhir_elem {
    uint16_t name;    /* as in JSON: a choice element has one row a type, valueString */
    uint16_t type;    /* of fhir_types; a content reference names the type it refers to */
    uint16_t order;   /* position in the specification, which is the order in XML */
    uint16_t binding; /* 0 none, else 1 + row of fhir_code_sets; required, or extensible by the flag */
    uint16_t targets; /* 0 any, else where its list in fhir_target_lists starts: 1 + type each, 0 ends */
    uint8_t choice;   /* 0 none, else the choice element it is a form of, from 1 */
    uint8_t min;      /* occurrences at least */
    uint8_t flags;
};

struct fhir_code {
    uint16_t code;   /* of fhir_code_pool */
    uint16_t system; /* of fhir_system_pool */
};

struct fhir_code_set {
    uint16_t url; /* of fhir_value_set_pool */
    uint16_t first, count;
};

/* Words of a search program, with what follows each. */
enum fhir_op {
    FHIR_OP_END,
    FHIR_OP_STEP,          /* name: its members of that name, each item of an array */
    FHIR_OP_INDEX,         /* number: only that item of the step before */
    FHIR_OP_EQUALS,        /* name, value: only where the member has this text */
    FHIR_OP_RESOLVE,       /* name: only references to this resource type */
    FHIR_OP_HAS_EXTENSION, /* url: only with this extension */
    FHIR_OP_NOT_FALSE,     /* count, names: "true" if one is there and not false; ends the alternative */
    FHIR_OP_LEAF,          /* type: what was reached; ends the alternative */
    FHIR_OP_ROOT,          /* go back to the resource */
    FHIR_OP_COMPOSITE      /* count, then kind and place in fhir_programs of each component; ends the alternative */
};

struct fhir_search_range {
    uint16_t type, first, count; /* its rows of fhir_search_params, by code */
};

struct fhir_compartment_row { /* by compartment, then type */
    const char *compartment, *type, *params; /* "subject,performer"; empty: the centre itself */
};
extern const struct fhir_compartment_row fhir_compartment_rows[];
extern const int fhir_compartment_row_count;

extern const char fhir_name_pool[], fhir_code_pool[], fhir_system_pool[], fhir_value_set_pool[], fhir_search_pool[];
extern const struct fhir_type fhir_types[];
extern const struct fhir_elem fhir_elems[];
extern const uint16_t fhir_target_lists[], fhir_resources[], fhir_types_by_name[], fhir_programs[];
extern const int fhir_resource_count, fhir_type_name_count, fhir_search_range_count;
extern const struct fhir_code fhir_codes[];
extern const struct fhir_code_set fhir_code_sets[];
extern const int fhir_required_set_count; /* extensible ones follow */
extern const struct fhir_search_param fhir_search_params[];
extern const struct fhir_search_range fhir_search_ranges[];

/* A name of a pool. */
static inline struct str fhir_pooled(const char *pool, unsigned offset)
{
    return (struct str){pool + offset, (unsigned char)pool[offset - 1]};
}
static inline struct str fhir_elem_name(const struct fhir_elem *el)
{
    return fhir_pooled(fhir_name_pool, el->name);
}
static inline const struct fhir_type *fhir_elem_type(const struct fhir_elem *el)
{
    return &fhir_types[el->type];
}
/* A resource type that can be instantiated, or NULL. */
const struct fhir_type *fhir_resource_find(struct str name);
/* An element of a type by its JSON name, or NULL. */
const struct fhir_elem *fhir_elem_find(const struct fhir_type *t, struct str name);
/* The type of the object at hand: where the tables say Resource, what resourceType names. NULL if that is unknown. */
const struct fhir_type *fhir_type_of(const struct fhir_type *declared, const struct fhir_node *object);
/* Whether the code set (1 + row) has the code; system NULL: in any system. */
bool fhir_code_in(unsigned binding, const struct str *system, struct str code);

#endif
