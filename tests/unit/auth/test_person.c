/* Local people: passwords, the throttle, the cache, one message for all refusals. */
#include "house.h"

#include <pthread.h>

#include "auth/auth_priv.h"

static const struct auth_config config = {.ae_title = "ISOCENTRE"};
#define GOOD_TEXT "a long password"
static const char *const GOOD = GOOD_TEXT;

static struct auth *fresh(void)
{
    struct auth *a = auth_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    return a;
}

static void the_right_password_opens(void)
{
    struct auth *a = fresh();
    struct principal who;
    CU_ASSERT_TRUE(house_user("Ada", GOOD, "RADIOLOGIST"));
    CU_ASSERT_TRUE(
        house_sql(house_owner(), "update app_user set departments = '{\"X ray\",CT}' where login = 'ada'"));
    struct credentials c = house_basic("ADA", GOOD);
    CU_ASSERT_TRUE_FATAL(house_enter(a, &c, &who));
    CU_ASSERT_STRING_EQUAL(who.name, "ada");
    CU_ASSERT_STRING_EQUAL(who.display, "Somebody");
    CU_ASSERT_STRING_EQUAL(who.address, "127.0.0.1");
    CU_ASSERT_STRING_EQUAL(who.departments, "{\"X ray\",CT}");
    CU_ASSERT_EQUAL(who.kind, PRINCIPAL_PERSON);
    CU_ASSERT_TRUE(auth_authorise(&who, PERM_FHIR_WRITE, &e));
    CU_ASSERT_FALSE(auth_authorise(&who, PERM_ADMIN, &e));
    auth_free(a);
}

static void everything_else_gets_one_message(void)
{
    static const struct {
        const char *user, *password;
        size_t user_n;
    } cases[] = {
        {"ada", "a wrong password", 0}, {"ada", "", 0},           {"nobody", "a long password", 0},
        {"", "a long password", 0},     {"ada\0x", GOOD_TEXT, 5}, {" ada", GOOD_TEXT, 0},
        {"ada ", GOOD_TEXT, 0},         {"ad\na", GOOD_TEXT, 0},  {"\xff\xfe", GOOD_TEXT, 0},
        {"gone", GOOD_TEXT, 0},
    };
    struct auth *a = fresh();
    struct principal who = {.kind = PRINCIPAL_NONE};
    char first[512] = "";
    CU_ASSERT_TRUE(house_user("ada", GOOD, "RADIOLOGIST") && house_user("gone", GOOD, "RADIOLOGIST"));
    CU_ASSERT_TRUE(house_sql(house_owner(), "update app_user set disabled = true where login = 'gone'"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct credentials c = house_basic(cases[i].user, cases[i].password);
        if (cases[i].user_n)
            c.user.n = cases[i].user_n;
        CU_ASSERT_FALSE(house_enter(a, &c, &who));
        CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
        if (!first[0])
            strcpy(first, e.text);
        CU_ASSERT_STRING_EQUAL(e.text, first);
    }
    CU_ASSERT_EQUAL(who.kind, PRINCIPAL_NONE);
    auth_free(a);
}

static void clear_text_from_the_network_is_refused(void)
{
    struct auth *a = fresh();
    struct principal who;
    CU_ASSERT_TRUE(house_user("ada", GOOD, "RADIOLOGIST"));
    struct credentials c = house_basic("ada", GOOD);
    c.address = "10.0.0.9";
    c.loopback = false;
    CU_ASSERT_FALSE(house_enter(a, &c, &who));
    c.encrypted = true;
    CU_ASSERT_TRUE(house_enter(a, &c, &who));
    auth_free(a);
}

static void five_failures_shut_the_pair_only(void)
{
    struct auth *a = fresh();
    struct principal who;
    CU_ASSERT_TRUE(house_user("ben", GOOD, "RADIOLOGIST"));
    struct credentials wrong = house_basic("ben", "wrong wrong wrong"), right = house_basic("ben", GOOD);
    wrong.address = right.address = "10.0.0.7";
    wrong.loopback = right.loopback = false;
    wrong.encrypted = right.encrypted = true;
    for (int i = 0; i < 5; i++)
        CU_ASSERT_FALSE(house_enter(a, &wrong, &who));
    CU_ASSERT_FALSE(house_enter(a, &right, &who)); /* not even tried */
    CU_ASSERT_EQUAL(house_number(house_owner(), "select failed_count from app_user where login = 'ben'"), 5);
    right.address = "10.0.0.8";
    CU_ASSERT_TRUE(house_enter(a, &right, &who));
    CU_ASSERT_EQUAL(house_number(house_owner(), "select failed_count from app_user where login = 'ben'"), 0);
    auth_free(a);
}

static void many_names_from_one_address_are_slowed(void)
{
    struct auth *a = fresh();
    struct principal who;
    CU_ASSERT_TRUE(house_user("ben", GOOD, "RADIOLOGIST"));
    for (int i = 0; i < THROTTLE_ADDRESS_FREE; i++) {
        char name[24];
        snprintf(name, sizeof name, "guess%d", i);
        struct credentials c = house_basic(name, GOOD);
        c.address = "10.9.9.9";
        c.loopback = false;
        c.encrypted = true;
        CU_ASSERT_FALSE(house_enter(a, &c, &who));
    }
    struct credentials right = house_basic("ben", GOOD);
    right.address = "10.9.9.9";
    right.loopback = false;
    right.encrypted = true;
    CU_ASSERT_FALSE(house_enter(a, &right, &who));
    auth_free(a);
}

static void a_locked_account_opens_from_this_machine_only(void)
{
    struct auth *a = fresh();
    struct principal who;
    CU_ASSERT_TRUE(house_user("cyd", GOOD, "ARCHIVE_ADMIN"));
    CU_ASSERT_TRUE(house_sql(house_owner(), "update app_user set failed_count = 49 where login = 'cyd'"));
    struct credentials wrong = house_basic("cyd", "wrong wrong wrong"), right = house_basic("cyd", GOOD);
    wrong.address = "10.0.0.1";
    wrong.loopback = false;
    wrong.encrypted = true;
    CU_ASSERT_FALSE(house_enter(a, &wrong, &who));
    right.address = "10.0.0.2";
    right.loopback = false;
    right.encrypted = true;
    CU_ASSERT_FALSE(house_enter(a, &right, &who));
    right = house_basic("cyd", GOOD);
    CU_ASSERT_TRUE(house_enter(a, &right, &who));
    auth_free(a);
}

static void *enter_once(void *auth)
{
    struct principal who;
    struct err why = {0};
    struct credentials c = house_basic("fay", GOOD);
    struct db *db = db_borrow(house_pool(), 5000, &why);
    bool ok = db && auth_authenticate(auth, db, &c, &who, &why);
    db_return(db);
    return ok ? auth : NULL;
}

/* Sixteen at once pay for one check. */
static void a_burst_all_gets_in(void)
{
    struct auth *a = fresh();
    pthread_t threads[16];
    CU_ASSERT_TRUE(house_user("fay", GOOD, "RADIOLOGIST"));
    clock_us start = clock_monotonic();
    enter_once(a);
    clock_us one = clock_monotonic() - start;
    cache_users_changed();
    start = clock_monotonic();
    for (int i = 0; i < 16; i++)
        pthread_create(&threads[i], NULL, enter_once, a);
    for (int i = 0; i < 16; i++) {
        void *in = NULL;
        pthread_join(threads[i], &in);
        CU_ASSERT_PTR_NOT_NULL(in);
    }
    printf(" (one check %lld ms, sixteen at once %lld ms) ", (long long)one / 1000,
           (long long)(clock_monotonic() - start) / 1000);
    auth_free(a);
}

static const struct unit_case cases[] = {
    {"the right password opens", the_right_password_opens},
    {"everything else gets one message", everything_else_gets_one_message},
    {"clear text from the network is refused", clear_text_from_the_network_is_refused},
    {"five failures shut the pair only", five_failures_shut_the_pair_only},
    {"many names from one address are slowed", many_names_from_one_address_are_slowed},
    {"a locked account opens from this machine only", a_locked_account_opens_from_this_machine_only},
    {"a burst all gets in", a_burst_all_gets_in},
};
POSTGRES_MAIN("auth/person", cases)
