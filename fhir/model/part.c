#include "fhir/model/part.h"

#include "fhir/model/path_priv.h"
#include "fhir/model/tables_priv.h"

enum { CONTAINED_MAX = 500 }; /* more than that stay together, whoever refers to them */

/* A node with the same children that may stand in another list. */
static struct fhir_node *shared(struct arena *a, const struct fhir_node *n)
{
    struct fhir_node *copy = ARENA_NEW(a, struct fhir_node);
    *copy = *n;
    copy->next = NULL;
    return copy;
}

static struct fhir_node *hollow(struct arena *a, const struct fhir_node *n)
{
    struct fhir_node *copy = shared(a, n);
    copy->first = copy->last = NULL;
    return copy;
}

/* The name of the element whose extensions "_name" holds. */
static struct str plain_name(struct str key)
{
    return key.n && key.p[0] == '_' ? str_sub(key, 1, key.n) : key;
}

/* "value" names valueQuantity, which is a form of value[x]. */
static bool names(const struct fhir_elem *el, struct str want)
{
    struct str own = fhir_elem_name(el);
    if (str_ends(want, "[x]"))
        want = str_sub(want, 0, want.n - 3);
    if (str_eq(own, want))
        return true;
    bool begins = el->choice && want.n && own.n > want.n && str_eq(str_sub(own, 0, want.n), want);
    return begins && own.p[want.n] >= 'A' && own.p[want.n] <= 'Z';
}

/* What changes the meaning of the rest, or says what the rest is. */
static bool stays(const struct fhir_type *t, struct str key, const struct fhir_elem *el)
{
    bool resource = t->sort == FHIR_SORT_RESOURCE;
    if (resource && (str_is(key, "resourceType") || str_is(key, "id") || str_is(key, "meta")))
        return true;
    return el && (el->min || str_is(key, "modifierExtension") || str_is(key, "implicitRules"));
}

/* ---- _summary=true: the elements marked so, all the way down ---- */

static struct fhir_node *summary_object(struct arena *a, const struct fhir_type *t, const struct fhir_node *n);

static struct fhir_node *summary_value(struct arena *a, const struct fhir_type *t, const struct fhir_node *n)
{
    if (n->kind == FHIR_OBJECT) {
        t = fhir_type_of(t, n);
        return t && t != &fhir_types[FHIR_T_Extension] ? summary_object(a, t, n) : shared(a, n);
    }
    if (n->kind != FHIR_ARRAY)
        return shared(a, n);
    struct fhir_node *less = hollow(a, n);
    for (const struct fhir_node *item = n->first; item; item = item->next) {
        struct fhir_node *kept = summary_value(a, t, item);
        if (kept->kind != FHIR_OBJECT || kept->first)
            fhir_add_node(less, kept);
    }
    return less;
}

static struct fhir_node *summary_object(struct arena *a, const struct fhir_type *t, const struct fhir_node *n)
{
    struct fhir_node *less = hollow(a, n);
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        const struct fhir_elem *el = fhir_elem_find(t, plain_name(m->key));
        bool always = stays(t, m->key, el);
        if (!always && !(el && el->flags & FHIR_ELEM_SUMMARY))
            continue;
        bool deep = el && m->key.p[0] != '_' && (m->kind == FHIR_OBJECT || m->kind == FHIR_ARRAY);
        struct fhir_node *kept = deep ? summary_value(a, fhir_elem_type(el), m) : shared(a, m);
        if (deep && !kept->first && always)
            kept = shared(a, m); /* only extensions, which say why the value is absent */
        if (!deep || kept->first)
            fhir_add_node(less, kept);
    }
    return less;
}

/* ---- _elements: by name, at any depth ---- */

struct wish { /* what is still to be named below the element at hand */
    struct str *path;
    size_t n;
    bool whole; /* all of it */
};

/* What of the wishes is about this element. */
static struct wish wishes_below(struct arena *a, const struct wish *w, const struct fhir_elem *el)
{
    struct wish below = {.path = ARENA_ARRAY(a, struct str, w->n + 1)};
    for (size_t i = 0; el && i < w->n; i++) {
        struct str rest = w->path[i], first;
        if (!str_next(&rest, '.', &first) || !names(el, first))
            continue;
        if (rest.p)
            below.path[below.n++] = rest;
        else
            below.whole = true;
    }
    return below;
}

static struct fhir_node *wished_object(struct arena *a, const struct fhir_type *t, const struct fhir_node *n,
                                       const struct wish *w);

static struct fhir_node *wished_value(struct arena *a, const struct fhir_type *t, const struct fhir_node *n,
                                      const struct wish *w)
{
    if (n->kind == FHIR_OBJECT) {
        t = fhir_type_of(t, n);
        return t ? wished_object(a, t, n, w) : shared(a, n);
    }
    if (n->kind != FHIR_ARRAY)
        return shared(a, n);
    struct fhir_node *less = hollow(a, n);
    for (const struct fhir_node *item = n->first; item; item = item->next) {
        struct fhir_node *kept = wished_value(a, t, item, w);
        if (kept->kind != FHIR_OBJECT || kept->first)
            fhir_add_node(less, kept);
    }
    return less;
}

static struct fhir_node *wished_object(struct arena *a, const struct fhir_type *t, const struct fhir_node *n,
                                       const struct wish *w)
{
    struct fhir_node *less = hollow(a, n);
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        const struct fhir_elem *el = fhir_elem_find(t, plain_name(m->key));
        struct wish below = wishes_below(a, w, el);
        if (stays(t, m->key, el) || below.whole) {
            fhir_add_node(less, shared(a, m));
        } else if (below.n) {
            struct fhir_node *kept = wished_value(a, fhir_elem_type(el), m, &below);
            if ((kept->kind != FHIR_OBJECT && kept->kind != FHIR_ARRAY) || kept->first)
                fhir_add_node(less, kept);
        }
    }
    return less;
}

/* Without the type in front; a path of another type wishes nothing here. */
static struct wish wishes_of(struct arena *a, struct str type, const struct fhir_part *part)
{
    struct wish w = {.path = ARENA_ARRAY(a, struct str, part->n + 1)};
    for (size_t i = 0; i < part->n; i++) {
        struct str rest = part->elements[i], first = STR("");
        str_next(&rest, '.', &first);
        if (!fhir_is_resource(first))
            w.path[w.n++] = part->elements[i];
        else if (rest.p && str_eq(first, type))
            w.path[w.n++] = rest;
    }
    return w;
}

/* The type of the element a step leads to, or NULL; a choice's forms are tried one by one. */
static const struct fhir_type *step(const struct fhir_type *t, struct str name)
{
    const struct fhir_elem *el = fhir_elem_find(t, name);
    for (unsigned i = 0; !el && i < t->count; i++)
        if (names(&fhir_elems[t->first + i], name))
            el = &fhir_elems[t->first + i];
    return el ? fhir_elem_type(el) : NULL;
}

bool fhir_part_path(struct str type, struct str path)
{
    struct str rest = path, name = STR("");
    const struct fhir_type *t = fhir_resource_find(type);
    str_next(&rest, '.', &name);
    if (fhir_is_resource(name)) {
        t = fhir_resource_find(name);
        if (!rest.p || !str_next(&rest, '.', &name))
            return false;
    }
    for (;;) {
        t = t ? step(t, name) : NULL;
        if (!t || !rest.p)
            return t != NULL;
        str_next(&rest, '.', &name);
    }
}

/* ---- _summary=text and data ---- */

static struct fhir_node *top_level(struct arena *a, const struct fhir_type *t, const struct fhir_node *n,
                                   enum fhir_part_kind kind)
{
    struct fhir_node *less = hollow(a, n);
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        const struct fhir_elem *el = fhir_elem_find(t, plain_name(m->key));
        bool text = str_is(m->key, "text") || str_is(m->key, "_text");
        if (kind == FHIR_PART_DATA ? !text : text || stays(t, m->key, el))
            fhir_add_node(less, shared(a, m));
    }
    return less;
}

/* ---- contained resources that what was kept refers to ---- */

struct kept {
    struct fhir_node **item;
    bool *used;
    size_t n;
    bool grew;
};

static void note(struct kept *k, struct str reference)
{
    for (size_t i = 0; reference.n > 1 && reference.p[0] == '#' && i < k->n; i++)
        if (!k->used[i] && str_eq(fhir_text(k->item[i], "id"), str_sub(reference, 1, reference.n)))
            k->used[i] = k->grew = true;
}

static void note_below(struct kept *k, const struct fhir_node *n)
{
    if (n->kind == FHIR_STRING && str_is(n->key, "reference"))
        note(k, n->text);
    for (const struct fhir_node *m = n->first; m; m = m->next)
        note_below(k, m);
}

static void note_all(struct kept *k, const struct fhir_node *less)
{
    bool *told = k->used + k->n; /* whose own references are noted */
    note_below(k, less);
    while (k->grew) {
        k->grew = false;
        for (size_t i = 0; i < k->n; i++)
            if (k->used[i] && !told[i]) {
                told[i] = true;
                note_below(k, k->item[i]);
            }
    }
}

static void keep_contained(struct arena *a, struct fhir_node *less, const struct fhir_node *contained)
{
    struct kept k = {.n = 0};
    size_t count = 0;
    for (const struct fhir_node *c = contained->first; c; c = c->next)
        count++;
    k.item = ARENA_ARRAY(a, struct fhir_node *, count + 1);
    k.used = ARENA_ARRAY(a, bool, 2 * count + 2);
    for (size_t i = 0; i < 2 * count; i++)
        k.used[i] = count > CONTAINED_MAX;
    for (struct fhir_node *c = contained->first; c; c = c->next)
        k.item[k.n++] = c;
    if (count <= CONTAINED_MAX)
        note_all(&k, less);
    struct fhir_node *list = hollow(a, contained);
    for (size_t i = 0; i < k.n; i++)
        if (k.used[i])
            fhir_add_node(list, shared(a, k.item[i]));
    if (list->first)
        fhir_add_node(less, list);
}

static void mark(struct arena *a, struct fhir_node *less)
{
    struct err ignored;
    for (struct fhir_node *m = less->first; m; m = m->next)
        if (str_is(m->key, "meta")) {
            struct fhir_node *next = m->next;
            *m = *fhir_copy(a, m); /* it gets a tag, which the whole does not have */
            m->next = next;
        }
    fhir_set(a, less, "meta.tag[code=SUBSETTED].system",
             STR("http://terminology.hl7.org/CodeSystem/v3-ObservationValue"), &ignored);
}

struct fhir_node *fhir_part(struct arena *a, struct fhir_node *resource, const struct fhir_part *part)
{
    const struct fhir_type *t = fhir_type_of(&fhir_types[FHIR_T_Resource], resource);
    struct fhir_node *less;
    if (part->kind == FHIR_PART_ALL || !t)
        return resource;
    if (part->kind == FHIR_PART_SUMMARY) {
        less = summary_object(a, t, resource);
    } else if (part->kind == FHIR_PART_ELEMENTS) {
        struct wish w = wishes_of(a, fhir_type_name(t), part);
        less = wished_object(a, t, resource, &w);
    } else {
        less = top_level(a, t, resource, part->kind);
    }
    const struct fhir_node *contained = fhir_member(resource, "contained");
    if (contained && !fhir_member(less, "contained"))
        keep_contained(a, less, contained);
    mark(a, less);
    return less;
}
