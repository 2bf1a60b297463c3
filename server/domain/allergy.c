#include "domain/allergy.h"

#include "domain/fields.h"
#include "domain/worklist.h"
#include "schema/queries.h"

#define TERMINOLOGY "http://terminology.hl7.org/CodeSystem/"

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return fhir_set(d->arena, doc->node, path, text, e);
}

/* ---- the row ---- */

static struct str words_of(const struct fhir_node *doc)
{
    static const char *const from[] = {"code.text", "code.coding[0].display", "code.coding[0].code"};
    for (size_t i = 0; i < 3; i++) {
        struct str s = fhir_text(doc, from[i]);
        if (s.n)
            return s;
    }
    return STR("");
}

static bool stands(const struct fhir_node *doc)
{
    struct str verified = fhir_text(doc, "verificationStatus.coding[0].code");
    struct str clinical = fhir_text(doc, "clinicalStatus.coding[0].code");
    return !str_is(verified, "entered-in-error") && !str_is(verified, "refuted") && !str_is(clinical, "inactive") &&
           !str_is(clinical, "resolved");
}

static bool put_row(struct domain *d, const struct record_doc *doc, int64_t patient, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, doc->rid);
    if (doc->deleted || !patient)
        return db_send(d->db, &Q_allergy_remove, &args, e);
    db_int(&args, patient);
    db_text(&args, words_of(doc->node));
    db_bool(&args, stands(doc->node));
    return db_send(d->db, &Q_allergy_put, &args, e);
}

bool allergy_project(struct domain *d, struct record_doc *doc, struct err *e)
{
    struct record_doc patient = {.rid = 0};
    bool found = false;
    if (doc->node && !domain_follow(d, fhir_text(doc->node, "patient.reference"), &patient, &found, e))
        return false;
    return put_row(d, doc, found ? patient.rid : 0, e) && (!found || worklist_refresh(d, patient.rid, e));
}

bool allergy_shown(struct domain *d, const struct record_doc *patient, struct err *e)
{
    return worklist_refresh(d, patient->rid, e);
}

/* ---- one allergy ---- */

static bool find(struct domain *d, const struct record_doc *patient, const struct allergy *x,
                 struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, patient->rid);
    db_text(&args, x->words);
    db_int(&args, record_param(STR("AllergyIntolerance"), STR("identifier")));
    db_text(&args, x->number.n ? x->number : STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_allergy_find, &args, e);
    *ret_found = rows && db_count(rows) > 0;
    if (!*ret_found)
        return rows != NULL;
    int64_t rid = db_get_int(rows, 0, 0);
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) && record_parse(d->arena, ret_doc, e);
}

static bool set_status(struct domain *d, struct record_doc *doc, const char *status, struct err *e)
{
    return set(d, doc, "clinicalStatus.coding[0].system", STR(TERMINOLOGY "allergyintolerance-clinical"), e) &&
           set(d, doc, "clinicalStatus.coding[0].code", str_of(status), e);
}

static bool begin(struct domain *d, const struct record_doc *patient, struct record_doc *doc, struct err *e)
{
    *doc = *record_new(d->arena, "AllergyIntolerance");
    doc->department = d->department;
    return set(d, doc, "verificationStatus.coding[0].system", STR(TERMINOLOGY "allergyintolerance-verification"), e) &&
           set(d, doc, "verificationStatus.coding[0].code", STR("unconfirmed"), e) &&
           set(d, doc, "patient.reference", domain_reference(d, patient), e);
}

/* A severity needs what was seen; without it, it says how grave the next time may be. */
static bool write_reaction(struct domain *d, struct record_doc *doc, const struct allergy *x, struct err *e)
{
    if (x->severity.n && !set(d, doc, "criticality", str_is(x->severity, "severe") ? STR("high") : STR("low"), e))
        return false;
    if (!x->reaction.n)
        return true;
    return set(d, doc, "reaction[0].manifestation[0].text", x->reaction, e) &&
           (!x->severity.n || set(d, doc, "reaction[0].severity", x->severity, e));
}

static bool write(struct domain *d, struct record_doc *doc, const struct allergy *x, struct err *e)
{
    return set_status(d, doc, "active", e) &&
           (!x->code.n || fields_code_write(d->arena, doc->node, "code.coding[0]", x->code, e)) &&
           set(d, doc, "code.text", x->words, e) &&
           (!x->number.n || set(d, doc, "identifier[0].value", x->number, e)) &&
           (!x->category.n || set(d, doc, "category[0]", x->category, e)) &&
           (!x->onset.n || set(d, doc, "onsetDateTime", x->onset, e)) && write_reaction(d, doc, x, e);
}

bool allergy_apply(struct domain *d, const struct record_doc *patient, const struct allergy *x, struct err *e)
{
    struct record_doc doc;
    bool found;
    if (!find(d, patient, x, &doc, &found, e))
        return false;
    if (!found && x->action == ALLERGY_END) {
        domain_warn(d, "an allergy that ends is not known here: nothing to end");
        return true;
    }
    if (!found && !begin(d, patient, &doc, e))
        return false;
    bool ok = x->action == ALLERGY_END ? set_status(d, &doc, "inactive", e) : write(d, &doc, x, e);
    return (ok && record_put(d->db, d->arena, &doc, e) && put_row(d, &doc, patient->rid, e)) || err_wrap(e, "allergy");
}
