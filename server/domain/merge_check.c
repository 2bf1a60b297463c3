/* May a merge be undone? Only while what it moved can be told from what came later. */
#include "domain/merge_priv.h"

#include "domain/rule.h"
#include "schema/queries.h"

enum { PARAMS_MAX = 1000 };

/* Search parameters that lead to patients: the index tells by them what refers to one. */
static size_t patient_params(int64_t ret_params[PARAMS_MAX])
{
    size_t n = 0;
    for (int t = 0; fhir_resource_name(t); t++) {
        const struct fhir_search_param *p;
        struct str type = str_of(fhir_resource_name(t)), one;
        for (int i = 0; (p = fhir_search_param_at(type, i)) != NULL && n < PARAMS_MAX; i++) {
            struct str targets = str_of(p->targets ? p->targets : "");
            bool patient = false;
            while (targets.n && str_next(&targets, ',', &one))
                patient = patient || str_is(one, "Patient");
            if (p->kind == FHIR_SEARCH_REFERENCE && patient)
                ret_params[n++] = record_param(type, str_of(p->code));
        }
    }
    return n;
}

static bool check_entangled(struct domain *d, int64_t merge_id, const struct merge_result *m, struct err *e)
{
    int64_t *params = ARENA_ARRAY(d->arena, int64_t, PARAMS_MAX);
    struct db_args args = db_args(d->arena);
    db_int(&args, merge_id);
    db_ints(&args, params, patient_params(params));
    db_text(&args, domain_reference(d, &m->target));
    const struct db_rows *r = db_run(d->db, &Q_merge_entangled, &args, e);
    if (!r)
        return false;
    return !db_count(r) ||
           rule_break(RULE_MERGE_ENTANGLED, e, "'%.*s' is the survivor's and tied to '%.*s', which moved",
                      STR_ARG(db_get(r, 0, 0)), STR_ARG(db_get(r, 0, 1)));
}

/* As the merge left it, or changed where it does not matter. */
static bool check_document(struct domain *d, const struct merge_place *p, size_t n, struct str target, struct err *e)
{
    struct record_doc doc;
    struct str version;
    if (!record_get_rid(d->db, d->arena, p->rid, RECORD_READ, &doc, e))
        return false;
    if (doc.deleted || doc.version == p->version_after)
        return true;
    if (!record_parse(d->arena, &doc, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct fhir_node *at = p[i].path.n ? fhir_at(doc.node, arena_cstr(d->arena, p[i].path)) : NULL;
        if (p[i].path.n && (!at || !str_eq(record_reference(at->text, &version), target)))
            return rule_break(RULE_MERGE_CHANGED, e, "'%.*s' was changed where the merge had changed it",
                              STR_ARG(domain_reference(d, &doc)));
    }
    return true;
}

bool merge_check_undo(struct domain *d, int64_t merge_id, const struct merge_place *p, size_t n,
                      const struct merge_result *m, struct err *e)
{
    struct arena scratch;
    struct domain own = *d;
    struct str target = domain_reference(d, &m->target);
    bool ok = true;
    arena_init(&scratch);
    own.arena = &scratch;
    for (size_t from = 0, to; from < n && ok; from = to) {
        for (to = from + 1; to < n && p[to].rid == p[from].rid;)
            to++;
        ok = check_document(&own, &p[from], to - from, target, e);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return ok && check_entangled(d, merge_id, m, e);
}
