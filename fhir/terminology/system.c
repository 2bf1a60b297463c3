/* CodeSystems: their concepts, the filters a value set puts on them, their tree. */
#include "fhir/terminology/terminology_priv.h"

#include <regex.h>
#include <string.h>

struct above { /* the way down to a concept */
    struct str code;
    const struct above *up;
};

struct selection {
    struct term *t;
    struct str system;
    const struct fhir_node *filters; /* an array, or NULL */
    struct term_codes *codes;
};

static const struct fhir_node *property(const struct fhir_node *concept, struct str name, const struct fhir_node *after)
{
    const struct fhir_node *list = fhir_member(concept, "property");
    for (const struct fhir_node *p = after ? after->next : list ? list->first : NULL; p; p = p->next)
        if (str_eq(fhir_text(p, "code"), name))
            return p;
    return NULL;
}

static struct str value_of(const struct fhir_node *property)
{
    for (const struct fhir_node *m = property->first; m; m = m->next)
        if (str_starts(m->key, "value"))
            return m->kind == FHIR_OBJECT ? fhir_text(m, "code") : m->text;
    return STR_NONE;
}

static bool among(struct str list, struct str text)
{
    struct str one;
    while (str_next(&list, ',', &one))
        if (str_eq(str_trim(one), text))
            return true;
    return false;
}

static bool below(const struct above *way, struct str code)
{
    for (; way; way = way->up)
        if (str_eq(way->code, code))
            return true;
    return false;
}

/* glibc's matcher walks without backtracking as long as a pattern has no back references; counted repetition is what
 * makes its tables large. Both are refused. */
static bool matches(struct term *t, struct str pattern, struct str text, bool *ret_matches, struct err *e)
{
    regex_t re;
    if (pattern.n > TERM_PATTERN_MAX || str_find(pattern, '{') < pattern.n || str_find(pattern, '\\') < pattern.n)
        return err_set(e, ERR_TOO_COSTLY, "a regex filter has at most %d characters, no '{' and no '\\'",
                       TERM_PATTERN_MAX);
    struct str whole = arena_printf(t->arena, "^(%.*s)$", STR_ARG(pattern));
    if (regcomp(&re, whole.p, REG_EXTENDED | REG_NOSUB))
        return err_set(e, ERR_BUSINESS_RULE, "a regex filter is no regular expression");
    *ret_matches = regexec(&re, arena_cstr(t->arena, str_sub(text, 0, 200)), 0, NULL, 0) == 0;
    regfree(&re);
    t->work += 20;
    return true;
}

/* The text a filter looks at: the concept's own members, or its property. */
static struct str filtered_text(const struct fhir_node *concept, struct str name)
{
    if (str_is(name, "code") || str_is(name, "concept"))
        return fhir_text(concept, "code");
    if (str_is(name, "display"))
        return fhir_text(concept, "display");
    const struct fhir_node *p = property(concept, name, NULL);
    return p ? value_of(p) : STR_NONE;
}

static bool equals(const struct fhir_node *concept, struct str name, struct str value)
{
    for (const struct fhir_node *p = property(concept, name, NULL); p; p = property(concept, name, p))
        if (str_eq(value_of(p), value))
            return true;
    return str_eq(filtered_text(concept, name), value);
}

static bool passes(struct selection *s, const struct fhir_node *concept, const struct above *way,
                   const struct fhir_node *filter, bool *ret_passes, struct err *e)
{
    struct str op = fhir_text(filter, "op"), value = fhir_text(filter, "value"), name = fhir_text(filter, "property");
    struct str code = fhir_text(concept, "code"), text = filtered_text(concept, name);
    if (str_is(op, "is-a"))
        *ret_passes = str_eq(code, value) || below(way, value);
    else if (str_is(op, "descendent-of"))
        *ret_passes = below(way, value);
    else if (str_is(op, "is-not-a"))
        *ret_passes = !str_eq(code, value) && !below(way, value);
    else if (str_is(op, "="))
        *ret_passes = equals(concept, name, value);
    else if (str_is(op, "exists"))
        *ret_passes = (text.n > 0) == str_is(value, "true");
    else if (str_is(op, "in"))
        *ret_passes = among(value, text);
    else if (str_is(op, "not-in"))
        *ret_passes = !among(value, text);
    else if (str_is(op, "regex"))
        return matches(s->t, value, text, ret_passes, e);
    else
        return err_set(e, ERR_BUSINESS_RULE, "a filter of the value set is not supported");
    return true;
}

static bool is_inactive(const struct fhir_node *concept)
{
    return equals(concept, STR("inactive"), STR("true")) || equals(concept, STR("status"), STR("retired"));
}

static bool walk(struct selection *s, const struct fhir_node *list, const struct above *way, struct err *e)
{
    for (const struct fhir_node *c = list ? list->first : NULL; c; c = c->next) {
        bool in = true;
        struct term_code code = {.system = s->system,
                                 .code = fhir_text(c, "code"),
                                 .display = fhir_text(c, "display"),
                                 .concept = c,
                                 .inactive = is_inactive(c)};
        for (const struct fhir_node *f = s->filters ? s->filters->first : NULL; f && in; f = f->next)
            if (!term_spend(s->t, e) || !passes(s, c, way, f, &in, e))
                return false;
        if (!(in ? term_put(s->t, s->codes, &code, e) : term_spend(s->t, e)))
            return false;
        struct above here = {code.code, way};
        if (!walk(s, fhir_member(c, "concept"), &here, e))
            return false;
    }
    return true;
}

bool term_select(struct term *t, const struct fhir_node *code_system, const struct fhir_node *filters,
                 struct term_codes *codes, struct err *e)
{
    struct selection s = {t, fhir_text(code_system, "url"), filters, codes};
    return walk(&s, fhir_member(code_system, "concept"), NULL, e);
}

bool term_concepts(struct term *t, const struct fhir_node *code_system, struct term_codes *ret_codes, struct err *e)
{
    *ret_codes = (struct term_codes){.n = 0};
    return term_select(t, code_system, NULL, ret_codes, e);
}

static bool built_in(struct term *t, struct str system, struct term_codes *codes, struct err *e)
{
    struct term_code code = {.concept = NULL};
    for (int i = 0; fhir_code_at(i, &code.system, &code.code); i++)
        if (str_eq(code.system, system) && !term_put(t, codes, &code, e))
            return false;
    return true;
}

bool term_system(struct term *t, struct str system, struct term_codes *ret_codes, bool *ret_known, struct err *e)
{
    const struct fhir_node *document;
    *ret_codes = (struct term_codes){.n = 0};
    if (!term_document(t, "CodeSystem", system, &document, e))
        return false;
    if (!(document ? term_select(t, document, NULL, ret_codes, e) : built_in(t, system, ret_codes, e)))
        return false;
    *ret_known = document || ret_codes->n;
    return true;
}

static bool find_below(const struct fhir_node *list, struct str code, struct str ancestor, bool inside)
{
    for (const struct fhir_node *c = list ? list->first : NULL; c; c = c->next) {
        struct str own = fhir_text(c, "code");
        if (inside && str_eq(own, code))
            return true;
        if (find_below(fhir_member(c, "concept"), code, ancestor, inside || str_eq(own, ancestor)))
            return true;
    }
    return false;
}

bool term_is_below(const struct fhir_node *code_system, struct str code, struct str ancestor)
{
    return find_below(fhir_member(code_system, "concept"), code, ancestor, false);
}
