#include "domain/study_rebuild.h"

#include "domain/correction.h"
#include "domain/link.h"
#include "domain/patient.h"
#include "schema/queries.h"

enum { BATCH = 500, SERIES_MAX = 2000 };

struct row { /* of table instance */
    int64_t key, size;
    struct str file, sop_uid, view;
};

struct work {
    const struct rebuild_request *request;
    struct rebuild_result *result;
    struct str study_uid, patient_id, patient_issuer;
    int64_t patient, document;
    struct row *rows;
    size_t n;
    struct str series[SERIES_MAX]; /* whose row was written */
    size_t series_n;
    bool told; /* the study's row was written */
    /* instances to be written: one statement a batch */
    int64_t key[BATCH], size[BATCH], header[BATCH], pixels[BATCH];
    int64_t rows_of[BATCH], columns_of[BATCH], frames[BATCH], bits[BATCH];
    struct str uid[BATCH], class_[BATCH], syntax[BATCH], number[BATCH], date[BATCH], time[BATCH], more[BATCH];
    size_t batch;
};

static struct str plain(struct str s)
{
    return s.p ? s : STR("");
}

static bool load(struct domain *d, struct work *w, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, w->request->study_key);
    const struct db_rows *r = db_run(d->db, &Q_study_rebuild_lock, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "the study is gone") : false;
    w->study_uid = arena_str(d->arena, db_get(r, 0, 0));
    w->patient_id = arena_str(d->arena, db_get(r, 0, 1));
    w->patient_issuer = arena_str(d->arena, db_get(r, 0, 2));
    w->patient = db_get_int(r, 0, 3);
    w->document = db_get_int(r, 0, 4);
    db_int(&args, REBUILD_INSTANCES_MAX + 1);
    r = db_run(d->db, &Q_study_rebuild_instances, &args, e);
    w->n = r ? (size_t)db_count(r) : 0;
    if (w->n > REBUILD_INSTANCES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "the study has more than %d instances", REBUILD_INSTANCES_MAX);
    w->rows = ARENA_ARRAY(d->arena, struct row, w->n + 1);
    for (size_t i = 0; i < w->n; i++)
        w->rows[i] = (struct row){db_get_int(r, (int)i, 0), db_get_int(r, (int)i, 3),
                                  arena_str(d->arena, db_get(r, (int)i, 1)), arena_str(d->arena, db_get(r, (int)i, 2)),
                                  arena_str(d->arena, db_get(r, (int)i, 4))};
    return r != NULL;
}

static void fault(struct domain *d, struct work *w, const struct row *row, const char *what)
{
    struct rebuild_result *r = w->result;
    if (r->faulty < REBUILD_FAULTS_MAX) {
        r->faults[r->faulty].sop_uid = row->sop_uid;
        r->faults[r->faulty].what = arena_str(d->arena, str_of(what));
    }
    r->faulty++;
}

/* What is wrong with the file as the file of this row; NULL when nothing is. */
static const char *mismatch(const struct work *w, const struct row *row, const struct study_file *f)
{
    if (!str_eq(fields_get(&f->fields, FIELD_SOP_UID), row->sop_uid))
        return "the file holds another object";
    if (!str_eq(fields_get(&f->fields, FIELD_STUDY_UID), w->study_uid))
        return "the file's object is of another study";
    return f->size != row->size ? "the file has another size than what was stored" : NULL;
}

/* ---- rows ---- */

static struct db_args field_args(struct domain *d, int64_t key, const struct study_file *f, const enum field *list)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, key);
    for (; *list != FIELDS; list++)
        db_text(&args, arena_str(d->arena, plain(fields_get(&f->fields, *list))));
    return args;
}

static bool put_fields(struct domain *d, int64_t key, const struct db_query *q, const struct study_file *f,
                       const enum field *list, struct err *e)
{
    struct db_args args = field_args(d, key, f, list);
    return db_send(d->db, q, &args, e);
}

/* The same with the instant, and with what has no column. */
struct whole {
    const struct db_query *query;
    const enum field *list;
    enum field date, time;
    struct str more;
};

static bool put_whole(struct domain *d, int64_t key, const struct whole *w, const struct study_file *f, struct err *e)
{
    struct db_args args = field_args(d, key, f, w->list);
    study_instant(&args, fields_get(&f->fields, w->date), fields_get(&f->fields, w->time),
                  fields_get(&f->fields, FIELD_TIME_ZONE));
    db_text(&args, arena_str(d->arena, w->more));
    return db_send(d->db, w->query, &args, e);
}

/* The record of the images' id, when a merge made it the study's: then the study says what the survivor is. */
static bool stays_merged(struct domain *d, const struct work *w, const struct study_file *f, bool *ret_stays,
                         struct err *e)
{
    struct patient_found p;
    struct str id = fields_get(&f->fields, FIELD_PATIENT_ID);
    *ret_stays = false;
    if (!id.n || !w->patient)
        return true;
    if (!patient_find(d, id, fields_get(&f->fields, FIELD_PATIENT_ISSUER), &p, e))
        return false;
    *ret_stays = p.found && p.merged && p.doc.rid == w->patient;
    return true;
}

/* As at its arrival, the first object tells what the study is. */
static bool put_study(struct domain *d, struct work *w, const struct study_file *f, struct err *e)
{
    static const enum field study[] = {FIELD_ACCESSION_NUMBER,  FIELD_ACCESSION_ISSUER,    FIELD_STUDY_DATE,
                                       FIELD_STUDY_TIME,        FIELD_TIME_ZONE,           FIELD_STUDY_ID,
                                       FIELD_STUDY_DESCRIPTION, FIELD_REFERRING_PHYSICIAN, FIELDS};
    static const enum field patient[] = {FIELD_PATIENT_ID,         FIELD_PATIENT_ISSUER, FIELD_PATIENT_NAME,
                                         FIELD_PATIENT_BIRTH_DATE, FIELD_PATIENT_SEX,    FIELDS};
    const struct whole whole = {&Q_study_rebuild_study_put, study, FIELD_STUDY_DATE, FIELD_STUDY_TIME, f->more.study};
    bool merged;
    if (w->told)
        return true;
    w->told = true;
    return stays_merged(d, w, f, &merged, e) && put_whole(d, w->request->study_key, &whole, f, e) &&
           (merged || put_fields(d, w->request->study_key, &Q_study_rebuild_patient_put, f, patient, e));
}

static bool put_series(struct domain *d, struct work *w, const struct study_file *f, struct err *e)
{
    static const enum field series[] = {
        FIELD_SERIES_UID, FIELD_MODALITY,     FIELD_SERIES_NUMBER, FIELD_SERIES_DESCRIPTION, FIELD_BODY_PART,
        FIELD_LATERALITY, FIELD_STATION_NAME, FIELD_SERIES_DATE,   FIELD_SERIES_TIME,        FIELDS};
    const struct whole whole = {&Q_study_rebuild_series, series, FIELD_SERIES_DATE, FIELD_SERIES_TIME, f->more.series};
    struct str uid = fields_get(&f->fields, FIELD_SERIES_UID);
    for (size_t i = w->series_n; i-- > 0;)
        if (str_eq(w->series[i], uid))
            return true;
    if (w->series_n == SERIES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "the study has more than %d series", SERIES_MAX);
    w->series[w->series_n++] = arena_str(d->arena, uid);
    return put_whole(d, w->request->study_key, &whole, f, e);
}

static bool flush(struct domain *d, struct work *w, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (!w->batch)
        return true;
    db_int(&args, w->request->study_key);
    db_ints(&args, w->key, w->batch);
    db_texts(&args, w->uid, w->batch);
    db_texts(&args, w->class_, w->batch);
    db_texts(&args, w->syntax, w->batch);
    db_texts(&args, w->number, w->batch);
    db_ints(&args, w->size, w->batch);
    db_ints(&args, w->header, w->batch);
    db_ints(&args, w->pixels, w->batch);
    db_ints(&args, w->rows_of, w->batch);
    db_ints(&args, w->columns_of, w->batch);
    db_ints(&args, w->frames, w->batch);
    db_ints(&args, w->bits, w->batch);
    db_texts(&args, w->date, w->batch);
    db_texts(&args, w->time, w->batch);
    db_texts(&args, w->more, w->batch);
    w->batch = 0;
    return db_send(d->db, &Q_study_rebuild_instances_put, &args, e) && db_flush(d->db, e);
}

static void take_more(struct domain *d, struct work *w, const struct study_more *m)
{
    size_t n = w->batch;
    w->rows_of[n] = m->rows;
    w->columns_of[n] = m->columns;
    w->frames[n] = m->frames;
    w->bits[n] = m->bits;
    w->date[n] = arena_str(d->arena, plain(m->content_date));
    w->time[n] = arena_str(d->arena, plain(m->content_time));
    w->more[n] = str_is(m->instance, "{}") ? STR_NONE : arena_str(d->arena, m->instance);
}

static bool take(struct domain *d, struct work *w, const struct row *row, const struct study_file *f, struct err *e)
{
    size_t n = w->batch;
    take_more(d, w, &f->more);
    w->key[n] = row->key;
    w->size[n] = f->size;
    w->header[n] = f->header_size;
    w->pixels[n] = f->pixel_offset;
    w->uid[n] = arena_str(d->arena, fields_get(&f->fields, FIELD_SERIES_UID));
    w->class_[n] = arena_str(d->arena, fields_get(&f->fields, FIELD_SOP_CLASS));
    w->syntax[n] = arena_str(d->arena, f->transfer_syntax);
    w->number[n] = arena_str(d->arena, plain(fields_get(&f->fields, FIELD_INSTANCE_NUMBER)));
    w->batch++;
    return put_study(d, w, f, e) && put_series(d, w, f, e) && (w->batch < BATCH || flush(d, w, e));
}

static bool read_files(struct domain *d, struct work *w, struct err *e)
{
    struct arena scratch;
    struct study_file *file = ARENA_NEW(d->arena, struct study_file);
    bool ok = true;
    arena_init(&scratch);
    for (size_t i = 0; i < w->n && ok; i++) {
        struct err why;
        err_clear(&why);
        *file = (struct study_file){.size = 0};
        bool read = w->request->read(w->request->files, w->rows[i].file, w->rows[i].view, &scratch, file, &why);
        const char *wrong = read ? mismatch(w, &w->rows[i], file) : "the file can not be read as DICOM";
        if (wrong)
            fault(d, w, &w->rows[i], wrong);
        else
            ok = take(d, w, &w->rows[i], file, e);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return ok && flush(d, w, e);
}

/* ---- what follows ---- */

static bool count(struct domain *d, struct work *w, bool *ret_linked, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, w->request->study_key);
    if (!db_send(d->db, &Q_study_rebuild_series_sweep, &args, e) ||
        !db_send(d->db, &Q_study_rebuild_series_count, &args, e))
        return false;
    const struct db_rows *r = db_run(d->db, &Q_study_rebuild_study_count, &args, e);
    if (!r || !db_count(r))
        return false;
    w->result->series = (int)db_get_int(r, 0, 0);
    w->result->instances = (int)db_get_int(r, 0, 1);
    *ret_linked = str_is(db_get(r, 0, 2), "linked");
    return true;
}

static bool index_document(struct domain *d, const struct work *w, struct err *e)
{
    struct study_row s;
    struct record_doc doc;
    bool found;
    if (!study_get(d, w->request->study_key, &s, &found, e))
        return false;
    return !found || !s.imaging_study ||
           (record_get_rid(d->db, d->arena, s.imaging_study, RECORD_READ, &doc, e) && study_index(d, &s, &doc, e));
}

bool study_rebuild(struct domain *d, const struct rebuild_request *r, struct rebuild_result *ret_result, struct err *e)
{
    struct work *w = ARENA_NEW(d->arena, struct work);
    bool linked;
    *w = (struct work){.request = r, .result = ret_result};
    *ret_result = (struct rebuild_result){.series = 0};
    if (!load(d, w, e) || !read_files(d, w, e) || !count(d, w, &linked, e) ||
        !correction_again(d, r->study_key, e))
        return err_wrap(e, "index study '%.*s' anew", STR_ARG(w->study_uid));
    return linked ? index_document(d, w, e) : link_study_arrived(d, r->study_key, e);
}
