/* Local users, the directory and sessions together: PostgreSQL and LDAP servers. */
#include "auth/cache_priv.h"
#include "house.h"
#include "ldap.h"

#define BIT(name) (UINT32_C(1) << ROLE_##name)

static struct auth *fresh(const struct auth_config *c)
{
    struct auth *a = auth_new(c, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    return a;
}

static bool enter(struct auth *a, const char *user, const char *password, struct principal *who)
{
    struct credentials c = house_basic(user, password);
    return house_enter(a, &c, who);
}

static bool open_session(struct auth *a, const struct principal *who, char id[AUTH_SESSION_ID])
{
    struct db *db = db_borrow(house_pool(), 1000, &e);
    bool ok = auth_session_open(a, db, who, id, &e);
    db_return(db);
    return ok;
}

static bool return_with(struct auth *a, const char *id, struct principal *who)
{
    struct credentials c = {.kind = CREDENTIALS_COOKIE, .cookie = str_of(id), .address = "127.0.0.1"};
    return house_enter(a, &c, who);
}

static void directory_people_come_in(void)
{
    struct auth_config c = ldap_config();
    struct auth *a = fresh(&c);
    struct principal who;
    CU_ASSERT_TRUE_FATAL(enter(a, "Nia", "nia-password", &who));
    CU_ASSERT_STRING_EQUAL(who.name, "nia");
    CU_ASSERT_EQUAL(who.roles, BIT(RADIOLOGIST));
    CU_ASSERT_FALSE(enter(a, "nia", "wrong", &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    CU_ASSERT_PTR_NULL(strstr(e.text, "directory"));
    CU_ASSERT_FALSE(enter(a, "eve", "eve-password", &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    auth_free(a);
}

/* The house's own account works without the directory; nobody else gets in on a guess. */
static void local_people_come_first(void)
{
    struct auth_config c = ldap_config();
    struct principal who;
    CU_ASSERT_TRUE(house_user("admin", "local password", "ARCHIVE_ADMIN"));
    struct auth *a = fresh(&c);
    CU_ASSERT_TRUE(enter(a, "admin", "local password", &who));
    CU_ASSERT_EQUAL(who.roles, BIT(ARCHIVE_ADMIN));
    CU_ASSERT_FALSE(enter(a, "admin", "admin-password", &who)); /* the directory's admin is somebody else */
    auth_free(a);
    c.ldap_url = "ldaps://127.0.0.1:1";
    c.ldap_starttls = false;
    a = fresh(&c);
    CU_ASSERT_TRUE(enter(a, "admin", "local password", &who));
    CU_ASSERT_FALSE(enter(a, "ada", "ada-password", &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    CU_ASSERT_STRING_EQUAL(e.text, "sign in: the directory does not answer");
    auth_free(a);
}

/* Reached by another attribute, the directory's admin would carry the local admin's name. */
static void a_name_belongs_to_one_person(void)
{
    struct auth_config c = ldap_config();
    struct principal who;
    c.ldap_user_filter = "(|(uid=%s)(cn=%s))";
    struct auth *a = fresh(&c);
    CU_ASSERT_TRUE(house_user("admin", "local password", "ARCHIVE_ADMIN"));
    CU_ASSERT_FALSE(enter(a, "Common adm", "admin-password", &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    auth_free(a);
}

static void sessions_follow_the_directory(void)
{
    static const char *const old =
        "update session set roles_checked = now() - interval '1 h' where login = '%s'";
    struct auth_config c = ldap_config();
    struct auth *a = fresh(&c);
    struct principal who;
    char id[AUTH_SESSION_ID];
    CU_ASSERT_TRUE_FATAL(enter(a, "ada", "ada-password", &who) && open_session(a, &who, id));
    CU_ASSERT_TRUE(house_sql(house_owner(), "update session set roles = '{RIS}' where login = 'ada'"));
    cache_users_changed(); /* as if the second of remembering were over */
    CU_ASSERT_TRUE(return_with(a, id, &who));
    CU_ASSERT_EQUAL(who.roles, BIT(RIS)); /* a snapshot, until it is asked again */
    CU_ASSERT_TRUE(house_sql(house_owner(), old, "ada"));
    cache_users_changed();
    CU_ASSERT_TRUE(return_with(a, id, &who));
    CU_ASSERT_EQUAL(who.roles, BIT(RADIOLOGIST));
    CU_ASSERT_TRUE(return_with(a, id, &who));
    CU_ASSERT_EQUAL(who.roles, BIT(RADIOLOGIST));
    /* in no mapped group any more */
    CU_ASSERT_TRUE(house_sql(house_owner(), "update session set login = 'bob' where login = 'ada'"));
    cache_users_changed();
    CU_ASSERT_TRUE(return_with(a, id, &who));
    CU_ASSERT_TRUE(house_sql(house_owner(), old, "bob"));
    cache_users_changed();
    CU_ASSERT_FALSE(return_with(a, id, &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from session"), 0);
    auth_free(a);
}

static void sessions_outlive_a_dead_directory(void)
{
    struct auth_config c = ldap_config();
    struct auth *a = fresh(&c);
    struct principal who;
    char id[AUTH_SESSION_ID];
    CU_ASSERT_TRUE_FATAL(enter(a, "ada", "ada-password", &who) && open_session(a, &who, id));
    auth_free(a);
    c.ldap_url = "ldaps://127.0.0.1:1";
    c.ldap_starttls = false;
    a = fresh(&c);
    CU_ASSERT_TRUE(house_sql(house_owner(), "update session set roles_checked = now() - interval '1 h'"));
    CU_ASSERT_TRUE(return_with(a, id, &who));
    CU_ASSERT_EQUAL(who.roles, BIT(RADIOLOGIST));
    CU_ASSERT_FALSE(enter(a, "ada", "ada-password", &who));
    auth_free(a);
}

/* The throttle stands before the directory, so that its accounts cannot be locked through us. */
static void guesses_do_not_reach_the_directory(void)
{
    struct auth_config c = ldap_config();
    struct auth *a = fresh(&c);
    struct principal who;
    for (int i = 0; i < 5; i++)
        CU_ASSERT_FALSE(enter(a, "ada", "guess", &who));
    CU_ASSERT_FALSE(enter(a, "ada", "ada-password", &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    auth_free(a);
}

static const struct unit_case cases[] = {
    {"directory people come in", directory_people_come_in},
    {"local people come first", local_people_come_first},
    {"a name belongs to one person", a_name_belongs_to_one_person},
    {"sessions follow the directory", sessions_follow_the_directory},
    {"sessions outlive a dead directory", sessions_outlive_a_dead_directory},
    {"guesses do not reach the directory", guesses_do_not_reach_the_directory},
};

int main(int argc, char **argv)
{
    (void)argc;
    slapd_needed(argv);
    postgres_needed(argv);
    return unit_main("auth/auth", cases, (int)(sizeof cases / sizeof cases[0]));
}
