/* Groups in groups, asked level by level: portable where memberOf and matching rules in chain are not. */
#include "auth/ldap_priv.h"

#include "base/arena.h"

enum { DEPTH_MAX = 8, GROUPS_MAX = 1000, AT_ONCE = 16, FILTER_MAX = 64 * 1024 };

struct walk {
    struct arena arena;
    LDAP *ld;
    struct directory *d;
    /* The person, then each group once: as the server wrote the DN, and in the spelling that is compared. */
    const char *dn[GROUPS_MAX + 1], *normal[GROUPS_MAX + 1];
    int n;
};

static bool seen(const struct walk *w, const char *normal)
{
    for (int i = 0; i < w->n; i++)
        if (strcmp(w->normal[i], normal) == 0)
            return true;
    return false;
}

/* A group met before is left alone, which ends cycles. */
static bool note(struct walk *w, const char *dn, struct err *e)
{
    char normal[DN_MAX];
    if (!dn_normalise(dn, normal))
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the DN of a group cannot be read");
    if (seen(w, normal))
        return true;
    if (w->n > GROUPS_MAX)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the person is in more than %d groups", GROUPS_MAX);
    w->dn[w->n] = arena_cstr(&w->arena, str_of(dn));
    w->normal[w->n++] = arena_cstr(&w->arena, str_of(normal));
    return true;
}

static bool note_all(struct walk *w, LDAPMessage *found, struct err *e)
{
    bool ok = true;
    for (LDAPMessage *m = ldap_first_entry(w->ld, found); m && ok; m = ldap_next_entry(w->ld, m)) {
        char *dn = ldap_get_dn(w->ld, m);
        ok = dn ? note(w, dn, e) : err_set(e, ERR_UNAUTHENTICATED, "directory: a group has no DN");
        ldap_memfree(dn);
    }
    return ok;
}

/* The groups that hold any of the DNs from..to. */
static bool ask(struct walk *w, int from, int to, struct err *e)
{
    struct buf filter CLEANUP(buf_release);
    buf_init(&filter, FILTER_MAX);
    buf_puts(&filter, "(|");
    for (int i = from; i < to; i++)
        if (!filter_fill(&filter, w->d->group_filter, str_of(w->dn[i])))
            return err_set(e, ERR_UNAUTHENTICATED, "directory: the group filter grows too long");
    buf_putc(&filter, ')');
    char *attributes[] = {(char *)LDAP_NO_ATTRS, NULL};
    const struct question q = {w->d->group_base, filter.p, attributes, GROUPS_MAX};
    LDAPMessage *found = NULL;
    if (!directory_find(w->ld, w->d, &q, &found, e))
        return false;
    bool ok = note_all(w, found, e);
    ldap_msgfree(found);
    return ok;
}

static bool level(struct walk *w, int from, int to, struct err *e)
{
    for (int i = from; i < to; i += AT_ONCE)
        if (!ask(w, i, i + AT_ONCE < to ? i + AT_ONCE : to, e))
            return false;
    return true;
}

static bool climb(struct walk *w, const char *dn, struct err *e)
{
    if (!note(w, dn, e))
        return false;
    int from = 0;
    for (int depth = 0; depth < DEPTH_MAX && from < w->n; depth++) {
        int to = w->n;
        if (!level(w, from, to, e))
            return false;
        from = to;
    }
    return true;
}

static uint32_t mapped_roles(const struct walk *w)
{
    uint32_t roles = 0;
    for (int i = 0; i < w->d->mapped; i++)
        if (seen(w, w->d->map[i].dn))
            roles |= w->d->map[i].role;
    return roles;
}

bool groups_roles(LDAP *ld, struct directory *d, const char *dn, uint32_t *ret_roles, struct err *e)
{
    struct walk w = {.ld = ld, .d = d};
    arena_init(&w.arena);
    bool ok = climb(&w, dn, e);
    uint32_t roles = ok ? mapped_roles(&w) : 0;
    arena_release(&w.arena);
    if (!ok)
        return false;
    if (!roles)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: none of the person's groups is mapped to a role");
    if (roles_conflict(roles))
        return err_set(e, ERR_UNAUTHENTICATED,
                       "directory: the person's groups join compliance and administration");
    *ret_roles = roles;
    return true;
}
