/* Study Instance UIDs under 2.25 (PS3.5 B.2): random, or derived from a name so that the same name gives the same UID.
 * Threads: any. */
#ifndef DOMAIN_UID_H
#define DOMAIN_UID_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

struct str uid_new(struct arena *a);
struct str uid_derive(struct arena *a, struct str authority, struct str name);
/* Digits and single dots, at most 64, no component with a leading zero (PS3.5 9.1). INVALID names nothing else. */
bool uid_check(struct str uid, struct err *e);

#endif
