/* A report of several orders (one reading of several accession numbers). Threads: by operation. For domain/ itself. */
#ifndef DOMAIN_LINK_ALSO_H
#define DOMAIN_LINK_ALSO_H

#include "domain/domain.h"
#include "domain/report.h"

/* Keep what the report is about beside its first order; replaces what was kept. */
bool link_also_put(struct domain *d, int64_t report, const struct report_also *also, size_t n, struct err *e);
struct link_also_hit { /* a link that holds */
    int64_t order;
    struct str imaging_study;
};
enum { LINK_ALSO_MAX = 32 };
/* Climb the ladder for each; those that hit the same patient are linked and told. */
bool link_also_climb(struct domain *d, int64_t report, int64_t patient, struct link_also_hit ret_hits[LINK_ALSO_MAX],
                     size_t *ret_count, struct err *e);

#endif
