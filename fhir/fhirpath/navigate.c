/* From element to element, by type: what JSON splits into a value and its "_" half is one item, and a choice element
 * answers to its stem. */
#include "fhir/fhirpath/fhirpath_priv.h"

#include <stdio.h>
#include <string.h>

/* ---- kinds ---- */
static enum fhirpath_kind kind_of_format(const char *format)
{
    static const struct {
        const char *format;
        enum fhirpath_kind kind;
    } kinds[] = {
        {"boolean", FHIRPATH_BOOLEAN},     {"integer", FHIRPATH_INTEGER},  {"positiveInt", FHIRPATH_INTEGER},
        {"unsignedInt", FHIRPATH_INTEGER}, {"decimal", FHIRPATH_DECIMAL},  {"date", FHIRPATH_DATE},
        {"dateTime", FHIRPATH_DATETIME},   {"instant", FHIRPATH_DATETIME}, {"time", FHIRPATH_TIME},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(format, kinds[i].format) == 0)
            return kinds[i].kind;
    return FHIRPATH_STRING;
}

/* Of a value no type is known of. */
static enum fhirpath_kind kind_of_node(const struct fhir_node *n)
{
    if (n->kind == FHIR_BOOL)
        return FHIRPATH_BOOLEAN;
    if (n->kind == FHIR_NUMBER)
        return str_find(n->text, '.') < n->text.n ? FHIRPATH_DECIMAL : FHIRPATH_INTEGER;
    return n->kind == FHIR_STRING ? FHIRPATH_STRING : FHIRPATH_ELEMENT;
}

static void set_value(struct fhirpath_item *item)
{
    const struct fhir_node *n = item->node;
    if (!n || n->kind == FHIR_OBJECT || n->kind == FHIR_ARRAY || n->kind == FHIR_NULL)
        return;
    const char *format = item->type ? fhir_type_format(item->type) : NULL;
    item->kind = format ? kind_of_format(format) : kind_of_node(n);
    item->text = n->text;
}

struct fhirpath_item fhirpath_element(const struct fhir_node *node, const struct fhir_type *type)
{
    struct fhirpath_item item = {.node = node, .type = type, .name = node ? node->key : STR_NONE, .index = -1};
    set_value(&item);
    return item;
}

struct fhirpath_item fhirpath_root(const struct fhir_node *resource)
{
    struct fhirpath_item item = {.node = resource, .type = fhir_resource_type(resource), .index = -1};
    if (item.type)
        item.name = fhir_type_name(item.type);
    return item;
}

/* ---- members ---- */
struct member { /* one name of an object: its two halves */
    struct str name;
    const struct fhir_node *value, *more;
    const struct fhir_type *type;
};

static void add_item(struct eval *v, const struct fhirpath_item *parent, const struct member *m, int index,
                     struct fhirpath_list *out)
{
    struct fhirpath_item *item = ARENA_NEW(v->arena, struct fhirpath_item);
    *item = (struct fhirpath_item){
        .node = m->value, .more = m->more, .type = m->type, .parent = parent, .name = m->name, .index = index};
    if (item->node && item->node->kind == FHIR_NULL)
        item->node = NULL;
    if (item->more && item->more->kind == FHIR_NULL)
        item->more = NULL;
    if (!item->node && !item->more)
        return;
    if (item->type && item->node && item->node->kind == FHIR_OBJECT && fhir_type_is_resource(item->type))
        item->type = fhir_resource_type(item->node);
    set_value(item);
    fhirpath_add(v->arena, out, item);
}

static bool add_member(struct eval *v, const struct fhirpath_item *parent, const struct member *m,
                       struct fhirpath_list *out, struct err *e)
{
    bool values = m->value && m->value->kind == FHIR_ARRAY, mores = m->more && m->more->kind == FHIR_ARRAY;
    if (!values && !mores) {
        add_item(v, parent, m, -1, out);
        return eval_step(v, 1, e);
    }
    const struct fhir_node *value = values ? m->value->first : NULL, *more = mores ? m->more->first : NULL;
    for (int i = 0; value || more; i++) {
        struct member one = {m->name, value, more, m->type};
        add_item(v, parent, &one, i, out);
        value = value ? value->next : NULL;
        more = more ? more->next : NULL;
        if (!eval_step(v, 1, e))
            return false;
    }
    return true;
}

/* The half of a member that has the other name; NULL when there is none. */
static const struct fhir_node *half(const struct fhir_node *object, struct str name, bool more)
{
    for (const struct fhir_node *m = object->first; m; m = m->next)
        if (m->key.n == name.n + more && (!more || m->key.p[0] == '_') && memcmp(m->key.p + more, name.p, name.n) == 0)
            return m;
    return NULL;
}

/* Whether a member of an object answers to a name: its own, or its stem when it is a form of a choice element. */
static bool answers(const struct fhir_type *t, struct str key, struct str name, struct fhir_member *ret_member)
{
    if (key.n < name.n || (name.n && memcmp(key.p, name.p, name.n) != 0))
        return false;
    *ret_member = (struct fhir_member){0};
    bool known = t && fhir_type_member(t, key, ret_member);
    if (!t)
        return key.n == name.n;
    if (key.n == name.n)
        return known && !ret_member->choice;
    return known && ret_member->choice && key.n == name.n + fhir_type_name(ret_member->type).n;
}

static bool object_children(struct eval *v, const struct fhirpath_item *item, const struct fhir_node *object,
                            struct str name, struct fhirpath_list *out, struct err *e)
{
    const struct fhir_type *t = object == item->more ? fhir_type_find(STR("Element")) : item->type;
    bool resource = t && fhir_type_is_resource(t);
    for (const struct fhir_node *m = object->first; m; m = m->next) {
        bool more = m->key.n > 1 && m->key.p[0] == '_';
        struct str key = more ? str_sub(m->key, 1, m->key.n) : m->key;
        struct fhir_member row = {0};
        if (resource && str_is(key, "resourceType"))
            continue;
        if (name.p ? !answers(t, key, name, &row) : t && !fhir_type_member(t, key, &row))
            continue;
        const struct fhir_node *other = row.type && !fhir_type_format(row.type) ? NULL : half(object, key, !more);
        if (more && other)
            continue; /* it came with its value */
        struct member one = {key, more ? NULL : m, more ? m : other, row.type};
        if (!add_member(v, item, &one, out, e))
            return false;
    }
    return true;
}

bool children(struct eval *v, const struct fhirpath_item *item, struct str name, struct fhirpath_list *out,
              struct err *e)
{
    if (item->node && item->node->kind == FHIR_OBJECT)
        return object_children(v, item, item->node, name, out, e);
    return !item->more || item->more->kind != FHIR_OBJECT || object_children(v, item, item->more, name, out, e);
}

bool fhirpath_children(struct fhirpath_context *c, const struct fhirpath_item *item, struct str name,
                       struct fhirpath_list *list, struct err *e)
{
    struct eval v = {.c = c, .arena = c->arena, .context = item, .bytes_left = FHIRPATH_BYTES};
    if (!c->steps)
        c->steps = FHIRPATH_STEPS;
    return children(&v, item, name, list, e);
}

/* Depth first, each element before what is in it. Documents are at most FHIR_DEPTH_MAX deep. */
static bool descend(struct eval *v, const struct fhirpath_item *item, struct fhirpath_list *out, struct err *e)
{
    struct fhirpath_list below = {0};
    if (!children(v, item, STR_NONE, &below, e))
        return false;
    for (size_t i = 0; i < below.n; i++) {
        fhirpath_add(v->arena, out, below.items[i]);
        bool leaf = below.items[i]->kind != FHIRPATH_ELEMENT && !below.items[i]->more;
        if (!leaf && !descend(v, below.items[i], out, e))
            return false;
    }
    return true;
}

bool descendants(struct eval *v, const struct fhirpath_list *from, struct fhirpath_list *out, struct err *e)
{
    for (size_t i = 0; i < from->n; i++)
        if (!descend(v, from->items[i], out, e))
            return false;
    return true;
}

/* ---- places ---- */
const struct fhirpath_item *resource_around(const struct fhirpath_item *item, bool container)
{
    while (item->parent && !(item->type && fhir_type_is_resource(item->type)))
        item = item->parent;
    bool contained = container && item->parent && str_is(item->name, "contained");
    return contained ? resource_around(item->parent, false) : item;
}

static size_t put_place(char *to, size_t size, const struct fhirpath_item *item)
{
    size_t n = item->parent ? put_place(to, size, item->parent) : 0;
    if (n >= size - 1)
        return n;
    const char *dot = item->parent ? "." : "";
    int more = item->index < 0 ? snprintf(to + n, size - n, "%s%.*s", dot, STR_ARG(item->name))
                               : snprintf(to + n, size - n, "%s%.*s[%d]", dot, STR_ARG(item->name), item->index);
    n += more > 0 ? (size_t)more : 0;
    return n < size ? n : size - 1;
}

void fhirpath_place(const struct fhirpath_item *item, char *ret_text, size_t size)
{
    ret_text[0] = '\0';
    put_place(ret_text, size, item);
}
