#include "record/history.h"

#include "schema/queries.h"

struct record_history record_history_all(struct str access)
{
    return (struct record_history){.access = access, .since = INT64_MIN, .from = INT64_MIN, .to = INT64_MIN};
}

/* What rows from before the column do not tell: an id of the server's own making tells a create. */
static const char *method_of(struct arena *a, struct str method, const struct record_doc *doc)
{
    static const char *const known[] = {"POST", "PUT", "PATCH", "DELETE"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(method, known[i]))
            return known[i];
    if (doc->deleted)
        return "DELETE";
    return doc->version == 1 && str_eq(record_id_text(a, doc->rid), doc->id) ? "POST" : "PUT";
}

static void put_bounds(struct db_args *args, const struct record_history *h)
{
    db_time(args, h->since);
    db_time(args, h->from);
    db_time(args, h->to);
}

static void put_place(struct db_args *args, const struct record_place *p)
{
    if (p->version) {
        db_time(args, p->updated);
        db_int(args, p->rid);
        db_int(args, p->version);
        return;
    }
    for (int i = 0; i < 3; i++)
        db_null(args);
}

bool record_history_find(struct db *db, struct arena *a, struct record_history *h, struct err *e)
{
    struct db_args args = db_args(a);
    const struct db_query *query = h->rid      ? &Q_history_of_document
                                   : h->type.n ? &Q_history_of_type
                                               : &Q_history_of_record;
    db_text_opt(&args, h->access);
    if (h->rid)
        db_int(&args, h->rid);
    else
        db_text_opt(&args, h->type);
    put_bounds(&args, h);
    put_place(&args, &h->behind);
    db_int(&args, h->limit);
    const struct db_rows *rows = db_run(db, query, &args, e);
    if (!rows)
        return err_wrap(e, "history");
    h->count = (size_t)db_count(rows);
    h->versions = ARENA_ARRAY(a, struct record_version, h->count + 1);
    for (size_t i = 0; i < h->count; i++) {
        struct record_version *v = &h->versions[i];
        v->doc = record_row(rows, (int)i, a);
        v->method = method_of(a, db_get(rows, (int)i, 8), &v->doc);
        v->made = db_get_bool(rows, (int)i, 9);
        v->latest = db_get_bool(rows, (int)i, 10);
    }
    return true;
}

bool record_history_count(struct db *db, struct arena *a, const struct record_history *h, int64_t *ret_count,
                          struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, h->access);
    if (h->rid)
        db_int(&args, h->rid);
    else
        db_null(&args);
    db_text_opt(&args, h->type);
    put_bounds(&args, h);
    const struct db_rows *rows = db_run(db, &Q_history_count, &args, e);
    if (rows)
        *ret_count = db_get_int(rows, 0, 0);
    return rows != NULL;
}

bool record_history_horizon(struct db *db, struct arena *a, clock_us *ret_time, struct err *e)
{
    struct db_args args = db_args(a);
    const struct db_rows *rows = db_run(db, &Q_history_horizon, &args, e);
    if (rows)
        *ret_time = db_get_int(rows, 0, 0);
    return rows != NULL;
}
