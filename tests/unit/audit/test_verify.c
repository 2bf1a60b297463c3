/* Tampering by a superuser (session_replication_role = replica passes triggers), one verdict after the other.
 * Each act happens in a transaction that is rolled back after the verification, so all start from the same
 * whole trail. */
#include "trail.h"

#include "base/codec.h"

enum { SEALS = 2500, CHECKPOINT_ROWS = 500 };

#define FORGED_LINE                                                                                 \
    "isocentre checkpoint 1 2500 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f " \
    "2026-11-24T05:00:00.000000Z 0123456789abcdef "                                                 \
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw=="

static struct db_pool *attacker_pool;

static void whole_trail(void)
{
    static bool made;
    if (made)
        return;
    made = true;
    struct audit *a = trail_open_with(house_pool(), true, CHECKPOINT_ROWS);
    struct db *db = db_borrow(house_pool(), 1000, &e);
    for (int i = 0; i < SEALS / 50; i++) {
        CU_ASSERT_TRUE(db_begin(db, DB_WRITE, &e));
        for (int k = 0; k < 50; k++) {
            struct audit_event ev = trail_event("1.2.3.4");
            CU_ASSERT_TRUE(audit_write(db, &ev, &e));
        }
        CU_ASSERT_TRUE(db_commit(db, &e));
        trail_sealed((i + 1) * 50);
    }
    db_return(db);
    audit_free(a);
    attacker_pool = house_pool_of(postgres_url(), 1);
}

static bool attack(struct db *db, const char *statement)
{
    struct db_query q = {"attack", -1, 0, statement};
    bool ok = db_send(db, &q, NULL, &e) && db_flush(db, &e);
    if (!ok)
        printf("\n%s: %s\n", statement, e.text);
    return ok;
}

/* Statements are parted by semicolons. */
static struct audit_report after(const char *statements, const char *key_file, const char *checkpoint_file)
{
    struct audit_report report = {.verdict = AUDIT_IO};
    struct str rest = str_of(statements), one;
    char text[1024];
    struct db *db = db_borrow(attacker_pool, 1000, &e);
    CU_ASSERT_TRUE_FATAL(db && db_begin(db, DB_WRITE, &e) &&
                         attack(db, "set local session_replication_role = replica"));
    while (rest.n && str_next(&rest, ';', &one)) {
        str_copy(text, sizeof text, one);
        CU_ASSERT_TRUE(attack(db, text));
    }
    CU_ASSERT_TRUE(audit_verify(db, key_file, checkpoint_file, &report, &e));
    db_rollback(db);
    db_return(db);
    return report;
}

static void a_whole_trail(void)
{
    whole_trail();
    struct audit_report r = trail_verify();
    CU_ASSERT_EQUAL(r.verdict, AUDIT_OK);
    CU_ASSERT_EQUAL(r.events, SEALS);
    CU_ASSERT_EQUAL(r.sealed, SEALS);
    CU_ASSERT_EQUAL(r.unsealed, 0);
    CU_ASSERT_TRUE(r.checkpoints >= SEALS / CHECKPOINT_ROWS);
    r = after("", trail_path("key.pem.pub"), trail_path("checkpoints.log"));
    CU_ASSERT_EQUAL(r.verdict, AUDIT_OK);
}

/* Event n is the one under seal n: this program's events have ids from 1 without gaps. */
static const struct {
    const char *what, *statements;
    enum audit_verdict verdict;
    int64_t first_bad;
    bool file; /* shown by the file only */
} tamperings[] = {
    {"content",
     "update audit_event set content = convert_to(replace(convert_from(content, 'UTF8'), 'MODALITY', "
     "'RIS'), 'UTF8') where id = 1700",
     AUDIT_BROKEN, 1700, false},
    {"content that is no text", "update audit_event set content = '\\xff' where id = 3", AUDIT_BROKEN, 3,
     false},
    {"a column", "update audit_event set patient = 'p2' where id = 20", AUDIT_BROKEN, 20, false},
    {"a column made empty", "update audit_event set patient = null where id = 20", AUDIT_BROKEN, 20, false},
    {"the time", "update audit_event set recorded = recorded + interval '1 microsecond' where id = 7",
     AUDIT_BROKEN, 7, false},
    {"event gone", "delete from audit_event where id = 2000", AUDIT_BROKEN, 2000, false},
    {"two events change places",
     "update audit_seal set event_id = -1 where seq = 2000; update audit_seal set event_id "
     "= 2000 where seq = 2001; update audit_seal set event_id = 2001 where seq = 2000",
     AUDIT_BROKEN, 2000, false},
    {"hash", "update audit_seal set hash = sha256('x') where seq = 11", AUDIT_BROKEN, 11, false},
    {"previous hash", "update audit_seal set prev_hash = sha256('x') where seq = 11", AUDIT_BROKEN, 11,
     false},
    {"an event behind the sealer",
     "insert into audit_event (id, xid, recorded, kind, outcome, door, content) "
     "values (90000, '3', now(), 'LOGIN', 0, 'http', '{}')",
     AUDIT_BROKEN, 90000, false},
    {"seal gone", "delete from audit_seal where seq = 1234", AUDIT_GAP, 1234, false},
    {"first seal gone", "delete from audit_seal where seq = 1", AUDIT_GAP, 1, false},
    {"event and seal gone",
     "delete from audit_event where id = 50; delete from audit_seal where event_id = 50", AUDIT_GAP, 50,
     false},
    {"tail cut", "delete from audit_seal where seq > 2400; delete from audit_event where id > 2400",
     AUDIT_TAIL, 2401, false},
    {"tail and checkpoints cut",
     "delete from audit_seal where seq > 2400; delete from audit_event where id > 2400;"
     "delete from audit_checkpoint where seq > 2400",
     AUDIT_TAIL, 2401, true},
    {"everything gone", "delete from audit_seal; delete from audit_event; delete from audit_checkpoint",
     AUDIT_TAIL, 1, true},
    {"forged signature",
     "update audit_checkpoint set signature = sha512('x') where seq = "
     "(select max(seq) from audit_checkpoint)",
     AUDIT_SIGNATURE, SEALS, false},
    {"checkpoint's hash",
     "update audit_checkpoint set hash = sha256('x') where seq = "
     "(select max(seq) from audit_checkpoint)",
     AUDIT_SIGNATURE, SEALS, false},
    {"checkpoint's time",
     "update audit_checkpoint set signed_at = signed_at - interval '1 day' where seq = "
     "(select max(seq) from audit_checkpoint)",
     AUDIT_SIGNATURE, SEALS, false},
    {"key",
     "update audit_checkpoint set key_id = 'unknown' where seq = (select max(seq) from audit_checkpoint)",
     AUDIT_SIGNATURE, SEALS, false},
};

static void tampering_shows(void)
{
    whole_trail();
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        struct audit_report r = after(tamperings[i].statements, NULL, NULL);
        enum audit_verdict without = tamperings[i].file ? AUDIT_OK : tamperings[i].verdict;
        if (r.verdict != without)
            printf("\n%s: %d %lld %s\n", tamperings[i].what, (int)r.verdict, (long long)r.first_bad, r.text);
        CU_ASSERT_EQUAL(r.verdict, without);
        r = after(tamperings[i].statements, NULL, trail_path("checkpoints.log"));
        if (r.verdict != tamperings[i].verdict || r.first_bad != tamperings[i].first_bad)
            printf("\n%s: %d %lld %s\n", tamperings[i].what, (int)r.verdict, (long long)r.first_bad, r.text);
        CU_ASSERT_EQUAL(r.verdict, tamperings[i].verdict);
        CU_ASSERT_EQUAL(r.first_bad, tamperings[i].first_bad);
    }
}

/* A superuser who knows this code: changes an event and computes every hash after it anew. */
static void rehash(struct db *db, int64_t from)
{
    char text[400], before[HASH_TEXT], hash[HASH_TEXT];
    struct chain c;
    chain_start(&c);
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_query q = {
        "events", -1, 0,
        "select s.event_id, encode(sha256(e.content), 'hex') from audit_seal s join audit_event e on "
        "e.id = s.event_id order by seq"};
    const struct db_rows *r = db_run(db, &q, NULL, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    for (int i = 0; i < db_count(r); i++) {
        unsigned char digest[32];
        hex_decode(db_get(r, i, 1), digest, sizeof digest, &e);
        hex_text(c.hash, before);
        chain_add(&c, db_get_int(r, i, 0), digest);
        hex_text(c.hash, hash);
        if (c.seq < from)
            continue;
        snprintf(text, sizeof text,
                 "update audit_seal set prev_hash = '\\x%s', hash = '\\x%s' where seq = %lld", before, hash,
                 (long long)c.seq);
        struct db_query u = {"rehash", -1, 0, text};
        CU_ASSERT_TRUE(db_send(db, &u, NULL, &e));
    }
    CU_ASSERT_TRUE(db_flush(db, &e));
}

static void a_chain_computed_anew_meets_its_checkpoints(void)
{
    static const struct {
        const char *cover; /* what else the attacker does */
        bool file;
        enum audit_verdict verdict;
    } cases[] = {
        {"select 1", false, AUDIT_BROKEN},
        {"update audit_checkpoint c set hash = s.hash from audit_seal s where s.seq = c.seq", false,
         AUDIT_SIGNATURE},
        {"delete from audit_checkpoint where seq >= 2400", true, AUDIT_BROKEN},
        {"delete from audit_checkpoint where seq >= 2400", false, AUDIT_OK}, /* nothing inside can show it */
    };
    whole_trail();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct audit_report r;
        struct db *db = db_borrow(attacker_pool, 1000, &e);
        CU_ASSERT_TRUE_FATAL(db_begin(db, DB_WRITE, &e));
        attack(db, "set local session_replication_role = replica");
        attack(
            db,
            "update audit_event set content = convert_to(replace(convert_from(content, 'UTF8'), 'MODALITY', "
            "'RIS'), 'UTF8') where id = 2400");
        rehash(db, 2400);
        attack(db, cases[i].cover);
        CU_ASSERT_TRUE(audit_verify(db, NULL, cases[i].file ? trail_path("checkpoints.log") : NULL, &r, &e));
        if (r.verdict != cases[i].verdict)
            printf("\n%zu: %d %lld %s\n", i, (int)r.verdict, (long long)r.first_bad, r.text);
        CU_ASSERT_EQUAL(r.verdict, cases[i].verdict);
        db_rollback(db);
        db_return(db);
    }
}

/* A key put into the database by an attacker signs what it likes; a key kept elsewhere shows it. */
static void a_pinned_key_trusts_no_other(void)
{
    whole_trail();
    tls_key_free(tls_key_load_private(trail_key("other.pem"), &e));
    struct buf pem CLEANUP(buf_release);
    buf_init(&pem, 4096);
    struct tls_key *other = tls_key_load_private(trail_path("other.pem"), &e);
    FILE *f = fopen(trail_path("other.pem.pub"), "w");
    CU_ASSERT_TRUE_FATAL(other && f && tls_key_public_pem(other, &pem, &e));
    fputs(pem.p, f);
    fclose(f);
    tls_key_free(other);
    struct audit_report r = after("", trail_path("other.pem.pub"), NULL);
    CU_ASSERT_EQUAL(r.verdict, AUDIT_SIGNATURE);
}

static void copy_file(const char *extra, size_t drop)
{
    char text[65536];
    FILE *from = fopen(trail_path("checkpoints.log"), "r"), *to = fopen(trail_path("copy.log"), "w");
    size_t n = fread(text, 1, sizeof text, from);
    fwrite(text, 1, n - drop, to);
    fputs(extra, to);
    fclose(from);
    fclose(to);
}

static void the_file_is_checked_too(void)
{
    static const struct {
        const char *extra;
        size_t drop;
        enum audit_verdict verdict;
    } cases[] = {
        {"", 0, AUDIT_OK},
        {"", 20, AUDIT_OK}, /* a line torn by a crash */
        {"\n", 20, AUDIT_SIGNATURE},
        {"hello\n", 0, AUDIT_SIGNATURE},
        {"isocentre checkpoint 1 9999 00 now key c2ln\n", 0, AUDIT_SIGNATURE},
        {FORGED_LINE "\n", 0, AUDIT_SIGNATURE},
    };
    whole_trail();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        copy_file(cases[i].extra, cases[i].drop);
        struct audit_report r = after("", NULL, trail_path("copy.log"));
        if (r.verdict != cases[i].verdict)
            printf("\n%zu: %d %s\n", i, (int)r.verdict, r.text);
        CU_ASSERT_EQUAL(r.verdict, cases[i].verdict);
    }
}

static void what_cannot_be_read_is_io(void)
{
    struct audit_report r = {.verdict = AUDIT_OK};
    whole_trail();
    struct db *db = db_borrow(house_pool(), 1000, &e);
    CU_ASSERT_FALSE(audit_verify(db, NULL, "/nonexistent/checkpoints.log", &r, &e));
    CU_ASSERT_EQUAL(r.verdict, AUDIT_IO);
    CU_ASSERT_FALSE(audit_verify(db, "/nonexistent/key", NULL, &r, &e));
    CU_ASSERT_EQUAL(r.verdict, AUDIT_IO);
    house_number(
        house_owner(),
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'isocentre_server'");
    usleep(100000);
    CU_ASSERT_FALSE(audit_verify(db, NULL, NULL, &r, &e));
    CU_ASSERT_EQUAL(r.verdict, AUDIT_IO);
    db_return(db);
}

/* Verifying while events come and are sealed. */
static void a_busy_trail_verifies(void)
{
    whole_trail();
    struct audit *a = trail_open_with(house_pool(), true, 5);
    for (int i = 0; i < 30; i++) {
        struct audit_report r;
        CU_ASSERT_TRUE(trail_write(a, 7));
        struct db *db = db_borrow(house_pool(), 1000, &e);
        CU_ASSERT_TRUE(audit_verify(db, NULL, trail_path("checkpoints.log"), &r, &e));
        if (r.verdict)
            printf("\n%d %s\n", (int)r.verdict, r.text);
        CU_ASSERT_EQUAL(r.verdict, AUDIT_OK);
        db_return(db);
    }
    audit_free(a);
}

static const struct unit_case cases[] = {
    {"a whole trail", a_whole_trail},
    {"tampering shows", tampering_shows},
    {"a chain computed anew meets its checkpoints", a_chain_computed_anew_meets_its_checkpoints},
    {"a pinned key trusts no other", a_pinned_key_trusts_no_other},
    {"the file is checked too", the_file_is_checked_too},
    {"what cannot be read is I/O", what_cannot_be_read_is_io},
    {"a busy trail verifies", a_busy_trail_verifies},
};
POSTGRES_MAIN("audit/verify", cases)
