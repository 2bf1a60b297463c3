/* JSON pointers. */
#include "fhir/patch/patch_priv.h"

#include <string.h>

/* "~1" is "/", "~0" is "~", nothing else follows a "~". */
static bool unescape(struct arena *a, struct str step, struct str *ret_name, struct err *e)
{
    if (str_find(step, '~') == step.n) {
        *ret_name = step;
        return true;
    }
    char *to = arena_alloc(a, step.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < step.n; i++) {
        bool escape = step.p[i] == '~';
        char next = i + 1 < step.n ? step.p[i + 1] : ' ';
        if (escape && next != '0' && next != '1')
            return err_set(e, ERR_INVALID, "a '~' of a JSON pointer is written ~0");
        to[n++] = !escape ? step.p[i] : next == '0' ? '~' : '/';
        i += escape;
    }
    *ret_name = (struct str){to, n};
    return true;
}

static bool nothing(struct err *e)
{
    return err_set(e, ERR_PROCESSING, "the pointer leads to nothing in this document");
}

static bool find_member(struct patch *p, struct str name, struct patch_place *at, struct err *e)
{
    int64_t steps = 1;
    for (; at->node && !str_eq(at->node->key, name); at->node = at->node->next, steps++)
        at->previous = at->node;
    at->key = name;
    return patch_step(p, steps, e);
}

/* Digits without leading zeros; "-" is the place behind the last item. */
static bool find_item(struct patch *p, struct str name, bool may_add, struct patch_place *at, struct err *e)
{
    int64_t index = 0, i = 0;
    bool end = str_is(name, "-");
    if (!end && (!name.n || name.n > 9 || strspn(arena_cstr(p->arena, name), "0123456789") != name.n ||
                 (name.p[0] == '0' && name.n > 1) || !str_int(name, &index)))
        return err_set(e, ERR_PROCESSING, "an item of an array is named by its number");
    if (end && may_add) {
        at->previous = at->parent->last;
        at->node = NULL;
        return true;
    }
    for (; at->node && i < index; at->node = at->node->next, i++)
        at->previous = at->node;
    if (!patch_step(p, i + 1, e))
        return false;
    return (!end && i == index) || nothing(e);
}

/* From a node to its child. */
static bool descend(struct patch *p, struct str name, bool may_add, struct patch_place *at, struct err *e)
{
    struct fhir_node *parent = at->node;
    if (!parent || (parent->kind != FHIR_OBJECT && parent->kind != FHIR_ARRAY))
        return nothing(e);
    *at = (struct patch_place){.parent = parent, .node = parent->first, .depth = at->depth + 1};
    return parent->kind == FHIR_OBJECT ? find_member(p, name, at, e) : find_item(p, name, may_add, at, e);
}

bool pointer_find(struct patch *p, struct str pointer, bool adding, struct patch_place *ret_place, struct err *e)
{
    struct patch_place at = {.node = p->root, .depth = 1};
    struct str rest = pointer, step, name = STR("");
    if (pointer.n && pointer.p[0] != '/')
        return err_set(e, ERR_INVALID, "a JSON pointer is empty or begins with '/'");
    if (pointer.n)
        rest = str_sub(rest, 1, rest.n);
    else
        rest = STR_NONE;
    while (rest.p && str_next(&rest, '/', &step)) {
        if (!unescape(p->arena, step, &name, e) || !descend(p, name, adding && !rest.p, &at, e))
            return false;
    }
    if (!at.node && !adding)
        return nothing(e);
    *ret_place = at;
    return true;
}
