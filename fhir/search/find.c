/* A search: compile, run, a page of documents. */
#include "fhir/search/search_priv.h"

#include "record/custom.h"
#include "schema/queries.h"

struct str fhir_base(const struct op *op)
{
    return arena_printf(op->arena, "%s/fhir", gate_policy(op->gate)->public_url);
}

/* An ImagingSelection is stored as a Basic that has the type's rows; its status is always there. */
static void put_type(struct query *q, struct sql *s)
{
    bool selection = str_is(q->type, "ImagingSelection");
    sql_text(s, selection ? STR("Basic") : q->type);
    if (!selection)
        return;
    int place = sql_int(s, record_param(q->type, STR("status")));
    buf_puts(&s->text, " AND");
    sql_put(s, &Q_search_uri_present, &place);
}

/* " FROM … WHERE …" of the whole search, and its values. */
static bool compile(struct op *op, struct query *q, struct sql *s, struct err *e)
{
    struct str base = fhir_base(op);
    s->op = op;
    if (!record_custom_fresh(op->db, false, e))
        return false;
    db_text_opt(&s->args, op->access);
    s->many = q->many ? q : NULL;
    if (q->many)
        many_put_types(s, q);
    else
        put_type(q, s);
    if (q->compartment.n)
        many_put_compartment(s, q);
    for (size_t i = 0; i < q->filters; i++) {
        struct db_args before = s->args;
        size_t length = s->text.n;
        if (contained_allows(q, &q->filter[i], e) && condition_put(s, q->type, &q->filter[i], base, e))
            continue;
        if (!query_forgive(q, q->filter[i].raw, e))
            return false;
        s->args = before;
        s->text.n = length; /* s->narrow is set only by conditions that hold */
    }
    s->narrow = s->narrow && !q->many && !q->contained;
    return buf_ok(&s->text, e);
}

static bool count_matches(struct op *op, const struct query *q, const struct sql *where, int64_t *ret_total,
                          struct err *e)
{
    struct sql s;
    sql_start(&s, op->arena);
    s.args = where->args;
    s.op = op;
    s.narrow = where->narrow;
    sql_put(&s, &Q_search_count, NULL);
    contained_put_from(&s, q, where);
    const struct db_rows *rows = sql_plan(op, s.narrow, e) ? sql_run(&s, op->db, "search_count", e) : NULL;
    if (rows)
        *ret_total = db_get_int(rows, 0, 0);
    sql_release(&s);
    return rows != NULL;
}

static struct str cursor_behind(const struct query *q, const struct order *o, const struct db_rows *rows, int row)
{
    struct str keys[SORT_MAX];
    for (size_t i = 0; i < o->n; i++) /* the columns behind a document's */
        keys[i] = db_is_null(rows, row, 8 + (int)i) ? STR_NONE : db_get(rows, row, 8 + (int)i);
    return order_cursor(q, o, db_get_int(rows, row, 0), keys);
}

/* The column behind the keys. */
static void take_within(struct op *op, const struct order *o, const struct db_rows *rows, struct search_found *f)
{
    int column = 8 + (o->n ? (int)o->n : 1);
    f->within = ARENA_ARRAY(op->arena, struct str, f->n + 1);
    for (size_t i = 0; i < f->n; i++)
        f->within[i] = db_is_null(rows, (int)i, column) ? STR("") : arena_str(op->arena, db_get(rows, (int)i, column));
}

static void take_rows(struct op *op, const struct query *q, const struct order *o, const struct db_rows *rows,
                      struct search_found *f)
{
    size_t have = (size_t)db_count(rows), limit = (size_t)q->count;
    f->n = have < limit ? have : limit;
    f->docs = ARENA_ARRAY(op->arena, struct record_doc, f->n + 1);
    for (size_t i = 0; i < f->n; i++)
        f->docs[i] = record_row(rows, (int)i, op->arena);
    if (q->contained && q->contained_alone)
        take_within(op, o, rows, f);
    if (have > limit)
        f->next = cursor_behind(q, o, rows, (int)limit - 1);
    else if (!q->cursor.n)
        f->total = (int64_t)have; /* all of it is here: counting costs nothing */
}

/* The one condition fits few rows, and nothing else can keep their documents off the page: index rows are of what is
 * stored now, of the parameter's type. */
static bool is_few(const struct op *op, const struct query *q, const struct order *o, const struct sql *where)
{
    bool plain = !q->many && !q->compartment.n && !q->contained && !str_is(q->type, "ImagingSelection");
    return where->few_n && q->filters == 1 && plain && !o->n && o->descending && !op->access.n;
}

static bool put_few(struct sql *s, const struct query *q, const struct order *o, const struct sql *where, struct err *e)
{
    int64_t before;
    if (!order_before(q, o, &before, e))
        return false;
    sql_put(s, &Q_search_few_open, NULL);
    buf_str(&s->text, str_sub(buf_view(&where->text), where->few_at, where->few_n));
    int place[2] = {sql_int(s, before), sql_int(s, q->count + 1)};
    sql_put(s, &Q_search_few_close, place);
    sql_put(s, &Q_search_seen, NULL);
    buf_puts(&s->text, " AND");
    sql_put(s, &Q_search_type, NULL);
    sql_put(s, &Q_search_few_order, NULL);
    s->narrow = true;
    return true;
}

static bool put_page(struct sql *s, const struct query *q, const struct order *o, const struct sql *where,
                     struct err *e)
{
    contained_put_from(s, q, where);
    return order_put_rest(s, o, q, q->count + 1, e);
}

/* One row more than the page tells whether another page follows. */
static bool find_page(struct op *op, struct query *q, const struct sql *where, struct search_found *f, struct err *e)
{
    struct sql s CLEANUP(sql_release);
    struct order order;
    sql_start(&s, op->arena);
    s.args = where->args;
    s.op = op;
    s.narrow = where->narrow;
    if (!order_read(&s, q, &order, e))
        return false;
    sql_put(&s, &Q_search_page, NULL);
    order_put_keys(&s, &order);
    if (q->contained && q->contained_alone)
        sql_put(&s, &Q_search_within, NULL);
    bool few = is_few(op, q, &order, where);
    if (!(few ? put_few(&s, q, &order, where, e) : put_page(&s, q, &order, where, e)))
        return false;
    if (q->explain)
        return explain_find(op, &s, &f->plan, e);
    const struct db_rows *rows = sql_plan(op, s.narrow, e) ? sql_run(&s, op->db, "search_page", e) : NULL;
    if (!rows)
        return false;
    take_rows(op, q, &order, rows, f);
    return true;
}

bool search_find(struct op *op, struct query *q, struct search_found *f, struct err *e)
{
    struct sql where CLEANUP(sql_release);
    sql_start(&where, op->arena);
    *f = (struct search_found){.next = STR(""), .total = -1};
    if (!compile(op, q, &where, e))
        return false;
    if ((q->explain || !q->count_only) && !find_page(op, q, &where, f, e))
        return false;
    if (q->explain)
        return true;
    bool ask = q->count_only || (q->total && f->total < 0);
    return !ask || count_matches(op, q, &where, &f->total, e);
}

bool search_documents(struct op *op, struct query *q, int limit, struct record_doc **ret_docs, size_t *ret_n,
                      struct err *e)
{
    struct search_found f;
    q->count = limit;
    if (!search_find(op, q, &f, e))
        return false;
    *ret_docs = f.docs;
    *ret_n = f.n;
    return true;
}
