#include "domain/patient.h"

#include "domain/authority.h"
#include "domain/worklist.h"
#include "schema/queries.h"

/* Patient ids and their systems are written together, so that FHIR, HL7 and DICOM name the same authority. */
static bool write_identifier(struct domain *d, struct record_doc *p, const struct authority *issuer, struct err *e)
{
    struct arena *a = d->arena;
    return fhir_set(a, p->node, "identifier[use=usual].type.coding[0].system",
                    STR("http://terminology.hl7.org/CodeSystem/v2-0203"), e) &&
           fhir_set(a, p->node, "identifier[use=usual].type.coding[0].code", STR("MR"), e) &&
           fhir_set(a, p->node, "identifier[use=usual].system", issuer->uri, e) &&
           fhir_set(a, p->node, "identifier[use=usual].assigner.display", issuer->namespace_, e);
}

/* Secondary identifiers come as value and namespace: give them their systems. */
static bool name_systems(struct domain *d, struct record_doc *p, struct err *e)
{
    const struct fhir_node *list = fhir_member(p->node, "identifier");
    for (struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        struct str namespace_ = fhir_text(i, "assigner.display");
        struct authority k;
        if (!str_is(fhir_text(i, "use"), "secondary") || !namespace_.n || fhir_member(i, "system"))
            continue;
        if (!authority_resolve(d, namespace_, STR_NONE, "", &k, e))
            return false;
        fhir_add_string(d->arena, i, "system", k.uri);
    }
    return true;
}

static bool write_fields(struct domain *d, const struct fields *f, const struct authority *issuer, struct record_doc *p,
                         struct err *e)
{
    struct fields own = *f;
    own.state[FIELD_PATIENT_ISSUER] = FIELD_ABSENT;
    if (own.state[FIELD_PATIENT_ID] == FIELD_DELETE)
        own.state[FIELD_PATIENT_ID] = FIELD_ABSENT;
    return fields_write(d->arena, &own, ENTITY_PATIENT, p->node, e) && write_identifier(d, p, issuer, e) &&
           name_systems(d, p, e);
}

enum known { UNKNOWN, KNOWN, MERGED /* the id is of a record that was merged into the one found */ };

static bool find_by_id(struct domain *d, struct str namespace_, struct str id, struct record_doc *ret_patient,
                       enum known *ret_known, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, namespace_);
    db_text(&args, id);
    const struct db_rows *rows = db_run(d->db, &Q_patient_find, &args, e);
    *ret_known = UNKNOWN;
    if (rows && db_count(rows)) {
        *ret_patient = record_row(rows, 0, d->arena);
        *ret_known = db_get_bool(rows, 0, 8) ? MERGED : KNOWN;
    }
    return rows != NULL;
}

bool patient_find(struct domain *d, struct str id, struct str issuer, struct patient_found *ret_patient, struct err *e)
{
    struct authority k;
    enum known known = UNKNOWN;
    if (!authority_resolve(d, issuer, STR_NONE, d->policy->patient_authority, &k, e) ||
        !find_by_id(d, k.namespace_, id, &ret_patient->doc, &known, e))
        return false;
    ret_patient->found = known != UNKNOWN;
    ret_patient->merged = known == MERGED;
    return true;
}

static bool update(struct domain *d, const struct fields *f, const struct authority *issuer, struct record_doc *p,
                   struct err *e)
{
    int version = p->version;
    if (!record_get_rid(d->db, d->arena, p->rid, RECORD_UPDATE, p, e) || !record_parse(d->arena, p, e) ||
        !write_fields(d, f, issuer, p, e))
        return false;
    version = p->version;
    if (!record_put(d->db, d->arena, p, e))
        return false;
    return p->version == version || patient_project(d, p, e);
}

/* The record of an id, for what is about to refer to it: no merge goes by unseen. */
static bool find_held(struct domain *d, struct str namespace_, struct str id, struct record_doc *ret_patient,
                      enum known *ret_known, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, namespace_);
    db_text(&args, id);
    return db_send(d->db, &Q_patient_find_hold, &args, e) && find_by_id(d, namespace_, id, ret_patient, ret_known, e);
}

bool patient_write(struct domain *d, const struct fields *f, struct record_doc *patient, struct err *e)
{
    struct authority issuer;
    return authority_resolve(d, fields_get(f, FIELD_PATIENT_ISSUER), STR_NONE, d->policy->patient_authority, &issuer,
                             e) &&
           write_fields(d, f, &issuer, patient, e) && record_put(d->db, d->arena, patient, e) &&
           patient_project(d, patient, e);
}

/* Cheap look before the lock: most orders bring nothing new about their patient. */
static bool differs(struct domain *d, const struct fields *f, const struct record_doc *p)
{
    for (int i = 0; i < FIELDS; i++) {
        if (field_row((enum field)i)->entity != ENTITY_PATIENT || f->state[i] == FIELD_ABSENT ||
            i == FIELD_PATIENT_ISSUER || i == FIELD_PATIENT_ID)
            continue;
        if (!str_eq(field_read(d->arena, (enum field)i, p->node), fields_get(f, (enum field)i)))
            return true;
    }
    return false;
}

bool patient_apply(struct domain *d, const struct fields *f, enum patient_mode mode, struct record_doc *ret_patient,
                   bool *ret_created, struct err *e)
{
    struct authority issuer;
    struct record_doc p;
    enum known found;
    struct str id = fields_get(f, FIELD_PATIENT_ID);
    if (!id.n)
        return err_set(e, ERR_REQUIRED, "no patient id"), err_at(e, "PATIENT_ID");
    if (!authority_resolve(d, fields_get(f, FIELD_PATIENT_ISSUER), STR_NONE, d->policy->patient_authority, &issuer,
                           e) ||
        !find_held(d, issuer.namespace_, id, &p, &found, e))
        return false;
    if (ret_created)
        *ret_created = found == UNKNOWN;
    if (found == MERGED && mode == PATIENT_UPDATE) {
        domain_warn(d, "the patient id is of a merged record: its survivor stays as it is");
        mode = PATIENT_CREATE_ONLY;
    }
    if (found == UNKNOWN) {
        p = *record_new(d->arena, "Patient");
        p.department = d->department;
        if (!write_fields(d, f, &issuer, &p, e) || !record_put(d->db, d->arena, &p, e) || !patient_project(d, &p, e))
            return err_wrap(e, "create a patient");
    } else if (!record_parse(d->arena, &p, e) ||
               (mode == PATIENT_UPDATE && differs(d, f, &p) && !update(d, f, &issuer, &p, e))) {
        return err_wrap(e, "update '%.*s'", STR_ARG(domain_reference(d, &p)));
    }
    *ret_patient = p;
    return true;
}

bool patient_has_id(struct domain *d, const struct record_doc *patient, struct str id, struct str issuer)
{
    const struct fhir_node *list = fhir_member(patient->node, "identifier");
    (void)d;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        struct str system = fhir_text(i, "system");
        bool same_issuer = !issuer.n || str_eq(fhir_text(i, "assigner.display"), issuer) || str_eq(system, issuer) ||
                           (str_starts(system, "urn:oid:") && str_eq(str_sub(system, 8, system.n), issuer));
        if (same_issuer && str_eq(fhir_text(i, "value"), id))
            return true;
    }
    return false;
}

static bool issuer_of(struct domain *d, const struct fhir_node *identifier, struct str *ret_issuer, struct err *e)
{
    struct authority k;
    struct str system = fhir_text(identifier, "system"), display = fhir_text(identifier, "assigner.display");
    if (display.n || !system.n) {
        *ret_issuer = display.n ? display : str_of(d->policy->patient_authority);
        return true;
    }
    if (!authority_of_uri(d, system, &k, e))
        return false;
    *ret_issuer = k.namespace_;
    return true;
}

bool patient_primary_id(struct domain *d, const struct record_doc *patient, struct str *ret_id, struct str *ret_issuer,
                        struct err *e)
{
    int best = 0;
    *ret_id = *ret_issuer = STR("");
    const struct fhir_node *list = fhir_member(patient->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i && best < 3; i = i->next) {
        struct str use = fhir_text(i, "use"), value = fhir_text(i, "value"), issuer;
        if (!value.n || str_is(use, "old"))
            continue;
        if (!issuer_of(d, i, &issuer, e))
            return false;
        int rank = str_is(use, "usual") ? 3 : str_is(issuer, d->policy->patient_authority) ? 2 : 1;
        if (rank <= best)
            continue;
        best = rank;
        *ret_id = value;
        *ret_issuer = issuer;
    }
    return true;
}

bool patient_project(struct domain *d, const struct record_doc *patient, struct err *e)
{
    struct str namespace_[64], value[64];
    size_t n = 0;
    struct authority k;
    const struct fhir_node *list = patient->deleted ? NULL : fhir_member(patient->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i && n < 64; i = i->next) {
        struct str system = fhir_text(i, "system"), text = fhir_text(i, "value");
        if (!text.n || str_is(fhir_text(i, "use"), "old"))
            continue;
        if (system.n ? !authority_of_uri(d, system, &k, e)
                     : !authority_resolve(d, STR_NONE, STR_NONE, d->policy->patient_authority, &k, e))
            return false;
        bool seen = false;
        for (size_t j = 0; j < n && !seen; j++)
            seen = str_eq(namespace_[j], k.namespace_) && str_eq(value[j], text);
        if (seen)
            continue;
        namespace_[n] = k.namespace_;
        value[n++] = text;
    }
    struct db_args args = db_args(d->arena);
    db_int(&args, patient->rid);
    if (patient->version > 1 && !db_send(d->db, &Q_patient_identifier_clear, &args, e))
        return false;
    db_texts(&args, namespace_, n);
    db_texts(&args, value, n);
    if (n && !db_send(d->db, &Q_patient_identifier_put, &args, e))
        return false;
    return patient->version == 1 || worklist_refresh(d, patient->rid, e);
}
