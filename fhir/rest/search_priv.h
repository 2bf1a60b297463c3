/* Answering searches over HTTP. Private to this folder; the searches themselves are fhir/search. */
#ifndef FHIR_REST_SEARCH_PRIV_H
#define FHIR_REST_SEARCH_PRIV_H

#include "fhir/rest/rest_priv.h"

/* ---- search.c ---- */
struct search_face { /* matches are shown other than as R4 has them */
    struct str base; /* of addresses */
    bool (*show)(struct op *op, const struct query *q, struct record_doc *doc, struct err *e);
};
/* A started query takes the address and a posted form. */
bool search_request(struct gate_http *h, struct query *q, struct err *e);
/* Run a search and answer it. face: NULL for R4. */
bool search_answer(struct op *op, struct gate_http *h, struct query *q, const struct search_face *face, struct err *e);

/* ---- metadata.c ---- */
const char *search_kind_name(enum fhir_search_kind kind);

#endif
