/* C-STORE: bytes go to a staged file while they are hashed and guarded; the header alone is parsed; the file's sync
 * runs while PostgreSQL indexes; success is sent after the commit. */
#include "dicom/net/net_priv.h"

#include <string.h>

#include "base/failpoint.h"
#include "dicom/net/header.h"
#include "domain/study.h"
#include "metrics/metrics.h"
#include "tls/tls.h"

struct receipt { /* one object on its way in */
    struct session *session;
    struct files_stage *stage;
    struct dicom_guard *guard;
    struct tls_sha256_stream hash;
    struct fields fields;
    struct study_instance instance;
    enum study_outcome outcome;
};

static bool take_bytes(void *ctx, const void *bytes, size_t n, struct err *e)
{
    struct receipt *r = ctx;
    tls_sha256_update(&r->hash, bytes, n);
    return files_stage_write(r->stage, bytes, n, e) && dicom_guard_feed(r->guard, bytes, n, e);
}

static bool write_header(struct receipt *r, const struct dicom_command *c, struct err *e)
{
    struct buf b;
    buf_init(&b, DICOM_PART10_HEADER_MAX);
    bool ok = dicom_part10_header(c->sop_class_uid, c->sop_instance_uid, c->transfer_syntax, r->session->who.name, &b, e) &&
              files_stage_write(r->stage, b.p, b.n, e);
    r->instance.header_size = (int)b.n;
    buf_release(&b);
    return ok;
}

static bool open_receipt(struct receipt *r, const struct dicom_command *c, struct err *e)
{
    tls_sha256_init(&r->hash);
    if (!dicom_uid_check(str_of(c->sop_instance_uid), true, e) || !dicom_uid_check(str_of(c->sop_class_uid), true, e))
        return err_wrap(e, "affected SOP UIDs");
    r->guard = dicom_guard_new(c->transfer_syntax, NULL, e);
    r->stage = r->guard ? files_stage_new(gate_files(session_gate(r->session)), e) : NULL;
    return r->stage && write_header(r, c, e);
}

static void close_receipt(struct receipt *r, bool committed)
{
    files_stage_free(r->stage, committed && r->outcome == STUDY_STORED);
    dicom_guard_free(r->guard);
    tls_sha256_release(&r->hash);
}

/* The command and the data set must speak of the same object. */
static bool check_identity(const struct receipt *r, const struct dicom_command *c, struct err *e)
{
    if (!str_is(fields_get(&r->fields, FIELD_SOP_UID), c->sop_instance_uid))
        return err_set(e, ERR_REQUIRED, "SOP Instance UID of command and data set differ");
    if (!str_is(fields_get(&r->fields, FIELD_SOP_CLASS), c->sop_class_uid))
        return err_set(e, ERR_REQUIRED, "SOP Class UID of command and data set differ");
    return true;
}

static bool read_header(struct receipt *r, const struct dicom_command *c, struct err *e)
{
    struct arena *a = &r->session->arena;
    if (!dicom_guard_end(r->guard, e))
        return false;
    const struct dicom_guard_facts *facts = dicom_guard_facts(r->guard);
    if (facts->bulk_short)
        return err_set(e, ERR_STRUCTURE, "the object ends inside its pixel data");
    struct dicom_dataset *ds = dicom_dataset_parse(dicom_guard_header(r->guard), dicom_guard_syntax(r->guard), e);
    bool ok = ds && dicom_header_read(dicom_dataset_root(ds), a, &r->fields, e) && check_identity(r, c, e);
    dicom_dataset_free(ds);
    r->instance.fields = &r->fields;
    r->instance.transfer_syntax = str_of(c->transfer_syntax);
    r->instance.file = str_of(files_stage_name(r->stage));
    r->instance.calling_ae = str_of(r->session->who.name);
    r->instance.size = files_stage_size(r->stage);
    r->instance.pixel_offset = facts->bulk_tag ? (int64_t)facts->bulk_offset + r->instance.header_size : 0;
    return ok;
}

static bool store(struct op *op, void *ctx, struct err *e)
{
    struct receipt *r = ctx;
    struct domain d = gate_domain(op);
    op->event->object_type = STR("Study");
    op->event->object_id = fields_get(&r->fields, FIELD_SOP_UID);
    op->event->study_uid = fields_get(&r->fields, FIELD_STUDY_UID);
    op->event->patient = fields_get(&r->fields, FIELD_PATIENT_ID);
    op->event->accession = fields_get(&r->fields, FIELD_ACCESSION_NUMBER);
    op->event->count = 1;
    return study_store_start(&d, &r->instance, e) && files_stage_sync(r->stage, e) &&
           study_store_finish(&d, &r->instance, &r->outcome, e);
}

static bool receive(struct receipt *r, const struct dicom_command *c, bool *ret_alive, struct err *e)
{
    bool drained = true;
    bool ready = open_receipt(r, c, e);
    struct err later;
    err_clear(&later);
    /* Even an object that can not be kept is read to its end, so that the refusal reaches the sender. */
    bool whole = ready ? dicom_receive_data(r->session->association, c->context_id, UINT64_MAX, take_bytes, r, &drained, e)
                       : (dicom_receive_data(r->session->association, c->context_id, UINT64_MAX, NULL, NULL, &drained,
                                             &later) ||
                          drained);
    *ret_alive = whole || drained;
    if (!ready || !whole)
        return false;
    tls_sha256_final(&r->hash, r->instance.sha256);
    failpoint("store.received");
    return read_header(r, c, e);
}

bool service_store(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct receipt *r = ARENA_NEW(&s->arena, struct receipt);
    struct err e;
    bool alive = true;
    err_clear(&e);
    r->session = s;
    if (!dicom_has_dataset(command)) {
        err_set(&e, ERR_REQUIRED, "a C-STORE without data set");
        return session_fail(s, service, command, &e);
    }
    if (!receive(r, command, &alive, &e)) {
        close_receipt(r, false);
        session_bad_input(s, &e);
        return alive && session_fail(s, service, command, &e);
    }
    bool stored = session_gate_serve(s, service, store, r, &e);
    close_receipt(r, stored);
    if (!stored)
        return session_fail(s, service, command, &e);
    metrics_add(METRIC_INSTANCES_STORED, NULL, 1);
    metrics_add(METRIC_INSTANCE_BYTES, NULL, r->instance.size);
    failpoint("store.before_response");
    return session_answer(s, service, command, 0x0000);
}
