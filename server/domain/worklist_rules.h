/* Why a modality sees a scheduled step, or does not: each rule of the worklist with what it says of the step. Threads:
 * by operation. Cost: a look at the peer and one at the steps its departments may see. */
#ifndef DOMAIN_WORKLIST_RULES_H
#define DOMAIN_WORKLIST_RULES_H

#include "domain/worklist.h"

/* What the modality asked about is to be supposed to ask by; empty: it is not looked at. */
struct worklist_asking {
    struct domain *d; /* of the one who wants to know */
    struct auth *auth;
    struct str aet, station_name, modality, date; /* date: YYYYMMDD */
    const struct str *status;
    size_t status_n;
    struct auth_peer peer; /* from here on: worklist_ask fills it in */
    struct worklist_step *seen;
    size_t seen_n;
};
/* Look at the peer, and at what it may see of an order's steps. */
bool worklist_ask(struct worklist_asking *x, int64_t order, struct err *e);

enum { WORKLIST_RULES = 9 };
struct worklist_verdict {
    const char *rule, *reason;
    bool holds;
};
/* What the rules that were asked for say of a step; *ret_visible: none hides it. */
size_t worklist_judge(const struct worklist_asking *x, const struct worklist_step *s,
                      struct worklist_verdict ret_verdict[WORKLIST_RULES], bool *ret_visible);

#endif
