/* The inside of an association, shared by the files that negotiate, receive and send.
 * Threads: the association's own, but for interrupt. */
#ifndef DICOM_SHIM_ASSOCIATION_PRIV_H
#define DICOM_SHIM_ASSOCIATION_PRIV_H

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shim_priv.h"
#include "transport_priv.h"

#include "dcmtk/dcmnet/assoc.h"
#include "dcmtk/dcmnet/cond.h"

enum AssociationState { STATE_RAW, STATE_READ, STATE_OPEN, STATE_CLOSED };

struct ContextHold { /* owns what a struct dicom_context points to */
    std::string abstract_syntax, accepted;
    std::vector<std::string> syntaxes;
    std::vector<const char *> pointers;
};

struct dicom_association {
    dicom_timeouts timeouts{};
    AssociationState state = STATE_RAW;
    T_ASC_Association *asc = nullptr;
    std::shared_ptr<Wire> wire; /* set at once when accepting, by DCMTK's connecting else; under wire_lock */
    std::mutex wire_lock;
    bool interrupted = false;
    bool insecure = false; /* the connection could not be made secure */
    dicom_peer peer{};
    std::string identity_primary, identity_secondary;
    std::vector<std::unique_ptr<ContextHold>> holds;
    std::vector<dicom_context> contexts;
    bool data_pending = false; /* a command's data set has not been read yet */
    uint8_t data_context = 0;
    bool released = false;
    std::vector<uint16_t> cancelled; /* message ids of C-CANCELs seen early */
    uint16_t next_message_id = 1;
};

/* One DCMTK network for the whole process; throws std::runtime_error. */
T_ASC_Network *shim_network();
/* What went wrong, as an error; what names the operation. Always false. */
bool association_fail(dicom_association *a, const OFCondition &c, const char *what, struct err *e);
/* Take over DCMTK's view of the contexts: proposals first, results when they are known. */
void association_load_contexts(dicom_association *a);
/* DCMTK made the connection object: keep hold of its socket. */
void association_wire(dicom_association *a, std::shared_ptr<Wire> wire);
void association_close(dicom_association *a);

/* The next fragment: of a command when command is true, else of a data set. Waits wait_ms for its PDU to
 * begin. A release is answered; then a->released is set and the result is true with a NULL fragment. */
bool pdv_next(dicom_association *a, int64_t wait_ms, DUL_PDV *ret_pdv, struct err *e);
/* Send bytes as fragments that fit the peer's PDU size; last ends the message part. */
bool pdv_send(dicom_association *a, uint8_t context_id, DUL_DATAPDV type, struct str bytes, bool last, struct err *e);
bool command_send(dicom_association *a, const dicom_command *c, struct err *e);
/* Send a data set in its context's transfer syntax. */
bool dataset_send(dicom_association *a, uint8_t context_id, dicom_dataset *ds, struct err *e);

#endif
