/* A listener for MLLP, plain or over TLS: one thread accepts, one thread a connection talks. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "hl7/door/door_priv.h"
#include "metrics/metrics.h"

enum { BACKLOG = 128, SECOND = 1000000 };

struct hl7_listener {
    struct connection_limits limits;
    int fd, port, connections_max;
    pthread_t thread;
    atomic_bool stopping;
    pthread_mutex_t lock;
    pthread_cond_t all_gone;
    int connections; /* under lock */
};

struct guest { /* what a connection's thread is given */
    struct hl7_listener *l;
    int fd;
    bool loopback;
    char address[INET6_ADDRSTRLEN];
};

const struct connection_limits *listener_limits(const struct hl7_listener *l)
{
    return &l->limits;
}

bool listener_stopping(const struct hl7_listener *l)
{
    return atomic_load(&l->stopping);
}

int hl7_listener_port(const struct hl7_listener *l)
{
    return l->port;
}

/* ---- guests ---- */

static bool is_loopback(const struct sockaddr_storage *from)
{
    if (from->ss_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)from)->sin_addr.s_addr) >> 24 == 127;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
    return IN6_IS_ADDR_LOOPBACK(a) || (IN6_IS_ADDR_V4MAPPED(a) && a->s6_addr[12] == 127);
}

static void *talk(void *arg)
{
    struct guest *g = arg;
    struct hl7_listener *l = g->l;
    metrics_add(METRIC_MLLP_CONNECTIONS_OPEN, NULL, 1);
    connection_serve(l, g->fd, g->address, g->loopback);
    close(g->fd);
    metrics_add(METRIC_MLLP_CONNECTIONS_OPEN, NULL, -1);
    mem_free(g);
    pthread_mutex_lock(&l->lock);
    l->connections--;
    pthread_cond_signal(&l->all_gone);
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

/* A seat, if one is free. */
static bool take_seat(struct hl7_listener *l)
{
    pthread_mutex_lock(&l->lock);
    bool free = l->connections < l->connections_max;
    l->connections += free;
    pthread_mutex_unlock(&l->lock);
    return free;
}

static void give_seat_back(struct hl7_listener *l)
{
    pthread_mutex_lock(&l->lock);
    l->connections--;
    pthread_mutex_unlock(&l->lock);
}

static bool begin_talk(struct guest *g)
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool ok = pthread_create(&thread, &attributes, talk, g) == 0;
    pthread_attr_destroy(&attributes);
    return ok;
}

static void set_options(int fd)
{
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

static void welcome(struct hl7_listener *l, int fd, const struct sockaddr_storage *from, socklen_t n)
{
    struct guest *g = mem_zalloc(sizeof *g);
    *g = (struct guest){.l = l, .fd = fd, .loopback = is_loopback(from)};
    if (getnameinfo((const struct sockaddr *)(const void *)from, n, g->address, sizeof g->address, NULL, 0,
                    NI_NUMERICHOST) != 0)
        g->address[0] = '\0';
    set_options(fd);
    if (!take_seat(l)) {
        log_warning("hl7", "connection from %s closed: all %d are taken", g->address, l->connections_max);
        metrics_add(METRIC_HL7_QUIRKS, "connections_over_limit", 1);
    } else if (begin_talk(g)) {
        return;
    } else {
        log_warning("hl7", "connection from %s closed: no thread for it", g->address);
        give_seat_back(l);
    }
    close(fd);
    mem_free(g);
}

static void *accept_all(void *arg)
{
    struct hl7_listener *l = arg;
    struct pollfd p[2] = {{.fd = l->fd, .events = POLLIN}, {.fd = l->limits.stop_fd, .events = POLLIN}};
    while (!listener_stopping(l)) {
        struct sockaddr_storage from;
        socklen_t n = sizeof from;
        if (poll(p, 2, -1) < 0 || !(p[0].revents & POLLIN))
            continue;
        int fd = accept4(l->fd, (struct sockaddr *)&from, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            welcome(l, fd, &from, n);
        else if (errno != EINTR && errno != EAGAIN && errno != ECONNABORTED) {
            log_error("hl7", "accept: %s", strerror(errno));
            poll(&p[1], 1, 200); /* out of descriptors: wait for some to come back */
        }
    }
    return NULL;
}

/* ---- the address ---- */

static int bind_first(const struct addrinfo *list)
{
    const int on = 1;
    for (const struct addrinfo *i = list; i; i = i->ai_next) {
        int fd = socket(i->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, i->ai_addr, i->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
            return fd;
        int why = errno;
        close(fd);
        errno = why;
    }
    return -1;
}

static bool open_socket(struct hl7_listener *l, const struct hl7_listener_config *c, struct err *e)
{
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *list;
    struct sockaddr_storage own;
    socklen_t n = sizeof own;
    snprintf(port, sizeof port, "%u", (unsigned)c->port & 0xFFFFu);
    int why = getaddrinfo(c->address, port, &hints, &list);
    if (why)
        return err_set(e, ERR_UNAVAILABLE, "address '%s': %s", c->address, gai_strerror(why));
    l->fd = bind_first(list);
    if (l->fd < 0)
        err_errno(e, ERR_UNAVAILABLE, "listen on %s port %d", c->address, c->port);
    freeaddrinfo(list);
    if (l->fd < 0 || getsockname(l->fd, (struct sockaddr *)&own, &n) != 0)
        return false;
    l->port = ntohs(own.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&own)->sin6_port
                                              : ((struct sockaddr_in *)(void *)&own)->sin_port);
    return true;
}

/* ---- from start to stop ---- */

static void release(struct hl7_listener *l)
{
    if (l->fd >= 0)
        close(l->fd);
    if (l->limits.stop_fd >= 0)
        close(l->limits.stop_fd);
    tls_context_free(l->limits.tls);
    pthread_cond_destroy(&l->all_gone);
    pthread_mutex_destroy(&l->lock);
    mem_free(l);
}

static bool start(struct hl7_listener *l, const struct hl7_listener_config *c, struct err *e)
{
    if (c->tls && !(l->limits.tls = tls_context_new(c->tls, e)))
        return false;
    l->limits.stop_fd = eventfd(0, EFD_CLOEXEC);
    if (l->limits.stop_fd < 0)
        return err_errno(e, ERR_UNAVAILABLE, "eventfd");
    if (!open_socket(l, c, e))
        return false;
    if (pthread_create(&l->thread, NULL, accept_all, l) != 0)
        return err_set(e, ERR_UNAVAILABLE, "no thread for the HL7 listener");
    return true;
}

struct hl7_listener *hl7_listener_new(const struct hl7_listener_config *config, struct err *e)
{
    const struct hl7_charset *fallback = hl7_charset_find(str_of(config->character_set));
    if (config->character_set && config->character_set[0] && !fallback) {
        err_set(e, ERR_INVALID, "no character set '%s'", config->character_set);
        return NULL;
    }
    struct hl7_listener *l = mem_zalloc(sizeof *l);
    l->fd = -1;
    l->connections_max = config->connections_max;
    l->limits = (struct connection_limits){.gate = config->gate,
                                           .fallback = fallback,
                                           .frame_max = (size_t)config->frame_max,
                                           .frame_us = (int64_t)config->frame_seconds * SECOND,
                                           .idle_us = (int64_t)config->idle_seconds * SECOND,
                                           .stop_fd = -1};
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->all_gone, NULL);
    if (start(l, config, e))
        return l;
    release(l);
    return NULL;
}

void hl7_listener_free(struct hl7_listener *l)
{
    const uint64_t one = 1;
    if (!l)
        return;
    atomic_store(&l->stopping, true);
    ssize_t written = write(l->limits.stop_fd, &one, sizeof one);
    (void)written;
    pthread_join(l->thread, NULL);
    pthread_mutex_lock(&l->lock);
    while (l->connections > 0)
        pthread_cond_wait(&l->all_gone, &l->lock);
    pthread_mutex_unlock(&l->lock);
    release(l);
}
