/* Changing a tree by path, guided by the element tables. */
#include "fhir/model/path_priv.h"
#include "fhir/model/tables_priv.h"
#include "fhir/model/formats_priv.h"

#include <string.h>

/* Where a change has come to: the object, its type, and the element the last step named. */
struct place {
    struct arena *arena;
    const char *path; /* the whole, for error texts */
    struct fhir_node *node;
    const struct fhir_type *type;
    const struct fhir_elem *elem;
};

static bool set_below(struct place *at, struct str path, struct str text, struct err *e);

/* ---- the tables' view of a path ---- */
/* "_birthDate" stands for the id and extensions of a primitive element. */
static bool is_sibling(struct str name)
{
    return name.n > 1 && name.p[0] == '_';
}

static const struct fhir_elem *elem_of(const struct fhir_type *t, struct str name)
{
    if (!t || !is_sibling(name))
        return t ? fhir_elem_find(t, name) : NULL;
    const struct fhir_elem *el = fhir_elem_find(t, str_sub(name, 1, name.n));
    bool single = el && !(el->flags & FHIR_ELEM_ARRAY);
    return single && fhir_elem_type(el)->sort == FHIR_SORT_PRIMITIVE ? el : NULL;
}

static const struct fhir_type *type_below(const struct fhir_elem *el, struct str name)
{
    return is_sibling(name) ? &fhir_types[FHIR_T_Element] : fhir_elem_type(el);
}

static int64_t count_items(const struct fhir_node *array)
{
    int64_t count = 0;
    for (const struct fhir_node *item = array ? array->first : NULL; item; item = item->next)
        count++;
    return count;
}

/* What the step picks is not there; whether it can be made. */
static bool can_make(const struct fhir_elem *el, const struct fhir_node *member, const struct fhir_step *step)
{
    if (is_sibling(step->name) || !(el->flags & FHIR_ELEM_ARRAY))
        return !member && !(step->pick == FHIR_PICK_INDEX && step->index > 0);
    if (member && member->kind != FHIR_ARRAY)
        return false;
    return step->pick != FHIR_PICK_INDEX || step->index == count_items(member);
}

/* Before anything is made: the types have every step, and what is there leaves room for it. The type of a
 * resource is known only where one is. */
static bool path_fits(const struct fhir_type *t, const struct fhir_node *n, struct str path,
                      const char *whole, const struct fhir_type **ret_type, struct err *e)
{
    struct fhir_step step;
    bool bad = false;
    while (fhir_step_next(&path, &step, &bad)) {
        const struct fhir_elem *el = elem_of(t, step.name);
        if (!el || (n && n->kind != FHIR_OBJECT))
            return err_set(e, ERR_INVALID, "path '%s': %s has no '%.*s'", whole,
                           t ? fhir_type_name(t).p : "this", STR_ARG(step.name));
        const struct fhir_node *member = n ? fhir_member_of(n, step.name) : NULL;
        n = fhir_picked((struct fhir_node *)member, &step);
        if (!n && !can_make(el, member, &step))
            return err_set(e, ERR_INVALID, "path '%s': no such item of '%.*s'", whole, STR_ARG(step.name));
        const struct fhir_type *inside = NULL;
        t = type_below(el, step.name);
        if (step.pick == FHIR_PICK_FILTER && !path_fits(t, n, step.filter, whole, &inside, e))
            return false;
        if (inside && (inside->sort != FHIR_SORT_PRIMITIVE || !fhir_format_json(inside->format, step.value)))
            return err_set(e, ERR_INVALID, "path '%s': the filter's value is not a %s", whole,
                           fhir_type_name(inside).p);
        t = fhir_type_of(t, n);
    }
    *ret_type = t;
    return bad ? err_set(e, ERR_INVALID, "path '%s': not a path", whole) : true;
}

/* ---- placing members ---- */
static int order_of(const struct fhir_type *t, struct str key)
{
    const struct fhir_elem *el = t ? elem_of(t, key) : NULL;
    return el ? el->order : -1;
}

/* Members keep the order of the specification, whatever order they are set in. */
static void insert_member(const struct place *at, struct fhir_node *child)
{
    struct fhir_node *before = NULL;
    for (struct fhir_node *m = at->node->first; m && order_of(at->type, m->key) <= at->elem->order;
         m = m->next)
        before = m;
    child->next = before ? before->next : at->node->first;
    if (before)
        before->next = child;
    else
        at->node->first = child;
    if (!child->next)
        at->node->last = child;
}

static void unlink_child(struct fhir_node *parent, struct fhir_node *child)
{
    struct fhir_node *before = NULL;
    for (struct fhir_node *n = parent->first; n && n != child; n = n->next)
        before = n;
    if (before)
        before->next = child->next;
    else
        parent->first = child->next;
    if (parent->last == child)
        parent->last = before;
    child->next = NULL;
}

/* Of a choice element only one form may stay. */
static void drop_other_forms(const struct place *at)
{
    struct fhir_node *next = NULL;
    for (struct fhir_node *m = at->node->first; at->elem->choice && m; m = next) {
        next = m->next;
        struct str name = is_sibling(m->key) ? str_sub(m->key, 1, m->key.n) : m->key;
        const struct fhir_elem *el = fhir_elem_find(at->type, name);
        if (el && el != at->elem && el->choice == at->elem->choice)
            unlink_child(at->node, m);
    }
}

static struct fhir_node *new_node(const struct place *at, const struct fhir_type *t)
{
    struct fhir_node *n = ARENA_NEW(at->arena, struct fhir_node);
    n->kind = t->sort == FHIR_SORT_PRIMITIVE ? FHIR_NULL : FHIR_OBJECT;
    return n;
}

/* ---- making ---- */
/* A new last item; its filter's values are set in it. */
static struct fhir_node *append_item(struct place *at, struct fhir_node *array, const struct fhir_step *step,
                                     struct err *e)
{
    const struct fhir_type *t = type_below(at->elem, step->name);
    struct fhir_node *item = new_node(at, t);
    fhir_add_node(array, item);
    struct place below = {at->arena, at->path, item, t, NULL};
    if (step->pick == FHIR_PICK_FILTER && !set_below(&below, step->filter, step->value, e))
        return NULL;
    return item;
}

static struct fhir_node *make_member(struct place *at, const struct fhir_step *step, bool array)
{
    drop_other_forms(at);
    struct fhir_node *m = new_node(at, type_below(at->elem, step->name));
    if (array)
        m->kind = FHIR_ARRAY;
    m->key = arena_str(at->arena, step->name);
    insert_member(at, m);
    return m;
}

/* The node one step below, made when missing. The path fits, so this fails only over a filter's value. */
static struct fhir_node *make_step(struct place *at, const struct fhir_step *step, struct err *e)
{
    at->elem = elem_of(at->type, step->name);
    bool array = (at->elem->flags & FHIR_ELEM_ARRAY) != 0;
    struct fhir_node *member = fhir_member_of(at->node, step->name);
    struct fhir_node *found = fhir_picked(member, step);
    if (found)
        return found;
    if (!member)
        member = make_member(at, step, array);
    if (array)
        return append_item(at, member, step, e);
    struct place below = {at->arena, at->path, member, type_below(at->elem, step->name), NULL};
    if (step->pick == FHIR_PICK_FILTER && !set_below(&below, step->filter, step->value, e))
        return NULL;
    return member;
}

/* Walk a path that fits; afterwards at->node is the last node and at->type its type. */
static bool make_path(struct place *at, struct str path, struct err *e)
{
    struct fhir_step step;
    bool bad = false;
    while (fhir_step_next(&path, &step, &bad)) {
        struct fhir_node *next = make_step(at, &step, e);
        if (!next)
            return false;
        at->type = fhir_type_of(type_below(at->elem, step.name), next);
        at->node = next;
    }
    return true;
}

static bool set_below(struct place *at, struct str path, struct str text, struct err *e)
{
    if (!make_path(at, path, e))
        return false;
    if (at->type->sort != FHIR_SORT_PRIMITIVE || !fhir_format_json(at->type->format, text))
        return err_set(e, ERR_INVALID, "path '%s': not a %s", at->path, fhir_type_name(at->type).p);
    at->node->kind = fhir_format_kind(at->type->format);
    at->node->text = arena_str(at->arena, text);
    return true;
}

/* Nothing is there; the types must know the path all the same, so that a wrong one is found whatever the
 * text. */
static bool path_known(const struct fhir_type *t, struct str path)
{
    struct fhir_step step;
    bool bad = false;
    while (t != &fhir_types[FHIR_T_Resource] && fhir_step_next(&path, &step, &bad)) {
        const struct fhir_elem *el = elem_of(t, step.name);
        if (!el)
            return false;
        t = type_below(el, step.name);
    }
    return !bad;
}

/* The type of the resource itself and the one the path ends at. */
static bool check_path(const struct fhir_node *resource, const char *path, const struct fhir_type **ret_root,
                       const struct fhir_type **ret_type, struct err *e)
{
    *ret_root = fhir_type_of(&fhir_types[FHIR_T_Resource], resource);
    if (!*ret_root)
        return err_set(e, ERR_INVALID, "path '%s': not below a resource", path);
    return path_fits(*ret_root, resource, str_of(path), path, ret_type, e);
}

bool fhir_set(struct arena *a, struct fhir_node *resource, const char *path, struct str text, struct err *e)
{
    const struct fhir_type *root = fhir_type_of(&fhir_types[FHIR_T_Resource], resource), *t = NULL;
    if (!text.n && root && !fhir_at(resource, path) && path_known(root, str_of(path)))
        return true;
    if (!check_path(resource, path, &root, &t, e))
        return false;
    if (!t || t->sort != FHIR_SORT_PRIMITIVE)
        return err_set(e, ERR_INVALID, "path '%s': not a primitive", path);
    if (!text.n) {
        fhir_remove(resource, path);
        return true;
    }
    if (!fhir_format_json(t->format, text))
        return err_set(e, ERR_INVALID, "path '%s': not a %s", path, fhir_type_name(t).p);
    struct place at = {a, path, resource, root, NULL};
    return set_below(&at, str_of(path), text, e);
}

struct fhir_node *fhir_make(struct arena *a, struct fhir_node *resource, const char *path, struct err *e)
{
    const struct fhir_type *root = NULL, *t = NULL;
    if (!check_path(resource, path, &root, &t, e))
        return NULL;
    if (t && t->sort == FHIR_SORT_PRIMITIVE) {
        err_set(e, ERR_INVALID, "path '%s': a primitive cannot be made", path);
        return NULL;
    }
    struct place at = {a, path, resource, root, NULL};
    return make_path(&at, str_of(path), e) ? at.node : NULL;
}

/* ---- removing ---- */
/* The object holds the values of the filter it was found by, each the only one of its kind, and nothing else.
 */
static bool only_filter(const struct fhir_node *n, struct str filter)
{
    struct str name = STR_NONE;
    if (n->kind == FHIR_ARRAY)
        return n->first && n->first == n->last && only_filter(n->first, filter);
    if (!str_next(&filter, '.', &name))
        return true;
    return n->kind == FHIR_OBJECT && n->first && n->first == n->last && str_eq(n->first->key, name) &&
           only_filter(n->first, filter);
}

/* The extensions of a primitive go with it. */
static struct fhir_node *sibling_of(const struct fhir_node *object, struct str name)
{
    for (struct fhir_node *m = object->first; m; m = m->next)
        if (is_sibling(m->key) && str_eq(str_sub(m->key, 1, m->key.n), name))
            return m;
    return NULL;
}

static void remove_item(struct fhir_node *object, struct fhir_node *member, struct fhir_node *item)
{
    struct fhir_node *sibling = sibling_of(object, member->key);
    struct fhir_node *beside = sibling ? sibling->first : NULL;
    for (struct fhir_node *n = member->first; n != item; n = n->next)
        beside = beside ? beside->next : NULL;
    if (sibling && sibling->kind == FHIR_ARRAY && beside)
        unlink_child(sibling, beside);
    unlink_child(member, item);
    if (!member->first)
        unlink_child(object, member);
}

static void remove_member(struct fhir_node *object, struct fhir_node *member)
{
    struct fhir_node *sibling = sibling_of(object, member->key);
    if (sibling)
        unlink_child(object, sibling);
    unlink_child(object, member);
}

static void remove_below(struct fhir_node *object, struct str path)
{
    struct fhir_step step;
    bool bad = false;
    if (!fhir_step_next(&path, &step, &bad))
        return;
    struct fhir_node *member = fhir_member_of(object, step.name);
    struct fhir_node *found = fhir_picked(member, &step);
    if (!found)
        return;
    bool last = !path.p, whole = member->kind != FHIR_ARRAY || (last && step.pick == FHIR_PICK_FIRST);
    if (!last) {
        remove_below(found, path);
        bool empty = !found->first && (found->kind == FHIR_OBJECT || found->kind == FHIR_ARRAY);
        if (!empty && !(step.pick == FHIR_PICK_FILTER && only_filter(found, step.filter)))
            return;
    }
    if (whole)
        remove_member(object, member);
    else
        remove_item(object, member, found);
}

void fhir_remove(struct fhir_node *resource, const char *path)
{
    remove_below(resource, str_of(path));
}
