#include "unit.h"

#include <string.h>

#include "audit/audit_priv.h"

/* Two links, computed apart from this program with another language's SHA-256 from the words in
 * 0003_audit.sql. */
static void the_chain_is_what_the_schema_says(void)
{
    static const struct {
        int64_t event_id;
        struct str content;
        const char *hash;
    } cases[] = {
        {7, {"{\"a\":1}", 7}, "a41618ed89d88d67d4876d18d143a8deb733696dd18f70e2cfed325db53f5684"},
        {9, {"", 0}, "59afc1c833f473d02be66fe6f731db1c53da59e8e337290794c66bc8f0fdc3ed"},
    };
    struct chain c;
    chain_start(&c);
    CU_ASSERT_STRING_EQUAL(c.xid, "0");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned char digest[32];
        char hash[HASH_TEXT];
        tls_sha256(cases[i].content.p, cases[i].content.n, digest);
        chain_add(&c, cases[i].event_id, digest);
        hex_text(c.hash, hash);
        CU_ASSERT_STRING_EQUAL(hash, cases[i].hash);
        CU_ASSERT_EQUAL(c.seq, (int64_t)i + 1);
        CU_ASSERT_EQUAL(c.event_id, cases[i].event_id);
    }
}

/* Order, number, event and content each change the hash. */
static void everything_counts(void)
{
    static const struct {
        int64_t seq, event_id;
        unsigned char digest, before;
    } other[] = {{2, 1, 0, 0}, {1, 2, 0, 0}, {1, 1, 1, 0}, {1, 1, 0, 1}};
    struct chain first;
    unsigned char digest[32] = {0};
    chain_start(&first);
    chain_add(&first, 1, digest);
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        struct chain c;
        chain_start(&c);
        c.seq = other[i].seq - 1;
        c.hash[31] = other[i].before;
        digest[31] = other[i].digest;
        chain_add(&c, other[i].event_id, digest);
        CU_ASSERT_NOT_EQUAL(memcmp(c.hash, first.hash, 32), 0);
    }
}

static const struct unit_case cases[] = {
    {"the chain is what the schema says", the_chain_is_what_the_schema_says},
    {"everything counts", everything_counts},
};
UNIT_MAIN("audit/chain", cases)
