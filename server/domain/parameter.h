/* SearchParameter resources as rules of the search index. Threads: by operation. */
#ifndef DOMAIN_PARAMETER_H
#define DOMAIN_PARAMETER_H

#include "domain/domain.h"

/* An active one must be one this server can index: SEARCH_PARAMETER. */
bool parameter_check(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
/* After it was written or deleted: begin to index it, or take its rows away. */
bool parameter_project(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);

#endif
