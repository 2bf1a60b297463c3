#include "association_priv.h"

#include <cstdio>
#include <cstring>

static const char *const usual_syntaxes[] = {DICOM_EXPLICIT_LE, DICOM_IMPLICIT_LE};

static bool propose(T_ASC_Parameters *params, const dicom_proposal *p, size_t n, struct err *e)
{
    if (n == 0 || n > 128)
        return err_set(e, ERR_INVALID, "an association proposes 1 to 128 contexts");
    for (size_t i = 0; i < n; i++) {
        if (!dicom_uid_check(str_of(p[i].abstract_syntax), true, e)) /* DCMTK leaks when it finds that out itself */
            return err_wrap(e, "propose a context");
        const char *const *syntaxes = p[i].transfer_syntaxes ? p[i].transfer_syntaxes : usual_syntaxes;
        size_t count = p[i].transfer_syntaxes ? p[i].transfer_syntax_count : 2;
        OFCondition c = ASC_addPresentationContext(params, T_ASC_PresentationContextID(2 * i + 1), p[i].abstract_syntax,
                                                   const_cast<const char **>(syntaxes), int(count),
                                                   p[i].as_scp ? ASC_SC_ROLE_SCP : ASC_SC_ROLE_DEFAULT);
        if (c.bad())
            return err_set(e, ERR_INVALID, "context for '%s' cannot be proposed", p[i].abstract_syntax);
    }
    return true;
}

static T_ASC_Parameters *parameters_make(const dicom_target *t)
{
    T_ASC_Parameters *p = nullptr;
    if (ASC_createAssociationParameters(&p, ASC_MAXIMUMPDUSIZE).bad())
        throw std::bad_alloc();
    std::string peer = std::string(t->host) + ":" + std::to_string(t->port);
    ASC_setAPTitles(p, t->calling_aet, t->called_aet, nullptr);
    ASC_setTransportLayerType(p, OFFalse);
    ASC_setPresentationAddresses(p, "localhost", peer.c_str());
    str_copy(p->ourImplementationClassUID, sizeof p->ourImplementationClassUID, str_of(DICOM_IMPLEMENTATION_UID));
    str_copy(p->ourImplementationVersionName, sizeof p->ourImplementationVersionName,
             str_of(DICOM_IMPLEMENTATION_VERSION));
    return p;
}

static bool rejected(dicom_association *a, T_ASC_Parameters *params, const OFCondition &c, struct err *e)
{
    if (a->insecure) /* e says why */
        return false;
    if (!a->wire)
        return err_set(e, ERR_UNAVAILABLE, "no connection (DCMTK condition %04x:%04x)", c.module(), c.code());
    if (c != DUL_ASSOCIATIONREJECTED)
        return association_fail(a, c, "open an association", e);
    T_ASC_RejectParameters rj = {};
    ASC_getRejectParameters(params, &rj);
    return err_set(e, ERR_FORBIDDEN, "the peer rejected the association (result %d, source %d, reason %d)",
                   int(rj.result), int(rj.source), int(rj.reason) & 0xff);
}

/* What DCMTK calls once it has a connection, before it says a word over it. */
static bool handshake(dicom_association *a, const dicom_target *t, struct err *e)
{
    dicom_stream stream = {};
    a->insecure = !t->secure(t->secure_ctx, a->wire->fd(), t->host, a->wire->deadline_ms(), &stream, e);
    if (!a->insecure)
        a->wire->secure(stream);
    return !a->insecure;
}

static bool request(dicom_association *a, const dicom_target *t, T_ASC_Parameters *params, struct err *e)
{
    TransportBirth &birth = transport_birth();
    birth.allow_ms = int64_t(a->timeouts.acse) * 1000;
    birth.on_birth = [a](std::shared_ptr<Wire> wire) { association_wire(a, std::move(wire)); };
    if (t->secure)
        birth.handshake = [a, t, e] { return handshake(a, t, e); };
    OFCondition c =
        ASC_requestAssociation(shim_network(), params, &a->asc, nullptr, nullptr, DUL_NOBLOCK, a->timeouts.acse);
    birth.on_birth = nullptr;
    birth.handshake = nullptr;
    if (!a->asc) { /* DCMTK keeps them only with an association */
        bool failed = rejected(a, params, c, e);
        ASC_destroyAssociationParameters(&params);
        return failed;
    }
    if (c.bad())
        return rejected(a, params, c, e);
    a->state = STATE_OPEN;
    association_load_contexts(a);
    return true;
}

extern "C" struct dicom_association *dicom_connect(const struct dicom_target *target,
                                                   const struct dicom_proposal *proposals, size_t n, struct err *e)
{
    dicom_association *a = nullptr;
    bool ok = shim_run(e, [&] {
        a = new dicom_association;
        a->timeouts = target->timeouts;
        T_ASC_Parameters *params = parameters_make(target);
        if (propose(params, proposals, n, e))
            return request(a, target, params, e);
        ASC_destroyAssociationParameters(&params);
        return false;
    });
    if (ok)
        return a;
    err_wrap(e, "connect to '%s' at %s:%d", target->called_aet, target->host, target->port);
    dicom_association_free(a);
    return nullptr;
}

extern "C" const struct dicom_context *dicom_context_for(const struct dicom_association *a, const char *abstract_syntax,
                                                         const char *transfer_syntax)
{
    for (const dicom_context &c : a->contexts)
        if (c.accepted && strcmp(c.abstract_syntax, abstract_syntax) == 0 &&
            (!transfer_syntax || strcmp(c.accepted, transfer_syntax) == 0))
            return &c;
    return nullptr;
}

static bool address(dicom_association *a, dicom_command *c, bool with_data, struct err *e)
{
    const dicom_context *context =
        c->context_id ? dicom_association_context(a, c->context_id) : dicom_context_for(a, c->sop_class_uid, nullptr);
    if (!context || !context->accepted)
        return err_set(e, ERR_UNSUPPORTED, "the peer did not accept '%s'", c->sop_class_uid);
    c->context_id = context->id;
    c->transfer_syntax = context->accepted;
    c->dataset_type = with_data ? 0x0001 : DICOM_NO_DATASET;
    if (!c->message_id)
        c->message_id = a->next_message_id++;
    return true;
}

extern "C" bool dicom_request(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds,
                              struct err *e)
{
    return shim_run(e, [&] {
        return address(a, command, ds != nullptr, e) && command_send(a, command, e) &&
               (!ds || dataset_send(a, command->context_id, ds, e));
    });
}

static bool fill(dicom_source_fn *source, void *ctx, std::vector<char> *piece, size_t *ret_n, struct err *e)
{
    size_t at = 0, got = 1;
    while (at < piece->size() && got > 0) {
        if (!source(ctx, piece->data() + at, piece->size() - at, &got, e))
            return false;
        at += got;
    }
    *ret_n = at;
    return true;
}

/* One piece is read ahead, for the last fragment must say that it is the last. */
static bool stream_send(dicom_association *a, uint8_t context_id, dicom_source_fn *source, void *ctx, struct err *e)
{
    std::vector<char> now(a->asc->sendPDVLength & ~size_t(1)), next(now.size());
    size_t now_n = 0, next_n = 0;
    if (!fill(source, ctx, &now, &now_n, e))
        return false;
    do {
        if (!fill(source, ctx, &next, &next_n, e) ||
            !pdv_send(a, context_id, DUL_DATASETPDV, {now.data(), now_n}, next_n == 0, e))
            return false;
        std::swap(now, next);
        now_n = next_n;
    } while (now_n > 0);
    return true;
}

extern "C" bool dicom_request_stream(struct dicom_association *a, struct dicom_command *command,
                                     dicom_source_fn *source, void *ctx, struct err *e)
{
    return shim_run(e, [&] {
        return address(a, command, true, e) && command_send(a, command, e) &&
               stream_send(a, command->context_id, source, ctx, e);
    });
}

static bool response_await(dicom_association *a, const dicom_command *request, dicom_command *ret_response,
                           struct err *e)
{
    if (!dicom_next_command(a, a->timeouts.dimse, ret_response, e))
        return false;
    if (ret_response->kind == (request->kind | DICOM_RESPONSE) && ret_response->message_id == request->message_id)
        return true;
    return err_set(e, ERR_STRUCTURE, "the peer answered with something else (%04x)", ret_response->kind);
}

extern "C" bool dicom_echo(struct dicom_association *a, struct err *e)
{
    dicom_command rq = {}, rsp = {};
    rq.kind = DICOM_C_ECHO_RQ;
    str_copy(rq.sop_class_uid, sizeof rq.sop_class_uid, str_of(DICOM_VERIFICATION));
    if (!dicom_request(a, &rq, nullptr, e) || !response_await(a, &rq, &rsp, e))
        return err_wrap(e, "echo");
    return rsp.status == 0 || err_set(e, ERR_UNAVAILABLE, "echo: the peer answered status %04x", rsp.status);
}

static bool cancel(dicom_association *a, const dicom_command *request, struct err *e)
{
    dicom_command c = {};
    c.kind = DICOM_C_CANCEL_RQ;
    c.context_id = request->context_id;
    c.message_id = request->message_id;
    c.dataset_type = DICOM_NO_DATASET;
    return shim_run(e, [&] { return command_send(a, &c, e); });
}

/* Hand one pending answer on. */
static bool answer_take(dicom_association *a, const dicom_command *rsp, const dicom_finding *f, bool *ret_more,
                        struct err *e)
{
    bool lost = false;
    *ret_more = true;
    if (!dicom_has_dataset(rsp))
        return true;
    dicom_dataset *ds = dicom_receive_dataset(a, rsp, &lost, e);
    if (!ds)
        return false;
    *ret_more = f->take(f->ctx, ds);
    dicom_dataset_free(ds);
    return true;
}

extern "C" bool dicom_find(struct dicom_association *a, const char *sop_class, struct dicom_dataset *keys,
                           struct dicom_finding *finding, struct err *e)
{
    dicom_command rq = {}, rsp = {};
    bool wanted = true, more = true;
    rq.kind = DICOM_C_FIND_RQ;
    str_copy(rq.sop_class_uid, sizeof rq.sop_class_uid, str_of(sop_class));
    if (!dicom_request(a, &rq, keys, e))
        return err_wrap(e, "find");
    do {
        if (!response_await(a, &rq, &rsp, e) || (wanted && !answer_take(a, &rsp, finding, &more, e)))
            return err_wrap(e, "find");
        if (wanted && !more && !cancel(a, &rq, e))
            return err_wrap(e, "find");
        wanted = wanted && more;
    } while ((rsp.status & 0xff00) == 0xff00);
    finding->status = rsp.status;
    return true;
}

static bool file_source(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    FILE *f = static_cast<FILE *>(ctx);
    *ret_n = fread(bytes, 1, n, f);
    return !ferror(f) || err_errno(e, ERR_UNAVAILABLE, "read a file to send");
}

static bool file_meta(FILE *f, dicom_part10 *ret_meta, struct err *e)
{
    std::vector<char> begin(64 * 1024);
    size_t n = fread(begin.data(), 1, begin.size(), f);
    if (!dicom_part10_parse({begin.data(), n}, ret_meta, e))
        return false;
    return fseek(f, long(ret_meta->dataset_offset), SEEK_SET) == 0 ||
           err_errno(e, ERR_UNAVAILABLE, "read a file to send");
}

static bool file_send(dicom_association *a, FILE *f, dicom_command *rsp, struct err *e)
{
    dicom_part10 meta;
    if (!file_meta(f, &meta, e))
        return false;
    const dicom_context *context = dicom_context_for(a, meta.sop_class, meta.transfer_syntax);
    if (!context)
        return err_set(e, ERR_UNSUPPORTED, "the peer did not accept '%s' in '%s'", meta.sop_class,
                       meta.transfer_syntax);
    dicom_command rq = {};
    rq.kind = DICOM_C_STORE_RQ;
    rq.context_id = context->id;
    memcpy(rq.sop_class_uid, meta.sop_class, sizeof rq.sop_class_uid);
    memcpy(rq.sop_instance_uid, meta.sop_instance, sizeof rq.sop_instance_uid);
    return dicom_request_stream(a, &rq, file_source, f, e) && response_await(a, &rq, rsp, e);
}

extern "C" bool dicom_store_file(struct dicom_association *a, const char *path, uint16_t *ret_status, struct err *e)
{
    dicom_command rsp = {};
    FILE *f = fopen(path, "rbe");
    if (!f)
        return err_errno(e, ERR_NOT_FOUND, "open '%s'", path);
    bool ok = shim_run(e, [&] { return file_send(a, f, &rsp, e); });
    fclose(f);
    if (!ok)
        return err_wrap(e, "store '%s'", path);
    *ret_status = rsp.status;
    return true;
}

extern "C" bool dicom_release(struct dicom_association *a, struct err *e)
{
    return shim_run(e, [&] {
        if (a->state != STATE_OPEN)
            return err_set(e, ERR_UNAVAILABLE, "the association is closed");
        a->wire->allow_ms(int64_t(a->timeouts.acse) * 1000);
        OFCondition c = ASC_releaseAssociation(a->asc);
        a->state = STATE_CLOSED;
        return c.good() || association_fail(a, c, "release the association", e);
    });
}
