/* WebSockets (RFC 6455) on connections that began as HTTP requests: text messages of bounded size, pings answered.
 * Owner: the server, one thread a socket; the callbacks run on it. http_socket_send may be called by any thread between
 * the first callback and on_closed. Cost: a thread; hence few, http_config.sockets_max. */
#ifndef HTTP_SOCKET_H
#define HTTP_SOCKET_H

#include "http/http.h"

struct http_socket;
struct http_socket_handler {
    /* A message; false ends the connection. */
    bool (*on_text)(void *ctx, struct http_socket *s, struct str text);
    void (*on_closed)(void *ctx, struct http_socket *s);
    void *ctx;
};
/* Answer 101 with this Sec-WebSocket-Accept; the handler is constant. */
void http_upgrade(struct http_response *r, struct str accept, const struct http_socket_handler *handler);
/* A text message, whole within ten seconds or UNAVAILABLE (the connection then ends). */
bool http_socket_send(struct http_socket *s, struct str text, struct err *e);

#endif
