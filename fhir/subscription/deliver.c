/* Serving one subscription: what is due, sending it, and what that says about its status. */
#include "fhir/subscription/subscription_priv.h"

#include "schema/queries.h"

struct work {
    struct subscription s;
    bool gone;    /* off or deleted meanwhile */
    bool expired; /* its end has come */
    bool silent;  /* nothing to send */
    const char *method;
    struct str url, content_type, body;
    size_t events;
};

static bool is_xml(const struct subscription *s)
{
    return str_find(s->payload, 'x') < s->payload.n && !str_starts(s->payload, "application/fhir+json");
}

/* JSON text into the form the subscription asks for. */
static bool set_body(struct outbox_run *run, struct work *w, struct str json, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, BODY_MAX);
    w->body = json;
    w->content_type = STR("application/fhir+json");
    if (!is_xml(&w->s))
        return true;
    w->content_type = STR("application/fhir+xml");
    struct fhir_node *node = fhir_parse_json(run->arena, json, e);
    if (!node || !fhir_write_xml(node, false, &b, e) || !buf_ok(&b, e))
        return false;
    w->body = arena_str(run->arena, buf_view(&b));
    return true;
}

/* ---- R4: one request an event ---- */

static bool prepare_plain(struct op *op, struct outbox_run *run, struct work *w, struct outbox_event *ev, struct err *e)
{
    struct record_doc doc;
    bool found;
    w->method = "POST";
    w->url = w->s.endpoint;
    if (!w->s.payload.n)
        return true; /* the bare call says: look */
    if (!notice_document(op, ev, &doc, &found, e))
        return false;
    w->silent = !found;
    if (!found)
        return true;
    bool slash = str_ends(w->s.endpoint, "/");
    w->method = "PUT";
    w->url = arena_printf(run->arena, "%.*s%s%.*s/%.*s", STR_ARG(w->s.endpoint), slash ? "" : "/", STR_ARG(ev->type),
                          STR_ARG(ev->id));
    return set_body(run, w, doc.content, e);
}

/* ---- topic-based: a Bundle of what there is ---- */

static bool prepare_notice(struct op *op, struct outbox_run *run, struct work *w, struct notice *n, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, BODY_MAX);
    n->s = &w->s;
    n->content = w->s.content;
    n->status = w->s.activated ? STR("active") : STR("requested");
    n->last = run->upto;
    w->method = "POST";
    w->url = w->s.endpoint;
    return notice_bundle(op, n, &b, e) && set_body(run, w, arena_str(run->arena, buf_view(&b)), e);
}

static int batch(const struct subscription *s)
{
    int most = s->topic.n ? s->max_count ? s->max_count : BATCH_DEFAULT : 1;
    return most < BATCH_MAX ? most : BATCH_MAX;
}

static bool prepare_events(struct op *op, struct outbox_run *run, struct work *w, struct err *e)
{
    struct outbox_event *events;
    struct outbox_span span = {run->destination, run->sent + 1, run->last, batch(&w->s)};
    if (!outbox_events(op->db, run->arena, span, &events, &w->events, e))
        return false;
    if (!w->events)
        return err_set(e, ERR_INTERNAL, "events after number %lld are missing", (long long)run->sent);
    run->upto = events[w->events - 1].number;
    if (!w->s.topic.n)
        return prepare_plain(op, run, w, events, e);
    struct notice n = {.type = "event-notification", .events = events, .event_count = w->events};
    return prepare_notice(op, run, w, &n, e);
}

static void set_next_look(struct outbox_run *run, const struct work *w)
{
    int64_t end = w->s.ends ? (w->s.ends - clock_now()) / 1000 : -1;
    run->again_ms = w->s.heartbeat ? (int64_t)w->s.heartbeat * 1000 : -1;
    if (w->s.ends && end < 0)
        end = 0;
    if (w->s.ends && (run->again_ms < 0 || end < run->again_ms))
        run->again_ms = end + 1;
}

static bool prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e)
{
    bool found;
    struct work *w = ARENA_NEW(run->arena, struct work);
    struct notice n = {.type = "heartbeat"};
    (void)ctx;
    run->work = w;
    if (!subscription_get(db, run->arena, run->destination, &w->s, &found, e))
        return false;
    w->gone = !found || str_is(w->s.status, "off");
    w->expired = !w->gone && w->s.ends && w->s.ends <= clock_now();
    w->silent = w->gone || w->expired;
    if (w->silent)
        return true;
    set_next_look(run, w);
    struct op op = service_op(run->arena, db, w->s.access);
    if (w->s.activated && run->sent < run->last)
        return prepare_events(&op, run, w, e);
    w->silent = !w->s.topic.n || (w->s.activated && !w->s.heartbeat);
    if (!w->s.activated)
        n.type = "handshake";
    if (str_is(w->s.channel, "websocket") && (!w->s.activated || !bound_any(run->destination)))
        w->silent = true; /* its handshake comes with the binding */
    return w->silent || prepare_notice(&op, run, w, &n, e);
}

static bool deliver(void *ctx, struct outbox_run *run, struct err *e)
{
    struct work *w = run->work;
    (void)ctx;
    if (w->silent)
        return true;
    if (str_is(w->s.channel, "websocket"))
        return bound_send(run->destination, w->body, e);
    int limit = subscription_service.config.timeout_seconds, own = w->s.timeout;
    struct httpc_request r = {.method = w->method,
                              .url = w->url,
                              .headers = w->s.headers,
                              .header_count = w->s.header_count,
                              .content_type = w->content_type,
                              .body = w->body,
                              .timeout_ms = (own && own < limit ? own : limit) * 1000};
    return httpc_send(subscription_service.http, &r, e);
}

/* ---- the outcome ---- */

static bool audit(struct db *db, struct outbox_run *run, const struct work *w, struct err *e)
{
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_SUBSCRIBER_NOTIFY,
                             .who = &who,
                             .door = "job",
                             .request = STR("notify"),
                             .object_type = STR("Subscription"),
                             .object_id = arena_printf(run->arena, "Subscription/%.*s", STR_ARG(w->s.id)),
                             .count = (int64_t)w->events};
    return !w->events || w->silent || audit_write(db, &ev, e);
}

static bool activate(struct db *db, struct outbox_run *run, struct err *e)
{
    struct db_args args = db_args(run->arena);
    db_int(&args, run->destination);
    return subscription_show(db, run->arena, run->destination, "active", STR_NONE, e) &&
           db_send(db, &Q_subscription_activate, &args, e);
}

static bool done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e)
{
    struct work *w = run->work;
    (void)ctx;
    if (w->gone)
        return true;
    if (w->expired)
        return subscription_show(db, run->arena, run->destination, "off", STR_NONE, e) &&
               outbox_close(db, run->arena, run->destination, e);
    bool failing = str_is(w->s.status, "error");
    if (why) /* said once; $status has the newest error */
        return failing || subscription_show(db, run->arena, run->destination, "error", str_of(err_said(why)), e);
    if ((failing || !w->s.activated) && !activate(db, run, e))
        return false;
    return audit(db, run, w, e);
}

const struct outbox_kind deliver_kind = {
    .name = "fhir-subscription", .prepare = prepare, .send = deliver, .done = done};
