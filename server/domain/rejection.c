#include "domain/rejection.h"

#include "base/failpoint.h"
#include "schema/queries.h"

/* What every statement about one study begins with. */
static struct db_args of_study(struct domain *d, struct str study_uid)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, study_uid);
    return args;
}

bool rejection_begin(struct domain *d, struct str study_uid, struct err *e)
{
    struct db_args args = of_study(d, study_uid);
    return db_run(d->db, &Q_rejection_turn, &args, e) || err_wrap(e, "wait for the study");
}

bool rejection_arrived(struct domain *d, const struct study_instance *i, struct err *e)
{
    struct db_args args = of_study(d, fields_get(i->fields, FIELD_STUDY_UID));
    db_text(&args, fields_get(i->fields, FIELD_SOP_UID));
    return db_send(d->db, &Q_rejection_arrived, &args, e);
}

static struct str plain(struct str s)
{
    return s.p ? s : STR("");
}

static bool put_note(struct domain *d, const struct study_instance *i, struct err *e)
{
    const struct rejection_said *said = i->more->rejection;
    struct db_args note = db_args(d->arena), references = db_args(d->arena);
    struct str uid = fields_get(i->fields, FIELD_SOP_UID);
    db_text(&note, uid);
    db_text(&note, fields_get(i->fields, FIELD_STUDY_UID));
    db_text(&note, said->code);
    db_text(&note, plain(fields_get(i->fields, FIELD_PATIENT_ID)));
    db_text(&note, plain(fields_get(i->fields, FIELD_PATIENT_ISSUER)));
    db_int(&note, said->elsewhere);
    db_text(&note, i->calling_ae);
    db_text(&references, uid);
    db_texts(&references, said->sop_uids, said->count);
    return db_send(d->db, &Q_rejection_note_put, &note, e) &&
           db_send(d->db, &Q_rejection_references_put, &references, e);
}

/* Hide or show, by what stands now; the ImagingStudy's index follows. */
static bool move(struct domain *d, const struct db_query *q, struct str study_uid, int64_t study_key, int *ret_changed,
                 struct err *e)
{
    struct db_args args = of_study(d, study_uid);
    const struct db_rows *r = db_run(d->db, q, &args, e);
    if (!r)
        return err_wrap(e, "hide or show instances");
    *ret_changed = (int)db_get_int(r, 0, 0);
    if (failpoint("rejection.hidden"))
        return err_set(e, ERR_INTERNAL, "failpoint rejection.hidden");
    return study_index_again(d, study_key, e);
}

bool rejection_apply(struct domain *d, const struct study_instance *i, int64_t study_key, struct err *e)
{
    int hidden;
    if (!put_note(d, i, e))
        return false;
    if (i->more->rejection->elsewhere)
        domain_warn(d, "the rejection note names instances of other studies, which stay");
    return move(d, &Q_rejection_hide, fields_get(i->fields, FIELD_STUDY_UID), study_key, &hidden, e);
}

bool rejection_decide(struct domain *d, struct str note_uid, bool standing, struct str who, int *ret_changed,
                      struct err *e)
{
    struct db_args find = db_args(d->arena), decide = db_args(d->arena);
    db_text_opt(&find, d->access);
    db_text(&find, note_uid);
    const struct db_rows *r = db_run(d->db, &Q_rejection_note_get, &find, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no such rejection note") : false;
    struct str study_uid = arena_str(d->arena, db_get(r, 0, 0));
    int64_t study_key = db_get_int(r, 0, 1);
    db_text(&decide, note_uid);
    db_text(&decide, standing ? STR("standing") : STR("restored"));
    db_text(&decide, who);
    if (!rejection_begin(d, study_uid, e) || !(r = db_run(d->db, &Q_rejection_note_state, &decide, e)))
        return false;
    if (!db_count(r))
        return err_set(e, ERR_CONFLICT, "the rejection note is so already");
    return move(d, standing ? &Q_rejection_hide : &Q_rejection_show, study_uid, study_key, ret_changed, e);
}
