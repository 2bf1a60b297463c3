/* ORU^R01: each OBR with what follows it is one report. When one OBR alone holds results, the others are further orders
 * it reports on (one reading of several accession numbers); so are further repetitions of OBR-18. */
#include "domain/report.h"
#include "domain/uid.h"
#include "hl7/net/net_priv.h"

enum { REPORTS_MAX = 200, ALSO_MAX = 32 };

struct reporting { /* over the groups of a message */
    struct op *op;
    struct receipt *r;
    struct mapping *x;
    bool combined; /* one group reports for all */
    struct report_also also[ALSO_MAX];
    size_t also_count;
};

static void tell(struct reporting *g, const struct report_result *o)
{
    struct audit_event *ev = g->op->event;
    if (ev->count++)
        return;
    ev->object_type = STR("Report");
    ev->object_id = domain_reference(g->r->d, &o->report);
    ev->patient = o->patient.id;
    ev->study_uid = fields_get(&g->x->fields, FIELD_STUDY_UID);
    ev->accession = fields_get(&g->x->fields, FIELD_ACCESSION_NUMBER);
}

/* ---- status ---- */

static bool from_result(const struct mapping *x)
{
    for (size_t i = 0; i < x->traces; i++)
        if (x->trace[i].field == FIELD_REPORT_STATUS)
            return x->trace[i].row->location[2] == 'X';
    return false;
}

/* OBR-25 decides; a final report of which a result was corrected is corrected, and without OBR-25 one result that is
 * preliminary makes the whole so. */
static void settle_status(struct mapping *x, const struct report_content *c)
{
    struct str status = fields_get(&x->fields, FIELD_REPORT_STATUS);
    if (c->withdrawn)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("entered-in-error"));
    else if (from_result(x) && c->preliminary)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("preliminary"));
    else if (str_is(status, "final") && c->corrected)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("corrected"));
    else if (from_result(x) && c->addendum)
        fields_set(&x->fields, FIELD_REPORT_STATUS, STR("final"));
}

void report_settle(struct mapping *x, const struct report_content *c)
{
    fields_set(&x->fields, FIELD_REPORT_TEXT, c->text);
    fields_set(&x->fields, FIELD_REPORT_CONCLUSION, c->conclusion);
    fields_set(&x->fields, FIELD_STUDY_UID, c->study_uid); /* what the result names wins over ZDS */
    settle_status(x, c);
}

static bool check_uid(const struct mapping *x, struct err *e)
{
    struct str uid = fields_get(&x->fields, FIELD_STUDY_UID);
    return !uid.n || uid_check(uid, e) || err_at(e, "STUDY_UID");
}

/* ---- several orders ---- */

static void add_also(struct reporting *g, const struct report_also *one)
{
    if (g->also_count == ALSO_MAX)
        domain_warn(g->r->d, "more than %d orders of one report: those behind are not tied to it", ALSO_MAX);
    else
        g->also[g->also_count++] = *one;
}

/* OBR-18 of one order may repeat. */
static void add_repeated(struct reporting *g)
{
    const struct hl7_segment *obr = hl7_segment_find(&g->x->group, "OBR", 1);
    struct str field = obr ? hl7_field(obr, 18) : STR_NONE;
    for (size_t i = 2; i <= hl7_repetitions(g->r->m, field); i++) {
        struct report_also one = {.accession = part_text(g->x, hl7_repetition(g->r->m, field, i), 1, 0)};
        if (one.accession.n)
            add_also(g, &one);
    }
}

static bool has_results(const struct mapping *x)
{
    return hl7_segment_find(&x->group, "OBX", 1) || hl7_segment_find(&x->group, "NTE", 1);
}

/* Look at all groups first: does one report for all? Then what the others name is kept. */
static bool look_ahead(struct reporting *g, struct err *e)
{
    size_t with = 0, without = 0;
    struct mapping *x = g->x;
    const struct mapping begin = *x;
    while (map_next(x))
        *(has_results(x) ? &with : &without) += 1;
    *x = begin;
    g->combined = with == 1 && without;
    while (g->combined && map_next(x)) {
        if (has_results(x))
            continue;
        if (!map_run(x, e))
            return map_locate(x, e);
        const struct report_also one = {.accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER),
                                        .accession_issuer = fields_get(&x->fields, FIELD_ACCESSION_ISSUER),
                                        .filler = fields_get(&x->fields, FIELD_FILLER_ORDER),
                                        .placer = fields_get(&x->fields, FIELD_PLACER_ORDER)};
        add_also(g, &one);
    }
    *x = begin;
    return true;
}

/* ---- one report ---- */

static bool apply_report(struct reporting *g, struct err *e)
{
    struct mapping *x = g->x;
    struct receipt *r = g->r;
    struct report_content *content = ARENA_NEW(r->d->arena, struct report_content);
    struct report_result result;
    if (!map_run(x, e) || !check_uid(x, e) || !report_content(x, content, e))
        return false;
    report_settle(x, content);
    if (!r->patient_id.n) {
        r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
        r->accession = fields_get(&x->fields, FIELD_ACCESSION_NUMBER);
    }
    size_t others = g->also_count;
    add_repeated(g);
    struct report_request request = {.fields = &x->fields,
                                     .document = content->document,
                                     .document_count = content->document_count,
                                     .also = g->also,
                                     .also_count = g->also_count,
                                     .flag = content->flag,
                                     .append = content->addendum,
                                     .amends = content->amends,
                                     .message_time = r->message_time};
    bool ok = report_apply(r->d, &request, &result, e);
    g->also_count = others;
    if (ok)
        tell(g, &result);
    return ok;
}

static bool apply_all(struct reporting *g, struct err *e)
{
    while (map_next(g->x)) {
        if (g->op->event->count == REPORTS_MAX)
            return err_set(e, ERR_TOO_LARGE, "more than %d reports in one message", REPORTS_MAX);
        if (g->combined && !has_results(g->x))
            continue;
        if (!apply_report(g, e)) {
            map_locate(g->x, e);
            return err_wrap(e, "report %zu", g->x->number);
        }
    }
    return true;
}

bool reports_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct reporting *g = ARENA_NEW(op->arena, struct reporting);
    *g = (struct reporting){.op = op, .r = r, .x = ARENA_NEW(op->arena, struct mapping)};
    *g->x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!look_ahead(g, e) || !apply_all(g, e))
        return false;
    if (op->event->count)
        return true;
    bool person = g->x->patient.m != NULL;
    err_set(e, ERR_REQUIRED, person ? "the message has no OBR segment" : "the message has no PID segment");
    return err_at(e, person ? "OBR^1" : "PID^1");
}
