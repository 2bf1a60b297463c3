/* Inside server/auth: what its files share. */
#ifndef AUTH_AUTH_PRIV_H
#define AUTH_AUTH_PRIV_H

#include <stdatomic.h>

#include "auth/auth.h"
#include "auth/cache_priv.h"
#include "auth/directory_priv.h"
#include "auth/throttle_priv.h"
#include "base/buf.h"
#include "base/mem.h"

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 1024, PASSWORD_HASH = 128, LOGIN_MAX = 95, ROLES_TEXT = 256 };

struct auth {
    atomic_uint peers_age;
    bool trust_loopback_peers;
    char ae_title[20];
    int idle_seconds, absolute_seconds;
    struct directory *directory; /* NULL: local users only */
    struct throttle *throttle;
    struct cache *cache;
    unsigned char key[32];          /* of this process; keys the cache and the throttle */
    char dummy_hash[PASSWORD_HASH]; /* verified for unknown users, so that they take as long as known ones */
};

/* The one answer to everybody who is not let in; the reason goes to the log. Returns false. */
bool auth_refuse(struct err *e, const char *address, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* roles.c: "A,B" to a set. Names nobody knows are skipped with a warning (deny by default), or INVALID in
 * strict. */
uint32_t roles_of(struct str names);
bool roles_parse(struct str names, uint32_t *ret_roles, struct err *e);
/* Compliance and administration in one hand. */
bool roles_conflict(uint32_t roles);
void roles_text(uint32_t roles, char ret_text[ROLES_TEXT]);
bool principal_grant(struct principal *p, uint32_t roles, struct str departments, struct err *e);

/* password.c: argon2id in its encoded form. At most two hashes are computed at a time, 19 MiB each. */
bool password_hash(struct str password, char ret_encoded[PASSWORD_HASH], struct err *e);
bool password_matches(const char *encoded, struct str password);

/* One kind of credentials a file. */
bool person_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                         struct err *e);
bool session_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                          struct err *e);
bool ae_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                     struct err *e);
bool hl7_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                      struct err *e);
/* peer_settings.c: the settings' columns of a row, from column `first` on. */
void peer_settings_read(const struct db_rows *r, int row, int first, struct peer_settings *ret_settings);
/* An object of those that peers of this kind have. */
void peer_settings_json(struct str kind, struct peer_settings *s, struct buf *b);
/* "10.1.2.3", "10.1.0.0/16", "2001:db8::/32" or "". */
bool network_valid(struct str text);

/* A login in its one form: ASCII letters in lower case. False for what no login can be: empty, too long, not
 * UTF-8, control characters, a space at either end. */
bool login_fold(struct str typed, char ret_login[LOGIN_MAX + 1]);

#endif
