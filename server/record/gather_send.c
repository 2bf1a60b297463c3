/* The statements that gathered rows leave by: one a table, its columns as arrays. */
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

static bool send_table(struct db *db, struct arena *a, const struct columns *c, enum index_table table, struct err *e)
{
    static const struct db_query *const insert[INDEX_TABLES] = {&Q_search_token_put, &Q_search_string_put,
                                                                &Q_search_date_put,  &Q_search_number_put,
                                                                &Q_search_text_put,  &Q_search_contained_put};
    struct db_args args = db_args(a);
    db_ints(&args, c->rid, c->n);
    if (table == INDEX_CONTAINED) {
        db_ints(&args, c->low, c->n);
        db_texts_raw(&args, c->system, c->n);
        db_texts_raw(&args, c->code, c->n);
        db_texts_raw(&args, c->text, c->n);
        return db_send(db, insert[table], &args, e);
    }
    if (table == INDEX_TEXT) {
        db_texts_raw(&args, c->system, c->n);
        db_texts_raw(&args, c->text, c->n);
        return db_send(db, insert[table], &args, e);
    }
    db_ints(&args, c->param, c->n);
    if (table == INDEX_DATE) {
        db_ints(&args, c->low, c->n);
        db_ints(&args, c->high, c->n);
    } else if (table == INDEX_TOKEN) {
        db_texts_raw(&args, c->system, c->n);
        db_texts_raw(&args, c->text, c->n);
    } else if (table == INDEX_STRING) {
        db_texts_raw(&args, c->text, c->n);
    } else {
        db_texts_raw(&args, c->text, c->n);
        db_texts_raw(&args, c->system, c->n);
        db_texts_raw(&args, c->code, c->n);
        db_texts_raw(&args, c->end, c->n);
    }
    db_ints(&args, c->element, c->n);
    return db_send(db, insert[table], &args, e);
}

bool gather_send_rows(struct db *db, struct arena *a, const struct index_row *row, size_t n, struct err *e)
{
    for (int t = 0; t < INDEX_TABLES; t++) {
        struct columns c = columns_of(a, row, n, (enum index_table)t);
        if (c.n && !send_table(db, a, &c, (enum index_table)t, e))
            return false;
    }
    return true;
}

bool gather_send_clear(struct db *db, struct arena *a, const int64_t *rids, size_t n, struct err *e)
{
    static const struct db_query *const clear[INDEX_TABLES] = {&Q_search_token_clear, &Q_search_string_clear,
                                                               &Q_search_date_clear,  &Q_search_number_clear,
                                                               &Q_search_text_clear,  &Q_search_contained_clear};
    for (int t = 0; n && t < INDEX_TABLES; t++) {
        struct db_args args = db_args(a);
        db_ints(&args, rids, n);
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
    db_ints(&args, rid, n);
    for (int k = 0; k < 6; k++)
        (k == 2 ? db_texts : db_texts_raw)(&args, text[k], n);
    return db_send(db, &Q_resource_insert, &args, e);
}
