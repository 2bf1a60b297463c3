/* What waits for a node: asked for by people, or given by rules. */
#include "dicom/out/out_priv.h"

#include "record/record.h"
#include "schema/queries.h"

enum { ASK_MAX = 100000 };

/* ---- queues ---- */

static bool find(struct db *db, struct arena *a, struct str ae, int64_t *ret_destination, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, ae);
    const struct db_rows *r = db_run(db, &Q_dicom_queue_find, &args, e);
    *ret_destination = r && db_count(r) ? db_get_int(r, 0, 0) : 0;
    return r != NULL;
}

static bool named_by_rules(struct db *db, struct arena *a, struct str ae, bool *ret_named, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, ae);
    const struct db_rows *r = db_run(db, &Q_route_of, &args, e);
    *ret_named = r && db_get_int(r, 0, 0) > 0;
    return r != NULL;
}

bool dicom_queue_open(struct db *db, struct arena *a, struct str ae, int64_t *ret_destination, struct err *e)
{
    static const struct str types[] = {{INSTANCE_TYPE, sizeof INSTANCE_TYPE - 1}};
    int64_t destination;
    bool named;
    if (!find(db, a, ae, &destination, e) || !named_by_rules(db, a, ae, &named, e))
        return false;
    if (!destination) {
        struct db_args args = db_args(a);
        db_int(&args, record_rid_new());
        db_text(&args, ae);
        if (!db_send(db, &Q_dicom_queue_put, &args, e) || !find(db, a, ae, &destination, e))
            return err_wrap(e, "open the queue of a node");
    }
    const struct outbox_receiver r = {destination, DICOM_OUT_KIND, types, named};
    *ret_destination = destination;
    return outbox_open(db, a, &r, e);
}

/* ---- sends ---- */

struct new_send {
    int64_t destination;
    struct str route, who, study, department;
};

/* *ret_send 0: the queue was closed meanwhile. */
static bool put_send(struct db *db, struct arena *a, const struct new_send *s, int64_t *ret_send, struct err *e)
{
    int64_t number;
    struct db_args args = db_args(a);
    *ret_send = 0;
    if (!outbox_number(db, a, s->destination, &number, e) || !number)
        return !e->code;
    *ret_send = record_rid_new();
    db_int(&args, *ret_send);
    db_int(&args, s->destination);
    db_int(&args, number);
    db_text(&args, s->route);
    db_text(&args, s->who);
    db_text(&args, s->study);
    db_text(&args, s->department);
    return db_send(db, &Q_dicom_send_put, &args, e);
}

static bool add_items(struct db *db, struct arena *a, int64_t send, const int64_t *keys, size_t n, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, send);
    db_ints(&args, keys, n);
    return db_send(db, &Q_dicom_send_add, &args, e);
}

struct chosen {
    int64_t *keys;
    size_t n;
    struct str department;
};

static bool choose(struct db *db, struct arena *a, const struct dicom_wish *w, struct chosen *ret, struct err *e)
{
    struct db_args args = db_args(a);
    db_text_opt(&args, w->access);
    db_text(&args, w->what.study);
    db_text(&args, w->what.series.p ? w->what.series : STR(""));
    db_text(&args, w->what.instance.p ? w->what.instance : STR(""));
    db_int(&args, ASK_MAX);
    const struct db_rows *r = db_run(db, &Q_dicom_send_select, &args, e);
    if (!r)
        return false;
    ret->n = (size_t)db_count(r);
    if (!ret->n)
        return err_set(e, ERR_NOT_FOUND, "nothing of that study is here");
    ret->keys = ARENA_ARRAY(a, int64_t, ret->n);
    for (size_t i = 0; i < ret->n; i++)
        ret->keys[i] = db_get_int(r, (int)i, 0);
    ret->department = arena_str(a, db_get(r, 0, 1));
    return true;
}

bool dicom_send_ask(struct db *db, struct arena *a, const struct dicom_wish *w, int64_t *ret_send, int *ret_count,
                    struct err *e)
{
    struct chosen c = {.n = 0};
    struct auth_reach reach;
    if (!auth_peer_reach(db, w->ae, &reach, e) || !choose(db, a, w, &c, e))
        return false;
    struct new_send s = {.route = STR(""), .who = w->who, .study = w->what.study, .department = c.department};
    if (!dicom_queue_open(db, a, str_of(reach.name), &s.destination, e) || !put_send(db, a, &s, ret_send, e))
        return false;
    *ret_count = (int)c.n;
    return *ret_send ? add_items(db, a, *ret_send, c.keys, c.n, e)
                     : err_set(e, ERR_CONFLICT, "the queue of the node is closed");
}

bool dicom_send_again(struct db *db, struct arena *a, struct str access, int64_t send, struct err *e)
{
    int64_t number;
    struct db_args find = db_args(a), again = db_args(a), items = db_args(a);
    db_text_opt(&find, access);
    db_int(&find, send);
    const struct db_rows *r = db_run(db, &Q_dicom_send_failed, &find, e);
    if (!r)
        return false;
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no send of this number has failed");
    if (!outbox_number(db, a, db_get_int(r, 0, 0), &number, e))
        return false;
    db_text_opt(&again, access);
    db_int(&again, send);
    db_int(&again, number);
    db_int(&items, send);
    return db_send(db, &Q_dicom_send_again, &again, e) && db_send(db, &Q_dicom_send_items_again, &items, e);
}

bool dicom_send_discard(struct db *db, struct arena *a, struct str access, int64_t send, struct err *e)
{
    struct db_args args = db_args(a), items = db_args(a);
    db_text_opt(&args, access);
    db_int(&args, send);
    db_int(&items, send);
    const struct db_rows *r = db_run(db, &Q_dicom_send_discard, &args, e);
    if (!r)
        return false;
    return db_count(r) ? db_send(db, &Q_dicom_send_items_drop, &items, e)
                       : err_set(e, ERR_NOT_FOUND, "no send of this number waits or has failed");
}

bool dicom_send_pause(struct db *db, struct arena *a, struct str ae, bool paused, struct err *e)
{
    int64_t destination;
    if (!find(db, a, ae, &destination, e))
        return false;
    return destination ? outbox_pause(db, a, destination, paused, e)
                       : err_set(e, ERR_NOT_FOUND, "nothing waits for this node, and nothing was sent to it");
}

/* ---- by rule ---- */

bool dicom_out_arrived(struct db *db, struct arena *a, struct str sop_uid, struct err *e)
{
    struct db_args args = db_args(a);
    if (!outbox_listening(STR(INSTANCE_TYPE)))
        return true;
    db_text(&args, sop_uid);
    return db_send(db, &Q_dicom_note, &args, e);
}

struct matched {
    struct str route, ae, study, department;
    int64_t key;
};

static bool same_send(const struct matched *a, const struct matched *b)
{
    return str_eq(a->route, b->route) && str_eq(a->ae, b->ae) && str_eq(a->study, b->study);
}

/* Instances of one study for one node by one rule: the send that collects them, or a new one. */
static bool give(struct db *db, struct arena *a, const struct matched *m, size_t n, struct err *e)
{
    struct new_send s = {.route = m->route, .who = STR(""), .study = m->study, .department = m->department};
    struct db_args args = db_args(a);
    int64_t *keys = ARENA_ARRAY(a, int64_t, n), send;
    for (size_t i = 0; i < n; i++)
        keys[i] = m[i].key;
    if (!find(db, a, m->ae, &s.destination, e))
        return false;
    if (!s.destination)
        return true; /* its rule was removed meanwhile */
    db_int(&args, s.destination);
    db_text(&args, s.route);
    db_text(&args, s.study);
    const struct db_rows *r = db_run(db, &Q_dicom_send_collecting, &args, e);
    if (!r)
        return false;
    send = db_count(r) ? db_get_int(r, 0, 0) : 0;
    return (send || put_send(db, a, &s, &send, e)) && (!send || add_items(db, a, send, keys, n, e));
}

bool dicom_queue_changed(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    (void)ctx;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    int64_t *keys = ARENA_ARRAY(&arena, int64_t, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (str_is(changes[i].type, INSTANCE_TYPE))
            keys[count++] = changes[i].rid;
    if (!count)
        return true;
    db_ints(&args, keys, count);
    const struct db_rows *r = db_run(db, &Q_route_match, &args, e);
    if (!r)
        return false;
    size_t rows = (size_t)db_count(r);
    struct matched *m = ARENA_ARRAY(&arena, struct matched, rows + 1);
    for (size_t i = 0; i < rows; i++)
        m[i] = (struct matched){arena_str(&arena, db_get(r, (int)i, 0)), arena_str(&arena, db_get(r, (int)i, 1)),
                                arena_str(&arena, db_get(r, (int)i, 2)), arena_str(&arena, db_get(r, (int)i, 3)),
                                db_get_int(r, (int)i, 4)};
    for (size_t from = 0, to; from < rows; from = to) {
        for (to = from + 1; to < rows && same_send(&m[from], &m[to]); to++)
            ;
        if (!give(db, &arena, &m[from], to - from, e))
            return false;
    }
    return true;
}

static void stop(void *ctx)
{
    (void)ctx;
    atomic_store(&dicom_house.stopping, true);
}

struct outbox_kind dicom_out_kind(void)
{
    return (struct outbox_kind){.name = DICOM_OUT_KIND,
                                .changed = dicom_queue_changed,
                                .prepare = dicom_deliver_prepare,
                                .send = dicom_deliver_send,
                                .done = dicom_deliver_done,
                                .stop = stop,
                                .senders = dicom_house.config.senders,
                                .retry_max_ms = dicom_house.config.retry_max_seconds * 1000};
}
