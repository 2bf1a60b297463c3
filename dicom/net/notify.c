/* A kind of the outbox: what is to be told is noted in a change's own transaction, numbered for each subscriber, and
 * sent one by one, in order, until the peer takes it or refuses it for good. */
#include "dicom/net/notify.h"

#include <inttypes.h>

#include "audit/audit.h"
#include "base/log.h"
#include "dicom/net/ups.h"
#include "domain/notice.h"
#include "domain/uid.h"
#include "outbox/outbox.h"
#include "schema/queries.h"

enum { SENDERS = 2, RETRY_MAX_MS = 300 * 1000 };

static struct dicom_notify_config config;

/* ---- from changes to events ---- */

static bool tell_all(struct db *db, struct arena *a, const char *tells, const struct outbox_event *event,
                     struct str origin, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, str_of(tells));
    const struct db_rows *r = db_run(db, &Q_notice_subscribers, &args, e);
    int n = r ? db_count(r) : 0;
    int64_t *to = ARENA_ARRAY(a, int64_t, (size_t)n + 1);
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (!origin.n || !str_eq(db_get(r, i, 1), origin))
            to[kept++] = db_get_int(r, i, 0);
    for (int i = 0; i < kept; i++)
        if (!outbox_put(db, a, to[i], event, e))
            return false;
    return r != NULL;
}

static bool tell_study(struct db *db, struct arena *a, int64_t key, struct err *e)
{
    const struct outbox_event event = {
        .reason = STR("complete"), .type = STR("study"), .id = arena_printf(a, "%" PRId64, key)};
    return tell_all(db, a, "IAN", &event, STR_NONE, e);
}

/* A study that came in one image does not grow, but comes to rest all the same. */
static bool rest_later(struct db *db, struct arena *a, int64_t key, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, key);
    db_int(&args, config.settle_seconds);
    return db_send(db, &Q_study_grows, &args, e);
}

static bool look_at_study(struct db *db, struct arena *a, const struct outbox_change *c, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, c->rid);
    const struct db_rows *r = db_run(db, &Q_notice_study_of, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    int64_t key = db_get_int(r, 0, 0);
    return c->last ? rest_later(db, a, key, e) : tell_study(db, a, key, e);
}

static bool look(struct db *db, struct arena *a, const struct outbox_change *c, struct err *e)
{
    if (str_is(c->type, NOTICE_STEP)) {
        const struct outbox_event event = {
            .reason = STR("step"), .type = c->type, .id = arena_printf(a, "%" PRId64, c->rid), .version = 1};
        return tell_all(db, a, "MPPS", &event, c->origin, e) && db_send(db, &Q_notice_messages_forget, NULL, e);
    }
    if (str_is(c->type, NOTICE_STUDY))
        return tell_study(db, a, c->rid, e);
    return !str_is(c->type, "ImagingStudy") || c->deleted || look_at_study(db, a, c, e);
}

static bool changed(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e)
{
    struct arena a;
    bool ok = true;
    (void)ctx;
    arena_init(&a);
    for (size_t i = 0; i < n && ok; i++)
        ok = look(db, &a, &changes[i], e);
    ok = ok && db_flush(db, e);
    arena_release(&a);
    return ok;
}

/* ---- one event on its way ---- */

struct work {
    struct str peer;
    struct auth_reach to;
    struct dicom_command command;
    struct str dataset; /* explicit little endian */
    struct notify_study study;
    uint16_t status;
    bool due; /* there is something to send */
    bool workitem;
};

static bool prepare_step(struct db *db, struct arena *a, struct work *w, struct str id, struct err *e)
{
    int64_t rid = 0;
    struct db_args args = db_args(a);
    str_int(id, &rid);
    db_int(&args, rid);
    const struct db_rows *r = db_run(db, &Q_notice_message_get, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    w->command.kind = db_get_bool(r, 0, 1) ? DICOM_N_CREATE_RQ : DICOM_N_SET_RQ;
    str_copy(w->command.sop_class_uid, sizeof w->command.sop_class_uid, STR(MPPS_CLASS));
    str_copy(w->command.sop_instance_uid, sizeof w->command.sop_instance_uid, db_get(r, 0, 0));
    w->dataset = db_get_bytes(r, 0, 2, a);
    w->due = true;
    return true;
}

/* ---- workitems ---- */

static bool compose_event(const struct db_rows *r, struct arena *a, struct str *ret_bytes, struct err *e)
{
    struct str said = db_get_bytes(r, 0, 4, a);
    struct dicom_dataset *ds = said.n ? dicom_dataset_parse(said, DICOM_EXPLICIT_LE, e) : dicom_dataset_new("", e);
    bool ok = ds != NULL;
    if (ok && db_get_int(r, 0, 1) == WORKITEM_STATE)
        ok = dicom_put(dicom_dataset_root(ds), TAG_UPS_STATE, db_get(r, 0, 2), e) &&
             dicom_put(dicom_dataset_root(ds), TAG_UPS_READINESS, db_get(r, 0, 3), e);
    ok = ok && normal_keep(ds, a, ret_bytes, e);
    dicom_dataset_free(ds);
    return ok;
}

static bool prepare_workitem(struct db *db, struct arena *a, struct work *w, struct str id, struct err *e)
{
    int64_t rid = 0;
    struct db_args args = db_args(a);
    str_int(id, &rid);
    db_int(&args, rid);
    const struct db_rows *r = db_run(db, &Q_workitem_message_get, &args, e);
    if (!r || !db_count(r))
        return r != NULL;
    w->workitem = true;
    w->command.kind = DICOM_N_EVENT_REPORT_RQ;
    w->command.event_type = (uint16_t)db_get_int(r, 0, 1);
    w->command.context_id = 1; /* that of the event class; the instance is of the push class */
    str_copy(w->command.sop_class_uid, sizeof w->command.sop_class_uid, STR(UPS_PUSH_CLASS));
    str_copy(w->command.sop_instance_uid, sizeof w->command.sop_instance_uid, db_get(r, 0, 0));
    w->due = compose_event(r, a, &w->dataset, e);
    return w->due;
}

bool dicom_ups_restarted(struct db *db, struct arena *a, struct err *e)
{
    static const struct {
        uint32_t tag;
        const char *value;
    } said[] = {{DICOM_TAG(0x0074, 0x1242), "RESTARTED"},
                {DICOM_TAG(0x0074, 0x1244), "WARM START"},
                {DICOM_TAG(0x0074, 0x1246), "WARM START"}};
    struct principal who = auth_system();
    struct domain d = {.arena = a, .db = db, .who = &who};
    struct workitem_news news = {.event = WORKITEM_HOUSE, .sop_uid = STR(UPS_ALL)};
    struct dicom_dataset *ds = dicom_dataset_new("", e);
    bool ok = ds != NULL;
    for (size_t i = 0; ok && i < sizeof said / sizeof said[0]; i++)
        ok = dicom_put(dicom_dataset_root(ds), said[i].tag, str_of(said[i].value), e);
    ok = ok && normal_keep(ds, a, &news.dataset, e) && workitem_begin(&d, true, e) && workitem_tell_all(&d, &news, e);
    dicom_dataset_free(ds);
    return ok;
}

static bool compose(struct db *db, struct arena *a, struct work *w, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 64 << 20);
    struct dicom_dataset *ds = notify_availability(db, a, &w->study, config.ae_title, e);
    bool ok = ds && dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &b, e);
    dicom_dataset_free(ds);
    if (ok)
        w->dataset = arena_str(a, buf_view(&b));
    return ok;
}

static bool prepare_study(struct db *db, struct outbox_run *run, struct work *w, struct str id, struct err *e)
{
    struct arena *a = run->arena;
    struct db_args args = db_args(a);
    str_int(id, &w->study.key);
    db_int(&args, w->study.key);
    db_int(&args, run->destination);
    const struct db_rows *r = db_run(db, &Q_notice_study, &args, e);
    if (!r || !db_count(r) || db_get_int(r, 0, 1) <= db_get_int(r, 0, 3))
        return r != NULL; /* this state is known there */
    w->study.uid = arena_str(a, db_get(r, 0, 0));
    w->study.revision = db_get_int(r, 0, 1);
    w->study.accession = arena_str(a, db_get(r, 0, 2));
    w->study.patient = arena_str(a, db_get(r, 0, 4));
    w->command.kind = DICOM_N_CREATE_RQ;
    struct str uid =
        uid_derive(a, STR("availability"), arena_printf(a, "%" PRId64 "/%" PRId64, run->destination, run->upto));
    str_copy(w->command.sop_class_uid, sizeof w->command.sop_class_uid, STR(AVAILABILITY_CLASS));
    str_copy(w->command.sop_instance_uid, sizeof w->command.sop_instance_uid, uid);
    w->due = compose(db, a, w, e);
    return w->due;
}

static bool find_peer(struct db *db, struct outbox_run *run, struct work *w, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(run->arena);
    db_int(&args, run->destination);
    const struct db_rows *r = db_run(db, &Q_notice_subscriber_get, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (*ret_found)
        w->peer = arena_str(run->arena, db_get(r, 0, 0));
    return r != NULL;
}

static bool prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e)
{
    struct work *w = ARENA_NEW(run->arena, struct work);
    struct outbox_event *events;
    bool found;
    size_t n;
    (void)ctx;
    run->work = w;
    run->upto = run->last;
    if (!find_peer(db, run, w, &found, e) || !found)
        return e->code == ERR_NONE;
    const struct outbox_span span = {run->destination, run->sent + 1, run->last, 1};
    if (!outbox_events(db, run->arena, span, &events, &n, e) || !n)
        return e->code == ERR_NONE;
    run->upto = events[0].number;
    bool step = str_is(events[0].type, NOTICE_STEP);
    if (str_is(events[0].type, WORKITEM_NEWS)) {
        if (!prepare_workitem(db, run->arena, w, events[0].id, e))
            return false;
    } else if (!(step ? prepare_step(db, run->arena, w, events[0].id, e) : prepare_study(db, run, w, events[0].id, e)))
        return false;
    return !w->due || auth_peer_reach(db, w->peer, &w->to, e);
}

static bool busy(uint16_t status)
{
    return status == 0x0213 || (status & 0xff00) == 0xa700;
}

static bool send(void *ctx, struct outbox_run *run, struct err *e)
{
    struct work *w = run->work;
    (void)ctx;
    if (!w->due)
        return true;
    const struct dicom_proposal proposal = {
        .abstract_syntax = w->workitem ? UPS_EVENT_CLASS : w->command.sop_class_uid, .as_scp = w->workitem};
    struct dicom_dataset *ds = dicom_dataset_parse(w->dataset, DICOM_EXPLICIT_LE, e);
    bool ok = ds && dicom_call_request(&w->to, &proposal, &w->command, ds, &w->status, e);
    dicom_dataset_free(ds);
    if (ok && busy(w->status))
        return err_set(e, ERR_UNAVAILABLE, "the peer answered %04X", w->status);
    return ok;
}

/* Success, its warnings, and what says that it was there already. */
static bool is_taken(uint16_t status)
{
    return status == 0 || status == 0x0001 || status == 0x0107 || status == 0x0111 || status == 0x0116;
}

static bool note(struct db *db, struct outbox_run *run, const struct work *w, struct err *e)
{
    struct principal who = auth_system();
    struct db_args args = db_args(run->arena);
    bool taken = is_taken(w->status), study = w->study.key != 0;
    struct audit_event ev = {.kind = AUDIT_NOTICE_SEND,
                             .outcome = taken ? AUDIT_SUCCESS : AUDIT_SERIOUS,
                             .who = &who,
                             .door = "job",
                             .request = study         ? STR("N-CREATE IAN")
                                        : w->workitem ? STR("N-EVENT-REPORT UPS")
                                                      : STR("MPPS"),
                             .object_type = STR("Study"),
                             .object_id = arena_str(run->arena, str_of(w->command.sop_instance_uid)),
                             .patient = w->study.patient,
                             .accession = w->study.accession,
                             .study_uid = w->study.uid,
                             .detail = arena_printf(run->arena, "'%.*s' answered %04X", STR_ARG(w->peer), w->status)};
    if (!taken)
        log_error("dimse", "'%.*s' refused a notice for good (%04X)", STR_ARG(w->peer), w->status);
    db_int(&args, run->destination);
    db_int(&args, w->study.key);
    db_int(&args, w->study.revision);
    return (!study || db_send(db, &Q_notice_announced, &args, e)) && audit_write(db, &ev, e);
}

static bool done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e)
{
    const struct work *w = run->work;
    (void)ctx;
    return why || !w || !w->due || note(db, run, w, e);
}

struct outbox_kind dicom_notify_kind(const struct dicom_notify_config *c)
{
    config = *c;
    return (struct outbox_kind){.name = NOTICE_KIND,
                                .changed = changed,
                                .prepare = prepare,
                                .send = send,
                                .done = done,
                                .senders = SENDERS,
                                .retry_max_ms = RETRY_MAX_MS};
}
