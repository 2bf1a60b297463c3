#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"

enum { PAGE = 50, PAGE_MAX = 1000 };

struct page {
    int count, before;
};

static bool take_parameter(const struct http_pair *p, struct page *page, struct err *e)
{
    int64_t n = 0;
    bool number = str_int(p->value, &n);
    if (str_is(p->name, "_format") || str_is(p->name, "_pretty") || summary_is_name(p->name))
        return true;
    if (str_is(p->name, "_count") && number && n >= 0)
        page->count = n > PAGE_MAX ? PAGE_MAX : (int)n;
    else if (str_is(p->name, "_cursor") && number && n > 0 && n <= INT32_MAX)
        page->before = (int)n;
    else
        return err_set(e, ERR_INVALID, "the history takes _count and the links it gives, not '%.*s'",
                       STR_ARG(str_utf8_clip(p->name, 60)));
    return true;
}

static const char *method_of(struct op *op, const struct record_doc *doc)
{
    if (doc->deleted)
        return "DELETE";
    /* An id of the server's own making tells that it was a create. */
    bool own = str_eq(record_id_text(op->arena, doc->rid), doc->id);
    return doc->version == 1 && own ? "POST" : "PUT";
}

static void put_links(struct bundle *b, struct op *op, const struct record_doc *doc, const struct page *page,
                      int next)
{
    struct str at = arena_printf(op->arena, "%.*s/%.*s/%.*s/_history?_count=%d", STR_ARG(b->base),
                                 STR_ARG(doc->type), STR_ARG(doc->id), page->count);
    bundle_link(b, "self",
                page->before ? arena_printf(op->arena, "%.*s&_cursor=%d", STR_ARG(at), page->before) : at);
    if (next > 1 && page->count)
        bundle_link(b, "next", arena_printf(op->arena, "%.*s&_cursor=%d", STR_ARG(at), next));
}

static bool send_page(struct op *op, struct gate_http *h, struct record_doc *doc, const struct page *page,
                      struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    struct record_history past = {.access = op->access, .before = page->before, .limit = page->count};
    struct domain d = gate_domain(op);
    bundle_start(&b, op, "history");
    bundle_total(&b, doc->version);
    if (!record_history(op->db, op->arena, doc, &past, e))
        return false;
    put_links(&b, op, doc, page, past.count ? past.docs[past.count - 1].version : 0);
    for (size_t i = 0; i < past.count; i++) {
        const char *method = method_of(op, &past.docs[i]);
        if (i == 0 && !page->before && !resource_render(&d, &past.docs[i], e))
            return false;
        bundle_version(&b, &past.docs[i], method);
    }
    op->event->count = (int64_t)past.count;
    return bundle_send(&b, op, h, e);
}

bool fhir_history(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct record_doc doc;
    bool found;
    struct page page = {.count = PAGE};
    if (!answer_target(h, &type, &id, e))
        return false;
    answer_about(op, type, id);
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "an AuditEvent never changes and has no history");
    for (size_t i = 0; i < h->request->query_count; i++)
        if (!take_parameter(&h->request->query[i], &page, e))
            return false;
    struct record_key key = {op->access, type, id, RECORD_READ};
    if (!record_find(op->db, op->arena, key, &doc, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(type), STR_ARG(id));
    if (!doc.deleted && !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    return send_page(op, h, &doc, &page, e);
}
