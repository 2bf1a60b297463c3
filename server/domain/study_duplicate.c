#include "domain/study_duplicate.h"

#include "schema/queries.h"

struct duplicate {
    struct domain *d;
    const struct study_instance *i;
    const struct study_made *made;
};

static bool by_key(struct duplicate *c, const struct db_query *q, int64_t key, struct err *e)
{
    struct db_args args = db_args(c->d->arena);
    db_int(&args, key);
    return db_send(c->d->db, q, &args, e);
}

/* Rows made for an object that is not stored would be an empty series, an empty study. */
static bool drop_made(struct duplicate *c, struct err *e)
{
    return (!c->made->new_series || by_key(c, &Q_duplicate_drop_series, c->made->series, e)) &&
           (!c->made->new_study || by_key(c, &Q_duplicate_drop_study, c->made->study, e));
}

static bool reject(struct duplicate *c, enum study_outcome *ret_outcome, struct err *e)
{
    (void)ret_outcome;
    return err_set(e, ERR_CONFLICT, "instance '%.*s' is stored with other bytes",
                   STR_ARG(fields_get(c->i->fields, FIELD_SOP_UID)));
}

static bool keep(struct duplicate *c, enum study_outcome *ret_outcome, struct err *e)
{
    *ret_outcome = STUDY_KEPT;
    return drop_made(c, e);
}

/* Sent again and again, the same bytes are set aside once. */
static bool set_aside_before(struct duplicate *c, bool *ret_before, struct err *e)
{
    struct db_args args = db_args(c->d->arena);
    db_text(&args, fields_get(c->i->fields, FIELD_SOP_UID));
    db_bytes(&args, (struct str){(const char *)c->i->sha256, sizeof c->i->sha256});
    const struct db_rows *r = db_run(c->d->db, &Q_duplicate_quarantined, &args, e);
    *ret_before = r && db_count(r) > 0;
    return r != NULL;
}

static bool set_aside(struct duplicate *c, struct err *e)
{
    const struct study_instance *i = c->i;
    struct db_args args = db_args(c->d->arena);
    db_text(&args, fields_get(i->fields, FIELD_SOP_UID));
    db_text(&args, fields_get(i->fields, FIELD_SOP_CLASS));
    db_text(&args, fields_get(i->fields, FIELD_STUDY_UID));
    db_text(&args, c->d->department);
    db_text(&args, i->transfer_syntax);
    db_int(&args, i->size);
    db_int(&args, i->header_size);
    db_int(&args, i->pixel_offset);
    db_bytes(&args, (struct str){(const char *)i->sha256, sizeof i->sha256});
    db_text(&args, i->file);
    db_text(&args, i->calling_ae);
    return db_send(c->d->db, &Q_duplicate_quarantine, &args, e);
}

static bool quarantine(struct duplicate *c, enum study_outcome *ret_outcome, struct err *e)
{
    bool before;
    if (!drop_made(c, e) || !set_aside_before(c, &before, e))
        return false;
    *ret_outcome = before ? STUDY_KEPT : STUDY_QUARANTINED;
    return before || set_aside(c, e);
}

/* Within its series only: an object that claims another one's UID in another study takes nobody's place. */
static bool replace(struct duplicate *c, enum study_outcome *ret_outcome, struct err *e)
{
    struct db_args args = db_args(c->d->arena);
    db_text(&args, fields_get(c->i->fields, FIELD_SOP_UID));
    db_int(&args, c->made->series);
    db_int(&args, c->made->study);
    const struct db_rows *r = db_run(c->d->db, &Q_duplicate_supersede, &args, e);
    if (!r)
        return err_wrap(e, "replace the instance");
    if (!db_count(r))
        return err_set(e, ERR_CONFLICT, "instance '%.*s' is stored in another series",
                       STR_ARG(fields_get(c->i->fields, FIELD_SOP_UID)));
    if (!study_store_start(c->d, c->i, e) || !study_store_finish(c->d, c->i, ret_outcome, e))
        return false;
    *ret_outcome = STUDY_REPLACED;
    return true;
}

bool study_duplicate(struct domain *d, const struct study_instance *i, const struct study_made *made,
                     enum study_outcome *ret_outcome, struct err *e)
{
    static bool (*const ways[])(struct duplicate * c, enum study_outcome * ret_outcome,
                                struct err * e) = {[DUPLICATES_REJECT] = reject,
                                                   [DUPLICATES_KEEP] = keep,
                                                   [DUPLICATES_REPLACE] = replace,
                                                   [DUPLICATES_QUARANTINE] = quarantine};
    struct duplicate c = {d, i, made};
    return ways[i->duplicates](&c, ret_outcome, e);
}
