/* What the files of this folder share. */
#ifndef TLS_TLS_PRIV_H
#define TLS_TLS_PRIV_H

#include "tls/tls.h"

/* Set the error with OpenSSL's reason behind the text and empty its error queue. Returns false. */
bool tls_fail(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
