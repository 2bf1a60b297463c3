/* Functions FHIR adds, those that ask others, and the clock. */
#include "fhir/fhirpath/functions_priv.h"

#include <string.h>

static bool answer(const struct call *c, int truth)
{
    if (truth >= 0)
        put_bool(c->v, c->out, truth);
    return true;
}

/* ---- the clock ---- */
static clock_us now_of(const struct call *c)
{
    return c->v->c->now ? c->v->c->now : clock_now();
}

static bool put_clock(const struct call *c, enum fhirpath_kind kind, size_t from, size_t n)
{
    char text[CLOCK_TEXT];
    clock_site_text(now_of(c), text);
    put_text(c->v, c->out, kind, arena_str(c->v->arena, str_sub(str_of(text), from, n)));
    return true;
}

bool run_now(const struct call *c, struct err *e)
{
    (void)e;
    return put_clock(c, FHIRPATH_DATETIME, 0, CLOCK_TEXT);
}

bool run_today(const struct call *c, struct err *e)
{
    (void)e;
    return put_clock(c, FHIRPATH_DATE, 0, 10);
}

bool run_time_of_day(const struct call *c, struct err *e)
{
    (void)e;
    return put_clock(c, FHIRPATH_TIME, 11, 12);
}

/* ---- types ---- */
static const char *system_name(enum fhirpath_kind kind)
{
    static const char *const names[] = {"Any",  "Boolean",  "Integer", "Decimal", "String",
                                        "Date", "DateTime", "Time",    "Quantity"};
    return names[kind];
}

/* An object with namespace and name, as the language has it. */
bool run_type(const struct call *c, struct err *e)
{
    (void)e;
    for (size_t i = 0; i < c->input->n; i++) {
        const struct fhirpath_item *item = c->input->items[i];
        struct fhir_node *n = ARENA_NEW(c->v->arena, struct fhir_node);
        struct fhirpath_item *info = ARENA_NEW(c->v->arena, struct fhirpath_item);
        n->kind = FHIR_OBJECT;
        fhir_add_string(c->v->arena, n, "namespace", item->type ? STR("FHIR") : STR("System"));
        fhir_add_string(c->v->arena, n, "name",
                        item->type ? fhir_type_name(item->type) : str_of(system_name(item->kind)));
        *info = fhirpath_element(n, NULL);
        fhirpath_add(c->v->arena, c->out, info);
    }
    return true;
}

/* ---- values and extensions ---- */
static bool is_value(const struct fhirpath_item *item)
{
    return item && item->kind != FHIRPATH_ELEMENT && item->kind != FHIRPATH_QUANTITY;
}

bool run_has_value(const struct call *c, struct err *e)
{
    (void)e;
    return answer(c, c->input->n == 1 && is_value(c->input->items[0]));
}

bool run_get_value(const struct call *c, struct err *e)
{
    (void)e;
    if (c->input->n == 1 && is_value(c->input->items[0]))
        put_text(c->v, c->out, c->input->items[0]->kind, c->input->items[0]->text);
    return true;
}

static bool extensions(const struct call *c, struct fhirpath_list *ret_list, struct err *e)
{
    struct str url;
    bool there = true;
    if (!arg_text(c, 0, &url, &there, e))
        return false;
    for (size_t i = 0; there && i < c->input->n; i++) {
        struct fhirpath_list all = {0};
        if (!children(c->v, c->input->items[i], STR("extension"), &all, e))
            return false;
        for (size_t k = 0; k < all.n; k++)
            if (all.items[k]->node && str_eq(fhir_text(all.items[k]->node, "url"), url))
                fhirpath_add(c->v->arena, ret_list, all.items[k]);
    }
    return true;
}

bool run_extension(const struct call *c, struct err *e)
{
    return extensions(c, c->out, e);
}

bool run_has_extension(const struct call *c, struct err *e)
{
    struct fhirpath_list found = {0};
    return extensions(c, &found, e) && answer(c, found.n > 0);
}

bool run_html_checks(const struct call *c, struct err *e)
{
    const struct fhirpath_item *item;
    struct err fault = {0};
    if (!input_one(c, &item, e))
        return false;
    return !item || answer(c, is_value(item) && fhir_narrative_check(item->text, &fault));
}

/* ---- other documents ---- */
static const struct fhir_node *contained_find(const struct fhir_node *container, struct str id)
{
    const struct fhir_node *all = fhir_member(container, "contained");
    for (const struct fhir_node *n = all ? all->first : NULL; n; n = n->next)
        if (str_eq(fhir_text(n, "id"), id))
            return n;
    return NULL;
}

static const struct fhirpath_item *outermost(const struct fhirpath_item *item)
{
    while (item->parent)
        item = item->parent;
    return item;
}

/* An entry of the Bundle around, by its full address or one that ends with the reference. */
static bool entry_find(const struct call *c, const struct fhirpath_item *item, struct str reference,
                       const struct fhir_node **ret_node, struct err *e)
{
    const struct fhir_node *entries = fhir_member(outermost(item)->node, "entry");
    for (const struct fhir_node *n = entries ? entries->first : NULL; n && !*ret_node; n = n->next) {
        struct str url = fhir_text(n, "fullUrl");
        bool tail = url.n > reference.n && url.p[url.n - reference.n - 1] == '/' &&
                    str_eq(str_sub(url, url.n - reference.n, reference.n), reference);
        if (!eval_step(c->v, 1, e))
            return false;
        if (str_eq(url, reference) || tail)
            *ret_node = fhir_member(n, "resource");
    }
    return true;
}

/* A document that is not to be had still has the type its reference names. */
static bool put_document(const struct call *c, const struct fhir_node *node, struct str reference)
{
    struct fhirpath_item *item = ARENA_NEW(c->v->arena, struct fhirpath_item);
    const struct fhir_type *t = node ? NULL : fhir_type_find(fhir_reference_type(reference));
    if (!node && !t)
        return true;
    *item = node ? fhirpath_root(node) : (struct fhirpath_item){.type = t, .name = fhir_type_name(t), .index = -1};
    fhirpath_add(c->v->arena, c->out, item);
    return true;
}

static bool resolve_one(const struct call *c, const struct fhirpath_item *item, struct err *e)
{
    struct fhirpath_context *ctx = c->v->c;
    struct str reference = is_value(item) ? item->text : item->node ? fhir_text(item->node, "reference") : STR_NONE;
    const struct fhir_node *node = NULL;
    const struct fhirpath_item *root = ctx->root ? ctx->root : resource_around(item, true);
    if (!reference.n)
        return true;
    if (str_starts(reference, "#")) {
        node = reference.n > 1 ? contained_find(root->node, str_sub(reference, 1, reference.n)) : root->node;
        return !node || put_document(c, node, reference);
    }
    if (!entry_find(c, item, reference, &node, e) ||
        (!node && ctx->resolve && !ctx->resolve(ctx->ctx, reference, &node, e)))
        return false;
    return put_document(c, node, reference);
}

bool run_resolve(const struct call *c, struct err *e)
{
    for (size_t i = 0; i < c->input->n; i++)
        if (!resolve_one(c, c->input->items[i], e))
            return false;
    return true;
}

/* A question about the one input item and a canonical address, put to the caller, who may not be there to ask. */
typedef bool (*question)(void *ctx, const struct fhirpath_item *item, struct str url, int *ret_is, struct err *e);

static bool ask(const struct call *c, question of_caller, struct err *e)
{
    const struct fhirpath_item *item;
    struct str url;
    bool there = true;
    int is = -1;
    if (!input_one(c, &item, e) || !arg_text(c, 0, &url, &there, e))
        return false;
    if (item && there && of_caller && !of_caller(c->v->c->ctx, item, url, &is, e))
        return false;
    return answer(c, is);
}

bool run_member_of(const struct call *c, struct err *e)
{
    return ask(c, c->v->c->member_of, e);
}

bool run_conforms_to(const struct call *c, struct err *e)
{
    return ask(c, c->v->c->conforms, e);
}
