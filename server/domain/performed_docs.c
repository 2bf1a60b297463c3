/* The Procedure of a performed step, and who names it. */
#include "domain/performed_priv.h"

#include "domain/order_priv.h"
#include "domain/study.h"

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return !text.n || fhir_set(d->arena, doc->node, path, text, e);
}

static struct str procedure_status(struct str status)
{
    return str_is(status, "COMPLETED")      ? STR("completed")
           : str_is(status, "DISCONTINUED") ? STR("stopped")
                                            : STR("in-progress");
}

static bool begin(struct domain *d, const struct performed *p, struct record_doc *doc, struct err *e)
{
    struct str uid = arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(p->sop_uid));
    return set(d, doc, "identifier[0].system", STR("urn:dicom:uid"), e) && set(d, doc, "identifier[0].value", uid, e) &&
           set(d, doc, "category.coding[0].system", STR("http://snomed.info/sct"), e) &&
           set(d, doc, "category.coding[0].code", STR("363679005"), e) &&
           set(d, doc, "category.coding[0].display", STR("Imaging"), e);
}

static bool write_code(struct domain *d, const struct performed *p, struct record_doc *doc, struct err *e)
{
    struct arena *a = d->arena;
    if (p->code.n && !fields_code_write(a, doc->node, "code.coding[0]", p->code, e))
        return false;
    if (p->protocol.n && !p->code.n && !fields_code_write(a, doc->node, "code.coding[0]", p->protocol, e))
        return false;
    return set(d, doc, "code.text", p->description, e) &&
           (!p->reason.n || fields_code_write(a, doc->node, "statusReason.coding[0]", p->reason, e));
}

/* A period that ends before it begins (a modality's clock was set) keeps its beginning only. */
static bool write_period(struct domain *d, const struct performed *p, struct record_doc *doc, struct err *e)
{
    clock_us start, end, ignored;
    bool both =
        p->start.n && p->end.n && clock_range(p->start, &start, &ignored) && clock_range(p->end, &ignored, &end);
    return set(d, doc, "performedPeriod.start", p->start, e) &&
           ((both && end < start) || set(d, doc, "performedPeriod.end", p->end, e));
}

static bool write_place(struct domain *d, const struct performed *p, struct record_doc *doc, struct err *e)
{
    struct str device = STR_NONE;
    if (!order_device(d, p->station_ae, &device, e))
        return false;
    return set(d, doc, "performer[0].actor.reference", device, e) &&
           set(d, doc, device.n ? "performer[1].actor.display" : "performer[0].actor.display", p->performer, e) &&
           set(d, doc, "location.display", p->location, e) && set(d, doc, "note[0].text", p->comments, e);
}

bool performed_write(struct domain *d, const struct performed *p, struct record_doc *doc, struct err *e)
{
    if (!doc->version && !begin(d, p, doc, e))
        return false;
    return set(d, doc, "status", procedure_status(p->status), e) &&
           set(d, doc, "identifier[type.text=performed-procedure-step-id].value", p->id, e) &&
           write_code(d, p, doc, e) && write_period(d, p, doc, e) && write_place(d, p, doc, e);
}

static bool names(const struct fhir_node *node, const char *member, struct str reference, int *ret_n)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(node, member);
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "reference"), reference))
            return true;
    *ret_n = n;
    return false;
}

bool performed_write_basis(struct domain *d, struct record_doc *doc, const struct performed_tied *t, struct err *e)
{
    struct record_doc request, patient;
    struct arena *a = d->arena;
    int n = 0;
    if (!record_get_rid(d->db, a, t->procedure, RECORD_READ, &request, e) ||
        !record_get_rid(d->db, a, t->patient, RECORD_READ, &patient, e))
        return false;
    struct str reference = domain_reference(d, &request);
    fhir_remove(doc->node, "subject.display");
    return set(d, doc, "subject.reference", domain_reference(d, &patient), e) &&
           (names(doc->node, "basedOn", reference, &n) ||
            set(d, doc, arena_printf(a, "basedOn[%d].reference", n).p, reference, e));
}

bool performed_write_study(struct domain *d, const struct record_doc *procedure, struct record_doc *study,
                           struct err *e)
{
    if (fhir_text(study->node, "procedureReference.reference").n)
        return true;
    return set(d, study, "procedureReference.reference", domain_reference(d, procedure), e) &&
           record_put(d->db, d->arena, study, e) && study_project(d, study, e);
}
