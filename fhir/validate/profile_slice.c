/* Slicing: which slice a value is of, by what its profile says tells them apart. */
#include "fhir/validate/profile_priv.h"

#include <stdio.h>
#include <string.h>

/* ---- what a slice says at the end of a discriminator's path ---- */
struct expected {
    const struct profile_element *element; /* NULL: the snapshot does not go so far */
    const struct fhir_node *value;         /* fixed or pattern, there or from further up */
    struct str url;                        /* of an extension, by its profile */
};

static const struct fhir_node *first_of(const struct fhir_node *n)
{
    return n && n->kind == FHIR_ARRAY ? n->first : n;
}

static const struct fhir_node *step_into(const struct fhir_node *value, struct str name)
{
    for (const struct fhir_node *m = value && value->kind == FHIR_OBJECT ? value->first : NULL; m; m = m->next)
        if (str_eq(m->key, name))
            return first_of(m);
    return NULL;
}

static struct str bare(struct str canonical)
{
    return str_sub(canonical, 0, str_find(canonical, '|'));
}

/* The url of the extension an element holds, as its type's profile tells. */
static struct str extension_url(const struct profile_element *el)
{
    for (size_t i = 0; i < el->type_count; i++)
        if (str_is(el->types[i].code, "Extension") && el->types[i].profiles.n)
            return bare(el->types[i].profiles.items[0]);
    return STR_NONE;
}

/* extension('url'): the slice of that extension. */
static const struct profile_element *extension_slice(const struct profile_element *el, struct str step)
{
    size_t quote = str_find(step, '\'');
    struct str url = str_sub(step, quote + 1, step.n);
    url = str_sub(url, 0, str_find(url, '\''));
    for (const struct profile_element *c = element_children(el); c; c = c->next)
        for (const struct profile_element *s = c->slices; s; s = s->next)
            if (str_is(c->name, "extension") && str_eq(extension_url(s), url))
                return s;
    return NULL;
}

static const struct profile_element *child_of(const struct profile_element *el, struct str step)
{
    const struct profile_element *c = element_children(el);
    while (c && !str_eq(c->name, step))
        c = c->next;
    return c;
}

/* The end of a step: a dot outside of parentheses. */
static size_t step_end(struct str path)
{
    int open = 0;
    for (size_t i = 0; i < path.n; i++) {
        open += (path.p[i] == '(') - (path.p[i] == ')');
        if (path.p[i] == '.' && open <= 0)
            return i;
    }
    return path.n;
}

static void expect_step(struct expected *x, struct str step)
{
    bool call = str_ends(step, ")");
    if (str_is(step, "$this") || (call && !str_starts(step, "extension(")))
        return; /* resolve(), ofType(T): the same element */
    bool url = x->element && str_is(step, "url");
    x->url = url ? extension_url(x->element) : STR_NONE;
    x->value = step_into(x->value, step);
    if (x->element)
        x->element = call ? extension_slice(x->element, step) : child_of(x->element, step);
    if (x->element && (x->element->fixed || x->element->pattern))
        x->value = x->element->fixed ? x->element->fixed : x->element->pattern;
}

static struct expected expect(const struct profile_element *slice, struct str path)
{
    struct expected x = {.element = slice, .value = slice->fixed ? slice->fixed : slice->pattern};
    while (path.n) {
        size_t end = step_end(path);
        expect_step(&x, str_sub(path, 0, end));
        path = str_sub(path, end + 1, path.n);
    }
    return x;
}

/* ---- one discriminator ---- */
static bool any_value(struct along *a, const struct expected *x, const struct fhirpath_list *found)
{
    for (size_t i = 0; i < found->n; i++) {
        const struct fhirpath_item *item = found->items[i];
        bool fits = x->url.n   ? str_eq(item->text, x->url)
                    : x->value ? item->node && value_contains(item->node, x->value)
                               : !x->element || element_fits(a, x->element, item);
        if (fits)
            return true;
    }
    return false;
}

static bool any_type(const struct expected *x, const struct fhirpath_list *found)
{
    for (size_t i = 0; i < found->n; i++)
        if (!x->element || element_takes(x->element, found->items[i]))
            return true;
    return false;
}

/* resolve() gives what a reference leads to: its type is one of the targets. */
static bool any_target(const struct expected *x, const struct fhirpath_list *found)
{
    for (size_t i = 0; x->element && i < x->element->type_count; i++)
        for (size_t k = 0; k < x->element->types[i].targets.n; k++) {
            const struct fhir_type *t = core_type(x->element->types[i].targets.items[k]);
            for (size_t n = 0; n < found->n; n++)
                if (t && found->items[n]->type && fhir_type_is(found->items[n]->type, t))
                    return true;
        }
    return false;
}

static bool any_profile(struct along *a, const struct expected *x, const struct fhirpath_list *found)
{
    for (size_t i = 0; x->element && i < x->element->type_count; i++)
        for (size_t k = 0; k < x->element->types[i].profiles.n; k++)
            for (size_t n = 0; n < found->n; n++)
                if (profile_conforms(a, x->element->types[i].profiles.items[k], found->items[n], false) == 1)
                    return true;
    return false;
}

static bool discriminates(struct along *a, const struct discriminator *d, const struct profile_element *slice,
                          const struct fhirpath_item *item)
{
    struct err e = {0};
    struct fhirpath_list found = {0};
    struct expected x = expect(slice, d->path);
    if (!d->x || !along_spend(a) || !fhirpath_eval(d->x, a->context, item, &found, &e))
        return false;
    bool resolved = memmem(d->path.p, d->path.n, "resolve()", 9) != NULL;
    switch (d->kind) {
    case BY_EXISTS:
        return x.element && x.element->max == 0 ? !found.n : found.n > 0;
    case BY_TYPE:
        return resolved ? any_target(&x, &found) : any_type(&x, &found);
    case BY_PROFILE:
        return resolved ? any_target(&x, &found) : any_profile(a, &x, &found);
    default:
        return any_value(a, &x, &found);
    }
}

/* What tells slices apart when the profile does not say: extensions by url, choice elements by type. */
static bool fits_unsaid(struct along *a, const struct profile_element *el, const struct profile_element *slice,
                        const struct fhirpath_item *item)
{
    struct str url = extension_url(slice);
    if (url.n)
        return str_eq(fhir_text(item->node, "url"), url);
    return el->choice ? element_takes(slice, item) : element_fits(a, slice, item);
}

static bool fits(struct along *a, const struct profile_element *el, const struct profile_element *slice,
                 const struct fhirpath_item *item)
{
    if (!el->discriminator_count)
        return item->node && fits_unsaid(a, el, slice, item);
    for (size_t i = 0; i < el->discriminator_count; i++)
        if (!discriminates(a, &el->discriminators[i], slice, item))
            return false;
    return true;
}

/* ---- all values ---- */
static void tell(struct along *a, const struct fhirpath_item *item, const char *code, struct str text)
{
    const struct fhir_issue issue = {
        .fatal = true,
        .code = code,
        .text = arena_printf(a->context->arena, "%.*s (profile %.*s)", STR_ARG(text), STR_ARG(a->profile->url)).p};
    along_tell(a, item, &issue);
}

static void check_counts(struct along *a, const struct profile_element *el, const int *counts,
                         const struct fhirpath_item *parent)
{
    struct arena *arena = a->context->arena;
    int i = 0;
    for (const struct profile_element *s = el->slices; s; s = s->next, i++) {
        if (counts[i] < s->min)
            tell(a, parent, "required",
                 arena_printf(arena, "'%.*s' needs its slice '%.*s' %d times, and has it %d", STR_ARG(el->path),
                              STR_ARG(s->slice), s->min, counts[i]));
        if (s->max >= 0 && counts[i] > s->max)
            tell(a, parent, "value",
                 arena_printf(arena, "'%.*s' may have its slice '%.*s' %d times, and has it %d", STR_ARG(el->path),
                              STR_ARG(s->slice), s->max, counts[i]));
    }
}

/* The place of the slice among the slices, -1 for a value of none. */
static int slice_of(struct along *a, const struct profile_element *el, const struct fhirpath_item *item,
                    const struct profile_element **ret_slice)
{
    int i = 0;
    *ret_slice = el->slices;
    while (*ret_slice && !fits(a, el, *ret_slice, item)) {
        *ret_slice = (*ret_slice)->next;
        i++;
    }
    return *ret_slice ? i : -1;
}

/* What a slice took may be sliced again. */
static void check_below(struct along *a, const struct profile_element *el, const struct fhirpath_list *values,
                        const int *of, const struct fhirpath_item *parent)
{
    int i = 0;
    for (const struct profile_element *s = el->slices; s; s = s->next, i++) {
        struct fhirpath_list own = {0};
        for (size_t v = 0; s->slices && v < values->n; v++)
            if (of[v] == i)
                fhirpath_add(a->context->arena, &own, values->items[v]);
        if (s->slices && along_spend(a))
            slices_check(a, s, &own, parent);
    }
}

void slices_check(struct along *a, const struct profile_element *el, const struct fhirpath_list *values,
                  const struct fhirpath_item *parent)
{
    int slices = 0, latest = -1;
    bool rest = false; /* values of no slice have begun */
    for (const struct profile_element *s = el->slices; s; s = s->next)
        slices++;
    int *counts = ARENA_ARRAY(a->context->arena, int, (size_t)slices + 1);
    int *of = ARENA_ARRAY(a->context->arena, int, values->n + 1);
    for (size_t v = 0; v < values->n; v++)
        of[v] = -1;
    for (size_t v = 0; v < values->n && along_spend(a); v++) {
        const struct profile_element *slice;
        int at = of[v] = slice_of(a, el, values->items[v], &slice);
        if (at < 0 && el->slicing == SLICING_CLOSED)
            tell(a, values->items[v], "value", STR("of none of the slices, and no others are allowed"));
        if (at >= 0 && ((el->slicing == SLICING_OPEN_AT_END && rest) || (el->ordered && at < latest)))
            tell(a, values->items[v], "value", STR("the slices are not in the order that is due"));
        rest = rest || at < 0;
        latest = at > latest ? at : latest;
        if (!slice)
            continue;
        counts[at]++;
        element_check(a, slice, values->items[v]);
    }
    if (run_goes_on(a->run))
        check_counts(a, el, counts, parent);
    check_below(a, el, values, of, parent);
}
