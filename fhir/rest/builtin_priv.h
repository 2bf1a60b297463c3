/* Definitions this server is made of, served as resources that were never stored: SearchParameter, OperationDefinition,
 * StructureDefinition and CompartmentDefinition, printed from the tables the code runs on. Read-only. Private to this
 * folder.
 * Owner: the list is made once a process. Threads: any. Cost: the first use reads about 1,600 small documents. */
#ifndef FHIR_REST_BUILTIN_PRIV_H
#define FHIR_REST_BUILTIN_PRIV_H

#include "fhir/rest/search_priv.h"

struct builtin {
    struct str id;
    const void *of;               /* the row it is printed from */
    struct builtin_value *values; /* what searches find it by */
    size_t n;
};
struct builtin_value {
    const char *code; /* of the search parameter */
    enum fhir_search_kind kind;
    struct str system, text; /* of a string: folded */
};
/* One kind of definitions. TO ADD ONE: 1 a row in builtin.c  2 its functions in builtin_NAME.c  3 a case in
 * 22_fhir_conformance_resources.py */
struct builtin_kind {
    const char *type;
    /* The i-th by some order: its id and row; false past the end. */
    bool (*at)(struct arena *a, int i, struct str *ret_id, const void **ret_of);
    /* Append it as JSON; head: without what searches do not look at. */
    void (*put)(const struct op *op, const void *of, bool head, struct buf *b);
};
bool builtin_parameter_at(struct arena *a, int i, struct str *ret_id, const void **ret_of);
void builtin_parameter_put(const struct op *op, const void *of, bool head, struct buf *b);
bool builtin_operation_at(struct arena *a, int i, struct str *ret_id, const void **ret_of);
void builtin_operation_put(const struct op *op, const void *of, bool head, struct buf *b);
bool builtin_structure_at(struct arena *a, int i, struct str *ret_id, const void **ret_of);
void builtin_structure_put(const struct op *op, const void *of, bool head, struct buf *b);

bool builtin_compartment_at(struct arena *a, int i, struct str *ret_id, const void **ret_of);
void builtin_compartment_put(const struct op *op, const void *of, bool head, struct buf *b);

/* All of one type, by id; NULL when there are none. */
const struct builtin *builtin_list(const struct op *op, struct str type, size_t *ret_n);
/* The whole document. */
bool builtin_doc(struct op *op, struct str type, const struct builtin *one, struct record_doc *ret_doc, struct err *e);

/* ---- builtin_search.c: built-in definitions among what is found ---- */
struct builtin_page {
    const struct builtin *const *hit; /* of this page */
    size_t n, total, behind;          /* total: all that match; behind: how many of them pages have shown by now */
    bool full;                        /* nothing stored fits on the page */
    struct str cursor;                /* as the request gave it */
    int count;
};
/* Find them and leave to the query what is to be found in the record; when it was run, join both. */
bool builtin_search(struct op *op, struct query *q, struct builtin_page *ret_page, struct err *e);
struct builtin_stored { /* of what was found in the record */
    size_t *n;
    struct str *next;
    int64_t *total;
};
void builtin_join(struct op *op, const struct builtin_page *p, struct query *q, struct builtin_stored stored);
bool builtin_put(struct op *op, const struct query *q, const struct builtin_page *p, struct bundle *b, struct err *e);

#endif
