/* Signing in against the directory: search, bind, whoami, groups. */
#include "auth/ldap_priv.h"

enum { ROLES_SECONDS = 60, DOWN_SECONDS = 2 };

struct directory *directory_new(const struct auth_config *config, struct err *e)
{
    struct directory *d = mem_zalloc(sizeof *d);
    int version;
    ldap_get_option(NULL, LDAP_OPT_PROTOCOL_VERSION,
                    &version); /* libldap's own start, before there are threads */
    pthread_mutex_init(&d->lock, NULL);
    if (directory_settings(d, config, e))
        return d;
    directory_free(d);
    return NULL;
}

void directory_free(struct directory *d)
{
    if (!d)
        return;
    if (d->bind_password)
        explicit_bzero(d->bind_password, strlen(d->bind_password));
    char *const texts[] = {d->url,         d->ca_file,    d->bind_dn,      d->bind_password, d->user_base,
                           d->user_filter, d->group_base, d->group_filter, d->name_attribute};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        mem_free(texts[i]);
    for (int i = 0; i < d->mapped; i++)
        mem_free(d->map[i].dn);
    for (int i = 0; i < REMEMBERED; i++)
        mem_free(d->roles[i].dn);
    pthread_mutex_destroy(&d->lock);
    mem_free(d);
}

static struct remembered *slot_of(struct directory *d, const char *dn)
{
    uint32_t h = 2166136261u;
    for (const char *p = dn; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    return &d->roles[h % REMEMBERED];
}

static bool roles_remembered(struct directory *d, const char *dn, uint32_t *ret_roles)
{
    pthread_mutex_lock(&d->lock);
    struct remembered *r = slot_of(d, dn);
    bool found = r->dn && r->until > clock_monotonic() && strcmp(r->dn, dn) == 0;
    if (found)
        *ret_roles = r->roles;
    pthread_mutex_unlock(&d->lock);
    return found;
}

static void roles_remember(struct directory *d, const char *dn, uint32_t roles)
{
    pthread_mutex_lock(&d->lock);
    struct remembered *r = slot_of(d, dn);
    mem_free(r->dn);
    *r = (struct remembered){mem_cstr(dn), roles, clock_monotonic() + (clock_us)ROLES_SECONDS * 1000000};
    pthread_mutex_unlock(&d->lock);
}

static int bind_simple(LDAP *ld, const char *dn, struct str password)
{
    struct berval secret = {password.n, (char *)password.p};
    return ldap_sasl_bind_s(ld, dn, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

static LDAP *service_open(struct directory *d, struct err *e)
{
    LDAP *ld = directory_open(d, e);
    if (!ld)
        return NULL;
    int code = d->bind_dn[0] ? bind_simple(ld, d->bind_dn, str_of(d->bind_password)) : LDAP_SUCCESS;
    if (code == LDAP_SUCCESS)
        return ld;
    directory_failed(e, "bind of the service account", code);
    directory_close(&ld);
    return NULL;
}

/* The first value of an attribute. */
static bool value_copy(LDAP *ld, LDAPMessage *entry, const char *attribute, char *to, size_t size)
{
    struct berval **values = ldap_get_values_len(ld, entry, attribute);
    bool found = values && values[0] && values[0]->bv_len;
    if (found)
        str_copy(to, size, str_utf8_clip((struct str){values[0]->bv_val, values[0]->bv_len}, size - 1));
    ldap_value_free_len(values);
    return found;
}

static bool person_read(LDAP *ld, const struct directory *d, LDAPMessage *entry, struct person *p,
                        char dn[DN_MAX], struct err *e)
{
    char name[LOGIN_MAX + 1];
    char *text = ldap_get_dn(ld, entry);
    bool fits = text && text[0] && str_copy(dn, DN_MAX, str_of(text));
    ldap_memfree(text);
    if (!fits)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the person's entry has no usable DN");
    if (!value_copy(ld, entry, d->name_attribute, name, sizeof name) || !login_fold(str_of(name), p->name))
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the person's entry has no usable %s",
                       d->name_attribute);
    if (!value_copy(ld, entry, "displayName", p->display, sizeof p->display))
        value_copy(ld, entry, "cn", p->display, sizeof p->display);
    return true;
}

/* Exactly one entry, or nobody. */
static bool person_find(LDAP *ld, const struct directory *d, struct str user, struct person *p,
                        char dn[DN_MAX], struct err *e)
{
    struct buf filter CLEANUP(buf_release);
    buf_init(&filter, 4096);
    if (!filter_fill(&filter, d->user_filter, user))
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the user name does not fit the filter");
    char *attributes[] = {d->name_attribute, (char *)"displayName", (char *)"cn", NULL};
    const struct question q = {d->user_base, filter.p, attributes, 2};
    LDAPMessage *found = NULL;
    if (!directory_find(ld, d, &q, &found, e))
        return false;
    int n = ldap_count_entries(ld, found);
    bool ok = n == 1
                  ? person_read(ld, d, ldap_first_entry(ld, found), p, dn, e)
                  : err_set(e, ERR_UNAUTHENTICATED, "directory: %s entries match", n > 1 ? "several" : "no");
    ldap_msgfree(found);
    return ok;
}

/* Some servers answer success and leave the connection anonymous, or bind somebody else. */
static bool whoami_check(LDAP *ld, const char *dn, struct err *e)
{
    struct berval *who = NULL;
    char said[DN_MAX], is[DN_MAX], wanted[DN_MAX];
    int code = ldap_whoami_s(ld, &who, NULL, NULL);
    bool ok =
        code == LDAP_SUCCESS && who && str_copy(said, sizeof said, (struct str){who->bv_val, who->bv_len});
    ber_bvfree(who);
    if (!ok)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: whoami after the bind: %s", ldap_err2string(code));
    if (strncmp(said, "u:", 2) == 0 && said[2])
        return true; /* Active Directory's form; it cannot be compared with a DN */
    if (strncmp(said, "dn:", 3) != 0 || !dn_normalise(said + 3, is) || !dn_normalise(dn, wanted) ||
        strcmp(is, wanted) != 0)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: the bind made us somebody else than the person");
    return true;
}

/* Result codes that say the server could not, not that the person may not. libldap's own are negative. */
static bool server_trouble(int code)
{
    return code < 0 || code == LDAP_BUSY || code == LDAP_UNAVAILABLE || code == LDAP_OPERATIONS_ERROR;
}

static bool password_check(struct directory *d, const char *dn, struct str password, struct err *e)
{
    LDAP *ld CLEANUP(directory_close) = directory_open(d, e);
    if (!ld)
        return false;
    int code = bind_simple(ld, dn, password);
    if (server_trouble(code))
        return directory_failed(e, "bind", code);
    if (code != LDAP_SUCCESS)
        return err_set(e, ERR_UNAUTHENTICATED, "directory: bind: %s", ldap_err2string(code));
    return whoami_check(ld, dn, e);
}

static bool person_roles(LDAP *ld, struct directory *d, const char *dn, bool fresh, struct person *p,
                         struct err *e)
{
    if (!fresh && roles_remembered(d, dn, &p->roles))
        return true;
    if (!groups_roles(ld, d, dn, &p->roles, e))
        return false;
    roles_remember(d, dn, p->roles);
    return true;
}

static bool ask(struct directory *d, struct str user, const struct str *password, struct person *ret_person,
                struct err *e)
{
    struct person p = {.roles = 0};
    char dn[DN_MAX];
    LDAP *ld CLEANUP(directory_close) = service_open(d, e);
    if (!ld || !person_find(ld, d, user, &p, dn, e) || (password && !password_check(d, dn, *password, e)) ||
        !person_roles(ld, d, dn, !password, &p, e))
        return false;
    *ret_person = p;
    return true;
}

static bool ask_unless_down(struct directory *d, struct str user, const struct str *password,
                            struct person *ret_person, struct err *e)
{
    struct err why = {0};
    pthread_mutex_lock(&d->lock);
    bool down = d->down_until > clock_monotonic();
    pthread_mutex_unlock(&d->lock);
    if (down)
        return err_set(e, ERR_UNAVAILABLE, "directory: it did not answer a moment ago");
    bool ok = ask(d, user, password, ret_person, &why);
    if (!ok && why.code == ERR_UNAVAILABLE) {
        pthread_mutex_lock(&d->lock);
        d->down_until = clock_monotonic() + (clock_us)DOWN_SECONDS * 1000000;
        pthread_mutex_unlock(&d->lock);
    }
    if (!ok && e)
        *e = why;
    return ok;
}

bool directory_login(struct directory *d, struct str user, struct str password, struct person *ret_person,
                     struct err *e)
{
    if (!user.n || !password.n ||
        memchr(user.p, 0, user.n)) /* an empty password would bind as nobody, and succeed */
        return err_set(e, ERR_UNAUTHENTICATED, "directory: a user name and a password are needed");
    return ask_unless_down(d, user, &password, ret_person, e);
}

bool directory_lookup(struct directory *d, struct str user, struct person *ret_person, struct err *e)
{
    if (!user.n || memchr(user.p, 0, user.n))
        return err_set(e, ERR_UNAUTHENTICATED, "directory: a user name is needed");
    return ask_unless_down(d, user, NULL, ret_person, e);
}
