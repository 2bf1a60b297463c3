/* $meta, $meta-add, $meta-delete: the profiles, tags and security labels of documents.
 *
 * A change of them writes a version, as any other change of the document does: history, subscribers and If-Match then
 * tell the truth. What equals the document as it is writes nothing. Superseded versions never change. */
#include "fhir/rest/operation_priv.h"

#include "domain/resource.h"
#include "schema/queries.h"

enum { META_USED_MAX = 5000 };

/* ---- reading ---- */

static bool answer_meta(struct operation *o, const struct fhir_node *meta, struct err *e)
{
    struct arena *a = o->op->arena;
    struct fhir_node *out = operation_out(o);
    struct fhir_node *value = meta ? fhir_copy(a, meta) : fhir_add_object(a, fhir_new(a, "Basic"), "meta");
    value->next = NULL;
    if (value->first)
        operation_add_value(o, out, "return", "valueMeta", value);
    return operation_answer(o, 200, out, e);
}

static bool meta_of_version(struct operation *o, struct err *e)
{
    int64_t version;
    struct op *op = o->op;
    struct record_doc doc;
    struct record_key key = {op->access, o->type, o->id, RECORD_READ};
    str_int(o->vid, &version);
    if (!record_get_version(op->db, op->arena, key, (int)version, &doc, e) || !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    return answer_meta(o, fhir_member(doc.node, "meta"), e);
}

static bool meta_of_document(struct operation *o, struct err *e)
{
    struct op *op = o->op;
    struct record_doc doc;
    struct domain d = gate_domain(op);
    if (!operation_document(o, RECORD_READ, &doc, e) || !resource_render(&d, &doc, e))
        return false;
    doc.node = NULL; /* content is what counts: it may have been rendered */
    if (!record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    return answer_meta(o, fhir_member(doc.node, "meta"), e);
}

static void add_used(struct arena *a, struct fhir_node *meta, const struct db_rows *rows, int row)
{
    struct str kind = db_get(rows, row, 0);
    struct fhir_node *list = meta->last;
    if (!list || !str_eq(list->key, kind))
        list = fhir_add_array(a, meta, arena_cstr(a, kind));
    if (str_is(kind, "profile")) {
        fhir_add_string(a, list, NULL, arena_str(a, db_get(rows, row, 1)));
        return;
    }
    static const char *const parts[] = {"system", "code", "display"};
    struct fhir_node *coding = fhir_add_object(a, list, NULL);
    for (int i = 0; i < 3; i++)
        if (db_get(rows, row, i + 1).n)
            fhir_add_string(a, coding, parts[i], arena_str(a, db_get(rows, row, i + 1)));
}

/* What is in use over many documents. */
static bool meta_in_use(struct operation *o, struct err *e)
{
    struct op *op = o->op;
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text_opt(&args, o->type);
    db_int(&args, META_USED_MAX);
    const struct db_rows *rows = db_run(op->db, &Q_operation_meta_used, &args, e);
    if (!rows)
        return false;
    struct fhir_node *meta = fhir_add_object(op->arena, fhir_new(op->arena, "Basic"), "meta");
    for (int i = 0; i < db_count(rows); i++)
        add_used(op->arena, meta, rows, i);
    op->event->count = db_count(rows);
    return answer_meta(o, meta, e);
}

bool op_meta(struct operation *o, struct err *e)
{
    if (o->level == AT_VERSION)
        return meta_of_version(o, e);
    return o->level == AT_INSTANCE ? meta_of_document(o, e) : meta_in_use(o, e);
}

/* ---- changing ---- */

static bool same_label(const struct fhir_node *a, const struct fhir_node *b)
{
    if (a->kind != FHIR_OBJECT || b->kind != FHIR_OBJECT)
        return a->kind == b->kind && str_eq(a->text, b->text);
    return str_eq(fhir_text(a, "system"), fhir_text(b, "system")) && str_eq(fhir_text(a, "code"), fhir_text(b, "code"));
}

static struct fhir_node *list_of(struct fhir_node *meta, const char *name)
{
    for (struct fhir_node *m = meta ? meta->first : NULL; m; m = m->next)
        if (str_is(m->key, name))
            return m;
    return NULL;
}

static bool holds(const struct fhir_node *list, const struct fhir_node *label)
{
    for (const struct fhir_node *m = list->first; m; m = m->next)
        if (same_label(m, label))
            return true;
    return false;
}

static bool add_labels(struct arena *a, struct fhir_node *meta, const struct fhir_node *given, const char *name)
{
    bool changed = false;
    const struct fhir_node *labels = fhir_member(given, name);
    struct fhir_node *list = list_of(meta, name);
    for (const struct fhir_node *l = labels ? labels->first : NULL; l; l = l->next) {
        list = list ? list : fhir_add_array(a, meta, name);
        if (holds(list, l))
            continue;
        fhir_add_node(list, fhir_copy(a, l));
        changed = true;
    }
    return changed;
}

static void unlink_node(struct fhir_node *parent, struct fhir_node *child)
{
    struct fhir_node **at = &parent->first;
    while (*at != child)
        at = &(*at)->next;
    *at = child->next;
    parent->last = parent->first;
    while (parent->last && parent->last->next)
        parent->last = parent->last->next;
}

static bool delete_labels(struct arena *a, struct fhir_node *meta, const struct fhir_node *given, const char *name)
{
    bool changed = false;
    const struct fhir_node *labels = fhir_member(given, name);
    struct fhir_node *list = labels ? list_of(meta, name) : NULL, *next;
    (void)a;
    for (struct fhir_node *m = list ? list->first : NULL; m; m = next) {
        next = m->next;
        if (!holds(labels, m))
            continue;
        unlink_node(list, m);
        changed = true;
    }
    if (list && !list->first)
        unlink_node(meta, list);
    return changed;
}

typedef bool (*change_labels)(struct arena *a, struct fhir_node *meta, const struct fhir_node *given, const char *name);

/* Who claims a profile keeps it from then on; of a claim that goes nothing is asked. */
static bool keeps_claims(struct operation *o, const struct fhir_node *node, const struct fhir_node *given,
                         struct err *e)
{
    return !fhir_member(given, "profile") || body_check(o->op, o->h, node, e);
}

static bool change(struct operation *o, change_labels labels, struct err *e)
{
    static const char *const lists[] = {"profile", "security", "tag"};
    struct op *op = o->op;
    struct record_doc doc;
    struct domain d = gate_domain(op);
    bool changed = false;
    const struct fhir_node *given = operation_value(o->in, "meta");
    if (!operation_document(o, RECORD_UPDATE, &doc, e) || !record_parse(op->arena, &doc, e))
        return false;
    answer_patient(op, &doc);
    if (!answer_if_match(http_header(o->h->request, "If-Match"), doc.version, e))
        return false;
    struct fhir_node *meta = fhir_make(op->arena, doc.node, "meta", e);
    if (!meta)
        return false;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        changed = labels(op->arena, meta, given, lists[i]) || changed;
    if (changed && (!keeps_claims(o, doc.node, given, e) || !resource_put(&d, &doc, e)))
        return false;
    return meta_of_document(o, e);
}

bool op_meta_add(struct operation *o, struct err *e)
{
    return change(o, add_labels, e);
}

bool op_meta_delete(struct operation *o, struct err *e)
{
    return change(o, delete_labels, e);
}
