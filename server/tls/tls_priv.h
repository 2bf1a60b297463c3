/* What the files of this folder share. */
#ifndef TLS_TLS_PRIV_H
#define TLS_TLS_PRIV_H

#include <openssl/types.h>

#include "tls/tls.h"

struct tls_context {
    SSL_CTX *ssl;
    bool server;
};

/* Set the error with OpenSSL's reason behind the text and empty its error queue. Returns false. */
bool tls_fail(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
