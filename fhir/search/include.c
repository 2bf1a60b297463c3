/* _include and _revinclude: what the matches refer to, and what refers to them. Steps that iterate are taken again
 * from what came in, until nothing new does; each document comes once. */
#include "fhir/search/search_priv.h"

#include <pthread.h>
#include <string.h>

#include "schema/queries.h"

enum { HASHES_MAX = 4096 };

struct work {
    struct op *op;
    struct record_doc *all; /* matches, then what was included */
    size_t n, room;
    size_t first, end; /* what steps are taken from */
    bool again;        /* it came in by steps: only those that iterate are taken */
    bool cut;
};

struct hashes {
    int64_t hash[HASHES_MAX];
    size_t n;
    bool canonical; /* one of the parameters may hold canonical references */
};

static void add_hash(struct hashes *h, struct str type, struct str code)
{
    if (h->n < HASHES_MAX)
        h->hash[h->n++] = record_param(type, code);
}

static bool leads_to_any(const struct fhir_search_param *p, const struct record_doc *docs, size_t n)
{
    struct str rest = str_of(p->targets ? p->targets : ""), one;
    while (rest.n && str_next(&rest, ',', &one))
        for (size_t i = 0; i < n; i++)
            if (str_eq(docs[i].type, one))
                return true;
    return false;
}

/* Canonical references lead to what has an url and a version; a parameter of the site's own may lead anywhere. */
static bool is_canonical(const struct fhir_search_param *p)
{
    struct str rest = str_of(p && p->targets ? p->targets : ""), one;
    if (!rest.n)
        return true;
    while (rest.n && str_next(&rest, ',', &one))
        if (str_is(one, "Resource") ||
            (fhir_search_param_find(one, STR("url")) && fhir_search_param_find(one, STR("version"))))
            return true;
    return false;
}

static void add_param(struct hashes *h, struct str type, struct str code, const struct fhir_search_param *p)
{
    add_hash(h, type, code);
    h->canonical = h->canonical || is_canonical(p);
}

/* The reference parameters a step takes, of one type. docs: what they must lead to; NULL: wherever. */
static void add_params(struct hashes *h, const struct query_include *i, struct str type, const struct record_doc *docs,
                       size_t n)
{
    const struct fhir_search_param *p;
    if (!str_is(i->param, "*")) {
        add_param(h, type, i->param, fhir_search_param_find(type, i->param));
        return;
    }
    for (int k = 0; (p = fhir_search_param_at(type, k)); k++)
        if (p->kind == FHIR_SEARCH_REFERENCE && (!docs || leads_to_any(p, docs, n)))
            add_param(h, type, str_of(p->code), p);
}

/* "*": of every type; forward, of those at hand. */
static void add_step(struct hashes *h, const struct query_include *i, const struct record_doc *docs, size_t n)
{
    const struct record_doc *to = i->reverse ? docs : NULL;
    if (!str_is(i->type, "*")) {
        add_params(h, i, i->type, to, n);
        return;
    }
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str type = str_of(fhir_resource_name(t));
        bool wanted = i->reverse;
        for (size_t k = 0; k < n && !wanted; k++)
            wanted = str_eq(docs[k].type, type);
        if (wanted)
            add_params(h, i, type, to, n);
    }
}

static struct hashes all_urls, all_versions; /* of those parameters of every type */

static void find_all_types(struct hashes *h, const char *code)
{
    for (int t = 0; fhir_resource_name(t); t++)
        if (fhir_search_param_find(str_of(fhir_resource_name(t)), str_of(code)))
            add_hash(h, str_of(fhir_resource_name(t)), str_of(code));
}

static void find_all(void)
{
    find_all_types(&all_urls, "url");
    find_all_types(&all_versions, "version");
}

static const struct db_rows *find_forward(struct work *w, const struct query_include *i, const struct hashes *h,
                                          const struct record_doc *docs, size_t n, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct op *op = w->op;
    struct db_args args = db_args(op->arena);
    int64_t *rids = ARENA_ARRAY(op->arena, int64_t, n + 1);
    for (size_t k = 0; k < n; k++)
        rids[k] = docs[k].rid;
    db_text_opt(&args, op->access);
    db_ints(&args, rids, n);
    db_ints(&args, h->hash, h->n);
    db_text_opt(&args, i->target);
    if (h->canonical) {
        pthread_once(&once, find_all);
        db_ints(&args, all_urls.hash, all_urls.n);
        db_ints(&args, all_versions.hash, all_versions.n);
    }
    db_int(&args, (int64_t)w->room + 1);
    return db_run(op->db, h->canonical ? &Q_search_include : &Q_search_include_literal, &args, e);
}

static const struct db_rows *find_reverse(struct work *w, const struct query_include *i, const struct hashes *h,
                                          const struct record_doc *docs, size_t n, struct err *e)
{
    struct op *op = w->op;
    struct db_args args = db_args(op->arena);
    struct str *refs = ARENA_ARRAY(op->arena, struct str, n + 1);
    size_t count = 0;
    for (size_t k = 0; k < n; k++)
        if (!i->target.n || str_eq(docs[k].type, i->target))
            refs[count++] = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(docs[k].type), STR_ARG(docs[k].id));
    db_text_opt(&args, op->access);
    db_texts(&args, refs, count);
    db_ints(&args, h->hash, h->n);
    db_int(&args, (int64_t)w->room + 1);
    return db_run(op->db, &Q_search_revinclude, &args, e);
}

static bool is_known(const struct work *w, int64_t rid)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->all[i].rid == rid)
            return true;
    return false;
}

static void take_rows(struct work *w, const struct db_rows *rows)
{
    for (int i = 0; i < db_count(rows) && !w->cut; i++) {
        struct record_doc doc = record_row(rows, i, w->op->arena);
        if (is_known(w, doc.rid))
            continue;
        w->cut = w->n == w->room;
        if (!w->cut)
            w->all[w->n++] = doc;
    }
}

/* Steps from one type to one: asked in one statement. */
static bool alike(const struct query_include *a, const struct query_include *b)
{
    return !a->reverse && !b->reverse && str_eq(a->type, b->type) && str_eq(a->target, b->target);
}

/* One step, with those behind it that are alike. */
static bool take_step(struct work *w, const struct query *q, size_t at, struct err *e)
{
    const struct query_include *i = &q->include[at];
    struct record_doc *docs = ARENA_ARRAY(w->op->arena, struct record_doc, w->end - w->first + 1);
    struct hashes *h = ARENA_NEW(w->op->arena, struct hashes);
    size_t n = 0;
    for (size_t k = w->first; k < w->end; k++)
        if (i->reverse || str_is(i->type, "*") || str_eq(w->all[k].type, i->type))
            docs[n++] = w->all[k];
    for (size_t k = at; k < q->includes; k++)
        if (k == at || (alike(i, &q->include[k]) && (!w->again || q->include[k].iterate)))
            add_step(h, &q->include[k], docs, n);
    if (!n || !h->n || w->cut)
        return true;
    const struct db_rows *rows = i->reverse ? find_reverse(w, i, h, docs, n, e) : find_forward(w, i, h, docs, n, e);
    if (rows)
        take_rows(w, rows);
    return rows != NULL;
}

static bool is_taken(const struct work *w, const struct query *q, size_t at)
{
    for (size_t k = 0; k < at; k++)
        if (alike(&q->include[k], &q->include[at]) && (!w->again || q->include[k].iterate))
            return true;
    return false;
}

/* Every step from the matches; then those that iterate, from what came last, while anything does. */
static bool take_steps(struct work *w, const struct query *q, struct err *e)
{
    w->end = w->n;
    for (; w->first < w->end && !w->cut; w->again = true) {
        for (size_t i = 0; i < q->includes; i++)
            if ((!w->again || q->include[i].iterate) && !is_taken(w, q, i) && !take_step(w, q, i, e))
                return false;
        w->first = w->end;
        w->end = w->n;
    }
    return true;
}

bool search_include(struct op *op, const struct query *q, const struct record_doc *docs, size_t n,
                    struct search_included *ret_included, struct err *e)
{
    struct work w = {.op = op, .n = n, .room = n + COUNT_MAX};
    *ret_included = (struct search_included){0};
    if (!n || !q->includes)
        return true;
    w.all = ARENA_ARRAY(op->arena, struct record_doc, w.room + 1);
    memcpy(w.all, docs, n * sizeof *docs);
    if (!sql_plan(op, true, e) || !take_steps(&w, q, e))
        return false;
    *ret_included = (struct search_included){w.all + n, w.n - n, w.cut};
    return true;
}
