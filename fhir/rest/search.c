/* Type search over HTTP: read the request, find, answer with a Bundle. */
#include "fhir/rest/builtin_priv.h"

#include "domain/resource.h"

/* ---- the request ---- */

static bool read_form(struct query *q, struct http_request *r, struct err *e)
{
    struct str type = http_header(r, "Content-Type");
    type = str_trim(str_sub(type, 0, str_find(type, ';')));
    if (r->body.n && !str_is_nocase(type, "application/x-www-form-urlencoded"))
        return err_set(e, ERR_MEDIA_TYPE, "_search takes application/x-www-form-urlencoded");
    return query_take_form(q, r->body, e);
}

bool search_request(struct gate_http *h, struct query *q, struct err *e)
{
    const struct http_request *r = h->request;
    struct str handling = negotiate_prefer(r, "handling");
    q->lenient = str_is(handling, "lenient");
    if (q->lenient || str_is(handling, "strict"))
        negotiate_applied(h, "handling", handling);
    for (size_t i = 0; i < r->query_count; i++)
        if (!query_take(q, r->query[i], e))
            return false;
    return read_form(q, h->request, e) && query_settle(q, e);
}

/* ---- the answer ---- */

struct shown { /* what is found, and how it is shown */
    const struct search_face *face;
    struct search_found found;
    struct builtin_page own; /* what the server itself defines */
};

static bool put_included(struct op *op, const struct query *q, const struct search_found *f, struct bundle *b,
                         struct err *e)
{
    struct domain d = gate_domain(op);
    struct search_included more;
    if (!search_include(op, q, f->docs, f->n, &more, e))
        return false;
    for (size_t i = 0; i < more.n; i++) {
        if (!resource_render(&d, &more.docs[i], e))
            return false;
        bundle_match(b, &more.docs[i], "include");
    }
    if (more.cut)
        bundle_outcome(b,
                       arena_printf(op->arena, "more than %d documents to include: the rest is left out", COUNT_MAX));
    return true;
}

static bool put_matches(struct op *op, const struct query *q, struct shown *s, struct bundle *b, struct err *e)
{
    struct search_found *f = &s->found;
    if (!builtin_put(op, q, &s->own, b, e))
        return false;
    for (size_t i = 0; i < f->n; i++) {
        if (f->within && f->within[i].n) {
            bundle_contained(b, &f->docs[i], f->within[i]);
            continue;
        }
        if (!instances_match(op, b->base, &q->summary.part, &f->docs[i], e) ||
            (s->face && !s->face->show(op, q, &f->docs[i], e)))
            return false;
        bundle_match(b, &f->docs[i], "match");
    }
    return !q->includes || put_included(op, q, f, b, e);
}

static bool answer(struct op *op, struct gate_http *h, const struct query *q, struct shown *s, struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    bundle_start(&b, op, "searchset");
    b.part = s->face ? &whole : &q->summary.part;
    b.base = s->face ? s->face->base : b.base;
    if (s->found.total >= 0)
        bundle_total(&b, s->found.total);
    bundle_link(&b, "self", query_url(q, b.base, q->cursor));
    if (s->found.next.n)
        bundle_link(&b, "next", query_url(q, b.base, s->found.next));
    if (!put_matches(op, q, s, &b, e))
        return false;
    if (q->ignored.n)
        bundle_outcome(&b, arena_printf(op->arena, "left out of this search: %.*s", STR_ARG(q->ignored)));
    return bundle_send(&b, op, h, e);
}

static bool answer_plan(struct op *op, struct gate_http *h, const struct fhir_node *plan, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    buf_init(&b, ANSWER_MAX);
    return fhir_write_json(plan, false, &b, e) && buf_ok(&b, e) && answer_part(op, h, 200, buf_view(&b), &whole, e);
}

/* A search by patient concerns that patient, and the trail says so. */
static void tell_event(struct op *op, const struct query *q, const struct search_found *f)
{
    struct str type, id;
    op->event->count = f->total > (int64_t)f->n ? f->total : (int64_t)f->n;
    for (size_t i = 0; i < q->filters; i++) {
        const struct query_filter *one = &q->filter[i];
        bool own = str_is(q->type, "Patient") && str_is(one->name, "_id");
        if (!own && !str_is(one->name, "patient") && !str_is(one->name, "subject"))
            continue;
        if (domain_split_reference(one->value, &type, &id) && str_is(type, "Patient"))
            op->event->patient = id;
        else if (fhir_is_id(one->value))
            op->event->patient = one->value;
    }
}

bool search_answer(struct op *op, struct gate_http *h, struct query *q, const struct search_face *face, struct err *e)
{
    struct shown s = {.face = face};
    struct search_found *f = &s.found;
    bool trail = str_is(q->type, "AuditEvent");
    if (trail && q->explain)
        return err_set(e, ERR_UNSUPPORTED, "__explain is for searches of resources, not of the trail");
    if (!patience_start(op, e) || !builtin_search(op, q, &s.own, e))
        return false;
    if (trail ? !audit_event_search(op, h, q, e) : !search_find(op, q, f, e))
        return patience_over(op, q, e);
    if (trail)
        return true;
    if (f->plan)
        return answer_plan(op, h, f->plan, e);
    if (!provenance_join(op, q, f, e))
        return patience_over(op, q, e);
    builtin_join(op, &s.own, q, (struct builtin_stored){&f->n, &f->next, &f->total});
    tell_event(op, q, f);
    return answer(op, h, q, &s, e) || patience_over(op, q, e);
}

bool fhir_search(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type;
    struct answer_form form;
    struct query *q = ARENA_NEW(op->arena, struct query);
    if (!answer_type(h, &type, e) || !negotiate_answer(h->request, &form, e))
        return false;
    op->event->object_type = type;
    op->event->query = h->request->body.n ? h->request->body : h->request->query_raw;
    query_start(op, type, q);
    return search_request(h, q, e) && search_answer(op, h, q, NULL, e);
}
