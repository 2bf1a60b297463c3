#include "association_priv.h"

#include <algorithm>
#include <cstring>

#include "command_priv.h"

static void take_release(dicom_association *a)
{
    a->wire->allow_ms(int64_t(a->timeouts.acse) * 1000);
    ASC_acknowledgeRelease(a->asc);
    /* The requester closes first; otherwise the answer could be lost with the socket. */
    ASC_dropSCPAssociation(a->asc, 1);
    a->released = true;
    a->state = STATE_CLOSED;
}

/* DCMTK handed out its fragments: fetch the next PDU. */
static bool pdu_read(dicom_association *a, int64_t wait_ms, struct err *e)
{
    if (!a->wire->wait_readable(wait_ms)) {
        if (a->wire->interrupted())
            return err_set(e, ERR_UNAVAILABLE, "wait for the peer: shutting down");
        return err_set(e, ERR_TIMEOUT, "wait for the peer: nothing came");
    }
    a->wire->allow_ms(int64_t(a->timeouts.dimse) * 1000);
    OFCondition c = DUL_ReadPDVs(&a->asc->DULassociation, nullptr, DUL_NOBLOCK, a->timeouts.dimse);
    if (c == DUL_PEERREQUESTEDRELEASE) {
        take_release(a);
        return true;
    }
    if (c.bad() && c != DUL_PDATAPDUARRIVED) {
        if (c == DUL_PEERABORTEDASSOCIATION || c == DUL_NETWORKCLOSED)
            a->state = STATE_CLOSED;
        return association_fail(a, c, "read from the peer", e);
    }
    return true;
}

bool pdv_next(dicom_association *a, int64_t wait_ms, DUL_PDV *ret_pdv, struct err *e)
{
    if (a->state != STATE_OPEN)
        return err_set(e, ERR_UNAVAILABLE, "the association is closed");
    *ret_pdv = DUL_PDV();
    if (DUL_NextPDV(&a->asc->DULassociation, ret_pdv).good())
        return true;
    if (!pdu_read(a, wait_ms, e))
        return false;
    if (a->released)
        return true;
    OFCondition c = DUL_NextPDV(&a->asc->DULassociation, ret_pdv);
    return c.good() || err_set(e, ERR_STRUCTURE, "data PDU without a fragment");
}

static bool context_open(dicom_association *a, uint8_t id, dicom_command *command, struct err *e)
{
    const dicom_context *context = dicom_association_context(a, id);
    if (!context || !context->accepted)
        return err_set(e, ERR_STRUCTURE, "command on presentation context %d, which is not open", id);
    command->context_id = id;
    command->transfer_syntax = context->accepted;
    return true;
}

static bool command_collect(dicom_association *a, int64_t wait_ms, struct buf *bytes, dicom_command *command,
                            struct err *e)
{
    DUL_PDV pdv;
    uint8_t id = 0;
    do {
        if (!pdv_next(a, wait_ms, &pdv, e))
            return false;
        if (a->released)
            return true;
        if (pdv.pdvType != DUL_COMMANDPDV || (id && pdv.presentationContextID != id))
            return err_set(e, ERR_STRUCTURE, "a data fragment came where a command was due");
        id = pdv.presentationContextID;
        buf_put(bytes, pdv.data, pdv.fragmentLength);
        wait_ms = int64_t(a->timeouts.dimse) * 1000;
    } while (!pdv.lastPDV && !bytes->failed);
    return buf_ok(bytes, e) && context_open(a, id, command, e);
}

static bool command_receive(dicom_association *a, int64_t wait_ms, dicom_command *ret_command, struct err *e)
{
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, COMMAND_SET_MAX);
    dicom_command c = {};
    if (!command_collect(a, wait_ms, &bytes, &c, e))
        return err_wrap(e, "receive a command");
    if (!a->released && !command_parse(buf_view(&bytes), &c, e))
        return false;
    if (!a->released) {
        a->data_pending = dicom_has_dataset(&c);
        a->data_context = c.context_id;
    }
    *ret_command = c;
    return true;
}

static bool drain(dicom_association *a, struct err *e)
{
    bool drained = false;
    return dicom_receive_data(a, a->data_context, nullptr, nullptr, &drained, e);
}

extern "C" bool dicom_next_command(struct dicom_association *a, int timeout_s, struct dicom_command *ret_command,
                                   struct err *e)
{
    return shim_run(e, [&] {
        if (a->data_pending && !drain(a, e))
            return false;
        a->cancelled.clear(); /* they were for what is finished */
        int64_t wait_ms = int64_t(timeout_s > 0 ? timeout_s : a->timeouts.idle) * 1000;
        return command_receive(a, wait_ms, ret_command, e);
    });
}

namespace
{
struct Flow { /* where a data set's bytes go, and what was wrong with them first */
    dicom_sink_fn *sink;
    void *ctx;
    bool failed;
};
} // namespace

static void flow_put(Flow *f, const DUL_PDV *pdv, struct err *e)
{
    if (!f->failed && f->sink && pdv->fragmentLength > 0)
        f->failed = !f->sink(f->ctx, pdv->data, pdv->fragmentLength, e);
}

/* err holds the sink's error while the rest is drained; losing the association on the way replaces it. */
static bool data_flow(dicom_association *a, uint8_t context_id, Flow *f, struct err *e)
{
    DUL_PDV pdv;
    do {
        if (!pdv_next(a, int64_t(a->timeouts.dimse) * 1000, &pdv, e))
            return err_wrap(e, "receive a data set");
        if (a->released)
            return err_set(e, ERR_STRUCTURE, "the peer released in the middle of a data set");
        if (pdv.pdvType != DUL_DATASETPDV || pdv.presentationContextID != context_id)
            return err_set(e, ERR_STRUCTURE, "a command fragment came where data was due");
        flow_put(f, &pdv, e);
    } while (!pdv.lastPDV);
    return true;
}

extern "C" bool dicom_receive_data(struct dicom_association *a, uint8_t context_id, dicom_sink_fn *sink, void *ctx,
                                   bool *ret_drained, struct err *e)
{
    *ret_drained = false;
    return shim_run(e, [&] {
        if (!a->data_pending)
            return err_set(e, ERR_STRUCTURE, "no data set follows this command");
        Flow f = {sink, ctx, false};
        a->data_pending = false;
        if (!data_flow(a, context_id, &f, e))
            return false;
        *ret_drained = true;
        return !f.failed;
    });
}

static bool keep_bytes(void *ctx, const void *bytes, size_t n, struct err *e)
{
    struct buf *b = static_cast<struct buf *>(ctx);
    buf_put(b, bytes, n);
    return buf_ok(b, e);
}

extern "C" struct dicom_dataset *dicom_receive_dataset(struct dicom_association *a, const struct dicom_command *command,
                                                       bool *ret_lost, struct err *e)
{
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, 4 * 1024 * 1024); /* a commitment of ten thousand images is one */
    bool drained = false;
    bool ok = dicom_receive_data(a, command->context_id, keep_bytes, &bytes, &drained, e);
    *ret_lost = !drained;
    return ok ? dicom_dataset_parse(buf_view(&bytes), command->transfer_syntax, e) : nullptr;
}

static bool pdv_write(dicom_association *a, DUL_PDV *pdv, struct err *e)
{
    DUL_PDVLIST list = DUL_PDVLIST();
    list.count = 1;
    list.pdv = pdv;
    a->wire->allow_ms(int64_t(a->timeouts.dimse) * 1000);
    OFCondition c = DUL_WritePDVs(&a->asc->DULassociation, &list);
    return c.good() || association_fail(a, c, "send to the peer", e);
}

bool pdv_send(dicom_association *a, uint8_t context_id, DUL_DATAPDV type, struct str bytes, bool last, struct err *e)
{
    if (a->state != STATE_OPEN)
        return err_set(e, ERR_UNAVAILABLE, "the association is closed");
    size_t most = a->asc->sendPDVLength & ~size_t(1);
    do {
        DUL_PDV pdv = DUL_PDV();
        pdv.fragmentLength = std::min(bytes.n, most);
        pdv.presentationContextID = context_id;
        pdv.pdvType = type;
        pdv.lastPDV = last && pdv.fragmentLength == bytes.n;
        pdv.data = const_cast<char *>(bytes.p);
        if (!pdv_write(a, &pdv, e))
            return false;
        bytes.p += pdv.fragmentLength;
        bytes.n -= pdv.fragmentLength;
    } while (bytes.n > 0);
    return true;
}

bool command_send(dicom_association *a, const dicom_command *c, struct err *e)
{
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, COMMAND_SET_MAX);
    command_write(c, &bytes);
    return buf_ok(&bytes, e) && pdv_send(a, c->context_id, DUL_COMMANDPDV, buf_view(&bytes), true, e);
}

bool dataset_send(dicom_association *a, uint8_t context_id, dicom_dataset *ds, struct err *e)
{
    const dicom_context *context = dicom_association_context(a, context_id);
    if (!context || !context->accepted)
        return err_set(e, ERR_INTERNAL, "send on presentation context %d, which is not open", context_id);
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, 64 * 1024 * 1024);
    return dicom_dataset_write(ds, context->accepted, &bytes, e) &&
           pdv_send(a, context_id, DUL_DATASETPDV, buf_view(&bytes), true, e);
}

static dicom_command response_to(const dicom_command *request, uint16_t status, const dicom_dataset *ds)
{
    dicom_command c = {};
    c.kind = request->kind | DICOM_RESPONSE;
    c.context_id = request->context_id;
    c.message_id = request->message_id;
    c.dataset_type = ds ? 0x0001 : DICOM_NO_DATASET;
    c.status = status;
    c.event_type = request->event_type;
    c.action_type = request->action_type;
    memcpy(c.sop_class_uid, request->sop_class_uid, sizeof c.sop_class_uid);
    memcpy(c.sop_instance_uid, request->sop_instance_uid, sizeof c.sop_instance_uid);
    return c;
}

static bool response_send(dicom_association *a, const dicom_command *c, dicom_dataset *ds, struct err *e)
{
    return shim_run(e, [&] {
        if (a->data_pending && !drain(a, e))
            return false;
        return command_send(a, c, e) && (!ds || dataset_send(a, c->context_id, ds, e));
    });
}

extern "C" bool dicom_respond(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                              const char *comment, struct dicom_dataset *ds, struct err *e)
{
    dicom_command c = response_to(request, status, ds);
    str_copy(c.error_comment, sizeof c.error_comment, str_of(comment));
    return response_send(a, &c, ds, e);
}

extern "C" bool dicom_respond_error(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                                    uint16_t error_id, const char *comment, struct err *e)
{
    dicom_command c = response_to(request, status, nullptr);
    c.error_id = error_id;
    str_copy(c.error_comment, sizeof c.error_comment, str_of(comment));
    return response_send(a, &c, nullptr, e);
}

extern "C" bool dicom_respond_counts(struct dicom_association *a, const struct dicom_command *request, uint16_t status,
                                     const struct dicom_counts *counts, struct dicom_dataset *ds, struct err *e)
{
    dicom_command c = response_to(request, status, ds);
    c.has_counts = true;
    c.remaining = counts->remaining;
    c.completed = counts->completed;
    c.failed = counts->failed;
    c.warning = counts->warning;
    str_copy(c.error_comment, sizeof c.error_comment, str_of(counts->comment));
    return response_send(a, &c, ds, e);
}

/* Take in what has arrived: C-CANCELs are noted, anything else is out of turn. */
static bool cancels_collect(dicom_association *a, struct err *e)
{
    while (a->wire->wait_readable(0)) {
        dicom_command c = {};
        if (!command_receive(a, 0, &c, e))
            return false;
        if (a->released || c.kind != DICOM_C_CANCEL_RQ || dicom_has_dataset(&c))
            return err_set(e, ERR_STRUCTURE, "the peer did something else while an operation was running");
        if (a->cancelled.size() < 64)
            a->cancelled.push_back(c.message_id);
    }
    return true;
}

extern "C" bool dicom_cancelled(struct dicom_association *a, const struct dicom_command *request, bool *ret_cancelled,
                                struct err *e)
{
    return shim_run(e, [&] {
        if (a->state != STATE_OPEN)
            return err_set(e, ERR_UNAVAILABLE, "the association is closed");
        if (!cancels_collect(a, e))
            return false;
        auto at = std::find(a->cancelled.begin(), a->cancelled.end(), request->message_id);
        *ret_cancelled = at != a->cancelled.end();
        if (*ret_cancelled)
            a->cancelled.erase(at);
        return true;
    });
}

extern "C" bool dicom_waiting(struct dicom_association *a, int wait_ms)
{
    return a->state != STATE_OPEN || a->data_pending || a->wire->wait_readable(wait_ms) || a->wire->interrupted();
}
