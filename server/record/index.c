#include "record/index_priv.h"

#include <string.h>

#include "schema/queries.h"

enum { TOKEN_MAX = 1000, STRING_MAX = 500 };

void index_rows_init(struct index_rows *rows, struct arena *a, struct str type)
{
    *rows = (struct index_rows){.arena = a, .type = type};
}

static struct index_row *add(struct index_rows *rows, enum index_table table, const char *code)
{
    if (rows->n == rows->room) {
        size_t room = rows->room ? rows->room * 2 : 32;
        struct index_row *wider = ARENA_ARRAY(rows->arena, struct index_row, room);
        if (rows->n)
            memcpy(wider, rows->row, rows->n * sizeof *wider);
        rows->row = wider;
        rows->room = room;
    }
    struct index_row *r = &rows->row[rows->n++];
    *r = (struct index_row){.table = table, .param = record_param(rows->type, str_of(code)), .system = STR(""),
                            .text = STR(""), .code = STR("")};
    rows->count[table]++;
    return r;
}

static struct str or_empty(struct str s)
{
    return s.p ? s : STR("");
}

void index_add_token(struct index_rows *rows, const char *code, struct str system, struct str text)
{
    struct index_row *r = add(rows, INDEX_TOKEN, code);
    r->system = or_empty(str_utf8_clip(system, TOKEN_MAX));
    r->text = or_empty(str_utf8_clip(text, TOKEN_MAX));
}

/* The instants a date, dateTime or Period covers; an open end reaches to the end of time. */
static bool date_bounds(const struct fhir_value *v, int64_t *ret_low, int64_t *ret_high)
{
    clock_us from = INT64_MIN, to = INT64_MAX, other;
    bool period = v->text2.p != NULL;
    if (v->text.n && !clock_range(v->text, &from, period ? &other : &to))
        return false;
    if (v->text2.n && !clock_range(v->text2, &other, &to))
        return false;
    *ret_low = from;
    *ret_high = to;
    return v->text.n || v->text2.n;
}

bool index_add_date(struct index_rows *rows, const char *code, const struct fhir_value *v)
{
    int64_t low, high;
    if (!date_bounds(v, &low, &high))
        return false;
    struct index_row *r = add(rows, INDEX_DATE, code);
    r->low = low;
    r->high = high;
    return true;
}

static void add_string(struct index_rows *rows, const char *code, struct str text)
{
    add(rows, INDEX_STRING, code)->text = str_utf8_clip(record_fold(rows->arena, text), STRING_MAX);
}

static void add_number(struct index_rows *rows, const char *code, const struct fhir_value *v)
{
    if (!v->text.n || v->text.n > 40)
        return;
    struct index_row *r = add(rows, INDEX_NUMBER, code);
    r->text = v->text;
    r->system = or_empty(v->system);
    r->code = or_empty(v->text2);
}

static bool collect(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v, struct err *e)
{
    struct index_rows *rows = ctx;
    (void)e;
    switch (p->kind) {
    case FHIR_SEARCH_TOKEN:
    case FHIR_SEARCH_REFERENCE:
    case FHIR_SEARCH_URI:
        index_add_token(rows, p->code, v->system, v->text);
        break;
    case FHIR_SEARCH_STRING:
        add_string(rows, p->code, v->text);
        break;
    case FHIR_SEARCH_DATE:
        index_add_date(rows, p->code, v);
        break;
    case FHIR_SEARCH_NUMBER:
    case FHIR_SEARCH_QUANTITY:
        add_number(rows, p->code, v);
        break;
    default:
        break;
    }
    return true;
}

bool index_collect(struct index_rows *rows, const struct fhir_node *node, struct err *e)
{
    return fhir_extract(node, collect, rows, e);
}

/* The columns of one table's rows, as arrays. */
struct columns {
    size_t n;
    int64_t *param, *low, *high;
    struct str *system, *text, *code;
};

static struct columns columns_of(const struct index_rows *rows, enum index_table table)
{
    size_t n = rows->count[table];
    struct arena *a = rows->arena;
    struct columns c = {.param = ARENA_ARRAY(a, int64_t, n + 1), .low = ARENA_ARRAY(a, int64_t, n + 1),
                        .high = ARENA_ARRAY(a, int64_t, n + 1), .system = ARENA_ARRAY(a, struct str, n + 1),
                        .text = ARENA_ARRAY(a, struct str, n + 1), .code = ARENA_ARRAY(a, struct str, n + 1)};
    for (size_t i = 0; i < rows->n; i++) {
        const struct index_row *r = &rows->row[i];
        if (r->table != table)
            continue;
        c.param[c.n] = r->param;
        c.low[c.n] = r->low;
        c.high[c.n] = r->high;
        c.system[c.n] = r->system;
        c.text[c.n] = r->text;
        c.code[c.n++] = r->code;
    }
    return c;
}

static bool send_table(struct db *db, const struct index_rows *rows, enum index_table table, int64_t rid, struct err *e)
{
    static const struct db_query *const insert[INDEX_TABLES] = {&Q_search_token_put, &Q_search_string_put,
                                                                &Q_search_date_put, &Q_search_number_put};
    if (!rows->count[table])
        return true;
    struct columns c = columns_of(rows, table);
    struct db_args args = db_args(rows->arena);
    db_int(&args, rid);
    db_ints(&args, c.param, c.n);
    if (table == INDEX_DATE) {
        db_ints(&args, c.low, c.n);
        db_ints(&args, c.high, c.n);
    } else if (table == INDEX_TOKEN) {
        db_texts(&args, c.system, c.n);
        db_texts(&args, c.text, c.n);
    } else if (table == INDEX_STRING) {
        db_texts(&args, c.text, c.n);
    } else {
        db_texts(&args, c.text, c.n);
        db_texts(&args, c.system, c.n);
        db_texts(&args, c.code, c.n);
    }
    return db_send(db, insert[table], &args, e);
}

bool index_send(struct db *db, const struct index_rows *rows, int64_t rid, struct err *e)
{
    for (int t = 0; t < INDEX_TABLES; t++)
        if (!send_table(db, rows, (enum index_table)t, rid, e))
            return false;
    return true;
}

bool index_clear(struct db *db, struct arena *a, int64_t rid, struct err *e)
{
    static const struct db_query *const clear[INDEX_TABLES] = {&Q_search_token_clear, &Q_search_string_clear,
                                                               &Q_search_date_clear, &Q_search_number_clear};
    for (int t = 0; t < INDEX_TABLES; t++) {
        struct db_args args = db_args(a);
        db_int(&args, rid);
        if (!db_send(db, clear[t], &args, e))
            return false;
    }
    return true;
}
