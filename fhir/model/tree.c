#include "fhir/model/model.h"

#include <string.h>

const struct fhir_node *fhir_member(const struct fhir_node *n, const char *name)
{
    if (!n || n->kind != FHIR_OBJECT)
        return NULL;
    size_t length = strlen(name);
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (m->key.n == length && memcmp(m->key.p, name, length) == 0)
            return m;
    return NULL;
}

void fhir_add_node(struct fhir_node *parent, struct fhir_node *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

/* Member names are mostly literals, but nothing says so: they are copied. */
static struct fhir_node *add(struct arena *a, struct fhir_node *parent, const char *key, enum fhir_kind kind)
{
    struct fhir_node *n = ARENA_NEW(a, struct fhir_node);
    n->kind = kind;
    if (key)
        n->key = arena_str(a, str_of(key));
    fhir_add_node(parent, n);
    return n;
}

struct fhir_node *fhir_new(struct arena *a, const char *type)
{
    struct fhir_node *n = ARENA_NEW(a, struct fhir_node);
    n->kind = FHIR_OBJECT;
    fhir_add_string(a, n, "resourceType", str_of(type));
    return n;
}

struct fhir_node *fhir_add_string(struct arena *a, struct fhir_node *object, const char *key, struct str text)
{
    struct fhir_node *n = add(a, object, key, FHIR_STRING);
    n->text = arena_str(a, text);
    return n;
}

struct fhir_node *fhir_add_number(struct arena *a, struct fhir_node *object, const char *key, struct str text)
{
    struct fhir_node *n = add(a, object, key, FHIR_NUMBER);
    n->text = arena_str(a, text);
    return n;
}

struct fhir_node *fhir_add_bool(struct arena *a, struct fhir_node *object, const char *key, bool value)
{
    struct fhir_node *n = add(a, object, key, FHIR_BOOL);
    n->text = value ? STR("true") : STR("false");
    return n;
}

struct fhir_node *fhir_add_object(struct arena *a, struct fhir_node *object, const char *key)
{
    return add(a, object, key, FHIR_OBJECT);
}

struct fhir_node *fhir_add_array(struct arena *a, struct fhir_node *object, const char *key)
{
    return add(a, object, key, FHIR_ARRAY);
}

struct fhir_node *fhir_copy(struct arena *a, const struct fhir_node *n)
{
    struct fhir_node *copy = ARENA_NEW(a, struct fhir_node);
    copy->kind = n->kind;
    copy->line = n->line;
    copy->column = n->column;
    copy->key = n->key.p ? arena_str(a, n->key) : STR_NONE;
    copy->text = n->text.p ? arena_str(a, n->text) : STR_NONE;
    for (const struct fhir_node *child = n->first; child; child = child->next)
        fhir_add_node(copy, fhir_copy(a, child));
    return copy;
}
