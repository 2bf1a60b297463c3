/* Walking a compiled expression. Lists are made in the arena and shared: a list that is handed on is never appended to,
 * for its room is its length. */
#include "fhir/fhirpath/fhirpath_priv.h"

#include <string.h>

enum { DEPTH_MAX = 400 };

/* ---- bounds ---- */
bool eval_step(struct eval *v, size_t count, struct err *e)
{
    v->c->steps -= (long)count;
    return v->c->steps > 0 || err_set(e, ERR_TOO_LARGE, "fhirpath: the expression takes too many steps here");
}

char *eval_bytes(struct eval *v, size_t n, struct err *e)
{
    if (n > v->bytes_left) {
        err_set(e, ERR_TOO_LARGE, "fhirpath: the expression makes more than %d bytes of text", FHIRPATH_BYTES);
        return NULL;
    }
    v->bytes_left -= n;
    return arena_alloc(v->arena, n + 1);
}

/* ---- lists ---- */
void fhirpath_add(struct arena *a, struct fhirpath_list *list, const struct fhirpath_item *item)
{
    if (list->n >= list->room) {
        size_t room = list->n ? list->n * 2 : 4;
        const struct fhirpath_item **items = ARENA_ARRAY(a, const struct fhirpath_item *, room);
        if (list->n)
            memcpy(items, list->items, sizeof *items * list->n);
        list->items = items;
        list->room = room;
    }
    list->items[list->n++] = item;
}

void put_all(struct eval *v, struct fhirpath_list *out, const struct fhirpath_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        fhirpath_add(v->arena, out, list->items[i]);
}

void put_text(struct eval *v, struct fhirpath_list *out, enum fhirpath_kind kind, struct str text)
{
    struct fhirpath_item *item = ARENA_NEW(v->arena, struct fhirpath_item);
    item->kind = kind;
    item->text = text;
    item->index = -1;
    fhirpath_add(v->arena, out, item);
}

void put_bool(struct eval *v, struct fhirpath_list *out, bool value)
{
    static const struct fhirpath_item yes = {.kind = FHIRPATH_BOOLEAN, .text = {"true", 4}, .index = -1},
                                      no = {.kind = FHIRPATH_BOOLEAN, .text = {"false", 5}, .index = -1};
    fhirpath_add(v->arena, out, value ? &yes : &no);
}

void put_int(struct eval *v, struct fhirpath_list *out, int64_t value)
{
    put_text(v, out, FHIRPATH_INTEGER, arena_printf(v->arena, "%lld", (long long)value));
}

bool one_of(const struct fhirpath_list *list, const struct fhirpath_item **ret_item, struct err *e)
{
    if (list->n > 1)
        return err_set(e, ERR_INVALID, "fhirpath: %zu values where one is due", list->n);
    *ret_item = list->n ? list->items[0] : NULL;
    return true;
}

bool fhirpath_truth(const struct fhirpath_list *list, int *ret_truth, struct err *e)
{
    const struct fhirpath_item *item;
    if (!one_of(list, &item, e))
        return false;
    if (!item)
        *ret_truth = -1;
    else
        *ret_truth = item->kind != FHIRPATH_BOOLEAN || str_is(item->text, "true");
    return true;
}

static void share(struct fhirpath_list *ret_list, struct fhirpath_list list)
{
    list.room = list.n;
    *ret_list = list;
}

/* ---- arguments ---- */
bool arg_list(const struct call *c, int i, struct fhirpath_list *ret_list, struct err *e)
{
    return eval_node(c->v, c->node->args[i], ret_list, e);
}

bool arg_each(const struct call *c, int i, size_t at, struct fhirpath_list *ret_list, struct err *e)
{
    struct focus outer = c->v->focus;
    c->v->focus.this_ = (struct fhirpath_list){c->input->items + at, 1, 1};
    c->v->focus.index = (int64_t)at;
    bool ok = eval_node(c->v, c->node->args[i], ret_list, e);
    c->v->focus = outer;
    return ok;
}

bool arg_truth(const struct call *c, int i, size_t at, int *ret_truth, struct err *e)
{
    struct fhirpath_list list;
    return arg_each(c, i, at, &list, e) && fhirpath_truth(&list, ret_truth, e);
}

bool arg_text(const struct call *c, int i, struct str *ret_text, bool *ret_there, struct err *e)
{
    struct fhirpath_list list;
    const struct fhirpath_item *item = NULL;
    if (!arg_list(c, i, &list, e) || !one_of(&list, &item, e))
        return false;
    if (item && item->kind != FHIRPATH_STRING)
        return err_set(e, ERR_INVALID, "fhirpath: %.*s() needs a string", STR_ARG(c->node->name));
    *ret_there = item != NULL;
    *ret_text = item ? item->text : STR_NONE;
    return true;
}

bool arg_int(const struct call *c, int i, int64_t *ret_n, bool *ret_there, struct err *e)
{
    struct fhirpath_list list;
    const struct fhirpath_item *item = NULL;
    if (!arg_list(c, i, &list, e) || !one_of(&list, &item, e))
        return false;
    if (item && (item->kind != FHIRPATH_INTEGER || !str_int(item->text, ret_n)))
        return err_set(e, ERR_INVALID, "fhirpath: %.*s() needs a whole number", STR_ARG(c->node->name));
    *ret_there = item != NULL;
    return true;
}

bool input_one(const struct call *c, const struct fhirpath_item **ret_item, struct err *e)
{
    return one_of(c->input, ret_item, e);
}

bool input_text(const struct call *c, struct str *ret_text, bool *ret_there, struct err *e)
{
    const struct fhirpath_item *item = NULL;
    if (!one_of(c->input, &item, e))
        return false;
    bool text = item && item->kind != FHIRPATH_ELEMENT && item->kind != FHIRPATH_QUANTITY;
    if (item && !text)
        return err_set(e, ERR_INVALID, "fhirpath: %.*s() is for strings", STR_ARG(c->node->name));
    *ret_there = text;
    *ret_text = text ? item->text : STR_NONE;
    return true;
}

/* ---- variables ---- */
static const struct fhirpath_item *context_item(struct eval *v, struct str name)
{
    struct fhirpath_context *c = v->c;
    if (str_is(name, "context"))
        return v->context;
    if (str_is(name, "resource"))
        return c->resource ? c->resource : resource_around(v->context, false);
    if (str_is(name, "rootResource"))
        return c->root ? c->root : resource_around(c->resource ? c->resource : v->context, true);
    return NULL;
}

static struct str constant(struct eval *v, struct str name)
{
    static const struct {
        const char *name, *value;
    } constants[] = {
        {"ucum", "http://unitsofmeasure.org"}, {"sct", "http://snomed.info/sct"}, {"loinc", "http://loinc.org"}};
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (str_is(name, constants[i].name))
            return str_of(constants[i].value);
    if (str_starts(name, "vs-"))
        return arena_printf(v->arena, "http://hl7.org/fhir/ValueSet/%.*s", STR_ARG(str_sub(name, 3, name.n)));
    if (str_starts(name, "ext-"))
        return arena_printf(v->arena, "http://hl7.org/fhir/StructureDefinition/%.*s",
                            STR_ARG(str_sub(name, 4, name.n)));
    return STR_NONE;
}

static bool eval_variable(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    for (size_t i = 0; i < v->c->variable_count; i++)
        if (str_is(n->name, v->c->variables[i].name)) {
            share(ret_list, v->c->variables[i].value);
            return true;
        }
    const struct fhirpath_item *item = context_item(v, n->name);
    if (item) {
        fhirpath_add(v->arena, ret_list, item);
        return true;
    }
    struct str text = constant(v, n->name);
    if (!text.p)
        return err_set(e, ERR_INVALID, "fhirpath: no variable %%%.*s", STR_ARG(str_utf8_clip(n->name, 64)));
    put_text(v, ret_list, FHIRPATH_STRING, text);
    return true;
}

/* ---- members, calls, types ---- */
static bool eval_input(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    if (n->input)
        return eval_node(v, n->input, ret_list, e);
    share(ret_list, v->focus.this_);
    return true;
}

/* A name at the start of a path may be that of the type it starts from: Patient.name. */
static bool names_type(const struct node *n, const struct fhirpath_item *item)
{
    bool upper = n->name.n && n->name.p[0] >= 'A' && n->name.p[0] <= 'Z';
    if (n->input || !upper || !item->type)
        return false;
    const struct fhir_type *t = fhir_type_find(n->name);
    return t && fhir_type_is(item->type, t);
}

static bool eval_member(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0};
    if (!eval_input(v, n, &input, e) || !eval_step(v, input.n, e))
        return false;
    for (size_t i = 0; i < input.n; i++) {
        if (names_type(n, input.items[i]))
            fhirpath_add(v->arena, ret_list, input.items[i]);
        else if (!children(v, input.items[i], n->name, ret_list, e))
            return false;
    }
    return true;
}

static bool eval_call(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0};
    struct call c = {v, n, &input, ret_list};
    return eval_input(v, n, &input, e) && eval_step(v, input.n, e) && n->function->run(&c, e);
}

static bool eval_is(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0};
    const struct fhirpath_item *item = NULL;
    if (!eval_input(v, n, &input, e) || !one_of(&input, &item, e))
        return false;
    if (item)
        put_bool(v, ret_list, type_fits(item, n->space, n->name));
    return true;
}

static bool eval_as(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0};
    if (!eval_input(v, n, &input, e) || !eval_step(v, input.n, e))
        return false;
    for (size_t i = 0; i < input.n; i++)
        if (type_fits(input.items[i], n->space, n->name))
            fhirpath_add(v->arena, ret_list, input.items[i]);
    return true;
}

static bool eval_at(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0}, index = {0};
    const struct fhirpath_item *item = NULL;
    int64_t at = 0;
    if (!eval_input(v, n, &input, e) || !eval_node(v, n->args[0], &index, e) || !one_of(&index, &item, e))
        return false;
    if (!item)
        return true;
    if (item->kind != FHIRPATH_INTEGER || !str_int(item->text, &at))
        return err_set(e, ERR_INVALID, "fhirpath: an index is a whole number");
    if (at >= 0 && (uint64_t)at < input.n)
        fhirpath_add(v->arena, ret_list, input.items[at]);
    return true;
}

/* ---- operators ---- */
static bool eval_binary(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list a = {0}, b = {0};
    if (!eval_node(v, n->args[0], &a, e))
        return false;
    if (!operator_settles(n->operator_, &a) && !eval_node(v, n->args[1], &b, e))
        return false;
    return n->operator_->run(v, &a, &b, ret_list, e);
}

static bool eval_sign(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list input = {0};
    const struct fhirpath_item *item = NULL;
    if (!eval_input(v, n, &input, e) || !one_of(&input, &item, e))
        return false;
    if (!item)
        return true;
    bool number = item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_DECIMAL || item->kind == FHIRPATH_QUANTITY;
    if (!number)
        return err_set(e, ERR_INVALID, "fhirpath: a sign needs a number");
    struct fhirpath_item *signed_ = ARENA_NEW(v->arena, struct fhirpath_item);
    *signed_ = (struct fhirpath_item){.kind = item->kind, .text = item->text, .unit = item->unit, .index = -1};
    if (n->op == X_NEGATE && str_starts(item->text, "-"))
        signed_->text = str_sub(item->text, 1, item->text.n);
    else if (n->op == X_NEGATE)
        signed_->text = arena_printf(v->arena, "-%.*s", STR_ARG(item->text));
    fhirpath_add(v->arena, ret_list, signed_);
    return true;
}

/* ---- the walk ---- */
static bool eval_any(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    switch (n->op) {
    case X_EMPTY:
        return true;
    case X_LITERAL:
        fhirpath_add(v->arena, ret_list, n->item);
        return true;
    case X_VARIABLE:
        return eval_variable(v, n, ret_list, e);
    case X_THIS:
        share(ret_list, v->focus.this_);
        return true;
    case X_INDEX:
        put_int(v, ret_list, v->focus.index);
        return true;
    case X_TOTAL:
        share(ret_list, v->focus.total);
        return true;
    case X_MEMBER:
        return eval_member(v, n, ret_list, e);
    case X_CALL:
        return eval_call(v, n, ret_list, e);
    case X_AT:
        return eval_at(v, n, ret_list, e);
    case X_IS:
        return eval_is(v, n, ret_list, e);
    case X_AS:
        return eval_as(v, n, ret_list, e);
    case X_NEGATE:
    case X_PLUS:
        return eval_sign(v, n, ret_list, e);
    default:
        return eval_binary(v, n, ret_list, e);
    }
}

bool eval_node(struct eval *v, const struct node *n, struct fhirpath_list *ret_list, struct err *e)
{
    struct fhirpath_list list = {0};
    if (++v->depth > DEPTH_MAX)
        return err_set(e, ERR_TOO_LARGE, "fhirpath: the expression is nested too deep");
    if (!eval_step(v, 1, e) || !eval_any(v, n, &list, e))
        return false;
    v->depth--;
    *ret_list = list;
    return true;
}

bool fhirpath_eval(const struct fhirpath *x, struct fhirpath_context *c, const struct fhirpath_item *focus,
                   struct fhirpath_list *ret_list, struct err *e)
{
    const struct fhirpath_item *const kept = focus;
    struct eval v = {.c = c, .arena = c->arena, .context = focus, .bytes_left = FHIRPATH_BYTES};
    if (!c->steps)
        c->steps = FHIRPATH_STEPS;
    fhirpath_add(c->arena, &v.focus.this_, kept);
    return eval_node(&v, x->top, ret_list, e);
}

const struct fhirpath *fhirpath_compile(struct arena *a, struct str text, struct err *e)
{
    if (text.n > FHIRPATH_TEXT_MAX) {
        err_set(e, ERR_TOO_LARGE, "fhirpath: an expression has at most %d bytes", FHIRPATH_TEXT_MAX);
        return NULL;
    }
    struct fhirpath *x = ARENA_NEW(a, struct fhirpath);
    x->text = arena_str(a, text);
    x->top = fhirpath_parse(a, x->text, e);
    return x->top ? x : NULL;
}

struct str fhirpath_text(const struct fhirpath *x)
{
    return x->text;
}
