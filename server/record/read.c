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

bool record_find(struct db *db, struct arena *a, struct str access, struct str type, struct str id,
                 enum record_lock lock, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, access);
    db_text(&args, type);
    db_text(&args, id);
    const struct db_rows *rows = db_run(db, lock == RECORD_UPDATE ? &Q_resource_get_update : &Q_resource_get, &args, e);
    if (!rows)
        return err_wrap(e, "read '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    *ret_found = db_count(rows) > 0;
    if (*ret_found)
        take(rows, 0, a, type, ret_doc);
    return true;
}

bool record_get(struct db *db, struct arena *a, struct str access, struct str type, struct str id,
                enum record_lock lock, struct record_doc *ret_doc, struct err *e)
{
    struct record_doc doc;
    bool found;
    if (!record_find(db, a, access, type, id, lock, &doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    if (doc.deleted)
        return err_set(e, ERR_GONE, "'%.*s/%.*s' was deleted", STR_ARG(type), STR_ARG(id));
    *ret_doc = doc;
    return true;
}

bool record_get_rid(struct db *db, struct arena *a, int64_t rid, enum record_lock lock, struct record_doc *ret_doc,
                    struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, rid);
    const struct db_rows *rows =
        db_run(db, lock == RECORD_UPDATE ? &Q_resource_get_rid_update : &Q_resource_get_rid, &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no document with row id %lld", (long long)rid);
    take(rows, 0, a, db_get(rows, 0, 7), ret_doc);
    return true;
}

bool record_get_version(struct db *db, struct arena *a, struct str access, struct str type, struct str id, int version,
                        struct record_doc *ret_doc, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, access);
    db_text(&args, type);
    db_text(&args, id);
    db_int(&args, version);
    const struct db_rows *rows = db_run(db, &Q_resource_get_version, &args, e);
    if (!rows)
        return err_wrap(e, "read '%.*s/%.*s' version %d", STR_ARG(type), STR_ARG(id), version);
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no version %d of '%.*s/%.*s'", version, STR_ARG(type), STR_ARG(id));
    take(rows, 0, a, type, ret_doc);
    if (ret_doc->deleted)
        return err_set(e, ERR_GONE, "version %d of '%.*s/%.*s' is its deletion", version, STR_ARG(type), STR_ARG(id));
    return true;
}

bool record_history(struct db *db, struct arena *a, struct str access, const struct record_doc *doc, int before,
                    int limit, struct record_doc **ret_docs, size_t *ret_count, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, access);
    db_int(&args, doc->rid);
    db_text(&args, doc->id);
    db_int(&args, before);
    db_int(&args, limit);
    const struct db_rows *rows = db_run(db, &Q_resource_history, &args, e);
    if (!rows)
        return err_wrap(e, "history of '%.*s/%.*s'", STR_ARG(doc->type), STR_ARG(doc->id));
    size_t n = (size_t)db_count(rows);
    *ret_docs = ARENA_ARRAY(a, struct record_doc, n + 1);
    for (size_t i = 0; i < n; i++)
        take(rows, (int)i, a, doc->type, &(*ret_docs)[i]);
    *ret_count = n;
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
