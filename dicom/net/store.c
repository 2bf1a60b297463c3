/* C-STORE: bytes go to a staged file while they are hashed and guarded; the header alone is parsed; the file's sync
 * runs while PostgreSQL indexes; success is sent after the commit. */
#include "dicom/net/net_priv.h"

#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "dicom/leave/change.h"
#include "dicom/net/coerce.h"
#include "dicom/net/header.h"
#include "dicom/out/out.h"
#include "domain/rejection.h"
#include "domain/study.h"
#include "metrics/metrics.h"
#include "schema/queries.h"
#include "tls/tls.h"

struct receipt { /* one object on its way in */
    struct session *session;
    const struct dicom_command *command;
    struct files_stage *stage;
    struct dicom_guard *guard;
    struct tls_sha256_stream hash;
    struct dicom_dataset *header;
    bool coerced; /* the rules were asked */
    struct coercion told;
    struct fields fields;
    struct study_more more;
    struct study_instance instance;
    enum study_outcome outcome;
    bool handed_over; /* all is said to the database: its commit may come, even when we do not hear of it */
    struct err why;   /* of an object that can not be kept */
};

/* ---- receiving ---- */

static bool take_bytes(void *ctx, const void *bytes, size_t n, struct err *e)
{
    struct receipt *r = ctx;
    tls_sha256_update(&r->hash, bytes, n);
    return files_stage_write(r->stage, bytes, n, e) && dicom_guard_feed(r->guard, bytes, n, e);
}

static bool write_header(struct receipt *r, struct err *e)
{
    const struct dicom_command *c = r->command;
    struct buf b;
    buf_init(&b, DICOM_PART10_HEADER_MAX);
    bool ok =
        dicom_part10_header(c->sop_class_uid, c->sop_instance_uid, c->transfer_syntax, r->session->who.name, &b, e) &&
        files_stage_write(r->stage, b.p, b.n, e);
    r->instance.header_size = (int)b.n;
    buf_release(&b);
    return ok;
}

/* A context of one class does not open the door to another. */
static bool check_command(struct session *s, const struct dicom_command *c, struct err *e)
{
    const struct service *service = admit_service(s, c->sop_class_uid, DICOM_C_STORE_RQ);
    if (!dicom_uid_check(str_of(c->sop_instance_uid), true, e))
        return err_wrap(e, "affected SOP Instance UID");
    if (!service)
        return err_set(e, ERR_UNSUPPORTED, "affected SOP Class is no storage class");
    return admit_listed(s->who.peer.sop_classes, c->sop_class_uid) ||
           err_set(e, ERR_FORBIDDEN, "affected SOP Class is not open to this peer");
}

static bool open_receipt(struct receipt *r, struct err *e)
{
    if (!check_command(r->session, r->command, e))
        return false;
    r->guard = dicom_guard_new(r->command->transfer_syntax, NULL, e);
    r->stage = r->guard ? files_stage_new(gate_files(r->session->config->gate), e) : NULL;
    return r->stage && write_header(r, e);
}

/* The file stays when a committed row names it, or may name it: a failed commit can have reached the database. What no
 * row names the sweep removes. */
static void close_receipt(struct receipt *r)
{
    bool needed = r->outcome != STUDY_DUPLICATE && r->outcome != STUDY_KEPT;
    files_stage_free(r->stage, r->handed_over && needed);
    dicom_dataset_free(r->header);
    dicom_guard_free(r->guard);
    tls_sha256_release(&r->hash);
}

/* The command and the data set must speak of the same object. */
static bool check_identity(const struct receipt *r, struct err *e)
{
    if (!str_is(fields_get(&r->fields, FIELD_SOP_UID), r->command->sop_instance_uid))
        return err_set(e, ERR_REQUIRED, "SOP Instance UID of command and data set differ");
    if (!str_is(fields_get(&r->fields, FIELD_SOP_CLASS), r->command->sop_class_uid))
        return err_set(e, ERR_REQUIRED, "SOP Class UID of command and data set differ");
    return true;
}

static enum study_duplicates duplicates_of(const struct session *s)
{
    static const char *const words[] = {"reject", "keep", "replace", "quarantine"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(s->who.peer.duplicates, words[i]) == 0)
            return (enum study_duplicates)i;
    return s->config->duplicates;
}

static void fill_instance(struct receipt *r)
{
    const struct dicom_guard_facts *facts = dicom_guard_facts(r->guard);
    struct study_instance *i = &r->instance;
    bool deflated = strcmp(r->command->transfer_syntax, DICOM_DEFLATED_LE) == 0; /* offsets in it mean nothing */
    i->fields = &r->fields;
    i->more = &r->more;
    i->transfer_syntax = str_of(r->command->transfer_syntax);
    i->file = str_of(files_stage_name(r->stage));
    i->calling_ae = str_of(r->session->who.name);
    i->size = files_stage_size(r->stage);
    i->duplicates = duplicates_of(r->session);
    i->pixel_offset = facts->bulk_tag && !deflated ? (int64_t)facts->bulk_offset + i->header_size : 0;
}

static bool take_fields(struct receipt *r, struct err *e)
{
    const struct dicom_item *root = dicom_dataset_root(r->header);
    r->fields = (struct fields){.state = {0}};
    if (!dicom_header_read(root, &r->session->arena, &r->fields, e))
        return false;
    dicom_header_more(root, &r->session->arena, &r->more);
    return true;
}

static bool read_header(struct receipt *r, struct err *e)
{
    if (!dicom_guard_end(r->guard, e))
        return false;
    if (dicom_guard_facts(r->guard)->bulk_short)
        return err_set(e, ERR_STRUCTURE, "the object ends inside its pixel data");
    r->header = dicom_dataset_parse(dicom_guard_header(r->guard), dicom_guard_syntax(r->guard), e);
    if (!r->header || !take_fields(r, e) || !check_identity(r, e))
        return false;
    if (r->more.rejection && dicom_guard_facts(r->guard)->header_cut) /* some of what it names was not read */
        return err_set(e, ERR_TOO_LARGE, "a rejection note with so many references; several notes would do");
    fill_instance(r);
    return true;
}

/* Even an object that can not be kept is read to its end, so that the refusal reaches the sender. */
static bool receive(struct receipt *r, bool *ret_alive, struct err *e)
{
    struct err later;
    err_clear(&later);
    bool ready = open_receipt(r, e), drained = false;
    bool whole = dicom_receive_data(r->session->association, r->command->context_id, ready ? take_bytes : NULL, r,
                                    &drained, ready ? e : &later);
    *ret_alive = whole || drained;
    if (!ready || !whole)
        return false;
    tls_sha256_final(&r->hash, r->instance.sha256);
    if (failpoint("store.received"))
        return err_set(e, ERR_INTERNAL, "failpoint store.received");
    return read_header(r, e);
}

/* ---- storing ---- */

static void describe(struct op *op, const struct receipt *r)
{
    struct str uid = str_of(r->command->sop_instance_uid);
    op->event->object_type = STR("Study");
    op->event->object_id = dicom_uid_check(uid, true, NULL) ? uid : STR("");
    op->event->study_uid = fields_get(&r->fields, FIELD_STUDY_UID);
    op->event->patient = fields_get(&r->fields, FIELD_PATIENT_ID);
    op->event->accession = fields_get(&r->fields, FIELD_ACCESSION_NUMBER);
    op->event->count = 1;
}

/* Two objects under one UID: one of them lies about what it is. */
static void alert(struct op *op, enum study_outcome outcome)
{
    static const char *const told[] = {[STUDY_KEPT] = "other bytes under the UID were dropped, the first stay",
                                       [STUDY_REPLACED] =
                                           "other bytes took the place of the first, which are set aside",
                                       [STUDY_QUARANTINED] = "other bytes under the UID were set aside"};
    struct audit_event ev = *op->event;
    if (outcome == STUDY_STORED || outcome == STUDY_DUPLICATE)
        return;
    ev.kind = AUDIT_INSTANCE_CONFLICT;
    ev.outcome = AUDIT_SERIOUS;
    ev.detail = str_of(told[outcome]);
    log_warning("dimse", "'%s' sent another object under the UID '%.*s': %s", op->who->name, STR_ARG(ev.object_id),
                told[outcome]);
    gate_event_keep(op, &ev);
}

/* What rules make of the object is what the index says of it; the object itself stays as it came. */
static bool as_told(struct receipt *r, struct op *op, const struct domain *d, struct err *e)
{
    const struct coerced_by by = {str_of(r->session->who.name), d->department};
    bool changed;
    if (r->coerced) /* the work is done again */
        return true;
    if (!coerce(op->db, &by, dicom_dataset_root(r->header), &r->session->arena, &r->told, e))
        return false;
    r->coerced = true;
    return !r->told.view.n || (leave_change_dataset(r->header, r->told.view, &changed, e) && take_fields(r, e));
}

static bool keep_told(struct receipt *r, struct op *op, struct err *e)
{
    struct db_args args = db_args(op->arena);
    if (!r->told.view.n)
        return true;
    db_text(&args, fields_get(&r->fields, FIELD_SOP_UID));
    db_text(&args, r->told.rules);
    db_text(&args, r->told.changes);
    return db_run(op->db, &Q_coercion_put, &args, e) != NULL;
}

/* A note that hides is an act of its own in the trail. */
static void tell_rejection(struct op *op, const struct receipt *r)
{
    const struct rejection_said *said = r->more.rejection;
    struct audit_event ev = *op->event;
    if (!said || r->outcome != STUDY_STORED)
        return;
    ev.kind = AUDIT_INSTANCES_REJECT;
    ev.count = (int)said->count;
    ev.detail = arena_printf(op->arena, "title %.*s", STR_ARG(said->code));
    gate_event_keep(op, &ev);
}

static bool store(struct op *op, void *ctx, struct err *e)
{
    struct receipt *r = ctx;
    struct domain d = gate_domain(op);
    r->handed_over = false;
    if (!as_told(r, op, &d, e))
        return false;
    describe(op, r);
    r->handed_over = study_store_start(&d, &r->instance, e) && files_stage_sync(r->stage, e) &&
                     study_store_finish(&d, &r->instance, &r->outcome, e);
    if (r->handed_over && (r->outcome == STUDY_STORED || r->outcome == STUDY_REPLACED))
        r->handed_over = keep_told(r, op, e) &&
                         dicom_out_arrived(op->db, op->arena, fields_get(&r->fields, FIELD_SOP_UID), e);
    if (!r->handed_over) {
        if (e->code == ERR_CONFLICT)
            op->event->kind = AUDIT_INSTANCE_CONFLICT;
        return false;
    }
    alert(op, r->outcome);
    tell_rejection(op, r);
    return r->handed_over;
}

/* A refused object is an act of this sender too, and leaves its event. */
static bool refuse(struct op *op, void *ctx, struct err *e)
{
    struct receipt *r = ctx;
    describe(op, r);
    *e = r->why;
    return false;
}

bool service_store(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct receipt *r = ARENA_NEW(&s->arena, struct receipt);
    struct err e;
    bool alive = true;
    err_clear(&e);
    r->session = s;
    r->command = command;
    tls_sha256_init(&r->hash);
    bool received = dicom_has_dataset(command) ? receive(r, &alive, &r->why)
                                               : err_set(&r->why, ERR_REQUIRED, "a C-STORE without data set");
    if (!received && r->why.code == ERR_STRUCTURE)
        session_bad_input(s, &r->why);
    bool stored = session_gate_serve(s, service, received ? store : refuse, r, &e);
    close_receipt(r);
    if (!stored)
        return alive && session_fail(s, service, command, &e);
    metrics_add(METRIC_INSTANCES_STORED, NULL, 1);
    metrics_add(METRIC_INSTANCE_BYTES, NULL, r->instance.size);
    failpoint("store.before_response");
    return session_answer(s, service, command, STATUS_SUCCESS);
}
