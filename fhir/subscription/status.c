/* $status and $events. */
#include "fhir/subscription/subscription_priv.h"

#include "base/json.h"
#include "schema/queries.h"

struct seen { /* a subscription the caller may see */
    struct subscription s;
    struct str status, error;
    int64_t last;
};

static bool find(struct op *op, const struct subscription_question *q, struct seen **ret_seen, size_t *ret_n,
                 struct err *e)
{
    struct arena *a = op->arena;
    struct db_args args = db_args(a);
    db_text_opt(&args, op->access);
    db_texts(&args, q->id.n ? &q->id : q->ids, q->id.n ? 1 : q->id_count);
    db_texts(&args, q->statuses, q->status_count);
    const struct db_rows *r = db_run(op->db, &Q_subscription_status, &args, e);
    if (!r)
        return false;
    *ret_n = (size_t)db_count(r);
    *ret_seen = ARENA_ARRAY(a, struct seen, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++) {
        struct seen *s = &(*ret_seen)[i];
        s->s.rid = db_get_int(r, (int)i, 0);
        s->s.id = arena_str(a, db_get(r, (int)i, 1));
        s->s.topic = arena_str(a, db_get(r, (int)i, 2));
        s->status = arena_str(a, db_get(r, (int)i, 3));
        s->last = db_get_int(r, (int)i, 4);
        s->error = arena_str(a, db_get(r, (int)i, 5));
    }
    return *ret_n || !q->id.n || err_set(e, ERR_NOT_FOUND, "no 'Subscription/%.*s'", STR_ARG(q->id));
}

bool subscription_status(struct op *op, const struct subscription_question *q, struct buf *b, struct err *e)
{
    struct seen *seen;
    size_t n;
    if (!find(op, q, &seen, &n, e))
        return false;
    op->event->count = (int64_t)n;
    buf_puts(b, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"");
    json_put_int(b, "total", (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        struct notice notice = {.s = &seen[i].s,
                                .type = "query-status",
                                .status = seen[i].status,
                                .error = seen[i].error,
                                .last = seen[i].last};
        buf_puts(b, i ? ",{\"resource\":" : ",\"entry\":[{\"resource\":");
        notice_status(op, &notice, b);
        buf_puts(b, ",\"search\":{\"mode\":\"match\"}}");
    }
    buf_puts(b, n ? "]}" : "}");
    return buf_ok(b, e);
}

/* Events whose focus the caller may not see are numbers only. */
static bool hide(struct op *op, struct outbox_event *events, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct record_doc doc;
        bool found;
        struct record_key key = {op->access, events[i].type, events[i].id, RECORD_READ};
        if (!record_find(op->db, op->arena, key, &doc, &found, e))
            return false;
        if (!found)
            events[i].type = STR_NONE;
    }
    return true;
}

bool subscription_events(struct op *op, const struct subscription_replay *r, struct buf *b, struct err *e)
{
    struct subscription_question q = {.id = r->id};
    struct seen *seen;
    struct outbox_event *events;
    size_t n, count;
    bool found;
    if (!find(op, &q, &seen, &n, e) || !subscription_get(op->db, op->arena, seen[0].s.rid, &seen[0].s, &found, e))
        return false;
    struct outbox_span span = {seen[0].s.rid, r->from, r->upto, EVENTS_MAX};
    if (!outbox_events(op->db, op->arena, span, &events, &count, e) || !hide(op, events, count, e))
        return false;
    op->event->count = (int64_t)count;
    struct str own = seen[0].s.content;
    struct notice notice = {.s = &seen[0].s,
                            .type = "query-event",
                            .status = seen[0].status,
                            .error = seen[0].error,
                            .content = r->content.n ? r->content
                                       : own.n      ? own
                                                    : STR("id-only"),
                            .last = seen[0].last,
                            .events = events,
                            .event_count = count};
    return notice_bundle(op, &notice, b, e);
}
