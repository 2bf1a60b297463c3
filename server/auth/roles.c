/* Roles, the permissions they carry, and their names. */
#include "auth/auth_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

static const char *const permission_names[PERMISSIONS] = {
#define PERMISSION(name, meaning) [PERM_##name] = #name,
#include "auth/permissions.def"
#undef PERMISSION
};

static const struct {
    const char *name;
    uint64_t permissions;
} roles[ROLES] = {
#define ROLE(name, title, permissions) [ROLE_##name] = {#name, permissions},
#include "auth/roles.def"
#undef ROLE
};

const char *auth_permission_name(enum permission p)
{
    return (unsigned)p < PERMISSIONS ? permission_names[p] : "";
}

const char *auth_role_name(enum role r)
{
    return (unsigned)r < ROLES ? roles[r].name : "";
}

static bool role_find(struct str name, uint32_t *ret_bit)
{
    for (int i = 0; i < ROLES; i++)
        if (str_is(name, roles[i].name)) {
            *ret_bit = UINT32_C(1) << i;
            return true;
        }
    return false;
}

uint32_t roles_of(struct str names)
{
    uint32_t set = 0, bit;
    struct str part;
    while (names.p && str_next(&names, ',', &part)) {
        if (role_find(str_trim(part), &bit))
            set |= bit;
        else if (str_trim(part).n)
            log_warning("auth", "a role this version does not know was skipped");
    }
    return set;
}

bool roles_parse(struct str names, uint32_t *ret_roles, struct err *e)
{
    uint32_t set = 0, bit;
    struct str part;
    while (names.p && str_next(&names, ',', &part)) {
        part = str_trim(part);
        if (!role_find(part, &bit))
            return err_set(e, ERR_INVALID, "no role is called '%.*s'", STR_ARG(str_sub(part, 0, 40)));
        set |= bit;
    }
    if (!set)
        return err_set(e, ERR_INVALID, "at least one role is needed");
    if (roles_conflict(set))
        return err_set(e, ERR_INVALID,
                       "COMPLIANCE cannot be held together with ARCHIVE_ADMIN or ADMINISTRATOR");
    *ret_roles = set;
    return true;
}

bool roles_conflict(uint32_t set)
{
    const uint32_t admins = UINT32_C(1) << ROLE_ARCHIVE_ADMIN | UINT32_C(1) << ROLE_ADMINISTRATOR;
    return (set & (UINT32_C(1) << ROLE_COMPLIANCE)) && (set & admins);
}

void roles_text(uint32_t set, char ret_text[ROLES_TEXT])
{
    size_t n = 0;
    ret_text[0] = '\0';
    for (int i = 0; i < ROLES; i++)
        if (set & (UINT32_C(1) << i) && n < ROLES_TEXT - 1)
            n += (size_t)snprintf(ret_text + n, ROLES_TEXT - n, "%s%s", n ? "," : "", roles[i].name);
}

bool principal_grant(struct principal *p, uint32_t set, struct str departments, struct err *e)
{
    if (!str_copy(p->departments, sizeof p->departments, departments))
        return err_set(e, ERR_INTERNAL, "the departments of a principal exceed %zu bytes",
                       sizeof p->departments - 1);
    p->roles = set;
    p->permissions = 0;
    for (int i = 0; i < ROLES; i++)
        if (set & (UINT32_C(1) << i))
            p->permissions |= roles[i].permissions;
    return true;
}
