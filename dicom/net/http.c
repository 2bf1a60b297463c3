/* DICOM matters for people: is a node there, what was set aside. */
#include "base/json.h"
#include "dicom/net/http.h"
#include "dicom/out/out.h"
#include "schema/queries.h"

enum { BODY_MAX = 4 << 20, PAGE = 200 };

const struct gate_route dicom_routes[] = {
#define ROUTE(method, pattern, permission, audit, tx, body, handler) \
    {method, pattern, {method " " pattern, permission, audit, GATE_##tx, false}, body, handler, NULL, NULL, NULL},
#include "dicom/net/routes.def"
#undef ROUTE
};
const int dicom_route_count = sizeof dicom_routes / sizeof dicom_routes[0];

bool dicom_http_answer(struct gate_http *h, struct buf *b, struct err *e)
{
    bool ok = buf_ok(b, e);
    if (ok)
        gate_http_body(h, 200, "application/json", buf_view(b));
    return ok;
}

bool dicom_http_echo(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct auth_reach to;
    int ms;
    op->event->object_type = STR("Peer");
    op->event->object_id = gate_path(h, "ae");
    if (!auth_peer_reach(op->db, gate_path(h, "ae"), &to, e) || !dicom_call_echo(&to, &ms, e))
        return false;
    buf_init(&b, BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "title", str_of(to.name));
    json_put_field(&b, "host", str_of(to.host));
    json_put_int(&b, "port", to.port);
    json_put_bool(&b, "tls", to.tls);
    json_put_int(&b, "milliseconds", ms);
    buf_putc(&b, '}');
    return dicom_http_answer(h, &b, e);
}

static void put_object(struct buf *b, const struct db_rows *r, int i)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = {{"sopInstance", 3},    {"sopClass", 4}, {"study", 5},
                 {"transferSyntax", 6}, {"sha256", 8},   {"sender", 9}};
    char when[CLOCK_TEXT];
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_int(b, "id", db_get_int(r, i, 0));
    json_put_field(b, "reason", db_get(r, i, 1));
    clock_site_text(db_get_int(r, i, 2), when);
    json_put_field(b, "time", str_of(when));
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        json_put_field(b, texts[k].name, db_get(r, i, texts[k].column));
    json_put_int(b, "size", db_get_int(r, i, 7));
    buf_putc(b, '}');
}

bool dicom_http_quarantine(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct str before = http_query(h->request, "before");
    int64_t from = 0;
    struct db_args args = db_args(op->arena);
    if (before.n && (!str_int(before, &from) || from < 0))
        return err_set(e, ERR_INVALID, "before is the id of an item");
    db_text_opt(&args, op->access);
    db_int(&args, from);
    db_int(&args, PAGE);
    const struct db_rows *r = db_run(op->db, &Q_quarantine_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++)
        put_object(&b, r, i);
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return dicom_http_answer(h, &b, e);
}
