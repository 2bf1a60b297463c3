/* Every reference to one patient becomes one to another, and where it stood is remembered. */
#include "domain/merge_priv.h"

#include "domain/resource.h"
#include "domain/rule.h"
#include "schema/queries.h"

enum { PATHS_MAX = 2000 };

struct candidate {
    int64_t rid;
    struct str type;
    bool seen;
};

struct moving { /* the document in hand */
    const struct merge_move *m;
    struct arena *arena; /* of this document */
    struct str path[PATHS_MAX], before[PATHS_MAX];
    size_t n, found;
    struct candidate *list; /* all documents that may refer to the source */
    size_t list_n;
};

/* A reference to a version of the source says what was, not who it is about. */
static bool names(const struct merge_move *m, const struct fhir_node *n)
{
    struct str version;
    return n->kind == FHIR_STRING && str_is(n->key, "reference") &&
           str_eq(record_reference(n->text, &version), m->from) && !version.n;
}

static void walk(struct moving *x, struct fhir_node *n, struct str path)
{
    int index = 0;
    for (struct fhir_node *c = n->first; c; c = c->next, index++) {
        if (!c->first && c->kind != FHIR_STRING)
            continue;
        struct str at = n->kind == FHIR_ARRAY ? arena_printf(x->arena, "%.*s[%d]", STR_ARG(path), index)
                        : path.n              ? arena_printf(x->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(c->key))
                                              : c->key;
        if (names(x->m, c) && x->found++ < PATHS_MAX) {
            x->path[x->n] = at;
            x->before[x->n++] = c->text;
            c->text = x->m->to;
        }
        walk(x, c, at);
    }
}

static bool remember(struct domain *d, const struct moving *x, int64_t rid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, x->m->merge_id);
    db_int(&args, rid);
    db_texts(&args, x->path, x->n);
    db_texts(&args, x->before, x->n);
    return db_send(d->db, &Q_merge_document_put, &args, e);
}

static bool move_document(struct domain *d, struct moving *x, int64_t rid, bool *ret_moved, struct err *e)
{
    struct record_doc doc;
    x->n = x->found = 0;
    x->arena = d->arena;
    if (!record_get_rid(d->db, d->arena, rid, RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e))
        return false;
    walk(x, doc.node, STR(""));
    *ret_moved = x->n > 0;
    if (x->found > PATHS_MAX)
        return err_set(e, ERR_TOO_COSTLY, "'%.*s' refers to the patient more than %d times",
                       STR_ARG(domain_reference(d, &doc)), PATHS_MAX);
    return !x->n || x->m->preview || (remember(d, x, rid, e) && resource_put(d, &doc, e) && db_flush(d->db, e));
}

static bool find(struct domain *d, struct moving *x, const struct merge_result *r, struct err *e)
{
    const struct merge_move *m = x->m;
    struct db_args args = db_args(d->arena);
    db_text(&args, arena_printf(d->arena, "%.*s\"", STR_ARG(m->from)));
    db_int(&args, r->source.rid);
    db_int(&args, r->target.rid);
    db_text_opt(&args, d->access);
    db_int(&args, MERGE_DOCUMENTS_MAX + 1);
    const struct db_rows *rows = db_run(d->db, &Q_merge_documents, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    if (!rows)
        return false;
    if (n > MERGE_DOCUMENTS_MAX)
        return err_set(e, ERR_TOO_COSTLY, "more than %d documents refer to '%.*s'", MERGE_DOCUMENTS_MAX,
                       STR_ARG(m->from));
    struct candidate *list = ARENA_ARRAY(d->arena, struct candidate, n + 1);
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct candidate){db_get_int(rows, (int)i, 0), arena_str(d->arena, db_get(rows, (int)i, 1)),
                                     db_get_bool(rows, (int)i, 2)};
        rid[i] = list[i].rid;
    }
    x->list = list;
    x->list_n = n;
    return m->preview || merge_lock(d, rid, n, e);
}

static bool move_rank(struct domain *d, struct moving *x, int rank, struct merge_result *r, struct err *e)
{
    struct arena scratch, *kept = d->arena;
    struct domain own = *d;
    bool ok = true, moved = false;
    arena_init(&scratch);
    own.arena = &scratch;
    for (size_t i = 0; i < x->list_n && ok; i++) {
        const struct candidate *c = &x->list[i];
        if (merge_rank(c->type) != rank)
            continue;
        ok = move_document(&own, x, c->rid, &moved, e);
        if (ok && moved && c->seen)
            merge_count(r, kept, c->type);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return ok;
}

bool merge_move_documents(struct domain *d, const struct merge_move *m, struct merge_result *r, struct err *e)
{
    struct moving *x = ARENA_NEW(d->arena, struct moving);
    x->m = m;
    if (!find(d, x, r, e))
        return false;
    for (int rank = 0; rank <= 4; rank++)
        if (!move_rank(d, x, rank, r, e))
            return false;
    return true;
}
