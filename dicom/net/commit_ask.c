/* Storage commitment the other way: another archive is asked, and its answers are kept. */
#include "dicom/net/commit.h"

#include "dicom/out/out.h"
#include "schema/queries.h"

enum { WAIT_SECONDS = 5 };

struct answer {
    struct str peer;
    struct dicom_dataset *data;
    struct str study; /* afterwards */
};

/* ---- what it says ---- */

static size_t take_items(const struct dicom_item *root, uint32_t tag, struct arena *a, struct str *uid, int64_t *reason)
{
    size_t n = dicom_count(root, tag);
    for (size_t i = 0; i < n; i++) {
        const struct dicom_item *item = dicom_item_find(root, tag, i);
        struct str s = dicom_get_nth(item, TAG_SOP_UID, 0, a);
        uid[i] = s.n && dicom_uid_check(s, true, NULL) ? s : STR("");
        reason[i] = 0;
        if (tag == TAG_FAILED && (!dicom_get_int(item, TAG_REASON, 0, &reason[i]) || reason[i] <= 0))
            reason[i] = 0x0110;
    }
    return n;
}

static bool keep(struct op *op, void *ctx, struct err *e)
{
    struct answer *x = ctx;
    const struct dicom_item *root = dicom_dataset_root(x->data);
    struct arena *a = op->arena;
    struct str transaction = dicom_get_nth(root, TAG_TRANSACTION, 0, a);
    size_t most = dicom_count(root, TAG_REFERENCED) + dicom_count(root, TAG_FAILED), n;
    struct str *uid = ARENA_ARRAY(a, struct str, most + 1);
    int64_t *reason = ARENA_ARRAY(a, int64_t, most + 1);
    struct db_args args = db_args(a);
    op->event->object_type = STR("Study");
    if (!transaction.n || !dicom_uid_check(transaction, true, NULL))
        return err_set(e, ERR_REQUIRED, "a report of commitment names its transaction");
    op->event->object_id = transaction;
    n = take_items(root, TAG_REFERENCED, a, uid, reason);
    n += take_items(root, TAG_FAILED, a, uid + n, reason + n);
    db_text(&args, x->peer);
    db_text(&args, transaction);
    db_texts(&args, uid, n);
    db_ints(&args, reason, n);
    const struct db_rows *r = db_run(op->db, &Q_commitment_ask_answer, &args, e);
    if (r && !db_count(r))
        return err_set(e, ERR_NOT_FOUND, "the peer was not asked for this transaction");
    if (r)
        op->event->study_uid = arena_str(a, db_get(r, 0, 0));
    op->event->count = (int64_t)n;
    return r != NULL;
}

/* N-EVENT-REPORT on an association that the other archive opened. */
bool service_commit_answer(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct answer x = {.peer = str_of(s->who.name)};
    struct err e;
    bool alive;
    err_clear(&e);
    x.data = normal_receive(s, service, command, &alive);
    if (!x.data)
        return alive;
    if (command->event_type != 1 && command->event_type != 2) {
        err_set(&e, ERR_UNSUPPORTED, "commitment has two events");
        alive = session_refuse(s, service, command, (struct refusal){.status = STATUS_NO_SUCH_EVENT}, &e);
    } else if (session_gate_serve(s, service, keep, &x, &e)) {
        alive = session_answer(s, service, command, STATUS_SUCCESS);
    } else {
        alive = normal_fail(s, service, command, &e);
    }
    dicom_dataset_free(x.data);
    return alive;
}

/* ---- asking ---- */

struct asking {
    const struct dicom_commit_config *config;
    struct arena arena;
    struct db *db;
    struct str transaction, peer;
};

static bool note(struct asking *q, const char *state, struct str why, struct err *e)
{
    struct db_args args = db_args(&q->arena);
    db_text(&args, q->transaction);
    db_text(&args, str_of(state));
    db_text(&args, why);
    return db_run(q->db, &Q_commitment_ask_state, &args, e) != NULL;
}

static struct dicom_dataset *compose(struct asking *q, struct err *e)
{
    struct db_args args = db_args(&q->arena);
    db_text(&args, q->transaction);
    const struct db_rows *r = db_run(q->db, &Q_commitment_ask_items, &args, e);
    struct dicom_dataset *ds = r ? dicom_dataset_new("", e) : NULL;
    bool ok = ds && dicom_put(dicom_dataset_root(ds), TAG_TRANSACTION, q->transaction, e);
    for (int i = 0; ok && i < db_count(r); i++) {
        struct dicom_item *to = dicom_put_item(dicom_dataset_root(ds), TAG_REFERENCED, e);
        ok = to && dicom_put(to, TAG_SOP_CLASS, db_get(r, i, 0), e) && dicom_put(to, TAG_SOP_UID, db_get(r, i, 1), e);
    }
    if (ok)
        return ds;
    dicom_dataset_free(ds);
    return NULL;
}

static bool keep_through_gate(struct asking *q, struct dicom_dataset *data, struct err *e)
{
    static const struct gate_act act = {"N-EVENT-REPORT COMMITMENT", PERM_IMAGE_STORE, AUDIT_COMMITMENT_REPORT,
                                        GATE_WRITE, false};
    struct principal who = auth_system();
    struct answer x = {.peer = q->peer, .data = data};
    struct gate_call call = {
        .act = &act, .door = "dimse", .principal = &who, .arena = &q->arena, .handler = keep, .ctx = &x};
    call.credentials.address = "";
    return gate_serve(q->config->gate, &call, e);
}

/* Many answer at once, on the association that asked; who does not answers on one of its own later. */
static void wait_for_answer(struct asking *q, struct dicom_association *a)
{
    struct dicom_command c;
    struct err e;
    bool lost;
    err_clear(&e);
    if (!dicom_next_command(a, WAIT_SECONDS, &c, &e) || c.kind != DICOM_N_EVENT_REPORT_RQ || !dicom_has_dataset(&c))
        return;
    struct dicom_dataset *data = dicom_receive_dataset(a, &c, &lost, &e);
    bool ok = data && keep_through_gate(q, data, &e);
    if (data)
        dicom_respond(a, &c, ok ? STATUS_SUCCESS : 0x0110, NULL, NULL, &e);
    dicom_dataset_free(data);
}

static bool talk(struct asking *q, struct dicom_association *a, struct err *e)
{
    struct dicom_command command = {.kind = DICOM_N_ACTION_RQ, .action_type = 1};
    uint16_t status = 0;
    struct err ignored;
    struct dicom_dataset *ds = compose(q, e);
    err_clear(&ignored);
    str_copy(command.sop_class_uid, sizeof command.sop_class_uid, STR(COMMIT_CLASS));
    str_copy(command.sop_instance_uid, sizeof command.sop_instance_uid, STR(COMMIT_INSTANCE));
    bool ok = ds && dicom_call_ask(a, &command, ds, &status, e);
    dicom_dataset_free(ds);
    if (!ok)
        return false;
    if (status)
        return note(q, "refused", arena_printf(&q->arena, "the peer answered %04X", status), e);
    if (!note(q, "asked", STR(""), e))
        return false;
    wait_for_answer(q, a);
    dicom_release(a, &ignored);
    return true;
}

static bool ask(struct asking *q, struct err *e)
{
    static const struct dicom_proposal proposal = {.abstract_syntax = COMMIT_CLASS};
    struct auth_reach to;
    if (!auth_peer_reach(q->db, q->peer, &to, e))
        return false;
    struct dicom_association *a = dicom_call(&to, &proposal, 1, e);
    bool ok = a && talk(q, a, e);
    dicom_association_free(a);
    return ok;
}

static bool begin(struct asking *q, struct err *e)
{
    struct err ignored;
    struct db_args args = db_args(&q->arena);
    db_text(&args, q->transaction);
    const struct db_rows *r = db_run(q->db, &Q_commitment_ask_get, &args, e);
    if (!r || !db_count(r) || !str_is(db_get(r, 0, 1), "waiting"))
        return r != NULL;
    q->peer = arena_str(&q->arena, db_get(r, 0, 0));
    if (ask(q, e))
        return true;
    err_clear(&ignored);
    note(q, "waiting", arena_str(&q->arena, str_of(e->text)), &ignored);
    return false;
}

bool dicom_commit_ask(const struct dicom_commit_config *config, struct db *db, struct str payload, struct err *e)
{
    struct asking q = {.config = config, .db = db};
    arena_init(&q.arena);
    q.transaction = arena_str(&q.arena, payload);
    bool ok = begin(&q, e);
    arena_release(&q.arena);
    return ok;
}
