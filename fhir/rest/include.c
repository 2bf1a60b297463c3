/* _include and _revinclude: what the matches refer to, and what refers to them. One step, no iteration. */
#include "fhir/rest/search_priv.h"

#include "domain/resource.h"
#include "schema/queries.h"

static const struct db_rows *find_forward(struct op *op, const struct query_include *i,
                                          const struct record_doc *docs, size_t n, struct err *e)
{
    struct db_args args = db_args(op->arena);
    int64_t *rids = ARENA_ARRAY(op->arena, int64_t, n + 1);
    for (size_t k = 0; k < n; k++)
        rids[k] = docs[k].rid;
    db_text_opt(&args, op->access);
    db_ints(&args, rids, n);
    db_int(&args, record_param(i->type, i->param));
    db_text_opt(&args, i->target);
    db_int(&args, COUNT_MAX);
    return db_run(op->db, &Q_search_include, &args, e);
}

static const struct db_rows *find_reverse(struct op *op, const struct query_include *i,
                                          const struct record_doc *docs, size_t n, struct err *e)
{
    struct db_args args = db_args(op->arena);
    struct str *refs = ARENA_ARRAY(op->arena, struct str, n + 1);
    for (size_t k = 0; k < n; k++)
        refs[k] = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(docs[k].type), STR_ARG(docs[k].id));
    db_text_opt(&args, op->access);
    db_texts(&args, refs, n);
    db_int(&args, record_param(i->type, i->param));
    db_int(&args, COUNT_MAX);
    return db_run(op->db, &Q_search_revinclude, &args, e);
}

struct seen { /* what the Bundle has already */
    int64_t *rid;
    size_t n, room;
};

static bool fresh(struct seen *s, int64_t rid)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->rid[i] == rid)
            return false;
    if (s->n < s->room)
        s->rid[s->n++] = rid;
    return true;
}

static bool put_rows(struct op *op, const struct db_rows *rows, struct seen *seen, struct bundle *b,
                     struct err *e)
{
    struct domain d = gate_domain(op);
    int n = db_count(rows);
    struct record_doc *docs = ARENA_ARRAY(op->arena, struct record_doc, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        docs[i] = record_row(rows, i, op->arena);
    for (int i = 0; i < n; i++) {
        if (!fresh(seen, docs[i].rid))
            continue;
        if (!resource_render(&d, &docs[i], e))
            return false;
        bundle_match(b, &docs[i], "include");
    }
    return true;
}

bool include_put(struct op *op, const struct query *q, const struct record_doc *docs, size_t n,
                 struct bundle *b, struct err *e)
{
    struct seen seen = {.room = n + q->includes * COUNT_MAX};
    if (!n || !q->includes)
        return true;
    seen.rid = ARENA_ARRAY(op->arena, int64_t, seen.room + 1);
    for (size_t i = 0; i < n; i++)
        fresh(&seen, docs[i].rid);
    for (size_t i = 0; i < q->includes; i++) {
        const struct query_include *inc = &q->include[i];
        const struct db_rows *rows =
            inc->reverse ? find_reverse(op, inc, docs, n, e) : find_forward(op, inc, docs, n, e);
        if (!rows || !put_rows(op, rows, &seen, b, e))
            return false;
    }
    return true;
}
