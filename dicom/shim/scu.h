/* DICOM associations, requesting side: open, use one operation at a time, close. For peers, tools and tests.
 * Owner: dicom_association_free, or dicom_release first for an orderly end. Threads: one per association. */
#ifndef DICOM_SHIM_SCU_H
#define DICOM_SHIM_SCU_H

#include "dicom/shim/association.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dicom_proposal {
    const char *abstract_syntax;
    const char *const *transfer_syntaxes; /* NULL: explicit and implicit little endian */
    size_t transfer_syntax_count;
    bool as_scp; /* we serve what the peer usually serves: it stores to us (C-GET), reports to us (commitment) */
};

struct dicom_target {
    const char *host;
    int port;
    const char *calling_aet, *called_aet;
    struct dicom_timeouts timeouts;
    /* Make the connected socket a secure one, until then (monotonic clock). NULL: plain. */
    bool (*secure)(void *ctx, int fd, const char *host, int64_t until_ms, struct dicom_stream *ret_stream,
                   struct err *e);
    void *secure_ctx;
};

/* Connect and negotiate; at most 128 proposals. UNAVAILABLE, TIMEOUT, FORBIDDEN (rejected; text says why). */
struct dicom_association *dicom_connect(const struct dicom_target *target, const struct dicom_proposal *proposals,
                                        size_t n, struct err *e);
/* The accepted context of an abstract syntax (and transfer syntax unless NULL), or NULL. */
const struct dicom_context *dicom_context_for(const struct dicom_association *a, const char *abstract_syntax,
                                              const char *transfer_syntax);
/* Send a request: kind, sop_class_uid, … of command are used; context_id, message_id are chosen and set here
 * when 0. ds may be NULL. Responses come through dicom_next_command. */
bool dicom_request(struct dicom_association *a, struct dicom_command *command, struct dicom_dataset *ds, struct err *e);
/* The same with a data set that is already in bytes of the context's transfer syntax, read piece by piece:
 * source gives at most n bytes and 0 at the end. */
typedef bool dicom_source_fn(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e);
bool dicom_request_stream(struct dicom_association *a, struct dicom_command *command, dicom_source_fn *source,
                          void *ctx, struct err *e);

bool dicom_echo(struct dicom_association *a, struct err *e);
struct dicom_finding {
    /* false to stop: C-CANCEL is sent, what follows is dropped */
    bool (*take)(void *ctx, struct dicom_dataset *answer);
    void *ctx;
    uint16_t status; /* of the last response */
};
/* One answer per call of finding->take. */
bool dicom_find(struct dicom_association *a, const char *sop_class, struct dicom_dataset *keys,
                struct dicom_finding *finding, struct err *e);
/* Store a Part 10 file through an accepted context of its SOP class and transfer syntax. */
bool dicom_store_file(struct dicom_association *a, const char *path, uint16_t *ret_status, struct err *e);
/* A-RELEASE and wait for the answer. */
bool dicom_release(struct dicom_association *a, struct err *e);

#ifdef __cplusplus
}
#endif
#endif
