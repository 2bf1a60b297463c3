/* What a sender left out, and what does not fit: named policies, each use kept as a warning. */
#include "domain/order_priv.h"

#include "domain/uid.h"

/* Characters a field may hold, by its DICOM VR; longer values are cut at a character and said so. */
void order_fit(struct domain *d, struct fields *f)
{
    for (int i = 0; i < FIELDS; i++) {
        const struct field_row *r = field_row((enum field)i);
        if (f->state[i] != FIELD_SET || !r->max || str_utf8_count(f->value[i]) <= (size_t)r->max)
            continue;
        struct str s = f->value[i];
        while (str_utf8_count(s) > (size_t)r->max)
            s = str_utf8_clip(s, s.n - 1);
        f->value[i] = s;
        domain_warn(d, "%s was cut to %d characters", r->name, r->max);
    }
}

/* An identifier that is cut is another identifier: these are refused, not cut. */
static bool is_identifier(enum field one)
{
    static const enum field ids[] = {FIELD_PATIENT_ID,   FIELD_ACCESSION_NUMBER, FIELD_PROCEDURE_ID, FIELD_STEP_ID,
                                     FIELD_PLACER_ORDER, FIELD_FILLER_ORDER,     FIELD_STATION_AE};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (ids[i] == one)
            return true;
    return false;
}

bool order_check_value(const struct fields *f, enum field one, struct err *e)
{
    clock_us from, to;
    const struct field_row *row = field_row(one);
    struct str text = fields_get(f, one);
    bool timed = row->form == FORM_DATE || row->form == FORM_TIME;
    if (!text.n)
        return true;
    if (is_identifier(one) && str_utf8_count(text) > (size_t)row->max)
        err_set(e, ERR_INVALID, "%s is longer than %d characters", row->name, row->max);
    else if (timed && !clock_range(text, &from, &to))
        err_set(e, ERR_INVALID, "%s is no valid date", row->name);
    else if (one != FIELD_STUDY_UID || uid_check(text, e))
        return true;
    return err_at(e, "%s", row->name);
}

static bool check_values(const struct fields *f, struct err *e)
{
    for (int i = 0; i < FIELDS; i++)
        if (!order_check_value(f, (enum field)i, e))
            return false;
    return true;
}

static bool missing(struct err *e, enum field name)
{
    err_set(e, ERR_REQUIRED, "%s is missing", field_row(name)->name);
    return err_at(e, "%s", field_row(name)->name);
}

/* The filler's own number, else the placer's, when it fits an accession number. */
static struct str number_of_order(const struct fields *f)
{
    static const enum field from[] = {FIELD_FILLER_ORDER, FIELD_PLACER_ORDER};
    for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
        struct str s = fields_get(f, from[i]);
        if (s.n && str_utf8_count(s) <= (size_t)field_row(FIELD_ACCESSION_NUMBER)->max)
            return s;
    }
    return STR_NONE;
}

static bool give_accession(struct domain *d, struct fields *f, struct err *e)
{
    struct str number = STR_NONE;
    if (fields_get(f, FIELD_ACCESSION_NUMBER).n)
        return true;
    if (d->policy->missing_accession == ACCESSION_REJECT)
        return missing(e, FIELD_ACCESSION_NUMBER);
    if (d->policy->missing_accession == ACCESSION_FROM_ORDER)
        number = number_of_order(f);
    bool taken = number.n > 0;
    if (!taken)
        number = arena_printf(d->arena, "A%.*s", STR_ARG(record_id_text(d->arena, record_rid_new())));
    fields_set(f, FIELD_ACCESSION_NUMBER, number);
    domain_warn(d, "ACCESSION_NUMBER was missing: given by policy %s", taken ? "filler" : "generate");
    return true;
}

static bool give_study_uid(struct domain *d, struct fields *f, struct err *e)
{
    if (fields_get(f, FIELD_STUDY_UID).n)
        return true;
    if (d->policy->missing_study_uid == MISSING_UID_REJECT)
        return missing(e, FIELD_STUDY_UID);
    bool derive = d->policy->missing_study_uid == MISSING_UID_DERIVE;
    struct str issuer = fields_get(f, FIELD_ACCESSION_ISSUER);
    if (!issuer.n)
        issuer = str_of(d->policy->accession_authority);
    fields_set(f, FIELD_STUDY_UID,
               derive ? uid_derive(d->arena, issuer, fields_get(f, FIELD_ACCESSION_NUMBER)) : uid_new(d->arena));
    domain_warn(d, "STUDY_UID was missing: given by policy %s", derive ? "derive" : "generate");
    return true;
}

/* Requested Procedure ID, then Scheduled Procedure Step ID from it. */
static void give_ids(struct domain *d, struct fields *f)
{
    if (!fields_get(f, FIELD_PROCEDURE_ID).n) {
        fields_set(f, FIELD_PROCEDURE_ID, fields_get(f, FIELD_ACCESSION_NUMBER));
        domain_warn(d, "PROCEDURE_ID was missing: given by policy procedure-id-from-accession");
    }
    if (!fields_get(f, FIELD_STEP_ID).n) {
        fields_set(f, FIELD_STEP_ID, fields_get(f, FIELD_PROCEDURE_ID));
        domain_warn(d, "STEP_ID was missing: given by policy step-id-from-procedure-id");
    }
}

static void give_defaults(struct domain *d, struct fields *f)
{
    char now[CLOCK_TEXT];
    if (!fields_get(f, FIELD_STEP_START).n) {
        clock_site_text(clock_now(), now);
        fields_set(f, FIELD_STEP_START, arena_str(d->arena, str_of(now)));
        domain_warn(d, "STEP_START was missing: given by policy start-now");
    }
    if (!fields_get(f, FIELD_MODALITY).n) {
        fields_set(f, FIELD_MODALITY, STR("OT"));
        domain_warn(d, "MODALITY was missing: given by policy modality-other");
    }
    if (!fields_get(f, FIELD_STEP_DESCRIPTION).n && !fields_get(f, FIELD_PROTOCOL_CODE).n)
        fields_set(f, FIELD_STEP_DESCRIPTION, fields_get(f, FIELD_PROCEDURE_DESCRIPTION));
    if (!fields_get(f, FIELD_PRIORITY).n)
        fields_set(f, FIELD_PRIORITY, STR("ROUTINE"));
}

bool order_complete(struct domain *d, struct order_request *r, bool exists, struct err *e)
{
    struct fields *f = r->fields;
    if (!check_values(f, e))
        return false;
    order_fit(d, f);
    if (exists)
        return true; /* what an existing order has is not given anew */
    if (!fields_get(f, FIELD_PROCEDURE_DESCRIPTION).n && !fields_get(f, FIELD_PROCEDURE_CODE).n)
        return missing(e, FIELD_PROCEDURE_CODE);
    if (!give_accession(d, f, e) || !give_study_uid(d, f, e))
        return false;
    give_ids(d, f);
    give_defaults(d, f);
    return true;
}
