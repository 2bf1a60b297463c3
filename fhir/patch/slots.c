/* An element's occurrences, whatever JSON makes of them: one value or an array, and the "_name" half of primitives. */
#include "fhir/patch/patch_priv.h"

static struct str half_key(struct patch *p, const struct slots *s, bool more)
{
    return more ? arena_printf(p->arena, "_%.*s", STR_ARG(s->name)) : s->name;
}

static struct patch_place find_half(struct patch *p, const struct slots *s, bool more)
{
    struct str key = half_key(p, s, more);
    struct patch_place at = {.parent = s->object, .node = s->object->first};
    while (at.node && !str_eq(at.node->key, key)) {
        at.previous = at.node;
        at.node = at.node->next;
    }
    return at;
}

static size_t length(const struct fhir_node *half)
{
    size_t n = 0;
    if (half && half->kind != FHIR_ARRAY)
        return 1;
    for (const struct fhir_node *m = half ? half->first : NULL; m; m = m->next)
        n++;
    return n;
}

static struct fhir_node **take_half(struct patch *p, struct fhir_node *half, size_t room)
{
    struct fhir_node **nodes = ARENA_ARRAY(p->arena, struct fhir_node *, room);
    size_t i = 0;
    if (half && half->kind != FHIR_ARRAY)
        nodes[0] = half;
    else
        for (struct fhir_node *m = half ? half->first : NULL; m; m = m->next)
            nodes[i++] = m->kind == FHIR_NULL ? NULL : m;
    return nodes;
}

bool slots_load(struct patch *p, struct fhir_node *object, struct str name, bool array, struct slots *ret_slots,
                struct err *e)
{
    struct slots s = {.object = object, .name = name, .array = array};
    struct fhir_node *value = find_half(p, &s, false).node, *more = find_half(p, &s, true).node;
    size_t a = length(value), b = length(more);
    s.n = a > b ? a : b;
    s.array = array || (value && value->kind == FHIR_ARRAY) || (more && more->kind == FHIR_ARRAY);
    s.value = take_half(p, value, s.n + 1);
    s.more = take_half(p, more, s.n + 1);
    *ret_slots = s;
    return patch_step(p, 16 + (int64_t)s.n, e);
}

/* What a half is to be; NULL for nothing. */
static struct fhir_node *join(struct patch *p, const struct slots *s, struct fhir_node **nodes)
{
    size_t some = 0;
    for (size_t i = 0; i < s->n; i++)
        some += nodes[i] != NULL;
    if (!some || !s->array)
        return some ? nodes[0] : NULL;
    struct fhir_node *array = ARENA_NEW(p->arena, struct fhir_node);
    array->kind = FHIR_ARRAY;
    for (size_t i = 0; i < s->n; i++) {
        struct fhir_node *item = nodes[i] ? nodes[i] : ARENA_NEW(p->arena, struct fhir_node);
        item->key = STR_NONE;
        fhir_add_node(array, item);
    }
    return array;
}

static void put_half(struct patch *p, const struct slots *s, bool more)
{
    struct patch_place at = find_half(p, s, more);
    struct fhir_node *after = at.node ? at.node->next : NULL, *node = join(p, s, more ? s->more : s->value);
    if (!node) {
        if (at.node)
            patch_remove(&at);
        return;
    }
    node->key = half_key(p, s, more);
    node->next = after;
    if (at.previous)
        at.previous->next = node;
    else
        s->object->first = node;
    if (!after)
        s->object->last = node;
}

void slots_store(struct patch *p, const struct slots *s)
{
    put_half(p, s, false);
    put_half(p, s, true);
}

void slots_insert(struct slots *s, size_t at, struct fhir_node *value, struct fhir_node *more)
{
    for (size_t i = s->n++; i > at; i--) {
        s->value[i] = s->value[i - 1];
        s->more[i] = s->more[i - 1];
    }
    s->value[at] = value;
    s->more[at] = more;
}

void slots_remove(struct slots *s, size_t at)
{
    s->n--;
    for (size_t i = at; i < s->n; i++) {
        s->value[i] = s->value[i + 1];
        s->more[i] = s->more[i + 1];
    }
}
