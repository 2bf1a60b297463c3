/* FHIR R5 (5.0.0) of what the record holds in R4: ImagingStudy is written anew, ImagingSelection lives in the record
 * as an R4 Basic with R5's own cross-version extensions. Pure functions on trees.
 * Owner: the arena; results share nodes with what they were made of, which must not be changed afterwards.
 * Threads: a tree belongs to one. Cost: linear. */
#ifndef FHIR_R5_H
#define FHIR_R5_H

#include "fhir/model/model.h"

/* The R5 form of an R4 ImagingStudy. */
struct fhir_node *r5_study(struct arena *a, struct fhir_node *r4);

/* Whether an R4 Basic is an ImagingSelection. */
bool r5_is_selection(const struct fhir_node *basic);
/* There and back. What r5_selection_check refuses makes no sense as Basic. */
struct fhir_node *r5_selection_to_basic(struct arena *a, const struct fhir_node *selection);
struct fhir_node *r5_selection_of_basic(struct arena *a, const struct fhir_node *basic);
/* Elements, cardinality, datatypes, codes and reference targets of R5; expressions are of the ImagingSelection. */
bool r5_selection_check(const struct fhir_node *selection, struct fhir_issues *ret_issues);

/* The search parameters R5 has and this server answers: of "ImagingStudy" or "ImagingSelection", by position; false
 * past the end. r4: what ImagingStudy's is called in R4. */
struct r5_param {
    const char *code, *r4, *kind, *url;
};
bool r5_param_at(struct str type, int i, struct r5_param *ret_param);
/* The same by name. */
bool r5_param_find(struct str type, struct str code, struct r5_param *ret_param);
/* A parameter of ImagingSelection as the search compiler takes it; NULL if there is none. */
const struct fhir_search_param *r5_selection_param(struct arena *a, struct str code);
/* The values of ImagingSelection's i-th parameter in a document: at most max nodes of one datatype. */
size_t r5_selection_values(const struct fhir_node *selection, int i, const struct fhir_node **ret_nodes, size_t max,
                           const char **ret_type);

#endif
