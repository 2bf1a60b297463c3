/* The front of this folder: which credentials go where, and the answer to those who are not let in. */
#include "auth/auth_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "tls/tls.h"

static bool dummy_make(struct auth *a, struct err *e)
{
    char random[32];
    return tls_random(a->key, sizeof a->key, e) && tls_random(random, sizeof random, e) &&
           password_hash((struct str){random, sizeof random}, a->dummy_hash, e);
}

struct auth *auth_new(const struct auth_config *config, struct err *e)
{
    struct auth *a = mem_zalloc(sizeof *a);
    a->trust_loopback_peers = config->trust_loopback_peers;
    str_copy(a->ae_title, sizeof a->ae_title, str_trim(str_of(config->ae_title ? config->ae_title : "")));
    a->idle_seconds = config->session_idle_seconds > 0 ? config->session_idle_seconds : 900;
    a->absolute_seconds = config->session_absolute_seconds > 0 ? config->session_absolute_seconds : 43200;
    a->throttle = throttle_new();
    a->cache = cache_new();
    bool ok = dummy_make(a, e);
    if (ok && config->ldap_url && config->ldap_url[0])
        ok = (a->directory = directory_new(config, e)) != NULL;
    if (ok)
        return a;
    auth_free(a);
    return NULL;
}

void auth_free(struct auth *a)
{
    if (!a)
        return;
    directory_free(a->directory);
    throttle_free(a->throttle);
    cache_free(a->cache);
    explicit_bzero(a, sizeof *a);
    mem_free(a);
}

bool auth_refuse(struct err *e, const char *address, const char *fmt, ...)
{
    char why[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    log_warning("auth", "refused%s%s: %s", address && *address ? " from " : "", address ? address : "", why);
    return err_set(e, ERR_UNAUTHENTICATED, "the caller is not known or may not come in");
}

bool auth_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                       struct err *e)
{
    struct principal who;
    bool ok = false;
    switch (c->kind) {
    case CREDENTIALS_BASIC:
        ok = person_authenticate(a, db, c, &who, e);
        break;
    case CREDENTIALS_COOKIE:
        ok = session_authenticate(a, db, c, &who, e);
        break;
    case CREDENTIALS_AE:
        ok = ae_authenticate(a, db, c, &who, e);
        break;
    case CREDENTIALS_HL7:
        ok = hl7_authenticate(a, db, c, &who, e);
        break;
    case CREDENTIALS_NONE:
    default:
        return err_set(e, ERR_UNAUTHENTICATED, "the caller is not known or may not come in");
    }
    if (!ok)
        return false;
    str_copy(who.address, sizeof who.address, str_of(c->address ? c->address : ""));
    *ret_who = who;
    return true;
}

bool auth_authorise(const struct principal *who, enum permission p, struct err *e)
{
    if ((unsigned)p < PERMISSIONS && who->kind != PRINCIPAL_NONE && (who->permissions & (UINT64_C(1) << p)))
        return true;
    return err_set(e, ERR_FORBIDDEN, "the permission %s is needed", auth_permission_name(p));
}

struct principal auth_system(void)
{
    struct principal who = {.kind = PRINCIPAL_SYSTEM, .name = "isocentre"};
    who.permissions = (UINT64_C(1) << PERMISSIONS) - 1;
    return who;
}
