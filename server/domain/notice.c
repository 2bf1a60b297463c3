#include "domain/notice.h"

#include "outbox/outbox.h"
#include "schema/queries.h"

static bool known(struct domain *d, struct str peer, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, peer);
    const struct db_rows *r = db_run(d->db, &Q_peer_look, &args, e);
    return r && (db_count(r) || err_set(e, ERR_NOT_FOUND, "no DICOM peer '%.*s'", STR_ARG(peer)));
}

static bool find(struct domain *d, struct str peer, struct str tells, int64_t *ret_destination, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, peer);
    db_text(&args, tells);
    const struct db_rows *r = db_run(d->db, &Q_notice_subscriber, &args, e);
    *ret_destination = r && db_count(r) ? db_get_int(r, 0, 0) : 0;
    return r != NULL;
}

/* Workitems tell their subscribers themselves (workitem_tell.c); the rest hears of what is noted. */
static struct outbox_receiver receiver_of(const char *tells)
{
    static const struct str steps[] = {{NOTICE_STEP, sizeof NOTICE_STEP - 1}};
    static const struct str studies[] = {{NOTICE_STUDY, sizeof NOTICE_STUDY - 1}, {"ImagingStudy", 12}};
    struct outbox_receiver r = {.destination = record_rid_new(), .kind = NOTICE_KIND, .types = steps};
    if (str_is(str_of(tells), "MPPS"))
        r.n = sizeof steps / sizeof steps[0];
    if (str_is(str_of(tells), "IAN")) {
        r.types = studies;
        r.n = sizeof studies / sizeof studies[0];
    }
    return r;
}

bool notice_destination(struct domain *d, struct str peer, const char *tells, int64_t *ret_destination, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (!known(d, peer, e) || !find(d, peer, str_of(tells), ret_destination, e))
        return false;
    if (*ret_destination)
        return true;
    const struct outbox_receiver receiver = receiver_of(tells);
    *ret_destination = receiver.destination;
    db_int(&args, receiver.destination);
    db_text(&args, peer);
    db_text(&args, str_of(tells));
    return db_send(d->db, &Q_notice_subscriber_put, &args, e) && outbox_open(d->db, d->arena, &receiver, e);
}

static bool is_told(struct str tells, struct err *e)
{
    return str_is(tells, "MPPS") || str_is(tells, "IAN") || err_set(e, ERR_INVALID, "a peer is told of MPPS or IAN");
}

bool notice_subscribe(struct domain *d, struct str peer, struct str tells, struct err *e)
{
    int64_t destination;
    return is_told(tells, e) && notice_destination(d, peer, str_is(tells, "MPPS") ? "MPPS" : "IAN", &destination, e);
}

bool notice_unsubscribe(struct domain *d, struct str peer, struct str tells, struct err *e)
{
    int64_t destination;
    struct db_args args = db_args(d->arena);
    if (!is_told(tells, e) || !find(d, peer, tells, &destination, e))
        return false;
    if (!destination)
        return err_set(e, ERR_NOT_FOUND, "'%.*s' is not told of %.*s", STR_ARG(peer), STR_ARG(tells));
    db_int(&args, destination);
    return db_send(d->db, &Q_notice_subscriber_remove, &args, e) && outbox_close(d->db, d->arena, destination, e);
}

bool notice_step(struct domain *d, struct str sop_uid, bool begins, struct str dataset, struct err *e)
{
    const struct outbox_note note = {.rid = record_rid_new(), .type = STR(NOTICE_STEP), .version = 1};
    struct db_args args = db_args(d->arena);
    if (!outbox_listening(note.type))
        return true;
    db_int(&args, note.rid);
    db_text(&args, sop_uid);
    db_bool(&args, begins);
    db_bytes(&args, dataset);
    return db_send(d->db, &Q_notice_message_put, &args, e) && outbox_note(d->db, d->arena, &note, e);
}

bool notice_made(struct domain *d, struct str study_uid, const struct str *sop_uids, size_t n, struct err *e)
{
    struct outbox_note note = {.type = STR(NOTICE_STUDY), .version = 1};
    struct db_args args = db_args(d->arena);
    if (!outbox_listening(note.type) || !study_uid.n)
        return true;
    db_text(&args, study_uid);
    db_texts(&args, sop_uids, n);
    const struct db_rows *r = db_run(d->db, &Q_notice_complete, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    note.rid = db_get_int(r, 0, 0);
    return outbox_note(d->db, d->arena, &note, e);
}
