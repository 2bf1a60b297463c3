/* The hospital's directory over LDAP (libldap is used here and nowhere else): search with a service account,
 * bind as the person on a connection of its own, ask the server who we are (RFC 4532), walk the groups, map
 * them to roles. Fail-closed: anything the directory leaves unclear is a refusal. Transport is LDAPS,
 * StartTLS or a local socket; plain LDAP only to this machine. Threads: shared; connections are made per
 * login, so none is. Cost: two connections a login; roles of a DN are remembered for at most 60 s. SIGPIPE
 * must be ignored by the process. */
#ifndef AUTH_DIRECTORY_PRIV_H
#define AUTH_DIRECTORY_PRIV_H

#include "auth/auth.h"

struct directory;

struct person {    /* what the directory says about somebody */
    char name[96]; /* the naming attribute's value, ASCII letters in lower case: one name however it was typed
                    */
    char display[128];
    uint32_t roles;
};

/* INVALID with the reason when the settings do not make a safe client. Does not connect. */
struct directory *directory_new(const struct auth_config *config, struct err *e);
void directory_free(struct directory *d);
/* UNAUTHENTICATED: wrong, unknown, ambiguous, no role or conflicting roles; UNAVAILABLE: the directory gave
 * no usable answer. The texts are for the log. */
bool directory_login(struct directory *d, struct str user, struct str password, struct person *ret_person,
                     struct err *e);
/* The same without a password, for people who signed in before: never answered from memory. */
bool directory_lookup(struct directory *d, struct str user, struct person *ret_person, struct err *e);

#endif
