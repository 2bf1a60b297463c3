/* Type search: compile, run, answer with a Bundle. */
#include "fhir/rest/builtin_priv.h"

#include "record/custom.h"
#include "schema/queries.h"

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
    struct str base = answer_base(op);
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
        if (condition_put(s, q->type, &q->filter[i], base, e))
            continue;
        if (!query_forgive(q, q->filter[i].raw, e))
            return false;
        s->args = before;
        s->text.n = length; /* s->narrow is set only by conditions that hold */
    }
    s->narrow = s->narrow && !q->many;
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
    sql_put(&s, q->many ? &Q_search_count_many : &Q_search_count, NULL);
    buf_str(&s.text, buf_view(&where->text));
    const struct db_rows *rows = sql_plan(op, s.narrow, e) ? sql_run(&s, op->db, "search_count", e) : NULL;
    if (rows)
        *ret_total = db_get_int(rows, 0, 0);
    sql_release(&s);
    return rows != NULL;
}

struct found {
    struct record_doc *docs;
    size_t n;
    struct str next;        /* cursor of the next page; empty on the last */
    int64_t total;          /* -1: not known */
    struct gate_http *http; /* where a plan is answered instead of matches */
    struct builtin_page own; /* what the server itself defines */
};

static struct str cursor_behind(const struct query *q, const struct order *o, const struct db_rows *rows, int row)
{
    struct str keys[SORT_MAX];
    for (size_t i = 0; i < o->n; i++) /* the columns behind a document's */
        keys[i] = db_is_null(rows, row, 8 + (int)i) ? STR_NONE : db_get(rows, row, 8 + (int)i);
    return order_cursor(q, o, db_get_int(rows, row, 0), keys);
}

static void take_rows(struct op *op, const struct query *q, const struct order *o, const struct db_rows *rows,
                      struct found *f)
{
    size_t have = (size_t)db_count(rows), limit = (size_t)q->count;
    f->n = have < limit ? have : limit;
    f->docs = ARENA_ARRAY(op->arena, struct record_doc, f->n + 1);
    for (size_t i = 0; i < f->n; i++)
        f->docs[i] = record_row(rows, (int)i, op->arena);
    if (have > limit)
        f->next = cursor_behind(q, o, rows, (int)limit - 1);
    else if (!q->cursor.n)
        f->total = (int64_t)have; /* all of it is here: counting costs nothing */
}

/* One row more than the page tells whether another page follows. */
static bool find_page(struct op *op, struct query *q, const struct sql *where, struct found *f, struct err *e)
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
    sql_put(&s, q->many ? &Q_search_from_many : &Q_search_from, NULL);
    buf_str(&s.text, buf_view(&where->text));
    if (!order_put_rest(&s, &order, q, q->count + 1, e))
        return false;
    if (q->explain)
        return explain_answer(op, f->http, &s, e);
    const struct db_rows *rows = sql_plan(op, s.narrow, e) ? sql_run(&s, op->db, "search_page", e) : NULL;
    if (!rows)
        return false;
    take_rows(op, q, &order, rows, f);
    return true;
}

static bool find(struct op *op, struct query *q, struct found *f, struct err *e)
{
    struct sql where CLEANUP(sql_release);
    sql_start(&where, op->arena);
    f->total = -1;
    if (!compile(op, q, &where, e))
        return false;
    if ((q->explain || !q->count_only) && !find_page(op, q, &where, f, e))
        return false;
    if (q->explain)
        return true;
    bool ask = q->count_only || (q->total && f->total < 0);
    return !ask || count_matches(op, q, &where, &f->total, e);
}

static bool put_matches(struct op *op, const struct query *q, struct found *f, struct bundle *b, struct err *e)
{
    if (!builtin_put(op, q, &f->own, b, e))
        return false;
    for (size_t i = 0; i < f->n; i++) {
        if (!instances_match(op, b->base, &q->summary.part, &f->docs[i], e) ||
            (q->face && !q->face->show(op, q, &f->docs[i], e)))
            return false;
        bundle_match(b, &f->docs[i], "match");
    }
    return !q->includes || (sql_plan(op, true, e) && include_put(op, q, f->docs, f->n, b, e));
}

static bool answer(struct op *op, struct gate_http *h, const struct query *q, struct found *f, struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    bundle_start(&b, op, "searchset");
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    b.part = q->face ? &whole : &q->summary.part;
    b.base = q->face ? q->face->base : b.base;
    if (f->total >= 0)
        bundle_total(&b, f->total);
    bundle_link(&b, "self", query_url(q, b.base, q->cursor));
    if (f->next.n)
        bundle_link(&b, "next", query_url(q, b.base, f->next));
    if (!put_matches(op, q, f, &b, e))
        return false;
    if (q->ignored.n)
        bundle_outcome(&b, arena_printf(op->arena, "left out of this search: %.*s", STR_ARG(q->ignored)));
    return bundle_send(&b, op, h, e);
}

/* A search by patient concerns that patient, and the trail says so. */
static void tell_event(struct op *op, const struct query *q, const struct found *f)
{
    struct str type, id;
    op->event->count = f->total > (int64_t)f->n ? f->total : (int64_t)f->n;
    for (size_t i = 0; i < q->filters; i++) {
        const struct query_filter *one = &q->filter[i];
        bool own = str_is(q->type, "Patient") && str_is(one->name, "_id");
        if (!own && !str_is(one->name, "patient") && !str_is(one->name, "subject"))
            continue;
        if (domain_split_reference(one->value, &type, &id) && str_is(type, "Patient"))
            op->event->patient = id;
        else if (answer_is_id(one->value))
            op->event->patient = one->value;
    }
}

bool search_documents(struct op *op, struct query *q, int limit, struct record_doc **ret_docs, size_t *ret_n,
                      struct err *e)
{
    struct found f = {.next = STR("")};
    q->count = limit;
    if (!find(op, q, &f, e))
        return false;
    *ret_docs = f.docs;
    *ret_n = f.n;
    return true;
}

bool search_answer(struct op *op, struct gate_http *h, struct query *q, struct err *e)
{
    struct found f = {.next = STR(""), .http = h};
    bool trail = str_is(q->type, "AuditEvent");
    if (trail && q->explain)
        return err_set(e, ERR_UNSUPPORTED, "__explain is for searches of resources, not of the trail");
    if (!patience_start(op, e))
        return false;
    if (!builtin_search(op, q, &f.own, e))
        return false;
    if (trail ? !audit_event_search(op, h, q, e) : !find(op, q, &f, e))
        return patience_over(op, q, e);
    if (trail || q->explain)
        return true;
    builtin_join(op, &f.own, q, (struct builtin_stored){&f.n, &f.next, &f.total});
    tell_event(op, q, &f);
    return answer(op, h, q, &f, e) || patience_over(op, q, e);
}

bool fhir_search(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type;
    struct answer_form form;
    struct query *q = ARENA_NEW(op->arena, struct query);
    if (!answer_type(h, &type, e) || !negotiate_answer(h->request, &form, e))
        return false;
    op->event->object_type = type;
    op->event->query = h->request->body.n ? h->request->body : h->request->query_raw;
    return query_read(op, h, type, q, e) && search_answer(op, h, q, e);
}
