#include "fhir/validate/validate_priv.h"

#include <stdlib.h>

/* Every text of the resource that may be "#id", sorted once: contained resources may be many. */
struct locals {
    struct str *texts;
    size_t n, room;
};

static void gather(struct arena *a, const struct fhir_node *n, struct locals *l)
{
    if (n->kind == FHIR_STRING && str_starts(n->text, "#")) {
        ARENA_ROOM(a, l->texts, l->n, 1, l->room);
        l->texts[l->n++] = n->text;
    }
    for (const struct fhir_node *m = n->first; m; m = m->next)
        gather(a, m, l);
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool refers_outwards(const struct fhir_node *n)
{
    if (n->kind == FHIR_STRING && str_is(n->text, "#"))
        return true;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (refers_outwards(m))
            return true;
    return false;
}

static bool referred(struct arena *a, const struct locals *l, struct str id)
{
    struct str wanted = arena_printf(a, "#%.*s", STR_ARG(id));
    return l->n && bsearch(&wanted, l->texts, l->n, sizeof *l->texts, by_text);
}

void contained_check(const struct fhir_visit *visit, struct fhir_issues *issues)
{
    const struct fhir_node *all = fhir_member(visit->node, "contained");
    struct locals l = {0};
    static const struct fhir_issue broken = {.fatal = true,
                                             .code = "invariant",
                                             .rule = "dom-3",
                                             .text = "rule dom-3 does not hold: a contained resource must be referred "
                                                     "to, or refer to the resource around it"};
    if (!all)
        return;
    gather(issues->arena, visit->node, &l);
    if (l.n)
        qsort(l.texts, l.n, sizeof *l.texts, by_text);
    for (const struct fhir_node *n = all->first; n; n = n->next)
        if (!referred(issues->arena, &l, fhir_text(n, "id")) && !refers_outwards(n))
            fhir_issue_add(issues, visit, &broken);
}
