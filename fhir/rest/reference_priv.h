/* References of documents: what they lead to must be there, and stay (option fhir.reference_integrity). Private to this
 * folder. Owner: the operation's arena. Threads: one operation, one thread. Cost: one statement for all noted. */
#ifndef FHIR_REST_REFERENCE_PRIV_H
#define FHIR_REST_REFERENCE_PRIV_H

#include "fhir/rest/rest_priv.h"

struct reference_place { /* a literal reference to this server, and where it stands */
    struct str type, id;
    int64_t version; /* 0: any */
    const char *where;
    size_t entry; /* of a bundle */
};
struct references {
    struct op *op;
    struct reference_place *at;
    size_t n, room;
};
/* Note the references of a document; own: "Type/id" that may refer to itself. */
bool references_note(struct references *r, const struct fhir_node *node, struct str own, size_t entry, struct err *e);
/* All noted lead somewhere, and do so until the commit: who deletes a target waits. Else BUSINESS_RULE, and *ret_entry
 * says whose. */
bool references_check(struct references *r, size_t *ret_entry, struct err *e);
/* The references of one document that is about to be written: conditional ones become literal, all lead somewhere. */
bool body_references(struct op *op, struct fhir_node *node, struct str own, struct err *e);
/* "Patient?identifier=…": the "Type/id" of the one that matches; PRECONDITION for none or several. */
bool reference_is_conditional(struct str reference);
bool reference_find(struct op *op, struct str reference, struct str *ret_literal, struct err *e);
/* The hashes of index rows that can name a document of this type: search parameters', and RECORD_REFERS. */
enum { REFERENCE_PARAMETERS = 4000 };
size_t references_rows(struct str type, int64_t ret_params[REFERENCE_PARAMETERS]);
/* Nothing refers to a document that is gone, or going under a lock (RECORD_DELETE). CONFLICT names what does. */
bool references_free(struct op *op, const struct record_doc *doc, struct err *e);

#endif
