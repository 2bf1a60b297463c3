/* The arithmetic of the chain; schema/migrations/0003_audit.sql has it in words. */
#include "audit/audit_priv.h"

#include <string.h>

#include "base/codec.h"
#include "base/log.h"
#include "schema/queries.h"

void hex_text(const unsigned char hash[32], char ret_text[HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        ret_text[2 * i] = digits[hash[i] >> 4];
        ret_text[2 * i + 1] = digits[hash[i] & 15];
    }
    ret_text[HASH_TEXT - 1] = '\0';
}

void chain_start(struct chain *c)
{
    memset(c, 0, sizeof *c);
    c->xid[0] = '0';
}

static unsigned char *put_number(unsigned char *to, int64_t n)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        *to++ = (unsigned char)((uint64_t)n >> shift);
    return to;
}

void chain_add(struct chain *c, int64_t event_id, const unsigned char digest[32])
{
    static const char label[16] = "isocentre seal 1";
    unsigned char text[sizeof label + 32 + 8 + 8 + 32], *to = text;
    c->seq++;
    c->event_id = event_id;
    memcpy(to, label, sizeof label);
    to += sizeof label;
    memcpy(to, c->hash, 32);
    to = put_number(to + 32, c->seq);
    to = put_number(to, event_id);
    memcpy(to, digest, 32);
    tls_sha256(text, sizeof text, c->hash);
}

bool chain_load(struct db *db, struct chain *ret_chain, struct err *e)
{
    struct chain c;
    const struct db_rows *r = db_run(db, &Q_audit_tail, NULL, e);
    if (!r)
        return false;
    chain_start(&c);
    if (db_count(r)) {
        c.seq = db_get_int(r, 0, 0);
        if (!hex_decode(db_get(r, 0, 1), c.hash, sizeof c.hash, e))
            return err_wrap(e, "audit chain");
        if (!db_is_null(r, 0, 2))
            str_copy(c.xid, sizeof c.xid, db_get(r, 0, 2));
        if (db_get_bool(r, 0, 4))
            log_error("audit",
                      "the trail comes from another cluster: new events sort before it and stay unsealed");
        c.event_id = db_is_null(r, 0, 3) ? 0 : db_get_int(r, 0, 3);
    }
    *ret_chain = c;
    return true;
}
