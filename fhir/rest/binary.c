/* Binary by its own media type. What somebody stored here may be a page with scripts: a browser must not run
 * it. */
#include "fhir/rest/rest_priv.h"

#include "base/codec.h"
#include "domain/resource.h"

static struct str base_type(struct str media_type)
{
    return str_trim(str_sub(media_type, 0, str_find(media_type, ';')));
}

/* The Accept header names this media type itself. */
static bool accepts(struct str accept, struct str media_type)
{
    struct str part;
    while (accept.p && str_next(&accept, ',', &part)) {
        struct str one = base_type(part), own = base_type(media_type);
        if (one.n && one.n == own.n && str_is_nocase(one, "application/octet-stream") &&
            str_is_nocase(own, "application/octet-stream"))
            return true;
        if (one.n && str_eq(one, own))
            return true;
    }
    return false;
}

bool binary_answer(struct op *op, struct gate_http *h, struct record_doc *doc, bool *ret_sent, struct err *e)
{
    struct str accept = http_header_list(h->request, "Accept");
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, ANSWER_MAX);
    *ret_sent = false;
    if (http_query(h->request, "_format").n || !accept.n)
        return true;
    if (!record_parse(op->arena, doc, e))
        return false;
    struct str type = fhir_text(doc->node, "contentType");
    if (!accepts(accept, type))
        return true;
    if (!base64_decode(fhir_text(doc->node, "data"), &bytes, e))
        return false;
    http_set(h->response, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
    http_set(h->response, "Content-Disposition", STR("attachment"));
    gate_http_body(h, 200, arena_cstr(op->arena, type), buf_view(&bytes));
    *ret_sent = true;
    return true;
}

/* ---- the forms of a report, as Binary/REPORT.N ---- */

static bool report_id(struct str id, struct str *ret_report, int64_t *ret_place)
{
    size_t dot = id.n;
    while (dot > 0 && id.p[dot - 1] != '.')
        dot--;
    if (dot < 2 || id.n - dot > 4 || !str_int(str_sub(id, dot, id.n), ret_place) || *ret_place < 1)
        return false;
    *ret_report = str_sub(id, 0, dot - 1);
    return fhir_is_id(*ret_report);
}

static const struct fhir_node *form_at(const struct record_doc *report, int64_t place)
{
    const struct fhir_node *list = fhir_member(report->node, "presentedForm"), *form = list ? list->first : NULL;
    while (form && --place > 0)
        form = form->next;
    return form && fhir_text(form, "data").n && fhir_text(form, "contentType").n ? form : NULL;
}

bool binary_of_report(struct op *op, struct str id, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    int64_t place = 0;
    struct arena *a = op->arena;
    struct record_doc report;
    struct domain d = gate_domain(op);
    struct record_key key = {.access = op->access, .type = STR("DiagnosticReport"), .lock = RECORD_READ};
    *ret_found = false;
    if (!report_id(id, &key.id, &place))
        return true;
    if (!record_find(op->db, a, key, &report, ret_found, e))
        return false;
    *ret_found = *ret_found && !report.deleted;
    if (!*ret_found)
        return true;
    if (!record_parse(a, &report, e))
        return false;
    const struct fhir_node *form = form_at(&report, place);
    *ret_found = form != NULL;
    if (!form)
        return true;
    struct fhir_node *n = fhir_new(a, "Binary");
    fhir_add_string(a, n, "id", id);
    struct fhir_node *meta = fhir_add_object(a, n, "meta");
    fhir_add_string(a, meta, "versionId", arena_printf(a, "%d", report.version));
    fhir_add_string(a, meta, "lastUpdated", answer_instant(a, report.updated));
    fhir_add_string(a, n, "contentType", fhir_text(form, "contentType"));
    fhir_add_string(a, fhir_add_object(a, n, "securityContext"), "reference", domain_reference(&d, &report));
    fhir_add_string(a, n, "data", fhir_text(form, "data"));
    answer_patient(op, &report);
    *ret_doc = report;
    ret_doc->type = STR("Binary");
    ret_doc->id = id;
    ret_doc->node = n;
    return resource_write(&d, ret_doc, e);
}
