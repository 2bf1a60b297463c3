#include "fhir/model/path_priv.h"

#include <string.h>

/* "[2]" or "[a.b=value]" at the start of *rest. */
static bool read_bracket(struct str *rest, struct fhir_step *step)
{
    size_t close = str_find(*rest, ']');
    if (close == rest->n)
        return false;
    struct str inside = str_sub(*rest, 1, close - 1);
    *rest = str_sub(*rest, close + 1, rest->n);
    size_t equals = str_find(inside, '=');
    if (equals == inside.n) {
        step->pick = FHIR_PICK_INDEX;
        return str_int(inside, &step->index) && step->index >= 0;
    }
    step->pick = FHIR_PICK_FILTER;
    step->filter = str_sub(inside, 0, equals);
    step->value = str_sub(inside, equals + 1, inside.n);
    return step->filter.n > 0 && step->value.n > 0;
}

bool fhir_step_next(struct str *rest, struct fhir_step *ret_step, bool *ret_bad)
{
    *ret_bad = false;
    if (!rest->p)
        return false;
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '.' && rest->p[n] != '[')
        n++;
    struct fhir_step step = {.name = str_sub(*rest, 0, n)};
    struct str behind = str_sub(*rest, n, rest->n);
    *ret_bad = n == 0 || (behind.n && behind.p[0] == '[' && !read_bracket(&behind, &step)) ||
               (behind.n && behind.p[0] != '.');
    if (*ret_bad)
        return false;
    *rest = behind.n ? str_sub(behind, 1, behind.n) : STR_NONE;
    *ret_step = step;
    return true;
}

struct fhir_node *fhir_member_of(const struct fhir_node *object, struct str name)
{
    if (!object || object->kind != FHIR_OBJECT)
        return NULL;
    for (struct fhir_node *m = object->first; m; m = m->next)
        if (m->key.n == name.n && memcmp(m->key.p, name.p, name.n) == 0)
            return m;
    return NULL;
}

static bool is_primitive(const struct fhir_node *n)
{
    return n->kind == FHIR_STRING || n->kind == FHIR_NUMBER || n->kind == FHIR_BOOL;
}

/* Some primitive at the plain path below n, in any item of any array on the way, has this text. */
static bool has_value(const struct fhir_node *n, struct str path, struct str value)
{
    if (!n)
        return false;
    if (n->kind == FHIR_ARRAY) {
        for (const struct fhir_node *item = n->first; item; item = item->next)
            if (has_value(item, path, value))
                return true;
        return false;
    }
    struct str name = STR_NONE;
    if (!str_next(&path, '.', &name))
        return is_primitive(n) && str_eq(n->text, value);
    return has_value(fhir_member_of(n, name), path, value);
}

static bool item_matches(const struct fhir_node *item, const struct fhir_step *step, int64_t at)
{
    if (step->pick == FHIR_PICK_FILTER)
        return has_value(item, step->filter, step->value);
    return step->pick == FHIR_PICK_FIRST || at == step->index;
}

struct fhir_node *fhir_picked(struct fhir_node *member, const struct fhir_step *step)
{
    if (!member || member->kind != FHIR_ARRAY)
        return member && item_matches(member, step, 0) ? member : NULL;
    int64_t at = 0;
    for (struct fhir_node *item = member->first; item; item = item->next, at++)
        if (item_matches(item, step, at))
            return item;
    return NULL;
}

const struct fhir_node *fhir_at(const struct fhir_node *n, const char *path)
{
    struct str rest = str_of(path);
    struct fhir_step step;
    bool bad = false;
    while (n && fhir_step_next(&rest, &step, &bad))
        n = fhir_picked(fhir_member_of(n, step.name), &step);
    return bad ? NULL : n;
}

struct str fhir_text(const struct fhir_node *n, const char *path)
{
    const struct fhir_node *at = fhir_at(n, path);
    return at && is_primitive(at) ? at->text : STR_NONE;
}
