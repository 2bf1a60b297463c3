/* What a client showed of itself over TLS: its certificate, when it chains to those the server trusts. GnuTLS does the
 * TLS of libmicrohttpd. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "http/http_priv.h"

static gnutls_session_t session_of(const struct http_exchange *x)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info ? (gnutls_session_t)info->tls_session : NULL;
}

/* It must be one for clients, where it says what it is for. */
static bool is_trusted(gnutls_session_t session)
{
    unsigned status = 0;
    gnutls_typed_vdata_st purpose = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
                                     .data = (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_CLIENT};
    return gnutls_certificate_verify_peers(session, &purpose, 1, &status) == GNUTLS_E_SUCCESS && status == 0;
}

void http_certificate_read(struct http_exchange *x)
{
    unsigned n = 0;
    if (x->server->config.tls_ca && !x->asked) {
        gnutls_session_t session = session_of(x);
        const gnutls_datum_t *chain = session ? gnutls_certificate_get_peers(session, &n) : NULL;
        x->asked = true;
        if (chain && n && is_trusted(session))
            buf_put(&x->certificate, chain[0].data, chain[0].size);
        else
            x->request.certificate_bad = chain && n;
    }
    x->request.certificate = buf_view(&x->certificate);
}
