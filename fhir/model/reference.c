#include "fhir/model/reference_priv.h"

#include <stdio.h>
#include <string.h>

#include "fhir/model/check_priv.h"

/* The part behind the last '/', taken off *s; the whole when there is none. */
static struct str take_last(struct str *s)
{
    size_t n = s->n;
    while (n && s->p[n - 1] != '/')
        n--;
    struct str last = str_sub(*s, n, s->n);
    *s = str_sub(*s, 0, n ? n - 1 : 0);
    return last;
}

struct str fhir_reference_type(struct str reference)
{
    if (!reference.n || reference.p[0] == '#')
        return STR_NONE;
    size_t query = str_find(reference, '?');
    struct str rest = str_sub(reference, 0, query);
    struct str last = take_last(&rest);
    if (query == reference.n) { /* no search: the last part is an id, or a version behind "_history" */
        struct str before = take_last(&rest);
        if (str_is(before, "_history")) {
            take_last(&rest);
            before = take_last(&rest);
        }
        last = before;
    }
    return fhir_is_resource(last) ? last : STR_NONE;
}

/* ---- all references of a tree ---- */
struct walk {
    fhir_reference_found found;
    void *ctx;
    struct err *e;
};

static bool walk_node(struct walk *w, const struct fhir_node *n, const struct fhir_type *t, struct fhir_frame *f);

static bool tell(struct walk *w, const struct fhir_node *n, const struct fhir_frame *f)
{
    struct str text = fhir_text(n, "reference");
    char place[200];
    if (!text.n || text.p[0] == '#')
        return true;
    fhir_frame_text(f, place, sizeof place);
    return w->found(w->ctx, text, place, w->e);
}

static bool walk_member(struct walk *w, const struct fhir_node *m, const struct fhir_type *t,
                        const struct fhir_frame *up)
{
    bool sibling = m->key.n > 1 && m->key.p[0] == '_';
    const struct fhir_elem *el = fhir_elem_find(t, m->key);
    const struct fhir_type *below = sibling ? &fhir_types[FHIR_T_Element] : el ? fhir_elem_type(el) : NULL;
    struct fhir_frame f = {.up = up, .name = m->key, .index = -1};
    if (!below || below->sort == FHIR_SORT_PRIMITIVE)
        return true;
    if (m->kind != FHIR_ARRAY)
        return walk_node(w, m, below, &f);
    f.index = 0;
    for (const struct fhir_node *item = m->first; item; item = item->next, f.index++)
        if (!walk_node(w, item, below, &f))
            return false;
    return true;
}

static bool walk_node(struct walk *w, const struct fhir_node *n, const struct fhir_type *t, struct fhir_frame *f)
{
    t = n->kind == FHIR_OBJECT ? fhir_type_of(t, n) : NULL;
    if (!t)
        return true;
    if (t == &fhir_types[FHIR_T_Reference] && !tell(w, n, f))
        return false;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (!walk_member(w, m, t, f))
            return false;
    return true;
}

bool fhir_references(const struct fhir_node *resource, fhir_reference_found found, void *ctx, struct err *e)
{
    struct walk w = {found, ctx, e};
    struct fhir_frame top = {.name = fhir_text(resource, "resourceType"), .index = -1};
    return walk_node(&w, resource, &fhir_types[FHIR_T_Resource], &top);
}
