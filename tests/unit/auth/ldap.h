/* Tests that need LDAP servers: the program starts itself again under with_slapd.sh. */
#ifndef TESTS_UNIT_AUTH_LDAP_H
#define TESTS_UNIT_AUTH_LDAP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/buf.h"

#define LDAP_ROLE_MAP                                                                                    \
    "cn=radiologists,ou=groups,dc=example,dc=org=RADIOLOGIST; CN=Radiographers, OU=groups, DC=example, " \
    "DC=org="                                                                                            \
    "RADIOGRAPHER; cn=compliance,ou=groups,dc=example,dc=org=COMPLIANCE; "                               \
    "cn=admins,ou=groups,dc=example,dc=org=ARCHIVE_ADMIN; cn=top,ou=groups,dc=example,dc=org=MONITOR"

static inline void slapd_needed(char **argv)
{
    char script[1024];
    const char *slash = strrchr(__FILE__, '/');
    if (getenv("ISOCENTRE_TEST_LDAP"))
        return;
    snprintf(script, sizeof script, "%.*s/with_slapd.sh", slash ? (int)(slash - __FILE__) : 1,
             slash ? __FILE__ : ".");
    execl("/bin/sh", "sh", script, argv[0], (char *)NULL);
    perror("sh");
    exit(1);
}

/* A file of the servers' folder. */
static inline const char *ldap_path(const char *name)
{
    static char paths[8][512];
    static unsigned n;
    char *path = paths[n++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", getenv("ISOCENTRE_TEST_LDAP"), name);
    return path;
}

/* "ldap://HOST:<number in the file port_name>" */
static inline const char *ldap_address(const char *scheme, const char *host, const char *port_name)
{
    static char urls[8][128];
    static unsigned n;
    char *url = urls[n++ % 8], port[16] = "1"; /* where nobody listens */
    FILE *f = fopen(ldap_path(port_name), "r");
    if (f && fgets(port, sizeof port, f))
        port[strcspn(port, "\n")] = '\0';
    if (f)
        fclose(f);
    snprintf(url, sizeof urls[0], "%s://%s:%s", scheme, host, port);
    return url;
}

/* Settings that work: StartTLS to the server with certificates. */
static inline struct auth_config ldap_config(void)
{
    return (struct auth_config){
        .ae_title = "ISOCENTRE",
        .ldap_url = ldap_address("ldap", "127.0.0.1", "port"),
        .ldap_starttls = true,
        .ldap_ca_file = ldap_path("ca.pem"),
        .ldap_bind_dn = "cn=service,dc=example,dc=org",
        .ldap_bind_password_file = ldap_path("password"),
        .ldap_user_base = "ou=people,dc=example,dc=org",
        .ldap_user_filter = "(uid=%s)",
        .ldap_group_base = "ou=groups,dc=example,dc=org",
        .ldap_group_filter = "(member=%s)",
        .ldap_role_map = LDAP_ROLE_MAP,
        .ldap_timeout_seconds = 2,
    };
}

#endif
