/* Start and stop: the listening socket, libmicrohttpd's options, the order of going down. */
#include "http/http_priv.h"

#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum { BACKLOG = 1024 };

/* GnuTLS's name for: TLS 1.2 and 1.3 only, forward secrecy, AEAD ciphers, no SHA-1. */
static const char tls_priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-AES-128-CBC:-AES-256-CBC:-SHA1:%SERVER_PRECEDENCE";

/* MHD's own texts may quote what a peer sent; the log gets the text without its arguments. */
static void on_mhd_log(void *ctx, const char *fmt, va_list ap)
{
    (void)ctx, (void)ap;
    log_debug("http", "libmicrohttpd: %s", fmt);
}

/* Paths and parameters are decoded by request.c, once and strictly. */
static size_t leave_escaped(void *ctx, struct MHD_Connection *connection, char *text)
{
    (void)ctx, (void)connection;
    return strlen(text);
}

static void set_defaults(struct http_config *c)
{
    c->threads = c->threads > 0 ? c->threads : 2;
    c->workers = c->workers > 0 ? c->workers : 8;
    c->connections_max = c->connections_max > 0 ? c->connections_max : 1024;
    if (c->connections_max < c->threads) /* MHD shares them out among its threads */
        c->connections_max = c->threads;
    c->idle_seconds = c->idle_seconds > 0 ? c->idle_seconds : 60;
    c->queue_max = c->queue_max > 0 ? c->queue_max : 64 * c->workers;
    c->body_total_max = c->body_total_max > 0 ? c->body_total_max : (int64_t)512 * 1024 * 1024;
    if (!c->address)
        c->address = "127.0.0.1";
}

static int bound_port(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } a;
    socklen_t n = sizeof a;
    if (getsockname(fd, &a.any, &n) != 0)
        return 0;
    return ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
}

static int bind_to(const struct addrinfo *a)
{
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int failed_with = errno;
    close(fd);
    errno = failed_with;
    return -1;
}

static bool open_listener(struct http_server *s, struct err *e)
{
    char port[16];
    snprintf(port, sizeof port, "%d", s->config.port);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found = NULL;
    int failed = getaddrinfo(s->config.address, port, &hints, &found);
    if (failed)
        return err_set(e, ERR_INVALID, "listen on '%s': %s", s->config.address, gai_strerror(failed));
    s->listener = bind_to(found);
    freeaddrinfo(found);
    if (s->listener < 0)
        return err_errno(e, ERR_UNAVAILABLE, "listen on %s port %s", s->config.address, port);
    s->port = bound_port(s->listener);
    return true;
}

static bool start_daemon(struct http_server *s, struct err *e)
{
    const struct http_config *c = &s->config;
    struct MHD_OptionItem options[20] = {
        {MHD_OPTION_LISTEN_SOCKET, s->listener, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, c->connections_max, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_CONNECTION_MEMORY, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, c->idle_seconds, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)http_on_target, s},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)http_on_completed, s},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)http_on_connection, s},
    };
    size_t n = 9;
    if (c->threads > 1)
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, c->threads, NULL};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG;
    if (c->tls_certificate) {
        flags |= MHD_USE_TLS;
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)c->tls_certificate};
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)c->tls_key};
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities};
        if (c->tls_ca)
            options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)(uintptr_t)c->tls_ca};
    }
    options[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, http_on_access, s, MHD_OPTION_EXTERNAL_LOGGER, on_mhd_log, NULL,
                                 MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (!s->daemon)
        return err_set(e, ERR_INTERNAL, "start the HTTP server on port %d%s", s->port,
                       c->tls_certificate ? ": certificate, key or limits not accepted" : "");
    return true;
}

struct http_server *http_server_new(const struct http_config *config, struct err *e)
{
    if (config->tls_certificate && !config->tls_key) {
        err_set(e, ERR_INVALID, "HTTP certificate without its key");
        return NULL;
    }
    struct http_server *s = mem_zalloc(sizeof *s);
    s->config = *config;
    s->listener = -1;
    pthread_mutex_init(&s->sockets.lock, NULL);
    set_defaults(&s->config);
    if (open_listener(s, e) && http_workers_start(&s->workers, s, e) && http_watch_start(&s->watch, s, e) &&
        start_daemon(s, e))
        return s;
    http_server_free(s, 0);
    return NULL;
}

int http_server_port(const struct http_server *s)
{
    return s->port;
}

void http_server_stats(struct http_server *s, struct http_stats *ret_stats)
{
    *ret_stats = (struct http_stats){
        .connections = atomic_load(&s->connections),
        .waiting = atomic_load(&s->workers.waiting),
        .running = http_workers_running(&s->workers),
        .requests = atomic_load(&s->requests),
        .overflows = atomic_load(&s->overflows),
    };
}

bool http_server_free(struct http_server *s, int grace_ms)
{
    if (!s)
        return true;
    clock_us deadline = clock_monotonic() + (clock_us)grace_ms * 1000;
    /* Requests from here on are answered 503. MHD_quiesce_daemon would keep new connections out, but it and a socket
     * thread may both take the listener out of epoll, and the second one to do so ends the process (0.9.75). */
    atomic_store(&s->closing, true);
    if (!http_workers_stop(&s->workers, deadline))
        return false; /* MHD must not be stopped while a connection is suspended */
    http_sockets_stop(s);
    while (atomic_load(&s->active) > 0 && clock_monotonic() < deadline)
        usleep(2000); /* answers on their way out */
    if (s->daemon)
        MHD_stop_daemon(s->daemon); /* closes the listener */
    else if (s->listener >= 0)
        close(s->listener);
    http_watch_stop(&s->watch); /* after MHD: its closing connections still take themselves off the watch */
    pthread_mutex_destroy(&s->sockets.lock);
    mem_free(s);
    return true;
}
