/* Subscribing to unified procedure steps, and the opposite (PS3.4 CC.2.3, table CC.2.3-2). */
#include "dicom/net/ups.h"
#include "domain/rule.h"

enum { PAGE = 16, NOT_APPROPRIATE = 0xC314 };

static bool is_all(const struct ups *m)
{
    return str_is(str_of(m->command.sop_instance_uid), UPS_ALL);
}

static bool is_filtered(const struct ups *m)
{
    return str_is(str_of(m->command.sop_instance_uid), UPS_FILTERED);
}

static bool begin(struct op *op, struct ups *m, struct domain *d, int64_t *ret_destination, struct err *e)
{
    const struct workitem_row row = {.sop_uid = str_of(m->command.sop_instance_uid)};
    struct str receiver = normal_text(dicom_dataset_root(m->request), TAG_UPS_RECEIVER, op->arena);
    m->failure = 0;
    ups_describe(op, &row, arena_printf(op->arena, "action %d for '%.*s'", m->command.action_type,
                                        STR_ARG(str_utf8_clip(receiver, 16))));
    if (!receiver.n)
        return err_set(e, ERR_REQUIRED, "it does not name the receiving AE");
    return workitem_begin(d, true, e) && workitem_receiver(d, receiver, ret_destination, e);
}

static bool subscribe_page(struct domain *d, const struct workitem_receiver *to, const struct dicom_item *filter,
                           const struct workitem_row *rows, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct dicom_dataset *view = filter ? ups_view(&rows[i], d->arena, e) : NULL;
        bool ok = !filter || view;
        if (ok && (!filter || ups_matches(filter, dicom_dataset_root(view), d->arena)))
            ok = workitem_subscribe_more(d, to, &rows[i], e);
        dicom_dataset_free(view);
        if (!ok)
            return false;
    }
    return true;
}

static bool subscribe_pages(struct domain *d, const struct workitem_receiver *to, const struct dicom_item *filter,
                            struct err *e)
{
    struct workitem_query q = {.limit = PAGE};
    struct workitem_row *rows;
    size_t n;
    do {
        if (!workitem_find(d, &q, &rows, &n, e) || !subscribe_page(d, to, filter, rows, n, e) || !db_flush(d->db, e))
            return false;
        q.behind = n ? rows[n - 1].rid : 0;
        arena_reset(d->arena);
    } while (n == PAGE);
    return true;
}

static bool subscribe_many(struct domain *d, struct workitem_receiver *to, struct dicom_dataset *filter,
                           struct err *e)
{
    struct domain paged = *d;
    struct arena page;
    if (filter && !ups_keep(filter, d->arena, &to->filter, e))
        return false;
    arena_init(&page);
    paged.arena = &page; /* one page is in memory */
    bool ok = workitem_watch(d, to, e) && subscribe_pages(&paged, to, filter ? dicom_dataset_root(filter) : NULL, e);
    arena_release(&page);
    return ok;
}

bool ups_subscribe(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct dicom_item *root = dicom_dataset_root(m->request);
    struct workitem_receiver to = {.filter = STR("")};
    struct workitem_row row;
    struct str lock = normal_text(root, TAG_UPS_LOCK, op->arena);
    if (!str_is(lock, "TRUE") && !str_is(lock, "FALSE"))
        return err_set(e, lock.n ? ERR_INVALID : ERR_REQUIRED, "the deletion lock is TRUE or FALSE");
    to.locked = str_is(lock, "TRUE");
    if (!begin(op, m, &d, &to.destination, e))
        return false;
    if (is_all(m))
        return subscribe_many(&d, &to, NULL, e);
    if (!is_filtered(m))
        return workitem_open(&d, str_of(m->command.sop_instance_uid), &row, e) && workitem_subscribe(&d, &to, &row, e);
    struct dicom_dataset *filter = dicom_dataset_new("ISO_IR 192", e);
    bool ok = filter && ups_copy(root, dicom_dataset_root(filter), e) && subscribe_many(&d, &to, filter, e);
    dicom_dataset_free(filter);
    return ok;
}

bool ups_unsubscribe(struct op *op, void *ctx, struct err *e)
{
    struct ups *m = ctx;
    struct domain d = gate_domain(op);
    struct workitem_row row;
    int64_t destination;
    bool suspend = m->command.action_type == 5;
    if (!begin(op, m, &d, &destination, e))
        return false;
    if (is_all(m) || is_filtered(m))
        return workitem_unwatch(&d, destination, !suspend, e);
    if (!workitem_open(&d, str_of(m->command.sop_instance_uid), &row, e))
        return false;
    if (suspend) {
        m->failure = NOT_APPROPRIATE;
        return err_set(e, ERR_UNSUPPORTED, "one workitem alone is not suspended");
    }
    return workitem_unsubscribe(&d, destination, row.rid, e);
}

/* ---- a new one ---- */

static bool watches(const struct workitem_receiver *to, const struct dicom_item *root, struct arena *a, bool *ret_does,
                    struct err *e)
{
    *ret_does = !to->filter.n;
    if (*ret_does)
        return true;
    struct dicom_dataset *filter = dicom_dataset_parse(to->filter, DICOM_EXPLICIT_LE, e);
    *ret_does = filter && ups_matches(dicom_dataset_root(filter), root, a);
    dicom_dataset_free(filter);
    return filter != NULL;
}

bool ups_tell_new(struct domain *d, const struct workitem_row *row, struct dicom_dataset *view, struct err *e)
{
    struct workitem_receiver *list;
    size_t n;
    bool does;
    if (!workitem_watchers(d, &list, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!watches(&list[i], dicom_dataset_root(view), d->arena, &does, e) ||
            (does && !workitem_watched(d, &list[i], row, e)))
            return false;
    return ups_tell_assigned(d, row, dicom_dataset_root(view), e);
}
