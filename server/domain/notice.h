/* Who is told in DICOM of what happens: of performed steps (MPPS handed on), of studies that are complete (IAN). Here
 * is who, and the notes in a change's own transaction; dicom/net composes and sends. Threads: by operation. Cost:
 * nothing while nobody is told. */
#ifndef DOMAIN_NOTICE_H
#define DOMAIN_NOTICE_H

#include "domain/domain.h"

#define NOTICE_KIND "dicom-notice"    /* of outbox destinations; "dicom" is what carries images */
#define NOTICE_STEP "performed-step"  /* outbox types: a message of a performed step */
#define NOTICE_STUDY "study-complete" /* all that a performed step made is here */

/* A peer is told from now on, or no more. tells: MPPS or IAN. NOT_FOUND for a peer that is not registered. */
bool notice_subscribe(struct domain *d, struct str peer, struct str tells, struct err *e);
bool notice_unsubscribe(struct domain *d, struct str peer, struct str tells, struct err *e);
/* Where a registered peer is told of MPPS, IAN or UPS; opened when it never was. Who calls holds off others. */
bool notice_destination(struct domain *d, struct str peer, const char *tells, int64_t *ret_destination, struct err *e);
/* A performed step began, or (begins false) was changed: those who are told get the data set as it came. */
bool notice_step(struct domain *d, struct str sop_uid, bool begins, struct str dataset, struct err *e);
/* It ended, having made these instances: when all are here, the study is complete. */
bool notice_made(struct domain *d, struct str study_uid, const struct str *sop_uids, size_t n, struct err *e);

#endif
