#include "domain/study.h"

#include "base/failpoint.h"
#include "domain/link.h"
#include "domain/rejection.h"
#include "domain/study_duplicate.h"
#include "outbox/outbox.h"
#include "schema/queries.h"

/* The fields instance_store takes, in the order of its parameters; FIELDS stands for the department. */
static const enum field parameters[] = {
    FIELD_STUDY_UID,
    FIELDS,
    FIELD_PATIENT_ID,
    FIELD_PATIENT_ISSUER,
    FIELD_PATIENT_NAME,
    FIELD_PATIENT_BIRTH_DATE,
    FIELD_PATIENT_SEX,
    FIELD_ACCESSION_NUMBER,
    FIELD_ACCESSION_ISSUER,
    FIELD_STUDY_DATE,
    FIELD_STUDY_TIME,
    FIELD_TIME_ZONE,
    FIELD_STUDY_ID,
    FIELD_STUDY_DESCRIPTION,
    FIELD_REFERRING_PHYSICIAN,
    FIELD_SERIES_UID,
    FIELD_MODALITY,
    FIELD_SERIES_NUMBER,
    FIELD_SERIES_DESCRIPTION,
    FIELD_BODY_PART,
    FIELD_LATERALITY,
    FIELD_STATION_NAME,
    FIELD_SERIES_DATE,
    FIELD_SERIES_TIME,
    FIELD_SOP_UID,
    FIELD_SOP_CLASS,
};

static struct str plain(struct str s)
{
    return s.p ? s : STR("");
}

void study_instant(struct db_args *args, struct str date, struct str time, struct str zone)
{
    clock_us from, to;
    struct str text = study_time(args->arena, date, time, zone);
    if (text.n && clock_range(text, &from, &to))
        db_int(args, from);
    else
        db_null(args);
}

static void add_more(struct db_args *args, const struct study_instance *i)
{
    const struct fields *f = i->fields;
    const struct study_more *m = i->more;
    const int numbers[] = {m->rows, m->columns, m->frames, m->bits};
    struct str zone = fields_get(f, FIELD_TIME_ZONE);
    study_instant(args, fields_get(f, FIELD_STUDY_DATE), fields_get(f, FIELD_STUDY_TIME), zone);
    db_text(args, m->study);
    study_instant(args, fields_get(f, FIELD_SERIES_DATE), fields_get(f, FIELD_SERIES_TIME), zone);
    db_text(args, m->series);
    for (size_t k = 0; k < 4; k++)
        db_int(args, numbers[k]);
    db_text(args, plain(m->content_date));
    db_text(args, plain(m->content_time));
    if (str_is(m->instance, "{}"))
        db_null(args);
    else
        db_text(args, m->instance);
}

bool study_store_start(struct domain *d, const struct study_instance *i, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (i->more->rejection && !rejection_begin(d, fields_get(i->fields, FIELD_STUDY_UID), e))
        return false;
    for (size_t k = 0; k < sizeof parameters / sizeof parameters[0]; k++) {
        struct str text = parameters[k] == FIELDS ? d->department : fields_get(i->fields, parameters[k]);
        db_text(&args, plain(text));
    }
    struct str number = fields_get(i->fields, FIELD_INSTANCE_NUMBER);
    db_text(&args, i->transfer_syntax);
    db_text(&args, plain(number));
    db_int(&args, i->size);
    db_int(&args, i->header_size);
    db_int(&args, i->pixel_offset);
    db_bytes(&args, (struct str){(const char *)i->sha256, sizeof i->sha256});
    db_text(&args, i->file);
    db_text(&args, i->calling_ae);
    add_more(&args, i);
    return db_start(d->db, &Q_instance_store, &args, e) || err_wrap(e, "index the instance");
}

static bool count(struct domain *d, const struct study_instance *i, int64_t study, int64_t series, bool new_series,
                  struct err *e)
{
    struct db_args by_series = db_args(d->arena), by_study = db_args(d->arena);
    struct str modality = fields_get(i->fields, FIELD_MODALITY);
    db_int(&by_series, series);
    db_int(&by_study, study);
    db_int(&by_study, i->size);
    db_int(&by_study, new_series);
    db_text(&by_study, plain(modality));
    db_text(&by_study, plain(fields_get(i->fields, FIELD_SOP_CLASS)));
    return db_send(d->db, &Q_study_count, &by_study, e) && db_send(d->db, &Q_series_count, &by_series, e);
}

/* Who waits for images hears again when no more come. */
static bool grows(struct domain *d, int64_t study, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (!outbox_listening(STR("ImagingStudy")))
        return true;
    db_int(&args, study);
    db_int(&args, d->policy->settle_seconds);
    return db_send(d->db, &Q_study_grows, &args, e);
}

bool study_index_again(struct domain *d, int64_t study_key, struct err *e)
{
    struct study_row s;
    struct record_doc doc;
    bool found;
    if (!study_get(d, study_key, &s, &found, e))
        return false;
    if (!found || !s.imaging_study)
        return true;
    return record_get_rid(d->db, d->arena, s.imaging_study, RECORD_READ, &doc, e) && study_index(d, &s, &doc, e);
}

bool study_store_finish(struct domain *d, const struct study_instance *i, enum study_outcome *ret_outcome,
                        struct err *e)
{
    const struct db_rows *rows = db_finish(d->db, e);
    if (!rows)
        return err_wrap(e, "index the instance");
    struct str outcome = db_get(rows, 0, 0), fresh = db_get(rows, 0, 1);
    bool new_study = str_is(fresh, "study"), new_series = fresh.n > 0;
    int64_t study = db_get_int(rows, 0, 2), series = db_get_int(rows, 0, 3);
    if (str_is(outcome, "conflict"))
        return study_duplicate(d, i, &(struct study_made){study, series, new_study, new_series}, ret_outcome, e);
    *ret_outcome = str_is(outcome, "duplicate") ? STUDY_DUPLICATE : STUDY_STORED;
    if (*ret_outcome == STUDY_DUPLICATE)
        return true;
    if (failpoint("study.store"))
        return err_set(e, ERR_INTERNAL, "failpoint study.store");
    if (!db_get_bool(rows, 0, 4))
        domain_warn(d, "the instance names another patient than its study");
    /* A new study is counted before it is linked, so that what is rendered is true; later ones count at commit. */
    if (!count(d, i, study, series, new_series, e) || !rejection_arrived(d, i, e))
        return false;
    bool linked = new_study ? link_study_arrived(d, study, e)
                            : grows(d, study, e) && (!new_series || study_index_again(d, study, e));
    return linked && (!i->more->rejection || rejection_apply(d, i, study, e));
}

static bool get(struct domain *d, const struct db_query *q, int64_t by, struct study_row *ret_row, bool *ret_found,
                struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct study_row s;
    struct str *const text[] = {&s.uid,  &s.patient_id, &s.patient_issuer,   &s.patient_name, &s.birth_date,
                                &s.sex,  &s.accession,  &s.accession_issuer, &s.date,         &s.time,
                                &s.zone, &s.number,     &s.description,      &s.referring,    &s.modalities};
    db_int(&args, by);
    const struct db_rows *r = db_run(d->db, q, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (!*ret_found)
        return r != NULL;
    s.key = db_get_int(r, 0, 0);
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        *text[i] = arena_str(d->arena, db_get(r, 0, (int)i + 1));
    s.series_count = (int)db_get_int(r, 0, 16);
    s.instance_count = (int)db_get_int(r, 0, 17);
    s.bytes = db_get_int(r, 0, 18);
    s.revision = (int)db_get_int(r, 0, 19);
    s.changed = db_get_int(r, 0, 20);
    s.imaging_study = db_get_int(r, 0, 21);
    s.order = db_get_int(r, 0, 22);
    s.link_state = arena_str(d->arena, db_get(r, 0, 23));
    s.link_rung = arena_str(d->arena, db_get(r, 0, 24));
    *ret_row = s;
    return true;
}

bool study_get(struct domain *d, int64_t key, struct study_row *ret_row, bool *ret_found, struct err *e)
{
    return get(d, &Q_study_get, key, ret_row, ret_found, e);
}

bool study_find_document(struct domain *d, int64_t imaging_study, struct study_row *ret_row, bool *ret_found,
                         struct err *e)
{
    return get(d, &Q_study_of_imaging_study, imaging_study, ret_row, ret_found, e);
}
