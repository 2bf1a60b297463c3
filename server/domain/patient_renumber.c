/* A corrected patient number (ADT^A47). */
#include "domain/authority.h"
#include "domain/patient.h"
#include "domain/rule.h"

static bool find(struct domain *d, const struct fields *f, struct patient_found *ret, struct err *e)
{
    return patient_find(d, fields_get(f, FIELD_PATIENT_ID), fields_get(f, FIELD_PATIENT_ISSUER), ret, e);
}

/* What becomes of each identifier that is this number: old when it is in use, gone (use NULL) when it is old. */
static bool each(struct domain *d, struct record_doc *p, const struct fields *number, const char *use, struct err *e)
{
    struct authority k;
    struct str issuer, value = fields_get(number, FIELD_PATIENT_ID);
    int n = 0;
    if (!authority_resolve(d, fields_get(number, FIELD_PATIENT_ISSUER), STR_NONE, d->policy->patient_authority, &k, e))
        return false;
    const struct fhir_node *list = fhir_member(p->node, "identifier"), *next;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = next, n++) {
        bool old = str_is(fhir_text(i, "use"), "old");
        next = i->next;
        if (!str_eq(fhir_text(i, "value"), value) || old == (use != NULL))
            continue;
        if (!patient_issuer_of(d, i, &issuer, e))
            return false;
        const char *at = arena_printf(d->arena, "identifier[%d]", n).p;
        if (!str_eq(issuer, k.namespace_))
            continue;
        if (!use)
            fhir_remove(p->node, at), n--;
        else if (!fhir_set(d->arena, p->node, arena_printf(d->arena, "%s.use", at).p, str_of(use), e))
            return false;
    }
    return true;
}

static bool check(const struct patient_found *old, const struct patient_found *new_, struct err *e)
{
    if (old->merged)
        return rule_break(RULE_PATIENT_MERGED, e, "the record of the former number was merged into another");
    if (old->former)
        return rule_break(RULE_PATIENT_IDENTIFIER, e, "the former number was replaced before");
    if (!new_->found || new_->former)
        return true;
    rule_break(RULE_PATIENT_IDENTIFIER, e, "the new number has a record of its own; merge the records instead");
    return err_at(e, "PATIENT_ID");
}

bool patient_renumber(struct domain *d, const struct fields *prior, const struct fields *f,
                      struct record_doc *ret_patient, struct err *e)
{
    struct patient_found old, new_;
    if (!find(d, prior, &old, e) || !find(d, f, &new_, e))
        return false;
    bool done = old.found && new_.found && new_.doc.rid == old.doc.rid && !new_.former;
    if (!old.found || done) {
        domain_warn(d, done ? "the patient has this number already" : "MRG-1 is not known here: nothing to rename");
        return patient_apply(d, f, PATIENT_UPDATE, ret_patient, NULL, e);
    }
    if (!check(&old, &new_, e))
        return false;
    if (!record_get_rid(d->db, d->arena, old.doc.rid, RECORD_UPDATE, &old.doc, e) ||
        !record_parse(d->arena, &old.doc, e) || !each(d, &old.doc, prior, "old", e) || !each(d, &old.doc, f, NULL, e) ||
        !patient_write(d, f, &old.doc, e))
        return err_wrap(e, "rename a patient");
    *ret_patient = old.doc;
    return true;
}
