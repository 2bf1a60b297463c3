/* Credentials that were right a moment ago, so that a burst of requests pays for one check. Basic ones are kept at
 * most 10 s under HMAC(process key, user and password), sessions 1 s under the hash of their id; neither password nor
 * id is stored. A change of any local user or session made by this process empties the cache; one made elsewhere
 * (command line, other node) takes effect when that time is over. Bounded: 256 principals. Threads: shared. */
#ifndef AUTH_CACHE_PRIV_H
#define AUTH_CACHE_PRIV_H

#include "auth/auth.h"

enum { CACHE_KEY = 32, CACHE_SECONDS = 10, CACHE_SESSION_SECONDS = 1 };
struct cache;

struct cache *cache_new(void);
void cache_free(struct cache *c);
/* now: clock_monotonic(). */
bool cache_find(struct cache *c, const unsigned char key[CACHE_KEY], clock_us now, struct principal *ret_who);
/* until: clock_monotonic() and so many seconds. generation: cache_generation() from before the check began. */
void cache_put(struct cache *c, const unsigned char key[CACHE_KEY], clock_us until, unsigned generation,
               const struct principal *who);
/* Counts changes of users and sessions in this process. */
unsigned cache_generation(void);
void cache_users_changed(void);
/* The moment so many seconds from now. */
clock_us cache_until(int seconds);

#endif
