#include "domain/patient.h"

#include "domain/authority.h"
#include "domain/said.h"
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

/* The number it is known by here, of one that has several; NULL when it has not this one. */
static bool find_number(struct domain *d, const struct record_doc *p, struct str id, struct str namespace_,
                        const struct fhir_node **ret_identifier, struct err *e)
{
    struct str issuer;
    const struct fhir_node *list = fhir_member(p->node, "identifier");
    *ret_identifier = NULL;
    for (const struct fhir_node *i = list ? list->first : NULL; i && !*ret_identifier; i = i->next) {
        if (str_is(fhir_text(i, "use"), "old") || !str_eq(fhir_text(i, "value"), id))
            continue;
        if (!patient_issuer_of(d, i, &issuer, e))
            return false;
        if (str_eq(issuer, namespace_))
            *ret_identifier = i;
    }
    return true;
}

/* A further number: the usual one stays what it is. */
static bool add_number(struct domain *d, struct record_doc *p, struct str id, const struct authority *issuer,
                       struct err *e)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(p->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    const char *base = arena_printf(d->arena, "identifier[%d]", n).p;
    return fhir_set(d->arena, p->node, arena_printf(d->arena, "%s.use", base).p, STR("secondary"), e) &&
           fhir_set(d->arena, p->node, arena_printf(d->arena, "%s.system", base).p, issuer->uri, e) &&
           fhir_set(d->arena, p->node, arena_printf(d->arena, "%s.value", base).p, id, e) &&
           fhir_set(d->arena, p->node, arena_printf(d->arena, "%s.assigner.display", base).p, issuer->namespace_, e);
}

/* A sender may know the patient by a number that is not the usual one: it does not take the usual one's place. */
static bool write_number(struct domain *d, const struct fields *f, const struct authority *issuer, struct record_doc *p,
                         struct err *e)
{
    const struct fhir_node *known;
    struct str id = fields_get(f, FIELD_PATIENT_ID);
    if (!id.n)
        return true;
    if (!find_number(d, p, id, issuer->namespace_, &known, e))
        return false;
    if (known && !str_is(fhir_text(known, "use"), "usual"))
        return true;
    if (!known && fhir_at(p->node, "identifier[use=usual]"))
        return add_number(d, p, id, issuer, e);
    return field_write(d->arena, FIELD_PATIENT_ID, p->node, id, e) && write_identifier(d, p, issuer, e);
}

static bool is_taken(struct domain *d, const struct record_doc *p, const struct fhir_node *identifier, bool *ret_taken,
                     struct err *e)
{
    struct str namespace_;
    struct db_args args = db_args(d->arena);
    if (!patient_issuer_of(d, identifier, &namespace_, e))
        return false;
    db_text(&args, namespace_);
    db_text(&args, fhir_text(identifier, "value"));
    db_int(&args, p->rid);
    const struct db_rows *r = db_run(d->db, &Q_patient_identifier_taken, &args, e);
    *ret_taken = r && db_count(r) > 0;
    return r != NULL;
}

/* A further number that is another patient's is left out: it hints at two records of one person, and keeps nobody from
 * being scanned. */
static bool drop_taken(struct domain *d, struct record_doc *p, struct err *e)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(p->node, "identifier"), *next;
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = next, n++) {
        bool taken;
        next = i->next;
        if (!str_is(fhir_text(i, "use"), "secondary") || !fhir_text(i, "value").n)
            continue;
        if (!is_taken(d, p, i, &taken, e))
            return false;
        if (!taken)
            continue;
        fhir_remove(p->node, arena_printf(d->arena, "identifier[%d]", n--).p);
        domain_tell(d, "a further number of the patient is another patient's: left out; they may be one person");
    }
    return true;
}

static bool write_fields(struct domain *d, const struct fields *f, const struct authority *issuer, struct record_doc *p,
                         struct err *e)
{
    struct fields own = *f;
    own.state[FIELD_PATIENT_ID] = own.state[FIELD_PATIENT_ISSUER] = FIELD_ABSENT;
    return write_number(d, f, issuer, p, e) && fields_write(d->arena, &own, ENTITY_PATIENT, p->node, e) &&
           name_systems(d, p, e) && (!fields_get(f, FIELD_PATIENT_OTHER_IDS).n || drop_taken(d, p, e));
}

/* MERGED: the id is of a record that was merged into the one found; FORMER: the one found had it before. */
enum known { UNKNOWN, KNOWN, MERGED, FORMER };

static struct db_args id_args(struct domain *d, struct str namespace_, struct str id)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, namespace_);
    db_text(&args, id);
    return args;
}

static bool find_by_id(struct domain *d, struct str namespace_, struct str id, struct patient_found *ret_patient,
                       struct err *e)
{
    struct db_args args = id_args(d, namespace_, id);
    const struct db_rows *rows = db_run(d->db, &Q_patient_find, &args, e);
    *ret_patient = (struct patient_found){.found = rows && db_count(rows) > 0};
    if (ret_patient->found) {
        ret_patient->doc = record_row(rows, 0, d->arena);
        ret_patient->source = db_get_int(rows, 0, 8);
        ret_patient->merged = ret_patient->source != 0;
        ret_patient->former = db_get_bool(rows, 0, 9);
    }
    return rows != NULL;
}

bool patient_find(struct domain *d, struct str id, struct str issuer, struct patient_found *ret_patient, struct err *e)
{
    struct authority k;
    return authority_resolve(d, issuer, STR_NONE, d->policy->patient_authority, &k, e) &&
           find_by_id(d, k.namespace_, id, ret_patient, e);
}

static bool update(struct domain *d, const struct fields *f, const struct authority *issuer, struct record_doc *p,
                   struct err *e)
{
    int version = p->version;
    bool older;
    if (!record_get_rid(d->db, d->arena, p->rid, RECORD_UPDATE, p, e) || !record_parse(d->arena, p, e) ||
        !said_is_older(d, p->rid, &older, e))
        return false;
    if (older)
        return true;
    if (!write_fields(d, f, issuer, p, e) || !said_note(d, p->rid, e))
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
    struct db_args args = id_args(d, namespace_, id);
    struct patient_found p;
    bool held = db_asked(d->db, &Q_patient_find, &args);
    if ((!held && !db_send(d->db, &Q_patient_find_hold, &args, e)) || !find_by_id(d, namespace_, id, &p, e))
        return false;
    *ret_patient = p.doc;
    *ret_known = !p.found ? UNKNOWN : p.merged ? MERGED : p.former ? FORMER : KNOWN;
    return true;
}

bool patient_ahead(struct domain *d, const struct fields *f, struct err *e)
{
    struct authority issuer;
    struct str id = fields_get(f, FIELD_PATIENT_ID);
    if (!id.n)
        return true;
    if (!authority_resolve(d, fields_get(f, FIELD_PATIENT_ISSUER), STR_NONE, d->policy->patient_authority, &issuer, e))
        return false;
    struct db_args args = id_args(d, issuer.namespace_, id);
    return db_send(d->db, &Q_patient_find_hold, &args, e) && db_ahead(d->db, &Q_patient_find, &args, e);
}

bool patient_write(struct domain *d, const struct fields *f, struct record_doc *patient, struct err *e)
{
    struct authority issuer;
    return authority_resolve(d, fields_get(f, FIELD_PATIENT_ISSUER), STR_NONE, d->policy->patient_authority, &issuer,
                             e) &&
           write_fields(d, f, &issuer, patient, e) && record_put(d->db, d->arena, patient, e) &&
           patient_project(d, patient, e);
}

static bool project(struct domain *d, const struct record_doc *patient, struct str sought, struct err *e);

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
    if ((found == MERGED || found == FORMER) && mode == PATIENT_UPDATE) {
        domain_warn(d, "%s",
                    found == MERGED ? "the patient id is of a merged record: its survivor stays as it is"
                                    : "the patient id was replaced by another: the patient stays as it is");
        mode = PATIENT_CREATE_ONLY;
    }
    if (found == UNKNOWN) {
        p = *record_new(d->arena, "Patient");
        p.department = d->department;
        if (!write_fields(d, f, &issuer, &p, e) || !record_put(d->db, d->arena, &p, e) || !project(d, &p, id, e))
            return err_wrap(e, "create a patient");
        if (!said_note(d, p.rid, e))
            return false;
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

bool patient_issuer_of(struct domain *d, const struct fhir_node *identifier, struct str *ret_issuer, struct err *e)
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
        if (!patient_issuer_of(d, i, &issuer, e))
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

/* ---- the rows that lead to a patient ---- */

enum { NUMBERS_MAX = 64 };
struct numbers {
    struct str namespace_[NUMBERS_MAX], value[NUMBERS_MAX];
    size_t n;
};

static void note_number(struct numbers *to, struct str namespace_, struct str value)
{
    for (size_t i = 0; i < to->n; i++)
        if (str_eq(to->namespace_[i], namespace_) && str_eq(to->value[i], value))
            return;
    if (to->n == NUMBERS_MAX)
        return;
    to->namespace_[to->n] = namespace_;
    to->value[to->n++] = value;
}

static bool read_numbers(struct domain *d, const struct record_doc *patient, struct numbers *ret_now,
                         struct numbers *ret_former, struct err *e)
{
    struct authority k;
    const struct fhir_node *list = patient->deleted ? NULL : fhir_member(patient->node, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        struct str system = fhir_text(i, "system"), text = fhir_text(i, "value");
        if (!text.n)
            continue;
        if (system.n ? !authority_of_uri(d, system, &k, e)
                     : !authority_resolve(d, STR_NONE, STR_NONE, d->policy->patient_authority, &k, e))
            return false;
        note_number(str_is(fhir_text(i, "use"), "old") ? ret_former : ret_now, k.namespace_, text);
    }
    return true;
}

static bool put_numbers(struct domain *d, const struct db_query *q, int64_t rid, const struct numbers *from,
                        struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    db_texts(&args, from->namespace_, from->n);
    db_texts(&args, from->value, from->n);
    return !from->n || db_send(d->db, q, &args, e);
}

/* Images are told to be of whom the record says they are, whatever their header says. */
static bool lead_studies(struct domain *d, const struct record_doc *patient, struct err *e)
{
    static const enum field person[] = {FIELD_PATIENT_NAME, FIELD_PATIENT_BIRTH_DATE, FIELD_PATIENT_SEX};
    struct db_args args = db_args(d->arena);
    if (patient->deleted || d->merging) /* a merge moves the studies by itself */
        return true;
    db_int(&args, patient->rid);
    for (size_t i = 0; i < sizeof person / sizeof person[0]; i++) {
        struct str text = field_read(d->arena, person[i], patient->node);
        db_text(&args, text.p ? text : STR(""));
    }
    return db_send(d->db, &Q_study_patient_follow, &args, e);
}

/* sought: a number that was just found to be nobody's, or none. */
static bool project(struct domain *d, const struct record_doc *patient, struct str sought, struct err *e)
{
    struct numbers *now = ARENA_NEW(d->arena, struct numbers), *former = ARENA_NEW(d->arena, struct numbers);
    struct db_args args = db_args(d->arena);
    db_int(&args, patient->rid);
    bool again = patient->version > 1;
    if (!read_numbers(d, patient, now, former, e) || (again && !db_send(d->db, &Q_patient_identifier_clear, &args, e)))
        return false;
    bool free = now->n == 1 && sought.n && str_eq(now->value[0], sought);
    return (free || put_numbers(d, &Q_patient_identifier_take, patient->rid, now, e)) &&
           put_numbers(d, again ? &Q_patient_identifier_put : &Q_patient_identifier_add, patient->rid, now, e) &&
           put_numbers(d, &Q_patient_former_put, patient->rid, former, e) &&
           (!again || (lead_studies(d, patient, e) && worklist_refresh(d, patient->rid, e)));
}

bool patient_project(struct domain *d, const struct record_doc *patient, struct err *e)
{
    return project(d, patient, STR_NONE, e);
}

bool patient_of_said(struct domain *d, const struct patient_said *said, struct record_doc *ret_patient, struct err *e)
{
    struct fields f = {.state = {0}};
    fields_set(&f, FIELD_PATIENT_ID, said->id);
    fields_set(&f, FIELD_PATIENT_ISSUER, said->issuer);
    fields_set(&f, FIELD_PATIENT_NAME, said->name);
    fields_set(&f, FIELD_PATIENT_BIRTH_DATE, said->birth_date);
    fields_set(&f, FIELD_PATIENT_SEX, said->sex);
    return patient_apply(d, &f, PATIENT_CREATE_ONLY, ret_patient, NULL, e);
}
