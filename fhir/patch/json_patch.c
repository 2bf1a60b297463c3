/* JSON Patch (RFC 6902). */
#include "fhir/patch/patch_priv.h"

struct operation {
    struct str path, from;
    const struct fhir_node *value;
};

static bool put(struct patch *p, struct patch_place *at, const struct fhir_node *value, struct err *e)
{
    struct fhir_node *node;
    return patch_copy(p, value, &node, e) && patch_insert(p, at, node, e);
}

/* The new value takes the old one's place among the members. */
static bool exchange(struct patch *p, struct patch_place *at, const struct fhir_node *value, struct err *e)
{
    if (at->parent)
        at->key = at->node->key;
    if (at->parent)
        patch_remove(at);
    return put(p, at, value, e);
}

static bool do_add(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place at;
    if (!pointer_find(p, o->path, true, &at, e))
        return false;
    bool replaces = at.node && (!at.parent || at.parent->kind == FHIR_OBJECT);
    return replaces ? exchange(p, &at, o->value, e) : put(p, &at, o->value, e);
}

static bool do_remove(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place at;
    if (!pointer_find(p, o->path, false, &at, e))
        return false;
    if (!at.parent)
        return err_set(e, ERR_PROCESSING, "the whole resource can not be removed");
    patch_remove(&at);
    return true;
}

static bool do_replace(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place at;
    return pointer_find(p, o->path, false, &at, e) && exchange(p, &at, o->value, e);
}

static bool do_copy(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place from;
    if (!pointer_find(p, o->from, false, &from, e))
        return false;
    struct operation add = {.path = o->path, .value = from.node};
    return do_add(p, &add, e);
}

/* Nothing moves into itself (§4.4). */
static bool do_move(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place from;
    struct str below = str_sub(o->path, 0, o->from.n);
    if (!pointer_find(p, o->from, false, &from, e))
        return false;
    if (str_eq(o->from, o->path))
        return true;
    if (!from.parent || (str_eq(below, o->from) && o->path.p[o->from.n] == '/'))
        return err_set(e, ERR_PROCESSING, "nothing can be moved into itself");
    struct operation add = {.path = o->path, .value = from.node};
    patch_remove(&from);
    return do_add(p, &add, e);
}

static bool do_test(struct patch *p, const struct operation *o, struct err *e)
{
    struct patch_place at;
    bool equal;
    if (!pointer_find(p, o->path, false, &at, e) || !values_equal(p, o->value, at.node, &equal, e))
        return false;
    return equal || err_set(e, ERR_PROCESSING, "the document does not hold the value the test names");
}

static const struct {
    const char *name;
    bool value, from; /* what it needs besides its path */
    bool (*run)(struct patch *p, const struct operation *o, struct err *e);
} verbs[] = {
    {"add", true, false, do_add},   {"remove", false, false, do_remove}, {"replace", true, false, do_replace},
    {"move", false, true, do_move}, {"copy", false, true, do_copy},      {"test", true, false, do_test},
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static bool take_text(const struct fhir_node *n, const char *name, struct str *ret_text, struct err *e)
{
    const struct fhir_node *m = fhir_member(n, name);
    if (!m || m->kind != FHIR_STRING)
        return err_set(e, ERR_INVALID, "an operation needs the text '%s'", name);
    *ret_text = m->text;
    return true;
}

static bool run(struct patch *p, const struct fhir_node *n, struct err *e)
{
    struct operation o = {.value = fhir_member(n, "value")};
    struct str verb;
    size_t v = 0;
    if (n->kind != FHIR_OBJECT)
        return err_set(e, ERR_INVALID, "an operation is an object");
    if (!take_text(n, "op", &verb, e))
        return false;
    while (v < VERBS && !str_is(verb, verbs[v].name))
        v++;
    if (v == VERBS)
        return err_set(e, ERR_INVALID, "an 'op' is add, remove, replace, move, copy or test");
    if (!take_text(n, "path", &o.path, e) || (verbs[v].from && !take_text(n, "from", &o.from, e)))
        return false;
    if (verbs[v].value && !o.value)
        return err_set(e, ERR_INVALID, "the operation %s needs a 'value'", verbs[v].name);
    return verbs[v].run(p, &o, e);
}

bool patch_json(struct arena *a, const struct fhir_node *resource, const struct fhir_node *patch,
                struct fhir_node **ret_node, struct err *e)
{
    struct patch p;
    int number = 0;
    if (patch->kind != FHIR_ARRAY)
        return err_set(e, ERR_INVALID, "a JSON Patch is an array of operations");
    patch_begin(&p, a, resource);
    for (const struct fhir_node *n = patch->first; n; n = n->next) {
        if (number++ == PATCH_OPERATIONS_MAX)
            return err_set(e, ERR_TOO_LARGE, "a patch has at most %d operations", PATCH_OPERATIONS_MAX);
        if (!run(&p, n, e))
            return err_wrap(e, "operation %d of the patch", number);
    }
    *ret_node = patch_end(&p);
    return true;
}
