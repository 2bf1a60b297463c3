#include "record/record.h"

#include "schema/queries.h"

/* Rows of the resource_get… family have the same columns. */
static void take(const struct db_rows *rows, int row, struct arena *a, struct str type, struct record_doc *ret_doc)
{
    *ret_doc = (struct record_doc){.rid = db_get_int(rows, row, 0),
                                   .type = arena_str(a, type),
                                   .id = arena_str(a, db_get(rows, row, 1)),
                                   .version = (int)db_get_int(rows, row, 2),
                                   .deleted = db_get_bool(rows, row, 3),
                                   .updated = db_get_int(rows, row, 4),
                                   .department = arena_str(a, db_get(rows, row, 5)),
                                   .content = arena_str(a, db_get(rows, row, 6))};
}

static struct db_args key_args(struct arena *a, struct record_key key)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, key.access);
    db_text(&args, key.type);
    db_text(&args, key.id);
    return args;
}

bool record_find(struct db *db, struct arena *a, struct record_key key, struct record_doc *ret_doc, bool *ret_found,
                 struct err *e)
{
    struct db_args args = key_args(a, key);
    static const struct db_query *const by_lock[] = {[RECORD_READ] = &Q_resource_get,
                                                     [RECORD_UPDATE] = &Q_resource_get_update,
                                                     [RECORD_DELETE] = &Q_resource_get_delete};
    const struct db_query *query = by_lock[key.lock];
    const struct db_rows *rows = db_run(db, query, &args, e);
    if (!rows)
        return err_wrap(e, "read '%.*s/%.*s'", STR_ARG(key.type), STR_ARG(key.id));
    *ret_found = db_count(rows) > 0;
    if (*ret_found)
        take(rows, 0, a, key.type, ret_doc);
    return true;
}

bool record_get_rid(struct db *db, struct arena *a, int64_t rid, enum record_lock lock, struct record_doc *ret_doc,
                    struct err *e)
{
    static const struct db_query *const by_lock[] = {[RECORD_READ] = &Q_resource_get_rid,
                                                     [RECORD_UPDATE] = &Q_resource_get_rid_update,
                                                     [RECORD_DELETE] = &Q_resource_get_rid_delete};
    struct db_args args = db_args(a);
    db_int(&args, rid);
    const struct db_rows *rows = db_run(db, by_lock[lock], &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no document with row id %lld", (long long)rid);
    take(rows, 0, a, db_get(rows, 0, 7), ret_doc);
    return true;
}

bool record_get_version(struct db *db, struct arena *a, struct record_key key, int version, struct record_doc *ret_doc,
                        struct err *e)
{
    struct db_args args = key_args(a, key);
    db_int(&args, version);
    const struct db_rows *rows = db_run(db, &Q_resource_get_version, &args, e);
    if (!rows)
        return err_wrap(e, "read '%.*s/%.*s' version %d", STR_ARG(key.type), STR_ARG(key.id), version);
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no version %d of '%.*s/%.*s'", version, STR_ARG(key.type), STR_ARG(key.id));
    take(rows, 0, a, key.type, ret_doc);
    if (ret_doc->deleted)
        return err_set(e, ERR_GONE, "version %d of '%.*s/%.*s' deletes it", version, STR_ARG(key.type),
                       STR_ARG(key.id));
    return true;
}

struct record_doc record_row(const struct db_rows *rows, int row, struct arena *a)
{
    struct record_doc doc;
    take(rows, row, a, db_get(rows, row, 7), &doc);
    return doc;
}

bool record_parse(struct arena *a, struct record_doc *doc, struct err *e)
{
    if (!doc->node)
        doc->node = fhir_parse_json(a, doc->content, e);
    return doc->node || err_wrap(e, "stored '%.*s/%.*s'", STR_ARG(doc->type), STR_ARG(doc->id));
}
