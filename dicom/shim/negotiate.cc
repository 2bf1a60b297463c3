#include "association_priv.h"

#include <cstring>
#include <stdexcept>

#include "request_priv.h"

#include "dcmtk/dcmnet/dcuserid.h"

/* DCMTK takes an accepted socket only through this process-wide variable. It is set, and cleared the moment
 * the connection object exists, under one lock; reading the request happens outside it. */
static std::mutex handover;

static T_ASC_Network *open_network()
{
    std::lock_guard<std::mutex> lock(handover);
    T_ASC_Network *network = nullptr;
    dcmExternalSocketHandle.set(1); /* any valid number: keeps DCMTK from listening by itself */
    OFCondition c = ASC_initializeNetwork(NET_ACCEPTORREQUESTOR, 0, 3600, &network);
    dcmExternalSocketHandle.set(DCMNET_INVALID_SOCKET);
    if (c.good())
        c = ASC_setTransportLayer(network, new TransportLayer, 1);
    if (c.bad())
        throw std::runtime_error("DICOM network cannot be set up");
    return network;
}

T_ASC_Network *shim_network()
{
    static T_ASC_Network *network = open_network();
    return network;
}

bool association_fail(dicom_association *a, const OFCondition &c, const char *what, struct err *e)
{
    if (a->wire && a->wire->interrupted())
        return err_set(e, ERR_UNAVAILABLE, "%s: shutting down", what);
    if ((a->wire && a->wire->timed_out()) || c == DUL_READTIMEOUT)
        return err_set(e, ERR_TIMEOUT, "%s: the peer took too long", what);
    if (c == DUL_PEERABORTEDASSOCIATION)
        return err_set(e, ERR_UNAVAILABLE, "%s: the peer aborted the association", what);
    if (c == DUL_NETWORKCLOSED || c.code() == DULC_TCPIOERROR || c == DUL_NULLKEY)
        return err_set(e, ERR_UNAVAILABLE, "%s: the peer closed the connection", what);
    return err_set(e, ERR_STRUCTURE, "%s: malformed or unexpected PDU (DCMTK condition %04x:%04x)", what, c.module(),
                   c.code());
}

void association_load_contexts(dicom_association *a)
{
    T_ASC_Parameters *params = a->asc->params;
    int n = ASC_countPresentationContexts(params);
    a->contexts.clear();
    a->holds.clear();
    for (int i = 0; i < n; i++) {
        auto pc = std::make_unique<T_ASC_PresentationContext>();
        if (ASC_getPresentationContext(params, i, pc.get()).bad())
            continue;
        auto h = std::make_unique<ContextHold>();
        h->abstract_syntax = pc->abstractSyntax;
        for (int t = 0; t < pc->transferSyntaxCount; t++)
            h->syntaxes.emplace_back(pc->proposedTransferSyntaxes[t]);
        for (const std::string &s : h->syntaxes)
            h->pointers.push_back(s.c_str());
        bool accepted = pc->resultReason == ASC_P_ACCEPTANCE;
        h->accepted = accepted ? pc->acceptedTransferSyntax : "";
        dicom_context c = {};
        c.id = pc->presentationContextID;
        c.abstract_syntax = h->abstract_syntax.c_str();
        c.transfer_syntaxes = h->pointers.data();
        c.transfer_syntax_count = h->pointers.size();
        c.peer_is_scp = pc->proposedRole == ASC_SC_ROLE_SCP || pc->proposedRole == ASC_SC_ROLE_SCUSCP;
        c.result =
            accepted ? DICOM_CONTEXT_ACCEPTED : dicom_context_result(pc->resultReason > 4 ? 2 : pc->resultReason);
        c.accepted = accepted ? h->accepted.c_str() : nullptr;
        a->contexts.push_back(c);
        a->holds.push_back(std::move(h));
    }
}

static struct str trimmed(const char *s)
{
    return str_trim(str_of(s));
}

static void load_identity(dicom_association *a)
{
    UserIdentityNegotiationSubItemRQ *rq = nullptr;
    ASC_getUserIdentRQ(a->asc->params, &rq);
    if (!rq)
        return;
    a->peer.identity = dicom_identity(rq->getIdentityType());
    a->peer.identity_wants_response = rq->isPosResponseRequested();
    char *p = nullptr;
    Uint16 n = 0;
    rq->getPrimField(p, n);
    if (p)
        a->identity_primary.assign(p, n);
    delete[] p;
    p = nullptr;
    rq->getSecField(p, n);
    if (p)
        a->identity_secondary.assign(p, n);
    delete[] p;
    a->peer.identity_primary = {a->identity_primary.data(), a->identity_primary.size()};
    a->peer.identity_secondary = {a->identity_secondary.data(), a->identity_secondary.size()};
}

static void load_peer(dicom_association *a)
{
    const T_ASC_Parameters *p = a->asc->params;
    str_copy(a->peer.calling_aet, sizeof a->peer.calling_aet, trimmed(p->DULparams.callingAPTitle));
    str_copy(a->peer.called_aet, sizeof a->peer.called_aet, trimmed(p->DULparams.calledAPTitle));
    str_copy(a->peer.implementation_uid, sizeof a->peer.implementation_uid, trimmed(p->theirImplementationClassUID));
    str_copy(a->peer.implementation_version, sizeof a->peer.implementation_version,
             trimmed(p->theirImplementationVersionName));
    str_copy(a->peer.application_context, sizeof a->peer.application_context,
             trimmed(p->DULparams.applicationContextName));
    load_identity(a);
}

void association_wire(dicom_association *a, std::shared_ptr<Wire> wire)
{
    std::lock_guard<std::mutex> lock(a->wire_lock);
    a->wire = std::move(wire);
    if (a->interrupted)
        a->wire->interrupt();
}

static OFCondition receive(dicom_association *a)
{
    T_ASC_Network *network = shim_network();
    std::unique_lock<std::mutex> lock(handover);
    TransportBirth &birth = transport_birth();
    birth.wire = a->wire;
    birth.on_birth = [&](std::shared_ptr<Wire>) {
        dcmExternalSocketHandle.set(DCMNET_INVALID_SOCKET);
        lock.unlock();
    };
    dcmExternalSocketHandle.set(a->wire->fd());
    OFCondition c = ASC_receiveAssociation(network, &a->asc, ASC_MAXIMUMPDUSIZE, nullptr, nullptr, OFFalse, DUL_NOBLOCK,
                                           a->timeouts.acse);
    birth.on_birth = nullptr;
    birth.wire.reset();
    if (lock.owns_lock())
        dcmExternalSocketHandle.set(DCMNET_INVALID_SOCKET);
    return c;
}

/* A-ABORT from the provider, invalid PDU parameter (PS3.8 9.3.8): DCMTK knows nothing of this connection yet.
 */
static bool turn_away(dicom_association *a)
{
    static const unsigned char abort_pdu[] = {7, 0, 0, 0, 0, 4, 0, 0, 2, 6};
    a->wire->write(abort_pdu, sizeof abort_pdu);
    return false;
}

static bool request_lost(dicom_association *a, struct err *e)
{
    if (a->wire->interrupted() || a->wire->timed_out())
        return association_fail(a, DUL_NETWORKCLOSED, "read the association request", e);
    return err_set(e, ERR_UNAVAILABLE, "read the association request: the connection ended without one");
}

extern "C" int dicom_association_fd(const struct dicom_association *a)
{
    return a->wire ? a->wire->fd() : -1;
}

extern "C" void dicom_association_secure(struct dicom_association *a, const struct dicom_stream *stream)
{
    a->wire->secure(*stream);
}

/* Read the whole request, check it, and put it back for DCMTK to read. */
static bool request_look(dicom_association *a, struct err *e)
{
    std::vector<unsigned char> pdu(PDU_HEAD);
    size_t n = 0;
    a->wire->allow_ms(int64_t(a->timeouts.acse) * 1000);
    if (!a->wire->read_all(pdu.data(), PDU_HEAD))
        return request_lost(a, e);
    if (!request_length(pdu.data(), &n, e))
        return turn_away(a);
    pdu.resize(PDU_HEAD + n);
    if (!a->wire->read_all(pdu.data() + PDU_HEAD, n))
        return request_lost(a, e);
    if (!request_check({reinterpret_cast<const char *>(pdu.data()) + PDU_HEAD, n}, e))
        return turn_away(a);
    a->wire->unread(std::move(pdu));
    return true;
}

extern "C" bool dicom_association_read(struct dicom_association *a, struct err *e)
{
    return shim_run(e, [&] {
        if (!request_look(a, e))
            return false;
        OFCondition c = receive(a);
        if (c.bad())
            return association_fail(a, c, "read the association request", e);
        if (!a->asc->params->DULparams.applicationContextName[0]) /* no error to DCMTK */
            return request_lost(a, e);
        a->state = STATE_READ;
        load_peer(a);
        association_load_contexts(a);
        return true;
    });
}

extern "C" const struct dicom_peer *dicom_association_peer(const struct dicom_association *a)
{
    return &a->peer;
}

extern "C" const struct dicom_context *dicom_association_contexts(const struct dicom_association *a, size_t *ret_n)
{
    *ret_n = a->contexts.size();
    return a->contexts.data();
}

extern "C" const struct dicom_context *dicom_association_context(const struct dicom_association *a, uint8_t id)
{
    for (const dicom_context &c : a->contexts)
        if (c.id == id)
            return &c;
    return nullptr;
}

extern "C" int dicom_choose_uncompressed(const struct dicom_context *proposed)
{
    for (size_t i = 0; i < proposed->transfer_syntax_count; i++) {
        struct str s = str_of(proposed->transfer_syntaxes[i]);
        if (str_is(s, DICOM_EXPLICIT_LE) || str_is(s, DICOM_IMPLICIT_LE))
            return int(i);
    }
    return -DICOM_CONTEXT_TRANSFER_SYNTAXES;
}

/* To a peer that wants to be sent objects (C-GET) every object can be sent in a plain syntax, or be decoded to it; in a
 * compressed one only those that are stored in it. */
extern "C" int dicom_choose_known(const struct dicom_context *proposed)
{
    int plain = proposed->peer_is_scp ? dicom_choose_uncompressed(proposed) : -1;
    for (size_t i = 0; plain < 0 && i < proposed->transfer_syntax_count; i++)
        if (dicom_transfer_syntax_known(proposed->transfer_syntaxes[i]))
            return int(i);
    return plain >= 0 ? plain : -DICOM_CONTEXT_TRANSFER_SYNTAXES;
}

static void judge(dicom_association *a, const dicom_context *c, int choice)
{
    T_ASC_Parameters *p = a->asc->params;
    if (choice >= 0 && size_t(choice) < c->transfer_syntax_count) {
        T_ASC_SC_ROLE role = c->peer_is_scp ? ASC_SC_ROLE_SCUSCP : ASC_SC_ROLE_DEFAULT;
        ASC_acceptPresentationContext(p, c->id, c->transfer_syntaxes[choice], role, OFTrue);
    } else {
        int reason = choice < 0 && choice >= -4 ? -choice : int(DICOM_CONTEXT_NO_REASON);
        ASC_refusePresentationContext(p, c->id, T_ASC_P_ResultReason(reason));
    }
}

extern "C" bool dicom_association_accept(struct dicom_association *a, dicom_choose_fn *choose, void *ctx, struct err *e)
{
    return shim_run(e, [&] {
        if (a->state != STATE_READ)
            return err_set(e, ERR_INTERNAL, "accept an association: none was read");
        for (const dicom_context &c : a->contexts)
            judge(a, &c, choose(ctx, &c));
        T_ASC_Parameters *p = a->asc->params;
        str_copy(p->ourImplementationClassUID, sizeof p->ourImplementationClassUID, str_of(DICOM_IMPLEMENTATION_UID));
        str_copy(p->ourImplementationVersionName, sizeof p->ourImplementationVersionName,
                 str_of(DICOM_IMPLEMENTATION_VERSION));
        if (a->peer.identity_wants_response && !p->DULparams.ackUserIdentNeg) /* DCMTK frees it */
            p->DULparams.ackUserIdentNeg = new UserIdentityNegotiationSubItemAC;
        a->wire->allow_ms(int64_t(a->timeouts.acse) * 1000);
        OFCondition c = ASC_acknowledgeAssociation(a->asc);
        if (c.bad())
            return association_fail(a, c, "accept the association", e);
        a->state = STATE_OPEN;
        association_load_contexts(a);
        return true;
    });
}

static const struct {
    T_ASC_RejectParametersResult result;
    T_ASC_RejectParametersSource source;
    T_ASC_RejectParametersReason reason;
} rejections[] = {
    {ASC_RESULT_REJECTEDPERMANENT, ASC_SOURCE_SERVICEUSER, ASC_REASON_SU_NOREASON},
    {ASC_RESULT_REJECTEDPERMANENT, ASC_SOURCE_SERVICEUSER, ASC_REASON_SU_APPCONTEXTNAMENOTSUPPORTED},
    {ASC_RESULT_REJECTEDPERMANENT, ASC_SOURCE_SERVICEUSER, ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED},
    {ASC_RESULT_REJECTEDPERMANENT, ASC_SOURCE_SERVICEUSER, ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED},
    {ASC_RESULT_REJECTEDTRANSIENT, ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED,
     ASC_REASON_SP_PRES_TEMPORARYCONGESTION},
    {ASC_RESULT_REJECTEDTRANSIENT, ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED,
     ASC_REASON_SP_PRES_LOCALLIMITEXCEEDED},
};

extern "C" bool dicom_association_reject(struct dicom_association *a, enum dicom_reject why, struct err *e)
{
    return shim_run(e, [&] {
        if (a->state != STATE_READ)
            return err_set(e, ERR_INTERNAL, "reject an association: none was read");
        T_ASC_RejectParameters rj = {rejections[why].result, rejections[why].source, rejections[why].reason};
        a->wire->allow_ms(2000);
        OFCondition c = ASC_rejectAssociation(a->asc, &rj);
        a->state = STATE_CLOSED;
        return c.good() || association_fail(a, c, "reject the association", e);
    });
}

extern "C" void dicom_association_abort(struct dicom_association *a)
{
    shim_run(nullptr, [&] {
        if (a->state == STATE_OPEN || a->state == STATE_READ) {
            a->wire->allow_ms(1000);
            ASC_abortAssociation(a->asc);
        }
        a->state = STATE_CLOSED;
        return true;
    });
}

void association_close(dicom_association *a)
{
    if (a->state == STATE_OPEN)
        dicom_association_abort(a);
    if (a->wire)
        a->wire->allow_ms(0);
    if (a->asc) {
        ASC_dropAssociation(a->asc);
        ASC_destroyAssociation(&a->asc);
    }
    if (a->wire)
        a->wire->close();
}

extern "C" void dicom_association_free(struct dicom_association *a)
{
    if (!a)
        return;
    shim_run(nullptr, [&] {
        association_close(a);
        return true;
    });
    delete a;
}

extern "C" void dicom_association_interrupt(struct dicom_association *a)
{
    std::lock_guard<std::mutex> lock(a->wire_lock);
    a->interrupted = true;
    if (a->wire)
        a->wire->interrupt();
}
