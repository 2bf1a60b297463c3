/* ORU^R01: each OBR with what follows it is one report. */
#include "domain/report.h"
#include "domain/uid.h"
#include "hl7/net/net_priv.h"

enum { REPORTS_MAX = 200 };

static void tell(struct op *op, struct receipt *r, const struct mapping *x, const struct report_result *o)
{
    struct audit_event *ev = op->event;
    if (ev->count++)
        return;
    ev->object_type = STR("Report");
    ev->object_id = domain_reference(r->d, &o->report);
    ev->patient = o->patient.id;
    ev->study_uid = fields_get(&x->fields, FIELD_STUDY_UID);
    ev->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
}

static void add_content(struct mapping *x, const struct report_content *c)
{
    fields_set(&x->fields, FIELD_REPORT_TEXT, c->text);
    fields_set(&x->fields, FIELD_REPORT_CONCLUSION, c->conclusion);
    fields_set(&x->fields, FIELD_STUDY_UID, c->study_uid); /* what the result names wins over ZDS */
    if (c->withdrawn)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("entered-in-error"));
}

static bool check_uid(const struct mapping *x, struct err *e)
{
    struct str uid = fields_get(&x->fields, FIELD_STUDY_UID);
    return !uid.n || uid_check(uid, e) || err_at(e, "STUDY_UID");
}

static bool apply_report(struct op *op, struct receipt *r, struct mapping *x, struct err *e)
{
    struct report_content content;
    struct report_result result;
    if (!map_run(x, e) || !check_uid(x, e) || !report_content(x, &content, e))
        return false;
    add_content(x, &content);
    if (!r->patient_id.n) {
        r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
        r->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    }
    struct report_request request = {
        .fields = &x->fields, .pdf = content.pdf, .message_time = r->message_time};
    if (!report_apply(r->d, &request, &result, e))
        return false;
    tell(op, r, x, &result);
    return true;
}

bool reports_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    while (map_next(x)) {
        if (op->event->count == REPORTS_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d reports in one message", REPORTS_MAX);
        if (!apply_report(op, r, x, e)) {
            map_locate(x, e);
            return err_wrap(e, "report %zu", x->number);
        }
    }
    if (op->event->count)
        return true;
    bool person = x->patient.m != NULL;
    err_set(e, ERR_REQUIRED, person ? "the message has no OBR segment" : "the message has no PID segment");
    return err_at(e, person ? "OBR^1" : "PID^1");
}
