/* The documents of an order: what each holds beside the fields of the Rosetta table. */
#include "domain/order_priv.h"

#include "domain/authority.h"
#include "domain/uid.h"
#include "domain/visit.h"
#include "schema/queries.h"

static bool set(struct domain *d, struct record_doc *doc, const char *path, struct str text, struct err *e)
{
    return fhir_set(d->arena, doc->node, path, text, e);
}

/* The type and system of an order's identifier, once its value is there. */
static bool type_identifier(struct domain *d, struct record_doc *doc, const char *code, const char *if_none,
                            struct err *e)
{
    struct arena *a = d->arena;
    const char *base = arena_printf(a, "identifier[type.coding.code=%s]", code).p;
    struct authority k;
    if (!fhir_at(doc->node, base))
        return true;
    struct str namespace_ = fhir_text(doc->node, arena_printf(a, "%s.assigner.display", base).p);
    if (!set(d, doc, arena_printf(a, "%s.type.coding[0].system", base).p,
             STR("http://terminology.hl7.org/CodeSystem/v2-0203"), e))
        return false;
    if (!namespace_.n && !if_none[0])
        return true;
    return authority_resolve(d, namespace_, STR_NONE, if_none, &k, e) &&
           set(d, doc, arena_printf(a, "%s.system", base).p, k.uri, e);
}

bool order_write_request(struct domain *d, const struct fields *f, struct record_doc *order,
                         const struct record_doc *patient, struct err *e)
{
    bool fresh = order->version == 0;
    if (fresh && !(set(d, order, "status", STR("active"), e) && set(d, order, "intent", STR("order"), e) &&
                   set(d, order, "category[0].coding[0].system", STR("http://snomed.info/sct"), e) &&
                   set(d, order, "category[0].coding[0].code", STR("363679005"), e) &&
                   set(d, order, "category[0].coding[0].display", STR("Imaging"), e)))
        return false;
    return fields_write(d->arena, f, ENTITY_ORDER, order->node, e) && type_identifier(d, order, "PLAC", "", e) &&
           type_identifier(d, order, "FILL", "", e) &&
           type_identifier(d, order, "ACSN", d->policy->accession_authority, e) &&
           set(d, order, "subject.reference", domain_reference(d, patient), e) &&
           (fhir_member(order->node, "code") || !fields_get(f, FIELD_PROCEDURE_DESCRIPTION).n ||
            set(d, order, "code.text", fields_get(f, FIELD_PROCEDURE_DESCRIPTION), e));
}

bool order_write_procedure(struct domain *d, const struct fields *f, struct record_doc *procedure,
                           const struct record_doc *order, const struct record_doc *patient, struct err *e)
{
    bool fresh = procedure->version == 0;
    if (fresh &&
        !(set(d, procedure, "status", STR("active"), e) && set(d, procedure, "intent", STR("filler-order"), e) &&
          set(d, procedure, "basedOn[0].reference", domain_reference(d, order), e)))
        return false;
    return fields_write(d->arena, f, ENTITY_PROCEDURE, procedure->node, e) &&
           set(d, procedure, "subject.reference", domain_reference(d, patient), e);
}

static struct db_args device_args(struct domain *d, struct str ae_title)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("Device"), STR("identifier")));
    db_text(&args, ae_title);
    return args;
}

static struct db_args study_args(struct domain *d, struct str uid)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("ImagingStudy"), STR("identifier")));
    db_text(&args, arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(uid)));
    return args;
}

bool order_docs_ahead(struct domain *d, const struct fields *f, struct err *e)
{
    struct str ae_title = fields_get(f, FIELD_STATION_AE), uid = fields_get(f, FIELD_STUDY_UID);
    struct db_args device = device_args(d, ae_title);
    struct db_args study = study_args(d, uid);
    return (!ae_title.n || db_ahead(d->db, &Q_device_find, &device, e)) &&
           (!uid.n || db_ahead(d->db, &Q_imaging_study_find, &study, e));
}

static bool has_visit(const struct fields *f)
{
    for (int i = 0; i < FIELDS; i++)
        if (field_row((enum field)i)->entity == ENTITY_ENCOUNTER && f->state[i] == FIELD_SET)
            return true;
    return false;
}

bool order_encounter(struct domain *d, const struct fields *f, struct str reference, const struct record_doc *patient,
                     struct record_doc **ret_doc, struct err *e)
{
    struct record_doc *doc = ARENA_NEW(d->arena, struct record_doc);
    bool found = false;
    struct fields own = *f;
    *ret_doc = NULL;
    if (reference.n && !domain_follow(d, reference, doc, &found, e))
        return false;
    found = found && str_eq(fhir_text(doc->node, "subject.reference"), domain_reference(d, patient));
    if (!found && !visit_find(d, patient, f, doc, &found, e))
        return false;
    if (found) /* what ADT tells of a visit is not an order's to change */
        own.state[FIELD_VISIT_CLASS] = own.state[FIELD_VISIT_START] = own.state[FIELD_VISIT_END] = FIELD_ABSENT;
    if (!found && !has_visit(f))
        return true;
    if (!found) {
        doc = record_new(d->arena, "Encounter");
        doc->department = d->department;
        if (!set(d, doc, "status", STR("planned"), e) ||
            !set(d, doc, "class.system", STR("http://terminology.hl7.org/CodeSystem/v3-ActCode"), e) ||
            !set(d, doc, "class.code", STR("AMB"), e) ||
            !set(d, doc, "subject.reference", domain_reference(d, patient), e))
            return false;
    }
    if (!fields_write(d->arena, &own, ENTITY_ENCOUNTER, doc->node, e) || !record_put(d->db, d->arena, doc, e))
        return err_wrap(e, "visit");
    *ret_doc = doc;
    return true;
}

bool order_device(struct domain *d, struct str ae_title, struct str *ret_reference, struct err *e)
{
    struct db_args args = device_args(d, ae_title);
    struct record_doc *fresh;
    *ret_reference = STR_NONE;
    if (!ae_title.n)
        return true;
    const struct db_rows *known = db_run(d->db, &Q_device_find, &args, e);
    if (!known)
        return false;
    if (db_count(known)) {
        *ret_reference = arena_printf(d->arena, "Device/%.*s", STR_ARG(db_get(known, 0, 0)));
        return true;
    }
    fresh = record_new(d->arena, "Device");
    if (!set(d, fresh, "identifier[0].system", STR("urn:isocentre:ae-title"), e) ||
        !set(d, fresh, "identifier[0].value", ae_title, e) || !set(d, fresh, "status", STR("active"), e) ||
        !set(d, fresh, "deviceName[0].name", ae_title, e) ||
        !set(d, fresh, "deviceName[0].type", STR("user-friendly-name"), e) || !record_put(d->db, d->arena, fresh, e))
        return err_wrap(e, "device");
    *ret_reference = domain_reference(d, fresh);
    return true;
}

/* ---- the study to come ---- */

static bool based_on(const struct fhir_node *study, struct str reference)
{
    const struct fhir_node *list = fhir_member(study, "basedOn");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        if (str_eq(fhir_text(i, "reference"), reference))
            return true;
    return false;
}

static int count_of(const struct fhir_node *doc, const char *member)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(doc, member);
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    return n;
}

static bool add_based_on(struct domain *d, struct record_doc *study, struct str reference, struct err *e)
{
    if (based_on(study->node, reference))
        return true;
    int n = count_of(study->node, "basedOn");
    return set(d, study, arena_printf(d->arena, "basedOn[%d].reference", n).p, reference, e);
}

/* A study that was given up, because the images came under another UID, is only taken when there is no other. */
bool order_study_of(struct domain *d, struct str request, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(d->arena);
    bool stands = false;
    db_int(&args, record_param(STR("ImagingStudy"), STR("basedon")));
    db_text(&args, request);
    db_text(&args, STR(""));
    const struct db_rows *rows = db_run(d->db, &Q_resource_find_token, &args, e);
    *ret_found = rows && db_count(rows) > 0;
    for (int i = 0; rows && i < db_count(rows) && !stands; i++) {
        struct record_doc one = record_row(rows, i, d->arena);
        if (!record_parse(d->arena, &one, e))
            return false;
        stands = !str_is(fhir_text(one.node, "status"), "cancelled");
        if (!i || stands)
            *ret_doc = one;
    }
    return rows != NULL;
}

/* By UID among this patient's; or, without a UID, the one the procedure already has. */
static bool find_study(struct domain *d, const struct order_study *s, struct record_doc *ret_doc, bool *ret_found,
                       struct err *e)
{
    struct db_args args = study_args(d, s->uid);
    struct str subject = domain_reference(d, s->patient);
    *ret_found = false;
    if (!s->uid.n)
        return order_study_of(d, domain_reference(d, s->procedure), ret_doc, ret_found, e);
    const struct db_rows *rows = db_run(d->db, &Q_imaging_study_find, &args, e);
    for (int i = 0; rows && i < db_count(rows) && !*ret_found; i++) {
        *ret_doc = record_row(rows, i, d->arena);
        if (ret_doc->deleted)
            continue;
        if (!record_parse(d->arena, ret_doc, e))
            return false;
        *ret_found = str_eq(fhir_text(ret_doc->node, "subject.reference"), subject);
        if (!*ret_found)
            domain_warn(d, "the Study Instance UID is also used for another patient");
    }
    return rows != NULL;
}

static bool begin_study(struct domain *d, const struct order_study *s, struct record_doc **ret_doc, struct err *e)
{
    struct record_doc *doc = record_new(d->arena, "ImagingStudy");
    struct str uid = s->uid.n ? s->uid : uid_new(d->arena);
    doc->department = s->order->department;
    *ret_doc = doc;
    return set(d, doc, "identifier[system=urn:dicom:uid].value", arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(uid)),
               e) &&
           set(d, doc, "status", STR("registered"), e) &&
           set(d, doc, "subject.reference", domain_reference(d, s->patient), e);
}

static bool names_accession(const struct fhir_node *study, struct str accession)
{
    const struct fhir_node *list = fhir_member(study, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        if (str_is(fhir_text(i, "type.coding[0].code"), "ACSN") && str_eq(fhir_text(i, "value"), accession))
            return true;
    return false;
}

/* A study may answer several orders: it carries the number of each. */
static bool copy_accession(struct domain *d, const struct record_doc *order, struct record_doc *study, struct err *e)
{
    struct str accession = field_read(d->arena, FIELD_ACCESSION_NUMBER, order->node);
    if (!accession.n || names_accession(study->node, accession))
        return true;
    const char *base = arena_printf(d->arena, "identifier[%d]", count_of(study->node, "identifier")).p;
    return set(d, study, arena_printf(d->arena, "%s.value", base).p, accession, e) &&
           set(d, study, arena_printf(d->arena, "%s.system", base).p,
               fhir_text(order->node, "identifier[type.coding.code=ACSN].system"), e) &&
           set(d, study, arena_printf(d->arena, "%s.type.coding[0].system", base).p,
               STR("http://terminology.hl7.org/CodeSystem/v2-0203"), e) &&
           set(d, study, arena_printf(d->arena, "%s.type.coding[0].code", base).p, STR("ACSN"), e);
}

bool order_imaging_study(struct domain *d, const struct order_study *s, struct record_doc **ret_doc, struct err *e)
{
    struct record_doc *doc = ARENA_NEW(d->arena, struct record_doc);
    bool found;
    if (!find_study(d, s, doc, &found, e) || (!found && !begin_study(d, s, &doc, e)) ||
        !copy_accession(d, s->order, doc, e))
        return false;
    *ret_doc = doc;
    return add_based_on(d, doc, domain_reference(d, s->order), e) &&
           (s->procedure == s->order || add_based_on(d, doc, domain_reference(d, s->procedure), e)) &&
           (record_put(d->db, d->arena, doc, e) || err_wrap(e, "study to come"));
}
