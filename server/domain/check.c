#include "domain/check.h"

#include "domain/authority.h"
#include "domain/fields.h"
#include "domain/order.h"
#include "domain/patient.h"
#include "domain/report.h"
#include "domain/rule.h"
#include "domain/study.h"
#include "domain/workitem.h"
#include "schema/queries.h"

static bool changed(const struct record_doc *before, const struct record_doc *doc, const char *path)
{
    return before && !str_eq(fhir_text(before->node, path), fhir_text(doc->node, path));
}

/* Whether a query about this row has an answer. */
static bool any(struct domain *d, const struct db_query *q, int64_t rid, bool *ret_any, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, q, &args, e);
    *ret_any = r && db_count(r) > 0;
    return r != NULL;
}

/* Nothing new goes to a record that was merged away. The patient's row is held, so that no merge goes by unseen: what
 * is read behind the lock is read by another statement. */
static bool check_merged(struct domain *d, const struct record_doc *doc, const struct record_doc *before,
                         const char *path, struct err *e)
{
    struct str type, id, version;
    struct str reference = record_reference(fhir_text(doc->node, path), &version);
    if (d->merging || (before && !changed(before, doc, path)) || version.n ||
        !domain_split_reference(reference, &type, &id) || !str_is(type, "Patient") ||
        str_find(reference, ':') < reference.n)
        return true;
    struct db_args args = db_args(d->arena);
    db_text(&args, id);
    if (!db_send(d->db, &Q_patient_hold, &args, e))
        return false;
    const struct db_rows *r = db_run(d->db, &Q_patient_survivor, &args, e);
    if (!r)
        return false;
    if (!db_count(r))
        return true;
    rule_break(RULE_PATIENT_MERGED, e, "'%.*s' was merged into 'Patient/%.*s', which takes what is new",
               STR_ARG(reference), STR_ARG(db_get(r, 0, 0)));
    return err_at(e, "%.*s.%.*s", STR_ARG(doc->type), STR_ARG(str_sub(str_of(path), 0, str_find(str_of(path), '.'))));
}

/* ---- patients ---- */

/* Whose an identifier is already; the later of two writers that meet is told by the table's key. */
static bool check_identifier(struct domain *d, const struct record_doc *doc, const struct fhir_node *i, struct err *e)
{
    struct authority k;
    struct str system = fhir_text(i, "system"), value = fhir_text(i, "value");
    if (!value.n || str_is(fhir_text(i, "use"), "old"))
        return true;
    if (system.n ? !authority_of_uri(d, system, &k, e)
                 : !authority_resolve(d, STR_NONE, STR_NONE, d->policy->patient_authority, &k, e))
        return false;
    struct db_args args = db_args(d->arena);
    db_text(&args, k.namespace_);
    db_text(&args, value);
    db_int(&args, doc->rid);
    const struct db_rows *r = db_run(d->db, &Q_patient_identifier_taken, &args, e);
    if (!r)
        return false;
    return !db_count(r) ||
           rule_break(RULE_PATIENT_IDENTIFIER, e, "the identifier belongs to 'Patient/%.*s'", STR_ARG(db_get(r, 0, 0)));
}

bool check_patient(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    bool merged = false;
    const struct fhir_node *list = fhir_member(doc->node, "identifier");
    if (before && !any(d, &Q_patient_merged_into, doc->rid, &merged, e))
        return false;
    if (merged && !d->merging)
        return rule_break(RULE_PATIENT_MERGED, e, "'%.*s' was merged into another record",
                          STR_ARG(domain_reference(d, doc)));
    int n = 0;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (!check_identifier(d, doc, i, e))
            return err_at(e, "Patient.identifier[%d]", n);
    return true;
}

/* ---- orders ---- */

static struct db_args accession_args(struct domain *d, struct str number, struct str issuer)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, number);
    db_text(&args, issuer.p ? issuer : STR(""));
    return args;
}

bool check_accession(struct domain *d, struct str number, struct str issuer, struct str patient, struct err *e)
{
    struct str type, id;
    if (!number.n || !domain_split_reference(patient, &type, &id) || !str_is(type, "Patient"))
        return true;
    struct db_args args = accession_args(d, number, issuer);
    const struct db_rows *r = db_run(d->db, &Q_accession_patients, &args, e);
    if (!r)
        return false;
    bool own = db_is_null(r, 0, 0) || (str_eq(db_get(r, 0, 0), id) && str_eq(db_get(r, 0, 1), id));
    return own || rule_break(RULE_ACCESSION_PATIENT, e, "accession number '%.*s' is another patient's order's",
                             STR_ARG(number));
}

bool check_accession_ahead(struct domain *d, struct str number, struct str issuer, struct err *e)
{
    struct db_args args = accession_args(d, number, issuer);
    return !number.n || db_ahead(d->db, &Q_accession_patients, &args, e);
}

static bool check_lengths(struct domain *d, const struct record_doc *doc, const enum field *fields, size_t n,
                          struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const struct field_row *row = field_row(fields[i]);
        if (str_utf8_count(field_read(d->arena, fields[i], doc->node)) <= (size_t)row->max)
            continue;
        rule_break(RULE_IDENTIFIER_LENGTH, e, "%s has at most %d characters", row->name, row->max);
        return err_at(e, "%.*s.%s", STR_ARG(doc->type), row->path);
    }
    return true;
}

static bool check_numbers(struct domain *d, const struct record_doc *doc, const struct record_doc *before,
                          struct err *e)
{
    static const enum field numbers[] = {FIELD_ACCESSION_NUMBER, FIELD_PLACER_ORDER, FIELD_FILLER_ORDER,
                                         FIELD_PROCEDURE_ID};
    struct str number = field_read(d->arena, FIELD_ACCESSION_NUMBER, doc->node);
    bool same = before && d->merging;
    same = same || (before && str_eq(number, field_read(d->arena, FIELD_ACCESSION_NUMBER, before->node)) &&
                    !changed(before, doc, "subject.reference"));
    if (!check_lengths(d, doc, numbers, sizeof numbers / sizeof numbers[0], e))
        return false;
    return same ||
           check_accession(d, number, field_read(d->arena, FIELD_ACCESSION_ISSUER, doc->node),
                           fhir_text(doc->node, "subject.reference"), e) ||
           err_at(e, "ServiceRequest.identifier");
}

bool check_request(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    bool steps = false;
    struct str from = before ? fhir_text(before->node, "status") : STR_NONE, to = fhir_text(doc->node, "status");
    if (!check_merged(d, doc, before, "subject.reference", e))
        return false;
    if (!before)
        return check_numbers(d, doc, NULL, e);
    if (!any(d, &Q_worklist_tasks_of, doc->rid, &steps, e))
        return false;
    if (steps && !d->merging && changed(before, doc, "subject.reference")) {
        rule_break(RULE_ORDER_PATIENT, e, "an order with steps does not change its patient");
        return err_at(e, "ServiceRequest.subject");
    }
    if (!order_request_transition(from, to, e))
        return err_at(e, "ServiceRequest.status");
    return check_numbers(d, doc, before, e);
}

/* ---- steps ---- */

/* A step on the worklist is its order's patient's. */
static bool check_step_patient(struct domain *d, const struct record_doc *doc, struct err *e)
{
    struct record_doc procedure;
    bool found;
    struct str patient = fhir_text(doc->node, "for.reference");
    if (!patient.n || !field_read(d->arena, FIELD_MODALITY, doc->node).n)
        return true;
    if (!domain_follow(d, fhir_text(doc->node, "basedOn[0].reference"), &procedure, &found, e))
        return false;
    struct str subject = found ? fhir_text(procedure.node, "subject.reference") : STR_NONE, type, id, own_type, own;
    if (!domain_split_reference(subject, &type, &id) || !domain_split_reference(patient, &own_type, &own) ||
        (str_eq(type, own_type) && str_eq(id, own)))
        return true;
    rule_break(RULE_STEP_PATIENT, e, "the step names another patient than its order");
    return err_at(e, "Task.for");
}

bool check_task(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    static const enum field ids[] = {FIELD_STEP_ID, FIELD_STATION_AE, FIELD_MODALITY};
    bool moves = !before || changed(before, doc, "for.reference") || changed(before, doc, "basedOn[0].reference");
    if (field_read(d->arena, FIELD_MODALITY, doc->node).n && !check_lengths(d, doc, ids, sizeof ids / sizeof ids[0], e))
        return false;
    if (!check_merged(d, doc, before, "for.reference", e))
        return false;
    if (moves && !d->merging && !check_step_patient(d, doc, e))
        return false;
    if (!before)
        return true;
    if (!workitem_check_task(d, doc, before, e))
        return false;
    struct str from = order_step_status(before->node), to = order_step_status(doc->node);
    if (!order_transition(from, to, e))
        return err_at(e, "Task.status");
    return fhir_text(doc->node, "businessStatus.text").n == 0 ||
           fhir_set(d->arena, doc->node, "businessStatus.text", to, e);
}

/* ---- studies ---- */

/* What the archive tells live is not kept as a client's copy; what the images say is not changed by one. */
bool check_study(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    struct study_row s;
    bool found = false;
    if (!check_merged(d, doc, before, "subject.reference", e))
        return false;
    if (!before)
        return true;
    struct str uid = field_read(d->arena, FIELD_STUDY_UID, before->node);
    if (!study_find_document(d, doc->rid, &s, &found, e))
        return false;
    if (found && uid.n && !str_eq(uid, field_read(d->arena, FIELD_STUDY_UID, doc->node))) {
        rule_break(RULE_STUDY_UID, e, "the images of the study have another Study Instance UID");
        return err_at(e, "ImagingStudy.identifier");
    }
    if (found && s.instance_count && !d->merging && changed(before, doc, "subject.reference")) {
        rule_break(RULE_STUDY_PATIENT, e, "a study with images does not change its patient; merge the records instead");
        return err_at(e, "ImagingStudy.subject");
    }
    if (!found || !s.instance_count)
        return true;
    study_drop_live(doc->node);
    return fhir_set(d->arena, doc->node, "status", STR("available"), e);
}

/* ---- reports ---- */

bool check_report(struct domain *d, struct record_doc *doc, const struct record_doc *before, struct err *e)
{
    bool linked = false;
    if (!check_merged(d, doc, before, "subject.reference", e))
        return false;
    if (!before)
        return true;
    if (!report_transition(fhir_text(before->node, "status"), fhir_text(doc->node, "status"), e))
        return err_at(e, "DiagnosticReport.status");
    if (d->merging || !changed(before, doc, "subject.reference"))
        return true;
    if (!any(d, &Q_report_linked, doc->rid, &linked, e))
        return false;
    if (!linked)
        return true;
    rule_break(RULE_REPORT_PATIENT, e, "a linked report does not change its patient");
    return err_at(e, "DiagnosticReport.subject");
}
