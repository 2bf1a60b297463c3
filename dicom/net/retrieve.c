#include "dicom/net/retrieve.h"

#include <string.h>

#include "base/log.h"
#include "metrics/metrics.h"

enum {
    STATUS_UNCOUNTABLE = 0xA701, /* PS3.4 table C.4-2 */
    STATUS_UNABLE = 0xA702,
    STATUS_PARTLY = 0xB000,
    FAILED_MAX = 990 /* UIDs in a list: an explicit VR has room for no more */
};

/* ---- which objects ---- */

static void take(struct retrieve *r, const struct archive_answers *answers)
{
    r->n = answers->n;
    r->objects = ARENA_ARRAY(&r->session->arena, struct retrieve_object, r->n + 1);
    for (size_t i = 0; i < r->n; i++) {
        int64_t size = 0, header = 0;
        str_int(archive_get(answers, i, ARCHIVE_FILE_SIZE), &size);
        str_int(archive_get(answers, i, ARCHIVE_HEADER_SIZE), &header);
        r->objects[i] = (struct retrieve_object){.sop_uid = archive_get(answers, i, ARCHIVE_SOP_UID),
                                                 .sop_class = archive_get(answers, i, ARCHIVE_SOP_CLASS),
                                                 .syntax = archive_get(answers, i, ARCHIVE_TRANSFER_SYNTAX),
                                                 .file = archive_get(answers, i, ARCHIVE_FILE),
                                                 .view = archive_get(answers, i, ARCHIVE_VIEW),
                                                 .size = size,
                                                 .header_size = (int)header};
    }
}

static bool search(struct retrieve *r, struct op *op, struct err *e)
{
    static const enum archive_key asked[] = {ARCHIVE_SOP_UID,   ARCHIVE_SOP_CLASS,   ARCHIVE_TRANSFER_SYNTAX,
                                             ARCHIVE_FILE,      ARCHIVE_HEADER_SIZE, ARCHIVE_FILE_SIZE,
                                             ARCHIVE_STUDY_UID, ARCHIVE_PATIENT_ID,  ARCHIVE_VIEW};
    struct domain d = gate_domain(op);
    struct archive_query q = r->query;
    struct archive_answers answers;
    q.level = AT_INSTANCE;
    q.limit = RETRIEVE_MAX + 1;
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        q.asked[asked[i]] = true;
    if (!archive_find(&d, &q, &answers, e))
        return false;
    if (answers.n > RETRIEVE_MAX) {
        r->status = STATUS_UNCOUNTABLE;
        return err_set(e, ERR_TOO_COSTLY, "more than %d objects in one request", RETRIEVE_MAX);
    }
    r->study_uid = answers.n ? archive_get(&answers, 0, ARCHIVE_STUDY_UID) : STR("");
    r->patient_id = answers.n ? archive_get(&answers, 0, ARCHIVE_PATIENT_ID) : STR("");
    take(r, &answers);
    return true;
}

/* Which keys were given, for the audit trail: UIDs and one Patient ID. */
static struct str query_text(const struct retrieve *r, struct arena *a)
{
    struct buf b;
    buf_init(&b, 4096);
    buf_printf(&b, "QueryRetrieveLevel=%s", archive_level_name(r->query.level));
    for (int k = 0; k < ARCHIVE_KEYS; k++)
        for (size_t i = 0; i < r->query.key[k].n && !b.failed; i++)
            buf_printf(&b, "%s%.*s", i ? "\\" : " ", STR_ARG(r->query.key[k].v[i]));
    struct str text = arena_str(a, buf_view(&b));
    buf_release(&b);
    return text;
}

static void describe(struct op *op, const struct retrieve *r)
{
    archive_describe(op, &r->query);
    op->event->query = query_text(r, op->arena);
    if (!op->event->study_uid.n)
        op->event->study_uid = r->study_uid;
    if (!op->event->patient.n)
        op->event->patient = r->patient_id;
}

static bool begin(struct op *op, void *ctx, struct err *e)
{
    struct retrieve *r = ctx;
    r->status = 0;
    op->event->object_type = STR("Study");
    if (!archive_identifier(r->session, r->service, dicom_dataset_root(r->request), USE_RETRIEVE, &r->query, e))
        return false;
    describe(op, r);
    if (r->prepare && !r->prepare(r, op, e))
        return false;
    if (!search(r, op, e))
        return false;
    describe(op, r);
    op->event->count = (int64_t)r->n;
    if (r->command->move_destination[0])
        op->event->detail = arena_printf(op->arena, "to '%s'", r->command->move_destination);
    return true;
}

/* ---- counters and statuses ---- */

void retrieve_count(struct retrieve *r, struct retrieve_object *o, enum retrieve_outcome outcome, const struct err *why)
{
    o->outcome = outcome;
    r->counts.completed += outcome == OBJECT_SENT;
    r->counts.warning += outcome == OBJECT_WARNED;
    r->counts.failed += outcome == OBJECT_FAILED;
    if (outcome == OBJECT_FAILED && r->why.code == ERR_NONE)
        r->why = *why;
}

static uint16_t remaining(const struct retrieve *r, const struct dicom_counts *c)
{
    return (uint16_t)(r->n - c->completed - c->warning - c->failed);
}

bool retrieve_pending(const struct retrieve *r, const struct dicom_counts *counts)
{
    struct dicom_counts now = *counts;
    struct err e;
    err_clear(&e);
    now.remaining = remaining(r, counts);
    return dicom_respond_counts(r->session->association, r->command, STATUS_PENDING, &now, NULL, &e);
}

static uint16_t final_status(const struct retrieve *r)
{
    if (r->cancelled)
        return STATUS_CANCEL;
    if (r->n && r->counts.failed == r->n)
        return STATUS_UNABLE;
    return r->counts.failed || r->counts.warning ? STATUS_PARTLY : STATUS_SUCCESS;
}

/* The objects that did not arrive (0008,0058); NULL when all did. */
static struct dicom_dataset *failed_list(const struct retrieve *r)
{
    struct buf b;
    struct err e;
    int listed = 0;
    err_clear(&e);
    buf_init(&b, FAILED_MAX * DICOM_UID_SIZE);
    for (size_t i = 0; i < r->n && listed < FAILED_MAX; i++) {
        if (r->objects[i].outcome != OBJECT_FAILED && !(r->cancelled && r->objects[i].outcome == OBJECT_WAITING))
            continue;
        buf_puts(&b, listed++ ? "\\" : "");
        buf_str(&b, r->objects[i].sop_uid);
    }
    struct dicom_dataset *ds = listed ? dicom_dataset_new("", &e) : NULL;
    if (ds && !dicom_put(dicom_dataset_root(ds), TAG_FAILED_UIDS, buf_view(&b), &e))
        log_err("dimse", &e);
    buf_release(&b);
    return ds;
}

static bool respond(struct retrieve *r)
{
    struct session *s = r->session;
    struct dicom_counts counts = r->counts;
    struct err e;
    uint16_t status = final_status(r);
    struct dicom_dataset *ds = failed_list(r);
    err_clear(&e);
    counts.remaining = remaining(r, &r->counts);
    counts.comment = r->why.code ? err_said(&r->why) : NULL;
    session_count(s, r->service, status);
    if (status != STATUS_SUCCESS)
        log_info("dimse", "%s of '%s' ended with %04X: %d sent, %d failed: %s", r->service->act.request, s->who.name,
                 status, counts.completed + counts.warning, counts.failed, r->why.text);
    bool alive = dicom_respond_counts(s->association, r->command, status, &counts, ds, &e);
    dicom_dataset_free(ds);
    return alive;
}

/* ---- serving ---- */

/* What was sent, after it was: the event before the first byte told only what was going to be. */
static bool tell_end(struct op *op, void *ctx, struct err *e)
{
    const struct retrieve *r = ctx;
    (void)e;
    describe(op, r);
    op->event->count = r->counts.completed + r->counts.warning;
    op->event->outcome = final_status(r) == STATUS_SUCCESS ? AUDIT_SUCCESS : AUDIT_MINOR;
    op->event->detail = arena_printf(op->arena, "%s%s%s%d sent, %d with warning, %d failed%s",
                                     r->command->move_destination[0] ? "to '" : "", r->command->move_destination,
                                     r->command->move_destination[0] ? "': " : "", r->counts.completed,
                                     r->counts.warning, r->counts.failed, r->cancelled ? ", cancelled" : "");
    return true;
}

static void audit_end(struct retrieve *r)
{
    struct err e;
    struct service end = *r->service;
    err_clear(&e);
    end.act.audit = AUDIT_INSTANCES_SENT;
    end.act.tx = GATE_NONE;
    metrics_add(METRIC_INSTANCES_SENT, r->service->act.request, r->counts.completed + r->counts.warning);
    if (!session_gate_serve(r->session, &end, tell_end, r, &e))
        log_err("dimse", &e);
}

static bool refuse(struct retrieve *r, const struct err *why)
{
    if (r->status)
        return session_refuse(r->session, r->service, r->command, (struct refusal){.status = r->status}, why);
    return session_fail(r->session, r->service, r->command, why);
}

bool retrieve_serve(struct retrieve *r)
{
    struct session *s = r->session;
    struct err e;
    bool lost = false;
    err_clear(&e);
    r->request = dicom_receive_dataset(s->association, r->command, &lost, &e);
    if (!r->request) {
        session_bad_input(s, &e);
        return !lost && session_fail(s, r->service, r->command, &e);
    }
    bool begun = session_gate_serve(s, r->service, begin, r, &e);
    dicom_dataset_free(r->request);
    r->request = NULL;
    if (!begun)
        return refuse(r, &e);
    bool alive = !r->n || r->deliver(r);
    if (r->n)
        audit_end(r);
    return alive && respond(r);
}
