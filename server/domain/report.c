#include "domain/report_priv.h"

#include "domain/authority.h"
#include "domain/link.h"
#include "domain/link_also.h"
#include "domain/patient.h"
#include "domain/rule.h"
#include "schema/queries.h"

/* ---- identity ---- */

/* The report that carries this number of a document. */
static bool key_of_document(struct domain *d, struct str number, struct str *ret_key, struct err *e)
{
    struct db_args args = db_args(d->arena);
    *ret_key = STR_NONE;
    if (!number.n)
        return true;
    db_int(&args, record_param(STR("DiagnosticReport"), STR("identifier")));
    db_text(&args, number);
    db_text(&args, STR(""));
    const struct db_rows *r = db_run(d->db, &Q_resource_find_token, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    int64_t rid = db_get_int(r, 0, 0);
    struct db_args link = db_args(d->arena);
    db_int(&link, rid);
    r = db_run(d->db, &Q_report_link_get, &link, e);
    if (r && db_count(r))
        *ret_key = arena_str(d->arena, db_get(r, 0, 13));
    return r != NULL;
}

/* A document is known by its number, or belongs to the one it names. */
static bool document_key(struct domain *d, const struct report_request *r, struct str *ret_key, struct err *e)
{
    if (!key_of_document(d, r->number, ret_key, e) || (!ret_key->n && !key_of_document(d, r->parent, ret_key, e)))
        return false;
    if (!ret_key->n && r->parent.n)
        domain_warn(d, "the document it belongs to is not here: it stands alone");
    if (!ret_key->n)
        *ret_key = arena_printf(d->arena, "DOCUMENT|%.*s", STR_ARG(r->number));
    return true;
}

/* Filler order and code make one report; else accession and code, placer and code, or the study alone. */
static bool report_key(struct domain *d, const struct fields *f, struct str *ret_key, struct err *e)
{
    static const enum field by[] = {FIELD_FILLER_ORDER, FIELD_ACCESSION_NUMBER, FIELD_PLACER_ORDER, FIELD_STUDY_UID};
    struct str code = fields_get(f, FIELD_REPORT_CODE);
    code = str_sub(code, 0, str_find(code, '^'));
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
        struct str number = fields_get(f, by[i]);
        if (!number.n)
            continue;
        *ret_key = arena_printf(d->arena, "%s|%.*s|%.*s", field_row(by[i])->name, STR_ARG(number), STR_ARG(code));
        return true;
    }
    err_set(e, ERR_REQUIRED, "no filler order, accession, placer order or study identifies the report");
    return err_at(e, "FILLER_ORDER");
}

struct before { /* what the link row said until now */
    int64_t time;
    struct str state;
};

static bool find_report(struct domain *d, struct str key, struct record_doc *ret_doc, struct before *ret_before,
                        struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, key);
    const struct db_rows *r = db_run(d->db, &Q_report_link_by_key, &args, e);
    if (!r)
        return false;
    if (!db_count(r)) {
        *ret_doc = *record_new(d->arena, "DiagnosticReport");
        ret_doc->department = d->department;
        *ret_before = (struct before){0, STR("waiting")};
        return true;
    }
    *ret_before = (struct before){db_get_int(r, 0, 1), arena_str(d->arena, db_get(r, 0, 2))};
    int64_t rid = db_get_int(r, 0, 0);
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) &&
           (ret_doc->deleted || record_parse(d->arena, ret_doc, e));
}

/* ---- content ---- */

static bool put_identifier(struct domain *d, struct record_doc *doc, const char *code, struct str value,
                           struct str issuer, struct err *e)
{
    struct arena *a = d->arena;
    const char *base = arena_printf(a, "identifier[type.coding.code=%s]", code).p;
    struct authority k = {.uri = STR_NONE};
    if (!value.n)
        return true;
    if (issuer.n && !authority_resolve(d, issuer, STR_NONE, "", &k, e))
        return false;
    return fhir_set(a, doc->node, arena_printf(a, "%s.value", base).p, value, e) &&
           fhir_set(a, doc->node, arena_printf(a, "%s.type.coding[0].system", base).p,
                    STR("http://terminology.hl7.org/CodeSystem/v2-0203"), e) &&
           (!k.uri.n || (fhir_set(a, doc->node, arena_printf(a, "%s.system", base).p, k.uri, e) &&
                         fhir_set(a, doc->node, arena_printf(a, "%s.assigner.display", base).p, k.namespace_, e)));
}

static bool put_identifiers(struct domain *d, struct record_doc *doc, const struct fields *f, struct err *e)
{
    return put_identifier(d, doc, "FILL", fields_get(f, FIELD_FILLER_ORDER), fields_get(f, FIELD_FILLER_ISSUER), e) &&
           put_identifier(d, doc, "PLAC", fields_get(f, FIELD_PLACER_ORDER), fields_get(f, FIELD_PLACER_ISSUER), e) &&
           put_identifier(d, doc, "ACSN", fields_get(f, FIELD_ACCESSION_NUMBER), fields_get(f, FIELD_ACCESSION_ISSUER),
                          e);
}

static bool put_category(struct domain *d, struct record_doc *doc, struct err *e)
{
    return fhir_set(d->arena, doc->node, "category[0].coding[0].system",
                    STR("http://terminology.hl7.org/CodeSystem/v2-0074"), e) &&
           fhir_set(d->arena, doc->node, "category[0].coding[0].code", STR("RAD"), e);
}

/* A document's numbers are kept, so that what names it later finds it. */
static bool put_document_number(struct domain *d, struct record_doc *doc, const struct report_request *r, struct err *e)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(doc->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "value"), r->number))
            return true;
    return !r->number.n ||
           (fhir_set(d->arena, doc->node, arena_printf(d->arena, "identifier[%d].value", n).p, r->number, e) &&
            fhir_set(d->arena, doc->node, arena_printf(d->arena, "identifier[%d].type.text", n).p,
                     STR("document-number"), e));
}

static bool write_report(struct domain *d, const struct report_request *r, const struct record_doc *patient,
                         struct record_doc *doc, struct err *e)
{
    struct fields own = *r->fields;
    own.state[FIELD_REPORT_TEXT] = own.state[FIELD_REPORT_PDF] = FIELD_ABSENT;
    if (r->append)
        own.state[FIELD_REPORT_TITLE] = own.state[FIELD_REPORT_CODE] =
            FIELD_ABSENT; /* the report's, not the addendum's */
    if (fields_get(&own, FIELD_REPORT_TEXT).n == 0 && r->fields->state[FIELD_REPORT_TEXT] == FIELD_SET && !r->append &&
        own.state[FIELD_REPORT_CONCLUSION] == FIELD_ABSENT)
        fields_delete(&own, FIELD_REPORT_CONCLUSION); /* a whole text without an impression has none */
    if (doc->deleted)
        doc->node = fhir_new(d->arena, "DiagnosticReport");
    return fields_write(d->arena, &own, ENTITY_REPORT, doc->node, e) && put_category(d, doc, e) &&
           (fhir_member(doc->node, "code") || fhir_set(d->arena, doc->node, "code.text", STR("Imaging report"), e)) &&
           put_identifiers(d, doc, r->fields, e) &&
           fhir_set(d->arena, doc->node, "subject.reference", domain_reference(d, patient), e) &&
           report_put_text(d, doc, fields_get(r->fields, FIELD_REPORT_TEXT), r->append, e) &&
           report_put_documents(d, doc, r, e) && report_put_flag(d, doc, r, e) && put_document_number(d, doc, r, e) &&
           record_put(d->db, d->arena, doc, e);
}

/* ---- the link row ---- */

struct link_values {
    struct str key, state, rung, evidence, uid, accession, accession_issuer, filler, placer, procedure;
    int64_t patient, order, time;
};

static bool put_link(struct domain *d, const struct record_doc *report, const struct link_values *v, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report->rid);
    db_text(&args, domain_reference(d, report));
    db_text(&args, report->department.p ? report->department : STR(""));
    const struct str head[] = {v->state, v->rung, v->evidence};
    for (size_t i = 0; i < 3; i++)
        db_text(&args, head[i].p ? head[i] : STR(""));
    db_int(&args, v->patient);
    db_int(&args, v->order);
    const struct str tail[] = {v->uid, v->accession, v->accession_issuer, v->filler, v->placer, v->procedure, v->key};
    for (size_t i = 0; i < 7; i++)
        db_text(&args, tail[i].p ? tail[i] : STR(""));
    db_int(&args, v->time);
    return db_send(d->db, &Q_report_link_put, &args, e);
}

/* The state stays what it was: link_report, which comes next, decides it anew and sees what is new. */
static struct link_values values_of(const struct fields *f, struct str key, int64_t patient, int64_t time)
{
    return (struct link_values){.key = key,
                                .uid = fields_get(f, FIELD_STUDY_UID),
                                .accession = fields_get(f, FIELD_ACCESSION_NUMBER),
                                .accession_issuer = fields_get(f, FIELD_ACCESSION_ISSUER),
                                .filler = fields_get(f, FIELD_FILLER_ORDER),
                                .placer = fields_get(f, FIELD_PLACER_ORDER),
                                .procedure = fields_get(f, FIELD_PROCEDURE_ID),
                                .patient = patient,
                                .time = time};
}

/* ---- applying ---- */

/* A settled report is corrected or withdrawn, never preliminary again; what was withdrawn as wrong stays withdrawn. */
#define SETTLED "final amended corrected appended cancelled entered-in-error unknown "
#define OPEN "registered partial preliminary "
static const struct rule_state states[] = {
    {"final", SETTLED},           {"amended", SETTLED},      {"corrected", SETTLED},        {"appended", SETTLED},
    {"registered", OPEN SETTLED}, {"partial", OPEN SETTLED}, {"preliminary", OPEN SETTLED}, {"cancelled", OPEN SETTLED},
    {"unknown", OPEN SETTLED},    {"entered-in-error", ""},
};

bool report_transition(struct str from, struct str to, struct err *e)
{
    return rule_transition(states, sizeof states / sizeof states[0], from, to) ||
           rule_break(RULE_REPORT_TRANSITION, e, "a report that is %.*s does not become %.*s", STR_ARG(from),
                      STR_ARG(to));
}

/* A step back from a settled report is a message that came late: kept, not applied. */
static bool late(struct str to)
{
    return str_is(to, "preliminary") || str_is(to, "partial") || str_is(to, "registered");
}

static bool check_change(struct domain *d, const struct report_request *r, const struct report_result *o,
                         const struct before *before, bool *ret_applies, struct err *e)
{
    struct err why;
    struct str from = fhir_text(o->report.node, "status"), to = fields_get(r->fields, FIELD_REPORT_STATUS);
    struct str subject = fhir_text(o->report.node, "subject.reference");
    *ret_applies = true;
    if (r->message_time && before->time > r->message_time) {
        domain_warn(d, "older than what was applied before: kept, not applied");
        *ret_applies = false;
        return true;
    }
    if (o->report.deleted || !o->report.version)
        return true;
    if (subject.n && !str_eq(subject, domain_reference(d, &o->patient))) {
        rule_break(RULE_REPORT_PATIENT, e, "the report is another patient's");
        return err_at(e, "PATIENT_ID");
    }
    err_clear(&why);
    if (report_transition(from, to, &why))
        return true;
    if (late(to)) {
        domain_warn(d, "%s: kept, not applied", why.text);
        *ret_applies = false;
        return true;
    }
    *e = why;
    return err_at(e, "REPORT_STATUS");
}

static bool complete(struct fields *f, struct err *e)
{
    struct str status = fields_get(f, FIELD_REPORT_STATUS);
    if (!status.n) {
        err_set(e, ERR_REQUIRED, "REPORT_STATUS is missing");
        return err_at(e, "REPORT_STATUS");
    }
    if (!fields_get(f, FIELD_REPORT_TITLE).n) {
        struct str rest = fields_get(f, FIELD_REPORT_CODE), part, last = STR_NONE;
        while (str_next(&rest, '^', &part))
            last = part;
        fields_set(f, FIELD_REPORT_TITLE, last);
    }
    return true;
}

static bool read_link(struct domain *d, struct report_result *o, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, o->report.rid);
    const struct db_rows *r = db_run(d->db, &Q_report_link_get, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    o->link_state = arena_str(d->arena, db_get(r, 0, 2));
    o->link_rung = arena_str(d->arena, db_get(r, 0, 3));
    return true;
}

/* An addendum to a settled report is no correction of it. */
static void amend(struct report_request *r, const struct record_doc *report)
{
    struct str now = report->version && !report->deleted ? fhir_text(report->node, "status") : STR_NONE;
    struct str to = fields_get(r->fields, FIELD_REPORT_STATUS);
    bool settled =
        str_is(now, "final") || str_is(now, "corrected") || str_is(now, "amended") || str_is(now, "appended");
    if (!settled && r->append && !now.n)
        r->append = false; /* nothing is here that it could stand below */
    if (settled && (r->append || r->amends) && (str_is(to, "final") || str_is(to, "corrected")))
        fields_set(r->fields, FIELD_REPORT_STATUS, STR("appended"));
}

bool report_apply(struct domain *d, struct report_request *r, struct report_result *ret_result, struct err *e)
{
    struct report_result o = {.applied = true};
    struct str key;
    struct before before;
    if (!patient_apply(d, r->fields, PATIENT_CREATE_ONLY, &o.patient, NULL, e) || !complete(r->fields, e) ||
        !(r->number.n ? document_key(d, r, &key, e) : report_key(d, r->fields, &key, e)) ||
        !find_report(d, key, &o.report, &before, e))
        return false;
    o.created = o.report.version == 0;
    amend(r, &o.report);
    if (!check_change(d, r, &o, &before, &o.applied, e))
        return false;
    if (o.applied) {
        struct link_values v = values_of(r->fields, key, o.patient.rid, r->message_time);
        v.state = before.state;
        if (!write_report(d, r, &o.patient, &o.report, e) || !put_link(d, &o.report, &v, e) ||
            (r->also_count && !link_also_put(d, o.report.rid, r->also, r->also_count, e)) ||
            !link_report(d, o.report.rid, e))
            return err_wrap(e, "report");
    }
    if (!read_link(d, &o, e))
        return false;
    *ret_result = o;
    return true;
}

/* ---- from a DiagnosticReport alone ---- */

static bool subject_of(struct domain *d, const struct record_doc *report, int64_t *ret_rid, struct err *e)
{
    struct record_doc patient;
    bool found;
    *ret_rid = 0;
    if (!domain_follow(d, fhir_text(report->node, "subject.reference"), &patient, &found, e))
        return false;
    if (found)
        *ret_rid = patient.rid;
    return true;
}

static struct str number_of(const struct record_doc *report, struct arena *a, const char *code, const char *part)
{
    return fhir_text(report->node, arena_printf(a, "identifier[type.coding.code=%s].%s", code, part).p);
}

/* Numbers of the order a client based its report on: they feed the same ladder. */
static bool from_order(struct domain *d, const struct record_doc *report, struct link_values *v, struct err *e)
{
    struct record_doc order;
    bool found;
    if (!domain_follow(d, fhir_text(report->node, "basedOn[0].reference"), &order, &found, e))
        return false;
    if (!found || !str_is(order.type, "ServiceRequest"))
        return true;
    if (!v->filler.n)
        v->filler = field_read(d->arena, FIELD_FILLER_ORDER, order.node);
    if (!v->placer.n)
        v->placer = field_read(d->arena, FIELD_PLACER_ORDER, order.node);
    if (!v->accession.n)
        v->accession = field_read(d->arena, FIELD_ACCESSION_NUMBER, order.node);
    return true;
}

static bool from_study(struct domain *d, const struct record_doc *report, struct link_values *v, struct err *e)
{
    struct record_doc study;
    bool found;
    if (!domain_follow(d, fhir_text(report->node, "imagingStudy[0].reference"), &study, &found, e))
        return false;
    if (found)
        v->uid = field_read(d->arena, FIELD_STUDY_UID, study.node);
    return true;
}

bool report_project(struct domain *d, struct record_doc *report, struct err *e)
{
    struct arena *a = d->arena;
    if (report->deleted)
        return true;
    struct report_result known = {.report = *report, .link_state = STR("waiting")};
    struct link_values v = {.filler = number_of(report, a, "FILL", "value"),
                            .placer = number_of(report, a, "PLAC", "value"),
                            .accession = number_of(report, a, "ACSN", "value"),
                            .accession_issuer = number_of(report, a, "ACSN", "assigner.display")};
    if (report->version > 1 && !read_link(d, &known, e))
        return false;
    v.state = known.link_state;
    if (!subject_of(d, report, &v.patient, e) || !from_order(d, report, &v, e) || !from_study(d, report, &v, e))
        return false;
    struct str code = fhir_text(report->node, "code.coding[0].code");
    v.key = v.filler.n ? arena_printf(a, "FILLER_ORDER|%.*s|%.*s", STR_ARG(v.filler), STR_ARG(code)) : STR_NONE;
    if (v.key.n) {
        struct db_args args = db_args(a);
        db_text(&args, v.key);
        const struct db_rows *r = db_run(d->db, &Q_report_link_by_key, &args, e);
        if (!r)
            return false;
        if (db_count(r) && db_get_int(r, 0, 0) != report->rid)
            v.key = STR_NONE; /* another report has this identity: this one stands alone */
    }
    if (!v.key.n)
        v.key = domain_reference(d, report);
    return put_link(d, report, &v, e) && link_report(d, report->rid, e);
}
