/* Settings that would make an unsafe or useless client are refused at start. */
#include "unit.h"

#include <string.h>

#include "auth/ldap_priv.h"

static struct err e;

static struct auth_config good(void)
{
    return (struct auth_config){
        .ldap_url = "ldaps://ldap.example.org",
        .ldap_user_base = "ou=people,dc=example,dc=org",
        .ldap_user_filter = "(&(objectClass=person)(sAMAccountName=%s))",
        .ldap_group_base = "ou=groups,dc=example,dc=org",
        .ldap_group_filter = "(member=%s)",
        .ldap_role_map = "cn=a\\;b,dc=example=RIS; cn=C,dc=example=RADIOLOGIST ;",
    };
}

static void good_settings_are_read(void)
{
    struct auth_config c = good();
    struct directory *d = directory_new(&c, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    CU_ASSERT_STRING_EQUAL(d->name_attribute, "sAMAccountName");
    CU_ASSERT_EQUAL_FATAL(d->mapped, 2);
    CU_ASSERT_STRING_EQUAL(d->map[1].dn, "cn=c,dc=example");
    CU_ASSERT_EQUAL(d->map[1].role, UINT32_C(1) << ROLE_RADIOLOGIST);
    directory_free(d);
}

static void addresses(void)
{
    static const struct {
        const char *url;
        bool starttls, ok;
    } cases[] = {
        {"ldap://ldap.example.org", false, false},
        {"ldap://ldap.example.org", true, true},
        {"ldap://ldap.example.org:3268", false, false},
        {"ldaps://a.example.org ldaps://b.example.org", false, true},
        {"ldaps://a.example.org ldap://b.example.org", false, false},
        {"ldaps://ldap.example.org", true, false},
        {"ldap://127.0.0.1", false, true},
        {"ldap://127.evil.example", false, false},
        {"ldap://localhost:1389", false, true},
        {"ldap://localhost.example.org", false, false},
        {"ldap://[::1]", false, true},
        {"ldapi://%2Frun%2Fldapi", false, true},
        {"ldap://", true, false},
        {"ldaps:///", false, false},
        {"cldap://localhost", false, false},
        {"http://localhost", false, false},
        {"ldap.example.org", true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct auth_config c = good();
        c.ldap_url = cases[i].url;
        c.ldap_starttls = cases[i].starttls;
        struct directory *d = directory_new(&c, &e);
        if ((d != NULL) != cases[i].ok)
            printf("\n%s\n", cases[i].url);
        CU_ASSERT_EQUAL(d != NULL, cases[i].ok);
        if (!d)
            CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        directory_free(d);
    }
}

static void refused(struct auth_config c, const char *naming)
{
    struct directory *d = directory_new(&c, &e);
    CU_ASSERT_PTR_NULL(d);
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    if (!strstr(e.text, naming))
        printf("\n%s: %s\n", naming, e.text);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, naming));
    directory_free(d);
}

static void each_setting_is_checked(void)
{
    static const char *const filters[] = {NULL, "", "uid=%s", "(uid=ada)", "(uid=%s%n)"};
    static const char *const maps[] = {NULL, "", " ; ", "cn=a=NO_ROLE", "=RIS", "not a dn=RIS", "cn=a,dc=b"};
    struct auth_config c;
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        c = good();
        c.ldap_user_filter = filters[i];
        refused(c, "ldap.user_filter");
        c = good();
        c.ldap_group_filter = filters[i];
        refused(c, "ldap.group_filter");
    }
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        c = good();
        c.ldap_role_map = maps[i];
        refused(c, "ldap.role_map");
    }
    c = good();
    c.ldap_user_base = NULL;
    refused(c, "ldap.user_base");
    c = good();
    c.ldap_ca_file = "/nonexistent/ca.pem";
    refused(c, "ldap.ca_file");
    c = good();
    c.ldap_bind_dn = "cn=x";
    refused(c, "ldap.bind_password_file");
    c.ldap_bind_password_file = "/dev/null";
    refused(c, "holds no password");
    c.ldap_bind_password_file = "/nonexistent/password";
    refused(c, "ldap.bind_password_file");
}

static void values_are_escaped(void)
{
    static const struct {
        struct str value;
        const char *filled;
    } cases[] = {
        {{"ada", 3}, "(|(uid=ada)(mail=ada))"},
        {{"*)(", 3}, "(|(uid=\\2A\\29\\28)(mail=\\2A\\29\\28))"},
        {{"a\\\0", 3}, "(|(uid=a\\5C\\00)(mail=a\\5C\\00))"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b CLEANUP(buf_release);
        buf_init(&b, 1000);
        CU_ASSERT_TRUE(filter_fill(&b, "(|(uid=%s)(mail=%s))", cases[i].value));
        CU_ASSERT_STRING_EQUAL(b.p, cases[i].filled);
    }
}

static void names_are_compared_in_one_spelling(void)
{
    static const char *const same[] = {"cn=a b,dc=example", "CN=A b, DC=Example", "cn = a b , dc = example",
                                       "cn=a\\20b,dc=example"};
    char first[DN_MAX], dn[DN_MAX];
    CU_ASSERT_TRUE(dn_normalise(same[0], first));
    for (size_t i = 1; i < sizeof same / sizeof same[0]; i++) {
        CU_ASSERT_TRUE(dn_normalise(same[i], dn));
        CU_ASSERT_STRING_EQUAL(dn, first);
    }
    CU_ASSERT_FALSE(dn_normalise("no dn", dn));
    CU_ASSERT_FALSE(dn_normalise("", dn));
}

static const struct unit_case cases[] = {
    {"good settings are read", good_settings_are_read},
    {"addresses", addresses},
    {"each setting is checked", each_setting_is_checked},
    {"values are escaped", values_are_escaped},
    {"names are compared in one spelling", names_are_compared_in_one_spelling},
};
UNIT_MAIN("auth/directory_settings", cases)
