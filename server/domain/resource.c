#include "domain/resource.h"

#include "domain/allergy.h"
#include "domain/check.h"
#include "domain/document.h"
#include "domain/link.h"
#include "domain/order.h"
#include "domain/parameter.h"
#include "domain/patient.h"
#include "domain/performed.h"
#include "domain/report.h"
#include "domain/selection.h"
#include "domain/study.h"
#include "domain/visit.h"
#include "domain/workitem.h"
#include "domain/worklist.h"
#include "schema/queries.h"

/* ---- after a write, by type ---- */

static bool after_patient(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return patient_project(d, doc, e);
}

static bool after_request(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    if (!order_project(d, doc, e) || (doc->version > 1 && !worklist_refresh(d, doc->rid, e)))
        return false;
    bool waits = false;
    if (doc->deleted)
        return true;
    bool moved = before && !str_eq(fhir_text(before->node, "status"), fhir_text(doc->node, "status"));
    if (moved && !order_status_written(d, doc, e))
        return err_at(e, "ServiceRequest.status");
    return link_number_waits(d, doc, STR_NONE, &waits, e) && (!waits || link_order_arrived(d, doc, STR_NONE, e));
}

static bool after_task(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    if (!worklist_project_task(d, doc, 0, e))
        return false;
    if (doc->deleted)
        return true;
    if (!before)
        return performed_step_arrived(d, doc->rid, e);
    if (!workitem_follow_task(d, doc, before, e))
        return false;
    if (str_eq(order_step_status(before->node), order_step_status(doc->node)))
        return true;
    return order_follow_steps(d, doc->rid, e);
}

static bool after_study(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return study_project(d, doc, e);
}

static bool after_report(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return doc->deleted ? document_of_report(d, doc->rid, e) : report_project(d, doc, e);
}

static bool after_basic(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return selection_project(d, doc, e);
}

static bool after_visit(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return visit_project(d, doc, e);
}

static bool after_allergy(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)before;
    return allergy_project(d, doc, e);
}

/* What only has to show elsewhere. */
static bool check_none(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    (void)d;
    (void)doc;
    (void)before;
    (void)e;
    return true;
}

struct kind {
    const char *type;
    bool (*before)(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
    bool (*after)(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e);
};

/* TO ADD A TYPE WITH RULES: 1 a row here  2 its projection in the file of its idea  3 a test that writes it by FHIR */
static const struct kind kinds[] = {
    {"Patient", check_patient, after_patient},
    {"ServiceRequest", check_request, after_request},
    {"Task", check_task, after_task},
    {"ImagingStudy", check_study, after_study},
    {"DiagnosticReport", check_report, after_report},
    {"Encounter", check_none, after_visit},
    {"AllergyIntolerance", check_none, after_allergy},
    {"SearchParameter", parameter_check, parameter_project},
    {"Basic", selection_check, after_basic},
};

static const struct kind *kind_of(struct str type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(type, kinds[i].type))
            return &kinds[i];
    return NULL;
}

static const struct domain_rules *rules_of(const struct domain *d, struct str type)
{
    const struct domain_rules *r = d->policy ? d->policy->rules : NULL;
    return r && str_is(type, r->type) ? r : NULL;
}

/* What is stored now, parsed; NULL when there is nothing to compare with. */
static bool stored(struct domain *d, const struct record_doc *doc, struct record_doc **ret_before, struct err *e)
{
    struct record_doc *before = ARENA_NEW(d->arena, struct record_doc);
    *ret_before = NULL;
    if (!doc->version || doc->deleted)
        return true;
    if (!record_get_rid(d->db, d->arena, doc->rid, RECORD_READ, before, e))
        return false;
    if (before->deleted)
        return true;
    *ret_before = before;
    return record_parse(d->arena, before, e);
}

bool resource_put(struct domain *d, struct record_doc *doc, struct err *e)
{
    const struct kind *k = kind_of(doc->type);
    struct record_doc *before = NULL;
    int version = doc->version;
    if (!doc->department.p || !doc->department.n)
        doc->department = d->department;
    const struct domain_rules *above = rules_of(d, doc->type);
    if (k && (!stored(d, doc, &before, e) || !k->before(d, doc, before, e)))
        return false;
    if (above && !above->before(above->ctx, d, doc, e))
        return false;
    if (!record_put(d->db, d->arena, doc, e))
        return false;
    return !k || doc->version == version || k->after(d, doc, before, e);
}

/* Documents that a projection stands on can not go before it does. */
static bool check_free(struct domain *d, const struct record_doc *doc, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, doc->rid);
    const struct db_rows *r = db_run(d->db, &Q_resource_in_use, &args, e);
    if (!r)
        return false;
    if (db_count(r))
        return err_set(e, ERR_CONFLICT, "'%.*s' is in use by %.*s", STR_ARG(domain_reference(d, doc)),
                       STR_ARG(db_get(r, 0, 0)));
    return true;
}

bool resource_delete(struct domain *d, struct record_doc *doc, struct err *e)
{
    const struct kind *k = kind_of(doc->type);
    if (doc->deleted)
        return true;
    if (!check_free(d, doc, e) || !record_delete(d->db, d->arena, doc, e))
        return false;
    const struct domain_rules *above = rules_of(d, doc->type);
    return (!k || k->after(d, doc, NULL, e)) && (!above || above->deleted(above->ctx, d, doc, e));
}

bool resource_reindex(struct domain *d, struct record_doc *doc, struct err *e)
{
    if (!record_reindex(d->db, d->arena, doc, e))
        return false;
    if (doc->deleted)
        return true;
    if (str_is(doc->type, "Basic"))
        return selection_project(d, doc, e);
    return !str_is(doc->type, "ImagingStudy") || study_reindex(d, doc, e);
}

bool resource_render(struct domain *d, struct record_doc *doc, struct err *e)
{
    return resource_render_view(d, doc, NULL, e);
}

bool resource_render_view(struct domain *d, struct record_doc *doc, struct study_view *view, struct err *e)
{
    if (!str_is(doc->type, "ImagingStudy") || doc->deleted)
        return true;
    return study_render(d, doc, view, e) && resource_write(d, doc, e);
}

bool resource_write(struct domain *d, struct record_doc *doc, struct err *e)
{
    struct buf b;
    buf_init(&b, 256 << 20);
    bool ok = fhir_write_json(doc->node, false, &b, e) && buf_ok(&b, e);
    if (ok)
        doc->content = arena_str(d->arena, buf_view(&b));
    buf_release(&b);
    return ok;
}
