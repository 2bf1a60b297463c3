#include "admin/admin_priv.h"

#include "base/json.h"
#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

bool admin_live(struct op *op, struct gate_http *h, struct err *e)
{
    (void)op;
    (void)e;
    gate_http_body(h, 200, "text/plain; charset=utf-8", STR("alive\n"));
    return true;
}

/* Ready: the database answers and the content store takes objects. */
bool admin_ready(struct op *op, struct gate_http *h, struct err *e)
{
    struct db *db = db_borrow(gate_pool(op->gate), 2000, e);
    if (!db)
        return err_set(e, ERR_UNAVAILABLE, "the database does not answer");
    struct db_args args = db_args(op->arena);
    bool ok = db_run(db, &Q_authority_list, &args, e) != NULL;
    db_return(db);
    if (!ok)
        return err_set(e, ERR_UNAVAILABLE, "the database does not answer");
    if (!files_writable(op->files, e))
        return false;
    gate_http_body(h, 200, "text/plain; charset=utf-8", STR("ready\n"));
    return true;
}

/* Without the database the gauge keeps what it was: a monitor must hear of everything else then. */
static void set_unsealed(struct op *op)
{
    struct err e;
    err_clear(&e);
    struct db *db = db_borrow(gate_pool(op->gate), 1000, &e);
    const struct db_rows *r = db ? db_run(db, &Q_admin_audit_unsealed, NULL, &e) : NULL;
    if (r)
        metrics_set(METRIC_AUDIT_UNSEALED, NULL, db_get_int(r, 0, 0));
    else
        log_err("admin", &e);
    db_return(db);
}

static void set_gauges(struct op *op)
{
    int busy, open;
    int64_t free_bytes;
    bool read_only;
    set_unsealed(op);
    db_pool_load(gate_pool(op->gate), &busy, &open);
    files_space(op->files, &free_bytes, &read_only);
    metrics_set(METRIC_DB_CONNECTIONS, NULL, busy);
    metrics_set(METRIC_STORAGE_FREE, NULL, free_bytes);
}

bool admin_metrics(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    buf_init(&b, ADMIN_BODY_MAX);
    set_gauges(op);
    metrics_write(&b);
    bool ok = buf_ok(&b, e);
    if (ok)
        gate_http_body(h, 200, METRICS_MEDIA_TYPE, buf_view(&b));
    buf_release(&b);
    return ok;
}

static void put_ports(struct buf *b, const struct config *c)
{
    json_put_name(b, "ports");
    buf_putc(b, '{');
    json_put_int(b, "http", c->http_port);
    json_put_int(b, "dicom", c->dicom_port);
    json_put_int(b, "hl7", c->hl7_port);
    buf_putc(b, '}');
}

bool admin_status(struct op *op, struct gate_http *h, struct err *e)
{
    static const char *const names[] = {"orders", "studies", "instances", "reports", "messages", NULL, "auditEvents"};
    const struct config *c = admin_settings()->config;
    struct buf b;
    int64_t free_bytes;
    bool read_only;
    struct db_args args = db_args(op->arena);
    const struct db_rows *r = db_run(op->db, &Q_admin_counts, &args, e);
    if (!r)
        return false;
    files_space(op->files, &free_bytes, &read_only);
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "name", str_of(c->site_name));
    json_put_field(&b, "version", STR(ISOCENTRE_VERSION));
    json_put_field(&b, "profile", c->profile == PROFILE_DEMO ? STR("demo") : STR("production"));
    admin_time(&b, "time", clock_now());
    json_put_field(&b, "aeTitle", str_of(c->dicom_aet));
    put_ports(&b, c);
    json_put_name(&b, "counts");
    buf_putc(&b, '{');
    for (int i = 0; i < 7; i++)
        if (names[i])
            json_put_int(&b, names[i], db_get_int(r, 0, i));
    buf_puts(&b, "}");
    json_put_name(&b, "storage");
    buf_putc(&b, '{');
    json_put_int(&b, "freeBytes", free_bytes);
    json_put_bool(&b, "readOnly", read_only);
    buf_puts(&b, "}}");
    return admin_json(h, &b, e);
}
