/* What belongs together: studies to orders, reports to studies and orders. The ladder has fixed rungs, each hit keeps
 * its evidence; a patient mismatch is held, never linked; what finds nothing waits and is tried again in the
 * transaction in which a study, order or report arrives. Threads: by operation. */
#ifndef DOMAIN_LINK_H
#define DOMAIN_LINK_H

#include "domain/domain.h"

/* Whether anything may wait for a number of this order: what link_order_arrived would try, or a cancel that came before
 * it. One cheap look, which nearly all orders need alone. */
bool link_number_waits(struct domain *d, const struct record_doc *order, struct str study_uid, bool *ret_waits,
                       struct err *e);
/* An order was placed or changed: waiting studies and reports are tried. */
bool link_order_arrived(struct domain *d, const struct record_doc *order, struct str study_uid, struct err *e);
/* A study is new: its order is looked for, its ImagingStudy made or found, and waiting reports are tried. */
bool link_study_arrived(struct domain *d, int64_t study_key, struct err *e);
struct study_row;
/* Its images are told to name another patient or accession number: so does the ImagingStudy of its own. */
bool link_study_named(struct domain *d, const struct study_row *s, struct err *e);
/* The order the ladder would give a study; 0 for none. Nothing is written. */
bool link_study_ladder(struct domain *d, const struct study_row *s, int64_t *ret_order, struct err *e);
/* A report is new or changed, its report_link row is written: find what it reports on. */
bool link_report(struct domain *d, int64_t report_rid, struct err *e);
/* The same for a report that was tried before: nothing is written unless it finds something new. */
bool link_report_again(struct domain *d, int64_t report_rid, struct err *e);
/* Once a minute (job REPORT_RELINK): try the reports that came lately and wait, and a part of those of old. */
bool link_waiting_reports(struct domain *d, struct err *e);

#endif
