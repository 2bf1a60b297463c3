#include "http/socket.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http_priv.h"

enum { MESSAGE_MAX = 16 * 1024, SEND_MS = 10000, PING_MS = 30000, SILENT_PINGS = 3 };
enum { OP_TEXT = 1, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

struct http_socket {
    struct http_server *server;
    struct MHD_UpgradeResponseHandle *upgrade;
    const struct http_socket_handler *handler;
    int fd;
    pthread_mutex_t lock; /* one writer */
    struct http_socket *next;
};

void http_upgrade(struct http_response *r, struct str accept, const struct http_socket_handler *handler)
{
    r->status = MHD_HTTP_SWITCHING_PROTOCOLS;
    http_set(r, "Upgrade", STR("websocket"));
    http_set(r, "Sec-WebSocket-Accept", accept);
    r->upgrade = handler;
}

/* ---- bytes ---- */

static bool wait_for(int fd, short events, int ms)
{
    struct pollfd p = {.fd = fd, .events = events};
    return poll(&p, 1, ms) > 0;
}

static bool write_all(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n) {
        ssize_t wrote = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (wrote < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (wrote < 0 && !wait_for(fd, POLLOUT, SEND_MS))
            return false;
        p += wrote > 0 ? wrote : 0;
        n -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static bool write_frame(struct http_socket *s, int op, struct str payload)
{
    unsigned char head[10] = {(unsigned char)(0x80 | op), (unsigned char)(payload.n < 126 ? payload.n : 0)};
    size_t n = 2;
    if (payload.n >= 126) {
        int bytes = payload.n < 65536 ? 2 : 8;
        head[1] = bytes == 2 ? 126 : 127;
        for (int i = bytes - 1; i >= 0; i--)
            head[n++] = (unsigned char)((uint64_t)payload.n >> (8 * i));
    }
    pthread_mutex_lock(&s->lock);
    bool ok = write_all(s->fd, head, n) && write_all(s->fd, payload.p, payload.n);
    pthread_mutex_unlock(&s->lock);
    if (!ok)
        shutdown(s->fd, SHUT_RDWR);
    return ok;
}

bool http_socket_send(struct http_socket *s, struct str text, struct err *e)
{
    return write_frame(s, OP_TEXT, text) || err_set(e, ERR_UNAVAILABLE, "the websocket's client does not read");
}

/* n bytes; a client that is silent is asked whether it is there. */
static bool read_all(struct http_socket *s, void *to, size_t n)
{
    char *p = to;
    for (int silent = 0; n;) {
        ssize_t got = recv(s->fd, p, n, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (got < 0 && !wait_for(s->fd, POLLIN, PING_MS) &&
            (++silent == SILENT_PINGS || !write_frame(s, OP_PING, STR(""))))
            return false;
        p += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* ---- frames ---- */

/* A client's frame: masked, whole, bounded (RFC 6455 §5). */
static bool read_frame(struct http_socket *s, char *payload, int *ret_op, size_t *ret_n)
{
    unsigned char head[2], more[8], mask[4];
    if (!read_all(s, head, 2) || (head[0] & 0xf0) != 0x80 || !(head[1] & 0x80))
        return false;
    uint64_t n = head[1] & 0x7f;
    size_t extra = n == 126 ? 2 : n == 127 ? 8 : 0;
    if (extra && !read_all(s, more, extra))
        return false;
    for (size_t i = 0; i < extra; i++)
        n = (i ? n << 8 : 0) | more[i];
    if (n > MESSAGE_MAX || !read_all(s, mask, 4) || !read_all(s, payload, n))
        return false;
    for (size_t i = 0; i < n; i++)
        payload[i] = (char)(payload[i] ^ mask[i % 4]);
    *ret_op = head[0] & 0x0f;
    *ret_n = n;
    return true;
}

static bool take_frame(struct http_socket *s, char *payload)
{
    int op;
    size_t n;
    if (!read_frame(s, payload, &op, &n))
        return false;
    struct str text = {payload, n};
    if (op == OP_PING)
        return n < 126 && write_frame(s, OP_PONG, text);
    if (op == OP_PONG)
        return true;
    return op == OP_TEXT && str_utf8_valid(text) && s->handler->on_text(s->handler->ctx, s, text);
}

static void forget(struct http_socket *s)
{
    struct http_sockets *all = &s->server->sockets;
    pthread_mutex_lock(&all->lock);
    struct http_socket **at = &all->first;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    pthread_mutex_unlock(&all->lock);
}

static void *socket_thread(void *arg)
{
    struct http_socket *s = arg;
    struct http_server *server = s->server;
    char *payload = mem_alloc(MESSAGE_MAX + 1);
    while (!atomic_load(&server->closing) && take_frame(s, payload))
        continue;
    s->handler->on_closed(s->handler->ctx, s);
    write_frame(s, OP_CLOSE, STR(""));
    forget(s);
    MHD_upgrade_action(s->upgrade, MHD_UPGRADE_ACTION_CLOSE);
    pthread_mutex_destroy(&s->lock);
    mem_free(payload);
    mem_free(s);
    atomic_fetch_sub(&server->sockets.count, 1);
    return NULL;
}

/* ---- the change of protocol; MHD fixes the parameters ---- */

#define UPGRADE_PARAMETERS                                                                                       \
    void *ctx, struct MHD_Connection *connection, void *exchange, const char *early, size_t early_n, MHD_socket fd, \
        struct MHD_UpgradeResponseHandle *upgrade
static void on_upgrade(UPGRADE_PARAMETERS)
{
    struct http_exchange *x = ctx;
    struct http_server *server = x->server;
    (void)connection, (void)exchange, (void)early;
    struct http_socket *s = mem_zalloc(sizeof *s);
    *s = (struct http_socket){.server = server, .upgrade = upgrade, .handler = x->response.upgrade, .fd = fd};
    pthread_mutex_init(&s->lock, NULL);
    pthread_t thread;
    pthread_mutex_lock(&server->sockets.lock);
    s->next = server->sockets.first;
    server->sockets.first = s;
    pthread_mutex_unlock(&server->sockets.lock);
    /* A client speaks first only after it saw our answer: early bytes are no WebSocket client's. */
    if (early_n == 0 && pthread_create(&thread, NULL, socket_thread, s) == 0) {
        pthread_detach(thread);
        return;
    }
    forget(s);
    MHD_upgrade_action(upgrade, MHD_UPGRADE_ACTION_CLOSE);
    pthread_mutex_destroy(&s->lock);
    mem_free(s);
    atomic_fetch_sub(&server->sockets.count, 1);
}

struct MHD_Response *http_socket_response(struct http_exchange *x)
{
    struct http_sockets *all = &x->server->sockets;
    if (atomic_fetch_add(&all->count, 1) < x->server->config.sockets_max)
        return MHD_create_response_for_upgrade(on_upgrade, x);
    atomic_fetch_sub(&all->count, 1);
    return NULL;
}

void http_sockets_stop(struct http_server *s)
{
    clock_us deadline = clock_monotonic() + (clock_us)SEND_MS * 2000;
    pthread_mutex_lock(&s->sockets.lock);
    for (struct http_socket *one = s->sockets.first; one; one = one->next)
        shutdown(one->fd, SHUT_RDWR);
    pthread_mutex_unlock(&s->sockets.lock);
    while (atomic_load(&s->sockets.count) > 0 && clock_monotonic() < deadline)
        usleep(2000);
}
