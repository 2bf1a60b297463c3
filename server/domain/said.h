/* The order of messages about one document, by the time their senders said them. What no message says (domain.said is
 * 0) is neither older nor noted. Threads: by operation. Cost: a statement. */
#ifndef DOMAIN_SAID_H
#define DOMAIN_SAID_H

#include "domain/domain.h"

/* Was something newer applied before? Then there is a warning, and the change is to be left out. */
bool said_is_older(struct domain *d, int64_t rid, bool *ret_older, struct err *e);
/* This is applied. */
bool said_note(struct domain *d, int64_t rid, struct err *e);

#endif
