/* A person takes a report off its order, ties it to another one, or gives it back to the ladder. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/report.h"

static bool decide(struct op *op, struct gate_http *h, enum report_decision what, struct str order, struct err *e)
{
    static const char *const words[] = {[REPORT_UNLINK] = "taken off",
                                        [REPORT_LINK] = "tied to an order",
                                        [REPORT_LADDER] = "given back to the ladder"};
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
    struct str order = admin_parameter(h, "order");
    if (!order.n)
        return err_set(e, ERR_INVALID, "'order' names the order: ServiceRequest/…");
    return decide(op, h, REPORT_LINK, order, e);
}

bool admin_report_relink(struct op *op, struct gate_http *h, struct err *e)
{
    return decide(op, h, REPORT_LADDER, STR_NONE, e);
}
