/* The statements that gathered rows leave by, their columns as arrays. */
#include "record/index_priv.h"

#include "schema/queries.h"

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

static void put_place(struct db_args *args, const struct columns *c)
{
    db_ints_raw(args, c->rid, c->n);
    db_ints_raw(args, c->param, c->n);
}

/* What nearly all documents have: one statement, whichever of the four tables have rows. */
static bool send_common(struct db *db, struct arena *a, const struct index_row *row, size_t n, struct err *e)
{
    const struct columns token = columns_of(a, row, n, INDEX_TOKEN), string = columns_of(a, row, n, INDEX_STRING);
    const struct columns date = columns_of(a, row, n, INDEX_DATE), text = columns_of(a, row, n, INDEX_TEXT);
    struct db_args args = db_args(a);
    put_place(&args, &token);
    db_texts_raw(&args, token.system, token.n);
    db_texts_raw(&args, token.text, token.n);
    db_ints_raw(&args, token.element, token.n);
    put_place(&args, &string);
    db_texts_raw(&args, string.text, string.n);
    db_ints_raw(&args, string.element, string.n);
    put_place(&args, &date);
    db_ints_raw(&args, date.low, date.n);
    db_ints_raw(&args, date.high, date.n);
    db_ints_raw(&args, date.element, date.n);
    db_ints_raw(&args, text.rid, text.n);
    db_texts_raw(&args, text.system, text.n);
    db_texts_raw(&args, text.text, text.n);
    return !(token.n + string.n + date.n + text.n) || db_send(db, &Q_search_put, &args, e);
}

static bool send_numbers(struct db *db, struct arena *a, const struct columns *c, struct err *e)
{
    struct db_args args = db_args(a);
    put_place(&args, c);
    db_texts_raw(&args, c->text, c->n);
    db_texts_raw(&args, c->system, c->n);
    db_texts_raw(&args, c->code, c->n);
    db_texts_raw(&args, c->end, c->n);
    db_ints_raw(&args, c->element, c->n);
    return !c->n || db_send(db, &Q_search_number_put, &args, e);
}

static bool send_contained(struct db *db, struct arena *a, const struct columns *c, struct err *e)
{
    struct db_args args = db_args(a);
    db_ints_raw(&args, c->rid, c->n);
    db_ints_raw(&args, c->low, c->n);
    db_texts_raw(&args, c->system, c->n);
    db_texts_raw(&args, c->code, c->n);
    db_texts_raw(&args, c->text, c->n);
    return !c->n || db_send(db, &Q_search_contained_put, &args, e);
}

bool gather_send_rows(struct db *db, struct arena *a, const struct index_row *row, size_t n, struct err *e)
{
    const struct columns number = columns_of(a, row, n, INDEX_NUMBER);
    const struct columns contained = columns_of(a, row, n, INDEX_CONTAINED);
    return send_common(db, a, row, n, e) && send_numbers(db, a, &number, e) && send_contained(db, a, &contained, e);
}

bool gather_send_clear(struct db *db, struct arena *a, const int64_t *rids, size_t n, struct err *e)
{
    static const struct db_query *const clear[INDEX_TABLES] = {&Q_search_token_clear, &Q_search_string_clear,
                                                               &Q_search_date_clear,  &Q_search_number_clear,
                                                               &Q_search_text_clear,  &Q_search_contained_clear};
    for (int t = 0; n && t < INDEX_TABLES; t++) {
        struct db_args args = db_args(a);
        db_ints_raw(&args, rids, n);
        if (!db_send(db, clear[t], &args, e))
            return false;
    }
    return true;
}

static struct str time_text(struct arena *a, clock_us t)
{
    char text[CLOCK_TEXT];
    clock_text(t, text);
    return arena_str(a, str_of(text));
}

bool gather_send_documents(struct db *db, struct arena *a, const struct record_doc *doc, size_t n, struct err *e)
{
    struct db_args args = db_args(a);
    int64_t *rid = ARENA_ARRAY(a, int64_t, n);
    struct str *text[6];
    for (int k = 0; k < 6; k++)
        text[k] = ARENA_ARRAY(a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        rid[i] = doc[i].rid;
        text[0][i] = doc[i].type;
        text[1][i] = doc[i].id;
        text[2][i] = time_text(a, doc[i].updated);
        text[3][i] = doc[i].department;
        text[4][i] = doc[i].content;
        text[5][i] = str_of(doc[i].method ? doc[i].method : "");
    }
    db_ints_raw(&args, rid, n);
    for (int k = 0; k < 6; k++)
        (k == 2 ? db_texts : db_texts_raw)(&args, text[k], n);
    return db_send(db, &Q_resource_insert, &args, e);
}
