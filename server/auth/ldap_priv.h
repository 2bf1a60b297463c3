/* Inside the directory client: libldap's types are confined to the files that include this. */
#ifndef AUTH_LDAP_PRIV_H
#define AUTH_LDAP_PRIV_H

#include <ldap.h>
#include <pthread.h>

#include "auth/auth_priv.h"

enum { DN_MAX = 1024, MAPPED_MAX = 64, REMEMBERED = 256 };

struct mapped_group { /* one entry of ldap.role_map */
    char *dn;         /* normalised */
    uint32_t role;
};

struct remembered {
    char *dn;
    uint32_t roles;
    clock_us until;
};

struct directory {
    char *url, *ca_file, *bind_dn, *bind_password;
    char *user_base, *user_filter, *group_base, *group_filter;
    char *name_attribute; /* of the first assertion with %s in user_filter: "uid" */
    bool starttls;
    int timeout_seconds;
    struct mapped_group map[MAPPED_MAX];
    int mapped;
    pthread_mutex_t lock;
    struct remembered roles[REMEMBERED];
    clock_us
        down_until; /* not asked again before; a dead directory must not hold every worker for its time-out */
};

/* directory_settings.c */
bool directory_settings(struct directory *d, const struct auth_config *config, struct err *e);
/* A DN in one spelling: RFC 4514 text, ASCII letters in lower case. False when it is none. */
bool dn_normalise(const char *dn, char ret_dn[DN_MAX]);
/* filter with each %s replaced by the value, escaped as RFC 4515 §3 wants. */
bool filter_fill(struct buf *b, const char *filter, struct str value);

/* directory_wire.c: connections and searches. */
LDAP *directory_open(const struct directory *d, struct err *e);
void directory_close(LDAP **ld);
/* Sets UNAVAILABLE with libldap's words. Returns false. */
bool directory_failed(struct err *e, const char *what, int code);
struct question {
    const char *base, *filter;
    char **attributes;
    int at_most; /* more entries than these are a refusal */
};
bool directory_find(LDAP *ld, const struct directory *d, const struct question *q, LDAPMessage **ret_found,
                    struct err *e);

/* directory_groups.c: the roles of a DN by its groups and their groups. */
bool groups_roles(LDAP *ld, struct directory *d, const char *dn, uint32_t *ret_roles, struct err *e);

#endif
