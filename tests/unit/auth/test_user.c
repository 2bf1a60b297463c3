/* Administration of local users. */
#include "house.h"

static const struct auth_config config = {.ae_title = "ISOCENTRE"};
static const char *const GOOD = "a long password";

static void a_change_takes_effect_at_once(void)
{
    struct auth *a = auth_new(&config, &e);
    struct principal who;
    CU_ASSERT_TRUE(house_user("dan", GOOD, "RADIOLOGIST"));
    struct credentials c = house_basic("dan", GOOD);
    CU_ASSERT_TRUE(house_enter(a, &c, &who));
    CU_ASSERT_TRUE(house_user("dan", "", "RIS")); /* keeps the password */
    CU_ASSERT_TRUE(house_enter(a, &c, &who));
    CU_ASSERT_EQUAL(who.roles, UINT32_C(1) << ROLE_RIS);
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_TRUE(auth_user_disable(db, STR("dan"), &e));
    CU_ASSERT_FALSE(auth_user_disable(db, STR("nobody"), &e));
    CU_ASSERT_EQUAL(e.code, ERR_NOT_FOUND);
    db_return(db);
    CU_ASSERT_FALSE(house_enter(a, &c, &who));
    auth_free(a);
}

static void passwords_must_be_long(void)
{
    static const struct {
        const char *login, *password, *roles;
        bool ok;
    } cases[] = {
        {"gus", "short", "RIS", false},
        {"gus", "elevenchars", "RIS", false},
        {"gus", "twelve chars", "RIS", true},
        {"gus", "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", "RIS", false},
        {"hal", "", "RIS", false},
        {"gus", "twelve chars", "NO_ROLE", false},
        {"", "twelve chars", "RIS", false},
        {"gus", "twelve chars", "COMPLIANCE,ADMINISTRATOR", false},
    };
    house_pool();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CU_ASSERT_EQUAL(house_user(cases[i].login, cases[i].password, cases[i].roles), cases[i].ok);
}

static void a_change_keeps_or_replaces_the_password(void)
{
    static const char *const hash = "select hashtext(password_hash) from app_user where login = 'ida'";
    static const char *const version = "select version from app_user where login = 'ida'";
    CU_ASSERT_TRUE(house_user("Ida", GOOD, "RIS"));
    int64_t first = house_number(house_owner(), hash);
    CU_ASSERT_EQUAL(house_number(house_owner(), version), 1);
    CU_ASSERT_TRUE(house_user("ida", "", "RADIOLOGIST,RIS"));
    CU_ASSERT_EQUAL(house_number(house_owner(), hash), first);
    CU_ASSERT_TRUE(house_user("IDA", GOOD, "RIS")); /* the same password has another salt */
    CU_ASSERT_NOT_EQUAL(house_number(house_owner(), hash), first);
    CU_ASSERT_EQUAL(house_number(house_owner(), version), 3);
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from app_user where lower(login) = 'ida'"),
                    1);
}

static const struct unit_case cases[] = {
    {"a change takes effect at once", a_change_takes_effect_at_once},
    {"passwords must be long", passwords_must_be_long},
    {"a change keeps or replaces the password", a_change_keeps_or_replaces_the_password},
};
POSTGRES_MAIN("auth/user", cases)
