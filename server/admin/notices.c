/* Who is told in DICOM of performed steps and complete studies, and what others told us of theirs. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/notice.h"
#include "schema/queries.h"

bool admin_subscribers(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    const struct db_rows *r = db_run(op->db, &Q_notice_subscriber_list, NULL, e);
    if (!r)
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++) {
        json_put_comma(&b);
        buf_putc(&b, '{');
        json_put_field(&b, "peer", db_get(r, i, 0));
        json_put_field(&b, "tells", db_get(r, i, 1));
        json_put_int(&b, "waiting", db_get_int(r, i, 2));
        json_put_int(&b, "attempts", db_get_int(r, i, 3));
        json_put_field(&b, "lastError", db_get(r, i, 4));
        if (db_get_int(r, i, 5))
            admin_time(&b, "lastSent", db_get_int(r, i, 5));
        buf_putc(&b, '}');
    }
    buf_puts(&b, "]}");
    return admin_json(h, &b, e);
}

static bool change(struct op *op, struct gate_http *h, bool on, struct err *e)
{
    struct domain d = gate_domain(op);
    struct str peer = gate_path(h, "peer"), tells = gate_path(h, "tells");
    op->event->object_type = STR("Peer");
    op->event->object_id = peer;
    op->event->detail = arena_printf(op->arena, "%.*s: %s", STR_ARG(tells), on ? "is told" : "is told no more");
    if (!(on ? notice_subscribe(&d, peer, tells, e) : notice_unsubscribe(&d, peer, tells, e)))
        return false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}

bool admin_subscriber_put(struct op *op, struct gate_http *h, struct err *e)
{
    return change(op, h, true, e);
}

bool admin_subscriber_remove(struct op *op, struct gate_http *h, struct err *e)
{
    return change(op, h, false, e);
}

static void put_notice(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    (void)op;
    buf_putc(b, '{');
    json_put_field(b, "sopUid", db_get(r, i, 1));
    json_put_field(b, "peer", db_get(r, i, 2));
    admin_time(b, "received", db_get_int(r, i, 3));
    json_put_field(b, "studyUid", db_get(r, i, 4));
    json_put_field(b, "performedUid", db_get(r, i, 5));
    json_put_field(b, "availability", db_get(r, i, 6));
    json_put_field(b, "retrieveAet", db_get(r, i, 7));
    json_put_int(b, "instances", db_get_int(r, i, 8));
    buf_putc(b, '}');
}

static void of_study(const struct gate_http *h, struct db_args *args)
{
    db_text(args, admin_parameter(h, "study"));
}

bool admin_notices(struct op *op, struct gate_http *h, struct err *e)
{
    return admin_list(op, h, &(struct admin_list){&Q_notice_received_list, put_notice, of_study}, e);
}
