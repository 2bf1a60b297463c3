/* Who is calling, and what may they do. A principal is a person (local user or LDAP), a DICOM peer (AE title) or an
 * HL7 peer (sending application and facility); each has roles, each role has permissions (roles.def). Deny by
 * default. libldap and argon2 live here.
 * Owner: principals are values. Threads: struct auth is shared. Cost: sessions and peers are one indexed SELECT; a
 * password check is one argon2id (about 50 ms by design) or one LDAP search and bind. Basic credentials that
 * succeeded are remembered for at most 10 s by their keyed hash, a session for 1 s, so that a burst of requests pays
 * once; a change of users or sessions made through this process ends that at once. The process must ignore SIGPIPE
 * (libldap). */
#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "db/db.h"
#include "tls/tls.h"

enum permission {
#define PERMISSION(name, meaning) PERM_##name,
#include "auth/permissions.def"
#undef PERMISSION
    PERMISSIONS
};

enum role {
#define ROLE(name, title, permissions) ROLE_##name,
#include "auth/roles.def"
#undef ROLE
    ROLES
};

enum principal_kind { PRINCIPAL_NONE, PRINCIPAL_PERSON, PRINCIPAL_AE, PRINCIPAL_HL7, PRINCIPAL_SYSTEM };

/* What is set for one peer (peer_settings.def). ack_return may begin with AUTH_DESTINATION. */
#define AUTH_DESTINATION "destination:"
struct peer_settings {
#define TEXT(name, kinds, most, meaning) char name[(most) + 1];
#define NUMBER(name, kinds, most, meaning) int name;
#include "auth/peer_settings.def"
#undef TEXT
#undef NUMBER
};

struct principal {
    enum principal_kind kind;
    char name[96];        /* login, AE title, or "APP|FACILITY" */
    char display[128];    /* for people */
    char address[64];     /* network address of the caller */
    uint64_t permissions; /* bit set by enum permission */
    uint32_t roles;       /* bit set by enum role */
    /* The row filter: rows whose department is not in this PostgreSQL array literal are invisible.
     * "" means no restriction. Every clinical query takes it as its first parameter. */
    char departments[512];
    char character_set[32]; /* what a peer is answered in when it names none; "" for the default */
    char session[65];       /* hash of the session id when a cookie was shown */
    char peer_row[160];     /* which row a peer was found by, "RIS|*@10.0.0.0/8"; "" for all others */
    struct peer_settings peer;
};

/* What a caller showed. Unused parts stay empty. */
struct credentials {
    enum { CREDENTIALS_NONE, CREDENTIALS_BASIC, CREDENTIALS_COOKIE, CREDENTIALS_AE, CREDENTIALS_HL7 } kind;
    struct str user, password;          /* Basic */
    struct str cookie;                  /* the session id */
    struct str calling, called;         /* AE titles */
    struct str application, facility;   /* MSH-3, MSH-4 */
    const struct tls_peer *certificate; /* verified; NULL: none was shown */
    const char *address;
    bool loopback, encrypted;
};

struct auth_config {
    bool trust_loopback_peers; /* the demo profile: any AE title, any HL7 sender, from this machine only */
    const char *ae_title;      /* ours */
    int session_idle_seconds, session_absolute_seconds;
    /* LDAP; no url: local users only */
    const char *ldap_url; /* "ldap://host", "ldaps://host", "ldapi://…" */
    bool ldap_starttls;
    const char *ldap_ca_file;
    const char *ldap_bind_dn, *ldap_bind_password_file;
    const char *ldap_user_base, *ldap_user_filter;   /* "(uid=%s)" */
    const char *ldap_group_base, *ldap_group_filter; /* "(member=%s)" */
    const char *ldap_role_map;                       /* "cn=radiologists,ou=groups,…=RADIOLOGIST; …" */
    int ldap_timeout_seconds;
};
struct auth;
struct auth *auth_new(const struct auth_config *config, struct err *e);
void auth_free(struct auth *a);

/* UNAUTHENTICATED for everything that is not exactly right, with one and the same text for callers; the reason goes to
 * the log. UNAVAILABLE when LDAP does not answer and the user is not local. Needs a connection outside a transaction.
 * Basic is taken over an encrypted connection or from this machine only. */
bool auth_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                       struct err *e);
/* FORBIDDEN naming the permission. */
bool auth_authorise(const struct principal *who, enum permission p, struct err *e);
/* The principal of the server's own acts (jobs, sealer): every permission. */
struct principal auth_system(void);

/* Sessions: id is 43 base64url characters of 256 random bits; only its hash is stored. */
enum { AUTH_SESSION_ID = 44 };
bool auth_session_open(struct auth *a, struct db *db, const struct principal *who, char ret_id[AUTH_SESSION_ID],
                       struct err *e);
bool auth_session_close(struct db *db, struct str id, struct err *e);
/* All sessions of a person. */
bool auth_session_revoke(struct db *db, struct str login, struct err *e);
/* Delete what has ended; for job SESSION_SWEEP. */
bool auth_session_sweep(struct auth *a, struct db *db, struct err *e);

/* Administration, for the command line and the admin API. Passwords: at least 12 characters. */
bool auth_user_put(struct db *db, struct str login, struct str display, struct str password, struct str roles,
                   struct err *e); /* roles: "RADIOLOGIST,ARCHIVE_ADMIN"; an empty password keeps the old one */
bool auth_user_disable(struct db *db, struct str login, struct err *e);
bool auth_peer_put(struct db *db, struct str kind, struct str name, struct str address, struct str roles,
                   struct err *e); /* kind "AE" or "HL7"; address "" for any */
struct auth_peer_id {
    struct str kind, name, address; /* "AE" or "HL7"; "" for any address */
};
/* NOT_FOUND. */
bool auth_peer_get(struct db *db, const struct auth_peer_id *id, struct peer_settings *ret_settings, struct err *e);
/* Change settings of a peer that is there: "rate=20". INVALID names the setting. */
bool auth_peer_set(struct db *db, const struct auth_peer_id *id, const struct str *pairs, size_t n, struct err *e);
/* NOT_FOUND when there is no such row. */
bool auth_peer_enable(struct db *db, struct str kind, struct str name, struct str address, bool enabled, struct err *e);
bool auth_peer_remove(struct db *db, const struct auth_peer_id *id, struct err *e);
/* A JSON array of all peers with their settings, or of those of one name. */
bool auth_peer_list(struct db *db, struct str name, struct buf *ret_json, struct err *e);
/* Where a DICOM node is called. NOT_FOUND when no row of this title has a port, or it is switched off. */
struct auth_reach {
    char name[17], host[201], certificate[201];
    int port, bandwidth;
    bool tls;
};
bool auth_peer_reach(struct db *db, struct str ae, struct auth_reach *ret_reach, struct err *e);
/* Told when table peer was changed (NOTIFY isocentre_peer): what is known of peers is asked for anew. */
void auth_peers_changed(void *auth);
/* Another number after each change. Any thread. */
unsigned auth_peers_age(const struct auth *a);
/* What a DICOM node of this title would be, from whatever address; for those who ask why it sees nothing. */
struct auth_peer {
    bool known, enabled;
    bool trusted; /* not registered, but the demo profile trusts any title from this machine */
    struct principal who;
};
bool auth_peer_look(struct auth *a, struct db *db, struct str ae, struct auth_peer *ret_peer, struct err *e);
const char *auth_permission_name(enum permission p);
const char *auth_role_name(enum role r);

#endif
