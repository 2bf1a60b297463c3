#include "fhir/subscription/subscription_priv.h"

#include "base/json.h"
#include "schema/queries.h"

static bool read_headers(struct subscription *s, struct arena *a, struct str json, struct err *e)
{
    struct json *list = json_parse(json, e);
    if (!list)
        return false;
    for (size_t i = 0; i < json_count(list) && s->header_count < HEADERS_MAX; i++)
        s->headers[s->header_count++] = arena_str(a, json_text(json_at(list, i)));
    json_free(list);
    return true;
}

bool subscription_read(const struct db_rows *rows, int row, struct arena *a, struct subscription *ret_s, struct err *e)
{
    struct subscription s = {.rid = db_get_int(rows, row, 0)};
    struct str *const text[] = {&s.id, &s.topic, &s.type, &s.criteria, &s.channel, &s.endpoint};
    for (int i = 0; i < 6; i++)
        *text[i] = arena_str(a, db_get(rows, row, i + 1));
    if (!read_headers(&s, a, db_get(rows, row, 7), e))
        return false;
    s.payload = arena_str(a, db_get(rows, row, 8));
    s.content = arena_str(a, db_get(rows, row, 9));
    s.heartbeat = (int)db_get_int(rows, row, 10);
    s.timeout = (int)db_get_int(rows, row, 11);
    s.max_count = (int)db_get_int(rows, row, 12);
    s.ends = db_get_int(rows, row, 13);
    s.access = arena_str(a, db_get(rows, row, 14));
    s.creator = arena_str(a, db_get(rows, row, 15));
    s.status = arena_str(a, db_get(rows, row, 16));
    s.since = db_get_int(rows, row, 17);
    s.activated = db_get_bool(rows, row, 18);
    *ret_s = s;
    return true;
}

bool subscription_get(struct db *db, struct arena *a, int64_t rid, struct subscription *ret_s, bool *ret_found,
                      struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, rid);
    const struct db_rows *r = db_run(db, &Q_subscription_get, &args, e);
    *ret_found = r && db_count(r) > 0;
    return r && (!*ret_found || subscription_read(r, 0, a, ret_s, e));
}

bool subscription_put(struct db *db, struct arena *a, const struct subscription *s, struct err *e)
{
    struct db_args args = db_args(a);
    const struct str head[] = {s->id, s->topic, s->type, s->criteria, s->channel, s->endpoint};
    db_int(&args, s->rid);
    for (size_t i = 0; i < 6; i++)
        db_text(&args, head[i].p ? head[i] : STR(""));
    db_texts(&args, s->headers, s->header_count);
    db_text(&args, s->payload.p ? s->payload : STR(""));
    db_text(&args, s->content.p ? s->content : STR(""));
    db_int(&args, s->heartbeat);
    db_int(&args, s->timeout);
    db_int(&args, s->max_count);
    db_time(&args, s->ends ? s->ends : INT64_MIN);
    db_text(&args, s->access.p ? s->access : STR(""));
    db_text(&args, s->creator.p ? s->creator : STR(""));
    db_text(&args, s->status);
    return db_send(db, &Q_subscription_put, &args, e);
}

bool subscription_show(struct db *db, struct arena *a, int64_t rid, const char *status, struct str error, struct err *e)
{
    struct record_doc doc = {.rid = rid};
    struct db_args args = db_args(a);
    if (!record_get_rid(db, a, rid, RECORD_UPDATE, &doc, e))
        return false;
    if (doc.deleted)
        return true;
    db_int(&args, rid);
    db_text(&args, str_of(status));
    return record_parse(a, &doc, e) && fhir_set(a, doc.node, "status", str_of(status), e) &&
           fhir_set(a, doc.node, "error", error.p ? error : STR(""), e) && record_put(db, a, &doc, e) &&
           db_send(db, &Q_subscription_status_set, &args, e);
}
