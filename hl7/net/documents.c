/* MDM^T01–T11: a document's notification is a report too. Its number (TXA-12) makes it known again; an addendum and a
 * replacement name what they belong to (TXA-13). Notifications without content change the status only. */
#include <string.h>

#include "hl7/net/net_priv.h"

static const struct act {
    const char *trigger;
    bool content, append, corrects, withdraws;
} acts[] = {
    {"MDM^T01", false, false, false, false}, {"MDM^T02", true, false, false, false},
    {"MDM^T03", false, false, false, false}, {"MDM^T04", true, false, false, false},
    {"MDM^T05", false, false, false, false}, {"MDM^T06", true, true, false, false},
    {"MDM^T07", false, false, true, false},  {"MDM^T08", true, false, true, false},
    {"MDM^T09", false, false, true, false},  {"MDM^T10", true, false, true, false},
    {"MDM^T11", false, false, false, true},
};

static const struct act *act_of(const struct receipt *r)
{
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (strcmp(acts[i].trigger, r->trigger->name) == 0)
            return &acts[i];
    return NULL;
}

static bool read_number(struct mapping *x, struct report_request *q, struct err *e)
{
    const struct hl7_segment *txa = map_segment(x, "TXA");
    if (!txa) {
        err_set(e, ERR_REQUIRED, "the message has no TXA segment");
        return err_at(e, "TXA^1");
    }
    q->number = part_text(x, hl7_repetition(x->m, hl7_field(txa, 12), 1), 1, 0);
    q->parent = part_text(x, hl7_repetition(x->m, hl7_field(txa, 13), 1), 1, 0);
    if (q->number.n)
        return true;
    err_set(e, ERR_REQUIRED, "the document has no number");
    return err_at(e, "TXA^1^12");
}

static void set_status(struct mapping *x, const struct act *act)
{
    struct str status = fields_get(&x->fields, FIELD_REPORT_STATUS);
    if (act->withdraws)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("entered-in-error"));
    else if (act->corrects && str_is(status, "final"))
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("corrected"));
}

static bool apply(struct receipt *r, struct mapping *x, struct report_result *ret_result, struct err *e)
{
    const struct act *act = act_of(r);
    struct report_content *c = ARENA_NEW(r->d->arena, struct report_content);
    struct report_request q = {.fields = &x->fields, .message_time = r->message_time};
    if (!act)
        return err_set(e, ERR_INTERNAL, "no act for '%s'", r->trigger->name);
    if (!map_run(x, e) || !read_number(x, &q, e) || (act->content && !report_content(x, c, e)))
        return false;
    if (act->content)
        report_settle(x, c);
    set_status(x, act);
    q.document = c->document;
    q.document_count = c->document_count;
    q.flag = c->flag;
    q.append = act->append || c->addendum;
    q.amends = c->amends;
    return report_apply(r->d, &q, ret_result, e);
}

bool documents_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct report_result o;
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    struct hl7_group all = hl7_all(r->m);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!hl7_segment_find(&all, "PID", 1)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_next(x) || !apply(r, x, &o, e))
        return map_locate(x, e);
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    r->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    op->event->object_type = STR("Report");
    op->event->object_id = domain_reference(r->d, &o.report);
    op->event->patient = o.patient.id;
    op->event->accession = r->accession;
    return true;
}
