/* References: what a document refers to on this server must be there when it is written, and what is referred to is
 * not deleted. Targets are held by a key-share lock until the commit, which a deletion waits for: neither side can miss
 * the other. Logical references (no text), contained, urn: and foreign ones are not ours to check. */
#include "fhir/rest/reference_priv.h"

#include "fhir/model/links.h"
#include "schema/queries.h"

enum { REFERENCES_MAX = 2000 };

/* A reference without this server's own address. */
static struct str local(const struct op *op, struct str reference)
{
    struct str base = fhir_base(op);
    if (reference.n > base.n && str_eq(str_sub(reference, 0, base.n), base) && reference.p[base.n] == '/')
        return str_sub(reference, base.n + 1, reference.n);
    return reference;
}

/* ---- literal ones ---- */

/* Type, id and version of a literal reference to this server; false for contained, urn: and foreign ones. The versions
 * of an ImagingStudy count the archive's changes too, which are not all kept. */
static bool ours(const struct op *op, struct str reference, struct reference_place *p)
{
    struct str rest = local(op, reference), word;
    if (!rest.n || !str_next(&rest, '/', &p->type) || !rest.p || !str_next(&rest, '/', &p->id))
        return false;
    p->version = 0;
    if (rest.p && str_next(&rest, '/', &word) && str_is(word, "_history") && rest.p &&
        !str_is(p->type, "ImagingStudy") && (!str_int(rest, &p->version) || p->version < 1 || p->version > INT32_MAX))
        p->version = -1;
    return fhir_is_resource(p->type) && !str_is(p->type, "AuditEvent") && p->id.n;
}

struct noting {
    struct references *r;
    struct str own;
    size_t entry, before;
};

static void add(struct references *r, const struct reference_place *p)
{
    ARENA_ROOM(r->op->arena, r->at, r->n, 1, r->room);
    r->at[r->n++] = *p;
}

static bool is_own(struct str own, const struct reference_place *p)
{
    return own.n == p->type.n + 1 + p->id.n && str_eq(str_sub(own, 0, p->type.n), p->type) &&
           str_eq(str_sub(own, p->type.n + 1, own.n), p->id);
}

static bool note(void *ctx, struct str reference, const char *expression, struct err *e)
{
    struct noting *n = ctx;
    struct reference_place p = {.entry = n->entry};
    if (!ours(n->r->op, reference, &p) || (!p.version && is_own(n->own, &p)))
        return true;
    if (n->r->n - n->before == REFERENCES_MAX)
        return err_set(e, ERR_TOO_LARGE, "a resource has at most %d references", REFERENCES_MAX);
    p.where = arena_cstr(n->r->op->arena, str_of(expression));
    add(n->r, &p);
    return true;
}

bool references_note(struct references *r, const struct fhir_node *node, struct str own, size_t entry, struct err *e)
{
    struct noting n = {r, own, entry, r->n};
    return !fhir_settings()->reference_integrity || fhir_references(node, note, &n, e);
}

static bool ask(struct references *r, const struct db_rows **ret_rows, struct err *e)
{
    struct arena *a = r->op->arena;
    struct str *type = ARENA_ARRAY(a, struct str, r->n), *id = ARENA_ARRAY(a, struct str, r->n);
    int64_t *version = ARENA_ARRAY(a, int64_t, r->n);
    struct db_args args = db_args(a);
    for (size_t i = 0; i < r->n; i++) {
        type[i] = r->at[i].type;
        id[i] = r->at[i].id;
        version[i] = r->at[i].version;
    }
    db_text_opt(&args, r->op->access);
    db_texts(&args, type, r->n);
    db_texts(&args, id, r->n);
    db_ints(&args, version, r->n);
    bool writes = r->op->tx == GATE_WRITE;
    *ret_rows = db_run(r->op->db, writes ? &Q_fhir_reference_missing : &Q_fhir_reference_absent, &args, e);
    return *ret_rows != NULL;
}

bool references_check(struct references *r, size_t *ret_entry, struct err *e)
{
    const struct db_rows *rows;
    if (!r->n)
        return true;
    if (!ask(r, &rows, e))
        return false;
    if (!db_count(rows))
        return true;
    const struct reference_place *p = &r->at[db_get_int(rows, 0, 0) - 1];
    *ret_entry = p->entry;
    err_set(e, ERR_BUSINESS_RULE, "the reference '%.*s/%.*s%s' leads to nothing here", STR_ARG(p->type), STR_ARG(p->id),
            p->version ? "/_history/…" : "");
    return err_at(e, "%s", p->where);
}

/* ---- conditional ones ---- */

bool reference_is_conditional(struct str reference)
{
    size_t mark = str_find(reference, '?');
    struct str path = str_sub(reference, 0, mark);
    while (str_find(path, '/') < path.n)
        path = str_sub(path, str_find(path, '/') + 1, path.n);
    return mark < reference.n && fhir_is_resource(path);
}

bool reference_find(struct op *op, struct str reference, struct str *ret_literal, struct err *e)
{
    struct matches m;
    struct str text = local(op, reference);
    size_t mark = str_find(text, '?');
    struct str type = str_sub(text, 0, mark);
    if (!fhir_is_resource(type))
        return err_set(e, ERR_INVALID, "a conditional reference is about this server: 'Type?criteria'");
    if (!search_matches(op, type, str_sub(text, mark + 1, text.n), 2, &m, e))
        return err_wrap(e, "conditional reference");
    if (m.n != 1)
        return err_set(e, ERR_PRECONDITION, "the conditional reference matches %s",
                       m.n ? "several documents" : "nothing");
    *ret_literal = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(type), STR_ARG(m.docs[0].id));
    return true;
}

static bool see_conditional(void *ctx, struct str reference, const char *expression, struct err *e)
{
    bool *any = ctx;
    (void)expression;
    (void)e;
    *any = *any || reference_is_conditional(reference);
    return true;
}

static bool make_literal(void *ctx, struct fhir_node *n, enum fhir_link kind, const char *expression, struct err *e)
{
    if (kind != FHIR_LINK_REFERENCE || !reference_is_conditional(n->text))
        return true;
    return reference_find(ctx, n->text, &n->text, e) || err_at(e, "%s", expression);
}

bool body_references(struct op *op, struct fhir_node *node, struct str own, struct err *e)
{
    struct references r = {.op = op};
    size_t entry;
    bool conditional = false;
    if (!fhir_references(node, see_conditional, &conditional, e) ||
        (conditional && !fhir_links(node, make_literal, op, e)))
        return false;
    return references_note(&r, node, own, 0, e) && references_check(&r, &entry, e);
}

/* ---- what is referred to stays ---- */

static bool targets_name(const char *targets, struct str type)
{
    struct str rest = str_of(targets), one;
    if (!targets)
        return true;
    while (str_next(&rest, ',', &one))
        if (str_eq(one, type) || str_is(one, "Resource"))
            return true;
    return false;
}

size_t references_rows(struct str type, int64_t ret_params[REFERENCE_PARAMETERS])
{
    size_t n = 0;
    ret_params[n++] = record_param(STR("Resource"), STR(RECORD_REFERS));
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str from = str_of(fhir_resource_name(t));
        const struct fhir_search_param *p;
        for (int i = 0; (p = fhir_search_param_at(from, i)) != NULL; i++)
            if (p->kind == FHIR_SEARCH_REFERENCE && n < REFERENCE_PARAMETERS && targets_name(p->targets, type))
                ret_params[n++] = record_param(from, str_of(p->code));
    }
    return n;
}

bool references_free(struct op *op, const struct record_doc *doc, struct err *e)
{
    if (!fhir_settings()->reference_integrity)
        return true;
    int64_t *params = ARENA_ARRAY(op->arena, int64_t, REFERENCE_PARAMETERS);
    struct str own = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(doc->type), STR_ARG(doc->id));
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_ints(&args, params, references_rows(doc->type, params));
    db_int(&args, doc->rid);
    db_text(&args, own);
    const struct db_rows *rows = db_run(op->db, &Q_fhir_referrer, &args, e);
    if (!rows || !db_count(rows))
        return rows != NULL;
    if (!db_get_bool(rows, 0, 2))
        return err_set(e, ERR_CONFLICT, "'%.*s' is referred to", STR_ARG(own));
    return err_set(e, ERR_CONFLICT, "'%.*s' is referred to by '%.*s/%.*s'", STR_ARG(own), STR_ARG(db_get(rows, 0, 0)),
                   STR_ARG(db_get(rows, 0, 1)));
}
