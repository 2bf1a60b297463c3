/* Compiled profiles, shared by all workers. A change of the StructureDefinition makes a new version, which is another
 * row here: what is in use stays as it is, and is dropped when nobody needs it. */
#include "fhir/rest/validation_priv.h"

#include <pthread.h>

#include "base/mem.h"

enum { KEPT = 64 };

struct stored_profile {
    int64_t rid;
    int version, users;
    bool kept; /* in the list */
    uint64_t used;
    struct profile *profile;
    struct err why;
};

static struct {
    pthread_mutex_t lock;
    struct stored_profile *slot[KEPT];
    uint64_t clock;
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void drop(struct stored_profile *s)
{
    profile_free(s->profile);
    mem_free(s);
}

struct stored_profile *profile_store_take(int64_t rid, int version)
{
    struct stored_profile *found = NULL;
    pthread_mutex_lock(&store.lock);
    for (int i = 0; i < KEPT && !found; i++)
        if (store.slot[i] && store.slot[i]->rid == rid && store.slot[i]->version == version)
            found = store.slot[i];
    if (found) {
        found->users++;
        found->used = ++store.clock;
    }
    pthread_mutex_unlock(&store.lock);
    return found;
}

/* A free slot, else that of an older version, else the one used least lately; what is in use is never taken. */
static int slot_for(int64_t rid)
{
    int best = -1;
    for (int i = 0; i < KEPT; i++) {
        const struct stored_profile *s = store.slot[i], *b = best < 0 ? NULL : store.slot[best];
        if (!s || (s->rid == rid && !s->users))
            return i;
        if (!s->users && (!b || s->used < b->used))
            best = i;
    }
    return best;
}

struct stored_profile *profile_store_put(int64_t rid, int version, struct profile *p, const struct err *why)
{
    struct stored_profile *s = mem_zalloc(sizeof *s), *old = NULL;
    *s = (struct stored_profile){.rid = rid, .version = version, .users = 1, .profile = p};
    if (!p)
        s->why = *why;
    pthread_mutex_lock(&store.lock);
    int i = slot_for(rid);
    if (i >= 0) {
        old = store.slot[i];
        store.slot[i] = s;
        s->kept = true;
        s->used = ++store.clock;
    }
    pthread_mutex_unlock(&store.lock);
    if (old)
        drop(old);
    return s;
}

void profile_store_give_back(struct stored_profile *s)
{
    pthread_mutex_lock(&store.lock);
    bool last = !--s->users && !s->kept;
    pthread_mutex_unlock(&store.lock);
    if (last)
        drop(s);
}

bool profile_store_get(const struct stored_profile *s, const struct profile **ret_profile, struct err *e)
{
    *ret_profile = s->profile;
    if (!s->profile)
        *e = s->why;
    return s->profile != NULL;
}
