/* "Why does this scanner not see that accession number?": every step of its orders, with each rule of the worklist. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/worklist_rules.h"
#include "schema/queries.h"

static void put_verdict(struct buf *b, const struct worklist_verdict *v)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "name", str_of(v->rule));
    json_put_bool(b, "holds", v->holds);
    json_put_field(b, "reason", str_of(v->reason));
    buf_putc(b, '}');
}

static bool put_step(struct buf *b, const struct worklist_asking *x, const struct worklist_step *s)
{
    struct worklist_verdict v[WORKLIST_RULES];
    bool visible;
    size_t n = worklist_judge(x, s, v, &visible);
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "task", s->task);
    json_put_field(b, "start", s->start_local);
    json_put_field(b, "status", s->value[FIELD_STEP_STATUS]);
    json_put_field(b, "station", s->value[FIELD_STATION_AE]);
    json_put_bool(b, "visible", visible);
    json_put_name(b, "rules");
    buf_putc(b, '[');
    for (size_t i = 0; i < n; i++)
        put_verdict(b, &v[i]);
    buf_puts(b, "]}");
    return visible;
}

static const struct db_rows *orders(struct op *op, struct str accession, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, accession);
    return db_run(op->db, &Q_admin_orders_of_accession, &args, e);
}

struct telling {
    struct buf *to;
    struct worklist_asking *by;
    size_t steps;
    bool visible;
};

static bool put_order(struct telling *t, int64_t order, struct err *e)
{
    struct worklist_step *step;
    size_t n;
    if (!worklist_ask(t->by, order, e) || !worklist_of(t->by->d, order, &step, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        t->visible = put_step(t->to, t->by, &step[i]) || t->visible;
    t->steps += n;
    return true;
}

static const char *no_step(bool known)
{
    return known ? "the order has no scheduled step" : "no order with this accession number is here";
}

static void put_end(struct buf *b, bool known, size_t steps, bool visible)
{
    struct worklist_verdict none = {known ? "has-step" : "order-known", no_step(known), false};
    buf_putc(b, ']');
    json_put_name(b, "rules");
    buf_putc(b, '[');
    if (!steps)
        put_verdict(b, &none);
    buf_putc(b, ']');
    json_put_bool(b, "visible", visible);
    buf_putc(b, '}');
}

bool admin_worklist_explain(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct domain d = gate_domain(op);
    struct worklist_asking x = {.d = &d, .auth = gate_auth(op->gate), .aet = admin_parameter(h, "aet")};
    struct str accession = admin_parameter(h, "accession");
    struct telling t = {.to = &b, .by = &x};
    bool ok = true;
    buf_init(&b, ADMIN_BODY_MAX);
    if (!x.aet.n || !accession.n)
        return err_set(e, ERR_REQUIRED, "aet and accession say who does not see what");
    const struct db_rows *r = orders(op, accession, e);
    int n = r ? db_count(r) : 0;
    int64_t order[20];
    for (int i = 0; i < n; i++)
        order[i] = db_get_int(r, i, 0);
    buf_putc(&b, '{');
    json_put_field(&b, "aet", x.aet);
    json_put_field(&b, "accession", accession);
    json_put_name(&b, "steps");
    buf_putc(&b, '[');
    for (int i = 0; i < n && ok; i++)
        ok = put_order(&t, order[i], e);
    put_end(&b, n > 0, t.steps, t.visible);
    op->event->accession = accession;
    op->event->count = (int64_t)t.steps;
    if (!r || !ok)
        return false;
    gate_http_body(h, 200, "application/json", buf_view(&b));
    return buf_ok(&b, e);
}
