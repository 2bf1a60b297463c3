/* A Subscription as a client wrote it, read and judged. */
#include "fhir/subscription/subscription_priv.h"

#include <string.h>

#include "fhir/search/search.h"

enum { HEARTBEAT_MIN = 1, SECONDS_MAX = 86400, HEADER_LENGTH = 3000 };

static bool wrong(struct err *e, const char *path, const char *why)
{
    err_set(e, ERR_BUSINESS_RULE, "%s", why);
    return err_at(e, "%s", path);
}

/* The value of an extension on an element: "channel" and "backport-timeout". */
static struct str extension(struct arena *a, const struct fhir_node *node, const char *element, const char *name,
                            const char *value)
{
    return fhir_text(node, arena_printf(a, "%s.extension[url=" BACKPORT "%s].%s", element, name, value).p);
}

static bool number(struct str text, int low, int *ret_n, struct err *e)
{
    int64_t n = 0;
    if (text.n && (!str_int(text, &n) || n < low || n > SECONDS_MAX))
        return wrong(e, "Subscription.channel.extension", "a period or count is out of range");
    *ret_n = (int)n;
    return true;
}

/* ---- R4: criteria are a search ---- */

static bool read_search(struct op *op, struct str criteria, struct subscription *s, struct err *e)
{
    size_t mark = str_find(criteria, '?');
    s->type = str_sub(criteria, 0, mark);
    s->criteria = str_sub(criteria, mark + (mark < criteria.n), criteria.n);
    if (!fhir_is_resource(s->type) || str_is(s->type, "AuditEvent") || str_is(s->type, "Subscription"))
        return wrong(e, "Subscription.criteria", "the criteria are a search on one resource type, as Type?name=value");
    if (fhir_search_check(op, s->type, s->criteria, e))
        return true;
    e->code = ERR_BUSINESS_RULE;
    return err_at(e, "Subscription.criteria");
}

/* ---- topic-based ---- */

static bool read_topic(struct op *op, const struct fhir_node *node, struct str url, struct subscription *s,
                       struct err *e)
{
    const struct topic *t = topic_find(url);
    if (!t)
        return wrong(e, "Subscription.criteria", "there is no such topic; the CapabilityStatement lists them");
    struct str filter = extension(op->arena, node, "_criteria", "backport-filter-criteria", "valueString");
    s->topic = url;
    s->type = str_of(t->focus);
    s->content = extension(op->arena, node, "channel._payload", "backport-payload-content", "valueCode");
    if (!str_is(s->content, "empty") && !str_is(s->content, "id-only") && !str_is(s->content, "full-resource"))
        return wrong(e, "Subscription.channel.payload", "the payload content is empty, id-only or full-resource");
    if (filter.n && (!topic_filter(op->arena, t, filter, &s->criteria, e) ||
                     !fhir_search_check(op, s->type, s->criteria, e))) {
        e->code = ERR_BUSINESS_RULE;
        return err_at(e, "Subscription.criteria");
    }
    struct str beat = extension(op->arena, node, "channel", "backport-heartbeat-period", "valueUnsignedInt"),
               time = extension(op->arena, node, "channel", "backport-timeout", "valueUnsignedInt"),
               most = extension(op->arena, node, "channel", "backport-max-count", "valuePositiveInt");
    return number(beat, 0, &s->heartbeat, e) && number(time, 0, &s->timeout, e) && number(most, 0, &s->max_count, e);
}

/* ---- the channel ---- */

static bool read_headers(const struct fhir_node *node, struct subscription *s, struct err *e)
{
    const struct fhir_node *list = fhir_at(node, "channel.header");
    static const char *const ours[] = {"Content-Length", "Host", "Transfer-Encoding", "Connection", "Content-Type"};
    list = list && list->kind == FHIR_ARRAY ? list : fhir_member(fhir_member(node, "channel"), "header");
    for (const struct fhir_node *h = list ? list->first : NULL; h; h = h->next) {
        size_t colon = str_find(h->text, ':');
        if (s->header_count == HEADERS_MAX || h->text.n > HEADER_LENGTH || colon == h->text.n || !colon)
            return wrong(e, "Subscription.channel.header", "a header is 'Name: value'; there are at most 16");
        for (size_t i = 0; i < h->text.n; i++)
            if ((unsigned char)h->text.p[i] < ' ' || (i < colon && h->text.p[i] == ' '))
                return wrong(e, "Subscription.channel.header", "a header has no control characters");
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
            if (str_is_nocase(str_sub(h->text, 0, colon), ours[i]))
                return wrong(e, "Subscription.channel.header", "this header is the server's own");
        s->headers[s->header_count++] = h->text;
    }
    return true;
}

static bool read_channel(const struct fhir_node *node, struct subscription *s, struct err *e)
{
    s->channel = fhir_text(node, "channel.type");
    s->endpoint = fhir_text(node, "channel.endpoint");
    s->payload = fhir_text(node, "channel.payload");
    bool socket = str_is(s->channel, "websocket") && s->topic.n;
    if (!socket && !str_is(s->channel, "rest-hook"))
        return wrong(e, "Subscription.channel.type", "channels are rest-hook and, for topics, websocket");
    if (!socket && !s->endpoint.n)
        return wrong(e, "Subscription.channel.endpoint", "a rest-hook has an endpoint");
    size_t semicolon = str_find(s->payload, ';');
    struct str mime = str_sub(s->payload, 0, semicolon);
    if (mime.n && !str_is(mime, "application/fhir+json") && !str_is(mime, "application/fhir+xml") &&
        !str_is(mime, "application/json") && !str_is(mime, "application/xml"))
        return wrong(e, "Subscription.channel.payload", "a payload is application/fhir+json or application/fhir+xml");
    if (!socket && !httpc_check(subscription_service.http, s->endpoint, e))
        return err_at(e, "Subscription.channel.endpoint");
    return read_headers(node, s, e);
}

bool document_read(struct op *op, const struct fhir_node *node, struct subscription *ret_s, struct err *e)
{
    struct subscription s = {.rid = 0};
    struct str criteria = fhir_text(node, "criteria"), end = fhir_text(node, "end");
    clock_us to;
    bool topic = str_starts(criteria, "http:") || str_starts(criteria, "https:") || str_starts(criteria, "urn:");
    if (!(topic ? read_topic(op, node, criteria, &s, e) : read_search(op, criteria, &s, e)) ||
        !read_channel(node, &s, e))
        return false;
    if (end.n && !clock_range(end, &s.ends, &to))
        return wrong(e, "Subscription.end", "the end is no instant");
    s.status = str_is(fhir_text(node, "status"), "off") ? STR("off") : STR("requested");
    *ret_s = s;
    return true;
}
