/* Inside hl7/net: profiles ready for use. */
#ifndef HL7_NET_PROFILE_PRIV_H
#define HL7_NET_PROFILE_PRIV_H

#include "hl7/net/map_priv.h"
#include "hl7/net/net_priv.h"
#include "hl7/net/profiles.h"

struct profile_live {
    struct hl7_profile profile;
    struct map_overrides rows;
    int64_t id;
    struct arena arena;
    int users;   /* guarded by the store */
    bool known;  /* still in the store */
    bool broken; /* of another release, and not understood: its sender's messages are refused */
    struct profile_live *next;
};

/* Into the arena given: read, and its names of fields, transforms and structures looked up. */
bool profile_make(struct str document, struct arena *a, struct profile_live *ret_live, struct err *e);
/* The active profile of a sender, NULL for none; give it back with profile_release. */
bool profile_hold(struct db *db, struct str application, struct str facility, struct profile_live **ret_live,
                  struct err *e);
void profile_release(struct profile_live *live); /* NULL is fine */
/* Active profiles were changed: look again at once. */
void profile_forget(void);
/* Ask the message along the profile: warnings to r->d; false for the first error, at its place. */
bool profile_judge(const struct profile_live *live, struct receipt *r, struct err *e);

#endif
