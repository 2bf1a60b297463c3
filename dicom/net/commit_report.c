/* Telling a peer what became of its commitment: the report, and who sends it on an association that is open. */
#include "dicom/net/commit.h"

#include "base/log.h"
#include "schema/queries.h"

enum { ANSWER_SECONDS = 60, BORROW_MS = 2000 };

bool commit_get(struct db *db, struct arena *a, int64_t id, struct commit *ret, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, id);
    const struct db_rows *r = db_run(db, &Q_commitment_get, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (!*ret_found)
        return r != NULL;
    *ret = (struct commit){.id = id,
                           .peer = arena_str(a, db_get(r, 0, 0)),
                           .address = arena_str(a, db_get(r, 0, 1)),
                           .access = arena_str(a, db_get(r, 0, 2)),
                           .transaction_uid = arena_str(a, db_get(r, 0, 3)),
                           .state = arena_str(a, db_get(r, 0, 4)),
                           .held = db_get_bool(r, 0, 5)};
    return true;
}

bool commit_items(struct db *db, struct arena *a, int64_t id, struct commit_item **ret_items, size_t *ret_n,
                  struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, id);
    const struct db_rows *r = db_run(db, &Q_commitment_items, &args, e);
    if (!r)
        return false;
    *ret_n = (size_t)db_count(r);
    *ret_items = ARENA_ARRAY(a, struct commit_item, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret_items)[i] = (struct commit_item){arena_str(a, db_get(r, (int)i, 1)), arena_str(a, db_get(r, (int)i, 2)),
                                               db_get_int(r, (int)i, 3)};
    return true;
}

/* ---- the report ---- */

static bool put_item(struct dicom_item *root, const struct commit_item *i, struct err *e)
{
    struct dicom_item *to = dicom_put_item(root, i->reason ? TAG_FAILED : TAG_REFERENCED, e);
    return to && dicom_put_or_empty(to, TAG_SOP_CLASS, i->sop_class, e) &&
           dicom_put_or_empty(to, TAG_SOP_UID, i->sop_uid, e) &&
           (!i->reason || dicom_put_int(to, TAG_REASON, i->reason, e));
}

static bool fill(struct dicom_item *root, const struct commit *c, const struct commit_item *items, size_t n,
                 const char *ae_title, struct err *e)
{
    if (!dicom_put(root, TAG_TRANSACTION, c->transaction_uid, e) ||
        !dicom_put(root, TAG_RETRIEVE_AE, str_of(ae_title), e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!put_item(root, &items[i], e))
            return false;
    return true;
}

struct dicom_dataset *commit_report(const struct commit *c, const struct commit_item *items, size_t n,
                                    const char *ae_title, struct dicom_command *ret_command, struct err *e)
{
    struct dicom_dataset *ds = dicom_dataset_new("", e);
    size_t failed = 0;
    for (size_t i = 0; i < n; i++)
        failed += items[i].reason != 0;
    *ret_command = (struct dicom_command){.kind = DICOM_N_EVENT_REPORT_RQ, .event_type = failed ? 2 : 1};
    str_copy(ret_command->sop_class_uid, sizeof ret_command->sop_class_uid, STR(COMMIT_CLASS));
    str_copy(ret_command->sop_instance_uid, sizeof ret_command->sop_instance_uid, STR(COMMIT_INSTANCE));
    if (ds && fill(dicom_dataset_root(ds), c, items, n, ae_title, e))
        return ds;
    dicom_dataset_free(ds);
    return NULL;
}

void commit_describe(struct audit_event *ev, const struct commit *c, uint16_t status, struct arena *a)
{
    ev->object_type = STR("Study");
    ev->object_id = c->transaction_uid;
    ev->detail = arena_printf(a, "'%.*s' answered %04X", STR_ARG(c->peer), status);
}

bool commit_told(struct db *db, struct arena *a, const struct commit *c, uint16_t status, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, c->id);
    db_text(&args, status ? arena_printf(a, "the peer answered %04X", status) : STR(""));
    return db_send(db, &Q_commitment_told, &args, e);
}

/* ---- on the association the peer holds ---- */

static const struct service told_service = {.act = {.request = "N-EVENT-REPORT COMMITMENT",
                                                    .permission = PERM_IMAGE_STORE,
                                                    .audit = AUDIT_COMMITMENT_REPORT,
                                                    .tx = GATE_WRITE}};

struct telling {
    struct commit commit;
    uint16_t status;
};

static bool note(struct op *op, void *ctx, struct err *e)
{
    struct telling *t = ctx;
    bool found;
    int64_t id = t->commit.id;
    if (!commit_get(op->db, op->arena, id, &t->commit, &found, e))
        return false;
    t->commit.id = id;
    commit_describe(op->event, &t->commit, t->status, op->arena);
    return commit_told(op->db, op->arena, &t->commit, t->status, e);
}

void commit_answered(struct session *s, const struct dicom_command *c)
{
    struct telling t = {.commit = {.id = s->reporting}, .status = c->status};
    struct err e;
    err_clear(&e);
    if (!s->reporting || c->message_id != s->report_message)
        return;
    s->reporting = 0;
    if (!session_gate_serve(s, &told_service, note, &t, &e))
        log_err("dimse", &e);
}

static bool send(struct session *s, struct db *db, int64_t id, bool *ret_sent, struct err *e)
{
    struct commit c;
    struct commit_item *items;
    struct dicom_command command;
    size_t n;
    bool found;
    *ret_sent = false;
    if (!commit_get(db, &s->arena, id, &c, &found, e) || !found || !commit_items(db, &s->arena, id, &items, &n, e))
        return true;
    struct dicom_dataset *ds = commit_report(&c, items, n, s->config->ae_title, &command, e);
    if (!ds)
        return true;
    bool alive = dicom_request(s->association, &command, ds, e);
    dicom_dataset_free(ds);
    s->reporting = id;
    s->report_message = command.message_id;
    s->report_sent = clock_monotonic();
    *ret_sent = true;
    return alive;
}

static bool look(struct session *s, struct db *db, int64_t *ret_ready, struct err *e)
{
    struct db_args args = db_args(&s->arena);
    db_text(&args, str_of(s->who.name));
    const struct db_rows *r = db_run(db, &Q_commitment_turn, &args, e);
    if (!r)
        return false;
    s->commitments = db_get_int(r, 0, 0) > 0;
    *ret_ready = db_get_int(r, 0, 1);
    return true;
}

bool commit_turn(struct session *s)
{
    struct err e;
    int64_t ready = 0;
    bool sent = false, alive = true;
    err_clear(&e);
    arena_reset(&s->arena);
    if (s->reporting && clock_monotonic() - s->report_sent > (clock_us)ANSWER_SECONDS * 1000000)
        s->commitments = false; /* it does not answer here: another association may */
    struct db *db = s->commitments ? db_borrow(gate_pool(s->config->gate), BORROW_MS, &e) : NULL;
    if (db && look(s, db, &ready, &e) && ready && !s->reporting)
        alive = send(s, db, ready, &sent, &e);
    db_return(db);
    if (e.code != ERR_NONE)
        log_err("dimse", &e);
    return alive;
}

void commit_let_go(struct session *s)
{
    struct err e;
    err_clear(&e);
    if (!s->commitments)
        return;
    struct db *db = db_borrow(gate_pool(s->config->gate), BORROW_MS, &e);
    struct db_args args = db_args(&s->arena);
    db_text(&args, str_of(s->who.name));
    if (!db || !db_run(db, &Q_commitment_let_go, &args, &e))
        log_err("dimse", &e); /* what is held is let go by its time */
    db_return(db);
}
