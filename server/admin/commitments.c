/* Other archives are asked whether they keep a study for good: who was asked, and what they said. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/uid.h"
#include "jobs/jobs.h"
#include "schema/queries.h"

static void put_failed(struct buf *b, struct str joined)
{
    struct str one;
    json_put_name(b, "failedUids");
    buf_putc(b, '[');
    while (joined.n && str_next(&joined, '\\', &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

static void put_item(struct buf *b, const struct db_rows *r, int i)
{
    static const char *const names[] = {"transactionUid", "peer", "studyUid", "state"};
    json_put_comma(b);
    buf_putc(b, '{');
    for (int c = 0; c < 4; c++)
        json_put_field(b, names[c], db_get(r, i, c));
    admin_time(b, "requested", db_get_int(r, i, 4));
    json_put_field(b, "lastError", db_get(r, i, 5));
    json_put_int(b, "instances", db_get_int(r, i, 6));
    json_put_int(b, "committed", db_get_int(r, i, 7));
    json_put_int(b, "failed", db_get_int(r, i, 8));
    put_failed(b, db_get(r, i, 9));
    buf_putc(b, '}');
}

bool admin_commitments(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, admin_parameter(h, "study"));
    db_int(&args, ADMIN_LIMIT_MAX);
    const struct db_rows *r = db_run(op->db, &Q_commitment_ask_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++)
        put_item(&b, r, i);
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return admin_json(h, &b, e);
}

bool admin_commitment_ask(struct op *op, struct gate_http *h, struct err *e)
{
    struct str peer = admin_parameter(h, "peer"), study = admin_parameter(h, "study"), uid = uid_new(op->arena);
    struct db_args args = db_args(op->arena);
    struct auth_reach to;
    struct buf b;
    if (!auth_peer_reach(op->db, peer, &to, e))
        return false;
    db_text_opt(&args, op->access);
    db_text(&args, uid);
    db_text(&args, peer);
    db_text(&args, study);
    const struct db_rows *r = db_run(op->db, &Q_commitment_ask_put, &args, e);
    if (!r || !db_count(r))
        return r && err_set(e, ERR_NOT_FOUND, "no such study");
    op->event->object_type = STR("Study");
    op->event->object_id = uid;
    op->event->study_uid = study;
    op->event->count = db_get_int(r, 0, 0);
    if (!jobs_put(op->db, JOB_COMMITMENT_ASK, uid, 0, e))
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "transactionUid", uid);
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}
