/* The table message: what came, what was answered, and how a message that came before is known again. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "hl7/net/net_priv.h"
#include "hl7/out/out.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { OTHERS_MAX = 200, TRACE_MAX = 256 << 10, HASH_KEPT = 16, FORMS_KNOWN = 64 };

#define FORM_KNOWN_FOR (INT64_C(60) * 1000000)

/* Forms of messages (message_trace) that are committed, each at the place its hash gives, until a moment. */
static struct {
    pthread_mutex_t lock;
    struct {
        unsigned char hash[HASH_KEPT];
        clock_us until;
    } form[FORMS_KNOWN];
} known = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct str some(struct str s)
{
    return s.p ? s : STR("");
}

static struct str hash_of(const struct receipt *r)
{
    return (struct str){(const char *)r->hash, sizeof r->hash};
}

static void put_key(struct db_args *args, struct str a, struct str b, struct str c)
{
    db_text(args, some(a));
    db_text(args, some(b));
    db_text(args, some(c));
}

bool journal_look(struct op *op, const struct receipt *r, struct journal_found *ret_found, struct err *e)
{
    struct db_args lock = db_args(op->arena), find = db_args(op->arena);
    put_key(&lock, r->application, r->facility, r->header.control_id);
    put_key(&find, r->header.control_id, r->application, r->facility);
    db_bytes(&find, hash_of(r));
    if (!db_send(op->db, &Q_message_lock, &lock, e))
        return false;
    const struct db_rows *rows = db_run(op->db, &Q_message_find, &find, e);
    if (!rows)
        return err_wrap(e, "look for the message");
    bool found = db_count(rows) > 0, same = found && db_get_bool(rows, 0, 0);
    *ret_found = (struct journal_found){.same = same, .reused = found && !same};
    if (same) {
        ret_found->ack = db_get_bytes(rows, 0, 1, op->arena);
        ret_found->ack_split = (size_t)db_get_int(rows, 0, 2);
        ret_found->id = db_get_int(rows, 0, 3);
    }
    return true;
}

static void put_outcome(struct db_args *args, const struct err *why)
{
    char condition[12] = "";
    const struct err_row *row = why ? err_row(why->code) : NULL;
    if (row)
        snprintf(condition, sizeof condition, "%d", row->hl7);
    db_text(args, row ? STR("refused") : STR("accepted"));
    db_text(args, row ? str_of(row->msa) : STR("AA"));
    db_text(args, arena_str(args->arena, str_of(condition)));
    db_text(args, row ? arena_str(args->arena, str_of(why->text)) : STR(""));
    db_text(args, row ? arena_str(args->arena, str_of(why->path)) : STR(""));
}

/* ---- what the row is found by ---- */

/* What the message names first stands in columns of its own; what else it names, in one array. */
static void put_identity(struct db_args *args, struct receipt *r)
{
    static const enum field named[] = {FIELD_PATIENT_ID, FIELD_ACCESSION_NUMBER, FIELD_PLACER_ORDER,
                                       FIELD_FILLER_ORDER};
    struct str first[4] = {r->patient_id, r->accession, STR_NONE, STR_NONE}, *others, one;
    size_t n = 0;
    others = ARENA_ARRAY(args->arena, struct str, OTHERS_MAX);
    for (size_t f = 0; r->log && f < 4; f++)
        for (size_t i = 0; (one = trace_value(r->log, named[f], i)).p && i < OTHERS_MAX; i++) {
            if (!first[f].n)
                first[f] = one;
            bool known = str_eq(one, first[f]);
            for (size_t k = 0; k < n && !known; k++)
                known = str_eq(one, others[k]);
            if (!known && n < OTHERS_MAX)
                others[n++] = one;
        }
    for (size_t f = 0; f < 4; f++)
        db_text(args, some(first[f]));
    db_texts(args, others, n);
}

/* ---- where it came from, and what it wrote ---- */

static bool form_known(struct str hash)
{
    size_t at = (unsigned char)hash.p[0] % FORMS_KNOWN;
    pthread_mutex_lock(&known.lock);
    bool found = memcmp(known.form[at].hash, hash.p, HASH_KEPT) == 0 && known.form[at].until > clock_monotonic();
    pthread_mutex_unlock(&known.lock);
    return found;
}

/* The moment is that of the form's own row: one that is found known does not put it off. */
void journal_committed(const struct receipt *r)
{
    if (!r->trace.n || form_known(r->trace))
        return;
    size_t at = (unsigned char)r->trace.p[0] % FORMS_KNOWN;
    pthread_mutex_lock(&known.lock);
    memcpy(known.form[at].hash, r->trace.p, HASH_KEPT);
    known.form[at].until = clock_monotonic() + FORM_KNOWN_FOR;
    pthread_mutex_unlock(&known.lock);
}

/* Messages of one sender mostly take the same values from the same places: that text is kept once, by its hash. */
static bool put_trace(struct op *op, const struct receipt *r, struct str *ret_hash, struct err *e)
{
    CLEANUP(buf_release) struct buf text;
    unsigned char hash[TLS_SHA256];
    struct db_args args = db_args(op->arena);
    buf_init(&text, TRACE_MAX);
    *ret_hash = STR_NONE;
    if (!r->log || !r->log->first)
        return true;
    trace_write(r->log, &text);
    if (text.failed || !text.n)
        return true; /* more groups than anybody reads: the documents are told all the same */
    tls_sha256(text.p, text.n, hash);
    *ret_hash = arena_str(op->arena, (struct str){(const char *)hash, HASH_KEPT});
    if (form_known(*ret_hash))
        return true;
    db_bytes(&args, *ret_hash);
    db_text(&args, arena_str(op->arena, buf_view(&text)));
    return db_send(op->db, &Q_message_trace_put, &args, e);
}

static void put_written(struct op *op, struct db_args *args)
{
    size_t n;
    const struct record_written *w = record_written(op->db, &n);
    struct str *names = ARENA_ARRAY(op->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = arena_printf(op->arena, "%.*s/%.*s/%d", STR_ARG(w[i].type), STR_ARG(w[i].id), w[i].version);
    db_texts(args, names, n);
}

static void put_message(struct op *op, struct receipt *r, const struct hl7_peer *from, struct db_args *args)
{
    db_int(args, r->id);
    db_text(args, some(op->department));
    put_key(args, r->application, r->facility, r->header.control_id);
    db_bytes(args, hash_of(r));
    db_text(args, r->name);
    db_text(args, str_of(from->address));
    db_text(args, str_of(r->m->charset.read_as ? r->m->charset.read_as->name : ""));
}

bool journal_put(struct op *op, struct receipt *r, const struct hl7_peer *from, struct str ack, const struct err *why,
                 struct err *e)
{
    struct db_args args = db_args(op->arena);
    r->trace = STR_NONE;
    if (!why && !put_trace(op, r, &r->trace, e))
        return false;
    r->id = record_rid_new();
    put_message(op, r, from, &args);
    put_outcome(&args, why);
    put_identity(&args, r);
    db_texts(&args, r->d ? r->d->warning : NULL, r->d ? r->d->warning_count : 0);
    db_bytes(&args, r->raw);
    db_bytes(&args, ack);
    put_written(op, &args);
    if (r->trace.n)
        db_bytes(&args, r->trace);
    else
        db_null(&args);
    db_int(&args, from->again ? from->again->original : 0);
    db_text(&args, from->again ? str_of(op->who->name) : STR(""));
    db_int(&args, (int64_t)r->ack_split);
    if (!db_send(op->db, &Q_message_put, &args, e))
        return err_wrap(e, "keep the message");
    return why || (journal_settle(op, from, e) && hl7_out_received(op->db, op->arena, r->id, e));
}

bool journal_settle(struct op *op, const struct hl7_peer *from, struct err *e)
{
    struct db_args args = db_args(op->arena);
    if (!from->again)
        return true;
    db_int(&args, from->again->original);
    db_text(&args, STR("resubmitted"));
    return db_send(op->db, &Q_message_settle, &args, e);
}
