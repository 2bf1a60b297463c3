#include "domain/reindex.h"

#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "domain/resource.h"
#include "record/custom.h"
#include "schema/queries.h"

struct walk { /* a row of search_work */
    int64_t id, place, last;
    int version;
};

bool reindex_start(struct db *db, struct arena *a, bool *ret_pending, struct err *e)
{
    struct db_args args = db_args(a), none = db_args(a);
    db_int(&args, FHIR_EXTRACTION);
    const struct db_rows *rows =
        db_send(db, &Q_reindex_upgrade, &args, e) ? db_run(db, &Q_reindex_pending, &none, e) : NULL;
    if (rows)
        *ret_pending = db_get_bool(rows, 0, 0);
    return rows != NULL;
}

static bool take_walk(struct domain *d, struct walk *ret_walk, struct reindex *ret_progress, struct err *e)
{
    struct db_args none = db_args(d->arena);
    const struct db_rows *rows = db_run(d->db, &Q_reindex_take, &none, e);
    if (!rows)
        return false;
    *ret_progress = (struct reindex){.found = db_count(rows) > 0};
    if (!ret_progress->found)
        return true;
    *ret_walk = (struct walk){db_get_int(rows, 0, 0), db_get_int(rows, 0, 4), db_get_int(rows, 0, 5),
                              (int)db_get_int(rows, 0, 3)};
    str_copy(ret_progress->kind, sizeof ret_progress->kind, db_get(rows, 0, 1));
    str_copy(ret_progress->type, sizeof ret_progress->type, db_get(rows, 0, 2));
    ret_progress->seen = db_get_int(rows, 0, 6);
    ret_progress->total = db_get_int(rows, 0, 7);
    return true;
}

/* A walk for new parameters starts when every process indexes them on its own writes. */
static bool check_start(struct domain *d, struct walk *w, struct reindex *progress, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (!record_custom_fresh(d->db, true, e))
        return false;
    if (strcmp(progress->kind, "parameter") != 0 || w->place)
        return true;
    db_int(&args, w->id);
    const struct db_rows *rows = db_run(d->db, &Q_reindex_arm, &args, e);
    if (!rows)
        return false;
    w->last = db_get_int(rows, 0, 0);
    progress->total = db_get_int(rows, 0, 1);
    progress->waiting = !db_get_bool(rows, 0, 2);
    return true;
}

/* A document nobody can read is left as it is: the others must not wait for it. */
static bool index_one(struct domain *d, struct record_doc *doc, struct err *e)
{
    struct err unreadable = {0};
    if (doc->deleted || record_parse(d->arena, doc, &unreadable))
        return resource_reindex(d, doc, e);
    log_err("reindex", &unreadable);
    return true;
}

/* Documents from the first on, up to one that somebody is writing. */
static bool index_rows(struct domain *d, const struct db_rows *rows, const int64_t *rids, size_t *ret_n, struct err *e)
{
    size_t n = (size_t)db_count(rows);
    struct record_doc *docs = ARENA_ARRAY(d->arena, struct record_doc, n + 1);
    *ret_n = 0;
    for (size_t i = 0; i < n; i++)
        docs[i] = record_row(rows, (int)i, d->arena);
    for (size_t i = 0; i < n && docs[i].rid == rids[i]; i++, ++*ret_n)
        if (!index_one(d, &docs[i], e))
            return err_wrap(e, "index '%.*s/%.*s'", STR_ARG(docs[i].type), STR_ARG(docs[i].id));
    return true;
}

/* Never wait for a writer while documents are held that it may want: only the first, and alone. */
static bool index_batch(struct domain *d, const int64_t *rids, size_t n, size_t *ret_done, struct err *e)
{
    struct db_args all = db_args(d->arena), first = db_args(d->arena);
    db_ints(&all, rids, n);
    const struct db_rows *rows = db_run(d->db, &Q_reindex_lock, &all, e);
    if (!rows || !index_rows(d, rows, rids, ret_done, e))
        return false;
    if (*ret_done)
        return true;
    db_int(&first, rids[0]);
    rows = db_run(d->db, &Q_reindex_wait, &first, e);
    return rows && index_rows(d, rows, rids, ret_done, e);
}

static bool finish(struct domain *d, const struct walk *w, const struct reindex *progress, struct err *e)
{
    struct db_args id = db_args(d->arena), version = db_args(d->arena), type = db_args(d->arena);
    db_int(&id, w->id);
    db_int(&version, w->version);
    db_text(&type, str_of(progress->type));
    if (strcmp(progress->kind, "parameter") == 0 && !db_send(d->db, &Q_search_parameter_ready, &type, e))
        return false;
    return db_send(d->db, &Q_reindex_done, &id, e) && db_send(d->db, &Q_reindex_reached, &version, e);
}

static bool move(struct domain *d, const struct walk *w, int64_t place, size_t seen, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (failpoint("reindex.batch"))
        return err_set(e, ERR_INTERNAL, "failpoint reindex.batch");
    db_int(&args, w->id);
    db_int(&args, place);
    db_int(&args, (int64_t)seen);
    return db_send(d->db, &Q_reindex_moved, &args, e);
}

static int64_t *rids_of(struct arena *a, const struct db_rows *rows, size_t *ret_n)
{
    *ret_n = (size_t)db_count(rows);
    int64_t *rids = ARENA_ARRAY(a, int64_t, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        rids[i] = db_get_int(rows, (int)i, 0);
    return rids;
}

bool reindex_batch(struct domain *d, struct reindex *ret_progress, struct err *e)
{
    struct walk w = {0};
    size_t n, done = 0;
    struct db_args args = db_args(d->arena);
    if (!take_walk(d, &w, ret_progress, e))
        return false;
    if (!ret_progress->found)
        return true;
    if (!check_start(d, &w, ret_progress, e))
        return false;
    if (ret_progress->waiting)
        return true;
    db_int(&args, w.place);
    db_int(&args, w.last);
    db_text(&args, str_of(ret_progress->type));
    const struct db_rows *rows = db_run(d->db, &Q_reindex_next, &args, e);
    if (!rows)
        return false;
    const int64_t *rids = rids_of(d->arena, rows, &n);
    ret_progress->finished = n == 0;
    if (!n)
        return finish(d, &w, ret_progress, e);
    if (!index_batch(d, rids, n, &done, e) || (done && !move(d, &w, rids[done - 1], done, e)))
        return false;
    ret_progress->seen += (int64_t)done;
    return true;
}
