/* The words of messages, for finding them: written by job MESSAGE_WORDS behind their arrival, in the order of their
 * transactions, so that none is passed over and no sender waits for it. */
#include "hl7/explain/explain_priv.h"

#include <string.h>

#include "schema/queries.h"

enum { BATCH = 100, RUN_MS = 3000, WORDS_MAX = 256 << 10, BINARY_FROM = 2000, BINARY_LOOK = 400 };

/* Long and without a blank: a document in base64, no words. */
static bool is_binary(struct str field)
{
    return field.n > BINARY_FROM && !memchr(field.p, ' ', BINARY_LOOK);
}

static void put_words(const struct hl7_message *m, struct arena *a, struct str field, struct buf *to)
{
    const struct hl7_delims *d = &m->delims;
    if (!field.n || is_binary(field))
        return;
    char *text = arena_cstr(a, field);
    for (size_t i = 0; i < field.n; i++)
        if (text[i] && (text[i] == d->component || text[i] == d->repetition || text[i] == d->subcomponent))
            text[i] = ' ';
    buf_str(to, hl7_unescape(m, a, (struct str){text, field.n}));
    buf_putc(to, ' ');
}

struct str words_of(struct arena *a, struct str raw, const struct hl7_charset *known)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_message m;
    struct hl7_reading how = {.known = known, .fallback = explain_fallback()};
    buf_init(&b, WORDS_MAX);
    if (!raw.n || !hl7_parse(raw, &how, a, &m, NULL))
        return STR("");
    for (size_t i = 0; i < m.n; i++)
        for (size_t n = i ? 1 : 3; n <= m.segments[i].n; n++)
            put_words(&m, a, hl7_field(&m.segments[i], n), &b);
    return arena_str(a, str_utf8_clip(buf_view(&b), b.n));
}

static bool write_batch(struct db *db, struct arena *a, int *ret_n, struct err *e)
{
    int64_t id[BATCH];
    struct str words[BATCH], xid = STR("");
    struct db_args next = db_args(a), put = db_args(a), place = db_args(a);
    db_int(&next, BATCH);
    const struct db_rows *r = db_run(db, &Q_message_walk_next, &next, e);
    if (!r)
        return false;
    *ret_n = db_count(r);
    for (int i = 0; i < *ret_n; i++) {
        id[i] = db_get_int(r, i, 0);
        xid = arena_str(a, db_get(r, i, 1));
        words[i] = words_of(a, db_get_bytes(r, i, 2, a), hl7_charset_find(db_get(r, i, 3)));
    }
    if (!*ret_n)
        return true;
    db_ints(&put, id, (size_t)*ret_n);
    db_texts(&put, words, (size_t)*ret_n);
    db_text(&place, xid);
    db_int(&place, id[*ret_n - 1]);
    return db_send(db, &Q_message_text_put, &put, e) && db_send(db, &Q_message_walk_put, &place, e);
}

/* Of messages that left. */
static bool write_sent_batch(struct db *db, struct arena *a, int *ret_n, struct err *e)
{
    int64_t id[BATCH];
    struct str words[BATCH];
    struct db_args next = db_args(a), put = db_args(a);
    db_int(&next, BATCH);
    const struct db_rows *r = db_run(db, &Q_sent_unread, &next, e);
    if (!r)
        return false;
    *ret_n = db_count(r);
    for (int i = 0; i < *ret_n; i++) {
        id[i] = db_get_int(r, i, 0);
        words[i] = words_of(a, db_get_bytes(r, i, 1, a), NULL);
    }
    db_ints(&put, id, (size_t)*ret_n);
    db_texts(&put, words, (size_t)*ret_n);
    return !*ret_n || db_send(db, &Q_sent_words_put, &put, e);
}

typedef bool batch_writer(struct db *db, struct arena *a, int *ret_n, struct err *e);

static bool write_all(struct db *db, batch_writer *write, struct err *e)
{
    clock_us end = clock_monotonic() + RUN_MS * 1000;
    for (int n = 1; n > 0 && clock_monotonic() < end;) {
        struct arena arena CLEANUP(arena_release);
        arena_init(&arena);
        if (!db_begin(db, DB_WRITE, e) || !write(db, &arena, &n, e) || !db_commit(db, e)) {
            db_rollback(db);
            return false;
        }
    }
    return true;
}

bool explain_words_run(struct db *db, struct err *e)
{
    return write_all(db, write_batch, e) && write_all(db, write_sent_batch, e);
}
