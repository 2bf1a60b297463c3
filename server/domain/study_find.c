#include "domain/study_find.h"

#include "domain/worklist.h"
#include "schema/queries.h"

static struct str or_empty(struct str s)
{
    return s.p ? s : STR("");
}

static void add_keys(struct domain *d, const struct study_query *q, struct db_args *args)
{
    struct arena *a = d->arena;
    if (q->uid_count)
        db_texts(args, q->uids, q->uid_count);
    else
        db_null(args);
    db_text(args, worklist_pattern(a, q->patient_id));
    db_text(args, or_empty(q->patient_issuer));
    db_text(args, worklist_pattern(a, q->patient_name));
    db_text(args, worklist_pattern(a, q->accession));
    const struct str range[] = {q->from_date, q->to_date, q->from_time, q->to_time};
    for (size_t i = 0; i < 4; i++)
        db_text(args, or_empty(range[i]));
    const struct str pattern[] = {q->modality, q->number, q->description, q->referring};
    for (size_t i = 0; i < 4; i++)
        db_text(args, worklist_pattern(a, pattern[i]));
    struct str born = q->birth_date;
    db_text(args, born.n == 8 ? arena_printf(a, "%.4s-%.2s-%.2s", born.p, born.p + 4, born.p + 6) : STR(""));
}

static void take(struct domain *d, const struct db_rows *r, int i, struct study_row *s)
{
    struct str *const text[] = {&s->uid,  &s->patient_id, &s->patient_issuer,   &s->patient_name, &s->birth_date,
                                &s->sex,  &s->accession,  &s->accession_issuer, &s->date,         &s->time,
                                &s->zone, &s->number,     &s->description,      &s->referring,    &s->modalities};
    s->key = db_get_int(r, i, 0);
    for (size_t c = 0; c < sizeof text / sizeof text[0]; c++)
        *text[c] = arena_str(d->arena, db_get(r, i, (int)c + 1));
    s->series_count = (int)db_get_int(r, i, 16);
    s->instance_count = (int)db_get_int(r, i, 17);
}

bool study_find(struct domain *d, const struct study_query *q, struct study_row **ret_rows, size_t *ret_count,
                struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text_opt(&args, d->access);
    add_keys(d, q, &args);
    db_int(&args, 0);
    db_int(&args, q->limit > 0 ? q->limit : 1000);
    db_int(&args, q->offset);
    const struct db_rows *r = db_run(d->db, &Q_study_find, &args, e);
    if (!r)
        return err_wrap(e, "study query");
    size_t n = (size_t)db_count(r);
    *ret_rows = ARENA_ARRAY(d->arena, struct study_row, n + 1);
    for (size_t i = 0; i < n; i++)
        take(d, r, (int)i, &(*ret_rows)[i]);
    *ret_count = n;
    return true;
}
