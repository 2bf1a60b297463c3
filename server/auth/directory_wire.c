/* Connections to the directory: every safety option is set here, whatever ldap.conf says. */
#include "auth/ldap_priv.h"

bool directory_failed(struct err *e, const char *what, int code)
{
    return err_set(e, ERR_UNAVAILABLE, "directory: %s: %s", what, ldap_err2string(code));
}

static bool option(LDAP *ld, int name, const void *value, struct err *e)
{
    int code = ldap_set_option(ld, name, value);
    return code == LDAP_OPT_SUCCESS ? true
                                    : err_set(e, ERR_UNAVAILABLE, "directory: option %#x was refused", name);
}

/* Referrals stay off: following one would show the password to a server nobody configured. */
static bool options_set(LDAP *ld, const struct directory *d, struct err *e)
{
    const int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND, tls12 = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
    const int client = 0, never = LDAP_DEREF_NEVER;
    const struct timeval patience = {d->timeout_seconds, 0};
    return option(ld, LDAP_OPT_PROTOCOL_VERSION, &version, e) &&
           option(ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF, e) && option(ld, LDAP_OPT_DEREF, &never, e) &&
           option(ld, LDAP_OPT_NETWORK_TIMEOUT, &patience, e) && option(ld, LDAP_OPT_TIMEOUT, &patience, e) &&
           option(ld, LDAP_OPT_TIMELIMIT, &d->timeout_seconds, e) &&
           option(ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand, e) &&
           option(ld, LDAP_OPT_X_TLS_PROTOCOL_MIN, &tls12, e) &&
           (!d->ca_file[0] || option(ld, LDAP_OPT_X_TLS_CACERTFILE, d->ca_file, e)) &&
           option(ld, LDAP_OPT_X_TLS_NEWCTX, &client, e);
}

LDAP *directory_open(const struct directory *d, struct err *e)
{
    LDAP *ld = NULL;
    int code = ldap_initialize(&ld, d->url);
    if (code != LDAP_SUCCESS) {
        directory_failed(e, "initialise", code);
        return NULL;
    }
    if (!options_set(ld, d, e)) {
        directory_close(&ld);
        return NULL;
    }
    code = d->starttls ? ldap_start_tls_s(ld, NULL, NULL) : LDAP_SUCCESS;
    if (code == LDAP_SUCCESS)
        return ld;
    directory_failed(e, "StartTLS", code); /* never go on in clear */
    directory_close(&ld);
    return NULL;
}

void directory_close(LDAP **ld)
{
    if (*ld)
        ldap_unbind_ext_s(*ld, NULL, NULL);
    *ld = NULL;
}

bool directory_find(LDAP *ld, const struct directory *d, const struct question *q, LDAPMessage **ret_found,
                    struct err *e)
{
    struct timeval patience = {d->timeout_seconds, 0};
    LDAPMessage *found = NULL;
    int code = ldap_search_ext_s(ld, q->base, LDAP_SCOPE_SUBTREE, q->filter, q->attributes, 0, NULL, NULL,
                                 &patience, q->at_most, &found);
    if (code == LDAP_SUCCESS) {
        *ret_found = found;
        return true;
    }
    ldap_msgfree(found);
    if (code == LDAP_SIZELIMIT_EXCEEDED)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: more than %d entries match", q->at_most);
    return directory_failed(e, "search", code);
}
