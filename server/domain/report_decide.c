/* A person decides what a report is about, where the ladder was wrong or had nothing to stand on. It stays so until a
 * person gives the report back to the ladder. */
#include "domain/link.h"
#include "domain/report.h"
#include "domain/rule.h"
#include "schema/queries.h"

/* The order must be the report's patient's. */
static bool order_of(struct domain *d, const struct record_doc *report, struct str reference, int64_t *ret_order,
                     struct err *e)
{
    struct record_doc order;
    bool found;
    if (!domain_follow(d, reference, &order, &found, e))
        return false;
    if (!found || !str_is(order.type, "ServiceRequest"))
        return err_set(e, ERR_NOT_FOUND, "no such order");
    if (!str_eq(fhir_text(order.node, "subject.reference"), fhir_text(report->node, "subject.reference")))
        return rule_break(RULE_REPORT_PATIENT, e, "the order is another patient's; correct or merge the patient first");
    *ret_order = order.rid;
    return true;
}

static bool unlink_report(struct domain *d, struct record_doc *report, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report->rid);
    db_text(&args, STR("unlinked by a person"));
    fhir_remove(report->node, "basedOn");
    fhir_remove(report->node, "imagingStudy");
    return db_send(d->db, &Q_report_unlink, &args, e) && record_put(d->db, d->arena, report, e);
}

bool report_decide(struct domain *d, struct str id, enum report_decision what, struct str order, struct err *e)
{
    static const char *const words[] = {[REPORT_UNLINK] = "unlinked", [REPORT_LINK] = "order", [REPORT_LADDER] = ""};
    struct record_key key = {.access = d->access, .type = STR("DiagnosticReport"), .id = id, .lock = RECORD_UPDATE};
    struct record_doc report;
    struct db_args args = db_args(d->arena);
    bool found;
    int64_t rid = 0;
    if (!record_find(d->db, d->arena, key, &report, &found, e))
        return false;
    if (!found || report.deleted)
        return err_set(e, ERR_NOT_FOUND, "no such report");
    if (!record_parse(d->arena, &report, e) || (what == REPORT_LINK && !order_of(d, &report, order, &rid, e)))
        return false;
    db_int(&args, report.rid);
    db_text(&args, str_of(words[what]));
    db_int(&args, rid);
    if (!db_send(d->db, &Q_report_decide, &args, e) || !unlink_report(d, &report, e))
        return false;
    return what == REPORT_UNLINK || link_report(d, report.rid, e);
}
