/* Changing a document by a patch (http.html#patch): it is applied to the version that is locked, checked, and goes the
 * way of an update. */
#include "fhir/rest/rest_priv.h"

#include "base/codec.h"
#include "domain/resource.h"
#include "fhir/patch/patch.h"

/* ---- the patch ---- */

static bool read_json(struct op *op, struct gate_http *h, struct str body, struct rest_patch *ret, struct err *e)
{
    (void)h;
    ret->json = fhir_parse_json(op->arena, body, e);
    return ret->json != NULL;
}

static bool read_xml(struct op *op, struct gate_http *h, struct str body, struct rest_patch *ret, struct err *e)
{
    (void)op;
    (void)h;
    (void)e;
    ret->xml = body;
    return true;
}

static bool take_parameters(struct op *op, struct gate_http *h, const struct fhir_node *node, struct rest_patch *ret,
                            struct err *e)
{
    if (node->kind != FHIR_OBJECT || !str_is(fhir_text(node, "resourceType"), "Parameters"))
        return err_set(e, ERR_INVALID, "a FHIRPath Patch is a Parameters resource");
    ret->fhirpath = node;
    return body_check(op, h, node, e);
}

/* TO ADD A LANGUAGE: 1 a row here  2 its reader  3 a function of fhir/patch, called in apply()  4 patchFormat in
 * metadata.c  5 a test */
static const struct {
    const char *media_type;
    bool (*read)(struct op *op, struct gate_http *h, struct str body, struct rest_patch *ret, struct err *e);
} languages[] = {{"application/json-patch+json", read_json}, {"application/xml-patch+xml", read_xml}};

static bool refuse_type(struct gate_http *h, struct err *e)
{
    err_clear(e);
    http_set(h->response, "Accept-Patch", STR(PATCH_TYPES));
    return err_set(e, ERR_MEDIA_TYPE, "a patch is one of %s, in UTF-8", PATCH_TYPES);
}

bool patch_read(struct op *op, struct gate_http *h, struct str content_type, struct str body,
                struct rest_patch *ret_patch, struct err *e)
{
    enum format f;
    size_t i = 0;
    const size_t n = sizeof languages / sizeof languages[0];
    *ret_patch = (struct rest_patch){.xml = STR_NONE};
    while (i < n && !negotiate_is(content_type, languages[i].media_type))
        i++;
    if (i == n && !negotiate_body(content_type, &f, e))
        return refuse_type(h, e);
    body = body_text(body);
    if (body.n > BODY_MAX)
        return err_set(e, ERR_TOO_LARGE, "a body has at most %d bytes", BODY_MAX);
    if (!body.n)
        return err_set(e, ERR_STRUCTURE, "the request has no body");
    if (i < n)
        return languages[i].read(op, h, body, ret_patch, e);
    const struct fhir_node *node =
        f == FORMAT_XML ? fhir_parse_xml(op->arena, body, e) : fhir_parse_json(op->arena, body, e);
    return node && take_parameters(op, h, node, ret_patch, e);
}

bool patch_of_resource(struct op *op, struct gate_http *h, const struct fhir_node *resource,
                       struct rest_patch *ret_patch, struct err *e)
{
    struct buf text CLEANUP(buf_release);
    buf_init(&text, BODY_MAX);
    *ret_patch = (struct rest_patch){.xml = STR_NONE};
    if (!str_is(fhir_text(resource, "resourceType"), "Binary"))
        return take_parameters(op, h, resource, ret_patch, e);
    return base64_decode(fhir_text(resource, "data"), &text, e) && buf_ok(&text, e) &&
           patch_read(op, h, fhir_text(resource, "contentType"), arena_str(op->arena, buf_view(&text)), ret_patch, e);
}

/* ---- the document ---- */

/* As clients see it, locked until the commit: what others write meanwhile is not lost. */
static bool find(struct op *op, const struct rest_write *w, struct record_doc *ret_shown, struct err *e)
{
    bool found;
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, w->type, w->id, RECORD_UPDATE};
    if (!builtin_untouched(op, w->type, w->id, e) || !record_find(op->db, op->arena, key, ret_shown, &found, e))
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

static bool apply(struct op *op, const struct fhir_node *shown, const struct rest_patch *patch,
                  struct fhir_node **ret_node, struct err *e)
{
    if (patch->json)
        return patch_json(op->arena, shown, patch->json, ret_node, e);
    if (patch->fhirpath)
        return patch_fhirpath(op->arena, shown, patch->fhirpath, ret_node, e);
    return patch_xml(op->arena, shown, patch->xml, ret_node, e);
}

bool patch_document(struct op *op, struct gate_http *h, struct rest_write *w, const struct rest_patch *patch,
                    struct err *e)
{
    struct record_doc shown;
    op->event->kind = AUDIT_RESOURCE_UPDATE;
    op->event->object_type = w->type;
    w->method = "PATCH";
    if (str_is(w->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (!w->id.n && !conditional_target(op, w->type, w->criteria, &w->id, e))
        return false;
    w->criteria = STR_NONE;
    answer_about(op, w->type, w->id);
    return find(op, w, &shown, e) && apply(op, shown.node, patch, &w->node, e) && same_document(w, e) &&
           body_check(op, h, w->node, e) && update_document(op, w, e);
}

bool fhir_patch(struct op *op, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    struct rest_patch patch;
    struct rest_write w = {.criteria = STR_NONE, .if_match = http_header_list(h->request, "If-Match")};
    bool by_id = gate_path(h, "id").p != NULL;
    if (by_id ? !answer_target(h, &w.type, &w.id, e) : !answer_type(h, &w.type, e))
        return false;
    if (str_is(w.type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (by_id)
        answer_about(op, w.type, w.id);
    return negotiate_answer(h->request, &form, e) &&
           patch_read(op, h, http_header(h->request, "Content-Type"), h->request->body, &patch, e) &&
           (by_id || conditional_criteria(h, &w.criteria, e)) && patch_document(op, h, &w, &patch, e) &&
           body_answer(op, h, &w.doc, w.status, e);
}
