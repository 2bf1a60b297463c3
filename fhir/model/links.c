#include "fhir/model/links.h"

#include "fhir/model/check_priv.h"

struct walk {
    fhir_link_found found;
    void *ctx;
    struct err *e;
};

static bool tell(struct walk *w, struct fhir_node *n, enum fhir_link kind, const struct fhir_frame *f)
{
    char place[200];
    if (n->kind != FHIR_STRING || !n->text.n || n->text.p[0] == '#')
        return true;
    fhir_frame_text(f, place, sizeof place);
    return w->found(w->ctx, n, kind, place, w->e);
}

static bool leads_elsewhere(const struct fhir_type *t)
{
    return t->format == FHIR_FORMAT_uri || t->format == FHIR_FORMAT_url || t->format == FHIR_FORMAT_canonical ||
           t->format == FHIR_FORMAT_oid || t->format == FHIR_FORMAT_uuid;
}

static bool walk_node(struct walk *w, struct fhir_node *n, const struct fhir_type *t, const struct fhir_frame *f);

static bool walk_value(struct walk *w, struct fhir_node *n, const struct fhir_type *t, const struct fhir_frame *f)
{
    if (t->sort != FHIR_SORT_PRIMITIVE)
        return walk_node(w, n, t, f);
    if (t->format == FHIR_FORMAT_xhtml)
        return tell(w, n, FHIR_LINK_NARRATIVE, f);
    return !leads_elsewhere(t) || tell(w, n, FHIR_LINK_URI, f);
}

static bool walk_member(struct walk *w, struct fhir_node *m, const struct fhir_type *t, const struct fhir_frame *up)
{
    bool sibling = m->key.n > 1 && m->key.p[0] == '_';
    const struct fhir_elem *el = fhir_elem_find(t, m->key);
    const struct fhir_type *below = sibling ? &fhir_types[FHIR_T_Element] : el ? fhir_elem_type(el) : NULL;
    struct fhir_frame f = {.up = up, .name = m->key, .index = -1};
    if (!below)
        return true;
    if (m->kind != FHIR_ARRAY)
        return walk_value(w, m, below, &f);
    f.index = 0;
    for (struct fhir_node *item = m->first; item; item = item->next, f.index++)
        if (!walk_value(w, item, below, &f))
            return false;
    return true;
}

static bool walk_node(struct walk *w, struct fhir_node *n, const struct fhir_type *t, const struct fhir_frame *f)
{
    t = n->kind == FHIR_OBJECT ? fhir_type_of(t, n) : NULL;
    if (!t)
        return true;
    for (struct fhir_node *m = n->first; m; m = m->next) {
        bool reference = t == &fhir_types[FHIR_T_Reference] && str_is(m->key, "reference");
        if (!(reference ? tell(w, m, FHIR_LINK_REFERENCE, f) : walk_member(w, m, t, f)))
            return false;
    }
    return true;
}

bool fhir_links(struct fhir_node *resource, fhir_link_found found, void *ctx, struct err *e)
{
    struct walk w = {found, ctx, e};
    struct fhir_frame top = {.name = fhir_text(resource, "resourceType"), .index = -1};
    return walk_node(&w, resource, &fhir_types[FHIR_T_Resource], &top);
}
