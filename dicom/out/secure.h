/* TLS under DICOM associations (PS3.15 B, BCP 195): a stream of server/tls, given to the shim as its own kind of
 * stream. Threads: a context is shared, a stream is its association's. Cost: a handshake. */
#ifndef DICOM_OUT_SECURE_H
#define DICOM_OUT_SECURE_H

#include "dicom/shim/scu.h"
#include "tls/tls.h"

/* Before anything is read of an association that came in. *ret_peer is the certificate it showed; none: no
 * fingerprint. */
bool dicom_secure_accept(struct dicom_association *a, struct tls_context *c, int seconds, struct tls_peer *ret_peer,
                         struct err *e);
/* The function of struct dicom_target; ctx is a struct dicom_secure_call. */
struct dicom_secure_call {
    struct tls_context *context;
    const char *certificate; /* the called must show this one ("sha256:…", "subject:…", "dns:…"); "": any that is valid
                                for its host */
};
bool dicom_secure_connect(void *ctx, int fd, const char *host, int64_t until_ms, struct dicom_stream *ret_stream,
                          struct err *e);

#endif
