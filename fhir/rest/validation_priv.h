/* Validation over the record's documents: what fhir/validate asks, the record answers, under the caller's row filter.
 * Private to this folder. Owner: the operation's arena. Threads: one operation, one thread. */
#ifndef FHIR_REST_VALIDATION_PRIV_H
#define FHIR_REST_VALIDATION_PRIV_H

#include "fhir/rest/operation_priv.h"
#include "fhir/validate/validate.h"

struct validation {
    struct operation o; /* for terminology */
    struct term term;
    struct validate_source source;
    struct validation_profile *profiles; /* those in use */
    int documents;                       /* that were looked at */
};
/* CLEANUP(validation_end). It may not move while the source is in use. */
void validation_start(struct validation *v, struct op *op);
void validation_end(struct validation *v);

/* ---- profile_store.c: compiled profiles, kept by row and version of their document ---- */
struct stored_profile; /* in use until it is given back */
/* The one kept, or NULL; the caller then makes it and puts it. */
struct stored_profile *profile_store_take(int64_t rid, int version);
/* p may be NULL: then why says why it can not be used. Owns p from here on. */
struct stored_profile *profile_store_put(int64_t rid, int version, struct profile *p, const struct err *why);
void profile_store_give_back(struct stored_profile *s);
/* False with e set for one that can not be used. */
bool profile_store_get(const struct stored_profile *s, const struct profile **ret_profile, struct err *e);

#endif
