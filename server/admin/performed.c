/* Performed steps a person should look at, and what a person decides of them. */
#include "admin/admin_priv.h"

#include "base/json.h"
#include "domain/performed.h"
#include "schema/queries.h"

static void put_item(struct op *op, struct buf *b, const struct db_rows *r, int i)
{
    static const char *const names[] = {"procedure",     "sopUid",      "status",   "attention",  "patientId",
                                        "patientIssuer", "patientName", "modality", "stationAet", "started"};
    (void)op;
    buf_putc(b, '{');
    for (int c = 0; c < 10; c++)
        json_put_field(b, names[c], db_get(r, i, c + 1));
    admin_time(b, "changed", db_get_int(r, i, 11));
    json_put_parts(b, "studyUids", db_get(r, i, 12), '\\');
    json_put_parts(b, "accessions", db_get(r, i, 13), '\\');
    json_put_parts(b, "tasks", db_get(r, i, 14), '\\');
    json_put_parts(b, "rungs", db_get(r, i, 15), '\\');
    buf_putc(b, '}');
}

static void or_all(const struct gate_http *h, struct db_args *args)
{
    db_bool(args, str_is(admin_parameter(h, "all"), "true"));
}

bool admin_performed(struct op *op, struct gate_http *h, struct err *e)
{
    return admin_list(op, h, &(struct admin_list){&Q_performed_list, put_item, or_all}, e);
}

static bool tell(struct op *op, struct gate_http *h, const struct performed_result *result, const char *decision,
                 struct err *e)
{
    struct buf b;
    op->event->object_type = STR("Order");
    op->event->object_id = result->procedure;
    op->event->accession = result->accession;
    op->event->study_uid = result->study_uid;
    op->event->detail = str_of(decision);
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "procedure", result->procedure);
    json_put_field(&b, "decision", str_of(decision));
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}

bool admin_performed_tie(struct op *op, struct gate_http *h, struct err *e)
{
    struct domain d = gate_domain(op);
    struct performed_result result = {.attention = STR_NONE};
    struct str task = admin_parameter(h, "task");
    if (!task.n)
        return err_set(e, ERR_INVALID, "'task' names the step: Task/…");
    return performed_tie(&d, gate_path(h, "id"), task, &result, e) && tell(op, h, &result, "tied to a step", e);
}

bool admin_performed_dismiss(struct op *op, struct gate_http *h, struct err *e)
{
    struct domain d = gate_domain(op);
    struct performed_result result = {.attention = STR_NONE};
    return performed_dismiss(&d, gate_path(h, "id"), &result, e) && tell(op, h, &result, "taken off the list", e);
}
