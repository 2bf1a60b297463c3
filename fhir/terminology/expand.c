/* ValueSet.compose as a list of codes (R4 valueset.html#compositions). */
#include "fhir/terminology/terminology_priv.h"

struct term_document {
    const char *type;
    struct str canonical;
    const struct fhir_node *resource; /* NULL: it is not here */
    struct term_document *next;
};

void term_init(struct term *t, struct arena *a, term_load load, void *ctx)
{
    *t = (struct term){.arena = a, .load = load, .ctx = ctx};
}

bool term_document(struct term *t, const char *type, struct str canonical, const struct fhir_node **ret_resource,
                   struct err *e)
{
    for (struct term_document *d = t->loaded; d; d = d->next) {
        if (!term_spend(t, e))
            return false;
        if (str_is(str_of(d->type), type) && str_eq(d->canonical, canonical)) {
            *ret_resource = d->resource;
            return true;
        }
    }
    struct term_document *fresh = ARENA_NEW(t->arena, struct term_document);
    *fresh = (struct term_document){.type = type, .canonical = canonical, .next = t->loaded};
    t->work += 1000; /* it asks the database */
    if (!term_spend(t, e) || !t->load(t->ctx, type, canonical, &fresh->resource, e))
        return false;
    t->loaded = fresh;
    *ret_resource = fresh->resource;
    return true;
}

static const char code_system_type[] = "CodeSystem", value_set_type[] = "ValueSet";

/* The codes an include lists itself; displays and properties come from the CodeSystem when that is here. */
static bool put_listed(struct term *t, struct str system, const struct fhir_node *list, struct term_codes *codes,
                       struct err *e)
{
    bool known;
    struct term_codes all;
    if (!term_system(t, system, &all, &known, e))
        return false;
    for (const struct fhir_node *c = list->first; c; c = c->next) {
        const struct term_code *full = term_find(&all, system, fhir_text(c, "code"));
        struct term_code code = {.system = system,
                                 .code = fhir_text(c, "code"),
                                 .display = fhir_text(c, "display"),
                                 .concept = full && full->concept ? full->concept : c};
        code.inactive = full && full->inactive;
        if (full && !code.display.n)
            code.display = full->display;
        if (!term_put(t, codes, &code, e))
            return false;
    }
    return true;
}

static bool put_system(struct term *t, struct str system, const struct fhir_node *filters, struct term_codes *codes,
                       struct err *e)
{
    bool known;
    const struct fhir_node *document;
    if (!term_document(t, code_system_type, system, &document, e))
        return false;
    if (document)
        return term_select(t, document, filters, codes, e);
    if (!filters && !term_system(t, system, codes, &known, e))
        return false;
    if (filters || !known)
        return err_set(e, ERR_BUSINESS_RULE, "a code system the value set takes codes from is not known here");
    return true;
}

static bool intersect(struct term *t, const struct term_codes *a, const struct term_codes *b,
                      struct term_codes *ret_codes, struct err *e)
{
    struct term_codes both = {.n = 0};
    for (size_t i = 0; i < a->n; i++)
        if (!a->item[i].removed && term_find(b, a->item[i].system, a->item[i].code) &&
            !term_put(t, &both, &a->item[i], e))
            return false;
    *ret_codes = both;
    return true;
}

/* One include or exclude: what its system gives, in all value sets it names. */
static bool select_part(struct term *t, const struct fhir_node *part, struct term_codes *ret_codes, struct err *e)
{
    struct str system = fhir_text(part, "system");
    const struct fhir_node *listed = fhir_member(part, "concept"), *sets = fhir_member(part, "valueSet");
    bool first = !system.n;
    *ret_codes = (struct term_codes){.n = 0};
    if (!term_spend(t, e))
        return false;
    if (system.n && !(listed ? put_listed(t, system, listed, ret_codes, e)
                             : put_system(t, system, fhir_member(part, "filter"), ret_codes, e)))
        return false;
    for (const struct fhir_node *s = sets ? sets->first : NULL; s; s = s->next) {
        struct term_codes other;
        if (!term_expand_url(t, s->text, &other, e))
            return false;
        if (!first && !intersect(t, ret_codes, &other, &other, e))
            return false;
        *ret_codes = other;
        first = false;
    }
    return true;
}

static bool compose(struct term *t, const struct fhir_node *value_set, struct term_codes *codes, struct err *e)
{
    const struct fhir_node *all = fhir_member(value_set, "compose");
    const struct fhir_node *in = all ? fhir_member(all, "include") : NULL;
    const struct fhir_node *out = all ? fhir_member(all, "exclude") : NULL;
    struct term_codes part;
    for (const struct fhir_node *p = in ? in->first : NULL; p; p = p->next) {
        if (!select_part(t, p, &part, e))
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!part.item[i].removed && !term_put(t, codes, &part.item[i], e))
                return false;
    }
    for (const struct fhir_node *p = out ? out->first : NULL; p; p = p->next) {
        if (!select_part(t, p, &part, e))
            return false;
        for (size_t i = 0; i < part.n; i++) {
            struct term_code *found = term_at(codes, part.item[i].system, part.item[i].code);
            if (found && !part.item[i].removed)
                found->removed = true;
        }
    }
    return true;
}

/* A ValueSet that came with its expansion only. */
static bool take_expansion(struct term *t, const struct fhir_node *list, struct term_codes *codes, struct err *e)
{
    for (const struct fhir_node *c = list ? list->first : NULL; c; c = c->next) {
        struct term_code code = {.system = fhir_text(c, "system"),
                                 .code = fhir_text(c, "code"),
                                 .display = fhir_text(c, "display"),
                                 .concept = c,
                                 .inactive = str_is(fhir_text(c, "inactive"), "true")};
        if (code.code.n && !str_is(fhir_text(c, "abstract"), "true") && !term_put(t, codes, &code, e))
            return false;
        if (!take_expansion(t, fhir_member(c, "contains"), codes, e))
            return false;
    }
    return true;
}

bool term_expand(struct term *t, const struct fhir_node *value_set, struct term_codes *ret_codes, struct err *e)
{
    struct str url = fhir_text(value_set, "url");
    *ret_codes = (struct term_codes){.n = 0};
    for (int i = 0; i < t->depth; i++)
        if (url.n && str_eq(t->nesting[i], url))
            return err_set(e, ERR_BUSINESS_RULE, "the value set includes itself");
    if (t->depth == TERM_NESTING_MAX)
        return err_set(e, ERR_TOO_COSTLY, "value sets include each other more than %d deep", TERM_NESTING_MAX);
    t->nesting[t->depth++] = url;
    const struct fhir_node *expansion = fhir_member(value_set, "expansion");
    bool ok = fhir_member(value_set, "compose") || !expansion
                  ? compose(t, value_set, ret_codes, e)
                  : take_expansion(t, fhir_member(expansion, "contains"), ret_codes, e);
    t->depth--;
    return ok;
}

bool term_expand_url(struct term *t, struct str canonical, struct term_codes *ret_codes, struct err *e)
{
    const struct fhir_node *document;
    struct term_code code = {.concept = NULL};
    if (!term_document(t, value_set_type, canonical, &document, e))
        return false;
    if (document)
        return term_expand(t, document, ret_codes, e);
    int set = fhir_code_set_find(canonical);
    if (set < 0)
        return err_set(e, ERR_NOT_FOUND, "a value set that is asked for is not known here");
    *ret_codes = (struct term_codes){.n = 0};
    for (int i = 0; fhir_code_set_at(set, i, &code.system, &code.code); i++)
        if (!term_put(t, ret_codes, &code, e))
            return false;
    return true;
}

bool term_in(struct term *t, struct str value_set, struct str system, struct str code, bool *ret_in, struct err *e)
{
    struct term_codes codes;
    if (!term_expand_url(t, value_set, &codes, e))
        return false;
    *ret_in = term_find(&codes, system, code) != NULL;
    return true;
}
