/* Who is told of workitems. Events go to the outbox in the transaction of what they tell, to each subscriber in the
 * order of the changes, for changes of one workitem wait for each other. */
#include <inttypes.h>

#include "domain/notice.h"
#include "domain/rule.h"
#include "domain/workitem.h"
#include "outbox/outbox.h"
#include "schema/queries.h"

static bool put_message(struct domain *d, const struct workitem_news *news, struct outbox_event *ret_event,
                        struct err *e)
{
    int64_t id = record_rid_new();
    struct db_args args = db_args(d->arena);
    db_int(&args, id);
    db_text(&args, news->sop_uid);
    db_int(&args, news->event);
    db_text(&args, news->state.p ? news->state : STR(""));
    db_text(&args, news->readiness.p ? news->readiness : STR(""));
    db_bytes(&args, news->dataset);
    *ret_event = (struct outbox_event){.reason = STR("workitem"),
                                       .type = STR(WORKITEM_NEWS),
                                       .id = arena_printf(d->arena, "%" PRId64, id),
                                       .version = 1};
    return db_send(d->db, &Q_workitem_message_put, &args, e);
}

static bool tell(struct domain *d, const struct db_rows *r, const struct workitem_news *news, size_t *ret_told,
                 struct err *e)
{
    struct outbox_event event;
    size_t n = r ? (size_t)db_count(r) : 0;
    int64_t *to = ARENA_ARRAY(d->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        to[i] = db_get_int(r, (int)i, 0);
    if (n && !put_message(d, news, &event, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!outbox_put(d->db, d->arena, to[i], &event, e))
            return false;
    if (ret_told)
        *ret_told = n;
    return r != NULL;
}

bool workitem_tell(struct domain *d, int64_t rid, const struct workitem_news *news, size_t *ret_told, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    return tell(d, db_run(d->db, &Q_workitem_subscribers, &args, e), news, ret_told, e);
}

bool workitem_tell_all(struct domain *d, const struct workitem_news *news, struct err *e)
{
    return tell(d, db_run(d->db, &Q_workitem_all_subscribers, NULL, e), news, NULL, e);
}

static bool tell_one(struct domain *d, int64_t destination, const struct workitem_row *row, struct err *e)
{
    struct outbox_event event;
    const struct workitem_news news = {WORKITEM_STATE, row->sop_uid, row->state, row->readiness, STR("")};
    return put_message(d, &news, &event, e) && outbox_put(d->db, d->arena, destination, &event, e);
}

/* ---- subscribing; the caller holds the fence alone ---- */

bool workitem_receiver(struct domain *d, struct str ae, int64_t *ret_destination, struct err *e)
{
    struct auth_reach reach;
    if (ae.n && auth_peer_reach(d->db, ae, &reach, e))
        return notice_destination(d, ae, WORKITEM_TELLS, ret_destination, e);
    if (ae.n && e->code != ERR_NOT_FOUND && e->code != ERR_INVALID && e->code != ERR_UNSUPPORTED)
        return false;
    err_clear(e);
    return rule_break(RULE_WORKITEM_RECEIVER, e, "no DICOM peer of that title can be called");
}

static struct db_args one(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, to->destination);
    db_int(&args, row->rid);
    db_bool(&args, to->locked);
    return args;
}

bool workitem_subscribe(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                        struct err *e)
{
    struct db_args args = one(d, to, row);
    return db_send(d->db, &Q_workitem_subscribe, &args, e) && tell_one(d, to->destination, row, e);
}

bool workitem_subscribe_more(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                             struct err *e)
{
    struct db_args args = one(d, to, row);
    const struct db_rows *r = db_run(d->db, &Q_workitem_subscribe_more, &args, e);
    return r && (!db_count(r) || !to->locked || tell_one(d, to->destination, row, e));
}

bool workitem_watched(struct domain *d, const struct workitem_receiver *to, const struct workitem_row *row,
                      struct err *e)
{
    struct db_args args = one(d, to, row);
    const struct db_rows *r = db_run(d->db, &Q_workitem_subscribe_more, &args, e);
    return r && (!db_count(r) || tell_one(d, to->destination, row, e));
}

bool workitem_watch(struct domain *d, const struct workitem_receiver *to, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, to->destination);
    db_text(&args, d->access.p ? d->access : STR(""));
    db_bool(&args, to->locked);
    db_bytes(&args, to->filter);
    return db_send(d->db, &Q_workitem_global_put, &args, e);
}

bool workitem_watchers(struct domain *d, struct workitem_receiver **ret_list, size_t *ret_n, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, d->department.p ? d->department : STR(""));
    const struct db_rows *r = db_run(d->db, &Q_workitem_globals, &args, e);
    *ret_n = r ? (size_t)db_count(r) : 0;
    *ret_list = ARENA_ARRAY(d->arena, struct workitem_receiver, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_list)[i] = (struct workitem_receiver){db_get_int(r, (int)i, 0), db_get_bool(r, (int)i, 1),
                                                    db_get_bytes(r, (int)i, 2, d->arena)};
    return r != NULL;
}

bool workitem_unsubscribe(struct domain *d, int64_t destination, int64_t rid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, destination);
    db_int(&args, rid);
    return db_send(d->db, &Q_workitem_unsubscribe, &args, e);
}

bool workitem_unwatch(struct domain *d, int64_t destination, bool all, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, destination);
    return db_send(d->db, &Q_workitem_global_remove, &args, e) &&
           (!all || db_send(d->db, &Q_workitem_unsubscribe_all, &args, e));
}
