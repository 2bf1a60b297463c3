/* From the flat list of a snapshot to a tree of elements. */
#include "fhir/validate/profile_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct reading {
    struct profile *p;
    struct arena *arena;
    struct profile_element *stack[PROFILE_DEPTH_MAX]; /* the latest element of each depth */
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
    el->rules = ARENA_ARRAY(r->arena, struct profile_rule, length_of(list) + 1);
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
    return read_rules(r, el, n) && (r->arena->used < PROFILE_BYTES_MAX || too_costly(r));
}

/* ---- its place in the tree ---- */
static void append(struct profile_element **first, struct profile_element **last, struct profile_element *el)
{
    if (*last)
        (*last)->next = el;
    else
        *first = el;
    *last = el;
}

static struct profile_element *child_named(struct profile_element *parent, struct str name)
{
    struct profile_element *c = parent->first;
    while (c && !str_eq(c->name, name))
        c = c->next;
    return c;
}

/* A slice of a slice ("a/b") is not enforced: it stands beside the tree, to take its children with it. */
static bool place(struct reading *r, struct profile_element *el, int depth)
{
    struct profile_element *parent = depth ? r->stack[depth - 1] : NULL;
    for (int i = depth; i < PROFILE_DEPTH_MAX; i++)
        r->stack[i] = NULL;
    r->stack[depth] = el;
    if (!depth) {
        bool first = !r->p->top && !el->slice.n;
        r->p->top = el;
        return first || err_set(r->e, ERR_INVALID, "the snapshot has several roots");
    }
    if (!parent || !str_starts(el->path, arena_cstr(r->arena, parent->path)))
        return err_set(r->e, ERR_INVALID, "the elements of the snapshot are not in order");
    struct profile_element *base = child_named(parent, el->name);
    if (!el->slice.n && !base)
        append(&parent->first, &parent->last, el);
    else if (el->slice.n && base && str_find(el->slice, '/') == el->slice.n)
        append(&base->slices, &base->slices_last, el);
    return true;
}

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
    struct profile_element *el = ARENA_NEW(r->arena, struct profile_element);
    el->path = arena_str(r->arena, path);
    el->choice = str_ends(step, "[x]");
    el->name = arena_str(r->arena, str_sub(step, 0, step.n - (el->choice ? 3 : 0)));
    el->slice = arena_str(r->arena, fhir_text(n, "sliceName"));
    return place(r, el, depth) && read_content(r, el, n);
}

/* ---- content references ---- */
static const struct profile_element *at_path(const struct profile_element *top, struct str path)
{
    struct str step;
    const struct profile_element *el = top;
    if (!path.n || !str_next(&path, '.', &step))
        return NULL;
    while (el && path.n && str_next(&path, '.', &step)) {
        el = el->first;
        while (el && !str_eq(el->name, step))
            el = el->next;
    }
    return el;
}

static void resolve(struct profile *p, struct profile_element *el)
{
    size_t hash = str_find(el->content, '#');
    if (hash < el->content.n)
        el->like = at_path(p->top, str_sub(el->content, hash + 1, el->content.n));
    for (struct profile_element *c = el->first; c; c = c->next)
        resolve(p, c);
    for (struct profile_element *s = el->slices; s; s = s->next)
        resolve(p, s);
}

const struct profile_element *element_children(const struct profile_element *el)
{
    return el->like && !el->first ? el->like->first : el->first;
}

/* ---- the whole ---- */
static bool read_definition(struct reading *r, const struct fhir_node *definition)
{
    struct profile *p = r->p;
    const struct fhir_node *snapshot = fhir_member(definition, "snapshot");
    const struct fhir_node *list = snapshot ? fhir_member(snapshot, "element") : NULL;
    p->url = arena_str(r->arena, fhir_text(definition, "url"));
    p->type = fhir_type_find(fhir_text(definition, "type"));
    if (!p->type)
        return err_set(r->e, ERR_INVALID, "the profile is of a type R4 has not");
    if (!list)
        return err_set(r->e, ERR_INVALID, "the profile has no snapshot");
    for (const struct fhir_node *n = list->first; n; n = n->next)
        if (!read_element(r, n))
            return false;
    if (!p->top)
        return err_set(r->e, ERR_INVALID, "the snapshot is empty");
    resolve(p, p->top);
    return true;
}

struct profile *profile_compile(const struct fhir_node *definition, struct err *e)
{
    struct profile *p = mem_zalloc(sizeof *p);
    arena_init(&p->arena);
    struct reading r = {.p = p, .arena = &p->arena, .e = e};
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
