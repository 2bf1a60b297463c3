/* FHIR R5 at /fhir/r5: ImagingStudy (read, search) and ImagingSelection (read, search, create), from the record that
 * answers R4. JSON alone: the XML writer knows R4's elements. */
#include "fhir/rest/search_priv.h"

#include "domain/resource.h"
#include "fhir/r5/r5.h"

static struct str base_of(const struct op *op)
{
    return arena_printf(op->arena, "%.*s/r5", STR_ARG(fhir_base(op)));
}

/* The type of the address, and the one the record holds it as. */
static bool read_type(struct gate_http *h, struct str *ret_type, struct str *ret_stored, struct err *e)
{
    struct str type = gate_path(h, "type");
    struct answer_form form;
    bool selection = str_is(type, "ImagingSelection");
    if (!selection && !str_is(type, "ImagingStudy"))
        return err_set(e, ERR_NOT_FOUND, "FHIR R5 is answered here for ImagingStudy and ImagingSelection");
    *ret_type = type;
    *ret_stored = selection ? STR("Basic") : type;
    if (!negotiate_answer(h->request, &form, e))
        return false;
    return form.format == FORMAT_JSON ||
           err_set(e, ERR_NOT_ACCEPTABLE, "FHIR R5 is answered as application/fhir+json;fhirVersion=5.0");
}

static void name_version(struct gate_http *h)
{
    http_set(h->response, "Content-Type", STR("application/fhir+json;fhirVersion=5.0;charset=utf-8"));
}

/* ---- showing ---- */

/* Parts are cut before a study becomes R5: the cutter knows R4's elements. */
static bool show(struct op *op, struct str type, const struct fhir_part *part, struct record_doc *doc, struct err *e)
{
    struct domain d = gate_domain(op);
    bool selection = str_is(type, "ImagingSelection");
    if (!record_parse(op->arena, doc, e))
        return false;
    if (selection && !r5_is_selection(doc->node))
        return err_set(e, ERR_NOT_FOUND, "no 'ImagingSelection/%.*s'", STR_ARG(doc->id));
    doc->node = selection ? r5_selection_of_basic(op->arena, doc->node)
                          : r5_study(op->arena, fhir_part(op->arena, doc->node, part));
    doc->type = type;
    return resource_write(&d, doc, e);
}

static bool show_match(struct op *op, const struct query *q, struct record_doc *doc, struct err *e)
{
    return show(op, q->type, &q->summary.part, doc, e);
}

static bool part_of(struct op *op, struct gate_http *h, struct str type, struct summary *ret, struct err *e)
{
    if (!summary_read(op, h->request, ret, e))
        return false;
    if (ret->count)
        return err_set(e, ERR_INVALID, "_summary=count counts what a search finds");
    if (str_is(type, "ImagingSelection") && ret->part.kind != FHIR_PART_ALL)
        return err_set(e, ERR_UNSUPPORTED, "an ImagingSelection is shown whole");
    return !ret->part.n || summary_paths(ret, type, e);
}

static bool send(struct op *op, struct gate_http *h, int status, const struct record_doc *doc, struct err *e)
{
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    answer_version(h, doc);
    if (status == 200 && answer_unchanged(h->request, doc)) {
        h->response->status = 304;
        return true;
    }
    if (!answer_part(op, h, status, doc->content, &whole, e))
        return false;
    name_version(h);
    return true;
}

/* ---- read ---- */

static bool read_id(struct gate_http *h, struct str *ret_id, struct err *e)
{
    *ret_id = gate_path(h, "id");
    return fhir_is_id(*ret_id) || err_set(e, ERR_NOT_FOUND, "an id is 1 to 64 letters, digits, '-' or '.'");
}

bool fhir_r5_read(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, stored, id;
    struct record_doc doc;
    struct summary s;
    if (!read_type(h, &type, &stored, e) || !read_id(h, &id, e) || !part_of(op, h, type, &s, e))
        return false;
    answer_about(op, stored, id);
    return read_document(op, stored, id, &doc, e) && instances_read(op, h, base_of(op), &doc, e) &&
           show(op, type, &s.part, &doc, e) && send(op, h, 200, &doc, e);
}

bool fhir_r5_vread(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, stored, id;
    struct record_doc doc;
    struct summary s;
    int64_t version;
    if (!read_type(h, &type, &stored, e) || !read_id(h, &id, e) || !part_of(op, h, type, &s, e))
        return false;
    answer_about(op, stored, id);
    if (!str_int(gate_path(h, "vid"), &version) || version < 1 || version > INT32_MAX)
        return err_set(e, ERR_NOT_FOUND, "a version is a number from 1");
    if (!vread_document(op, stored, id, (int)version, &doc, e) || !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    return show(op, type, &s.part, &doc, e) && send(op, h, 200, &doc, e);
}

/* ---- search ---- */

/* R5's names of parameters, which stay in the self link, are R4's to the compiler. */
static bool rename_filters(struct query *q, struct err *e)
{
    struct r5_param p;
    for (size_t i = 0; i < q->filters; i++) {
        struct query_filter *f = &q->filter[i];
        if (f->name.n && f->name.p[0] == '_')
            continue;
        if (!r5_param_find(q->type, f->name, &p)) {
            err_set(e, ERR_UNSUPPORTED, "%.*s has no search parameter '%.*s' here", STR_ARG(q->type),
                    STR_ARG(str_utf8_clip(f->name, 60)));
            if (!query_forgive(q, f->raw, e))
                return false;
            *f = q->filter[--q->filters];
            i--;
        } else if (p.r4[0]) {
            f->name = str_of(p.r4);
        }
    }
    return true;
}

/* The same of _sort. */
static bool rename_sort(struct query *q, struct err *e)
{
    struct r5_param p;
    struct str rest = q->sort, one, text = STR("");
    while (rest.n && str_next(&rest, ',', &one)) {
        bool down = str_starts(one, "-");
        struct str name = down ? str_sub(one, 1, one.n) : one;
        bool general = str_is(name, "_id") || str_is(name, "_lastUpdated");
        if (!general && !r5_param_find(q->type, name, &p))
            return err_set(e, ERR_UNSUPPORTED, "_sort by '%.*s'", STR_ARG(str_utf8_clip(name, 60)));
        text = arena_printf(q->arena, "%.*s%s%s%.*s", STR_ARG(text), text.n ? "," : "", down ? "-" : "",
                            STR_ARG(general || !p.r4[0] ? name : str_of(p.r4)));
    }
    q->sort = text;
    return true;
}

bool fhir_r5_search(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, stored;
    struct query *q = ARENA_NEW(op->arena, struct query);
    const struct search_face face = {base_of(op), show_match};
    if (!read_type(h, &type, &stored, e))
        return false;
    op->event->object_type = stored;
    op->event->query = h->request->body.n ? h->request->body : h->request->query_raw;
    query_start(op, type, q);
    if (!search_request(h, q, e) || !rename_filters(q, e) || !rename_sort(q, e))
        return false;
    if (q->includes || q->explain || q->contained)
        return err_set(e, ERR_UNSUPPORTED,
                       "a search of FHIR R5 takes no _include, _revinclude, _contained or __explain");
    if (str_is(type, "ImagingSelection") && q->summary.part.kind != FHIR_PART_ALL)
        return err_set(e, ERR_UNSUPPORTED, "an ImagingSelection is shown whole");
    if (!search_answer(op, h, q, &face, e))
        return false;
    name_version(h);
    return true;
}

/* ---- create ---- */

/* A reference to this server in its long R5 form is a plain one. */
static void shorten(struct fhir_node *n, struct str base)
{
    for (struct fhir_node *m = n->first; m; m = m->next) {
        bool own = m->kind == FHIR_STRING && str_is(m->key, "reference") && m->text.n > base.n + 1 &&
                   str_eq(str_sub(m->text, 0, base.n), base) && m->text.p[base.n] == '/';
        if (own)
            m->text = str_sub(m->text, base.n + 1, m->text.n);
        shorten(m, base);
    }
}

static bool read_body(struct op *op, struct gate_http *h, struct fhir_node **ret_node, struct err *e)
{
    struct fhir_issues issues = {.arena = op->arena};
    struct str body = h->request->body;
    if (body.n > BODY_MAX)
        return err_set(e, ERR_TOO_LARGE, "a body has at most %d bytes", BODY_MAX);
    if (!negotiate_r5_body(http_header(h->request, "Content-Type"), e))
        return false;
    struct fhir_node *n = body.n ? fhir_parse_json(op->arena, body, e) : NULL;
    if (!n)
        return body.n ? false : err_set(e, ERR_STRUCTURE, "the request has no body");
    if (n->kind != FHIR_OBJECT || !str_is(fhir_text(n, "resourceType"), "ImagingSelection")) {
        err_set(e, ERR_INVALID, "the body is no ImagingSelection");
        return err_at(e, "resourceType");
    }
    shorten(n, base_of(op));
    if (!r5_selection_check(n, &issues))
        return outcome_refuse(h, &issues, e);
    *ret_node = r5_selection_to_basic(op->arena, n);
    return body_check(op, h, *ret_node, e);
}

/* If-None-Exist, by R5's parameters: what exists already is told. */
static bool find_existing(struct op *op, struct str criteria, struct rest_write *w, struct err *e)
{
    struct matches m;
    if (!criteria.p)
        return true;
    if (!conditional_matches(op, STR("ImagingSelection"), criteria, 2, &m, e))
        return err_wrap(e, "If-None-Exist");
    if (m.n > 1)
        return err_set(e, ERR_PRECONDITION, "If-None-Exist: several documents match");
    w->existing = m.n ? &m.docs[0] : NULL;
    return true;
}

static bool answer_created(struct op *op, struct gate_http *h, int status, struct record_doc *doc, struct err *e)
{
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    answer_patient(op, doc);
    http_set(h->response, "Location",
             arena_printf(op->arena, "%.*s/ImagingSelection/%.*s/_history/%d", STR_ARG(base_of(op)), STR_ARG(doc->id),
                          doc->version));
    if (!show(op, STR("ImagingSelection"), &whole, doc, e))
        return false;
    if (!str_is(negotiate_prefer(h->request, "return"), "minimal"))
        return send(op, h, status, doc, e);
    answer_version(h, doc);
    h->response->status = status;
    return true;
}

bool fhir_r5_create(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, stored;
    struct rest_write w = {.id = STR(""), .criteria = STR_NONE};
    if (!read_type(h, &type, &stored, e))
        return false;
    op->event->object_type = stored;
    if (!str_is(type, "ImagingSelection"))
        return err_set(e, ERR_METHOD, "an R5 ImagingStudy is rendered from the record: it is created as R4");
    w.type = stored;
    return read_body(op, h, &w.node, e) && find_existing(op, http_header(h->request, "If-None-Exist"), &w, e) &&
           create_document(op, &w, e) && answer_created(op, h, w.status, &w.doc, e);
}
