/* What the database allows: the server adds and reads, the owner's triggers hold, sealed or not. */
#include "trail.h"

static void the_server_cannot_change_the_trail(void)
{
    static const char *const tables[] = {"audit_event", "audit_seal", "audit_checkpoint", "audit_key"};
    static const char *const acts[] = {
        "update %s set %s = %s",
        "delete from %s where %s = %s",
        "truncate %s /* %s %s */",
        "drop table %s /* %s %s */",
        "alter table %s disable trigger all /* %s %s */",
    };
    static const char *const columns[] = {"outcome", "hash", "hash", "public_key"};
    struct audit *a = trail_open(true);
    CU_ASSERT_TRUE(trail_write(a, 3));
    audit_free(a);
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
        for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
            char text[200];
            snprintf(text, sizeof text, acts[i], tables[t], columns[t], columns[t]);
            CU_ASSERT_FALSE(house_sql(house_pool(), "%s", text));
            CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "42501"));
            if (i > 2)
                continue;
            CU_ASSERT_FALSE(house_sql(house_owner(), "%s", text));
            CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "append-only"));
        }
    CU_ASSERT_EQUAL(trail_verify().verdict, AUDIT_OK);
}

static void the_server_cannot_choose_an_events_place(void)
{
    static const char *const acts[] = {
        "insert into audit_event (id, recorded, kind, outcome, door, content) values (1, now(), 'X', 0, 'd', "
        "'c')",
        "insert into audit_event (xid, recorded, kind, outcome, door, content) values ('3', now(), 'X', 0, "
        "'d', 'c')",
        "insert into audit_key values ('k', sha256('x')) on conflict (key_id) do update set public_key = "
        "sha256('y')",
        "select setval('audit_event_id_seq', 1)",
        "set session_replication_role = replica",
    };
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        CU_ASSERT_FALSE(house_sql(house_pool(), "%s", acts[i]));
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "42501"));
    }
}

static void a_sealer_needs_its_key(void)
{
    struct audit_config config = {.pool = house_pool(), .key_file = "/nonexistent/key.pem", .sealer = true};
    CU_ASSERT_PTR_NULL(audit_new(&config, &e));
    config.sealer = false;
    struct audit *a = audit_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL(a);
    audit_free(a);
}

static const struct unit_case cases[] = {
    {"the server cannot change the trail", the_server_cannot_change_the_trail},
    {"the server cannot choose an event's place", the_server_cannot_choose_an_events_place},
    {"a sealer needs its key", a_sealer_needs_its_key},
};
POSTGRES_MAIN("audit/audit", cases)
