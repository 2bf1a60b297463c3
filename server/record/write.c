#include "record/index_priv.h"

#include "base/failpoint.h"
#include "outbox/outbox.h"
#include "record/custom.h"
#include "schema/queries.h"

enum { CONTENT_MAX = 64 << 20 };

struct record_doc *record_new(struct arena *a, const char *type)
{
    struct record_doc *doc = ARENA_NEW(a, struct record_doc);
    doc->rid = record_rid_new();
    doc->type = arena_str(a, str_of(type));
    doc->id = record_id_text(a, doc->rid);
    doc->department = STR("");
    doc->node = fhir_new(a, type);
    return doc;
}

static bool serialise(struct arena *a, const struct fhir_node *node, struct str *ret_text, struct err *e)
{
    struct buf b;
    buf_init(&b, CONTENT_MAX);
    bool ok = fhir_write_json(node, false, &b, e) && buf_ok(&b, e);
    if (ok)
        *ret_text = arena_str(a, buf_view(&b));
    buf_release(&b);
    return ok;
}

/* id, then meta with version and time, in the places the FHIR order gives them. */
static bool stamp(struct arena *a, struct record_doc *doc, int version, clock_us now, struct err *e)
{
    char when[CLOCK_TEXT];
    clock_text(now, when);
    str_copy(when + 23, sizeof when - 23, STR("Z")); /* milliseconds are enough for an instant */
    return fhir_set(a, doc->node, "id", doc->id, e) &&
           fhir_set(a, doc->node, "meta.versionId", arena_printf(a, "%d", version), e) &&
           fhir_set(a, doc->node, "meta.lastUpdated", arena_str(a, str_of(when)), e);
}

/* Nothing but the stamps would change: then nothing is written. */
static bool unchanged(struct arena *a, struct record_doc *doc, bool *ret_same, struct err *e)
{
    struct str text;
    *ret_same = false;
    if (!doc->version || doc->deleted || !doc->content.n)
        return true;
    if (!stamp(a, doc, doc->version, doc->updated, e) || !serialise(a, doc->node, &text, e))
        return false;
    *ret_same = str_eq(text, doc->content);
    return true;
}

static bool send_row(struct db *db, struct arena *a, const struct record_doc *doc, struct err *e)
{
    gather_written(db, doc);
    if (doc->version == 1)
        return gather_document(db, a, doc, e);
    struct db_args args = db_args(a);
    db_int(&args, doc->rid);
    if (!db_send(db, &Q_resource_archive, &args, e))
        return false;
    db_int(&args, doc->version);
    db_time(&args, doc->updated);
    db_bool(&args, doc->deleted);
    db_text(&args, doc->department);
    db_text(&args, doc->content);
    db_text(&args, str_of(doc->method ? doc->method : ""));
    return db_send(db, &Q_resource_update, &args, e) && index_clear(db, a, doc->rid, e);
}

/* Whoever listens hears of it, in this transaction. */
static bool send_note(struct db *db, struct arena *a, const struct record_doc *doc, struct err *e)
{
    struct outbox_note note = {doc->rid, doc->type, doc->version, doc->deleted};
    return outbox_note(db, a, &note, e);
}

bool record_put(struct db *db, struct arena *a, struct record_doc *doc, struct err *e)
{
    bool same;
    if (!unchanged(a, doc, &same, e))
        return false;
    if (same)
        return true;
    if (failpoint("record.put"))
        return err_set(e, ERR_INTERNAL, "failpoint record.put");
    clock_us now = clock_now() / 1000 * 1000;
    struct index_rows rows;
    index_rows_init(&rows, a, doc->type);
    if (!record_custom_fresh(db, false, e))
        return false;
    if (!stamp(a, doc, doc->version + 1, now, e) || !serialise(a, doc->node, &doc->content, e) ||
        !index_collect(&rows, doc->node, e) || !index_collect_contained(db, &rows, doc, e))
        return err_wrap(e, "write '%.*s/%.*s'", STR_ARG(doc->type), STR_ARG(doc->id));
    doc->version++;
    doc->updated = now;
    doc->deleted = false;
    return send_row(db, a, doc, e) && index_send(db, &rows, doc->rid, e) && send_note(db, a, doc, e);
}

bool record_delete(struct db *db, struct arena *a, struct record_doc *doc, struct err *e)
{
    if (doc->deleted)
        return true;
    doc->version++;
    doc->updated = clock_now() / 1000 * 1000;
    doc->deleted = true;
    doc->content = STR("");
    doc->node = NULL;
    return send_row(db, a, doc, e) && send_note(db, a, doc, e);
}

bool record_index_tokens(struct db *db, struct arena *a, const struct record_doc *doc,
                         const struct record_token *tokens, size_t count, struct err *e)
{
    struct index_rows rows;
    struct db_args args = db_args(a);
    int64_t *params = ARENA_ARRAY(a, int64_t, count + 1);
    index_rows_init(&rows, a, doc->type);
    for (size_t i = 0; i < count; i++) {
        params[i] = record_param(doc->type, str_of(tokens[i].code));
        if (tokens[i].text.n)
            index_add_token(&rows, tokens[i].code, tokens[i].system, tokens[i].text);
    }
    db_int(&args, doc->rid);
    db_ints(&args, params, count);
    return db_send(db, &Q_search_token_clear_params, &args, e) && index_send(db, &rows, doc->rid, e);
}

bool record_index_date(struct db *db, struct arena *a, const struct record_doc *doc, const char *code, struct str text,
                       struct err *e)
{
    struct index_rows rows;
    struct db_args args = db_args(a);
    int64_t param = record_param(doc->type, str_of(code));
    struct fhir_value v = {.text = text};
    index_rows_init(&rows, a, doc->type);
    if (!index_add_date(&rows, code, &v))
        return true;
    db_int(&args, doc->rid);
    db_ints(&args, &param, 1);
    return db_send(db, &Q_search_date_clear_params, &args, e) && index_send(db, &rows, doc->rid, e);
}
