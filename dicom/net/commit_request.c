/* N-ACTION of Storage Commitment: somebody wants to be sure before he deletes his own (PS3.4 J.3.2). */
#include "dicom/net/commit.h"

#include "base/failpoint.h"
#include "jobs/jobs.h"
#include "record/record.h"
#include "schema/queries.h"

enum { ITEMS_MAX = 100000, UID_MAX = 64 };

struct request {
    struct session *session;
    struct dicom_dataset *data;
};

static struct str uid_at(const struct dicom_item *item, uint32_t tag, struct arena *a)
{
    struct str s = dicom_get_nth(item, tag, 0, a);
    return s.n && s.n <= UID_MAX && dicom_uid_check(s, true, NULL) ? s : STR("");
}

static bool put(struct op *op, const struct request *r, struct str transaction, size_t n, struct err *e)
{
    const struct dicom_item *root = dicom_dataset_root(r->data);
    struct str *class = ARENA_ARRAY(op->arena, struct str, n), *uid = ARENA_ARRAY(op->arena, struct str, n);
    struct db_args args = db_args(op->arena);
    for (size_t i = 0; i < n; i++) {
        const struct dicom_item *item = dicom_item_find(root, TAG_REFERENCED, i);
        class[i] = uid_at(item, TAG_SOP_CLASS, op->arena);
        uid[i] = uid_at(item, TAG_SOP_UID, op->arena);
    }
    db_int(&args, record_rid_new());
    db_text(&args, str_of(r->session->who.name));
    db_text(&args, str_of(r->session->who.address));
    db_text(&args, op->access.p ? op->access : STR(""));
    db_text(&args, transaction);
    db_texts(&args, class, n);
    db_texts(&args, uid, n);
    const struct db_rows *rows = db_run(op->db, &Q_commitment_put, &args, e);
    if (!rows)
        return false;
    op->event->count = (int64_t)n;
    return jobs_put(op->db, JOB_COMMITMENT, arena_str(op->arena, db_get(rows, 0, 0)), 0, e);
}

static bool keep(struct op *op, void *ctx, struct err *e)
{
    const struct request *r = ctx;
    const struct dicom_item *root = dicom_dataset_root(r->data);
    struct str transaction = uid_at(root, TAG_TRANSACTION, op->arena);
    size_t n = dicom_count(root, TAG_REFERENCED);
    op->event->object_type = STR("Study");
    op->event->object_id = transaction;
    if (!transaction.n)
        return err_set(e, ERR_REQUIRED, "a commitment names its transaction");
    if (!n || n > ITEMS_MAX)
        return err_set(e, n ? ERR_TOO_LARGE : ERR_REQUIRED, "a commitment names 1 to %d instances", ITEMS_MAX);
    return put(op, r, transaction, n, e);
}

static bool refuse(struct session *s, const struct service *service, const struct dicom_command *command,
                   uint16_t status, const char *why)
{
    struct err e;
    err_clear(&e);
    err_set(&e, ERR_UNSUPPORTED, "%s", why);
    return session_refuse(s, service, command, (struct refusal){.status = status}, &e);
}

bool service_commit(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct request r = {.session = s};
    struct err e;
    bool alive;
    err_clear(&e);
    r.data = normal_receive(s, service, command, &alive);
    if (!r.data)
        return alive;
    if (!str_is(str_of(command->sop_instance_uid), COMMIT_INSTANCE))
        alive = refuse(s, service, command, 0x0112, "that is not the instance of storage commitment");
    else if (command->action_type != 1)
        alive = refuse(s, service, command, 0x0123, "storage commitment has one action");
    else if (!session_gate_serve(s, service, keep, &r, &e))
        alive = normal_fail(s, service, command, &e);
    else if (!failpoint("commit.before_response"))
        alive = session_answer(s, service, command, STATUS_SUCCESS);
    s->commitments = true;
    dicom_dataset_free(r.data);
    return alive;
}
