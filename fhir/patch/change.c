/* Taking out and putting in, within a budget. */
#include "fhir/patch/patch_priv.h"

enum { STEPS = 20 << 20, BYTES = 32 << 20, NODE_COST = 32 };

static const char emptied[] = "emptied"; /* by its address in the text of a container, which has none */

static int64_t cost_of(const struct fhir_node *n)
{
    int64_t cost = NODE_COST + (int64_t)n->text.n;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        cost += cost_of(m);
    return cost;
}

void patch_begin(struct patch *p, struct arena *a, const struct fhir_node *resource)
{
    *p = (struct patch){.arena = a, .root = fhir_copy(a, resource), .steps = STEPS, .bytes = BYTES};
}

bool patch_step(struct patch *p, int64_t n, struct err *e)
{
    p->steps -= n;
    return p->steps >= 0 || err_set(e, ERR_TOO_LARGE, "the patch takes too many steps");
}

bool patch_copy(struct patch *p, const struct fhir_node *n, struct fhir_node **ret_node, struct err *e)
{
    p->bytes -= cost_of(n);
    if (p->bytes < 0)
        return err_set(e, ERR_TOO_LARGE, "the patch makes the document too large");
    *ret_node = fhir_copy(p->arena, n);
    return true;
}

int patch_height(const struct fhir_node *n)
{
    int tallest = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        int h = patch_height(m);
        tallest = h > tallest ? h : tallest;
    }
    return tallest + (n->kind == FHIR_OBJECT || n->kind == FHIR_ARRAY);
}

bool patch_insert(struct patch *p, struct patch_place *place, struct fhir_node *node, struct err *e)
{
    struct fhir_node *parent = place->parent;
    if (place->depth - 1 + patch_height(node) > FHIR_DEPTH_MAX)
        return err_set(e, ERR_PROCESSING, "the document would be nested deeper than %d", FHIR_DEPTH_MAX);
    node->key = parent && parent->kind == FHIR_OBJECT ? place->key : STR_NONE;
    node->next = place->node;
    if (!parent) {
        node->next = NULL;
        p->root = node;
        return true;
    }
    if (place->previous)
        place->previous->next = node;
    else
        parent->first = node;
    if (!node->next)
        parent->last = node;
    place->node = node;
    return true;
}

void patch_remove(struct patch_place *place)
{
    struct fhir_node *parent = place->parent, *after = place->node->next;
    if (place->previous)
        place->previous->next = after;
    else
        parent->first = after;
    if (!after)
        parent->last = place->previous;
    if (!parent->first)
        parent->text = (struct str){emptied, 0};
    place->node->next = NULL;
    place->node = after;
}

static void tidy(struct fhir_node *n)
{
    struct patch_place at = {.parent = n, .node = n->first};
    n->line = n->column = 0;
    while (at.node) {
        struct fhir_node *m = at.node;
        tidy(m);
        if (m->text.p == emptied && !m->first) {
            patch_remove(&at);
            continue;
        }
        at.previous = m;
        at.node = m->next;
    }
    if (n->text.p == emptied && n->first)
        n->text = STR_NONE;
}

struct fhir_node *patch_end(struct patch *p)
{
    tidy(p->root);
    return p->root;
}
