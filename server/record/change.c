/* What a change did to a document: how it was, and how it became. */
#include "record/record.h"

static bool version_of(struct db *db, struct arena *a, const struct record_doc *current, int version,
                       struct record_doc *ret_doc, struct err *e)
{
    struct record_key key = {STR_NONE, current->type, current->id, RECORD_READ};
    *ret_doc = *current;
    if (version == current->version)
        return true;
    if (record_get_version(db, a, key, version, ret_doc, e))
        return record_parse(a, ret_doc, e);
    if (e->code != ERR_GONE)
        return false;
    err_clear(e); /* deleted between two lives */
    *ret_doc = (struct record_doc){.type = current->type, .id = current->id};
    return true;
}

bool record_change_read(struct db *db, struct arena *a, struct record_span span, struct record_change *ret_change,
                        struct err *e)
{
    struct record_doc current;
    struct record_change c = {.gone = false};
    if (!record_get_rid(db, a, span.rid, RECORD_READ, &current, e))
        return false;
    c.gone = current.deleted || span.deleted;
    if (!c.gone && !record_parse(a, &current, e))
        return false;
    if (!c.gone && !span.last)
        c.now = c.before = current;
    else if (!c.gone && (!version_of(db, a, &current, span.last, &c.now, e) ||
                         (span.first > 1 && !version_of(db, a, &current, span.first - 1, &c.before, e))))
        return false;
    *ret_change = c;
    return true;
}
