#include "auth/cache_priv.h"
#include "house.h"

static const char *const GOOD = "a long password";

static struct auth *fresh(int idle, int absolute)
{
    struct auth_config config = {
        .ae_title = "ISOCENTRE", .session_idle_seconds = idle, .session_absolute_seconds = absolute};
    struct auth *a = auth_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    return a;
}

static bool open_session(struct auth *a, const char *login, char id[AUTH_SESSION_ID])
{
    struct principal who;
    struct credentials c = house_basic(login, GOOD);
    if (!house_user(login, GOOD, "RADIOLOGIST") || !house_enter(a, &c, &who))
        return false;
    struct db *db = db_borrow(house_pool(), 1000, &e);
    bool ok = auth_session_open(a, db, &who, id, &e);
    db_return(db);
    return ok;
}

static bool enter(struct auth *a, const char *id, struct principal *who)
{
    struct credentials c = {.kind = CREDENTIALS_COOKIE, .cookie = str_of(id), .address = "10.1.1.1"};
    return house_enter(a, &c, who);
}

static void a_session_is_its_owner_until_closed(void)
{
    struct auth *a = fresh(900, 3600);
    char id[AUTH_SESSION_ID], second[AUTH_SESSION_ID];
    struct principal who;
    CU_ASSERT_TRUE_FATAL(open_session(a, "ada", id) && open_session(a, "ada", second) == true);
    CU_ASSERT_EQUAL(strlen(id), 43);
    CU_ASSERT_STRING_NOT_EQUAL(id, second);
    CU_ASSERT_FALSE(enter(a, id, &who)); /* the user was put again in between: an older version */
    CU_ASSERT_TRUE_FATAL(enter(a, second, &who));
    CU_ASSERT_STRING_EQUAL(who.name, "ada");
    CU_ASSERT_EQUAL(strlen(who.session), 64);
    CU_ASSERT_STRING_EQUAL(who.address, "10.1.1.1");
    CU_ASSERT_TRUE(auth_authorise(&who, PERM_FHIR_WRITE, &e));
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from session where hash ~ '^[0-9a-f]{64}$'"),
                    house_number(house_owner(), "select count(*) from session"));
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_TRUE(auth_session_close(db, str_of(second), &e));
    CU_ASSERT_TRUE(auth_session_close(db, str_of(second), &e));
    db_return(db);
    CU_ASSERT_FALSE(enter(a, second, &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    auth_free(a);
}

static void rubbish_is_no_session(void)
{
    static const char *const ids[] = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "' or 1=1 --"};
    struct auth *a = fresh(900, 3600);
    struct principal who;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        CU_ASSERT_FALSE(enter(a, ids[i], &who));
        CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    }
    auth_free(a);
}

/* What ends a session, as the database sees it. */
static void sessions_end(void)
{
    static const struct {
        const char *sql;
        bool lives;
    } cases[] = {
        {"update session set last_seen = now() - interval '890 s' where login = 'bea'", true},
        {"update session set last_seen = now() - interval '901 s' where login = 'bea'", false},
        {"update session set absolute_end = now() - interval '1 s' where login = 'bea'", false},
        {"update app_user set disabled = true where login = 'bea'", false},
        {"update app_user set version = version + 1 where login = 'bea'", false},
        {"delete from app_user where login = 'bea'", false},
        {"update session set user_version = null where login = 'bea'", false},
    };
    struct auth *a = fresh(900, 3600);
    struct principal who;
    char id[AUTH_SESSION_ID];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CU_ASSERT_TRUE_FATAL(open_session(a, "bea", id));
        CU_ASSERT_TRUE(enter(a, id, &who));
        CU_ASSERT_TRUE(house_sql(house_owner(), "%s", cases[i].sql));
        CU_ASSERT_TRUE(enter(a, id, &who)); /* done elsewhere: remembered for a second */
        cache_users_changed();              /* as if that second were over */
        CU_ASSERT_EQUAL(enter(a, id, &who), cases[i].lives);
    }
    auth_free(a);
}

static void last_seen_is_written_once_a_minute(void)
{
    static const char *const recent =
        "select count(*) from session where login = 'cal' and last_seen > now() - interval '5 s'";
    struct auth *a = fresh(900, 3600);
    struct principal who;
    char id[AUTH_SESSION_ID];
    CU_ASSERT_TRUE_FATAL(open_session(a, "cal", id));
    house_sql(house_owner(), "update session set last_seen = now() - interval '50 s' where login = 'cal'");
    CU_ASSERT_TRUE(enter(a, id, &who));
    CU_ASSERT_EQUAL(house_number(house_owner(), recent), 0);
    cache_users_changed();
    house_sql(house_owner(), "update session set last_seen = now() - interval '61 s' where login = 'cal'");
    CU_ASSERT_TRUE(enter(a, id, &who));
    CU_ASSERT_EQUAL(house_number(house_owner(), recent), 1);
    auth_free(a);
}

static void disabling_and_sweeping_delete_sessions(void)
{
    struct auth *a = fresh(900, 3600);
    char id[AUTH_SESSION_ID];
    CU_ASSERT_TRUE_FATAL(open_session(a, "dot", id));
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_TRUE(auth_user_disable(db, STR("dot"), &e));
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from session where login = 'dot'"), 0);
    CU_ASSERT_TRUE_FATAL(open_session(a, "eli", id));
    house_sql(house_owner(), "update session set last_seen = now() - interval '1 h'");
    CU_ASSERT_TRUE(auth_session_sweep(a, db, &e));
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from session"), 0);
    db_return(db);
    auth_free(a);
}

static void peers_get_no_session(void)
{
    struct auth *a = fresh(900, 3600);
    struct principal who = {.kind = PRINCIPAL_AE, .name = "CT1"};
    char id[AUTH_SESSION_ID];
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_FALSE(auth_session_open(a, db, &who, id, &e));
    CU_ASSERT_EQUAL(e.code, ERR_FORBIDDEN);
    db_return(db);
    auth_free(a);
}

static const struct unit_case cases[] = {
    {"a session is its owner until closed", a_session_is_its_owner_until_closed},
    {"rubbish is no session", rubbish_is_no_session},
    {"sessions end", sessions_end},
    {"last seen is written once a minute", last_seen_is_written_once_a_minute},
    {"disabling and sweeping delete sessions", disabling_and_sweeping_delete_sessions},
    {"peers get no session", peers_get_no_session},
};
POSTGRES_MAIN("auth/session", cases)
