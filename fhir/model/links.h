/* The places of a document from which it leads elsewhere, for whoever makes them lead somewhere else (a transaction).
 * Owner: the tree's. Threads: a tree belongs to one. Cost: a walk over the tree. */
#ifndef FHIR_MODEL_LINKS_H
#define FHIR_MODEL_LINKS_H

#include "fhir/model/model.h"

enum fhir_link {
    FHIR_LINK_REFERENCE, /* Reference.reference */
    FHIR_LINK_URI,       /* a uri, url, canonical, oid or uuid */
    FHIR_LINK_NARRATIVE, /* Narrative.div: links are in its href and src */
};
/* The text of n may be changed; expression as of fhir_references. */
typedef bool (*fhir_link_found)(void *ctx, struct fhir_node *n, enum fhir_link kind, const char *expression,
                                struct err *e);
bool fhir_links(struct fhir_node *resource, fhir_link_found found, void *ctx, struct err *e);

#endif
