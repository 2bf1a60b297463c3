/* HTTPS: what is served at http.port, served over TLS too. */
#include "app/command.h"
#include "app/house.h"

enum { PEM_MAX = 1 << 20 };

static bool read_pem(const char *option, const char *path, struct buf *to, struct err *e)
{
    buf_init(to, PEM_MAX);
    return !path[0] || command_read_file(path, to, e) || err_wrap(e, "%s", option);
}

bool house_open_https(struct house *h, const struct http_config *plain, struct err *e)
{
    const struct config *c = h->config;
    struct http_config http = *plain;
    if (!c->http_tls_certificate[0])
        return true;
    if (!read_pem("http.tls_certificate", c->http_tls_certificate, &h->pem[0], e) ||
        !read_pem("http.tls_key", c->http_tls_key, &h->pem[1], e) ||
        !read_pem("http.tls_ca", c->http_tls_ca, &h->pem[2], e))
        return false;
    http.port = c->http_tls_port;
    http.tls_certificate = buf_view(&h->pem[0]).p;
    http.tls_key = buf_view(&h->pem[1]).p;
    http.tls_ca = h->pem[2].n ? h->pem[2].p : NULL;
    h->https = http_server_new(&http, e);
    return h->https || err_wrap(e, "http.tls_port %d", c->http_tls_port);
}

void house_close_https(struct house *h)
{
    for (int i = 0; i < 3; i++)
        buf_release(&h->pem[i]);
}
