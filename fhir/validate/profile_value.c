/* What a profile says of one value: its type, what it must be or hold, codes, length. */
#include "fhir/validate/profile_priv.h"

#include <stdio.h>

#define CORE "http://hl7.org/fhir/StructureDefinition/"

/* ---- comparing ---- */
static const struct fhir_node *member(const struct fhir_node *object, struct str key)
{
    const struct fhir_node *m = object->first;
    while (m && !str_eq(m->key, key))
        m = m->next;
    return m;
}

static size_t count(const struct fhir_node *n)
{
    size_t items = 0;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        items++;
    return items;
}

static bool members_equal(const struct fhir_node *a, const struct fhir_node *b)
{
    for (const struct fhir_node *m = a->first; m; m = m->next) {
        const struct fhir_node *other = member(b, m->key);
        if (!other || !value_equal(m, other))
            return false;
    }
    return true;
}

bool value_equal(const struct fhir_node *a, const struct fhir_node *b)
{
    if (a->kind != b->kind || count(a) != count(b))
        return false;
    if (a->kind == FHIR_OBJECT)
        return members_equal(a, b);
    if (a->kind != FHIR_ARRAY)
        return str_eq(a->text, b->text);
    const struct fhir_node *x = a->first, *y = b->first;
    for (; x && y; x = x->next, y = y->next)
        if (!value_equal(x, y))
            return false;
    return true;
}

/* Each item of the pattern in some item of the value, in any order. */
static bool items_contained(const struct fhir_node *value, const struct fhir_node *pattern)
{
    for (const struct fhir_node *p = pattern->first; p; p = p->next) {
        const struct fhir_node *v = value->first;
        while (v && !value_contains(v, p))
            v = v->next;
        if (!v)
            return false;
    }
    return true;
}

bool value_contains(const struct fhir_node *value, const struct fhir_node *pattern)
{
    if (value->kind != pattern->kind)
        return false;
    if (value->kind == FHIR_ARRAY)
        return items_contained(value, pattern);
    if (value->kind != FHIR_OBJECT)
        return str_eq(value->text, pattern->text);
    for (const struct fhir_node *p = pattern->first; p; p = p->next) {
        const struct fhir_node *v = member(value, p->key);
        if (!v || !value_contains(v, p))
            return false;
    }
    return true;
}

/* ---- telling ---- */
static void tell(struct along *a, const struct fhirpath_item *item, const char *code, struct str text)
{
    struct arena *arena = a->context->arena;
    const struct fhir_issue issue = {
        .fatal = true,
        .code = code,
        .text = arena_printf(arena, "%.*s (profile %.*s)", STR_ARG(text), STR_ARG(a->profile->url)).p};
    along_tell(a, item, &issue);
}

/* ---- types ---- */
const struct fhir_type *core_type(struct str canonical)
{
    canonical = str_sub(canonical, 0, str_find(canonical, '|'));
    return str_starts(canonical, CORE) ? fhir_type_find(str_sub(canonical, sizeof CORE - 1, canonical.n)) : NULL;
}

bool element_takes(const struct profile_element *el, const struct fhirpath_item *item)
{
    for (size_t i = 0; i < el->type_count && item->type; i++) {
        const struct fhir_type *t = fhir_type_find(el->types[i].code);
        if (!t || fhir_type_is(item->type, t))
            return true;
    }
    return !el->type_count || !item->type;
}

/* A value of a type with profiles conforms to one of them, as far as they are known. */
static void check_type_profiles(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    for (size_t i = 0; i < el->type_count; i++) {
        const struct strs *profiles = &el->types[i].profiles;
        const struct fhir_type *t = fhir_type_find(el->types[i].code);
        if (!profiles->n || !t || !item->type || !fhir_type_is(item->type, t))
            continue;
        if (profiles->n == 1) {
            profile_conforms(a, profiles->items[0], item, true);
            continue;
        }
        int best = 0;
        for (size_t p = 0; p < profiles->n && !best; p++)
            best = profile_conforms(a, profiles->items[p], item, false);
        if (!best)
            tell(a, item, "value", STR("conforms to none of the profiles this element may have"));
    }
}

/* ---- references ---- */
static const struct fhir_type *target_type(struct along *a, struct str canonical)
{
    const struct fhir_type *t = core_type(canonical);
    const struct profile *p = NULL;
    const struct validate_source *s = a->run->options->source;
    if (t || !s || !s->profile || !run_goes_on(a->run))
        return t;
    struct err e = {0};
    return s->profile(s->ctx, canonical, &p, &e) && p ? p->type : NULL;
}

/* What a reference leads to, where that can be seen; NULL elsewhere. */
static const struct fhirpath_item *target_of(struct along *a, const struct fhirpath_item *item)
{
    struct err e = {0};
    struct fhirpath_list found = {0};
    const struct fhirpath *x = fhirpath_compile(a->context->arena, STR("resolve()"), &e);
    bool one = x && fhirpath_eval(x, a->context, item, &found, &e) && found.n == 1;
    return one && found.items[0]->node ? found.items[0] : NULL;
}

/* Of its targets' profiles what it leads to keeps one, as far as they are known. */
static void check_target_profiles(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    bool asked = false;
    const struct fhirpath_item *target = NULL;
    for (size_t i = 0; i < el->type_count; i++)
        for (size_t k = 0; k < el->types[i].targets.n; k++) {
            struct str canonical = el->types[i].targets.items[k];
            if (!asked && !core_type(canonical) && !(target = target_of(a, item)))
                return;
            asked = asked || !core_type(canonical);
            if (target && profile_conforms(a, canonical, target, false) != 0)
                return;
        }
    if (target)
        tell(a, item, "value", STR("what the reference leads to keeps none of the profiles that are due"));
}

static void check_target(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    bool limited = false;
    struct str text = fhir_text(item->node, "reference"), name = fhir_reference_type(text);
    const struct fhir_type *t = fhir_type_find(name.n ? name : fhir_text(item->node, "type"));
    const struct fhirpath_item *contained = !t && text.n && el->type_count ? target_of(a, item) : NULL;
    t = contained ? contained->type : t;
    for (size_t i = 0; t && i < el->type_count; i++)
        for (size_t k = 0; k < el->types[i].targets.n; k++) {
            const struct fhir_type *wanted = target_type(a, el->types[i].targets.items[k]);
            if (!wanted || fhir_type_is(t, wanted)) {
                check_target_profiles(a, el, item);
                return;
            }
            limited = true;
        }
    if (limited)
        tell(a, item, "value",
             arena_printf(a->context->arena, "a reference to %.*s is not allowed here", STR_ARG(fhir_type_name(t))));
}

/* ---- codes ---- */
/* 1, 0, -1 nobody knows the value set. */
static int in_set(struct along *a, struct str set, struct str system, struct str code)
{
    int is = -1, built_in = fhir_code_set_find(set);
    struct str s, c;
    const struct validate_source *source = a->run->options->source;
    for (int i = 0; built_in >= 0 && fhir_code_set_at(built_in, i, &s, &c); i++)
        if (str_eq(c, code) && (!system.p || str_eq(s, system)))
            return 1;
    if (built_in >= 0)
        return 0;
    if (source && source->in_value_set && run_goes_on(a->run))
        source->in_value_set(source->ctx, set, system, code, &is, &a->run->fault);
    return is;
}

static int codings_in(struct along *a, struct str set, const struct fhir_node *concept)
{
    int best = 0;
    const struct fhir_node *list = fhir_member(concept, "coding");
    for (const struct fhir_node *c = list ? list->first : NULL; c && best == 0; c = c->next)
        best = in_set(a, set, fhir_text(c, "system"), fhir_text(c, "code"));
    return best;
}

static int bound(struct along *a, struct str set, const struct fhirpath_item *item)
{
    struct str type = item->type ? fhir_type_name(item->type) : STR_NONE;
    if (!item->node)
        return -1;
    if (item->node->kind == FHIR_STRING)
        return in_set(a, set, STR_NONE, item->text);
    if (str_is(type, "CodeableConcept"))
        return codings_in(a, set, item->node);
    if (str_is(type, "Coding") || str_is(type, "Quantity"))
        return in_set(a, set, fhir_text(item->node, "system"), fhir_text(item->node, "code"));
    return -1;
}

static void check_binding(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    bool text_only = item->node && item->node->kind == FHIR_OBJECT && !fhir_member(item->node, "coding") &&
                     !fhir_member(item->node, "code");
    if (!el->required && (!a->run->options->warnings || text_only))
        return;
    int is = bound(a, el->value_set, item);
    if (is == 1 || (is < 0 && !a->run->options->warnings))
        return;
    const char *said = is < 0 ? "value set %.*s is not known here: the code can not be checked (profile %.*s)"
                              : "not a code of value set %.*s (profile %.*s)";
    const struct fhir_issue issue = {
        .fatal = is == 0 && el->required,
        .code = is < 0 ? "not-found" : "code-invalid",
        .text = arena_printf(a->context->arena, said, STR_ARG(el->value_set), STR_ARG(a->profile->url)).p};
    along_tell(a, item, &issue);
}

void value_check(struct along *a, const struct profile_element *el, const struct fhirpath_item *item)
{
    if (!element_takes(el, item)) {
        tell(a, item, "value", STR("a value of this type is not allowed here"));
        return;
    }
    if (el->fixed && !(item->node && value_equal(item->node, el->fixed)))
        tell(a, item, "value", STR("not the value that is fixed here"));
    if (el->pattern && !(item->node && value_contains(item->node, el->pattern)))
        tell(a, item, "value", STR("not of the pattern that is due here"));
    if (el->max_length > 0 && (int64_t)str_utf8_count(item->text) > el->max_length)
        tell(a, item, "too-long", STR("longer than is allowed here"));
    if (el->value_set.n)
        check_binding(a, el, item);
    if (item->node && item->type && str_is(fhir_type_name(item->type), "Reference"))
        check_target(a, el, item);
    check_type_profiles(a, el, item);
}
