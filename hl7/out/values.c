/* What is told of a step, an order, a report, a patient or a visit: read from the record as it is now, but for the
 * state its change gave it. */
#include "hl7/out/out_priv.h"

#include "base/codec.h"
#include "domain/order.h"
#include "domain/patient.h"
#include "schema/queries.h"

enum { TEXT_MAX = 8 << 20 };

/* ---- vocabularies ---- */

struct pair {
    const char *from, *to;
};
/* ORC-5 (table 0038) and SCH-25 (table 0278). */
static const struct pair order_statuses[] = {{"SCHEDULED", "SC"},    {"ARRIVED", "A"},   {"READY", "A"},
                                             {"HELD", "HD"},         {"STARTED", "IP"},  {"COMPLETED", "CM"},
                                             {"DISCONTINUED", "DC"}, {"CANCELED", "CA"}, {NULL, NULL}};
static const struct pair schedule_statuses[] = {
    {"SCHEDULED", "Booked"}, {"ARRIVED", "Started"},    {"READY", "Started"},
    {"HELD", "Pending"},     {"STARTED", "Started"},    {"COMPLETED", "Complete"},
    {"DISCONTINUED", "DC"},  {"CANCELED", "Cancelled"}, {NULL, NULL}};
/* The status of a ServiceRequest without steps. */
static const struct pair request_statuses[] = {{"active", "SCHEDULED"}, {"draft", "SCHEDULED"},     {"on-hold", "HELD"},
                                               {"revoked", "CANCELED"}, {"completed", "COMPLETED"}, {NULL, NULL}};
/* OBR-25 (table 0123), TXA-17 (table 0271), TXA-19 (table 0273). What was wrong is a correction whose OBX say so. */
static const struct pair result_statuses[] = {
    {"registered", "O"}, {"partial", "A"},  {"preliminary", "P"},      {"final", "F"},     {"amended", "C"},
    {"corrected", "C"},  {"appended", "C"}, {"entered-in-error", "C"}, {"cancelled", "X"}, {NULL, NULL}};
static const struct pair completions[] = {
    {"registered", "IP"}, {"partial", "IN"},  {"preliminary", "PA"},      {"final", "LA"},     {"amended", "LA"},
    {"corrected", "LA"},  {"appended", "LA"}, {"entered-in-error", "DO"}, {"cancelled", "DO"}, {NULL, NULL}};
static const struct pair availabilities[] = {
    {"entered-in-error", "CA"}, {"cancelled", "CA"}, {"final", "AV"}, {"amended", "AV"},
    {"corrected", "AV"},        {"appended", "AV"},  {NULL, NULL}};
static const struct pair classes[] = {{"IMP", "I"},   {"ACUTE", "I"}, {"NONAC", "I"},  {"AMB", "O"}, {"EMER", "E"},
                                      {"PRENC", "P"}, {"SS", "O"},    {"OBSENC", "O"}, {NULL, NULL}};

static struct str in_words_of(const struct pair *p, struct str from)
{
    for (; p->from; p++)
        if (str_is(from, p->from))
            return str_of(p->to);
    return STR_NONE;
}

static void set_status(struct telling *t, struct str status)
{
    t->value[FIELD_STEP_STATUS] = status;
    t->value[FACT_ORDER_STATUS] = in_words_of(order_statuses, status);
    t->value[FACT_SCHEDULE_STATUS] = in_words_of(schedule_statuses, status);
}

/* ---- documents ---- */

static void take(struct telling *t, enum field_entity entity, const struct fhir_node *node)
{
    struct fields *f = ARENA_NEW(t->d->arena, struct fields);
    fields_read(t->d->arena, f, entity, node);
    for (int i = 0; i < FIELDS; i++)
        if (field_row((enum field)i)->entity == entity)
            t->value[i] = fields_get(f, (enum field)i);
}

static bool follow(struct telling *t, struct str reference, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    *ret_found = false;
    return !reference.n || domain_follow(t->d, reference, ret_doc, ret_found, e);
}

static void about(struct telling *t, const struct record_doc *doc)
{
    t->source = domain_reference(t->d, doc);
    t->version = doc->version;
    t->department = doc->department.p ? doc->department : STR("");
    t->value[FACT_PATIENT_CLASS] = STR("U");
}

static bool take_patient(struct telling *t, const struct record_doc *patient, struct err *e)
{
    take(t, ENTITY_PATIENT, patient->node);
    return patient_primary_id(t->d, patient, &t->value[FIELD_PATIENT_ID], &t->value[FIELD_PATIENT_ISSUER], e);
}

static bool take_subject(struct telling *t, const struct fhir_node *node, struct err *e)
{
    struct record_doc patient;
    bool found;
    return follow(t, fhir_text(node, "subject.reference"), &patient, &found, e) &&
           (!found || take_patient(t, &patient, e));
}

static bool take_class(struct telling *t, struct str encounter, struct err *e)
{
    struct record_doc doc;
    bool found;
    if (!follow(t, encounter, &doc, &found, e))
        return false;
    struct str code = found ? in_words_of(classes, fhir_text(doc.node, "class.code")) : STR_NONE;
    if (code.n)
        t->value[FACT_PATIENT_CLASS] = code;
    return true;
}

static struct str first(struct str a, struct str b)
{
    return a.n ? a : b;
}

/* ---- steps and orders ---- */

static bool take_step(struct telling *t, int64_t task, bool *ret_found, struct err *e)
{
    struct arena *a = t->d->arena;
    struct db_args args = db_args(a);
    db_int(&args, task);
    const struct db_rows *r = db_run(t->d->db, &Q_hl7_step, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (!*ret_found)
        return r != NULL;
    t->department = arena_str(a, db_get(r, 0, 1));
    for (int f = 0; f < FIELD_WORKLIST_COUNT; f++)
        t->value[f] = arena_str(a, db_get(r, 0, f + 2));
    set_status(t, t->value[FIELD_STEP_STATUS]);
    return true;
}

bool tell_step(struct telling *t, int64_t task, const struct record_doc *now, bool *ret_told, struct err *e)
{
    about(t, now);
    if (!take_step(t, task, ret_told, e) || !*ret_told)
        return !*ret_told;
    struct str end = fhir_text(now->node, "executionPeriod.end");
    set_status(t, order_step_status(now->node));
    t->value[FACT_STEP_END] = end;
    t->value[FACT_CHARGE_TIME] = first(end, fhir_text(now->node, "meta.lastUpdated"));
    t->value[FACT_CHARGE_MODIFIER] = STR("TC");
    t->value[FACT_CHARGE_PERSON] = t->value[FIELD_PERFORMING_PHYSICIAN];
    return take_class(t, fhir_text(now->node, "encounter.reference"), e);
}

bool is_imaging(const struct fhir_node *request)
{
    const struct fhir_node *list = fhir_member(request, "category");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        if (str_is(fhir_text(i, "coding[0].code"), "363679005") || str_is(fhir_text(i, "coding[0].code"), "imaging"))
            return true;
    return !list;
}

bool tell_order(struct telling *t, const struct record_doc *request, struct err *e)
{
    about(t, request);
    take(t, ENTITY_ORDER, request->node);
    take(t, ENTITY_PROCEDURE, request->node);
    set_status(t, in_words_of(request_statuses, fhir_text(request->node, "status")));
    return take_subject(t, request->node, e) && take_class(t, fhir_text(request->node, "encounter.reference"), e);
}

/* ---- reports ---- */

static struct str number_of(struct telling *t, const struct record_doc *report, const char *code, const char *part)
{
    return fhir_text(report->node, arena_printf(t->d->arena, "identifier[type.coding.code=%s].%s", code, part).p);
}

/* What the report itself says of its order, when none is here. */
static void take_numbers(struct telling *t, const struct record_doc *report)
{
    static const struct {
        const char *code;
        enum field value, issuer;
    } rows[] = {{"PLAC", FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER},
                {"FILL", FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER},
                {"ACSN", FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str value = number_of(t, report, rows[i].code, "value");
        if (!value.n)
            continue;
        t->value[rows[i].value] = value;
        t->value[rows[i].issuer] = number_of(t, report, rows[i].code, "assigner.display");
    }
}

static bool take_order_of(struct telling *t, int64_t order, struct err *e)
{
    struct db_args args = db_args(t->d->arena);
    struct record_doc request;
    bool found = false;
    db_int(&args, order);
    const struct db_rows *r = db_run(t->d->db, &Q_hl7_first_step, &args, e);
    if (!r)
        return false;
    int64_t task = db_count(r) ? db_get_int(r, 0, 0) : 0;
    if (task && !take_step(t, task, &found, e))
        return false;
    if (found)
        return true;
    return record_get_rid(t->d->db, t->d->arena, order, RECORD_READ, &request, e) &&
           (request.deleted || (record_parse(t->d->arena, &request, e) && tell_order(t, &request, e)));
}

static bool take_link(struct telling *t, const struct record_doc *report, struct err *e)
{
    struct db_args args = db_args(t->d->arena);
    db_int(&args, report->rid);
    const struct db_rows *r = db_run(t->d->db, &Q_hl7_report_order, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    int64_t order = db_get_int(r, 0, 0);
    struct str uid = arena_str(t->d->arena, db_get(r, 0, 1));
    if (order && !take_order_of(t, order, e))
        return false;
    if (uid.n)
        t->value[FIELD_STUDY_UID] = uid;
    return true;
}

static bool take_text(struct telling *t, const struct record_doc *report)
{
    CLEANUP(buf_release) struct buf b;
    struct err ignored = {0};
    buf_init(&b, TEXT_MAX);
    struct str data = fhir_text(report->node, "presentedForm[contentType=text/plain].data");
    if (data.n && base64_decode(data, &b, &ignored) && str_utf8_valid(buf_view(&b)))
        t->text = arena_str(t->d->arena, buf_view(&b));
    return true;
}

static bool take_pdf(struct telling *t, const struct record_doc *report, struct err *e)
{
    struct record_doc binary;
    bool found;
    const char *form = "presentedForm[contentType=application/pdf]";
    t->pdf = fhir_text(fhir_at(report->node, form), "data");
    struct str url = fhir_text(fhir_at(report->node, form), "url");
    if (t->pdf.n || !str_starts(url, "Binary/"))
        return true;
    if (!follow(t, url, &binary, &found, e))
        return false;
    if (found)
        t->pdf = fhir_text(binary.node, "data");
    return true;
}

bool tell_report(struct telling *t, const struct record_doc *report, struct err *e)
{
    if (!take_link(t, report, e))
        return false;
    struct str study = t->value[FIELD_STUDY_UID], department = t->department;
    about(t, report);
    t->department = first(t->department, department.p ? department : STR(""));
    take_numbers(t, report);
    take(t, ENTITY_REPORT, report->node);
    t->value[FIELD_STUDY_UID] = study;
    t->value[FIELD_REPORT_TEXT] = t->value[FIELD_REPORT_PDF] = STR_NONE; /* t->text, t->pdf */
    struct str status = t->value[FIELD_REPORT_STATUS], issued = t->value[FIELD_REPORT_ISSUED];
    t->value[FACT_RESULT_STATUS] = first(in_words_of(result_statuses, status), STR("I"));
    t->value[FACT_COMPLETION] = first(in_words_of(completions, status), STR("IN"));
    t->value[FACT_AVAILABILITY] = first(in_words_of(availabilities, status), STR("UN"));
    t->value[FACT_DOCUMENT_ID] = report->id;
    t->value[FACT_CHARGE_TIME] = first(issued, fhir_text(report->node, "meta.lastUpdated"));
    t->value[FACT_CHARGE_MODIFIER] = STR("26");
    t->value[FACT_CHARGE_PERSON] = t->value[FIELD_REPORT_INTERPRETER];
    t->value[FACT_ORDER_STATUS] = str_is(t->value[FACT_RESULT_STATUS], "P") ? STR("IP") : STR("CM");
    return take_subject(t, report->node, e) && take_text(t, report) && take_pdf(t, report, e) &&
           take_class(t, fhir_text(report->node, "encounter.reference"), e);
}

/* ---- patients and visits ---- */

bool tell_patient(struct telling *t, const struct record_doc *patient, struct err *e)
{
    about(t, patient);
    return take_patient(t, patient, e);
}

bool tell_merge(struct telling *t, const struct record_doc *source, struct str other, struct err *e)
{
    struct record_doc target;
    bool found;
    if (!follow(t, other, &target, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "the record that stays is not here");
    t->value[FACT_PRIOR_ID] = field_read(t->d->arena, FIELD_PATIENT_ID, source->node);
    t->value[FACT_PRIOR_ISSUER] = field_read(t->d->arena, FIELD_PATIENT_ISSUER, source->node);
    about(t, source);
    return take_patient(t, &target, e);
}

bool tell_visit(struct telling *t, const struct record_doc *encounter, struct err *e)
{
    about(t, encounter);
    take(t, ENTITY_ENCOUNTER, encounter->node);
    struct str code = in_words_of(classes, fhir_text(encounter->node, "class.code"));
    if (code.n)
        t->value[FACT_PATIENT_CLASS] = code;
    return take_subject(t, encounter->node, e);
}
