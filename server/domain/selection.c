#include "domain/selection.h"

#include "fhir/r5/r5.h"

enum { VALUES_MAX = 200, NODES_MAX = 1000 };

bool selection_check(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    struct fhir_issues issues = {.arena = d->arena};
    (void)before;
    if (!r5_is_selection(doc->node) || r5_selection_check(r5_selection_of_basic(d->arena, doc->node), &issues))
        return true;
    err_set(e, ERR_REQUIRED, "no ImagingSelection of FHIR R5: %s", issues.first->text);
    return err_at(e, "%s", issues.first->expression);
}

bool selection_project(struct domain *d, const struct record_doc *doc, struct err *e)
{
    struct r5_param p;
    struct record_nodes all = {.type = STR("ImagingSelection")};
    if (doc->deleted || !r5_is_selection(doc->node))
        return true;
    const struct fhir_node *selection = r5_selection_of_basic(d->arena, doc->node);
    all.item = ARENA_ARRAY(d->arena, struct record_node, NODES_MAX + VALUES_MAX);
    for (int i = 0; r5_param_at(STR("ImagingSelection"), i, &p) && all.n < NODES_MAX; i++) {
        const struct fhir_node *node[VALUES_MAX];
        const char *type;
        size_t n = r5_selection_values(selection, i, node, VALUES_MAX, &type);
        for (size_t k = 0; k < n; k++)
            all.item[all.n++] = (struct record_node){r5_selection_param(d->arena, str_of(p.code)), node[k], type};
    }
    return record_index_nodes(d->db, d->arena, doc->rid, &all, e);
}
