/* ORM^O01, OMG^O19, OMI^O23: every order group of the message, all or nothing. What this server gave by itself is told
 * in the answer: as ERR segments that are no errors, or, when a number was asked for (SN), as an order answer. */
#include "hl7/net/net_priv.h"

#include <string.h>

#include "base/buf.h"

enum { ORDERS_MAX = 1000 };

struct ordering { /* over the groups of a message */
    struct op *op;
    struct receipt *r;
    struct mapping *x;
    struct str replaced_placer, replaced_filler; /* of the last order that was replaced */
    struct orders_answer *answer;                /* NULL: no number was asked for */
};

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
static void tell(struct ordering *g, const struct order_result *o)
{
    struct audit_event *ev = g->op->event;
    struct domain *d = g->r->d;
    if (o->created)
        ev->kind = AUDIT_ORDER_CREATE;
    if (ev->count++)
        return;
    ev->object_type = STR("Order");
    ev->object_id = o->order.rid ? domain_reference(d, &o->order) : STR("");
    ev->patient = o->patient.id;
    ev->study_uid = o->study_uid;
    struct str accession = fields_get(&g->x->fields, FIELD_ACCESSION_NUMBER);
    if (!accession.n && o->order.rid)
        accession = field_read(d->arena, FIELD_ACCESSION_NUMBER, o->order.node);
    ev->accession = g->r->accession = accession;
}

/* ---- what was given ---- */

static void note(struct ordering *g, enum field f, const char *words)
{
    struct receipt_answer *said = &g->r->answer;
    struct err at;
    if (said->notes == RECEIPT_NOTES_MAX)
        return;
    err_clear(&at);
    err_at(&at, "%s", field_row(f)->name);
    map_locate(g->x, &at);
    said->note[said->notes++] = (struct hl7_fault){.location = arena_str(g->op->arena, str_of(at.path)),
                                                   .severity = 'I',
                                                   .rule = STR("assigned"),
                                                   .value = fields_get(&g->x->fields, f),
                                                   .text = str_of(words)};
}

/* before: what the sender said of each field. */
static void tell_given(struct ordering *g, const unsigned char before[FIELDS], const struct order_result *o)
{
    static const struct {
        enum field field;
        const char *words;
    } given[] = {{FIELD_ACCESSION_NUMBER, "this server gave the accession number"},
                 {FIELD_STUDY_UID, "this server gave the Study Instance UID"},
                 {FIELD_PROCEDURE_ID, "this server gave the requested procedure id"},
                 {FIELD_STEP_ID, "this server gave the scheduled procedure step id"},
                 {FIELD_FILLER_ORDER, "this server gave the filler order number"},
                 {FIELD_PLACER_ORDER, "this server gave the placer order number"}};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        enum field f = given[i].field;
        if (f == FIELD_STUDY_UID && before[f] == FIELD_ABSENT && g->x->fields.state[f] == FIELD_SET)
            fields_set(&g->x->fields, f, o->study_uid); /* the one that stands: another order may share the study */
        if (before[f] == FIELD_ABSENT && g->x->fields.state[f] == FIELD_SET)
            note(g, f, given[i].words);
    }
}

/* ---- one group ---- */

/* RO without a parent of its own stands for the order that was replaced in front of it. */
static void name_replaced(struct ordering *g, const struct control *c)
{
    struct fields *f = &g->x->fields;
    if (c->event == ORDER_REPLACED) {
        g->replaced_placer = fields_get(f, FIELD_PLACER_ORDER);
        g->replaced_filler = fields_get(f, FIELD_FILLER_ORDER);
    }
    if (c->event != ORDER_REPLACEMENT || fields_get(f, FIELD_PARENT_PLACER).n || fields_get(f, FIELD_PARENT_FILLER).n)
        return;
    fields_set(f, FIELD_PARENT_PLACER, g->replaced_placer);
    fields_set(f, FIELD_PARENT_FILLER, g->replaced_filler);
}

static bool pass_over(struct ordering *g)
{
    domain_warn(g->r->d, "order %zu is an answer or a remark: kept, nothing is changed by it", g->x->number);
    g->op->event->count++;
    return true;
}

static bool apply_step(struct ordering *g, struct err *e)
{
    struct receipt *r = g->r;
    struct mapping *x = g->x;
    struct order_result result;
    unsigned char before[FIELDS];
    const struct control *c = read_control(x, e);
    if (!c || (c->event != ORDER_NOTHING && !map_run(x, e)))
        return false;
    if (c->event == ORDER_NOTHING)
        return pass_over(g);
    x->fields.state[FIELD_STEP_STATUS] = FIELD_ABSENT; /* a wish, not a value: the domain decides on it */
    if (!r->patient_id.n) {
        r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
        r->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    }
    name_replaced(g, c);
    memcpy(before, x->fields.state, sizeof before);
    struct order_request request = {.event = c->event,
                                    .step_status = str_of(c->step_status),
                                    .fields = &x->fields,
                                    .message_time = r->message_time};
    if (!order_apply(r->d, &request, &result, e))
        return false;
    tell(g, &result);
    tell_given(g, before, &result);
    if (g->answer)
        orders_answer_add(g->answer, x, c->event == ORDER_NUMBER, &result);
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
        err_set(e, ERR_UNSUPPORTED, "orders of a second patient, or earlier results, in one message are not taken");
    return err_at(e, none ? "PID^1" : "PID^2");
}

static bool apply_all(struct ordering *g, struct err *e)
{
    while (map_next(g->x)) {
        if (g->op->event->count == ORDERS_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d orders in one message", ORDERS_MAX);
        if (!apply_step(g, e)) {
            map_locate(g->x, e);
            return err_wrap(e, "order %zu", g->x->number);
        }
    }
    if (g->op->event->count)
        return true;
    err_set(e, ERR_REQUIRED, "the message has no order");
    return err_at(e, "ORC^1");
}

bool orders_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct ordering g = {.op = op, .r = r, .x = ARENA_NEW(op->arena, struct mapping)};
    struct orders_answer answer;
    if (!check_patients(r, e))
        return false;
    *g.x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (orders_answer_begin(&answer, r))
        g.answer = &answer;
    bool ok = apply_all(&g, e);
    return g.answer ? orders_answer_end(&answer, ok, e) : ok;
}
