/* From the flat list of a snapshot, or of a differential alone, to a tree of elements. */
#include "fhir/validate/profile_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct reading {
    struct profile *p;
    struct arena *arena;
    struct profile_tree tree;
    struct err *e;
};

static bool too_costly(struct reading *r)
{
    return err_set(r->e, ERR_TOO_COSTLY, "the profile is larger than %d elements, %d constraints or %d bytes",
                   PROFILE_ELEMENTS_MAX, PROFILE_RULES_MAX, PROFILE_BYTES_MAX);
}

static size_t length_of(const struct fhir_node *list)
{
    size_t n = 0;
    for (const struct fhir_node *m = list ? list->first : NULL; m; m = m->next)
        n++;
    return n;
}

/* ---- one element ---- */
static struct strs read_strs(struct arena *a, const struct fhir_node *list)
{
    struct strs s = {ARENA_ARRAY(a, struct str, length_of(list) + 1), 0};
    for (const struct fhir_node *m = list ? list->first : NULL; m; m = m->next)
        if (m->kind == FHIR_STRING)
            s.items[s.n++] = arena_str(a, m->text);
    return s;
}

static void read_types(struct reading *r, struct profile_element *el, const struct fhir_node *n)
{
    const struct fhir_node *list = fhir_member(n, "type");
    el->types = ARENA_ARRAY(r->arena, struct profile_type_ref, length_of(list) + 1);
    for (const struct fhir_node *t = list ? list->first : NULL; t; t = t->next)
        el->types[el->type_count++] =
            (struct profile_type_ref){.code = arena_str(r->arena, fhir_text(t, "code")),
                                      .profiles = read_strs(r->arena, fhir_member(t, "profile")),
                                      .targets = read_strs(r->arena, fhir_member(t, "targetProfile"))};
}

/* Rules of R4 itself are asked of every document anyhow. */
static bool is_base_rule(struct str key, struct str expression)
{
    static const char *const native[] = {"ele-1", "dom-2", "dom-3", "txt-1", "txt-2"};
    for (size_t i = 0; i < sizeof native / sizeof native[0]; i++)
        if (str_is(key, native[i]))
            return true;
    for (int i = 0; i < invariant_row_count; i++)
        if (str_is(key, invariant_rows[i].key) && str_is(expression, invariant_rows[i].expression))
            return true;
    return false;
}

static bool read_rules(struct reading *r, struct profile_element *el, const struct fhir_node *n)
{
    struct err ignored = {0};
    const struct fhir_node *list = fhir_member(n, "constraint");
    el->rules = ARENA_ARRAY(r->arena, struct profile_rule, length_of(list) + 3);
    for (const struct fhir_node *c = list ? list->first : NULL; c; c = c->next) {
        struct str key = fhir_text(c, "key"), text = fhir_text(c, "expression");
        if (!text.n || is_base_rule(key, text))
            continue;
        if (++r->p->rule_count > PROFILE_RULES_MAX)
            return too_costly(r);
        el->rules[el->rule_count++] = (struct profile_rule){.key = arena_str(r->arena, str_utf8_clip(key, 64)),
                                                            .human = arena_str(r->arena, fhir_text(c, "human")),
                                                            .error = !str_is(fhir_text(c, "severity"), "warning"),
                                                            .x = fhirpath_compile(r->arena, text, &ignored)};
    }
    return true;
}

/* minValue[x] and maxValue[x] in FHIRPath; STR_NONE for forms that have no order. */
static struct str bound_literal(struct arena *a, const struct fhir_node *bound, struct str form)
{
    static const char *const numbers[] = {"Integer", "PositiveInt", "UnsignedInt", "Decimal"};
    struct str unit = bound->kind == FHIR_OBJECT ? fhir_text(bound, "code") : STR_NONE, text = bound->text;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (str_is(form, numbers[i]))
            return text;
    if (str_is(form, "Date"))
        return arena_printf(a, "@%.*s", STR_ARG(text));
    if (str_is(form, "Time"))
        return arena_printf(a, "@T%.*s", STR_ARG(text));
    if (str_is(form, "DateTime") || str_is(form, "Instant"))
        return arena_printf(a, "@%.*s%s", STR_ARG(text), str_find(text, 'T') < text.n ? "" : "T");
    if (!str_is(form, "Quantity") || !fhir_text(bound, "value").n || str_find(unit, '\'') < unit.n)
        return STR_NONE;
    return arena_printf(a, "%.*s '%.*s'", STR_ARG(fhir_text(bound, "value")), unit.n ? (int)unit.n : 1,
                        unit.n ? unit.p : "1");
}

static void read_bound(struct reading *r, struct profile_element *el, const struct fhir_node *n, bool least)
{
    struct err ignored = {0};
    const char *stem = least ? "minValue" : "maxValue";
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        if (!str_starts(m->key, stem))
            continue;
        struct str value = bound_literal(r->arena, m, str_sub(m->key, 8, m->key.n));
        if (!value.n)
            continue;
        el->rules[el->rule_count++] = (struct profile_rule){
            .key = least ? STR("min-value") : STR("max-value"),
            .human = arena_printf(r->arena, "the %s value here is %.*s", least ? "least" : "greatest", STR_ARG(value)),
            .error = true,
            .x = fhirpath_compile(
                r->arena, arena_printf(r->arena, "$this %s %.*s", least ? ">=" : "<=", STR_ARG(value)), &ignored)};
        return;
    }
}

static enum discriminator_kind kind_of(struct str type)
{
    if (str_is(type, "exists"))
        return BY_EXISTS;
    if (str_is(type, "type"))
        return BY_TYPE;
    return str_is(type, "profile") ? BY_PROFILE : BY_VALUE;
}

static void read_slicing(struct reading *r, struct profile_element *el, const struct fhir_node *n)
{
    struct err ignored = {0};
    struct str rules = fhir_text(n, "rules");
    const struct fhir_node *list = fhir_member(n, "discriminator");
    el->slicing = str_is(rules, "closed")      ? SLICING_CLOSED
                  : str_is(rules, "openAtEnd") ? SLICING_OPEN_AT_END
                                               : SLICING_OPEN;
    el->ordered = str_is(fhir_text(n, "ordered"), "true");
    el->discriminators = ARENA_ARRAY(r->arena, struct discriminator, length_of(list) + 1);
    for (const struct fhir_node *d = list ? list->first : NULL; d; d = d->next) {
        struct str path = arena_str(r->arena, fhir_text(d, "path"));
        el->discriminators[el->discriminator_count++] =
            (struct discriminator){kind_of(fhir_text(d, "type")), path, fhirpath_compile(r->arena, path, &ignored)};
    }
}

/* fixed[x] and pattern[x]: whichever form is there. */
static const struct fhir_node *read_value(struct reading *r, const struct fhir_node *n, const char *stem)
{
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (str_starts(m->key, stem))
            return fhir_copy(r->arena, m);
    return NULL;
}

static int max_of(struct str text)
{
    int64_t n;
    return str_int(text, &n) && n >= 0 && n < INT32_MAX ? (int)n : -1;
}

static bool read_content(struct reading *r, struct profile_element *el, const struct fhir_node *n)
{
    int64_t min = 0;
    struct str strength = fhir_text(n, "binding.strength");
    const struct fhir_node *slicing = fhir_member(n, "slicing");
    el->min = str_int(fhir_text(n, "min"), &min) && min > 0 && min < INT32_MAX ? (int)min : 0;
    el->max = max_of(fhir_text(n, "max"));
    el->fixed = read_value(r, n, "fixed");
    el->pattern = read_value(r, n, "pattern");
    el->required = str_is(strength, "required");
    if (el->required || str_is(strength, "extensible"))
        el->value_set = arena_str(r->arena, fhir_text(n, "binding.valueSet"));
    if (!str_int(fhir_text(n, "maxLength"), &el->max_length))
        el->max_length = 0;
    el->content = arena_str(r->arena, fhir_text(n, "contentReference"));
    read_types(r, el, n);
    if (slicing)
        read_slicing(r, el, slicing);
    if (!read_rules(r, el, n))
        return false;
    read_bound(r, el, n, true);
    read_bound(r, el, n, false);
    return (r->arena->used < PROFILE_BYTES_MAX || too_costly(r));
}

/* ---- the whole ---- */
static bool read_element(struct reading *r, const struct fhir_node *n)
{
    struct str path = fhir_text(n, "path"), rest = path, step = STR_NONE;
    int depth = -1;
    if (!path.n || path.n > 400)
        return err_set(r->e, ERR_INVALID, "an element of the snapshot has no path");
    if (++r->p->element_count > PROFILE_ELEMENTS_MAX)
        return too_costly(r);
    while (rest.p && str_next(&rest, '.', &step))
        depth++;
    if (depth >= PROFILE_DEPTH_MAX)
        return too_costly(r);
    struct profile_element *el = tree_element(r->arena, path);
    el->slice = arena_str(r->arena, fhir_text(n, "sliceName"));
    return tree_place(&r->tree, el, depth, r->e) && read_content(r, el, n);
}

/* A snapshot holds all that what it stands on asks; a differential stands on it. */
static const struct fhir_node *elements_of(struct reading *r, const struct fhir_node *definition)
{
    const struct fhir_node *snapshot = fhir_member(definition, "snapshot"),
                           *differential = fhir_member(definition, "differential");
    if (snapshot || !differential)
        return snapshot ? fhir_member(snapshot, "element") : NULL;
    struct str base = fhir_text(definition, "baseDefinition");
    r->tree.sparse = true;
    if (base.n && !core_type(base))
        r->p->base = arena_str(r->arena, base);
    return fhir_member(differential, "element");
}

static bool read_definition(struct reading *r, const struct fhir_node *definition)
{
    struct profile *p = r->p;
    const struct fhir_node *list = elements_of(r, definition);
    p->url = arena_str(r->arena, fhir_text(definition, "url"));
    p->type = fhir_type_find(fhir_text(definition, "type"));
    if (!p->type)
        return err_set(r->e, ERR_INVALID, "the profile is of a type R4 has not");
    if (!list)
        return err_set(r->e, ERR_INVALID, "the profile has neither a snapshot nor a differential");
    for (const struct fhir_node *n = list->first; n; n = n->next)
        if (!read_element(r, n))
            return false;
    if (!p->top)
        return err_set(r->e, ERR_INVALID, "the snapshot is empty");
    tree_resolve(p->top);
    return true;
}

struct profile *profile_compile(const struct fhir_node *definition, struct err *e)
{
    struct profile *p = mem_zalloc(sizeof *p);
    arena_init(&p->arena);
    struct reading r = {.p = p, .arena = &p->arena, .tree = {.arena = &p->arena, .top = &p->top}, .e = e};
    if (read_definition(&r, definition))
        return p;
    profile_free(p);
    return NULL;
}

void profile_free(struct profile *p)
{
    if (!p)
        return;
    arena_release(&p->arena);
    mem_free(p);
}

struct str profile_url(const struct profile *p)
{
    return p->url;
}

const struct fhir_type *profile_type(const struct profile *p)
{
    return p->type;
}
