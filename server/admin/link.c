/* A person takes a report, or a study, off its order, ties it to another one, or gives it back to the ladder. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/report.h"
#include "domain/study_decide.h"

static const char *const words[] = {"taken off", "tied to an order", "given back to the ladder"};

static bool named_order(const struct gate_http *h, struct str *ret_order, struct err *e)
{
    *ret_order = admin_parameter(h, "order");
    return ret_order->n || err_set(e, ERR_INVALID, "'order' names the order: ServiceRequest/…");
}

/* ---- reports ---- */

static bool decide(struct op *op, struct gate_http *h, enum report_decision what, struct str order, struct err *e)
{
    struct domain d = gate_domain(op);
    struct str id = gate_path(h, "id");
    struct buf b;
    if (!report_decide(&d, id, what, order, e))
        return false;
    op->event->object_type = STR("Report");
    op->event->object_id = arena_printf(op->arena, "DiagnosticReport/%.*s", STR_ARG(id));
    op->event->detail = str_of(words[what]);
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "report", op->event->object_id);
    json_put_field(&b, "decision", op->event->detail);
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}

bool admin_report_unlink(struct op *op, struct gate_http *h, struct err *e)
{
    return decide(op, h, REPORT_UNLINK, STR_NONE, e);
}

bool admin_report_link(struct op *op, struct gate_http *h, struct err *e)
{
    struct str order;
    return named_order(h, &order, e) && decide(op, h, REPORT_LINK, order, e);
}

bool admin_report_relink(struct op *op, struct gate_http *h, struct err *e)
{
    return decide(op, h, REPORT_LADDER, STR_NONE, e);
}

/* ---- studies ---- */

static struct str order_name(struct domain *d, int64_t rid, struct err *e)
{
    struct record_doc doc;
    return rid && record_get_rid(d->db, d->arena, rid, RECORD_READ, &doc, e) ? domain_reference(d, &doc) : STR("");
}

static bool decide_study(struct op *op, struct gate_http *h, enum study_decision what, struct str order, struct err *e)
{
    struct domain d = gate_domain(op);
    struct str uid = gate_path(h, "uid");
    struct study_decided r;
    struct buf b;
    op->event->study_uid = uid;
    if (!study_decide(&d, uid, what, order, &r, e))
        return false;
    struct str from = order_name(&d, r.from, e), to = order_name(&d, r.to, e);
    op->event->object_type = STR("Study");
    op->event->object_id = domain_reference(&d, &r.study);
    op->event->patient = str_sub(fhir_text(r.study.node, "subject.reference"), sizeof "Patient/" - 1, SIZE_MAX);
    op->event->count = r.reports;
    op->event->detail = arena_printf(op->arena, "%s: from '%.*s' to '%.*s'", words[what], STR_ARG(from), STR_ARG(to));
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "study", op->event->object_id);
    json_put_field(&b, "decision", str_of(words[what]));
    json_put_field(&b, "from", from);
    json_put_field(&b, "to", to);
    buf_printf(&b, ",\"reports\":%d,\"reportsLeft\":%d}", r.reports, r.left);
    return admin_json(h, &b, e);
}

bool admin_study_unlink(struct op *op, struct gate_http *h, struct err *e)
{
    return decide_study(op, h, STUDY_UNLINK, STR_NONE, e);
}

bool admin_study_link(struct op *op, struct gate_http *h, struct err *e)
{
    struct str order;
    return named_order(h, &order, e) && decide_study(op, h, STUDY_LINK, order, e);
}

bool admin_study_relink(struct op *op, struct gate_http *h, struct err *e)
{
    return decide_study(op, h, STUDY_LADDER, STR_NONE, e);
}
