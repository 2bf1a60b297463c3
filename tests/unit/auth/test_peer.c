#include "house.h"

#define BIT(name) (UINT32_C(1) << ROLE_##name)

static struct auth *fresh(bool demo)
{
    struct auth_config config = {.ae_title = "ISOCENTRE", .trust_loopback_peers = demo};
    struct auth *a = auth_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    return a;
}

static bool put(const char *kind, const char *name, const char *address, const char *roles)
{
    memset(&e, 0, sizeof e);
    struct db *db = db_borrow(house_pool(), 1000, &e);
    bool ok = auth_peer_put(db, str_of(kind), str_of(name), str_of(address), str_of(roles), &e);
    db_return(db);
    return ok;
}

static struct credentials ae(const char *calling, const char *called, const char *address)
{
    return (struct credentials){.kind = CREDENTIALS_AE,
                                .calling = str_of(calling),
                                .called = str_of(called),
                                .address = address,
                                .loopback = strncmp(address, "127.", 4) == 0};
}

static struct credentials hl7(const char *application, const char *facility, const char *address)
{
    return (struct credentials){.kind = CREDENTIALS_HL7,
                                .application = str_of(application),
                                .facility = str_of(facility),
                                .address = address,
                                .loopback = strncmp(address, "127.", 4) == 0};
}

static void register_peers(void)
{
    CU_ASSERT_TRUE(put("AE", "CT1", "", "MODALITY"));
    CU_ASSERT_TRUE(put("AE", "CT2", "10.0.0.2", "MODALITY"));
    CU_ASSERT_TRUE(put("AE", "WS", "10.1.0.0/16", "WORKSTATION"));
    CU_ASSERT_TRUE(put("AE", "WS", "10.1.2.3", "MODALITY"));
    CU_ASSERT_TRUE(put("AE", "WS", "2001:db8::/32", "WORKSTATION"));
    CU_ASSERT_TRUE(put("AE", "OFF", "", "MODALITY"));
    CU_ASSERT_TRUE(put("HL7", "RIS|MAIN", "", "RIS"));
    CU_ASSERT_TRUE(house_sql(house_owner(), "update peer set enabled = false where name = 'OFF'"));
    CU_ASSERT_TRUE(house_sql(house_owner(), "update peer set character_set = 'ISO_IR 100' where name = 'CT1'"));
}

static void who_is_let_in(void)
{
    const struct {
        struct credentials shown;
        bool demo;
        uint32_t roles; /* 0: refused */
    } cases[] = {
        {ae("CT1", "ISOCENTRE", "192.0.2.1"), false, BIT(MODALITY)},
        {ae(" CT1  ", "ISOCENTRE  ", "192.0.2.1"), false, BIT(MODALITY)},
        {ae("CT1", "OTHER", "192.0.2.1"), false, 0},
        {ae("CT1", "OTHER", "127.0.0.1"), false, 0},
        {ae("ct1", "ISOCENTRE", "192.0.2.1"), false, 0},
        {ae("CT2", "ISOCENTRE", "10.0.0.2"), false, BIT(MODALITY)},
        {ae("CT2", "ISOCENTRE", "::ffff:10.0.0.2"), false, BIT(MODALITY)},
        {ae("CT2", "ISOCENTRE", "10.0.0.3"), false, 0},
        {ae("CT2", "ISOCENTRE", "no address"), false, 0},
        {ae("WS", "ISOCENTRE", "10.1.9.9"), false, BIT(WORKSTATION)},
        {ae("WS", "ISOCENTRE", "10.1.2.3"), false, BIT(MODALITY)},
        {ae("WS", "ISOCENTRE", "2001:db8::7%eth0"), false, BIT(WORKSTATION)},
        {ae("WS", "ISOCENTRE", "10.2.0.1"), false, 0},
        {ae("OFF", "ISOCENTRE", "192.0.2.1"), false, 0},
        {ae("", "ISOCENTRE", "192.0.2.1"), false, 0},
        {ae("../secret/VICTIM", "ISOCENTRE", "127.0.0.1"), false, 0},
        {ae("A\\B", "ISOCENTRE", "127.0.0.1"), true, 0},
        {ae("SEVENTEEN_LETTERS", "ISOCENTRE", "127.0.0.1"), true, 0},
        {ae("ANYBODY", "ISOCENTRE", "127.0.0.1"), true, BIT(MODALITY) | BIT(WORKSTATION)},
        {ae("ANYBODY", "WHOEVER", "127.0.0.1"), true, 0},
        {ae("ANYBODY", "ISOCENTRE", "192.0.2.1"), true, 0},
        {ae("CT1", "ISOCENTRE", "127.0.0.1"), true, BIT(MODALITY)},
        {ae("OFF", "ISOCENTRE", "127.0.0.1"), true, 0},
        {hl7("RIS", "MAIN", "192.0.2.1"), false, BIT(RIS)},
        {hl7("RIS", "OTHER", "192.0.2.1"), false, 0},
        {hl7("RIS|MAIN", "", "192.0.2.1"), false, 0},
        {hl7("", "", "127.0.0.1"), true, 0},
        {hl7("LAB", "", "127.0.0.1"), true, BIT(RIS)},
        {hl7("LAB", "", "192.0.2.1"), true, 0},
    };
    register_peers();
    struct auth *strict = fresh(false), *demo = fresh(true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct principal who = {.roles = 0};
        bool in = house_enter(cases[i].demo ? demo : strict, &cases[i].shown, &who);
        if (in != (cases[i].roles != 0) || who.roles != cases[i].roles)
            printf("case %zu: %d %x %s\n", i, in, (unsigned)who.roles, e.text);
        CU_ASSERT_EQUAL(in, cases[i].roles != 0);
        CU_ASSERT_EQUAL(who.roles, cases[i].roles);
        if (!in)
            CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    }
    auth_free(strict);
    auth_free(demo);
}

static bool set(const char *name, const char *pair)
{
    struct str s = str_of(pair);
    memset(&e, 0, sizeof e);
    struct db *db = db_borrow(house_pool(), 1000, &e);
    const struct auth_peer_id id = {strchr(name, '|') ? STR("HL7") : STR("AE"), str_of(name), STR("")};
    bool ok = auth_peer_set(db, &id, &s, 1, &e);
    db_return(db);
    return ok;
}

/* Whose certificate it is decides, whatever the message says of itself. */
static void certificates_and_patterns(void)
{
    static const struct tls_peer own = {
        .subject = "CN=ris,O=Clinic", .names = "dns:ris.example.org\n", .fingerprint = "ab"};
    static const struct tls_peer other = {.subject = "CN=lab", .names = "dns:lab.example.org\n", .fingerprint = "cd"};
    const struct {
        const char *application, *facility;
        const struct tls_peer *shown;
        bool demo, in;
    } cases[] = {
        {"SAFE", "CLINIC", &own, false, true},  {"SAFE", "CLINIC", &other, false, false},
        {"SAFE", "CLINIC", NULL, false, false}, {"RIS", "MAIN", NULL, false, true},
        {"RIS", "MAIN", &other, false, true},   {"RIS", "MAIN", &own, false, false},
        {"ANY", "BODY", &own, true, false},     {"ANY", "BODY", &other, true, true},
        {"LAB7", "WEST", NULL, false, true},    {"LAB7", "EAST", NULL, false, false},
        {"LAB_7", "WEST", NULL, false, true},   {"XLAB", "WEST", NULL, false, false},
        {"LAB7", "X|WEST", NULL, false, false},
    };
    register_peers();
    CU_ASSERT_TRUE(put("HL7", "SAFE|CLINIC", "", "RIS") && put("HL7", "LAB*|WEST", "", "RIS"));
    CU_ASSERT_TRUE(set("SAFE|CLINIC", "certificate=subject:CN=ris,O=Clinic"));
    struct auth *strict = fresh(false), *demo = fresh(true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct credentials c = hl7(cases[i].application, cases[i].facility, "127.0.0.1");
        struct principal who;
        c.certificate = cases[i].shown;
        bool in = house_enter(cases[i].demo ? demo : strict, &c, &who);
        if (in != cases[i].in)
            printf("case %zu: %d %s\n", i, in, e.text);
        CU_ASSERT_EQUAL(in, cases[i].in);
    }
    CU_ASSERT_TRUE(set("SAFE|CLINIC", "certificate=dns:ris.example.org"));
    struct credentials c = hl7("SAFE", "CLINIC", "127.0.0.1");
    struct principal who;
    c.certificate = &own;
    CU_ASSERT_TRUE(house_enter(strict, &c, &who));
    CU_ASSERT_STRING_EQUAL(who.peer_row, "SAFE|CLINIC@");
    auth_free(strict);
    auth_free(demo);
}

static void settings_are_checked(void)
{
    static const char *const good[] = {"certificate=",    "ack_return=10.0.0.1:2575", "frame_max=100000",
                                       "frame_seconds=5", "idle_seconds=60",          "connections=2",
                                       "rate=20",         "commit_bytes=1",           "sequence=1",
                                       "refuse_reused=1", "character_set=8859/2",     "utf8=1"};
    static const char *const bad[] = {
        "certificate=ris", "certificate=sha256:AB", "ack_return=10.0.0.1", "ack_return=:1", "rate=-1",
        "rate=fast",       "commit_bytes=2",        "colour=red",          "rate",          "ack_return=destination:",
        "utf8=2",          "character_set=KLINGON"};
    register_peers();
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CU_ASSERT_TRUE(set("RIS|MAIN", good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CU_ASSERT_FALSE(set("RIS|MAIN", bad[i]));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
    CU_ASSERT_FALSE(set("NOBODY|", "rate=1"));
    CU_ASSERT_EQUAL(e.code, ERR_NOT_FOUND);
    struct auth *a = fresh(false);
    struct principal who;
    struct credentials c = hl7("RIS", "MAIN", "192.0.2.1");
    CU_ASSERT_TRUE_FATAL(house_enter(a, &c, &who));
    CU_ASSERT_EQUAL(who.peer.rate, 20);
    CU_ASSERT_EQUAL(who.peer.frame_max, 100000);
    CU_ASSERT_STRING_EQUAL(who.peer.ack_return, "10.0.0.1:2575");
    CU_ASSERT_STRING_EQUAL(who.character_set, "8859/2");
    CU_ASSERT_TRUE(set("RIS|MAIN", "ack_return=destination:PACS"));
    CU_ASSERT_TRUE(
        house_sql(house_owner(), "update peer set rate = 0, character_set = '', ack_return = '', sequence = 0"));
    auth_free(a);
}

static void a_peer_carries_its_settings(void)
{
    struct auth *a = fresh(false);
    struct principal who;
    struct credentials c = ae("CT1", "ISOCENTRE", "192.0.2.1");
    register_peers();
    CU_ASSERT_TRUE_FATAL(house_enter(a, &c, &who));
    CU_ASSERT_STRING_EQUAL(who.character_set, "ISO_IR 100");
    CU_ASSERT_STRING_EQUAL(who.name, "CT1");
    CU_ASSERT_STRING_EQUAL(who.address, "192.0.2.1");
    CU_ASSERT_EQUAL(who.kind, PRINCIPAL_AE);
    auth_free(a);
}

static void registering_is_checked(void)
{
    static const struct {
        const char *kind, *name, *address, *roles;
    } bad[] = {
        {"WEB", "X", "", "RIS"},
        {"AE", "", "", "MODALITY"},
        {"AE", "SEVENTEEN_LETTERS", "", "MODALITY"},
        {"AE", "X", "host", "MODALITY"},
        {"AE", "X", "10.0.0.1/33", "MODALITY"},
        {"AE", "X", "10.0.0.300", "MODALITY"},
        {"AE", "X", "", "NO_ROLE"},
        {"HL7", "NO_BAR", "", "RIS"},
        {"AE", "X", "10.0.0.1/", "MODALITY"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CU_ASSERT_FALSE(put(bad[i].kind, bad[i].name, bad[i].address, bad[i].roles));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
    CU_ASSERT_TRUE(put("AE", "TWICE", "", "MODALITY") && put("AE", "TWICE", "", "WORKSTATION"));
    CU_ASSERT_EQUAL(house_number(house_owner(), "select count(*) from peer where name = 'TWICE'"), 1);
}

static void nothing_shown_is_nobody(void)
{
    struct auth *a = fresh(true);
    struct principal who;
    struct credentials c = {.address = "127.0.0.1", .loopback = true};
    CU_ASSERT_FALSE(house_enter(a, &c, &who));
    CU_ASSERT_EQUAL(e.code, ERR_UNAUTHENTICATED);
    auth_free(a);
}

static const struct unit_case cases[] = {
    {"who is let in", who_is_let_in},
    {"a peer carries its settings", a_peer_carries_its_settings},
    {"certificates and patterns", certificates_and_patterns},
    {"settings are checked", settings_are_checked},
    {"registering is checked", registering_is_checked},
    {"nothing shown is nobody", nothing_shown_is_nobody},
};
POSTGRES_MAIN("auth/peer", cases)
