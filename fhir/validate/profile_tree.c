/* The tree of a profile's elements. A snapshot names every element in order; a differential leaves out what it does not
 * change: what is missing on the way down is added, and asks nothing. */
#include "fhir/validate/profile_priv.h"

static void append(struct profile_element **first, struct profile_element **last, struct profile_element *el)
{
    if (*last)
        (*last)->next = el;
    else
        *first = el;
    *last = el;
}

static struct profile_element *child_named(struct profile_element *parent, struct str name)
{
    struct profile_element *c = parent->first;
    while (c && !str_eq(c->name, name))
        c = c->next;
    return c;
}

static struct profile_element *slice_named(struct profile_element *el, struct str name)
{
    struct profile_element *s = el->slices;
    while (s && !str_eq(s->slice, name))
        s = s->next;
    return s;
}

/* "a/b" is a slice of what slice a took; NULL when there is no slice a. */
static struct profile_element *sliced_by(struct profile_element *el, struct str name)
{
    for (size_t i = 0; i < name.n && el; i++)
        if (name.p[i] == '/')
            el = slice_named(el, str_sub(name, 0, i));
    return el;
}

struct profile_element *tree_element(struct arena *a, struct str path)
{
    struct profile_element *el = ARENA_NEW(a, struct profile_element);
    struct str step = path;
    while (str_find(step, '.') < step.n)
        step = str_sub(step, str_find(step, '.') + 1, step.n);
    el->path = arena_str(a, path);
    el->choice = str_ends(step, "[x]");
    el->name = arena_str(a, str_sub(step, 0, step.n - (el->choice ? 3 : 0)));
    el->max = -1;
    return el;
}

/* ---- a differential's gaps ---- */

static struct profile_element *add_missing(struct profile_tree *t, struct profile_element *parent, struct str path)
{
    struct profile_element *el = tree_element(t->arena, path);
    el->added = true;
    if (parent)
        append(&parent->first, &parent->last, el);
    else
        *t->top = el;
    return el;
}

/* The elements above a path, those that were not named included. */
static void fill(struct profile_tree *t, struct str path, int depth)
{
    size_t end = 0;
    for (int i = 0; i < depth; i++, end++) {
        end += str_find(str_sub(path, end, path.n), '.');
        struct str above = str_sub(path, 0, end);
        if (t->stack[i] && str_eq(t->stack[i]->path, above))
            continue;
        struct profile_element *parent = i ? t->stack[i - 1] : NULL, *found = i ? NULL : *t->top;
        struct profile_element *named = tree_element(t->arena, above);
        if (parent)
            found = child_named(parent, named->name);
        t->stack[i] = found ? found : add_missing(t, parent, above);
        for (int below = i + 1; below < PROFILE_DEPTH_MAX; below++)
            t->stack[below] = NULL;
    }
}

/* Without a word on what tells slices apart only these can be told. */
static bool speaks_for_itself(const struct profile_element *el)
{
    return el->choice || str_is(el->name, "extension") || str_is(el->name, "modifierExtension");
}

/* ---- placing ---- */

static bool put_root(struct profile_tree *t, struct profile_element *el, struct err *e)
{
    bool first = !*t->top && !el->slice.n;
    *t->top = el;
    return first || err_set(e, ERR_INVALID, "the snapshot has several roots");
}

static bool put_slice(struct profile_tree *t, struct profile_element *parent, struct profile_element *base,
                      struct profile_element *el, struct err *e)
{
    if (!base && t->sparse && speaks_for_itself(el))
        base = add_missing(t, parent, el->path);
    if (!base)
        return err_set(e, ERR_INVALID,
                       t->sparse ? "the differential does not say what tells the slices of '%.*s' apart"
                                 : "'%.*s' has a slice before the element itself",
                       STR_ARG(str_utf8_clip(el->path, 100)));
    base = sliced_by(base, el->slice);
    if (!base)
        return err_set(e, ERR_INVALID, "a slice of '%.*s' is of a slice that is not there",
                       STR_ARG(str_utf8_clip(el->path, 100)));
    append(&base->slices, &base->slices_last, el);
    return true;
}

bool tree_place(struct profile_tree *t, struct profile_element *el, int depth, struct err *e)
{
    if (t->sparse)
        fill(t, el->path, depth);
    struct profile_element *parent = depth ? t->stack[depth - 1] : NULL;
    for (int i = depth; i < PROFILE_DEPTH_MAX; i++)
        t->stack[i] = NULL;
    t->stack[depth] = el;
    if (!depth)
        return put_root(t, el, e);
    if (!parent || !str_starts(el->path, arena_cstr(t->arena, parent->path)))
        return err_set(e, ERR_INVALID, "the elements of the snapshot are not in order");
    struct profile_element *base = child_named(parent, el->name);
    if (el->slice.n)
        return put_slice(t, parent, base, el, e);
    if (base && base->added)
        return err_set(e, ERR_INVALID, "the elements of the differential are not in order");
    if (!base)
        append(&parent->first, &parent->last, el);
    return true;
}

/* ---- content references ---- */

static const struct profile_element *at_path(const struct profile_element *top, struct str path)
{
    struct str step;
    const struct profile_element *el = top;
    if (!path.n || !str_next(&path, '.', &step))
        return NULL;
    while (el && path.n && str_next(&path, '.', &step)) {
        el = el->first;
        while (el && !str_eq(el->name, step))
            el = el->next;
    }
    return el;
}

static void resolve(const struct profile_element *top, struct profile_element *el)
{
    size_t hash = str_find(el->content, '#');
    if (hash < el->content.n)
        el->like = at_path(top, str_sub(el->content, hash + 1, el->content.n));
    for (struct profile_element *c = el->first; c; c = c->next)
        resolve(top, c);
    for (struct profile_element *s = el->slices; s; s = s->next)
        resolve(top, s);
}

void tree_resolve(struct profile_element *top)
{
    resolve(top, top);
}

const struct profile_element *element_children(const struct profile_element *el)
{
    return el->like && !el->first ? el->like->first : el->first;
}
