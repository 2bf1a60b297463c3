#include "fhir/model/check_priv.h"

#include <stdio.h>
#include <stdlib.h>

#include "fhir/model/reference_priv.h"

/* ---- references ---- */
static bool is_target(const struct fhir_elem *el, const struct fhir_type *t)
{
    unsigned wanted = (unsigned)(t - fhir_types) + 1;
    for (const uint16_t *target = &fhir_target_lists[el->targets]; *target; target++)
        if (*target == wanted)
            return true;
    return false;
}

static int by_id(const void *a, const void *b)
{
    const struct fhir_node *const *x = a, *const *y = b;
    return str_cmp(fhir_text(*x, "id"), fhir_text(*y, "id"));
}

/* Contained resources are looked up once a reference: sorted, so that many of both stay cheap. */
static void index_contained(struct fhir_checker *c)
{
    const struct fhir_node *all = fhir_member(c->resource, "contained");
    size_t count = 0;
    for (const struct fhir_node *n = all ? all->first : NULL; n; n = n->next)
        count++;
    c->contained = ARENA_ARRAY(c->issues->arena, const struct fhir_node *, count + 1);
    for (const struct fhir_node *n = all ? all->first : NULL; n; n = n->next)
        c->contained[c->contained_count++] = n;
    qsort(c->contained, count, sizeof *c->contained, by_id);
}

/* The contained resource that "#id" names; "#" is the resource around it. */
static const struct fhir_node *contained_find(struct fhir_checker *c, struct str id)
{
    if (!id.n)
        return c->resource;
    if (!c->contained)
        index_contained(c);
    size_t low = 0, high = c->contained_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(id, fhir_text(c->contained[middle], "id"));
        if (order == 0)
            return c->contained[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The type a reference names, NULL when it leaves that open. */
static const struct fhir_type *referenced(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_frame *f)
{
    struct str text = fhir_text(n, "reference");
    if (!str_starts(text, "#"))
        return fhir_resource_find(fhir_reference_type(text));
    const struct fhir_node *found = contained_find(c, str_sub(text, 1, text.n));
    if (!found)
        fhir_complain(c, f, n, "not-found", "no contained resource has this id");
    return found ? fhir_type_of(&fhir_types[FHIR_T_Resource], found) : NULL;
}

static void check_reference(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                            const struct fhir_frame *f)
{
    const struct fhir_type *t = referenced(c, n, f);
    if (!t)
        t = fhir_resource_find(fhir_text(n, "type"));
    if (!t || !el->targets || is_target(el, t))
        return;
    char text[200];
    snprintf(text, sizeof text, "a reference to %s is not allowed here", fhir_type_name(t).p);
    fhir_complain(c, f, n, "value", text);
}

/* ---- required bindings of codings ---- */
static bool coding_in(const struct fhir_node *coding, unsigned binding)
{
    struct str system = fhir_text(coding, "system");
    return fhir_code_in(binding, &system, fhir_text(coding, "code"));
}

static void check_codings(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                          const struct fhir_frame *f)
{
    const struct fhir_node *codings = fhir_member(n, "coding");
    bool extensible = el->flags & FHIR_ELEM_EXTENSIBLE, coded = codings || el->type == FHIR_T_Coding;
    if (extensible && (!c->how->warnings || !coded))
        return; /* a text alone is allowed */
    bool found = el->type == FHIR_T_Coding && coding_in(n, el->binding);
    for (const struct fhir_node *coding = codings ? codings->first : NULL; coding && !found; coding = coding->next)
        found = coding_in(coding, el->binding);
    if (found)
        return;
    char text[200];
    struct str url = fhir_pooled(fhir_value_set_pool, fhir_code_sets[el->binding - 1].url);
    snprintf(text, sizeof text,
             extensible ? "should have a coding of value set %.*s" : "needs a coding of value set %.*s", STR_ARG(url));
    (extensible ? fhir_warn : fhir_complain)(c, f, n, "code-invalid", text);
}

void fhir_check_meaning(struct fhir_checker *c, const struct fhir_node *n, const struct fhir_elem *el,
                        const struct fhir_frame *f)
{
    if (el->type == FHIR_T_Reference)
        check_reference(c, n, el, f);
    else if (el->binding && (el->type == FHIR_T_Coding || el->type == FHIR_T_CodeableConcept))
        check_codings(c, n, el, f);
}
