/* FHIRPath Patch: a Parameters resource of operations, each at a place an expression names (fhirpatch.html). */
#include "fhir/patch/patch_priv.h"

#include "fhir/fhirpath/fhirpath.h"

struct work {
    struct patch patch;
    struct arena scratch; /* of one operation: expressions and what they find */
    struct fhirpath_item root;
};

struct operation {
    struct str path, name;
    const struct fhir_node *value; /* the part itself */
    int64_t index, source, destination;
};

/* ---- the parts of an operation ---- */

static const struct fhir_node *find_part(const struct fhir_node *parameter, const char *name)
{
    const struct fhir_node *parts = fhir_member(parameter, "part");
    for (const struct fhir_node *p = parts ? parts->first : NULL; p; p = p->next)
        if (str_is(fhir_text(p, "name"), name))
            return p;
    return NULL;
}

/* The value[x] of a part, or its "_value[x]" half. */
static const struct fhir_node *value_of(const struct fhir_node *part, const char *prefix)
{
    for (const struct fhir_node *m = part ? part->first : NULL; m; m = m->next)
        if (str_starts(m->key, prefix))
            return m;
    return NULL;
}

static struct str part_text(const struct fhir_node *parameter, const char *name)
{
    const struct fhir_node *value = value_of(find_part(parameter, name), "value");
    return value && value->kind != FHIR_OBJECT && value->kind != FHIR_ARRAY ? value->text : STR("");
}

static bool part_number(const struct fhir_node *parameter, const char *name, int64_t *ret_n, struct err *e)
{
    return (str_int(part_text(parameter, name), ret_n) && *ret_n >= 0) ||
           err_set(e, ERR_INVALID, "the operation needs a number from 0 as '%s'", name);
}

/* ---- finding ---- */

static bool evaluate(struct work *w, struct str path, struct fhirpath_list *ret_list, struct err *e)
{
    struct patch *p = &w->patch;
    size_t before = w->scratch.used;
    long most = p->steps < FHIRPATH_STEPS ? (long)p->steps : FHIRPATH_STEPS;
    struct fhirpath_context c = {.arena = &w->scratch, .steps = most};
    const struct fhirpath *x = fhirpath_compile(&w->scratch, path, e);
    if (!x || !patch_step(p, 1, e))
        return false;
    w->root = fhirpath_root(p->root);
    bool ok = fhirpath_eval(x, &c, &w->root, ret_list, e);
    return patch_step(p, most - c.steps + (int64_t)((w->scratch.used - before) / 64), e) && ok;
}

static bool in_document(const struct fhirpath_item *item, struct err *e)
{
    return item->node || item->more || err_set(e, ERR_PROCESSING, "the path leads to a value, not to an element");
}

static bool find_one(struct work *w, struct str path, const struct fhirpath_item **ret_item, struct err *e)
{
    struct fhirpath_list list = {0};
    if (!evaluate(w, path, &list, e))
        return false;
    if (list.n != 1)
        return err_set(e, ERR_PROCESSING, "the path leads to %zu elements, not to one", list.n);
    *ret_item = list.items[0];
    return in_document(list.items[0], e);
}

/* The object that holds an element's members: of a primitive, its "_name" half. */
static struct fhir_node *members_of(const struct fhirpath_item *item)
{
    const struct fhir_node *n = item->node && item->node->kind == FHIR_OBJECT ? item->node : item->more;
    return (struct fhir_node *)(uintptr_t)n; /* of the copy, which is ours to change */
}

/* JSON levels down to an element, itself included. */
static int depth_of(const struct fhirpath_item *item)
{
    return item->parent ? depth_of(item->parent) + 1 + (item->index >= 0) : 1;
}

/* All occurrences of the element that a found one is of. */
static bool load(struct work *w, const struct fhirpath_item *item, struct slots *ret_slots, struct err *e)
{
    struct fhir_node *object = item->parent ? members_of(item->parent) : NULL;
    if (!object)
        return err_set(e, ERR_PROCESSING, "the whole resource can not be changed by a patch");
    if (!slots_load(&w->patch, object, item->name, item->index >= 0, ret_slots, e))
        return false;
    size_t at = item->index < 0 ? 0 : (size_t)item->index;
    return at < ret_slots->n || err_set(e, ERR_PROCESSING, "the path leads to no place in the document");
}

/* ---- making values ---- */

struct made {
    struct fhir_node *value, *more;
};

static bool make(struct work *w, const struct fhir_type *t, const struct fhir_node *part, struct made *ret_made,
                 struct err *e);

/* "DateTime" of a part with a valueDateTime. */
static struct str suffix_of(const struct fhir_node *part)
{
    const struct fhir_node *value = value_of(part, "value");
    const struct fhir_node *more = value ? NULL : value_of(part, "_value");
    return value ? str_sub(value->key, 5, value->key.n) : more ? str_sub(more->key, 6, more->key.n) : STR("");
}

struct named { /* an element as it stands in JSON: "deceased" with a boolean is deceasedBoolean */
    struct str key;
    struct fhir_member member;
};

static bool find_named(struct work *w, const struct fhir_type *t, struct str name, const struct fhir_node *part,
                       struct named *ret, struct err *e)
{
    ret->key = name;
    bool known = t && fhir_type_member(t, ret->key, &ret->member);
    if (!known) {
        ret->key = arena_printf(w->patch.arena, "%.*s%.*s", STR_ARG(name), STR_ARG(suffix_of(part)));
        known = t && fhir_type_member(t, ret->key, &ret->member) && ret->member.choice;
    }
    return known || err_set(e, ERR_PROCESSING, "%s has no element '%.*s' of this type",
                            t ? fhir_type_name(t).p : "this", STR_ARG(str_utf8_clip(name, 60)));
}

/* One more occurrence of an element in an object of a type. */
static bool put_named(struct work *w, struct fhir_node *object, const struct named *n, const struct fhir_node *part,
                      struct err *e)
{
    struct slots s;
    struct made made = {NULL, NULL};
    if (!make(w, n->member.type, part, &made, e) ||
        !slots_load(&w->patch, object, n->key, n->member.array, &s, e))
        return false;
    if (s.n && !s.array)
        return err_set(e, ERR_PROCESSING, "the element '%.*s' is there already and comes once",
                       STR_ARG(str_utf8_clip(n->key, 60)));
    slots_insert(&s, s.n, made.value, made.more);
    slots_store(&w->patch, &s);
    return true;
}

/* An element without a datatype of its own is told by its parts. */
static bool make_of_parts(struct work *w, const struct fhir_type *t, const struct fhir_node *parts,
                          struct made *ret_made, struct err *e)
{
    struct named n;
    struct fhir_node *object = ARENA_NEW(w->patch.arena, struct fhir_node);
    object->kind = FHIR_OBJECT;
    for (const struct fhir_node *p = parts->first; p; p = p->next)
        if (!find_named(w, t, fhir_text(p, "name"), p, &n, e) || !put_named(w, object, &n, p, e))
            return false;
    *ret_made = (struct made){object, NULL};
    return true;
}

static bool make(struct work *w, const struct fhir_type *t, const struct fhir_node *part, struct made *ret_made,
                 struct err *e)
{
    const struct fhir_node *parts = fhir_member(part, "part"), *value = value_of(part, "value"),
                           *more = value_of(part, "_value");
    if (parts)
        return make_of_parts(w, t, parts, ret_made, e);
    if (!value)
        value = fhir_member(part, "resource");
    if (!value && !more)
        return err_set(e, ERR_INVALID, "a part has neither a value nor parts");
    *ret_made = (struct made){NULL, NULL};
    return (!value || patch_copy(&w->patch, value, &ret_made->value, e)) &&
           (!more || patch_copy(&w->patch, more, &ret_made->more, e));
}

static bool fits_depth(int above, const struct made *m, struct err *e)
{
    int value = m->value ? patch_height(m->value) : 0, more = m->more ? patch_height(m->more) : 0;
    return above + (value > more ? value : more) <= FHIR_DEPTH_MAX ||
           err_set(e, ERR_PROCESSING, "the document would be nested deeper than %d", FHIR_DEPTH_MAX);
}

/* ---- the operations ---- */

/* A primitive without extensions has nothing yet that could hold one. */
static bool make_half(struct work *w, const struct fhirpath_item *item, struct fhir_node **ret_object, struct err *e)
{
    struct slots s;
    struct fhir_node *half = ARENA_NEW(w->patch.arena, struct fhir_node);
    if (!load(w, item, &s, e))
        return false;
    half->kind = FHIR_OBJECT;
    s.more[item->index < 0 ? 0 : item->index] = half;
    slots_store(&w->patch, &s);
    *ret_object = half;
    return true;
}

static bool add_to(struct work *w, const struct fhirpath_item *item, struct str name, const struct fhir_node *part,
                   struct err *e)
{
    const struct fhir_type *t = item->type;
    struct fhir_node *object = members_of(item);
    struct made made = {NULL, NULL};
    struct named n = {.key = name};
    if (!item->node || item->node->kind != FHIR_OBJECT)
        t = fhir_type_find(STR("Element"));
    if (!find_named(w, t, name, part, &n, e) || !make(w, n.member.type, part, &made, e) ||
        !fits_depth(depth_of(item) + n.member.array, &made, e))
        return false;
    return (object || make_half(w, item, &object, e)) && put_named(w, object, &n, part, e);
}

static bool do_add(struct work *w, const struct operation *o, struct err *e)
{
    const struct fhirpath_item *item = NULL;
    return find_one(w, o->path, &item, e) && add_to(w, item, o->name, o->value, e);
}

static bool do_delete(struct work *w, const struct operation *o, struct err *e)
{
    struct fhirpath_list list = {0};
    struct slots s;
    if (!evaluate(w, o->path, &list, e))
        return false;
    if (!list.n)
        return true; /* as gone as it can be */
    if (list.n > 1)
        return err_set(e, ERR_PROCESSING, "the path leads to %zu elements; one at a time can be deleted", list.n);
    const struct fhirpath_item *item = list.items[0];
    if (!in_document(item, e) || !load(w, item, &s, e))
        return false;
    slots_remove(&s, item->index < 0 ? 0 : (size_t)item->index);
    slots_store(&w->patch, &s);
    return true;
}

/* Another form of a choice element has another name. */
static bool rename_choice(struct work *w, const struct fhirpath_item *item, const struct operation *o, struct slots *s,
                          struct err *e)
{
    struct fhir_member member;
    const struct fhir_type *t = item->parent->type;
    struct str suffix = suffix_of(o->value), stem = item->name, key;
    if (!t || !suffix.n || !fhir_type_member(t, item->name, &member) || !member.choice || !member.type)
        return true;
    stem.n -= fhir_type_name(member.type).n;
    key = arena_printf(w->patch.arena, "%.*s%.*s", STR_ARG(stem), STR_ARG(suffix));
    if (str_eq(key, item->name))
        return true;
    if (!fhir_type_member(t, key, &member) || !member.choice)
        return err_set(e, ERR_PROCESSING, "the element can not have this type");
    s->n = 0;
    slots_store(&w->patch, s);
    return slots_load(&w->patch, s->object, key, false, s, e);
}

static bool do_replace(struct work *w, const struct operation *o, struct err *e)
{
    const struct fhirpath_item *item = NULL;
    struct slots s;
    struct made made = {NULL, NULL};
    if (!find_one(w, o->path, &item, e) || !load(w, item, &s, e) || !make(w, item->type, o->value, &made, e) ||
        !fits_depth(depth_of(item) - 1, &made, e) || !rename_choice(w, item, o, &s, e))
        return false;
    size_t at = item->index < 0 ? 0 : (size_t)item->index;
    if (at >= s.n)
        s.n = at + 1;
    s.value[at] = made.value;
    s.more[at] = made.more;
    slots_store(&w->patch, &s);
    return true;
}

/* The occurrences of one repeating element. */
static bool find_list(struct work *w, struct str path, struct fhirpath_list *list, struct err *e)
{
    if (!evaluate(w, path, list, e))
        return false;
    for (size_t i = 0; i < list->n; i++) {
        const struct fhirpath_item *item = list->items[i];
        if (!in_document(item, e))
            return false;
        if (item->index < 0 || item->parent != list->items[0]->parent || !str_eq(item->name, list->items[0]->name))
            return err_set(e, ERR_PROCESSING, "the path does not lead to one list");
    }
    return true;
}

/* Of an empty list the path is all there is: what is before its last name must be there. */
static bool insert_first(struct work *w, const struct operation *o, struct err *e)
{
    const struct fhirpath_item *item = NULL;
    size_t dot = o->path.n;
    while (dot && o->path.p[dot - 1] != '.')
        dot--;
    struct str name = str_sub(o->path, dot, o->path.n);
    if (!dot || !find_one(w, str_sub(o->path, 0, dot - 1), &item, e))
        return dot ? false : err_set(e, ERR_PROCESSING, "the path leads to no list");
    return add_to(w, item, name, o->value, e);
}

static bool do_insert(struct work *w, const struct operation *o, struct err *e)
{
    struct fhirpath_list list = {0};
    struct slots s;
    struct made made = {NULL, NULL};
    if (!find_list(w, o->path, &list, e))
        return false;
    if (o->index > (int64_t)list.n)
        return err_set(e, ERR_PROCESSING, "the list has %zu items: nothing can be inserted at %lld", list.n,
                       (long long)o->index);
    if (!list.n)
        return insert_first(w, o, e);
    bool end = o->index == (int64_t)list.n;
    const struct fhirpath_item *by = list.items[end ? list.n - 1 : (size_t)o->index];
    if (!load(w, by, &s, e) || !make(w, by->type, o->value, &made, e) || !fits_depth(depth_of(by) - 1, &made, e))
        return false;
    slots_insert(&s, (size_t)by->index + end, made.value, made.more);
    slots_store(&w->patch, &s);
    return true;
}

static bool do_move(struct work *w, const struct operation *o, struct err *e)
{
    struct fhirpath_list list = {0};
    struct slots s;
    if (!find_list(w, o->path, &list, e))
        return false;
    int64_t n = (int64_t)list.n;
    if (o->source >= n || o->destination >= n)
        return err_set(e, ERR_PROCESSING, "the list has %lld items: nothing moves from %lld to %lld", (long long)n,
                       (long long)o->source, (long long)o->destination);
    size_t from = (size_t)list.items[o->source]->index, to = (size_t)list.items[o->destination]->index;
    if (!load(w, list.items[o->source], &s, e))
        return false;
    struct made moved = {s.value[from], s.more[from]};
    slots_remove(&s, from);
    slots_insert(&s, to, moved.value, moved.more);
    slots_store(&w->patch, &s);
    return true;
}

enum { NEEDS_NAME = 1, NEEDS_VALUE = 2, NEEDS_INDEX = 4, NEEDS_PLACES = 8 };

/* TO ADD AN OPERATION: 1 a row here  2 its function  3 a row in the test */
static const struct {
    const char *type;
    unsigned needs; /* besides its path */
    bool (*run)(struct work *w, const struct operation *o, struct err *e);
} operations[] = {
    {"add", NEEDS_NAME | NEEDS_VALUE, do_add},
    {"insert", NEEDS_VALUE | NEEDS_INDEX, do_insert},
    {"delete", 0, do_delete},
    {"replace", NEEDS_VALUE, do_replace},
    {"move", NEEDS_PLACES, do_move},
};
enum { OPERATIONS = sizeof operations / sizeof operations[0] };

static bool read_operation(const struct fhir_node *parameter, unsigned needs, struct operation *ret, struct err *e)
{
    ret->path = part_text(parameter, "path");
    ret->name = part_text(parameter, "name");
    ret->value = find_part(parameter, "value");
    if (!ret->path.n || ((needs & NEEDS_NAME) && !ret->name.n) || ((needs & NEEDS_VALUE) && !ret->value))
        return err_set(e, ERR_INVALID, "the operation needs a '%s'",
                       !ret->path.n                           ? "path"
                       : (needs & NEEDS_NAME) && !ret->name.n ? "name"
                                                              : "value");
    return (!(needs & NEEDS_INDEX) || part_number(parameter, "index", &ret->index, e)) &&
           (!(needs & NEEDS_PLACES) || (part_number(parameter, "source", &ret->source, e) &&
                                        part_number(parameter, "destination", &ret->destination, e)));
}

static bool run(struct work *w, const struct fhir_node *parameter, struct err *e)
{
    struct operation o = {.index = 0};
    size_t i = 0;
    struct str type = part_text(parameter, "type");
    if (!str_is(fhir_text(parameter, "name"), "operation"))
        return err_set(e, ERR_INVALID, "a parameter of a patch is named 'operation'");
    while (i < OPERATIONS && !str_is(type, operations[i].type))
        i++;
    if (i == OPERATIONS)
        return err_set(e, ERR_INVALID, "a 'type' is add, insert, delete, replace or move");
    arena_reset(&w->scratch);
    return read_operation(parameter, operations[i].needs, &o, e) && operations[i].run(w, &o, e);
}

bool patch_fhirpath(struct arena *a, const struct fhir_node *resource, const struct fhir_node *patch,
                    struct fhir_node **ret_node, struct err *e)
{
    struct work w;
    int number = 0;
    bool ok = true;
    const struct fhir_node *list = fhir_member(patch, "parameter");
    if (!str_is(fhir_text(patch, "resourceType"), "Parameters"))
        return err_set(e, ERR_INVALID, "a FHIRPath Patch is a Parameters resource");
    patch_begin(&w.patch, a, resource);
    arena_init(&w.scratch);
    for (const struct fhir_node *p = list ? list->first : NULL; p && ok; p = p->next) {
        ok = number++ < PATCH_OPERATIONS_MAX
                 ? run(&w, p, e) || err_wrap(e, "operation %d of the patch", number)
                 : err_set(e, ERR_TOO_LARGE, "a patch has at most %d operations", PATCH_OPERATIONS_MAX);
    }
    arena_release(&w.scratch);
    if (ok)
        *ret_node = patch_end(&w.patch);
    return ok;
}
