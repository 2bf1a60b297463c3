/* Between extract.c, which walks a resource, and tell.c, which says what is found. Private to fhir/model. */
#ifndef FHIR_EXTRACT_PRIV_H
#define FHIR_EXTRACT_PRIV_H

#include "fhir/model/model.h"

struct extraction {
    const struct fhir_search_param *param;
    const struct fhir_node *root;
    enum fhir_search_kind kind; /* of the parameter, or of the component at work */
    int component, element;
    fhir_value_found found;
    void *ctx;
    struct err *e;
};

/* Tell every value of a node of this type (enum fhir_type_id). */
bool fhir_tell(struct extraction *x, const struct fhir_node *n, unsigned type);

#endif
