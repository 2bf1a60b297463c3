/* OpenSSL's error queue as a struct err. */
#include "tls/tls_priv.h"

#include <openssl/err.h>
#include <stdarg.h>
#include <stdio.h>

bool tls_fail(struct err *e, enum err_code code, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return err_set(e, code, "%s%s%s", what, reason ? ": " : "", reason ? reason : "");
}
