/* A corrected patient number (ADT^A47). */
#include "domain/authority.h"
#include "domain/patient.h"
#include "domain/rule.h"

static bool find(struct domain *d, const struct fields *f, struct patient_found *ret, struct err *e)
{
    return patient_find(d, fields_get(f, FIELD_PATIENT_ID), fields_get(f, FIELD_PATIENT_ISSUER), ret, e);
}

/* Every identifier with this value that is in use is old now. */
static bool retire(struct domain *d, struct record_doc *p, struct str value, struct err *e)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(p->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "value"), value) &&
            !fhir_set(d->arena, p->node, arena_printf(d->arena, "identifier[%d].use", n).p, STR("old"), e))
            return false;
    return true;
}

bool patient_renumber(struct domain *d, const struct fields *prior, const struct fields *f,
                      struct record_doc *ret_patient, struct err *e)
{
    struct patient_found old, new_;
    if (!find(d, prior, &old, e) || !find(d, f, &new_, e))
        return false;
    if (!old.found || (new_.found && new_.doc.rid == old.doc.rid)) {
        domain_warn(d,
                    old.found ? "the patient has this number already" : "MRG-1 is not known here: nothing to rename");
        return patient_apply(d, f, PATIENT_UPDATE, ret_patient, NULL, e);
    }
    if (new_.found) {
        rule_break(RULE_PATIENT_IDENTIFIER, e, "the new number has a record of its own; merge the records instead");
        return err_at(e, "PATIENT_ID");
    }
    if (!record_get_rid(d->db, d->arena, old.doc.rid, RECORD_UPDATE, &old.doc, e) ||
        !record_parse(d->arena, &old.doc, e) || !retire(d, &old.doc, fields_get(prior, FIELD_PATIENT_ID), e) ||
        !patient_write(d, f, &old.doc, e))
        return err_wrap(e, "rename a patient");
    *ret_patient = old.doc;
    return true;
}
