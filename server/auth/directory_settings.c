/* The directory's settings, checked once at start: a client that could leak passwords is not built at all. */
#include "auth/ldap_priv.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *given(const char *s)
{
    return s && *s ? s : NULL;
}

static char *copy(const char *s)
{
    return mem_cstr(s ? s : "");
}

/* By number, so that no name that merely begins like one passes. */
static bool loopback(const char *host)
{
    unsigned char four[4];
    if (inet_pton(AF_INET, host, four) == 1)
        return four[0] == 127;
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0;
}

static bool url_safe(const LDAPURLDesc *url, bool starttls, struct err *e)
{
    bool plain = strcmp(url->lud_scheme, "ldap") == 0, local = strcmp(url->lud_scheme, "ldapi") == 0;
    bool tls = strcmp(url->lud_scheme, "ldaps") == 0;
    if (!plain && !local && !tls)
        return err_set(e, ERR_INVALID, "ldap.url: the scheme must be ldap, ldaps or ldapi");
    if (!local && !given(url->lud_host))
        return err_set(e, ERR_INVALID, "ldap.url: a host is needed");
    if (starttls && !plain)
        return err_set(e, ERR_INVALID, "ldap.starttls goes with ldap:// only");
    if (plain && !starttls && !loopback(url->lud_host))
        return err_set(e, ERR_INVALID,
                       "ldap.url: plain ldap:// sends passwords in clear; use ldaps:// or ldap.starttls");
    return true;
}

static bool url_check(const char *urls, bool starttls, struct err *e)
{
    struct str rest = str_of(urls), one;
    while (str_next(&rest, ' ', &one)) {
        char text[512];
        LDAPURLDesc *url = NULL;
        if (!one.n)
            continue;
        if (!str_copy(text, sizeof text, one) || ldap_url_parse(text, &url) != LDAP_URL_SUCCESS)
            return err_set(e, ERR_INVALID, "ldap.url: not an LDAP URL");
        bool safe = url_safe(url, starttls, e);
        ldap_free_urldesc(url);
        if (!safe)
            return false;
    }
    return true;
}

static bool filter_check(const char *name, const char *filter, struct err *e)
{
    if (!given(filter) || filter[0] != '(' || !strstr(filter, "%s"))
        return err_set(e, ERR_INVALID, "%s must be a filter in parentheses with %%s where the value goes",
                       name);
    for (const char *p = strchr(filter, '%'); p; p = strchr(p + 1, '%'))
        if (p[1] != 's')
            return err_set(e, ERR_INVALID, "%s: only %%s may follow a per cent sign", name);
    return true;
}

bool filter_fill(struct buf *b, const char *filter, struct str value)
{
    struct berval in = {value.n, (char *)value.p}, escaped = {0, NULL};
    if (ldap_bv2escaped_filter_value(&in, &escaped) != 0)
        return false;
    for (const char *p; (p = strstr(filter, "%s")) != NULL; filter = p + 2) {
        buf_put(b, filter, (size_t)(p - filter));
        buf_put(b, escaped.bv_val, escaped.bv_len);
    }
    buf_puts(b, filter);
    ldap_memfree(escaped.bv_val);
    return buf_ok(b, NULL);
}

bool dn_normalise(const char *dn, char ret_dn[DN_MAX])
{
    LDAPDN parsed = NULL;
    char *text = NULL;
    bool fits = false;
    if (ldap_str2dn(dn, &parsed, LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS || !parsed)
        return false;
    if (ldap_dn2str(parsed, &text, LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS)
        fits = text[0] && str_copy(ret_dn, DN_MAX, str_of(text));
    for (char *p = ret_dn; fits && *p; p++)
        *p = (char)tolower((unsigned char)*p);
    ldap_memfree(text);
    ldap_dnfree(parsed);
    return fits;
}

static bool map_entry(struct directory *d, struct str entry, struct err *e)
{
    size_t at = entry.n;
    char dn[DN_MAX], normal[DN_MAX];
    while (at && entry.p[at - 1] != '=')
        at--;
    uint32_t role;
    if (!at || !roles_parse(str_trim(str_sub(entry, at, entry.n)), &role, e))
        return err_set(e, ERR_INVALID,
                       "ldap.role_map: an entry must read 'group DN=ROLE', with a role of this server");
    if (!str_copy(dn, sizeof dn, str_trim(str_sub(entry, 0, at - 1))) || !dn_normalise(dn, normal))
        return err_set(e, ERR_INVALID, "ldap.role_map: an entry must begin with a DN");
    if (d->mapped == MAPPED_MAX)
        return err_set(e, ERR_INVALID, "ldap.role_map: at most %d groups", MAPPED_MAX);
    d->map[d->mapped].dn = mem_cstr(normal);
    d->map[d->mapped++].role = role;
    return true;
}

/* Entries are parted by semicolons; one behind a backslash belongs to a DN. */
static bool map_parse(struct directory *d, struct str text, struct err *e)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && (text.p[i] != ';' || (i && text.p[i - 1] == '\\')))
            continue;
        struct str entry = str_trim(str_sub(text, from, i - from));
        if (entry.n && !map_entry(d, entry, e))
            return false;
        from = i + 1;
    }
    return d->mapped ? true
                     : err_set(e, ERR_INVALID, "ldap.role_map names no group, so nobody could sign in");
}

/* An empty service password would make an anonymous bind that looks like success (RFC 4513 §5.1.2). */
static bool password_read(struct directory *d, const char *path, struct err *e)
{
    char line[PASSWORD_MAX + 2];
    FILE *f = fopen(path, "re");
    if (!f)
        return err_errno(e, ERR_INVALID, "ldap.bind_password_file '%s'", path);
    size_t n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    if (!line[0])
        return err_set(e, ERR_INVALID, "ldap.bind_password_file '%s' holds no password", path);
    d->bind_password = mem_cstr(line);
    explicit_bzero(line, sizeof line);
    return true;
}

/* "(&(objectClass=person)(uid=%s))" gives "uid". */
static char *name_attribute(const char *filter)
{
    const char *end = strstr(filter, "=%s"), *start = end;
    while (start && start > filter && (isalnum((unsigned char)start[-1]) || start[-1] == '-'))
        start--;
    if (!start || start == end)
        return copy("uid");
    char name[64];
    str_copy(name, sizeof name, (struct str){start, (size_t)(end - start)});
    return mem_cstr(name);
}

bool directory_settings(struct directory *d, const struct auth_config *c, struct err *e)
{
    if (!url_check(c->ldap_url, c->ldap_starttls, e) ||
        !filter_check("ldap.user_filter", c->ldap_user_filter, e) ||
        !filter_check("ldap.group_filter", c->ldap_group_filter, e))
        return false;
    if (!given(c->ldap_user_base) || !given(c->ldap_group_base))
        return err_set(e, ERR_INVALID, "ldap.user_base and ldap.group_base are needed");
    if (given(c->ldap_ca_file) && access(c->ldap_ca_file, R_OK) != 0)
        return err_errno(e, ERR_INVALID, "ldap.ca_file '%s'", c->ldap_ca_file);
    if (given(c->ldap_bind_dn) && !given(c->ldap_bind_password_file))
        return err_set(e, ERR_INVALID, "ldap.bind_dn needs ldap.bind_password_file");
    if (given(c->ldap_bind_dn) && !password_read(d, c->ldap_bind_password_file, e))
        return false;
    d->url = copy(c->ldap_url);
    d->starttls = c->ldap_starttls;
    d->ca_file = copy(c->ldap_ca_file);
    d->bind_dn = copy(c->ldap_bind_dn);
    d->user_base = copy(c->ldap_user_base);
    d->user_filter = copy(c->ldap_user_filter);
    d->group_base = copy(c->ldap_group_base);
    d->group_filter = copy(c->ldap_group_filter);
    d->name_attribute = name_attribute(d->user_filter);
    d->timeout_seconds = c->ldap_timeout_seconds > 0 ? c->ldap_timeout_seconds : 5;
    return map_parse(d, str_of(c->ldap_role_map), e);
}
