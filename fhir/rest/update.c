#include "fhir/rest/rest_priv.h"

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

static bool write(struct op *op, struct gate_http *h, struct record_doc *doc, struct record_doc *shown,
                  struct err *e)
{
    bool equal;
    struct domain d = gate_domain(op);
    struct fhir_node *node = doc->node;
    bool fresh = !shown->version || shown->deleted;
    if (!answer_if_match(h->request, fresh ? 0 : shown->version, e) || !unchanged(op, shown, node, &equal, e))
        return false;
    if (equal)
        return body_answer(op, h, shown, 200, e);
    if (fresh)
        op->event->kind = AUDIT_RESOURCE_CREATE;
    return resource_put(&d, doc, e) && body_written(op, h, doc, fresh ? 201 : 200, e);
}

bool fhir_update(struct op *op, struct gate_http *h, struct err *e)
{
    struct str type, id;
    struct answer_form form;
    struct fhir_node *node;
    struct record_doc doc, shown;
    if (!answer_target(h, &type, &id, e) || !negotiate_answer(h->request, &form, e))
        return false;
    answer_about(op, type, id);
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (!body_read(op, h, type, &node, e) || !check_id(node, id, e) ||
        !body_references(op, node, op->event->object_id, e) || !find(op, type, id, &doc, &shown, e))
        return false;
    doc.node = node;
    return write(op, h, &doc, &shown, e);
}
