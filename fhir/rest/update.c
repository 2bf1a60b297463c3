/* Update, update-as-create, and conditional update. */
#include "fhir/rest/reference_priv.h"

#include "domain/resource.h"

static bool check_id(const struct fhir_node *node, struct str id, struct err *e)
{
    if (str_eq(fhir_text(node, "id"), id))
        return true;
    err_set(e, ERR_INVALID, "the body's id is not that of the address");
    return err_at(e, "id");
}

/* The document to change, locked, and as clients see it; version 0 when it is to be made. */
static bool find(struct op *op, struct str type, struct str id, struct record_doc *ret_doc,
                 struct record_doc *ret_shown, struct err *e)
{
    bool found;
    struct domain d = gate_domain(op);
    struct record_key key = {op->access, type, id, RECORD_UPDATE};
    if (!record_find(op->db, op->arena, key, ret_doc, &found, e))
        return false;
    if (!found) {
        *ret_doc = *record_new(op->arena, arena_cstr(op->arena, type));
        ret_doc->id = id;
    }
    *ret_shown = *ret_doc;
    return !found || resource_render(&d, ret_shown, e);
}

/* ---- a client that sends back what it read changes nothing ---- */

static bool same(const struct fhir_node *a, const struct fhir_node *b);

static size_t members(const struct fhir_node *n)
{
    size_t count = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        count++;
    return count;
}

/* Members in any order: XML has its own. */
static bool same_members(const struct fhir_node *a, const struct fhir_node *b)
{
    if (members(a) != members(b))
        return false;
    for (const struct fhir_node *m = a->first; m; m = m->next) {
        const struct fhir_node *other = b->first;
        while (other && !str_eq(other->key, m->key))
            other = other->next;
        if (!other || !same(m, other))
            return false;
    }
    return true;
}

static bool same(const struct fhir_node *a, const struct fhir_node *b)
{
    if (a->kind != b->kind || !str_eq(a->text, b->text))
        return false;
    if (a->kind == FHIR_OBJECT)
        return same_members(a, b);
    const struct fhir_node *x = a->first, *y = b->first;
    for (; x && y && same(x, y); x = x->next)
        y = y->next;
    return !x && !y;
}

/* Equal to what clients see now, but for the stamps, which are ours. */
static bool unchanged(struct op *op, struct record_doc *shown, struct fhir_node *node, bool *ret_same,
                      struct err *e)
{
    struct arena *a = op->arena;
    *ret_same = false;
    if (!shown->version || shown->deleted)
        return true;
    shown->node = NULL;
    if (!record_parse(a, shown, e) ||
        !fhir_set(a, node, "meta.versionId", fhir_text(shown->node, "meta.versionId"), e) ||
        !fhir_set(a, node, "meta.lastUpdated", fhir_text(shown->node, "meta.lastUpdated"), e))
        return false;
    *ret_same = same(node, shown->node);
    return true;
}

static bool write(struct op *op, struct rest_write *w, struct record_doc *shown, struct err *e)
{
    bool equal;
    struct domain d = gate_domain(op);
    bool fresh = !shown->version || shown->deleted;
    int version = fresh ? 0 : shown->version;
    if (!answer_if_match(w->if_match, version, e) || !answer_if_none_match(w->if_none_match, version, e) ||
        !unchanged(op, shown, w->node, &equal, e))
        return false;
    w->status = fresh ? 201 : 200;
    op->event->kind = fresh ? AUDIT_RESOURCE_CREATE : AUDIT_RESOURCE_UPDATE;
    if (equal) {
        w->doc = *shown;
        return true;
    }
    w->doc.node = w->node;
    w->doc.method = w->method ? w->method : "PUT";
    return resource_put(&d, &w->doc, e) && resource_render(&d, &w->doc, e);
}

/* The id the criteria lead to; empty when the document is to be made under an id of our own. */
static bool resolve(struct op *op, struct rest_write *w, struct err *e)
{
    struct str own = fhir_text(w->node, "id");
    bool found;
    if (!conditional_id(op, w->type, w->criteria, &w->id, e))
        return false;
    if (w->id.n)
        return !own.n || check_id(w->node, w->id, e);
    if (!own.n)
        return true;
    struct record_key key = {op->access, w->type, own, RECORD_READ};
    if (!record_find(op->db, op->arena, key, &w->doc, &found, e))
        return false;
    w->id = own;
    return !found || w->doc.deleted ||
           err_set(e, ERR_CONFLICT, "the body's id is that of a document the criteria do not match");
}

bool update_document(struct op *op, struct rest_write *w, struct err *e)
{
    struct record_doc shown;
    op->event->kind = AUDIT_RESOURCE_UPDATE;
    op->event->object_type = w->type;
    if (str_is(w->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (w->criteria.p ? !resolve(op, w, e) : !w->made && !check_id(w->node, w->id, e))
        return false;
    if (!w->id.n) {
        struct str criteria = w->criteria;
        if (!answer_if_match(w->if_match, 0, e))
            return false;
        w->criteria = STR_NONE;
        w->method = w->method ? w->method : "PUT";
        bool ok = create_document(op, w, e);
        w->criteria = criteria;
        return ok;
    }
    answer_about(op, w->type, w->id);
    return builtin_untouched(op, w->type, w->id, e) &&
           (w->later || body_references(op, w->node, op->event->object_id, e)) &&
           find(op, w->type, w->id, &w->doc, &shown, e) && write(op, w, &shown, e);
}

bool fhir_update(struct op *op, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    struct rest_write w = {.criteria = STR_NONE,
                           .if_match = http_header_list(h->request, "If-Match"),
                           .if_none_match = http_header_list(h->request, "If-None-Match")};
    bool by_id = gate_path(h, "id").p != NULL;
    if (by_id ? !answer_target(h, &w.type, &w.id, e)
              : !answer_type(h, &w.type, e) || !conditional_criteria(h, &w.criteria, e))
        return false;
    if (by_id)
        answer_about(op, w.type, w.id);
    if (str_is(w.type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    return negotiate_answer(h->request, &form, e) && body_read(op, h, w.type, &w.node, e) &&
           update_document(op, &w, e) && body_answer(op, h, &w.doc, w.status, e);
}
