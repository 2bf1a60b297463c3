#include "association_priv.h"

#include <cerrno>
#include <cstring>

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

struct dicom_listener {
    int fd = -1, wake = -1;
    dicom_timeouts timeouts{};
    ~dicom_listener()
    {
        if (fd >= 0)
            close(fd);
        if (wake >= 0)
            close(wake);
    }
};

static bool bind_to(dicom_listener *l, const struct addrinfo *ai, struct err *e)
{
    int on = 1;
    l->fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (l->fd < 0)
        return err_errno(e, ERR_UNAVAILABLE, "open a socket for DICOM");
    setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(l->fd, ai->ai_addr, ai->ai_addrlen) < 0 || listen(l->fd, 128) < 0)
        return err_errno(e, ERR_UNAVAILABLE, "listen for DICOM");
    return true;
}

static bool listener_open(dicom_listener *l, const char *address, int port, struct err *e)
{
    struct addrinfo hints = {}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    if (port < 0 || port > 65535 || getaddrinfo(address, std::to_string(port).c_str(), &hints, &found) != 0)
        return err_set(e, ERR_INVALID, "DICOM address '%s' port %d is none", address, port);
    bool ok = bind_to(l, found, e);
    freeaddrinfo(found);
    if (!ok)
        return err_wrap(e, "address '%s' port %d", address, port);
    l->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return l->wake >= 0 || err_errno(e, ERR_UNAVAILABLE, "make a wake-up descriptor");
}

extern "C" struct dicom_listener *dicom_listener_new(const char *address, int port,
                                                     const struct dicom_timeouts *timeouts, struct err *e)
{
    std::unique_ptr<dicom_listener> l;
    bool ok = shim_run(e, [&] {
        l.reset(new dicom_listener);
        l->timeouts = *timeouts;
        return shim_network() && listener_open(l.get(), address, port, e);
    });
    return ok ? l.release() : nullptr;
}

extern "C" int dicom_listener_port(const struct dicom_listener *l)
{
    struct sockaddr_storage at = {};
    socklen_t n = sizeof at;
    if (getsockname(l->fd, reinterpret_cast<struct sockaddr *>(&at), &n) < 0)
        return 0;
    if (at.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<struct sockaddr_in6 *>(&at)->sin6_port);
    return ntohs(reinterpret_cast<struct sockaddr_in *>(&at)->sin_port);
}

static void name_peer(dicom_association *a, int fd)
{
    struct sockaddr_storage at = {};
    socklen_t n = sizeof at;
    char port[16] = "0";
    if (getpeername(fd, reinterpret_cast<struct sockaddr *>(&at), &n) == 0)
        getnameinfo(reinterpret_cast<struct sockaddr *>(&at), n, a->peer.address, sizeof a->peer.address,
                    port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
    a->peer.port = int(strtol(port, nullptr, 10));
    /* An IPv4 peer on a dual-stack socket is known by its IPv4 address. */
    if (strncmp(a->peer.address, "::ffff:", 7) == 0 && strchr(a->peer.address, '.'))
        memmove(a->peer.address, a->peer.address + 7, strlen(a->peer.address + 7) + 1);
}

static bool take_connection(dicom_listener *l, struct dicom_association **ret_a, struct err *e)
{
    int fd = accept4(l->fd, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED))
        return true;
    if (fd < 0)
        return err_errno(e, ERR_UNAVAILABLE, "accept a DICOM connection");
    std::shared_ptr<Wire> wire = std::make_shared<Wire>(fd);
    std::unique_ptr<dicom_association> a(new dicom_association);
    a->timeouts = l->timeouts;
    a->wire = wire;
    name_peer(a.get(), fd);
    *ret_a = a.release();
    return true;
}

extern "C" bool dicom_listener_accept(struct dicom_listener *l, int timeout_ms,
                                      struct dicom_association **ret_a, struct err *e)
{
    return shim_run(e, [&] {
        *ret_a = nullptr;
        struct pollfd p[2] = {{l->fd, POLLIN, 0}, {l->wake, POLLIN, 0}};
        int n = poll(p, 2, timeout_ms);
        if (n < 0 && errno != EINTR)
            return err_errno(e, ERR_UNAVAILABLE, "wait for DICOM connections");
        if (n <= 0 || p[1].revents)
            return true;
        return take_connection(l, ret_a, e);
    });
}

extern "C" void dicom_listener_wake(struct dicom_listener *l)
{
    uint64_t one = 1;
    if (write(l->wake, &one, sizeof one) < 0)
        log_warning("dicom", "wake-up of the listener failed");
}

extern "C" void dicom_listener_free(struct dicom_listener *l)
{
    delete l;
}
