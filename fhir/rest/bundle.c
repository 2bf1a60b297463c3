/* Bundles are joined from stored JSON texts; nothing in them is parsed. */
#include "fhir/rest/rest_priv.h"

#include "base/json.h"
#include "record/history.h"

void bundle_start(struct bundle *b, const struct op *op, const char *type)
{
    *b = (struct bundle){.arena = op->arena, .base = fhir_base(op)};
    buf_init(&b->text, ANSWER_MAX);
    buf_puts(&b->text, "{\"resourceType\":\"Bundle\"");
    json_put_field(&b->text, "type", str_of(type));
}

void bundle_release(struct bundle *b)
{
    buf_release(&b->text);
}

/* Everything older than this is in it, or does not belong there. */
void bundle_stamp(struct bundle *b, clock_us time)
{
    json_put_name(&b->text, "meta");
    buf_putc(&b->text, '{');
    json_put_field(&b->text, "lastUpdated", answer_instant(b->arena, time));
    buf_putc(&b->text, '}');
}

void bundle_total(struct bundle *b, int64_t total)
{
    json_put_int(&b->text, "total", total);
}

/* Links follow each other; the first opens the array, whatever comes next closes it. */
void bundle_link(struct bundle *b, const char *relation, struct str url)
{
    bool more = b->text.n > 2 && str_ends(buf_view(&b->text), "}]");
    if (more)
        b->text.n--;
    else
        buf_puts(&b->text, ",\"link\":[");
    json_put_comma(&b->text);
    buf_putc(&b->text, '{');
    json_put_field(&b->text, "relation", str_of(relation));
    json_put_field(&b->text, "url", url);
    buf_puts(&b->text, "}]");
}

static void open_entry(struct bundle *b)
{
    buf_puts(&b->text, b->in_entries ? ",{" : ",\"entry\":[{");
    b->in_entries = true;
}

static void put_document(struct bundle *b, const struct record_doc *doc)
{
    json_put_field(&b->text, "fullUrl",
                   arena_printf(b->arena, "%.*s/%.*s/%.*s", STR_ARG(b->base), STR_ARG(doc->type), STR_ARG(doc->id)));
    if (!doc->content.n)
        return;
    buf_puts(&b->text, ",\"resource\":");
    buf_str(&b->text, doc->content);
}

void bundle_match(struct bundle *b, const struct record_doc *doc, const char *mode)
{
    open_entry(b);
    put_document(b, doc);
    buf_printf(&b->text, ",\"search\":{\"mode\":\"%s\"}}", mode);
}

void bundle_contained(struct bundle *b, const struct record_doc *doc, struct str within)
{
    open_entry(b);
    json_put_field(&b->text, "fullUrl",
                   arena_printf(b->arena, "%.*s/%.*s#%.*s", STR_ARG(b->base), STR_ARG(within), STR_ARG(doc->id)));
    buf_puts(&b->text, ",\"resource\":");
    buf_str(&b->text, doc->content);
    buf_puts(&b->text, ",\"search\":{\"mode\":\"match\"}}");
}

void bundle_scored(struct bundle *b, const struct record_doc *doc, const char *grade, int percent)
{
    open_entry(b);
    put_document(b, doc);
    buf_printf(&b->text,
               ",\"search\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/match-grade\","
               "\"valueCode\":\"%s\"}],\"mode\":\"match\",\"score\":%d.%02d}}",
               grade, percent / 100, percent % 100);
}

void bundle_outcome(struct bundle *b, struct str text)
{
    open_entry(b);
    buf_puts(&b->text, "\"resource\":");
    outcome_put(&b->text, "warning", "not-supported", text);
    buf_puts(&b->text, ",\"search\":{\"mode\":\"outcome\"}}");
}

void bundle_version(struct bundle *b, const struct record_version *v)
{
    const struct record_doc *doc = &v->doc;
    bool post = str_is(str_of(v->method), "POST");
    open_entry(b);
    put_document(b, doc);
    buf_printf(&b->text, ",\"request\":{\"method\":\"%s\",\"url\":\"%.*s", v->method, STR_ARG(doc->type));
    if (!post)
        buf_printf(&b->text, "/%.*s", STR_ARG(doc->id));
    buf_printf(&b->text, "\"},\"response\":{\"status\":\"%s\",\"etag\":\"W/\\\"%d\\\"\",\"lastModified\":\"%.*s\"}}",
               doc->deleted ? "204"
               : v->made    ? "201"
                            : "200",
               doc->version, STR_ARG(answer_instant(b->arena, doc->updated)));
}

bool bundle_send(struct bundle *b, struct op *op, struct gate_http *h, struct err *e)
{
    if (b->in_entries)
        buf_putc(&b->text, ']');
    buf_putc(&b->text, '}');
    if (!buf_ok(&b->text, e))
        return false;
    return b->part ? answer_part(op, h, 200, buf_view(&b->text), b->part, e)
                   : answer_json(op, h, 200, buf_view(&b->text), e);
}
