/* What a subscriber is told, as JSON: the status, and Bundles that begin with it. */
#include "fhir/subscription/subscription_priv.h"

#include "base/json.h"
#include "domain/resource.h"
#include "tls/tls.h"

static struct str base(const struct op *op)
{
    return arena_printf(op->arena, "%s/fhir", gate_policy(op->gate)->public_url);
}

static struct str instant(struct arena *a, clock_us t)
{
    char text[CLOCK_TEXT];
    clock_text(t, text);
    return arena_printf(a, "%.23sZ", text);
}

/* ---- Parameters ---- */

static void put(struct buf *b, const char *name, const char *kind, struct str value)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "name", str_of(name));
    json_put_field(b, kind, value);
    buf_putc(b, '}');
}

static void put_reference(struct buf *b, const char *name, struct str reference)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "name", str_of(name));
    buf_puts(b, ",\"valueReference\":{");
    json_put_field(b, "reference", reference);
    buf_puts(b, "}}");
}

static void put_event(struct op *op, const struct notice *n, const struct outbox_event *ev, struct buf *b)
{
    struct arena *a = op->arena;
    buf_puts(b, ",{\"name\":\"notification-event\",\"part\":[");
    put(b, "event-number", "valueString", arena_printf(a, "%lld", (long long)ev->number));
    put(b, "timestamp", "valueInstant", instant(a, ev->created));
    if (!str_is(n->content, "empty") && ev->type.n)
        put_reference(b, "focus",
                      arena_printf(a, "%.*s/%.*s/%.*s", STR_ARG(base(op)), STR_ARG(ev->type), STR_ARG(ev->id)));
    buf_puts(b, "]}");
}

void notice_status(struct op *op, const struct notice *n, struct buf *b)
{
    struct arena *a = op->arena;
    buf_puts(b, "{\"resourceType\":\"Parameters\",\"meta\":{\"profile\":[\"" BACKPORT
                "backport-subscription-status-r4\"]},\"parameter\":[");
    put_reference(b, "subscription", arena_printf(a, "%.*s/Subscription/%.*s", STR_ARG(base(op)), STR_ARG(n->s->id)));
    if (n->s->topic.n)
        put(b, "topic", "valueCanonical", n->s->topic);
    put(b, "status", "valueCode", n->status);
    put(b, "type", "valueCode", str_of(n->type));
    put(b, "events-since-subscription-start", "valueString", arena_printf(a, "%lld", (long long)n->last));
    for (size_t i = 0; i < n->event_count; i++)
        put_event(op, n, &n->events[i], b);
    if (n->error.n) {
        buf_puts(b, ",{\"name\":\"error\",\"valueCodeableConcept\":{");
        json_put_field(b, "text", n->error);
        buf_puts(b, "}}");
    }
    buf_puts(b, "]}");
}

/* ---- Bundle ---- */

bool notice_document(struct op *op, const struct outbox_event *ev, struct record_doc *ret_doc, bool *ret_found,
                     struct err *e)
{
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, ev->type, ev->id, RECORD_READ};
    *ret_found = record_get_version(op->db, op->arena, key, ev->version, ret_doc, e);
    if (*ret_found)
        return resource_render(&d, ret_doc, e);
    bool gone = e->code == ERR_GONE || e->code == ERR_NOT_FOUND;
    if (gone)
        err_clear(e);
    return gone;
}

static void put_request(struct op *op, const struct outbox_event *ev, struct buf *b)
{
    bool fresh = str_is(ev->reason, "create");
    struct str url = fresh ? ev->type : arena_printf(op->arena, "%.*s/%.*s", STR_ARG(ev->type), STR_ARG(ev->id));
    buf_printf(b, ",\"request\":{\"method\":\"%s\",\"url\":\"%.*s\"},\"response\":{\"status\":\"%s\"}}",
               fresh ? "POST" : "PUT", STR_ARG(url), fresh ? "201" : "200");
}

static bool put_entry(struct op *op, const struct notice *n, const struct outbox_event *ev, struct buf *b,
                      struct err *e)
{
    struct record_doc doc = {.content = STR_NONE};
    bool found = false, full = str_is(n->content, "full-resource");
    if (full && !notice_document(op, ev, &doc, &found, e))
        return false;
    buf_puts(b, ",{");
    json_put_field(b, "fullUrl",
                   arena_printf(op->arena, "%.*s/%.*s/%.*s", STR_ARG(base(op)), STR_ARG(ev->type), STR_ARG(ev->id)));
    if (found) {
        buf_puts(b, ",\"resource\":");
        buf_str(b, doc.content);
    }
    put_request(op, ev, b);
    return true;
}

bool notice_bundle(struct op *op, const struct notice *n, struct buf *b, struct err *e)
{
    char uuid[TLS_UUID_TEXT];
    if (!tls_uuid(uuid, e))
        return false;
    buf_puts(b, "{\"resourceType\":\"Bundle\",\"meta\":{\"profile\":[\"" BACKPORT
                "backport-subscription-notification-r4\"]},\"type\":\"history\"");
    json_put_field(b, "timestamp", instant(op->arena, clock_now()));
    buf_printf(b, ",\"entry\":[{\"fullUrl\":\"urn:uuid:%s\",\"resource\":", uuid);
    notice_status(op, n, b);
    buf_printf(b,
               ",\"request\":{\"method\":\"GET\",\"url\":\"Subscription/%.*s/$status\"},"
               "\"response\":{\"status\":\"200\"}}",
               STR_ARG(n->s->id));
    for (size_t i = 0; i < n->event_count && !str_is(n->content, "empty"); i++)
        if (n->events[i].type.n && !put_entry(op, n, &n->events[i], b, e))
            return false;
    buf_puts(b, "]}");
    return buf_ok(b, e);
}
