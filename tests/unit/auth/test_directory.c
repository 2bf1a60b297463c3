/* The directory client against real LDAP servers (with_slapd.sh, people.ldif). */
#include "unit.h"

#include <arpa/inet.h>
#include <signal.h>

#include "auth/directory_priv.h"
#include "base/clock.h"
#include "ldap.h"

static struct err e;

#define BIT(name) (UINT32_C(1) << ROLE_##name)

static bool login(const struct auth_config *c, const char *user, const char *password, struct person *p)
{
    memset(&e, 0, sizeof e);
    struct directory *d = directory_new(c, &e);
    if (!d)
        return false;
    bool ok = directory_login(d, str_of(user), str_of(password), p, &e);
    directory_free(d);
    return ok;
}

static void who_is_let_in(void)
{
    static const struct {
        const char *what, *user, *password;
        uint32_t roles; /* 0: refused */
        const char *why;
    } cases[] = {
        {"good", "ada", "ada-password", BIT(RADIOLOGIST), ""},
        {"wrong password", "ada", "bob-password", 0, "Invalid credentials"},
        {"unknown", "zoe", "zoe-password", 0, "no entries"},
        {"two entries", "twin", "twin-password", 0, "several entries"},
        {"injection", "*)(uid=*", "ada-password", 0, "no entries"},
        {"injection with an or", "ada)(|(uid=*", "ada-password", 0, "no entries"},
        {"a star", "*", "ada-password", 0, "no entries"},
        {"special characters in name and DN", "o*(b)rien\\", "star-password", BIT(RADIOLOGIST), ""},
        {"nested groups with a cycle", "nia", "nia-password", BIT(RADIOLOGIST), ""},
        {"no mapped group", "bob", "bob-password", 0, "mapped to a role"},
        {"compliance and administration", "eve", "eve-password", 0, "compliance and administration"},
        {"eight groups up", "edge", "edge-password", BIT(MONITOR), ""},
        {"nine groups up", "deep", "deep-password", 0, "mapped to a role"},
    };
    struct auth_config c = ldap_config();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct person p = {.roles = 0};
        bool in = login(&c, cases[i].user, cases[i].password, &p);
        if (in != (cases[i].roles != 0) || p.roles != cases[i].roles)
            printf("\n%s: %d %x %s\n", cases[i].what, in, (unsigned)p.roles, e.text);
        CU_ASSERT_EQUAL(in, cases[i].roles != 0);
        CU_ASSERT_EQUAL(p.roles, cases[i].roles);
        if (!in) {
            CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
            CU_ASSERT_PTR_NOT_NULL(strstr(e.text, cases[i].why));
        }
    }
}

/* The server itself would answer success to this bind (allow bind_anon_dn). */
static void an_empty_password_never_reaches_the_server(void)
{
    struct auth_config c = ldap_config();
    struct person p;
    CU_ASSERT_FALSE(login(&c, "ada", "", &p));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    struct directory *d = directory_new(&c, &e);
    CU_ASSERT_FALSE(directory_login(d, (struct str){"ada\0b", 5}, STR("ada-password"), &p, &e));
    CU_ASSERT_FALSE(directory_login(d, STR(""), STR("ada-password"), &p, &e));
    directory_free(d);
}

static void one_person_has_one_name(void)
{
    static const char *const typed[] = {"ada", "ADA", "ada@example.org"};
    struct auth_config c = ldap_config();
    struct person p;
    c.ldap_user_filter = "(|(uid=%s)(mail=%s))";
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        CU_ASSERT_TRUE_FATAL(login(&c, typed[i], "ada-password", &p));
        CU_ASSERT_STRING_EQUAL(p.name, "ada");
        CU_ASSERT_STRING_EQUAL(p.display, "Ada L.");
    }
    CU_ASSERT_TRUE(login(&c, "nia", "nia-password", &p));
    CU_ASSERT_STRING_EQUAL(p.display, "Common nia");
}

/* How the connection is made, and what comes of it. */
static void transports(void)
{
    const struct {
        const char *what, *scheme, *host, *port;
        bool starttls;
        const char *ca;
        enum err_code code;
    } cases[] = {
        {"StartTLS", "ldap", "127.0.0.1", "port", true, "ca.pem", ERR_NONE},
        {"LDAPS", "ldaps", "127.0.0.1", "port_tls", false, "ca.pem", ERR_NONE},
        {"plain to this machine", "ldap", "127.0.0.1", "port_plain", false, "ca.pem", ERR_NONE},
        {"the server has no StartTLS", "ldap", "127.0.0.1", "port_plain", true, "ca.pem", ERR_UNAVAILABLE},
        {"StartTLS, wrong host name", "ldap", "localhost", "port", true, "ca.pem", ERR_UNAVAILABLE},
        {"LDAPS, wrong host name", "ldaps", "localhost", "port_tls", false, "ca.pem", ERR_UNAVAILABLE},
        {"StartTLS, wrong authority", "ldap", "127.0.0.1", "port", true, "other_ca.pem", ERR_UNAVAILABLE},
        {"LDAPS, wrong authority", "ldaps", "127.0.0.1", "port_tls", false, "other_ca.pem", ERR_UNAVAILABLE},
        {"nobody listens", "ldap", "127.0.0.1", "no_such_port", false, "ca.pem", ERR_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct auth_config c = ldap_config();
        struct person p;
        c.ldap_url = ldap_address(cases[i].scheme, cases[i].host, cases[i].port);
        c.ldap_starttls = cases[i].starttls;
        c.ldap_ca_file = ldap_path(cases[i].ca);
        bool in = login(&c, "ada", "ada-password", &p);
        if (in != (cases[i].code == ERR_NONE) || e.code != cases[i].code)
            printf("\n%s: %d %s\n", cases[i].what, in, e.text);
        CU_ASSERT_EQUAL(in, cases[i].code == ERR_NONE);
        CU_ASSERT_EQUAL(e.code, cases[i].code);
    }
}

static void the_service_account_must_work(void)
{
    struct auth_config c = ldap_config();
    struct person p;
    c.ldap_bind_password_file = ldap_path("wrong_password");
    CU_ASSERT_FALSE(login(&c, "ada", "ada-password", &p));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    c = ldap_config();
    c.ldap_bind_dn = NULL; /* anonymous: the server shows it nothing */
    CU_ASSERT_FALSE(login(&c, "ada", "ada-password", &p));
    c = ldap_config();
    c.ldap_user_base = "ou=nowhere,dc=example,dc=org";
    CU_ASSERT_FALSE(login(&c, "ada", "ada-password", &p));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
}

/* Somebody listens and says nothing: one time-out, then no more waiting for a while. */
static void a_silent_directory_costs_one_time_out(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char url[64];
    struct person p;
    CU_ASSERT_TRUE_FATAL(fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 8) == 0 &&
                         getsockname(fd, (struct sockaddr *)&at, &n) == 0);
    snprintf(url, sizeof url, "ldap://127.0.0.1:%d", ntohs(at.sin_port));
    static const bool starttls[] = {false, true};
    for (int i = 0; i < 2; i++) {
        struct auth_config c = ldap_config();
        c.ldap_url = url;
        c.ldap_starttls = starttls[i];
        c.ldap_timeout_seconds = 1;
        struct directory *d = directory_new(&c, &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(d);
        clock_us start = clock_monotonic();
        CU_ASSERT_FALSE(directory_login(d, STR("ada"), STR("ada-password"), &p, &e));
        CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
        clock_us first = clock_monotonic() - start;
        CU_ASSERT_TRUE(first > 500000 && first < 4000000);
        start = clock_monotonic();
        CU_ASSERT_FALSE(directory_login(d, STR("ada"), STR("ada-password"), &p, &e));
        CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
        CU_ASSERT_TRUE(clock_monotonic() - start < 100000);
        directory_free(d);
    }
    close(fd);
}

static void a_lookup_needs_no_password(void)
{
    struct auth_config c = ldap_config();
    struct person p;
    struct directory *d = directory_new(&c, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    CU_ASSERT_TRUE(directory_lookup(d, STR("ada"), &p, &e));
    CU_ASSERT_EQUAL(p.roles, BIT(RADIOLOGIST));
    CU_ASSERT_FALSE(directory_lookup(d, STR("bob"), &p, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    directory_free(d);
}

static const struct unit_case cases[] = {
    {"who is let in", who_is_let_in},
    {"an empty password never reaches the server", an_empty_password_never_reaches_the_server},
    {"one person has one name", one_person_has_one_name},
    {"transports", transports},
    {"the service account must work", the_service_account_must_work},
    {"a silent directory costs one time-out", a_silent_directory_costs_one_time_out},
    {"a lookup needs no password", a_lookup_needs_no_password},
};

int main(int argc, char **argv)
{
    (void)argc;
    slapd_needed(argv);
    signal(SIGPIPE, SIG_IGN);
    return unit_main("auth/directory", cases, (int)(sizeof cases / sizeof cases[0]));
}
