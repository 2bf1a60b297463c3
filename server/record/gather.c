/* Index rows on their way to the database: at once, or gathered over the documents of a transaction, so that they cost
 * one statement a table and not one a document. */
#include "record/index_priv.h"

#include <string.h>

#include "schema/queries.h"

struct gather {
    struct arena *arena;
    struct index_row *row;
    size_t n, room;
    int64_t *clear; /* documents whose stored rows go first */
    size_t clears, clear_room;
    struct record_written *written;
    size_t writes, write_room;
};

enum { GATHER_ROWS_MAX = 20000 }; /* then they go: arrays of PostgreSQL have their limits, and so has memory */

/* ---- sending ---- */

/* The columns of one table's rows, as arrays. */
struct columns {
    size_t n;
    int64_t *rid, *param, *low, *high, *element;
    struct str *system, *text, *code, *end;
};

static struct columns columns_of(struct arena *a, const struct index_row *row, size_t n, enum index_table table)
{
    size_t room = 1;
    for (size_t i = 0; i < n; i++)
        room += row[i].table == table;
    struct columns c = {.rid = ARENA_ARRAY(a, int64_t, room),
                        .param = ARENA_ARRAY(a, int64_t, room),
                        .low = ARENA_ARRAY(a, int64_t, room),
                        .high = ARENA_ARRAY(a, int64_t, room),
                        .system = ARENA_ARRAY(a, struct str, room),
                        .text = ARENA_ARRAY(a, struct str, room),
                        .code = ARENA_ARRAY(a, struct str, room),
                        .element = ARENA_ARRAY(a, int64_t, room),
                        .end = ARENA_ARRAY(a, struct str, room)};
    for (size_t i = 0; i < n; i++) {
        const struct index_row *r = &row[i];
        if (r->table != table)
            continue;
        c.rid[c.n] = r->rid;
        c.param[c.n] = r->param;
        c.low[c.n] = r->low;
        c.high[c.n] = r->high;
        c.system[c.n] = r->system;
        c.text[c.n] = r->text;
        c.element[c.n] = r->element;
        c.end[c.n] = r->end;
        c.code[c.n++] = r->code;
    }
    return c;
}

static bool send_table(struct db *db, struct arena *a, const struct columns *c, enum index_table table, struct err *e)
{
    static const struct db_query *const insert[INDEX_TABLES] = {
        &Q_search_token_put, &Q_search_string_put, &Q_search_date_put, &Q_search_number_put, &Q_search_contained_put};
    struct db_args args = db_args(a);
    db_ints(&args, c->rid, c->n);
    if (table == INDEX_CONTAINED) {
        db_ints(&args, c->low, c->n);
        db_texts(&args, c->system, c->n);
        db_texts(&args, c->code, c->n);
        db_texts(&args, c->text, c->n);
        return db_send(db, insert[table], &args, e);
    }
    db_ints(&args, c->param, c->n);
    if (table == INDEX_DATE) {
        db_ints(&args, c->low, c->n);
        db_ints(&args, c->high, c->n);
    } else if (table == INDEX_TOKEN) {
        db_texts(&args, c->system, c->n);
        db_texts(&args, c->text, c->n);
    } else if (table == INDEX_STRING) {
        db_texts(&args, c->text, c->n);
    } else {
        db_texts(&args, c->text, c->n);
        db_texts(&args, c->system, c->n);
        db_texts(&args, c->code, c->n);
        db_texts(&args, c->end, c->n);
    }
    db_ints(&args, c->element, c->n);
    return db_send(db, insert[table], &args, e);
}

static bool send_rows(struct db *db, struct arena *a, const struct index_row *row, size_t n, struct err *e)
{
    for (int t = 0; t < INDEX_TABLES; t++) {
        struct columns c = columns_of(a, row, n, (enum index_table)t);
        if (c.n && !send_table(db, a, &c, (enum index_table)t, e))
            return false;
    }
    return true;
}

static bool send_clear(struct db *db, struct arena *a, const int64_t *rids, size_t n, struct err *e)
{
    static const struct db_query *const clear[INDEX_TABLES] = {&Q_search_token_clear, &Q_search_string_clear,
                                                               &Q_search_date_clear, &Q_search_number_clear,
                                                               &Q_search_contained_clear};
    for (int t = 0; n && t < INDEX_TABLES; t++) {
        struct db_args args = db_args(a);
        db_ints(&args, rids, n);
        if (!db_send(db, clear[t], &args, e))
            return false;
    }
    return true;
}

/* ---- gathering ---- */

static bool send_gathered(struct db *db, struct gather *g, struct err *e)
{
    size_t n = g->n, clears = g->clears;
    g->n = g->clears = 0;
    return send_clear(db, g->arena, g->clear, clears, e) && (!n || send_rows(db, g->arena, g->row, n, e));
}

/* Every statement that looks into the index has its tables in its text. */
static bool before(struct db *db, void *ctx, const struct db_query *q, struct err *e)
{
    struct gather *g = ctx;
    bool words = q == &Q_search_text_put || q == &Q_search_text_clear;
    if ((!g->n && !g->clears) || words || (q && !strstr(q->sql, "search_")))
        return true;
    return send_gathered(db, g, e);
}

void record_gather(struct db *db, struct arena *a)
{
    struct gather *g = ARENA_NEW(a, struct gather);
    g->arena = a;
    db_gather(db, before, g);
}

static void keep_rows(struct gather *g, const struct index_rows *rows)
{
    ARENA_ROOM(g->arena, g->row, g->n, rows->n, g->room);
    for (size_t i = 0; i < rows->n; i++)
        g->row[g->n++] = rows->row[i];
}

/* A document's words are large: they go at once. */
static bool send_words(struct db *db, const struct index_rows *rows, int64_t rid, struct err *e)
{
    struct db_args args = db_args(rows->arena);
    if (!rows->has_text)
        return true;
    db_int(&args, rid);
    db_text(&args, rows->narrative);
    db_text(&args, rows->content);
    return db_send(db, &Q_search_text_put, &args, e);
}

bool index_send(struct db *db, const struct index_rows *rows, int64_t rid, struct err *e)
{
    struct gather *g = db_gathering(db, before);
    if (!send_words(db, rows, rid, e))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        rows->row[i].document = rid;
        if (!rows->row[i].rid)
            rows->row[i].rid = rid;
    }
    if (!g)
        return send_rows(db, rows->arena, rows->row, rows->n, e);
    keep_rows(g, rows);
    return g->n < GATHER_ROWS_MAX || send_gathered(db, g, e);
}

static void forget(struct gather *g, int64_t rid)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->row[i].document != rid)
            g->row[kept++] = g->row[i];
    g->n = kept;
}

bool index_clear(struct db *db, struct arena *a, int64_t rid, struct err *e)
{
    struct gather *g = db_gathering(db, before);
    struct db_args args = db_args(a);
    db_int(&args, rid);
    if (!db_send(db, &Q_search_text_clear, &args, e))
        return false;
    if (!g)
        return send_clear(db, a, &rid, 1, e);
    forget(g, rid);
    ARENA_ROOM(g->arena, g->clear, g->clears, 1, g->clear_room);
    g->clear[g->clears++] = rid;
    return true;
}

/* ---- what was written ---- */

static struct record_written *written_place(struct gather *g, int64_t rid)
{
    for (size_t i = 0; i < g->writes; i++)
        if (g->written[i].rid == rid)
            return &g->written[i];
    if (g->writes == g->write_room) {
        size_t room = 2 * g->write_room + 16;
        struct record_written *wider = ARENA_ARRAY(g->arena, struct record_written, room);
        if (g->writes)
            memcpy(wider, g->written, g->writes * sizeof *wider);
        g->written = wider;
        g->write_room = room;
    }
    return &g->written[g->writes++];
}

void gather_written(struct db *db, const struct record_doc *doc)
{
    struct gather *g = db_gathering(db, before);
    if (!g)
        return;
    struct record_written *w = written_place(g, doc->rid);
    *w = (struct record_written){doc->rid, arena_str(g->arena, doc->type), arena_str(g->arena, doc->id), doc->version};
}

const struct record_written *record_written(struct db *db, size_t *ret_n)
{
    const struct gather *g = db_gathering(db, before);
    *ret_n = g ? g->writes : 0;
    return g ? g->written : NULL;
}
