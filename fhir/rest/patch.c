/* Changing a document by a patch (http.html#patch): it is applied to the version that is locked, checked, and goes the
 * way of an update. */
#include "fhir/rest/rest_priv.h"

#include "domain/resource.h"
#include "fhir/patch/patch.h"

static bool is_json_patch(struct str content_type)
{
    size_t semicolon = str_find(content_type, ';');
    struct str name = str_trim(str_sub(content_type, 0, semicolon));
    struct str charset = str_trim(str_sub(content_type, semicolon + 1, content_type.n));
    return str_is_nocase(name, "application/json-patch+json") &&
           (semicolon >= content_type.n || str_is_nocase(charset, "charset=utf-8"));
}

static bool read_patch(struct op *op, struct gate_http *h, struct fhir_node **ret_patch, struct err *e)
{
    struct str body = h->request->body;
    if (!is_json_patch(http_header(h->request, "Content-Type"))) {
        http_set(h->response, "Accept-Patch", STR("application/json-patch+json"));
        return err_set(e, ERR_MEDIA_TYPE, "a patch is application/json-patch+json in UTF-8");
    }
    if (body.n > BODY_MAX)
        return err_set(e, ERR_TOO_LARGE, "a body has at most %d bytes", BODY_MAX);
    if (!body.n)
        return err_set(e, ERR_STRUCTURE, "the request has no body");
    *ret_patch = fhir_parse_json(op->arena, body, e);
    return *ret_patch != NULL;
}

/* The document as clients see it, locked until the commit: what others write meanwhile is not lost. */
static bool find(struct op *op, const struct rest_write *w, struct record_doc *ret_shown, struct err *e)
{
    bool found;
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, w->type, w->id, RECORD_UPDATE};
    if (!record_find(op->db, op->arena, key, ret_shown, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "no '%.*s/%.*s'", STR_ARG(w->type), STR_ARG(w->id));
    if (ret_shown->deleted)
        return err_set(e, ERR_GONE, "'%.*s/%.*s' was deleted", STR_ARG(w->type), STR_ARG(w->id));
    return resource_render(&d, ret_shown, e) && answer_if_match(w->if_match, ret_shown->version, e) &&
           record_parse(op->arena, ret_shown, e);
}

/* A patch changes neither what a document is nor which one it is. */
static bool same_document(const struct rest_write *w, struct err *e)
{
    bool object = w->node->kind == FHIR_OBJECT;
    if (object && str_eq(fhir_text(w->node, "resourceType"), w->type) && str_eq(fhir_text(w->node, "id"), w->id))
        return true;
    return err_set(e, ERR_PROCESSING, "a patch can not change the type or the id of a document");
}

static bool apply(struct op *op, struct gate_http *h, struct rest_write *w, const struct fhir_node *patch,
                  struct err *e)
{
    struct record_doc shown;
    return find(op, w, &shown, e) && patch_json(op->arena, shown.node, patch, &w->node, e) &&
           same_document(w, e) && body_check(op, h, w->node, e) && update_document(op, w, e);
}

static bool find_target(struct op *op, struct gate_http *h, struct rest_write *w, struct err *e)
{
    struct str criteria;
    if (gate_path(h, "id").p)
        return answer_target(h, &w->type, &w->id, e);
    return answer_type(h, &w->type, e) && conditional_criteria(h, &criteria, e) &&
           conditional_target(op, w->type, criteria, &w->id, e);
}

bool fhir_patch(struct op *op, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    struct fhir_node *patch = NULL;
    struct rest_write w = {
        .criteria = STR_NONE, .if_match = http_header(h->request, "If-Match"), .method = "PATCH"};
    if (str_is(gate_path(h, "type"), "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (!negotiate_answer(h->request, &form, e) || !read_patch(op, h, &patch, e) || !find_target(op, h, &w, e))
        return false;
    answer_about(op, w.type, w.id);
    return apply(op, h, &w, patch, e) && body_answer(op, h, &w.doc, w.status, e);
}
