/* ORM^O01, OMG^O19, OMI^O23: every order group of the message, all or nothing. */
#include "hl7/net/net_priv.h"

enum { ORDERS_MAX = 1000 };

bool transform_status(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e)
{
    struct str code = part_text(x, hl7_repetition(x->m, hl7_field(s->segment, 1), 1), 1, 0);
    struct str status = part_text(x, first_repetition(x, s), 1, 0);
    const struct control *c = control_find(code, status, NULL);
    (void)e;
    if (c)
        *ret_text = str_of(c->step_status);
    return true;
}

static const struct control *read_control(struct mapping *x, struct err *e)
{
    struct str status = hl7_group_get(&x->group, x->d->arena, "ORC-5");
    const struct control *c = control_find(hl7_group_get(&x->group, x->d->arena, "ORC-1"), status, e);
    if (c && status.n && !control_status_known(status))
        domain_warn(x->d, "ORC-5 of order %zu is not known here: passed over", x->number);
    return c;
}

/* What the audit event and the journal say of the message: its first order, and how many there are. */
static void tell(struct op *op, struct receipt *r, const struct mapping *x, const struct order_result *o)
{
    struct audit_event *ev = op->event;
    if (o->created)
        ev->kind = AUDIT_ORDER_CREATE;
    if (ev->count++)
        return;
    ev->object_type = STR("Order");
    ev->object_id = o->order.rid ? domain_reference(r->d, &o->order) : STR("");
    ev->patient = o->patient.id;
    ev->study_uid = o->study_uid;
    struct str accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    if (!accession.n && o->order.rid)
        accession = field_read(r->d->arena, FIELD_ACCESSION_NUMBER, o->order.node);
    ev->accession = r->accession = accession;
}

static bool apply_step(struct op *op, struct receipt *r, struct mapping *x, struct err *e)
{
    struct order_result result;
    const struct control *c = read_control(x, e);
    if (!c || !map_run(x, e))
        return false;
    x->fields.state[FIELD_STEP_STATUS] = FIELD_ABSENT; /* a wish, not a value: the domain decides on it */
    if (!r->patient_id.n) {
        r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
        r->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    }
    struct order_request request = {.event = c->event,
                                    .step_status = str_of(c->step_status),
                                    .fields = &x->fields,
                                    .message_time = r->message_time};
    if (!order_apply(r->d, &request, &result, e))
        return false;
    tell(op, r, x, &result);
    return true;
}

static bool check_patients(const struct receipt *r, struct err *e)
{
    struct hl7_group all = hl7_all(r->m);
    bool none = !hl7_segment_find(&all, "PID", 1);
    if (!none && !hl7_segment_find(&all, "PID", 2))
        return true;
    if (none)
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
    else
        err_set(e, ERR_UNSUPPORTED,
                "orders of a second patient, or earlier results, in one message are not taken");
    return err_at(e, none ? "PID^1" : "PID^2");
}

bool orders_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    if (!check_patients(r, e))
        return false;
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    while (map_next(x)) {
        if (op->event->count == ORDERS_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d orders in one message", ORDERS_MAX);
        if (!apply_step(op, r, x, e)) {
            map_locate(x, e);
            return err_wrap(e, "order %zu", x->number);
        }
    }
    if (op->event->count)
        return true;
    err_set(e, ERR_REQUIRED, "the message has no order");
    return err_at(e, "ORC^1");
}
