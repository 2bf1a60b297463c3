/* Verification: one walk along the chain in batches, with the checkpoints of the database (joined to their
 * seals) and of the file (sorted by number as well) at its side. The first fault ends the walk. What bounds
 * the walk is read in the order file, checkpoints, end of chain, so that a sealer at work meanwhile does not
 * look like a fault. */
#include "audit/audit_priv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/codec.h"
#include "base/mem.h"
#include "schema/queries.h"

enum { WALK_BATCH = 1000, FIRST_TEXT = 6 };

struct anchors { /* the file of checkpoints, one line ahead */
    FILE *file;
    long end; /* bytes there were at the start */
    bool have;
    struct checkpoint next;
    int64_t last_seq;
};

struct verifier {
    struct db *db;
    struct keys *keys;
    struct anchors anchors;
    struct chain chain; /* as computed */
    struct chain tail;  /* as stored */
    int64_t newest_checkpoint;
    bool own_transactions;
    struct audit_report *report;
};

/* The verdict. Returns false, so that the walk ends. */
static bool fault(struct verifier *v, enum audit_verdict verdict, int64_t at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static bool fault(struct verifier *v, enum audit_verdict verdict, int64_t at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(v->report->text, sizeof v->report->text, fmt, ap);
    va_end(ap);
    v->report->verdict = verdict;
    v->report->first_bad = at;
    return false;
}

static bool lost(struct verifier *v, const struct err *e)
{
    return fault(v, AUDIT_IO, v->chain.seq, "the trail could not be read: %.200s", e->text);
}

/* Read the next whole line. False with a verdict; at the end there is just none. */
static bool anchors_next(struct verifier *v)
{
    struct anchors *a = &v->anchors;
    char line[CHECKPOINT_LINE * 2];
    a->have = false;
    if (!a->file || ftell(a->file) >= a->end || !fgets(line, sizeof line, a->file))
        return a->file && ferror(a->file) ? fault(v, AUDIT_IO, 0, "the checkpoint file cannot be read")
                                          : true;
    size_t n = strlen(line);
    if (!n || line[n - 1] != '\n')
        return n < sizeof line - 1
                   ? true /* a line torn by a crash, the last one */
                   : fault(v, AUDIT_SIGNATURE, a->last_seq, "the checkpoint file holds no checkpoints");
    if (!checkpoint_parse((struct str){line, n - 1}, &a->next) || !checkpoint_genuine(v->keys, &a->next))
        return fault(v, AUDIT_SIGNATURE, a->last_seq + 1,
                     "the checkpoint in the file after number %lld is not genuine", (long long)a->last_seq);
    if (a->next.seq < a->last_seq)
        return fault(v, AUDIT_SIGNATURE, a->next.seq, "the checkpoint file is out of order at number %lld",
                     (long long)a->next.seq);
    a->last_seq = a->next.seq;
    return a->have = true;
}

static bool anchors_open(struct verifier *v, const char *path, struct err *e)
{
    if (!path)
        return true;
    v->anchors.file = fopen(path, "re");
    if (!v->anchors.file || fseek(v->anchors.file, 0, SEEK_END) != 0 ||
        (v->anchors.end = ftell(v->anchors.file)) < 0 || fseek(v->anchors.file, 0, SEEK_SET) != 0)
        return err_errno(e, ERR_NOT_FOUND, "checkpoint file '%s'", path);
    return true;
}

/* Checkpoints of the file at this seal. */
static bool anchors_check(struct verifier *v)
{
    struct anchors *a = &v->anchors;
    while (a->have && a->next.seq <= v->chain.seq) {
        if (a->next.seq == v->chain.seq && !tls_equal(a->next.hash, v->chain.hash, 32))
            return fault(v, AUDIT_BROKEN, v->chain.seq,
                         "seal %lld is not the one signed in the checkpoint file", (long long)v->chain.seq);
        if (!anchors_next(v))
            return false;
    }
    return true;
}

static bool event_check(struct verifier *v, const struct db_rows *r, int i, struct arena *arena,
                        unsigned char ret_digest[32])
{
    struct audit_row row;
    int64_t seq = db_get_int(r, i, 0);
    if (db_is_null(r, i, 4))
        return fault(v, AUDIT_BROKEN, seq, "the event of seal %lld is gone", (long long)seq);
    row.content = db_get_bytes(r, i, 4, arena);
    row.recorded = db_get_int(r, i, 5);
    row.text[COLUMN_KIND] = db_get(r, i, FIRST_TEXT);
    row.outcome = db_get_int(r, i, FIRST_TEXT + 1);
    for (int c = COLUMN_PRINCIPAL; c < COLUMNS; c++)
        row.text[c] = db_get(r, i, FIRST_TEXT + 1 + c);
    if (!audit_row_agrees(&row))
        return fault(v, AUDIT_BROKEN, seq, "the columns of the event of seal %lld differ from its content",
                     (long long)seq);
    tls_sha256(row.content.p, row.content.n, ret_digest);
    return true;
}

static bool hash_is(struct str hex, const unsigned char hash[32])
{
    unsigned char stored[32];
    return hex_decode(hex, stored, sizeof stored, NULL) && memcmp(stored, hash, sizeof stored) == 0;
}

/* The checkpoint of the database at this seal, if there is one. */
static bool checkpoint_check(struct verifier *v, const struct db_rows *r, int i)
{
    struct checkpoint c = {.seq = v->chain.seq};
    if (db_is_null(r, i, 20))
        return true;
    v->report->checkpoints++;
    clock_text(db_get_int(r, i, 19), c.time);
    if (!hex_decode(db_get(r, i, 18), c.hash, sizeof c.hash, NULL) ||
        !str_copy(c.key_id, sizeof c.key_id, db_get(r, i, 20)) ||
        !hex_decode(db_get(r, i, 21), c.signature, sizeof c.signature, NULL) ||
        !checkpoint_genuine(v->keys, &c))
        return fault(v, AUDIT_SIGNATURE, c.seq, "the signature of checkpoint %lld is not genuine",
                     (long long)c.seq);
    if (!tls_equal(c.hash, v->chain.hash, 32))
        return fault(v, AUDIT_BROKEN, c.seq, "seal %lld is not the one its checkpoint signed",
                     (long long)c.seq);
    return true;
}

static bool seal_check(struct verifier *v, const struct db_rows *r, int i, struct arena *arena)
{
    unsigned char digest[32];
    int64_t seq = db_get_int(r, i, 0), expected = v->chain.seq + 1;
    if (seq != expected)
        return fault(v, AUDIT_GAP, expected, "seal %lld is missing", (long long)expected);
    if (!event_check(v, r, i, arena, digest))
        return false;
    if (!hash_is(db_get(r, i, 2), v->chain.hash))
        return fault(v, AUDIT_BROKEN, seq, "seal %lld does not follow the one before it", (long long)seq);
    chain_add(&v->chain, db_get_int(r, i, 1), digest);
    v->report->sealed++;
    if (!hash_is(db_get(r, i, 3), v->chain.hash))
        return fault(v, AUDIT_BROKEN, seq,
                     "the hash of seal %lld is wrong: its event or the seal was changed", (long long)seq);
    return checkpoint_check(v, r, i) && anchors_check(v);
}

static bool batch_rows(struct verifier *v, struct arena *arena, bool *ret_more)
{
    struct err e = {0};
    struct db_args args = db_args(arena);
    db_int(&args, v->chain.seq);
    db_int(&args, v->tail.seq);
    db_int(&args, WALK_BATCH);
    const struct db_rows *r = db_run(v->db, &Q_audit_verify_batch, &args, &e);
    if (!r)
        return lost(v, &e);
    for (int i = 0; i < db_count(r); i++)
        if (!seal_check(v, r, i, arena))
            return false;
    *ret_more = db_count(r) == WALK_BATCH;
    return true;
}

/* Rows are freed at the next begin, so each batch is a transaction of its own. */
static bool batch(struct verifier *v, bool *ret_more)
{
    struct err e = {0};
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (v->own_transactions && !db_begin(v->db, DB_READ, &e))
        return lost(v, &e);
    bool ok = batch_rows(v, &arena, ret_more);
    if (v->own_transactions && ok && !db_commit(v->db, &e))
        return lost(v, &e);
    return ok;
}

static bool walk(struct verifier *v)
{
    bool more = true;
    while (more)
        if (!batch(v, &more))
            return false;
    if (v->chain.seq != v->tail.seq)
        return fault(v, AUDIT_GAP, v->chain.seq + 1, "seal %lld is missing", (long long)v->chain.seq + 1);
    return true;
}

/* Was something signed that is no longer there? */
static bool tail_check(struct verifier *v)
{
    int64_t signed_seq = v->newest_checkpoint;
    while (v->anchors.have) {
        if (v->anchors.next.seq > signed_seq)
            signed_seq = v->anchors.next.seq;
        if (!anchors_next(v))
            return false;
    }
    if (signed_seq <= v->chain.seq)
        return true;
    return fault(v, AUDIT_TAIL, v->chain.seq + 1, "the trail ends at seal %lld, but seal %lld was signed",
                 (long long)v->chain.seq, (long long)signed_seq);
}

static bool one_number(struct verifier *v, const struct db_query *q, int64_t *ret_n, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(v->tail.xid));
    db_int(&args, v->tail.event_id);
    const struct db_rows *r = db_run(v->db, q, &args, e);
    if (r)
        *ret_n = db_count(r) ? db_get_int(r, 0, 0) : 0;
    return r != NULL;
}

static bool count_check(struct verifier *v)
{
    struct err e = {0};
    int64_t until = 0, first = 0;
    if (!one_number(v, &Q_audit_count_until, &until, &e) ||
        !one_number(v, &Q_audit_count_after, &v->report->unsealed, &e))
        return lost(v, &e);
    v->report->events = until + v->report->unsealed;
    if (until == v->report->sealed)
        return true;
    if (!one_number(v, &Q_audit_unsealed_first, &first, &e))
        return lost(v, &e);
    return fault(v, AUDIT_BROKEN, first, "event %lld was slipped in behind the sealer: it has no seal",
                 (long long)first);
}

static bool bounds_read(struct verifier *v, const char *public_key_file, const char *checkpoint_file,
                        struct err *e)
{
    const struct db_rows *r;
    chain_start(&v->chain);
    if (!anchors_open(v, checkpoint_file, e) || !(v->keys = keys_load(v->db, public_key_file, e)) ||
        !(r = db_run(v->db, &Q_audit_checkpoint_last, NULL, e)))
        return false;
    v->newest_checkpoint = db_count(r) ? db_get_int(r, 0, 0) : 0;
    return chain_load(v->db, &v->tail, e);
}

bool audit_verify(struct db *db, const char *public_key_file, const char *checkpoint_file,
                  struct audit_report *ret_report, struct err *e)
{
    struct audit_report report = {.verdict = AUDIT_OK};
    struct verifier v = {.db = db, .report = &report, .own_transactions = !db_in_transaction(db)};
    struct err why = {0};
    if (!bounds_read(&v, public_key_file, checkpoint_file, &why))
        lost(&v, &why);
    else if (anchors_next(&v) && walk(&v) && tail_check(&v) && count_check(&v))
        snprintf(report.text, sizeof report.text,
                 "the trail is whole: %lld events sealed, %lld not yet, %lld checkpoint%s",
                 (long long)report.sealed, (long long)report.unsealed, (long long)report.checkpoints,
                 report.checkpoints == 1 ? "" : "s");
    if (v.own_transactions)
        db_rollback(db);
    if (v.anchors.file)
        fclose(v.anchors.file);
    keys_free(v.keys);
    *ret_report = report;
    return report.verdict != AUDIT_IO ? true : err_set(e, ERR_UNAVAILABLE, "%s", report.text);
}
