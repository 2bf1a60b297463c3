#include "domain/order_priv.h"

#include "domain/check.h"
#include "domain/link.h"
#include "domain/patient.h"
#include "domain/rule.h"
#include "domain/visit.h"
#include "domain/worklist.h"
#include "schema/queries.h"

struct step { /* a worklist row of the order, and its documents once read */
    int64_t task_rid, procedure_rid, patient_rid, message_time;
    struct str step_id, procedure_id, study_uid, status;
};

struct place {         /* where a request lands */
    int64_t order_rid; /* 0: no such order yet */
    struct step *step;
    size_t step_count;
    struct step *chosen; /* the step meant, NULL: a new one */
    int64_t replaced;    /* another order in whose place this one stands, 0: none */
};

/* ---- finding ---- */

static bool pick_order(const struct db_rows *rows, int64_t *ret_rid, struct err *e)
{
    static const char *const by_rank[] = {"filler", "placer", "accession"};
    *ret_rid = 0;
    for (size_t k = 0; k < 3; k++) {
        int64_t found = 0;
        int hits = 0;
        for (int i = 0; i < db_count(rows); i++)
            if (str_is(db_get(rows, i, 1), by_rank[k]))
                found = db_get_int(rows, i, 0), hits++;
        if (hits == 1 && *ret_rid && *ret_rid != found && k < 2)
            return err_set(e, ERR_CONFLICT, "filler and placer number belong to different orders");
        if (hits == 1 && !*ret_rid)
            *ret_rid = found;
    }
    return true;
}

static bool is_numbered(const struct fields *f)
{
    return fields_get(f, FIELD_FILLER_ORDER).n || fields_get(f, FIELD_PLACER_ORDER).n;
}

static struct db_args number_args(struct domain *d, const struct fields *f)
{
    static const enum field key[] = {FIELD_FILLER_ORDER,  FIELD_FILLER_ISSUER,    FIELD_PLACER_ORDER,
                                     FIELD_PLACER_ISSUER, FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER};
    struct db_args args = db_args(d->arena);
    for (size_t i = 0; i < 6; i++) {
        struct str s = fields_get(f, key[i]);
        if (is_numbered(f) && i >= 4)
            s = STR(""); /* accession numbers are shared by orders: only used when nothing better is given */
        db_text(&args, s.n ? s : STR(""));
    }
    return args;
}

bool order_find(struct domain *d, const struct fields *f, int64_t *ret_rid, struct err *e)
{
    struct db_args args = number_args(d, f);
    if (!is_numbered(f) && !fields_get(f, FIELD_ACCESSION_NUMBER).n) {
        err_set(e, ERR_REQUIRED, "neither placer order, filler order nor accession number");
        return err_at(e, "PLACER_ORDER");
    }
    const struct db_rows *rows = db_run(d->db, &Q_order_find_numbers, &args, e);
    return rows && pick_order(rows, ret_rid, e);
}

/* What order_apply is going to ask, in one round trip. */
static bool ask_ahead(struct domain *d, const struct fields *f, struct err *e)
{
    struct db_args numbers = number_args(d, f);
    struct str accession = fields_get(f, FIELD_ACCESSION_NUMBER), issuer = fields_get(f, FIELD_ACCESSION_ISSUER);
    db_ahead_begin(d->db); /* of an order before this one in the message */
    return patient_ahead(d, f, e) && db_ahead(d->db, &Q_order_find_numbers, &numbers, e) &&
           check_accession_ahead(d, accession, issuer, e) && visit_ahead(d, f, e) && order_docs_ahead(d, f, e);
}

static bool load_steps(struct domain *d, struct place *p, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, p->order_rid);
    const struct db_rows *rows = db_run(d->db, &Q_worklist_of_order, &args, e);
    if (!rows)
        return false;
    p->step_count = (size_t)db_count(rows);
    p->step = ARENA_ARRAY(d->arena, struct step, p->step_count + 1);
    for (size_t i = 0; i < p->step_count; i++)
        p->step[i] = (struct step){.task_rid = db_get_int(rows, (int)i, 0),
                                   .procedure_rid = db_get_int(rows, (int)i, 1),
                                   .patient_rid = db_get_int(rows, (int)i, 2),
                                   .step_id = arena_str(d->arena, db_get(rows, (int)i, 4)),
                                   .procedure_id = arena_str(d->arena, db_get(rows, (int)i, 5)),
                                   .study_uid = arena_str(d->arena, db_get(rows, (int)i, 6)),
                                   .status = arena_str(d->arena, db_get(rows, (int)i, 7)),
                                   .message_time = db_get_int(rows, (int)i, 8)};
    return true;
}

static bool find_place(struct domain *d, const struct fields *f, struct place *ret_place, struct err *e)
{
    struct place p = {0};
    struct str step_id = fields_get(f, FIELD_STEP_ID);
    if (!order_find(d, f, &p.order_rid, e) || (p.order_rid && !load_steps(d, &p, e)))
        return err_wrap(e, "look for the order");
    for (size_t i = 0; i < p.step_count && !p.chosen; i++)
        if (step_id.n ? str_eq(p.step[i].step_id, step_id) : p.step_count == 1)
            p.chosen = &p.step[i];
    *ret_place = p;
    return true;
}

/* ---- writing ---- */

static bool open_doc(struct domain *d, int64_t rid, const char *type, struct record_doc *ret_doc, struct err *e)
{
    if (!rid) {
        *ret_doc = *record_new(d->arena, type);
        ret_doc->department = d->department;
        return true;
    }
    return record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, ret_doc, e) && record_parse(d->arena, ret_doc, e);
}

static int64_t procedure_of(const struct place *p, const struct fields *f)
{
    struct str id = fields_get(f, FIELD_PROCEDURE_ID);
    if (p->chosen)
        return p->chosen->procedure_rid;
    for (size_t i = 0; i < p->step_count; i++)
        if (!id.n || str_eq(p->step[i].procedure_id, id))
            return p->step[i].procedure_rid;
    return 0;
}

static bool set_status(struct domain *d, struct record_doc *task, struct str status, struct err *e)
{
    return fhir_set(d->arena, task->node, "businessStatus.text", status, e) &&
           fhir_set(d->arena, task->node, "status", order_task_status(status), e);
}

static struct str wanted_status(const struct order_request *r, struct str now)
{
    switch (r->event) {
    case ORDER_CANCEL:
        return STR("CANCELED");
    case ORDER_DISCONTINUE:
        return STR("DISCONTINUED");
    case ORDER_REPLACED:
        return str_is(now, "STARTED") ? STR("DISCONTINUED") : STR("CANCELED");
    case ORDER_HOLD:
        return STR("HELD");
    case ORDER_RELEASE:
        return r->step_status.n ? r->step_status : STR("SCHEDULED");
    default:
        return r->step_status.n ? r->step_status : now;
    }
}

static bool write_task(struct domain *d, const struct order_request *r, struct order_result *o,
                       const struct record_doc *encounter, struct err *e)
{
    struct arena *a = d->arena;
    struct record_doc *task = &o->task;
    struct str device, start = fields_get(r->fields, FIELD_STEP_START);
    bool fresh = task->version == 0;
    if (fresh && !(set_status(d, task, STR("SCHEDULED"), e) && fhir_set(a, task->node, "intent", STR("plan"), e) &&
                   fhir_set(a, task->node, "basedOn[0].reference", domain_reference(d, &o->procedure), e) &&
                   fhir_set(a, task->node, "focus.reference", domain_reference(d, &o->order), e)))
        return false;
    struct str now = order_step_status(task->node), next = wanted_status(r, now);
    if (!order_transition(now, next, e))
        return false;
    if (!order_device(d, fields_get(r->fields, FIELD_STATION_AE), &device, e) ||
        !fields_write(a, r->fields, ENTITY_TASK, task->node, e) || !set_status(d, task, next, e) ||
        !fhir_set(a, task->node, "for.reference", domain_reference(d, &o->patient), e) ||
        (device.n && !fhir_set(a, task->node, "owner.reference", device, e)) ||
        (device.n && !fhir_set(a, task->node, "owner.identifier.system", STR("urn:isocentre:ae-title"), e)) ||
        (start.n && !fhir_set(a, task->node, "executionPeriod.start", start, e)) ||
        (encounter && !fhir_set(a, task->node, "encounter.reference", domain_reference(d, encounter), e)))
        return false;
    return record_put(d->db, a, task, e);
}

void order_tally_add(struct order_tally *t, struct str step_status)
{
    t->off += str_is(step_status, "CANCELED") || str_is(step_status, "DISCONTINUED");
    t->done += str_is(step_status, "COMPLETED");
    t->held += str_is(step_status, "HELD");
    t->all++;
}

struct str order_tally_status(const struct order_tally *t)
{
    if (t->all && t->off == t->all)
        return STR("revoked");
    if (t->all && t->off + t->done == t->all)
        return STR("completed");
    return t->held && t->held + t->off + t->done == t->all ? STR("on-hold") : STR("active");
}

/* The status of the order (procedure 0) or of one procedure. task: the chosen or new step, whose row is older than
 * it; NULL: the rows say all. */
static struct str request_status(const struct place *p, const struct record_doc *task, int64_t procedure)
{
    struct order_tally t = {0};
    for (size_t i = 0; i < p->step_count; i++)
        if (!(task && &p->step[i] == p->chosen) && (!procedure || p->step[i].procedure_rid == procedure))
            order_tally_add(&t, p->step[i].status);
    if (task)
        order_tally_add(&t, order_step_status(task->node));
    return order_tally_status(&t);
}

static bool write_requests(struct domain *d, const struct order_request *r, struct place *p, struct order_result *o,
                           struct err *e)
{
    if (!order_write_request(d, r->fields, &o->order, &o->patient, e) ||
        !order_relate(d, r, &o->order, &p->replaced, e) ||
        !order_write_procedure(d, r->fields, &o->procedure, &o->order, &o->patient, e))
        return false;
    return fhir_set(d->arena, o->order.node, "status", request_status(p, &o->task, 0), e) &&
           fhir_set(d->arena, o->procedure.node, "status", request_status(p, &o->task, o->procedure.rid), e);
}

static bool put_requests(struct domain *d, struct order_result *o, struct err *e)
{
    int before = o->order.version;
    if (!record_put(d->db, d->arena, &o->order, e) || !record_put(d->db, d->arena, &o->procedure, e))
        return false;
    return before == o->order.version || order_project(d, &o->order, e);
}

/* An existing order must be this patient's; another patient is a wrong order, not a change of one. */
static bool same_patient(const struct place *p, const struct order_result *o, struct err *e)
{
    if (!p->step_count || p->step[0].patient_rid == o->patient.rid)
        return true;
    rule_break(RULE_ORDER_PATIENT, e, "the order belongs to another patient");
    return err_at(e, "PATIENT_ID");
}

/* Only a number the sender brought: what this order has already was checked then. */
static bool check_number(struct domain *d, const struct order_request *r, const struct order_result *o, struct err *e)
{
    const struct fields *f = r->fields;
    struct str number = fields_get(f, FIELD_ACCESSION_NUMBER), issuer = fields_get(f, FIELD_ACCESSION_ISSUER);
    return check_accession(d, number, issuer, domain_reference(d, &o->patient), e) || err_at(e, "ACCESSION_NUMBER");
}

static bool write_group(struct domain *d, struct order_request *r, struct place *p, struct order_result *o,
                        struct err *e)
{
    struct worklist_docs docs = {.task = &o->task,
                                 .procedure = &o->procedure,
                                 .order = &o->order,
                                 .patient = &o->patient,
                                 .message_time = r->message_time};
    if (!check_number(d, r, o, e) || !open_doc(d, p->order_rid, "ServiceRequest", &o->order, e) ||
        !open_doc(d, procedure_of(p, r->fields), "ServiceRequest", &o->procedure, e) ||
        !open_doc(d, p->chosen ? p->chosen->task_rid : 0, "Task", &o->task, e))
        return false;
    struct str visit = fhir_text(o->task.node, "encounter.reference");
    if (!order_encounter(d, r->fields, visit, &o->patient, &docs.encounter, e))
        return false;
    if (!write_task(d, r, o, docs.encounter, e) || !write_requests(d, r, p, o, e) || !put_requests(d, o, e))
        return false;
    struct str uid = fields_get(r->fields, FIELD_STUDY_UID), own = p->chosen ? p->chosen->study_uid : STR_NONE;
    if (uid.n && own.n && !str_eq(uid, own) && !order_claims_study(d, &o->order, uid, &own, e))
        return err_at(e, "STUDY_UID");
    if (p->chosen)
        uid = own;
    const struct order_study wanted = {&o->order, &o->procedure, &o->patient, uid};
    if (!order_imaging_study(d, &wanted, &docs.imaging_study, e) || !worklist_project(d, &docs, e))
        return false;
    o->study_uid = field_read(d->arena, FIELD_STUDY_UID, docs.imaging_study->node);
    return true;
}

/* ---- events that end or hold steps ---- */

static bool has_ended(struct str status)
{
    return str_is(status, "COMPLETED") || str_is(status, "DISCONTINUED") || str_is(status, "CANCELED");
}

static bool any_open(const struct place *p)
{
    for (size_t i = 0; i < p->step_count; i++)
        if (!has_ended(p->step[i].status))
            return true;
    return false;
}

/* Steps that have ended stay as they are while another is open; when all have, the change is refused. */
static bool change_steps(struct domain *d, struct order_request *r, struct place *p, struct order_result *o,
                         struct err *e)
{
    struct str step_id = fields_get(r->fields, FIELD_STEP_ID);
    bool open = any_open(p);
    if (!open_doc(d, p->order_rid, "ServiceRequest", &o->order, e))
        return false;
    for (size_t i = 0; i < p->step_count; i++) {
        struct step *s = &p->step[i];
        if (p->step_count > 1 && step_id.n && !str_eq(step_id, s->step_id))
            continue;
        if (open && has_ended(s->status) && !(p->step_count > 1 && step_id.n))
            continue;
        struct str next = wanted_status(r, s->status);
        if (!order_transition(s->status, next, e))
            return err_at(e, "STEP_STATUS");
        if (!open_doc(d, s->task_rid, "Task", &o->task, e) || !set_status(d, &o->task, next, e) ||
            !record_put(d->db, d->arena, &o->task, e))
            return false;
        s->status = next;
        o->study_uid = s->study_uid;
    }
    for (size_t i = 0; i < p->step_count; i++) {
        int64_t rid = p->step[i].procedure_rid;
        if (!open_doc(d, rid, "ServiceRequest", &o->procedure, e) ||
            !fhir_set(d->arena, o->procedure.node, "status", request_status(p, NULL, rid), e) ||
            !record_put(d->db, d->arena, &o->procedure, e))
            return false;
    }
    if (!fhir_set(d->arena, o->order.node, "status", request_status(p, NULL, 0), e) ||
        !record_put(d->db, d->arena, &o->order, e))
        return false;
    return worklist_refresh(d, p->order_rid, e);
}

static bool is_older(const struct order_request *r, const struct place *p)
{
    for (size_t i = 0; i < p->step_count && r->message_time; i++)
        if ((!p->chosen || p->chosen == &p->step[i]) && p->step[i].message_time > r->message_time)
            return true;
    return false;
}

static bool is_whole(enum order_event event)
{
    return event == ORDER_PLACE || event == ORDER_CHANGE || event == ORDER_NUMBER || event == ORDER_REPLACEMENT;
}

/* A new step of an order that is here shares the order's numbers and, within its procedure, the study. */
static bool inherit(struct domain *d, struct order_request *r, const struct place *p, struct err *e)
{
    bool fresh_step = p->order_rid && !p->chosen;
    if (r->event != ORDER_NUMBER && !fresh_step)
        return true;
    if (!order_inherit(d, r, p->order_rid, e))
        return false;
    struct str id = fields_get(r->fields, FIELD_PROCEDURE_ID);
    for (size_t i = 0; i < p->step_count && fresh_step; i++) {
        if (id.n && !str_eq(id, p->step[i].procedure_id))
            continue;
        fields_set(r->fields, FIELD_PROCEDURE_ID, p->step[i].procedure_id);
        if (!fields_get(r->fields, FIELD_STUDY_UID).n)
            fields_set(r->fields, FIELD_STUDY_UID, p->step[i].study_uid);
        break;
    }
    return true;
}

/* The order in whose place the new one stands ends, unless the message ended it already. */
static bool end_replaced(struct domain *d, struct order_request *r, int64_t rid, struct err *e)
{
    struct place p = {.order_rid = rid};
    struct fields none = {.state = {0}};
    struct order_request end = {.event = ORDER_REPLACED, .fields = &none, .message_time = r->message_time};
    struct order_result o = {0};
    if (!rid)
        return true;
    return load_steps(d, &p, e) && (!any_open(&p) || change_steps(d, &end, &p, &o, e));
}

/* Of an order that is not here yet only its end is kept: what is meant by the rest can not be known. */
static bool come_early(struct domain *d, const struct order_request *r, const struct order_result *o,
                       struct order_result *ret_result, struct err *e)
{
    if (r->event != ORDER_CANCEL && r->event != ORDER_DISCONTINUE)
        return err_set(e, ERR_NOT_FOUND, "no such order"), err_at(e, "PLACER_ORDER");
    *ret_result = *o;
    return order_bury(d, r->fields, &o->patient, e);
}

/* The cancel came before the order. */
static bool cancel_if_buried(struct domain *d, const struct order_request *r, const struct fields *said,
                             struct order_result *o, struct err *e)
{
    struct place p = {.order_rid = o->order.rid};
    struct fields none = {.state = {0}};
    struct order_request end = {.event = ORDER_CANCEL, .fields = &none, .message_time = r->message_time};
    bool buried;
    if (!order_buried(d, said, &o->patient, &buried, e))
        return false;
    if (!buried)
        return true;
    domain_tell(d, "a cancel of this order came before it: it is recorded, and stays cancelled");
    return load_steps(d, &p, e) && change_steps(d, &end, &p, o, e);
}

bool order_apply(struct domain *d, struct order_request *r, struct order_result *ret_result, struct err *e)
{
    struct place p = {.order_rid = 0};
    struct order_result o = {0};
    const struct fields said = *r->fields; /* without the numbers that this server is going to give */
    if (!ask_ahead(d, r->fields, e) || !patient_apply(d, r->fields, PATIENT_UPDATE, &o.patient, NULL, e) ||
        !find_place(d, r->fields, &p, e) || !same_patient(&p, &o, e))
        return false;
    bool whole = is_whole(r->event), waits = false;
    if (!p.order_rid && !whole)
        return come_early(d, r, &o, ret_result, e);
    if (p.order_rid && is_older(r, &p)) {
        domain_warn(d, "older than what was applied before: kept, not applied");
        *ret_result = o;
        return true;
    }
    if (whole && !inherit(d, r, &p, e))
        return false;
    if (!order_complete(d, r, p.chosen != NULL || !whole, e) ||
        !(whole ? write_group(d, r, &p, &o, e) : change_steps(d, r, &p, &o, e)))
        return false;
    if (!end_replaced(d, r, p.replaced, e))
        return err_wrap(e, "end the replaced order");
    o.created = p.order_rid == 0;
    if (!link_number_waits(d, &o.order, o.study_uid, &waits, e) ||
        (waits && o.created && !cancel_if_buried(d, r, &said, &o, e)))
        return err_wrap(e, "what waits for the order");
    *ret_result = o;
    return !waits || link_order_arrived(d, &o.order, o.study_uid, e);
}

/* ---- from a ServiceRequest alone ---- */

struct numbers { /* of a ServiceRequest, as columns of order_identifier */
    struct str kind[4], value[4], issuer[4];
    size_t n;
};

static void add_number(struct domain *d, const struct record_doc *request, enum field value, enum field issuer,
                       const char *kind, struct numbers *to)
{
    struct str text = field_read(d->arena, value, request->node);
    struct str from = field_read(d->arena, issuer, request->node);
    if (!text.n)
        return;
    to->kind[to->n] = str_of(kind);
    to->value[to->n] = text;
    to->issuer[to->n++] = from.n ? from : STR("");
}

bool order_project(struct domain *d, const struct record_doc *request, struct err *e)
{
    struct numbers own = {.n = 0};
    if (!request->deleted) {
        add_number(d, request, FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER, "filler", &own);
        add_number(d, request, FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER, "placer", &own);
        add_number(d, request, FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER, "accession", &own);
    }
    struct db_args args = db_args(d->arena);
    db_int(&args, request->rid);
    if (request->version > 1 && !db_send(d->db, &Q_order_identifier_clear, &args, e))
        return false;
    db_texts(&args, own.kind, own.n);
    db_texts(&args, own.value, own.n);
    db_texts(&args, own.issuer, own.n);
    return !own.n || db_send(d->db, &Q_order_identifier_put, &args, e);
}
