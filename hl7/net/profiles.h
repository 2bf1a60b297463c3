/* Conformance profiles in force: kept in the database, versioned, tried before they are activated. A message is read
 * along the active profile of its sender: its rules may refuse it, its rows stand before or instead of those of maps.
 * Threads: any. An activation is seen by other processes of the site within a second. */
#ifndef HL7_NET_PROFILES_H
#define HL7_NET_PROFILES_H

#include "gate/gate.h"
#include "hl7/profile/profile.h"

struct profile_live; /* a profile ready for use */

/* Each in op's write transaction; ret_json holds one JSON value. */

/* Keep a new version as a draft. JSON, or HL7v2xConformanceProfile XML, of which head gives name and sender. INVALID or
 * STRUCTURE for what is no profile, with the line. */
bool profiles_put(struct op *op, struct str document, const struct hl7_profile *head, struct buf *ret_json,
                  struct err *e);
bool profiles_list(struct op *op, struct buf *ret_json, struct err *e);

struct profile_ask {
    struct str name;
    int64_t version;  /* 0: the newest */
    int64_t messages; /* of the sender's last, which are read both ways; at most PROFILE_MESSAGES_MAX */
};
enum { PROFILE_MESSAGES_USUAL = 50, PROFILE_MESSAGES_MAX = 500 };
/* The document as it was given. */
bool profiles_show(struct op *op, const struct profile_ask *ask, struct buf *ret_document, struct err *e);
/* What the profile would change: values of the last messages that would be others, messages that would be refused. */
bool profiles_diff(struct op *op, const struct profile_ask *ask, struct buf *ret_json, struct err *e);
/* Run its tests without effect, tell the diff, and put it in force unless a test failed. */
bool profiles_activate(struct op *op, const struct profile_ask *ask, struct buf *ret_json, bool *ret_activated,
                       struct err *e);
/* No version of it is in force any more. */
bool profiles_remove(struct op *op, struct str name, struct err *e);

#endif
